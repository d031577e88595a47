"""How the mails of an agency fare: what waits, what was given up, what became of a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Agency, User

WAITING = (MessageState.PENDING, MessageState.LEASED)


@dataclass(frozen=True)
class MailState:
    """The outbox of an agency in numbers, and the last thing that went wrong in it."""

    waiting: int
    dead: int
    last_sent_at: datetime | None
    """By the office's clock."""

    trouble: OutboxMessage | None
    """The newest mail that could not be sent, or not yet, with the words of the server."""


def mail_state(agency: Agency) -> MailState:
    """Two statements, however many mails there are."""
    counted = sa.select(
        sa.func.count().filter(OutboxMessage.state.in_(WAITING)),
        sa.func.count().filter(OutboxMessage.state == MessageState.DEAD),
        sa.func.max(OutboxMessage.sent_at),
    ).where(OutboxMessage.agency_id == agency.id)
    waiting, dead, last_sent_at = db.session.execute(counted).one()
    return MailState(waiting, dead, last_sent_at, _newest_trouble(agency))


def _newest_trouble(agency: Agency) -> OutboxMessage | None:
    chosen = (
        sa.select(OutboxMessage)
        .where(
            OutboxMessage.agency_id == agency.id,
            OutboxMessage.state.in_((*WAITING, MessageState.DEAD)),
            OutboxMessage.last_error.is_not(None),
        )
        .options(joinedload(OutboxMessage.recipient))
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    return db.session.scalar(chosen)


def last_test_of(person: User) -> OutboxMessage | None:
    """The newest mail by which this person tried out the sending."""
    chosen = sa.select(OutboxMessage).where(
        OutboxMessage.recipient_id == person.id, OutboxMessage.kind == MessageKind.TEST
    )
    return db.session.scalar(chosen.order_by(OutboxMessage.id.desc()).limit(1))
