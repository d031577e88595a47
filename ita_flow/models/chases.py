"""What a coordinator asked after by hand: who was written to about which task, why, and with which mail."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.chasing import LONGEST_NOTE, ChaseReason
from ita_flow.domain.reminders import Capacity
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.tasks import Task


class Chase(Base):
    """One person asked after one task. Its key exists once a day: a second press on the same day writes nobody."""

    __tablename__ = "chases"
    __table_args__ = (
        UniqueConstraint("task_id", "recipient_id", "asked_on"),
        ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"]),
        ForeignKeyConstraint(
            ["agency_id", "recipient_id"], ["users.agency_id", "users.id"], name="fk_chases_recipient"
        ),
        ForeignKeyConstraint(["agency_id", "asked_by_id"], ["users.agency_id", "users.id"], name="fk_chases_asked_by"),
        Index("ix_chases_asked_on", "agency_id", "asked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    task_id: Mapped[int] = mapped_column()
    recipient_id: Mapped[int] = mapped_column(index=True)
    asked_by_id: Mapped[int] = mapped_column()
    reason: Mapped[ChaseReason] = mapped_column(stored_enum(ChaseReason))
    capacity: Mapped[Capacity] = mapped_column(stored_enum(Capacity))
    """As what the recipient is written to."""

    note: Mapped[str] = mapped_column(sa.String(LONGEST_NOTE), default="", server_default="")
    """What they add in their own words; the same for all tasks of one asking."""

    asked_on: Mapped[date]
    at: Mapped[datetime]
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_messages.id"), index=True)

    task: Mapped[Task] = relationship(primaryjoin=lambda: Chase.task_id == Task.id, foreign_keys=[task_id])
    recipient: Mapped[User] = relationship(
        primaryjoin=lambda: Chase.recipient_id == User.id, foreign_keys=[recipient_id]
    )
    asked_by: Mapped[User] = relationship(primaryjoin=lambda: Chase.asked_by_id == User.id, foreign_keys=[asked_by_id])
    message: Mapped[OutboxMessage] = relationship(back_populates="chases")
