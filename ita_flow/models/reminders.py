"""Rules of reminding, and the ledger that says for ever which reminder was due to whom, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.notices import Frequency, MailOption
from ita_flow.domain.reminders import Capacity, Occasion, Outcome, Rule, Trigger, WhyNot
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.tasks import Task


def _once(name: str, subject: str | None, where: str) -> Index:
    """A key of the ledger: a rule speaks once to a person of a subject, of one due date, for one day."""
    columns = ["rule_id", "recipient_id", *([subject] if subject else []), "due_version", "occasion"]
    return Index(name, *columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


class ReminderRule(Base):
    """When people are reminded. A rule that is switched off stays, for the ledger speaks of it."""

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
    is_on: Mapped[bool] = mapped_column(default=True, server_default=sa.true())

    @property
    def rule(self) -> Rule:
        return Rule(self.trigger, self.days)


class Reminder(Base):
    """One line of the ledger. Its key exists once for ever: no reminder goes twice, none is forgotten.

    It speaks of a task, of a window of the assessment, or of neither. ``due_version`` is that of the due date, or of
    the end of the window; 0 where the line speaks of no date.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        _once("uq_reminders_of_a_task", "task_id", "task_id IS NOT NULL"),
        _once("uq_reminders_of_a_window", "window_id", "window_id IS NOT NULL"),
        _once("uq_reminders_of_neither", None, "task_id IS NULL AND window_id IS NULL"),
        ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"]),
        ForeignKeyConstraint(
            ["agency_id", "window_id"],
            ["assessment_windows.agency_id", "assessment_windows.id"],
            name="fk_reminders_window",
        ),
        CheckConstraint("(outcome = 'queued') = (message_id IS NOT NULL)", name="queued_has_a_message"),
        CheckConstraint("(outcome = 'suppressed') = (why_not IS NOT NULL)", name="suppressed_says_why"),
        CheckConstraint("task_id IS NULL OR window_id IS NULL", name="of_a_task_or_a_window"),
        Index("ix_reminders_planned_for", "agency_id", "planned_for"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("reminder_rules.id"))
    task_id: Mapped[int | None] = mapped_column(index=True)
    window_id: Mapped[int | None] = mapped_column()
    recipient_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(stored_enum(Capacity))
    due_version: Mapped[int] = mapped_column(default=0)
    occasion: Mapped[date]
    """The day that the rule names."""

    planned_for: Mapped[date]
    """The working day on which it is said."""

    outcome: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    why_not: Mapped[WhyNot | None] = mapped_column(stored_enum(WhyNot))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    at: Mapped[datetime]

    rule: Mapped[ReminderRule] = relationship()
    task: Mapped[Task | None] = relationship(primaryjoin=lambda: Reminder.task_id == Task.id, foreign_keys=[task_id])
    window: Mapped[AssessmentWindow | None] = relationship(
        primaryjoin=lambda: Reminder.window_id == AssessmentWindow.id, foreign_keys=[window_id]
    )
    recipient: Mapped[User] = relationship()
    message: Mapped[OutboxMessage | None] = relationship(back_populates="reminders")

    @property
    def spoken(self) -> Occasion:
        return Occasion(self.rule.rule, self.occasion)


class MailChoice(Base):
    """That a person has a kind of mail less often than usual."""

    __tablename__ = "mail_choices"
    __table_args__ = (CheckConstraint("(option = 'awaiting') = (frequency = 'weekly')", name="only_what_may_be_less"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    option: Mapped[MailOption] = mapped_column(stored_enum(MailOption), primary_key=True)
    frequency: Mapped[Frequency] = mapped_column(stored_enum(Frequency))
    chosen_at: Mapped[datetime]
