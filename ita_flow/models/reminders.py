"""Rules of reminding, and the ledger that says for ever which reminder was due to whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.reminders import Outcome, Rule, Trigger
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.tasks import Task


class ReminderRule(Base):
    """When officers are reminded: so many days before the due date, or after it."""

    __tablename__ = "reminder_rules"
    __table_args__ = (
        UniqueConstraint("agency_id", "trigger", "days"),
        CheckConstraint("days >= 0", name="days_count_forward"),
        CheckConstraint("trigger <> 'overdue' OR days > 0", name="overdue_starts_the_day_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    trigger: Mapped[Trigger] = mapped_column(stored_enum(Trigger))
    days: Mapped[int]

    @property
    def rule(self) -> Rule:
        return Rule(self.trigger, self.days)


class Reminder(Base):
    """One line of the ledger. Its key exists once for ever: no reminder goes twice, none is forgotten."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("rule_id", "task_id", "recipient_id", "due_version"),
        ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"]),
        CheckConstraint("(outcome = 'queued') = (message_id IS NOT NULL)", name="queued_has_a_message"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("reminder_rules.id"))
    task_id: Mapped[int] = mapped_column(index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    due_version: Mapped[int]
    planned_for: Mapped[date]
    outcome: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    at: Mapped[datetime]

    rule: Mapped[ReminderRule] = relationship()
    task: Mapped[Task] = relationship(primaryjoin=lambda: Reminder.task_id == Task.id, foreign_keys=[task_id])
    recipient: Mapped[User] = relationship()
    message: Mapped[OutboxMessage | None] = relationship(back_populates="reminders")
