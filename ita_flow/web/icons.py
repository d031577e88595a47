"""Single symbols of the icon set, read from the sprite inside its package: the whole set would weigh 1.1 MB a page."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from markupsafe import Markup

SPRITE = "static/bootstrap5/icons/bootstrap-icons.svg"
_SYMBOL = re.compile(r'<symbol[^>]* id="([a-z0-9-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    sprite = (files("flask_bootstrap") / SPRITE).read_text(encoding="utf-8")
    return {name: " ".join(drawing.split()) for name, drawing in _SYMBOL.findall(sprite)}


@lru_cache(maxsize=256)
def icon_svg(name: str) -> Markup:
    """The icon drawn into the page; always beside words, so that screen readers pass over it."""
    # Not escaped: the drawing comes from an installed package and the name from our own templates.
    return Markup(
        '<svg class="bi" width="1em" height="1em" fill="currentColor" viewBox="0 0 16 16" '
        f'aria-hidden="true" focusable="false">{_symbols()[name]}</svg>'
    )
