"""Which addresses may be evidence: those that a browser opens at the place that people read in them."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")


def is_web_address(text: str) -> bool:
    """Whether this is the whole address of a page, with nothing in it that hides where it leads."""
    if "\\" in text or not all(letter.isprintable() and not letter.isspace() for letter in text):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port  # looked at for its ValueError
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "@" not in parts.netloc and _is_host(parts.hostname or "")


def _is_host(name: str) -> bool:
    with suppress(ValueError):
        return bool(ipaddress.ip_address(name))
    try:
        return bool(_HOST.fullmatch(name.encode("idna").decode("ascii")))
    except UnicodeError:
        return False
