"""Which reminders are due for a task on a day.

The days are calendar days to the due date. A reminder before the due date that falls on a free day goes out on
the last working day before it; a notice after the due date moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ita_flow.domain.calendar import bangkok_day, bangkok_moment, last_working_day, next_working_day

SENDING_HOUR, SENDING_MINUTE = 8, 30
"""When the mails of a working day go out, in Bangkok."""


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


def is_time_to_remind(moment: datetime) -> bool:
    """Whether the hour of sending has come on that day in Bangkok; before it, people are left in peace."""
    return moment >= bangkok_moment(bangkok_day(moment), SENDING_HOUR, SENDING_MINUTE)


def nominal_day(rule: Rule, due_on: date) -> date:
    """The day that the rule names, whether people work on it or not."""
    return due_on + timedelta(days=rule.offset)


def planned_for(rule: Rule, due_on: date, holidays: Collection[date]) -> date:
    """The working day on which this rule speaks of this due date."""
    day = nominal_day(rule, due_on)
    return next_working_day(day, holidays) if rule.trigger is Trigger.OVERDUE else last_working_day(day, holidays)


def due_rules(rules: Iterable[Rule], due_on: date, today: date, holidays: Collection[date]) -> list[Rule]:
    """The rules whose day has come, the most urgent first: a late one is late, never lost."""
    due = [rule for rule in rules if planned_for(rule, due_on, holidays) <= today]
    return sorted(due, key=lambda rule: rule.offset, reverse=True)


@dataclass(frozen=True)
class Choice:
    """What is said today about a task to one person, and which rules that makes superfluous."""

    spoken: Rule | None
    superseded: tuple[Rule, ...]


def choose(
    rules: Iterable[Rule], recorded: Collection[Rule], due_on: date, today: date, holidays: Collection[date]
) -> Choice:
    """The most urgent of the rules that are due and not yet recorded; the others need not speak any more.

    Nobody is told less after they were told more: a rule less urgent than a recorded one never speaks.
    """
    fresh = [rule for rule in due_rules(rules, due_on, today, holidays) if rule not in recorded]
    told = max((rule.offset for rule in recorded), default=None)
    if fresh and (told is None or fresh[0].offset > told):
        return Choice(fresh[0], tuple(fresh[1:]))
    return Choice(None, tuple(fresh))
