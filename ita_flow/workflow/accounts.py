"""Signing in and out, links to set a password, and passwords themselves.

Two clocks: ``now`` is true time, on which sessions, links and waits run; ``at`` is the office's time, which the
record bears. Hashing takes a tenth of a second and is never done inside a transaction that writes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from threading import BoundedSemaphore

import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from ita_flow.domain import sessions
from ita_flow.domain.passwords import check_password, composed
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.models.accounts import FailedSignIn, SignIn, SignInLink
from ita_flow.models.people import Agency, User
from ita_flow.queries.accounts import open_link
from ita_flow.workflow import audit

MEBIBYTE = 1024
LONGEST_EMAIL, LONGEST_IP = 254, 45
_hashing = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=32 * MEBIBYTE, parallelism=1),))
_hashing_at_once = BoundedSemaphore(4)


def hash_password(password: str) -> str:
    """The argon2id hash to keep for this password."""
    with _hashing_at_once:
        return _hashing.hash(composed(password))


def is_password_of(user: User | None, password: str) -> tuple[bool, str | None]:
    """Whether this is the person's password, and a newer hash of it where the kept one is outdated.

    For an unknown person the same work is done, so that the time taken does not tell who has an account.
    """
    kept = user.password_hash if user and user.is_active else None
    with _hashing_at_once:
        fits, newer = _hashing.verify_and_update(composed(password), kept or _nobodys_hash())
    return fits and kept is not None, newer


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hashing.hash(sessions.new_token())


def announce_try(email: str, ip: str, now: datetime) -> None:
    """Count a try before its password is looked at, or raise Invalid when too many went before.

    Counted first and struck out on success, so that tries made at the same time cannot slip through together.
    Tries that no longer count are forgotten.
    """
    wait = max(_wait_of_account(email, now), _wait_of_place(ip, now))
    if wait > timedelta():
        raise Invalid("sign_in_wait", field="email", minutes=-(-wait // timedelta(minutes=1)))
    db.session.execute(sa.delete(FailedSignIn).where(FailedSignIn.at <= now - sessions.TRIES_REMEMBERED))
    db.session.add(FailedSignIn(email=_key(email), ip=ip[:LONGEST_IP], at=now))


def _wait_of_account(email: str, now: datetime) -> timedelta:
    since = now - sessions.TRIES_REMEMBERED
    chosen = sa.select(sa.func.count(), sa.func.max(FailedSignIn.at)).where(
        FailedSignIn.email == _key(email), FailedSignIn.at > since, FailedSignIn.at <= now
    )
    tries, last_at = db.session.execute(chosen).one()
    return last_at + sessions.wait_after(tries) - now if last_at else timedelta()


def _wait_of_place(ip: str, now: datetime) -> timedelta:
    since = now - sessions.PLACE_REMEMBERED
    chosen = sa.select(sa.func.count(), sa.func.min(FailedSignIn.at)).where(
        FailedSignIn.ip == ip[:LONGEST_IP], FailedSignIn.at > since, FailedSignIn.at <= now
    )
    tries, first_at = db.session.execute(chosen).one()
    return first_at + sessions.PLACE_REMEMBERED - now if tries >= sessions.TRIES_OF_ONE_PLACE else timedelta()


def person_called(email: str) -> User | None:
    """The person who signs in with this address, if there is one."""
    return db.session.scalars(sa.select(User).where(sa.func.lower(User.email) == _key(email))).one_or_none()


def sign_in(user: User, now: datetime, *, remember: bool = False, newer_hash: str | None = None) -> str:
    """Begin a session for a person who proved who they are; the token goes into their cookie and nowhere else."""
    token = sessions.new_token()
    db.session.execute(sa.delete(FailedSignIn).where(FailedSignIn.email == _key(user.email)))
    if newer_hash:
        user.password_hash = newer_hash
    db.session.add(
        SignIn(user=user, token_hash=sessions.token_hash(token), is_remembered=remember, created_at=now, seen_at=now)
    )
    return token


def is_due_to_be_seen(sign_in: SignIn, now: datetime) -> bool:
    return now - sign_in.seen_at >= sessions.SEEN_EVERY


def see(sign_in: SignIn, now: datetime) -> None:
    """Note that the person of this session is still there."""
    sign_in.seen_at = now


def sign_out(token: str, now: datetime) -> None:
    """End the session of this token; a token that is unknown or ended changes nothing."""
    _end(SignIn.token_hash == sessions.token_hash(token), now)


def end_all(user: User, now: datetime) -> None:
    """End every session of a person, on all devices."""
    _end(SignIn.user_id == user.id, now)


def _end(which: sa.ColumnElement[bool], now: datetime) -> None:
    db.session.execute(sa.update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=now))


def create_link(user: User, now: datetime) -> str:
    """A token for a link by which the person sets a password, once, within seven days."""
    token = sessions.new_token()
    db.session.add(SignInLink.opened_by(token, user.id, now))
    return token


def close_links(user: User, now: datetime) -> None:
    """No link that was sent to the person before opens their account any more."""
    open_links = sa.update(SignInLink).where(SignInLink.user_id == user.id, SignInLink.used_at.is_(None))
    db.session.execute(open_links.values(used_at=now))


def check_new_password(user: User, password: str) -> None:
    """Accept the password for this person, or raise Invalid with what to do better."""
    check_password(password, (user.email, *user.email.split("@"), user.name, *user.name.split(), *_names(user.agency)))


def _names(agency: Agency) -> tuple[str, ...]:
    return agency.name, agency.short_name, agency.code, agency.name.removeprefix(agency.type or "")


def use_link(token: str, password_hash: str, *, at: datetime, now: datetime) -> User:
    """Set the password by a link; this and all other links of the person are spent, and their sessions end."""
    link = open_link(token, now)
    if link is None or not _spent_now(link, now):
        raise Invalid("link_spent")
    user = link.user
    user.password_hash = password_hash
    end_all(user, now)
    audit.record("account.password_set", user.agency_id, f"user:{user.id}", at=at, actor=user)
    return user


def _spent_now(link: SignInLink, now: datetime) -> bool:
    """Spend the link; False when somebody spent it a moment before."""
    open_links = sa.update(SignInLink).where(SignInLink.user_id == link.user_id, SignInLink.used_at.is_(None))
    spent = db.session.scalars(open_links.values(used_at=now).returning(SignInLink.id)).all()
    return link.id in spent


def _key(email: str) -> str:
    """The address as it is compared and counted: lower case may be longer, and a database takes no NUL."""
    return email.strip().lower().replace("\0", "")[:LONGEST_EMAIL]
