"""The year at a glance: how many measures are done, what needs looking after, where, and how fast it goes.

Headlines count measures; the table of divisions counts tasks. Of one division its tasks are counted everywhere: it
has at most one of each measure. Cancelled ones leave every count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import selectinload

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, Window, WindowKind
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.collation import sorting_key
from ita_flow.domain.pace import Pace, Progress, pace_of
from ita_flow.domain.states import TaskState
from ita_flow.free_days import USUAL
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.queries.chase import reasons_of
from ita_flow.queries.follow_up import followed_up
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.measures import MeasureStanding, measure_standings
from ita_flow.queries.standings import TaskStanding, all_standings
from ita_flow.queries.tallies import AreaRow, DivisionRow, Milestone, Tally, WindowRow
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import TaskFilter, lines_of

SHOWN_STATES = (
    TaskState.DONE,
    TaskState.SUBMITTED,
    TaskState.IN_PROGRESS,
    TaskState.RETURNED,
    TaskState.NOT_STARTED,
)
"""The parts of the bar, from left to right; a year that is closed may have one more."""

MOST_SHOWN = 8
"""How many of the tasks to be followed up a page shows in full."""

Key = TypeVar("Key")
Row = TypeVar("Row", TaskStanding, MeasureStanding)


class Overview:
    """The dashboard of a fiscal year on a day: of everything, of one window, or of one division."""

    def __init__(
        self,
        fiscal_year: FiscalYear,
        rows: Iterable[TaskStanding],
        today: date,
        *,
        window: WindowKind | None = None,
        division: int | None = None,
        holidays: Container[date] = USUAL,
        reasons: Mapping[int, ChaseReason] | None = None,
    ) -> None:
        """``rows`` are those of the whole year, or of the division; ``division`` is its id.

        ``reasons`` are those to ask after a task, by its id; see ``queries.chase``.

        A window that no measure has is passed over.
        """
        self.fiscal_year = fiscal_year
        self.today = today
        self.division = division
        self.reasons = reasons or {}
        self._holidays = holidays
        self._all_year = list(rows)
        self.window = window if window in self.window_kinds else None
        self.tasks = [row for row in self._all_year if self.window in (None, row.window_kind)]
        self.measures = measure_standings(self.tasks)

    @property
    def task_list(self) -> Mapping[str, object]:
        """What narrows the list of all tasks that are counted here, as the list of tasks is asked for them."""
        asked = {"year": self.fiscal_year.buddhist_year, "window": self.window, "division": self.division}
        return {name: value for name, value in asked.items() if value}

    @property
    def measure_list(self) -> Mapping[str, object]:
        """The same for what the headline counts: measures, or the tasks of a division."""
        return self.task_list if self.division else {**self.task_list, "by": "measure"}

    @cached_property
    def tally(self) -> Tally:
        return Tally.of(self.measures)

    @cached_property
    def states(self) -> Mapping[TaskState, int]:
        """How many measures are in each state; the shown ones, and what was left unfinished, sum to the total."""
        counted = Counter(row.state for row in self.measures)
        return {state: counted[state] for state in TaskState}

    @property
    def parts(self) -> Sequence[tuple[TaskState, int]]:
        """The parts of the bar, from left to right, with the number of measures in each.

        Where the year was closed and something was left, there is nothing between done and unfinished.
        """
        if not self.left_unfinished:
            return [(state, self.states[state]) for state in SHOWN_STATES]
        ends = (TaskState.DONE, TaskState.UNFINISHED)
        shown = [state for state in (*SHOWN_STATES, TaskState.UNFINISHED) if state in ends or self.states[state]]
        return [(state, self.states[state]) for state in shown]

    @cached_property
    def left_unfinished(self) -> int:
        """How many were not done when the year was closed."""
        return self.states[TaskState.UNFINISHED]

    @cached_property
    def cancelled(self) -> int:
        return self.states[TaskState.CANCELLED]

    @cached_property
    def follow_up(self) -> Sequence[TaskStanding]:
        """Tasks that somebody should look after, the most urgent first."""
        return followed_up(self.tasks, self.reasons)

    @cached_property
    def divisions(self) -> Sequence[DivisionRow]:
        """The divisions that have tasks, the one with most to look after first."""
        by_division = _grouped(self.tasks, lambda row: (row.division_id, row.division_name))
        rows = [DivisionRow(number, name, Tally.of(tasks)) for (number, name), tasks in by_division.items()]
        return sorted((row for row in rows if row.tally.total), key=_worst_first)

    @cached_property
    def division_total(self) -> Tally:
        return Tally.of(self.tasks)

    @cached_property
    def areas(self) -> Sequence[AreaRow]:
        by_area = _grouped(self.measures, lambda row: row.area)
        return [AreaRow(number, name, by_area.get(number, [])) for number, name in AREAS.items()]

    @cached_property
    def windows(self) -> Sequence[WindowRow]:
        """The windows that measures of this plan have."""
        by_window = _grouped(self.measures, lambda row: row.window_kind)
        rows = [WindowRow(kind, self._end_of(kind), Tally.of(by_window.get(kind, []))) for kind in WindowKind]
        return [row for row in rows if row.tally.total]

    @cached_property
    def window_kinds(self) -> Sequence[WindowKind]:
        """The windows between which one can switch, whichever is shown: those that measures of the year have."""
        known = {row.window_kind for row in self._all_year}
        return [kind for kind in WindowKind if kind in known]

    @cached_property
    def milestone(self) -> Milestone | None:
        """What comes next: the end of the first half while it lacks something, then that of the year; else None."""
        missing = {row.kind: row.tally.missing for row in self.windows}.get(WindowKind.FIRST_HALF, 0)
        first_half = (WindowKind.FIRST_HALF, self.fiscal_year.first_half_ends_on, missing)
        full_year = (WindowKind.FULL_YEAR, self.fiscal_year.ends_on, self.tally.missing)
        ahead = {None: (first_half, full_year) if missing else (full_year,), WindowKind.FIRST_HALF: (first_half,)}
        for kind, ends_on, count in ahead.get(self.window, (full_year,)):
            if self.today <= ends_on:
                return Milestone(kind, ends_on, (ends_on - self.today).days, count)
        return None

    @cached_property
    def pace(self) -> Pace | None:
        """The pace towards the next end of a window; None where nothing has such an end."""
        window = self._paced_window
        measures = [row for row in self.measures if window and window.kind in (WindowKind.FULL_YEAR, row.window_kind)]
        counted = [_progress_of(row) for row in measures if row.state is not TaskState.CANCELLED]
        return pace_of(window, counted, self.today, self._holidays) if window and counted else None

    @property
    def _paced_window(self) -> Window | None:
        """The window asked for; without one, the first half while it lasts and has measures, then the year."""
        year = self.fiscal_year
        if self.window:
            return {WindowKind.FIRST_HALF: year.first_half, WindowKind.FULL_YEAR: year.full_year}.get(self.window)
        is_first = self.today <= year.first_half_ends_on
        has_measures = any(row.kind is WindowKind.FIRST_HALF for row in self.windows)
        return year.first_half if is_first and has_measures else year.full_year

    def _end_of(self, kind: WindowKind) -> date | None:
        ends = {
            WindowKind.FIRST_HALF: self.fiscal_year.first_half_ends_on,
            WindowKind.FULL_YEAR: self.fiscal_year.ends_on,
        }
        return ends.get(kind)


def _progress_of(row: MeasureStanding) -> Progress:
    claimed = row.claimed_percent
    return Progress(row.percent, row.percent if claimed is None else claimed)


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _worst_first(row: DivisionRow) -> tuple[int, int, int, object]:
    return -row.tally.overdue, -row.tally.due_soon, -row.tally.missing, sorting_key(row.name)


def overview(
    user: User, year: int, today: date, *, window: WindowKind | None = None, division: int | None = None
) -> Overview:
    """The year (BE) of the person's agency, or of a division by its id: all its tasks, cancelled ones too."""
    rows = all_standings(user, TaskFilter(year, division=division), today)
    reasons, holidays = reasons_of(user.agency, rows, today), free_days_of(user.agency)
    return Overview(FiscalYear(year), rows, today, window=window, division=division, holidays=holidays, reasons=reasons)


def most_urgent(seen: Overview, how_many: int = MOST_SHOWN) -> list[TaskRow]:
    """The most urgent of the tasks to be followed up, with all that a page shows of them."""
    first = [row.task_id for row in seen.follow_up[:how_many]]
    rows = lines_of(first, seen.today, [selectinload(Task.steps)]) if first else {}
    return [rows[task_id] for task_id in first]
