"""The year at a glance: how many measures are done, what needs looking after, and where.

Headlines count measures; the table of divisions counts tasks. Cancelled measures leave every count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.models.people import Unit, User
from ita_flow.queries.measures import MeasureRow, measure_rows
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import TaskFilter, stored_rows

SHOWN_STATES = (
    TaskState.DONE,
    TaskState.SUBMITTED,
    TaskState.IN_PROGRESS,
    TaskState.RETURNED,
    TaskState.NOT_STARTED,
)
"""The parts of the bar, from left to right."""

Key = TypeVar("Key")
Row = TypeVar("Row", TaskRow, MeasureRow)


@dataclass(frozen=True)
class Tally:
    """How many there are, and how many of them are done, nearly due and overdue."""

    total: int
    done: int
    due_soon: int
    overdue: int

    @classmethod
    def of(cls, rows: Iterable[TaskRow | MeasureRow]) -> Tally:
        counted = [row for row in rows if row.state is not TaskState.CANCELLED]
        deadlines = Counter(row.deadline for row in counted)
        done = sum(row.state is TaskState.DONE for row in counted)
        return cls(len(counted), done, deadlines[DeadlineState.DUE_SOON], deadlines[DeadlineState.OVERDUE])

    @property
    def missing(self) -> int:
        return self.total - self.done


@dataclass(frozen=True)
class DivisionRow:
    """How the tasks of one division stand."""

    division: Unit
    tally: Tally


@dataclass(frozen=True)
class AreaRow:
    """How the measures of one of the seven areas stand; an area may have none."""

    number: int
    name: str
    measures: Sequence[MeasureRow]

    @cached_property
    def tally(self) -> Tally:
        return Tally.of(self.measures)

    @cached_property
    def together(self) -> MeasureRow | None:
        """All tasks of the area as if they were one measure."""
        tasks = [task for measure in self.measures for task in measure.tasks]
        return MeasureRow(tasks) if tasks else None


@dataclass(frozen=True)
class WindowRow:
    """How the measures of one window stand; ``ends_on`` is None for windows of their own dates."""

    kind: WindowKind
    ends_on: date | None
    tally: Tally


@dataclass(frozen=True)
class Milestone:
    """The next end of a window of the year, and how many measures are missing until then."""

    kind: WindowKind
    ends_on: date
    days: int
    missing: int


class Overview:
    """The dashboard of a fiscal year on a day."""

    def __init__(self, fiscal_year: FiscalYear, rows: Sequence[TaskRow], today: date) -> None:
        self.fiscal_year = fiscal_year
        self.today = today
        self.tasks = rows
        self.measures = measure_rows(rows)

    @cached_property
    def tally(self) -> Tally:
        return Tally.of(self.measures)

    @cached_property
    def states(self) -> Mapping[TaskState, int]:
        """How many measures are in each state; the shown ones sum to the total."""
        counted = Counter(row.state for row in self.measures)
        return {state: counted[state] for state in TaskState}

    @property
    def parts(self) -> Sequence[tuple[TaskState, int]]:
        """The parts of the bar, from left to right, with the number of measures in each."""
        return [(state, self.states[state]) for state in SHOWN_STATES]

    @cached_property
    def cancelled(self) -> int:
        return self.states[TaskState.CANCELLED]

    @cached_property
    def follow_up(self) -> Sequence[TaskRow]:
        """Tasks that are overdue, nearly due or returned, the most urgent first."""
        return sorted((row for row in self.tasks if row.needs_follow_up), key=lambda row: row.urgency)

    @cached_property
    def divisions(self) -> Sequence[DivisionRow]:
        """The divisions that have tasks, the one with most to look after first."""
        by_division = _grouped(self.tasks, lambda row: row.task.division)
        rows = [DivisionRow(division, Tally.of(tasks)) for division, tasks in by_division.items()]
        return sorted((row for row in rows if row.tally.total), key=_worst_first)

    @cached_property
    def division_total(self) -> Tally:
        return Tally.of(self.tasks)

    @cached_property
    def areas(self) -> Sequence[AreaRow]:
        by_area = _grouped(self.measures, lambda row: row.measure.area)
        return [AreaRow(number, name, by_area.get(number, [])) for number, name in AREAS.items()]

    @cached_property
    def windows(self) -> Sequence[WindowRow]:
        """The windows that measures of this plan have."""
        by_window = _grouped(self.measures, lambda row: row.measure.window_kind)
        rows = [WindowRow(kind, self._end_of(kind), Tally.of(by_window.get(kind, []))) for kind in WindowKind]
        return [row for row in rows if row.tally.total]

    @cached_property
    def milestone(self) -> Milestone | None:
        """What comes next: the end of the first half, then that of the year; None when the year is over."""
        missing = {row.kind: row.tally.missing for row in self.windows}
        first_half = (WindowKind.FIRST_HALF, self.fiscal_year.first_half_ends_on, missing.get(WindowKind.FIRST_HALF, 0))
        full_year = (WindowKind.FULL_YEAR, self.fiscal_year.ends_on, self.tally.missing)
        for kind, ends_on, count in (first_half, full_year):
            if self.today <= ends_on:
                return Milestone(kind, ends_on, (ends_on - self.today).days, count)
        return None

    def _end_of(self, kind: WindowKind) -> date | None:
        ends = {
            WindowKind.FIRST_HALF: self.fiscal_year.first_half_ends_on,
            WindowKind.FULL_YEAR: self.fiscal_year.ends_on,
        }
        return ends.get(kind)


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _worst_first(row: DivisionRow) -> tuple[int, int, int, str]:
    return -row.tally.overdue, -row.tally.due_soon, -row.tally.missing, row.division.name


def overview(user: User, year: int, today: date) -> Overview:
    """The year (BE) of the person's agency: all its tasks, cancelled ones too, in one reading."""
    return Overview(FiscalYear(year), stored_rows(user, TaskFilter(year), today), today)
