"""When which rule of reminding speaks, and of several the one that is heard.

The days before a due date are calendar days. A reminder before it that falls on a free day goes out on the last
working day before; a notice after it moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ita_flow.domain.calendar import (
    bangkok_day,
    bangkok_moment,
    last_working_day,
    next_working_day,
)

SENDING_HOUR, SENDING_MINUTE = 8, 30
"""When the mails of a working day go out, in Bangkok."""

MONDAY = 0
WEEK = timedelta(days=7)


class Trigger(StrEnum):
    """What makes a rule speak, the least urgent first where two speak of one task on one day."""

    BEFORE_DUE = "before_due"
    OVERDUE = "overdue"
    OVERDUE_MONDAYS = "overdue_mondays"
    """On so many Mondays, from the first after the day after the due date."""

    ESCALATE_TO_DIRECTOR = "escalate_to_director"
    ESCALATE_TO_CHIEF = "escalate_to_chief"
    """Also to the coordinator."""

    AWAITING = "awaiting"
    """Every working day while something waits for a person's decision."""

    SLOW_DECISION = "slow_decision"
    """Once a decision takes longer than its seat is allowed, by so many working days."""

    WEEKLY = "weekly"
    """A summary on Mondays."""

    MONTHLY = "monthly"
    """A summary on the first working day of a month."""

    WINDOW = "window"
    """So many days before a window of the assessment closes."""


class Section(StrEnum):
    """A part of the one mail of a day, the most urgent first."""

    OVERDUE = "overdue"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    SLOW_DECISION = "slow_decision"
    AWAITING = "awaiting"
    WINDOW = "window"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    CHASE = "chase"
    """What a coordinator asks by hand, in a mail of its own."""


SECTION_OF: Mapping[Trigger, Section] = {
    Trigger.BEFORE_DUE: Section.REMINDER,
    Trigger.OVERDUE: Section.OVERDUE,
    Trigger.OVERDUE_MONDAYS: Section.OVERDUE,
    Trigger.ESCALATE_TO_DIRECTOR: Section.ESCALATION,
    Trigger.ESCALATE_TO_CHIEF: Section.ESCALATION,
    Trigger.AWAITING: Section.AWAITING,
    Trigger.SLOW_DECISION: Section.SLOW_DECISION,
    Trigger.WEEKLY: Section.WEEKLY,
    Trigger.MONTHLY: Section.MONTHLY,
    Trigger.WINDOW: Section.WINDOW,
}

TO_THE_RESPONSIBLE = (Trigger.BEFORE_DUE, Trigger.OVERDUE, Trigger.OVERDUE_MONDAYS)
ESCALATIONS = (Trigger.ESCALATE_TO_DIRECTOR, Trigger.ESCALATE_TO_CHIEF)
ABOUT_DUE_DATES = (*TO_THE_RESPONSIBLE, *ESCALATIONS)
"""Of these, one person hears one about a task on a day."""

SWITCHES = (Trigger.AWAITING, Trigger.WEEKLY, Trigger.MONTHLY)
"""These are on or off and count no days."""


class Outcome(StrEnum):
    """What became of a reminder when its day came."""

    QUEUED = "queued"
    """Promised to the outbox."""

    SUPERSEDED = "superseded"
    """Told by a more urgent one on the same day."""

    SUPPRESSED = "suppressed"
    """Nobody needed it any more: see ``WhyNot``."""


class WhyNot(StrEnum):
    """Why a reminder whose day came was not sent."""

    SUBMITTED = "submitted"
    DONE = "done"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    """The person asked for fewer mails of an optional kind."""


class Capacity(StrEnum):
    """As what a person is written to."""

    OFFICER = "officer"
    SECTION_HEAD = "section_head"
    DIRECTOR = "director"
    CHIEF = "chief"
    EXECUTIVE = "executive"
    COORDINATOR = "coordinator"
    DECIDER = "decider"


IN_PLACE_OF_OFFICERS = (Capacity.SECTION_HEAD, Capacity.DIRECTOR, Capacity.COORDINATOR)
"""Who hears of a task that nobody is responsible for: the first of these who is there."""


@dataclass(frozen=True)
class Rule:
    """A trigger and its number of days; what they count stands with each trigger. 0 where it counts nothing."""

    trigger: Trigger
    days: int = 0

    @property
    def section(self) -> Section:
        return SECTION_OF[self.trigger]


