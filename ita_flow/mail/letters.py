"""A promised message as a letter for the wire: made when its turn comes, from what is true then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ita_flow.mail import messages
from ita_flow.mail.messages import Message
from ita_flow.mail.sender import address, sender_of
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.queries.outbox import coordinator_of, lines_of, message_with_recipient


@dataclass(frozen=True)
class Letter:
    """A message with its envelope."""

    message: Message
    to: str
    envelope: EmailMessage


def letter_of(message_id: int, now: datetime) -> Letter | None:
    """The letter as it goes out ``now`` (true clock); None when nothing of it is true any more."""
    promised = message_with_recipient(message_id)
    today = promised.day_spoken_of(now)
    lines = lines_of(promised, today)
    if not lines:
        return None
    coordinator = coordinator_of(promised.recipient.agency, today)
    message = messages.reminder(promised.recipient, lines, today, coordinator)
    return Letter(message, promised.recipient.email, _envelope(promised, message, coordinator, now))


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
    # Base64 keeps every line short and passes servers that know seven bits only.
    envelope.set_content(message.text, cte="base64")
    envelope.add_alternative(message.html, subtype="html", cte="base64")
    envelope["Content-Language"] = "th"
    return envelope
