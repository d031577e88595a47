"""What everybody should have been told in the year: counted by hand from the rules as the office reads them.

It shares nothing with the program: its own list of holidays, its own calendar, its own words for the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from tests.faults.a_year import OWN_HOLIDAY, OWN_WORKING_DAY, Period, Work, Year, in_post

DAY = timedelta(days=1)
LONG_AGO = timedelta(days=60)
"""After that nothing is noted any more of a task that is closed."""

CLOSED_ON = {
    *(date(2023, 10, day) for day in (13, 23)),
    *(date(2023, 12, day) for day in (5, 11)),
    date(2024, 1, 1),
    date(2024, 2, 26),
    *(date(2024, 4, day) for day in (8, 12, 15, 16)),
    *(date(2024, 5, day) for day in (1, 6, 10, 22)),
    date(2024, 6, 3),
    *(date(2024, 7, day) for day in (22, 29)),
    date(2024, 8, 12),
    *(date(2024, 10, day) for day in (14, 23)),
    OWN_HOLIDAY,
}
"""The public holidays of two fiscal years that fall on a day from Monday to Friday; Labour Day is one here."""

assert OWN_WORKING_DAY not in CLOSED_ON


class Line(NamedTuple):
    """What is said once for ever: to whom, by which rule, of what, for which day."""

    person: str
    rule: str
    subject: str
    version: int
    occasion: date


class Said(NamedTuple):
    """What became of it, and the working day for which that was planned."""

    planned_for: date
    outcome: str


class Turn(NamedTuple):
    """One time that a rule about a due date has something to say; the later in a list, the more urgent on its day."""

    occasion: date
    rank: int
    rule: str
    planned_for: date


def is_worked_on(day: date) -> bool:
    return day.weekday() not in (5, 6) and day not in CLOSED_ON


def before(day: date) -> date:
    return day if is_worked_on(day) else before(day - DAY)


def after(day: date) -> date:
    return day if is_worked_on(day) else after(day + DAY)


@dataclass
class Oracle:
    """Is told of each day on which somebody was there to remind, and says in the end what has to be on record."""

    year: Year
    lines: dict[Line, Said] = field(default_factory=dict)

    def live_through(self, day: date) -> None:
        """A working day on which at least one worker got its work done."""
        for work in self.year.works:
            self._about(work, day)
        self._deciders(day)
        for period in self.year.periods:
            self._about_period(period, day)
        self._summaries(day)

    def _about(self, work: Work, day: date) -> None:
        subject, said = f"task {work.number}", _silence(work)
        turns = turns_of(work.due_on)
        if work.is_closed and work.due_on < day - LONG_AGO:
            return
        for person in _ever_told(work, day):
            mine = [turn for turn in turns if person in told(turn.rule, work, day)]
            if said is None:
                self._most_urgent(person, subject, work.version, mine, day)
            else:
                fresh = [turn for turn in mine if _is_noted(turn.rule, work)]
                self._note(person, subject, work.version, fresh, day, said)

    def _about_period(self, period: Period, day: date) -> None:
        days = [(14, period.ends_on - 14 * DAY), (3, period.ends_on - 3 * DAY)]
        turns = [Turn(on, 0, f"window {number}", before(on)) for number, on in days]
        if day <= period.ends_on:
            for person in in_post("coordinator", None, day):
                self._most_urgent(person, period.kind, period.version, turns, day)

    def _most_urgent(self, person: str, subject: str, version: int, turns: Sequence[Turn], day: date) -> None:
        come = sorted(turn for turn in turns if turn.planned_for <= day)
        new = [turn for turn in come if Line(person, turn.rule, subject, version, turn.occasion) not in self.lines]
        if new and new[-1] == come[-1]:
            self._note(person, subject, version, [new.pop()], day, "queued")
        self._note(person, subject, version, new, day, "superseded")

    def _note(self, person: str, subject: str, version: int, turns: Iterable[Turn], day: date, outcome: str) -> None:
        for turn in turns:
            if turn.planned_for <= day:
                line = Line(person, turn.rule, subject, version, turn.occasion)
                self.lines.setdefault(line, Said(turn.planned_for, outcome))

    def _deciders(self, day: date) -> None:
        for work in self.year.works:
            if work.state == "submitted":
                for person in in_post("section_head", work.unit, day):
                    self._once(person, "awaiting 0", "", day, day)
                    if slow_on(work.submitted_on) <= day:
                        self._once(person, "slow_decision 0", f"task {work.number}", slow_on(work.submitted_on), day)

    def _summaries(self, day: date) -> None:
        monday, first = day - day.weekday() * DAY, day.replace(day=1)
        open_units = {work.unit for work in self.year.works if not work.is_closed}
        directors = [person for unit in open_units for person in in_post("director", unit, day)]
        for person in [*in_post("coordinator", None, day), *directors]:
            self._once(person, "weekly 0", "", monday, day)
        if date(2023, 11, 1) <= day < date(2024, 11, 1):  # of the month before, which is in the year of the plan
            for person in in_post("executive", None, day):
                self._once(person, "monthly 0", "", first, day)

    def _once(self, person: str, rule: str, subject: str, occasion: date, day: date) -> None:
        if after(occasion) <= day:
            self.lines.setdefault(Line(person, rule, subject, 0, occasion), Said(after(occasion), "queued"))


def turns_of(due_on: date) -> list[Turn]:
    """All that the rules have to say of a due date."""
    ahead = [(due_on - days * DAY, f"before_due {days}") for days in (30, 14, 7, 1, 0)]
    late = due_on + DAY
    monday = next(late + n * DAY for n in range(1, 8) if (late + n * DAY).weekday() == 0)
    behind = [(late, 1, "overdue 1"), *((monday + week * 7 * DAY, 2, "overdue_mondays 4") for week in range(4))]
    behind += [(due_on + 7 * DAY, 3, "escalate_to_director 7"), (due_on + 15 * DAY, 4, "escalate_to_chief 15")]
    turns = [Turn(on, 0, rule, before(on)) for on, rule in ahead]
    return turns + [Turn(on, rank, rule, after(on)) for on, rank, rule in behind]


def slow_on(submitted_on: date) -> date:
    """The working day after the three that a seat has."""
    day = submitted_on
    for _ in range(3 + 1):
        day = after(day + DAY)
    return day


def told(rule: str, work: Work, day: date) -> Sequence[str]:
    """Whom a rule about a due date speaks to."""
    if rule.startswith("escalate_to_director"):
        return in_post("director", work.unit, day)
    if rule.startswith("escalate_to_chief"):
        return [*in_post("chief", None, day), *in_post("coordinator", None, day)]
    return responsible(work, day)


def responsible(work: Work, day: date) -> Sequence[str]:
    """Its officers who are still there; else the head of the section, the director, the coordinators."""
    there = [person for person in work.officers if person in in_post("officer", work.unit, day)]
    above: list[Callable[[], Sequence[str]]] = [
        lambda: in_post("section_head", work.unit, day),
        lambda: in_post("director", work.unit, day),
        lambda: in_post("coordinator", None, day),
    ]
    return there or next((people for ask in above if (people := ask())), [])


def _ever_told(work: Work, day: date) -> set[str]:
    rules = ("before_due", "escalate_to_director", "escalate_to_chief")
    return {person for rule in rules for person in told(rule, work, day)}


def _silence(work: Work) -> str | None:
    """Why nobody is told."""
    if work.is_closed:
        return f"suppressed: {work.state}"
    return "suppressed: submitted" if work.state == "submitted" else None


def _is_noted(rule: str, work: Work) -> bool:
    if work.is_closed:
        return rule.startswith("before_due")
    return not rule.startswith("escalate")
