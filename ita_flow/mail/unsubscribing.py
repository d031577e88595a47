"""Links by which a person has a kind of mail less often without signing in. They open nothing else.

A link holds for as long as the key of the installation, for mails are read late: it is no secret of ours but a
favour to the reader, and what it does can be taken back by choosing anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from ita_flow.config import settings
from ita_flow.domain.notices import MailOption


@dataclass(frozen=True)
class Unsubscription:
    """Who asks for less of what."""

    person_id: int
    options: frozenset[MailOption]


def unsubscribe_address(person_id: int, options: Collection[MailOption]) -> str:
    """The page on which this person has less of these kinds, and to which a mail program may post by itself."""
    return f"{settings().base_url}/unsubscribe/{token_of(person_id, options)}"


def token_of(person_id: int, options: Collection[MailOption]) -> str:
    """What stands in the address: the person and the kinds, signed."""
    return str(_signer().dumps([person_id, sorted(options)]))


def unsubscription_of(token: str) -> Unsubscription | None:
    """What was asked for by a token that we signed, also by an earlier key; None for any other."""
    try:
        person_id, options = _signer().loads(token)
        return Unsubscription(int(person_id), frozenset(MailOption(one) for one in options))
    except (BadData, ValueError, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    earlier = current_app.config.get("SECRET_KEY_FALLBACKS") or ()
    return URLSafeSerializer([*earlier, str(current_app.secret_key)], salt="fewer mails")
