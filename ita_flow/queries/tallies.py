"""How many are done, nearly due and overdue: altogether, in a division, in an area, in a window of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.queries.measures import MeasureStanding, Together
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.tasks import Chosen


@dataclass(frozen=True)
class Tally:
    """How many there are, and how many of them are done, nearly due and overdue."""

    total: int
    done: int
    due_soon: int
    overdue: int

    @classmethod
    def of(cls, rows: Iterable[Chosen]) -> Tally:
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

    division_id: int
    name: str
    tally: Tally


@dataclass(frozen=True)
class AreaRow:
    """How the measures of one of the seven areas stand; an area may have none."""

    number: int
    name: str
    measures: Sequence[MeasureStanding]

    @cached_property
    def tally(self) -> Tally:
        return Tally.of(self.measures)

    @cached_property
    def together(self) -> Together[TaskStanding] | None:
        """All tasks of the area as if they were one measure."""
        tasks = [task for measure in self.measures for task in measure.tasks]
        return Together(tasks) if tasks else None

    @property
    def percent(self) -> int:
        """The approved progress of all tasks of the area together; 0 where there is none."""
        return self.together.percent if self.together else 0


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
