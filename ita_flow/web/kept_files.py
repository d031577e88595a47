"""A file that came with a form which could not be taken yet: the page holds a signed ticket for it, until it can be.

Browsers do not choose a file anew by themselves. The ticket is good for the person it was given to and nobody else,
so that no hash that somebody happens to know opens another's bytes.
"""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from ita_flow.storage import Stored
from ita_flow.web.access import actor
from ita_flow.workflow.evidence import Received, store


def ticket_for(file: Received) -> str:
    """What the page holds of a file that stands in the store and has no row yet."""
    content = [actor().id, file.name, file.media_type, file.stored.sha256, file.stored.size]
    return str(_signer().dumps(content))


def file_of(ticket: str) -> Received | None:
    """The file of a ticket that this person was given; None for any other, and when its bytes are gone."""
    try:
        person_id, name, media_type, sha256, size = _signer().loads(ticket)
    except (BadData, ValueError, TypeError):
        return None
    if person_id != actor().id or not store().holds(sha256):
        return None
    return Received(name, media_type, Stored(sha256, size))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="a file that was kept")
