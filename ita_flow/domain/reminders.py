"""Which reminders are due for a task on a day.

The days are calendar days to the due date. A reminder before the due date that falls on a free day goes out on
the last working day before it; a notice after the due date moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ita_flow.domain.calendar import last_working_day, next_working_day


class Trigger(StrEnum):
    BEFORE_DUE = "before_due"
    OVERDUE = "overdue"


class Outcome(StrEnum):
    """What became of a reminder: promised to the outbox, or told by a more urgent one on the same day."""

    QUEUED = "queued"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Rule:
    """``days`` before the due date, or after it."""

    trigger: Trigger
    days: int

    @property
    def offset(self) -> int:
        """Days from the due date: negative before it. The larger, the more urgent."""
        return self.days if self.trigger is Trigger.OVERDUE else -self.days


DEFAULT_RULES = (
    Rule(Trigger.BEFORE_DUE, 14),
    Rule(Trigger.BEFORE_DUE, 7),
    Rule(Trigger.BEFORE_DUE, 1),
    Rule(Trigger.BEFORE_DUE, 0),
    Rule(Trigger.OVERDUE, 1),
)


def planned_for(rule: Rule, due_on: date, holidays: Collection[date]) -> date:
    """The working day on which this rule speaks of this due date."""
    day = due_on + timedelta(days=rule.offset)
    return next_working_day(day, holidays) if rule.trigger is Trigger.OVERDUE else last_working_day(day, holidays)


def due_rules(rules: Iterable[Rule], due_on: date, today: date, holidays: Collection[date]) -> list[Rule]:
    """The rules whose day has come, the most urgent first: a late one is late, never lost."""
    due = [rule for rule in rules if planned_for(rule, due_on, holidays) <= today]
    return sorted(due, key=lambda rule: rule.offset, reverse=True)
