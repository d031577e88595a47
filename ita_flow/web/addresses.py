"""Addresses inside this application, and the way back to where a person wanted to go."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter


class RowNumber(IntegerConverter):
    """A number in an address. What no row can be numbered is no address of ours, and never reaches a database."""

    regex = "[0-9]{1,9}"


def home() -> str:
    """Where people land after signing in."""
    return url_for("home.index") if "home.index" in current_app.view_functions else "/"


def own_path(address: str | None) -> str | None:
    """The address when it is a page of ours, else None: nobody is sent elsewhere by a link to our sign-in page."""
    if not address or not address.startswith("/") or address.startswith("//") or not _is_plain(address):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not _is_routed(parts.path):
        return None
    return address


def _is_plain(address: str) -> bool:
    """No backslash, space or control character, which browsers read in ways of their own."""
    return "\\" not in address and all(character.isprintable() and not character.isspace() for character in address)


def _is_routed(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True
