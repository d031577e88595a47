"""The fiscal year as a strip: its months, today, the windows of the assessment, and a lane for each measure.

Places are per cent of the width, so that the drawing needs no size; a day is marked at its middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.queries.measures import MeasureStanding, measure_standings
from ita_flow.queries.standings import TaskStanding

MOST_LANES = 12
UNDER_WAY = (TaskState.IN_PROGRESS, TaskState.SUBMITTED, TaskState.RETURNED)
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Month:
    """A month on the strip: where it begins and where its name stands."""

    starts_on: date
    begins_at: float
    middle: float


@dataclass(frozen=True)
class Lane:
    """A measure on the strip. What is done ends at the day of its completion, what is under way at today."""

    measure: MeasureStanding
    today: date

    @property
    def state(self) -> TaskState:
        return self.measure.state

    @property
    def due_days(self) -> Sequence[date]:
        """Those of the tasks that count, each once; a measure given to several divisions may have several."""
        return sorted({task.due_on for task in self.measure.counted})

    @property
    def first_due_days(self) -> Sequence[date]:
        """The due dates before later ones were granted, each once."""
        return sorted({task.first_due_on for task in self.measure.counted if task.first_due_on})

    @property
    def done_on(self) -> date | None:
        """The day on which the last of its tasks was reported as done."""
        if self.state is not TaskState.DONE:
            return None
        return max((task.claimed_done_on for task in self.measure.counted if task.claimed_done_on), default=None)

    @property
    def worked_until(self) -> date | None:
        """Until where the thick line goes; None where nothing has begun."""
        if self.state in UNDER_WAY or (self.state is TaskState.UNFINISHED and self.measure.percent):
            return min(self.today, self.due_days[-1])
        return self.done_on

    @property
    def overdue_since(self) -> date | None:
        """The first due date that passed without a report of completion."""
        overdue = [task.due_on for task in self.measure.counted if task.deadline is DeadlineState.OVERDUE]
        return min(overdue, default=None)

    @property
    def urgency(self) -> tuple[int, date, int]:
        """Sorts the most urgent first; what is done comes last."""
        rank, due_on, number = min(task.urgency for task in self.measure.counted)
        return rank + (self.state is TaskState.DONE), due_on, number


class YearStrip:
    """A fiscal year as seen on a day. Cancelled measures have no lane."""

    def __init__(
        self, fiscal_year: FiscalYear, tasks: Iterable[TaskStanding], windows: Iterable[AssessmentWindow], today: date
    ) -> None:
        self.fiscal_year = fiscal_year
        self.today = today
        self.windows = sorted(windows, key=lambda window: (window.starts_on, window.ends_on))
        measures = measure_standings(tasks)
        self._all_lanes = [Lane(one, today) for one in measures if one.state is not TaskState.CANCELLED]

    @cached_property
    def lanes(self) -> Sequence[Lane]:
        """In the order of the plan; where there are too many, the most urgent ones, these first."""
        if not self.is_cut:
            return self._all_lanes
        return sorted(self._all_lanes, key=lambda lane: lane.urgency)[:MOST_LANES]

    @property
    def is_cut(self) -> bool:
        return len(self._all_lanes) > MOST_LANES

    @property
    def is_any_extended(self) -> bool:
        """Whether a due date on it was put off."""
        return any(lane.first_due_days for lane in self.lanes)

    @property
    def measure_count(self) -> int:
        """How many measures there are, shown or not."""
        return len(self._all_lanes)

    @cached_property
    def months(self) -> Sequence[Month]:
        firsts = _firsts_of_months(self.fiscal_year)
        edges = [self._edge(first) for first in (*firsts, self._end)]
        return [
            Month(first, edges[place], round((edges[place] + edges[place + 1]) / 2, 2))
            for place, first in enumerate(firsts)
        ]

    @property
    def half(self) -> float:
        """Where the first half of the year ends."""
        return self._edge(self.fiscal_year.first_half_ends_on + timedelta(days=1))

    @property
    def now(self) -> float | None:
        """The place of today; None when the year has not begun or is over."""
        return self.place(self.today) if self.fiscal_year.starts_on <= self.today < self._end else None

    def place(self, day: date) -> float:
        """The middle of a day; days outside the year stand at its ends."""
        days = (day - self.fiscal_year.starts_on).days
        return round(min(max(100 * (days + 0.5) / self._length, 0), 100), 2)

    def width(self, window: AssessmentWindow) -> float:
        """How much of the year a window takes."""
        return round(self._edge(window.ends_on + timedelta(days=1)) - self._edge(window.starts_on), 2)

    def begins_at(self, window: AssessmentWindow) -> float:
        """Where a window opens."""
        return self._edge(window.starts_on)

    @property
    def _end(self) -> date:
        return self.fiscal_year.ends_on + timedelta(days=1)

    @property
    def _length(self) -> int:
        return (self._end - self.fiscal_year.starts_on).days

    def _edge(self, day: date) -> float:
        """Where a day begins."""
        days = min(max((day - self.fiscal_year.starts_on).days, 0), self._length)
        return round(100 * days / self._length, 2)


def _firsts_of_months(year: FiscalYear) -> Sequence[date]:
    start = year.starts_on
    months = [start.month - 1 + number for number in range(MONTHS_OF_A_YEAR)]
    return [date(start.year + month // MONTHS_OF_A_YEAR, month % MONTHS_OF_A_YEAR + 1, 1) for month in months]
