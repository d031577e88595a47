"""Trying out whether mails arrive, and sending again what was given up."""

from __future__ import annotations

import secrets
from datetime import datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.mail import outbox
from ita_flow.mail.letters import letter_of
from ita_flow.mail.sender import BadAddress
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import User
from ita_flow.queries.mail import WAITING, last_test_of
from ita_flow.workflow import audit


def send_test(person: User, *, at: datetime, now: datetime) -> None:
    """Promise the person a mail that says that mails arrive, unless an earlier one still waits to be sent."""
    earlier = last_test_of(person)
    if earlier and earlier.state in WAITING:
        return
    key = f"test:{person.id}:{secrets.token_hex(8)}"
    outbox.enqueue(MessageKind.TEST, key, person, bangkok_day(at), now)
    audit.record("mail.tested", person.agency_id, f"user:{person.id}", at=at, actor=person)


def send_again(message: OutboxMessage, *, actor: User, at: datetime, now: datetime) -> None:
    """Offer a mail that was given up once more; it is tried for fourteen days from ``now`` on.

    Raises Invalid when it was not given up, when nothing of it is true any more, and when no mail can be addressed
    to the person.
    """
    db.session.refresh(message, with_for_update={"of": OutboxMessage})
    if message.state is not MessageState.DEAD:
        raise Invalid("mail_is_not_given_up")
    if not _can_be_made(message, now):
        raise Invalid("mail_is_no_longer_true")
    outbox.offer_again(message, now)
    recipient = f"user:{message.recipient_id}"
    audit.record("mail.resent", message.agency_id, recipient, at=at, actor=actor, after={"messages": [message.id]})


def _can_be_made(message: OutboxMessage, now: datetime) -> bool:
    try:
        return letter_of(message.id, now) is not None
    except BadAddress:
        raise Invalid("mail_address_unfit", email=message.recipient.email) from None
