"""Marking as read what one was told."""

from __future__ import annotations

from datetime import datetime

from ita_flow.models.people import User


def mark_read(user: User, until: datetime, *, at: datetime) -> None:
    """Everything that the person was told up to ``until`` counts as read; what came meanwhile stays unread.

    How far somebody has read is theirs alone, as is when they were last seen: the record does not tell of it.
    """
    until = min(until, at)
    if user.notices_read_at is None or user.notices_read_at < until:
        user.notices_read_at = until