DEFAULT_RULES = (
    Rule(Trigger.BEFORE_DUE, 30),
    Rule(Trigger.BEFORE_DUE, 14),
    Rule(Trigger.BEFORE_DUE, 7),
    Rule(Trigger.BEFORE_DUE, 1),
    Rule(Trigger.BEFORE_DUE, 0),
    Rule(Trigger.OVERDUE, 1),
    Rule(Trigger.OVERDUE_MONDAYS, 4),
    Rule(Trigger.ESCALATE_TO_DIRECTOR, 7),
    Rule(Trigger.ESCALATE_TO_CHIEF, 15),
    Rule(Trigger.AWAITING),
    Rule(Trigger.SLOW_DECISION),
    Rule(Trigger.WEEKLY),
    Rule(Trigger.MONTHLY),
    Rule(Trigger.WINDOW, 14),
    Rule(Trigger.WINDOW, 3),
)


@dataclass(frozen=True)
class Occasion:
    """One time that a rule speaks: the day that it names, whether people work on it or not."""

    rule: Rule
    on: date

    @property
    def urgency(self) -> tuple[date, int]:
        """The later and the further up, the more urgent."""
        return self.on, list(Trigger).index(self.rule.trigger)

    def planned_for(self, free_days: Container[date]) -> date:
        """The working day on which it goes out."""
        is_ahead = self.rule.trigger in (Trigger.BEFORE_DUE, Trigger.WINDOW)
        return last_working_day(self.on, free_days) if is_ahead else next_working_day(self.on, free_days)


def is_time_to_remind(moment: datetime) -> bool:
    """Whether the hour of sending has come on that day in Bangkok; before it, people are left in peace."""
    return moment >= bangkok_moment(bangkok_day(moment), SENDING_HOUR, SENDING_MINUTE)


def occasions_of(rule: Rule, due_on: date) -> Iterator[Occasion]:
    """When a rule about a due date, or about the end of a window, speaks."""
    if rule.trigger is Trigger.OVERDUE_MONDAYS:
        first = first_monday_after(due_on + timedelta(days=1))
        yield from (Occasion(rule, first + number * WEEK) for number in range(rule.days))
    elif rule.trigger in (Trigger.BEFORE_DUE, Trigger.WINDOW):
        yield Occasion(rule, due_on - timedelta(days=rule.days))
    else:
        yield Occasion(rule, due_on + timedelta(days=rule.days))


def planned(rules: Iterable[Rule], due_on: date, free_days: Container[date]) -> list[tuple[Occasion, date]]:
    """All occasions about this date, each with the working day on which it goes out."""
    known = (occasion for rule in rules for occasion in occasions_of(rule, due_on))
    return [(occasion, occasion.planned_for(free_days)) for occasion in known]


def come_by(rules: Iterable[Rule], due_on: date, today: date, free_days: Container[date]) -> list[Occasion]:
    """The occasions about this date whose day has come: a late one is late, never lost."""
    return [occasion for occasion, goes_out_on in planned(rules, due_on, free_days) if goes_out_on <= today]


def summary_occasion(rule: Rule, today: date, free_days: Container[date]) -> Occasion | None:
    """The summary of this week or month, once its day has come; one of an earlier week or month is not made up for."""
    begins_on = today - timedelta(days=today.weekday()) if rule.trigger is Trigger.WEEKLY else today.replace(day=1)
    occasion = Occasion(rule, begins_on)
    return occasion if occasion.planned_for(free_days) <= today else None


def slow_occasion(rule: Rule, waiting_since: date, days_allowed: int, free_days: Container[date]) -> Occasion:
    """When a decision that has waited since that day takes longer than its seat is allowed: the days must be over."""
    day = waiting_since
    for _number in range(days_allowed + rule.days + 1):
        day = next_working_day(day + timedelta(days=1), free_days)
    return Occasion(rule, day)


def first_monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


@dataclass(frozen=True)
class Choice:
    """What is said today to one person about a task, and what that makes superfluous."""

    spoken: Occasion | None
    superseded: tuple[Occasion, ...]


def choose(due: Iterable[Occasion], recorded: Collection[Occasion]) -> Choice:
    """The most urgent of the occasions that have come and are not yet recorded; the others need not speak any more.

    Nobody is told less after they were told more: one less urgent than a recorded one never speaks.
    """
    fresh = sorted((one for one in due if one not in recorded), key=lambda one: one.urgency, reverse=True)
    told = max((one.urgency for one in recorded), default=None)
    if fresh and (told is None or fresh[0].urgency > told):
        return Choice(fresh[0], tuple(fresh[1:]))
    return Choice(None, tuple(fresh))
