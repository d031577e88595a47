"""Which mails a change moves: what would be said before it and after it, to whom, by which rule, on which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.reminders import Rule
from ita_flow.domain.states import CLOSED
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Membership
from ita_flow.models.tasks import Task
from ita_flow.queries.due_reminders import DueReminder
from ita_flow.queries.reminders import expected_mails
from ita_flow.queries.seats import held_on

FARTHEST = timedelta(days=400)
AFTER_THE_YEAR = timedelta(days=45)
"""So long after the last due date of a year there is still something to say of it."""


@dataclass(frozen=True)
class Saying:
    """A line of coming mails, whatever the day: to whom, by which rule, about what."""

    recipient_id: int
    recipient: str
    rule: Rule
    task_id: int = 0
    number: int = 0
    title: str = ""
    """Of the measure; empty where it is about none."""

    year: int = 0
    window: AssessmentWindowKind | None = None


Days = Mapping[Saying, Sequence[date]]
"""On which days each line goes out."""


@dataclass(frozen=True)
class Shift:
    """A line whose days change: ``was`` alone where it goes away, ``will_be`` alone where it is new."""

    saying: Saying
    was: Sequence[date] = ()
    will_be: Sequence[date] = ()

    @property
    def order(self) -> tuple[date, int, str]:
        return (*self.was, *self.will_be)[0], self.saying.number, self.saying.recipient


@dataclass(frozen=True)
class MovedMails:
    """What a change does to the coming mails."""

    moved: Sequence[Shift] = ()
    added: Sequence[Shift] = ()
    dropped: Sequence[Shift] = ()

    def __bool__(self) -> bool:
        return bool(self.moved or self.added or self.dropped)

    @property
    def recipients(self) -> frozenset[int]:
        """The ids of all whom it concerns."""
        return frozenset(shift.saying.recipient_id for shift in (*self.moved, *self.added, *self.dropped))


def coming_days(agency: Agency, first_day: date, last_day: date) -> Days:
    """What will be said on these days as things stand, if nobody reports or decides meanwhile."""
    days: dict[Saying, list[date]] = defaultdict(list)
    for mail in expected_mails(agency, first_day, last_day):
        for reminder in mail.reminders:
            days[_saying(reminder)].append(mail.send_on)
    return days


def last_day_to_compare(agency: Agency, today: date) -> date:
    """Past the end of the fiscal year of the last due date that is still open, but no farther than can be told."""
    open_tasks = sa.select(sa.func.max(Task.due_on)).where(Task.agency_id == agency.id, Task.work_status.not_in(CLOSED))
    latest = db.session.scalar(open_tasks) or today
    return min(FiscalYear.containing(max(latest, today)).ends_on + AFTER_THE_YEAR, today + FARTHEST)


def compare(before: Days, after: Days) -> MovedMails:
    """What moves from day to day, what is new, and what goes away."""
    found = [one for saying in {**before, **after} for one in _between(saying, before, after) if one.was or one.will_be]
    return MovedMails(
        moved=_in_order(one for one in found if one.was and one.will_be),
        added=_in_order(one for one in found if not one.was),
        dropped=_in_order(one for one in found if not one.will_be),
    )


def posts_held(people: Collection[int], today: date) -> Mapping[int, Membership]:
    """As what each of these people is known in the office: their oldest post. One statement."""
    chosen = sa.select(Membership).where(Membership.user_id.in_(people), held_on(today), Membership.acting.is_(None))
    latest_first = chosen.order_by(Membership.id.desc()).options(joinedload(Membership.unit))
    return {one.user_id: one for one in db.session.scalars(latest_first)}


def _saying(reminder: DueReminder) -> Saying:
    task, window = reminder.task, reminder.window
    said = Saying(reminder.recipient.id, reminder.recipient.name, reminder.occasion.rule)
    if task:
        measure = task.measure
        return replace(said, task_id=task.id, number=measure.number, title=measure.title, year=measure.plan.year)
    return replace(said, year=window.year, window=window.kind) if window else said


def _between(saying: Saying, before: Days, after: Days) -> tuple[Shift, Shift, Shift]:
    """What of one line moves, comes, and goes, each perhaps without days: the first to go becomes the first to come."""
    was, will_be = set(before.get(saying, ())), set(after.get(saying, ()))
    gone, new = sorted(was - will_be), sorted(will_be - was)
    both = min(len(gone), len(new))
    moved = Shift(saying, gone[:both], new[:both])
    return moved, Shift(saying, will_be=new[both:]), Shift(saying, was=gone[both:])


def _in_order(shifts: Iterable[Shift]) -> Sequence[Shift]:
    return sorted(shifts, key=lambda shift: shift.order)
