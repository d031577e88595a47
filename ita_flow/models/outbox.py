"""The outbox: a mail is promised in the transaction of the deed, and sent afterwards."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.calendar import bangkok_day
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.people import User

if TYPE_CHECKING:
    from ita_flow.models.chases import Chase
    from ita_flow.models.notices import Notice
    from ita_flow.models.reminders import Reminder


class MessageKind(StrEnum):
    ANCHOR = "anchor"
    CHASE = "chase"
    """A coordinator asks after tasks, at once."""

    EVENT = "event"
    """What has happened, gathered for a quarter of an hour."""

    INVITE = "invite"
    REMINDER = "reminder"
    """The one mail of a working day."""

    TEST = "test"


class MessageState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"
    """What it would have said was no longer true when its turn came, or goes out with a later message."""


class Failure(StrEnum):
    """In which of the ways the last attempt failed."""

    REFUSED = "refused"
    """The recipient's server will never take it, or the address is none."""

    TRY_LATER = "try_later"
    UNREACHABLE = "unreachable"
    """Our own mail server takes no letter at all."""


GATHERED_INTO = "gathered into message "
"""Before the id of the message, where ``last_error`` says why one was dropped."""


class OutboxMessage(Base):
    """A mail to one person. It holds what it is about; the text is made when it is sent, and kept as it went out.

    Creation, leases and waits run on the true clock; ``speaks_on`` is the day of the office on which it was promised.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        CheckConstraint("(state = 'leased') = (lease_token IS NOT NULL)", name="leased_has_a_token"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_a_moment"),
        CheckConstraint("state <> 'sent' OR text IS NOT NULL", name="sent_keeps_its_text"),
        Index("ix_outbox_messages_due", "state", "next_attempt_at"),
        Index("ix_outbox_messages_attempted_at", "attempted_at"),
        Index("ix_outbox_messages_of_kind", "agency_id", "kind", "speaks_on"),
        Index("ix_outbox_messages_of_state", "agency_id", "state"),
        Index("ix_outbox_messages_failure", "failure", "recipient_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    kind: Mapped[MessageKind] = mapped_column(stored_enum(MessageKind))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    speaks_on: Mapped[date]
    message_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    """The Message-ID header, fixed per row, so that a second delivery can be recognised."""

    state: Mapped[MessageState] = mapped_column(stored_enum(MessageState), default=MessageState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(sa.String(32))
    last_error: Mapped[str | None] = mapped_column(sa.Text)
    failure: Mapped[Failure | None] = mapped_column(stored_enum(Failure))
    created_at: Mapped[datetime]
    offered_again_at: Mapped[datetime | None]
    """When somebody last asked that a mail which was given up be sent after all."""

    attempted_at: Mapped[datetime | None]
    """When it was last claimed for sending, on the true clock."""

    sent_at: Mapped[datetime | None]
    sent_to: Mapped[str | None] = mapped_column(sa.String(254))
    """The address to which it went, or which refused it for good."""

    subject: Mapped[str | None] = mapped_column(sa.Text)
    text: Mapped[str | None] = mapped_column(sa.Text)
    html: Mapped[str | None] = mapped_column(sa.Text)

    recipient: Mapped[User] = relationship()
    reminders: Mapped[list[Reminder]] = relationship(back_populates="message")
    notices: Mapped[list[Notice]] = relationship(back_populates="message")
    chases: Mapped[list[Chase]] = relationship(back_populates="message")

    @property
    def gathered_into(self) -> int | None:
        """The id of the message that says what this one had to say, if it was dropped for that."""
        why = self.last_error or ""
        is_gathered = self.state is MessageState.DROPPED and why.startswith(GATHERED_INTO)
        return int(why.removeprefix(GATHERED_INTO)) if is_gathered else None

    @property
    def tried_since(self) -> datetime:
        return self.offered_again_at or self.created_at

    def day_spoken_of(self, now: datetime) -> date:
        """The day of the office on which the text is read when it goes out ``now`` (true clock).

        A mail that had to wait counts the days left from the day it leaves, also where the office's clock is shifted.
        """
        return self.speaks_on + (bangkok_day(now) - bangkok_day(self.created_at))
