"""A reminder whose day has come, and a mail that is made of such."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ita_flow.domain.reminders import Capacity, Occasion, Outcome, Section, WhyNot
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import User
from ita_flow.models.reminders import ReminderRule
from ita_flow.models.tasks import Task
from ita_flow.queries.reminder_facts import LedgerKey


@dataclass(frozen=True)
class DueReminder:
    """An occasion whose day has come for a person, and what becomes of it."""

    recipient: User
    capacity: Capacity
    rule: ReminderRule
    occasion: Occasion
    planned_for: date
    outcome: Outcome
    why_not: WhyNot | None = None
    task: Task | None = None
    window: AssessmentWindow | None = None
    due_version: int = 0

    @property
    def section(self) -> Section:
        return self.occasion.rule.section

    @property
    def is_spoken(self) -> bool:
        return self.outcome is Outcome.QUEUED

    @property
    def key(self) -> LedgerKey:
        window_id = self.window.id if self.window else 0
        return self.recipient.id, self.task.id if self.task else 0, window_id, self.due_version


@dataclass(frozen=True)
class ExpectedMail:
    """A mail that will go out if nothing changes until then."""

    send_on: date
    recipient: User
    reminders: tuple[DueReminder, ...]
