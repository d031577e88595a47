"""Measures as the tasks of their divisions make them: a measure is done when all its tasks are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Generic, TypeVar

from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.models.plans import Measure
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.task_row import TaskRow

BEGUN = (TaskState.IN_PROGRESS, TaskState.DONE)
MOST_PRESSING = (
    DeadlineState.OVERDUE,
    DeadlineState.DUE_SOON,
    DeadlineState.LATE_PENDING,
    DeadlineState.MET_PENDING,
    DeadlineState.ON_TRACK,
    DeadlineState.LATE,
    DeadlineState.MET,
)
"""Which of several deadlines speaks for all: the first of these that occurs."""


Row = TypeVar("Row", TaskRow, TaskStanding)


@dataclass(frozen=True)
class Together(Generic[Row]):
    """Several tasks as if they were one: those of a measure, or of all measures of an area.

    Cancelled tasks no longer count.
    """

    tasks: Sequence[Row]
    """At least one."""

    @property
    def only_task(self) -> Row | None:
        """The task, when there is just one: then the measure and its task are the same thing to people."""
        return self.tasks[0] if len(self.tasks) == 1 else None

    @cached_property
    def counted(self) -> Sequence[Row]:
        return [row for row in self.tasks if row.state is not TaskState.CANCELLED]

    @cached_property
    def state(self) -> TaskState:
        return combined_state([row.state for row in self.tasks])

    @cached_property
    def deadline(self) -> DeadlineState | None:
        return self._spokesman.deadline

    @property
    def days(self) -> int:
        return self._spokesman.days

    @property
    def due_on(self) -> date:
        return self._spokesman.due_on

    @property
    def first_due_on(self) -> date | None:
        return self._spokesman.first_due_on

    @property
    def percent(self) -> int:
        """The plain mean of the approved progress of its tasks."""
        return _mean([row.percent for row in self.counted])

    @property
    def claimed_percent(self) -> int | None:
        """The same with what is claimed and not yet decided; None when nothing is."""
        if all(row.claimed_percent is None for row in self.counted):
            return None
        return _mean([row.percent if row.claimed_percent is None else row.claimed_percent for row in self.counted])

    @property
    def updated_at(self) -> datetime | None:
        return max((row.updated_at for row in self.tasks if row.updated_at), default=None)

    @property
    def needs_its_officer(self) -> bool:
        return any(row.needs_its_officer for row in self.tasks)

    @property
    def is_for_later(self) -> bool:
        return any(row.is_for_later for row in self.tasks)

    @cached_property
    def _spokesman(self) -> Row:
        """The task whose deadline speaks for all: the most pressing, and of these the earliest."""
        known = [row for row in self.counted if row.deadline]
        return min(known or self.tasks, key=_pressure)


class MeasureRow(Together[TaskRow]):
    """A measure as the tasks under it stand, with all that a list shows of it."""

    @property
    def measure(self) -> Measure:
        return self.tasks[0].measure

    @property
    def seat_number(self) -> int:
        return self._spokesman.seat_number

    @property
    def seat_count(self) -> int:
        return self._spokesman.seat_count


class MeasureStanding(Together[TaskStanding]):
    """A measure as the tasks under it stand, for counting, sorting and drawing."""

    @property
    def number(self) -> int:
        return self.tasks[0].number

    @property
    def title(self) -> str:
        return self.tasks[0].title

    @property
    def area(self) -> int:
        return self.tasks[0].area

    @property
    def window_kind(self) -> WindowKind:
        return self.tasks[0].window_kind


def _pressure(row: TaskRow | TaskStanding) -> tuple[int, date]:
    return MOST_PRESSING.index(row.deadline) if row.deadline else len(MOST_PRESSING), row.due_on


def _mean(percents: Sequence[int]) -> int:
    return sum(percents) // len(percents) if percents else 0


def combined_state(states: Iterable[TaskState]) -> TaskState:
    """The one state of several tasks together: done when all are, else what somebody has to act on first."""
    counted = set(states) - {TaskState.CANCELLED}
    if not counted:
        return TaskState.CANCELLED
    if counted == {TaskState.DONE}:
        return TaskState.DONE
    for state in (TaskState.RETURNED, TaskState.SUBMITTED):
        if state in counted:
            return state
    if counted <= {TaskState.DONE, TaskState.UNFINISHED}:
        return TaskState.UNFINISHED
    return TaskState.IN_PROGRESS if counted & set(BEGUN) else TaskState.NOT_STARTED


def measure_rows(rows: Iterable[TaskRow]) -> list[MeasureRow]:
    """The tasks, in the order of their plan, put together by measure."""
    return [MeasureRow(list(tasks)) for _, tasks in groupby(rows, key=lambda row: row.task.measure_id)]


def measure_standings(rows: Iterable[TaskStanding]) -> list[MeasureStanding]:
    """The same of flat rows, which nothing has to be loaded for."""
    return [MeasureStanding(list(tasks)) for _, tasks in groupby(rows, key=lambda row: row.measure_id)]
