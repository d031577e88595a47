"""How long a session holds, and how slowly wrong passwords may follow each other. All times are true times."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

TOKEN_BYTES = 32
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
REMEMBERED = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=1)
LINK_HOLDS = timedelta(days=7)

FREE_TRIES = 5
TRIES_REMEMBERED = timedelta(hours=24)
LONGEST_WAIT = timedelta(minutes=15)
TRIES_OF_ONE_PLACE = 100
PLACE_REMEMBERED = timedelta(hours=1)


def new_token() -> str:
    """A secret of 256 bits for a session or a link; the database keeps only its hash."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def has_ended(created_at: datetime, seen_at: datetime, now: datetime, *, is_remembered: bool) -> bool:
    """Whether a session lay idle for too long or is too old altogether."""
    if is_remembered:
        return now - created_at >= REMEMBERED
    # A clock that was set back by long must not keep a session alive either.
    return abs(now - seen_at) >= IDLE or now - created_at >= LONGEST


def wait_after(tries: int) -> timedelta:
    """How long after the last of so many wrong passwords the next may be tried: 1, 2, 4 … 15 minutes."""
    if tries < FREE_TRIES:
        return timedelta()
    doublings = min(tries - FREE_TRIES, 10)
    return min(timedelta(minutes=2**doublings), LONGEST_WAIT)
