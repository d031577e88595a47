"""A fiscal year as a calendar: the days on which something is due, opens, closes or keeps the office shut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import sqlalchemy as sa

from ita_flow.domain.calendar import FiscalYear, WindowKind, is_working_day, last_working_day
from ita_flow.domain.collation import sorting_key
from ita_flow.extensions import db
from ita_flow.free_days import FreeDays
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Unit, User
from ita_flow.models.tasks import Task
from ita_flow.queries.assessment_windows import windows_of_year
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.holidays import name_of_holiday
from ita_flow.queries.standings import TaskStanding, standings
from ita_flow.queries.tasks import TaskFilter
from ita_flow.queries.worklist import divisions_of
from ita_flow.queries.year_strip import YearStrip

ONE_DAY = timedelta(days=1)
MOST_OF_A_DAY = 8
MOST_OF_A_YEAR = 40
"""How many tasks are named on a calendar; of the others it says how many there are, day by day."""


@dataclass(frozen=True)
class CalendarDay:
    """A day of the year on which there is something to know; most say one thing only."""

    day: date
    due: Sequence[TaskStanding]
    """The tasks due that day, the most urgent first."""

    last_working_day: date
    """The day itself when people work on it, else the working day before."""

    opening: Sequence[AssessmentWindow]
    closing: Sequence[AssessmentWindow]
    holiday: str
    """What it is called, where it is a holiday on or beside a due date."""

    ends: WindowKind | None
    """The part of the year that ends that day."""


class YearCalendar:
    """A fiscal year as a person sees it on a day. Cancelled tasks are not in it."""

    def __init__(
        self, year: FiscalYear, tasks: Sequence[TaskStanding], windows: Sequence[AssessmentWindow], today: date
    ) -> None:
        self.year = year
        self.tasks = tasks
        self.windows = windows
        self.today = today

    @property
    def strip(self) -> YearStrip:
        return YearStrip(self.year, self.tasks, self.windows, self.today)

    @property
    def unfinished(self) -> Sequence[TaskStanding]:
        return [task for task in self.tasks if task.is_open]

    def months(self, free_days: FreeDays, holidays: Mapping[date, str]) -> Sequence[tuple[date, Sequence[CalendarDay]]]:
        """The first of each month that has such days, with these."""
        days = [self._day(day, free_days, holidays) for day in sorted(self._days | set(holidays))]
        by_month = groupby(days, key=lambda one: one.day.replace(day=1))
        return [(first, list(found)) for first, found in by_month]

    @property
    def due_days(self) -> frozenset[date]:
        return frozenset(task.due_on for task in self.tasks)

    @property
    def _days(self) -> set[date]:
        turns = {day for window in self.windows for day in (window.starts_on, window.ends_on)}
        now = {self.today} if self.year.starts_on <= self.today <= self.year.ends_on else set()
        return {*self.due_days, *turns, *now, self.year.first_half_ends_on, self.year.ends_on}

    def _day(self, day: date, free_days: FreeDays, holidays: Mapping[date, str]) -> CalendarDay:
        return CalendarDay(
            day=day,
            due=sorted((task for task in self.tasks if task.due_on == day), key=lambda task: task.urgency),
            last_working_day=last_working_day(day, free_days),
            opening=[window for window in self.windows if window.starts_on == day],
            closing=[window for window in self.windows if window.ends_on == day],
            holiday=holidays.get(day, ""),
            ends={self.year.first_half_ends_on: WindowKind.FIRST_HALF, self.year.ends_on: WindowKind.FULL_YEAR}.get(
                day
            ),
        )


def named_on(days: Iterable[CalendarDay], today: date) -> Mapping[date, Sequence[TaskStanding]]:
    """By day, the tasks to be named: those of the coming days first, then of the days just past, until it is enough."""
    named, left = {}, MOST_OF_A_YEAR
    for one in sorted(days, key=lambda one: (one.day < today, abs(one.day - today))):
        named[one.day] = one.due[: min(MOST_OF_A_DAY, left)]
        left -= len(named[one.day])
    return named


def year_calendar(user: User, chosen: TaskFilter, today: date) -> YearCalendar:
    """The calendar of the tasks that the filter lets through, with the windows of that year. Two statements."""
    windows = windows_of_year(user.agency, chosen.year)
    return YearCalendar(FiscalYear(chosen.year), standings(user, chosen, today), list(windows.values()), today)


def months_of(user: User, calendar: YearCalendar) -> Sequence[tuple[date, Sequence[CalendarDay]]]:
    """The months of a calendar with the holidays of the person's office. At most one statement."""
    free_days = free_days_of(user.agency)
    days = sorted({day for due_on in calendar.due_days for day in days_off_around(due_on, free_days)})
    named = {day: name_of_holiday(user.agency, day) for day in days if day in free_days}
    return calendar.months(free_days, {day: name for day, name in named.items() if name})


def days_off_around(day: date, free_days: FreeDays) -> Iterator[date]:
    """The days on which nobody works, from the last working day before to the next after; the day itself too."""
    if not is_working_day(day, free_days):
        yield day
    for step in (-ONE_DAY, ONE_DAY):
        beside = day + step
        while not is_working_day(beside, free_days):
            yield beside
            beside += step


def own_divisions(user: User, today: date) -> Sequence[Unit]:
    """The divisions in which the person holds a post that day, in the order of the dictionary."""
    chosen = sa.select(Unit).where(Unit.id.in_(divisions_of(user, today)), Unit.agency_id == user.agency_id)
    return sorted(db.session.scalars(chosen.order_by(Unit.id)), key=lambda unit: sorting_key(unit.name))


def tasks_to_take_away(user: User, shown: Iterable[TaskStanding]) -> Sequence[Task]:
    """These tasks with their measures, the earliest due date first."""
    ids = [one.task_id for one in shown]
    chosen = sa.select(Task).where(Task.id.in_(ids), Task.agency_id == user.agency_id)
    return db.session.scalars(chosen.options(sa.orm.joinedload(Task.measure)).order_by(Task.due_on, Task.id)).all()
