"""Sessions and one-time links that still hold."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.sessions import has_ended, token_hash
from ita_flow.extensions import db
from ita_flow.models.accounts import SignIn, SignInLink
from ita_flow.models.people import Agency, Membership, User


def live_sign_in(token: str, now: datetime) -> SignIn | None:
    """The session of this token with its person, agency, its free days and posts, unless it has ended."""
    sign_in = db.session.scalars(_sign_in_that_runs(), {"token": token_hash(token)}).unique().one_or_none()
    if sign_in is None or not sign_in.user.is_active:
        return None
    ended = has_ended(sign_in.created_at, sign_in.seen_at, now, is_remembered=sign_in.is_remembered)
    return None if ended else sign_in


@cache
def _sign_in_that_runs() -> sa.Select[SignIn]:
    """Put together once: every page asks."""
    person = joinedload(SignIn.user)
    chosen = sa.select(SignIn).where(SignIn.token_hash == sa.bindparam("token"), SignIn.ended_at.is_(None))
    return chosen.options(
        person.joinedload(User.agency).joinedload(Agency.holidays),
        person.selectinload(User.memberships).joinedload(Membership.unit),
    )


def open_link(token: str, now: datetime) -> SignInLink | None:
    """The link of this token with its person, unless it was used or has expired."""
    chosen = (
        sa.select(SignInLink)
        .where(SignInLink.token_hash == token_hash(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .options(joinedload(SignInLink.user).joinedload(User.agency))
    )
    link = db.session.scalars(chosen).one_or_none()
    return link if link and link.user.is_active else None
