"""What pages are dressed in: our theme and script, Bootstrap and the Thai face from their packages.

All stand in one folder whose name is the digest of their contents, so that browsers may keep them for a year and
the theme can name the fonts beside it.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Blueprint, Response, abort, request, url_for

from ita_flow.web.access import public

bp = Blueprint("assets", __name__, url_prefix="/assets")

ONE_YEAR = 365 * 24 * 60 * 60
OWN = files("ita_flow") / "static"
BOOTSTRAP = files("flask_bootstrap") / "static" / "bootstrap5"
SARABUN = files("fontpkg_sarabun") / "files"
ASSETS: Mapping[str, Traversable] = {
    "bootstrap.min.css": BOOTSTRAP / "css" / "bootstrap.min.css",
    "theme.css": OWN / "theme.css",
    "ita-flow.js": OWN / "ita-flow.js",
    "stale.js": OWN / "stale.js",
    "icon.svg": OWN / "icon.svg",
    "Sarabun-Regular.ttf": SARABUN / "Sarabun-Regular.ttf",
    "Sarabun-SemiBold.ttf": SARABUN / "Sarabun-SemiBold.ttf",
}


@lru_cache(maxsize=1)
def edition() -> str:
    """The name of the folder: it changes when any of the files does."""
    digest = hashlib.sha256()
    for name in ASSETS:
        digest.update(_content(name))
    return digest.hexdigest()[:12]


def asset_url(name: str) -> str:
    return url_for("assets.show", asked_edition=edition(), name=name)


@bp.get("/<asked_edition>/<name>")
@public
def show(asked_edition: str, name: str) -> Response:
    """One file. An address of another edition gets today's file, but may not keep it."""
    if name not in ASSETS:
        abort(404)
    response = Response(_content(name), mimetype=_media_type(name))
    if request.accept_encodings["gzip"]:
        response = Response(_packed(name), mimetype=_media_type(name), headers={"Content-Encoding": "gzip"})
    response.vary.add("Accept-Encoding")
    _keep(response, is_current=asked_edition == edition())
    return response


def _keep(response: Response, *, is_current: bool) -> None:
    if is_current:
        response.cache_control.public = True
        response.cache_control.max_age = ONE_YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True


@lru_cache(maxsize=len(ASSETS))
def _content(name: str) -> bytes:
    return ASSETS[name].read_bytes()


@lru_cache(maxsize=len(ASSETS))
def _packed(name: str) -> bytes:
    return gzip.compress(_content(name), mtime=0)


def _media_type(name: str) -> str:
    if name.endswith(".ttf"):
        return "font/ttf"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
