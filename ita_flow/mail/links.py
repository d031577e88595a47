"""Links that open an account, made when the letter leaves: nothing that is kept could be used by others.

A letter that is tried again carries a fresh link. The earlier one stays good where it may have arrived; setting the
password by any of them spends them all.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ita_flow.config import settings
from ita_flow.domain import sessions
from ita_flow.extensions import db
from ita_flow.models.accounts import SignInLink

MASK = "•" * 8
"""Stands where the token stood, in the text that is kept."""


def address_of(token: str) -> str:
    """The page on which a password is set by this token."""
    return f"{settings().base_url}/sign-in/link/{token}"


def masked_address() -> str:
    """The address as it is kept, which opens nothing."""
    return address_of(MASK)


def make(user_id: int, now: datetime) -> str:
    """The token of a new link for this person."""
    token = sessions.new_token()
    db.session.add(SignInLink.opened_by(token, user_id, now))
    return token


def take_back(token: str) -> None:
    """Forget a link that certainly reached nobody."""
    db.session.execute(sa.delete(SignInLink).where(SignInLink.token_hash == sessions.token_hash(token)))
