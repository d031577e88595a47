"""A promised message as a letter for the wire: made when its turn comes, from what is true then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Role
from ita_flow.mail import messages
from ita_flow.mail.links import address_of, masked_address
from ita_flow.mail.rendering import Message
from ita_flow.mail.sender import address, sender_of
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import User
from ita_flow.queries.anchors import anchor_of
from ita_flow.queries.mail_of_the_day import sections_of
from ita_flow.queries.outbox import coordinator_of, inviter_of, is_still_invited, message_with_recipient

Writer = Callable[[OutboxMessage, datetime, User | None], Message | None]


@dataclass(frozen=True)
class Letter:
    """A message with its envelope."""

    message: Message
    """As it is kept: without the secret that the letter may carry."""

    to: str
    envelope: EmailMessage
    opens_account_of: int | None = None
    """The person who sets a password by the link in it; the link is still masked."""

    def with_link(self, token: str) -> EmailMessage:
        """The envelope as it goes out, the link in it opened by this token."""
        message, envelope = self.message, deepcopy(self.envelope)
        text, html = (body.replace(masked_address(), address_of(token)) for body in (message.text, message.html))
        _write(envelope, replace(message, text=text, html=html))
        return envelope


def letter_of(message_id: int, now: datetime) -> Letter | None:
    """The letter as it goes out ``now`` (true clock); None when nothing of it is true any more."""
    promised = message_with_recipient(message_id)
    coordinator = coordinator_of(promised.recipient.agency, promised.day_spoken_of(now))
    message = WRITERS[promised.kind](promised, now, coordinator)
    if message is None:
        return None
    envelope = _envelope(promised, message, coordinator, now)
    opens = promised.recipient_id if promised.kind is MessageKind.INVITE else None
    return Letter(message, promised.recipient.email, envelope, opens)


def _reminder(promised: OutboxMessage, now: datetime, coordinator: User | None) -> Message | None:
    today = promised.day_spoken_of(now)
    sections = sections_of(promised, today)
    return messages.reminder(promised.recipient, sections.due, today, coordinator) if sections.due else None


def _invitation(promised: OutboxMessage, now: datetime, coordinator: User | None) -> Message | None:
    person = promised.recipient
    if not is_still_invited(person):
        return None
    return messages.invitation(person, promised.day_spoken_of(now), inviter_of(person), coordinator)


def _test(promised: OutboxMessage, now: datetime, _coordinator: User | None) -> Message | None:
    if not promised.recipient.is_active:
        return None
    return messages.trial(promised.recipient, _moment_of_the_office(now, promised.day_spoken_of(now)))


def _anchor(promised: OutboxMessage, now: datetime, _coordinator: User | None) -> Message | None:
    person, today = promised.recipient, promised.day_spoken_of(now)
    anchor = anchor_of(person.agency, _moment_of_the_office(now, today))
    if anchor is None or not person.is_active or not person.has_role_on(Role.AUDITOR, today):
        return None
    return messages.anchor(person, anchor)


def _moment_of_the_office(now: datetime, today: date) -> datetime:
    """The same time of day on the day of the office, which a demo may have shifted."""
    return now + (today - bangkok_day(now))


WRITERS: Mapping[MessageKind, Writer] = {
    MessageKind.ANCHOR: _anchor,
    MessageKind.INVITE: _invitation,
    MessageKind.REMINDER: _reminder,
    MessageKind.TEST: _test,
}


def _envelope(promised: OutboxMessage, message: Message, answers_to: User | None, now: datetime) -> EmailMessage:
    recipient = promised.recipient
    envelope = EmailMessage(policy=SMTP)
    envelope["From"] = sender_of(recipient.agency)
    envelope["To"] = address(recipient.name, recipient.email)
    if answers_to:
        envelope["Reply-To"] = address(answers_to.name, answers_to.email)
    envelope["Subject"] = message.subject
    envelope["Date"] = format_datetime(now)
    envelope["Message-ID"] = promised.message_id
    envelope["Auto-Submitted"] = "auto-generated"
    _write(envelope, message)
    return envelope


def _write(envelope: EmailMessage, message: Message) -> None:
    """Put the message in, in place of what was there."""
    envelope.clear_content()
    # Base64 keeps every line short and passes servers that know seven bits only.
    envelope.set_content(message.text, cte="base64")
    envelope.add_alternative(message.html, subtype="html", cte="base64")
    envelope["Content-Language"] = "th"
