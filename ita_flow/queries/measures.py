"""Measures as the tasks of their divisions make them: a measure is done when all its tasks are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from ita_flow.domain.states import DeadlineState, TaskState
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import TaskFilter, is_chosen, stored_rows

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


@dataclass(frozen=True)
class MeasureRow:
    """A measure, or all measures of an area, as the tasks under it stand. Cancelled tasks no longer count."""

    tasks: Sequence[TaskRow]
    """At least one."""

    @property
    def measure(self) -> Measure:
        return self.tasks[0].measure

    @property
    def only_task(self) -> TaskRow | None:
        """The task, when there is just one: then the measure and its task are the same thing to people."""
        return self.tasks[0] if len(self.tasks) == 1 else None

    @property
    def counted(self) -> Sequence[TaskRow]:
        return [row for row in self.tasks if row.state is not TaskState.CANCELLED]

    @property
    def state(self) -> TaskState:
        return combined_state([row.state for row in self.tasks])

    @property
    def deadline(self) -> DeadlineState | None:
        return self._spokesman.deadline

    @property
    def days(self) -> int:
        return self._spokesman.days

    @property
    def seat_number(self) -> int:
        return self._spokesman.seat_number

    @property
    def seat_count(self) -> int:
        return self._spokesman.seat_count

    @property
    def due_on(self) -> date:
        return self._spokesman.task.due_on

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
    def needs_follow_up(self) -> bool:
        return any(row.needs_follow_up for row in self.tasks)

    @property
    def _spokesman(self) -> TaskRow:
        """The task whose deadline speaks for all: the most pressing, and of these the earliest."""
        known = [row for row in self.counted if row.deadline]
        return min(known or self.tasks, key=_pressure)


def _pressure(row: TaskRow) -> tuple[int, date]:
    return MOST_PRESSING.index(row.deadline) if row.deadline else len(MOST_PRESSING), row.task.due_on


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
    return TaskState.IN_PROGRESS if counted & set(BEGUN) else TaskState.NOT_STARTED


def chosen_measures(user: User, chosen: TaskFilter, today: date) -> list[MeasureRow]:
    """The measures of the person's agency that the filter lets through, in the order of the plan."""
    rows = measure_rows(stored_rows(user, chosen, today))
    return [row for row in rows if is_chosen(row, chosen)]


def measure_rows(rows: Iterable[TaskRow]) -> list[MeasureRow]:
    """The tasks, in the order of their plan, put together by measure."""
    return [MeasureRow(list(tasks)) for _, tasks in groupby(rows, key=lambda row: row.task.measure_id)]
