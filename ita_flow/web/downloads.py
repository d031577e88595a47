"""Files that are made to be taken away: a name in Thai, and nothing in them that a browser would run."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response

NOT_A_PAGE = "sandbox; default-src 'none'"


def csv_to_take(content: bytes | Iterator[bytes], name: str, thai: str) -> Response:
    """A CSV file. ``thai`` is what it is called; ``name`` is for programs that read no Thai."""
    return _to_take(content, "text/csv", {"filename": name, "filename*": f"UTF-8''{quote(thai)}"})


def calendar_to_take(content: bytes, name: str) -> Response:
    """A file of due dates for a calendar of one's own."""
    return _to_take(content, "text/calendar", {"filename": name})


def _to_take(content: bytes | Iterator[bytes], media_type: str, named: dict[str, str]) -> Response:
    # a header holds no Thai letters, except as RFC 6266 writes them
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", **named)
    response.headers["Content-Security-Policy"] = NOT_A_PAGE
    return response
