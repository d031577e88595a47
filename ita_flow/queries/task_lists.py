"""Lists of tasks or of measures: filtered, searched and sorted as flat rows; only a page of them is loaded in full."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.listing import ListOrder, SortBy
from ita_flow.domain.searching import Search
from ita_flow.domain.states import TaskState
from ita_flow.models.people import User
from ita_flow.queries.chase import reasons_of
from ita_flow.queries.follow_up import followed_up
from ita_flow.queries.measures import MeasureRow, MeasureStanding, measure_rows, measure_standings
from ita_flow.queries.pages import nearest_page
from ita_flow.queries.standing import CLOSED
from ita_flow.queries.standings import TaskStanding, all_standings
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.task_search import found_among
from ita_flow.queries.tasks import TaskFilter, is_chosen, lines_of, stored_part_of

A_PAGE = 50
LONG_AGO = datetime.min.replace(tzinfo=UTC)
Standing = TaskStanding | MeasureStanding
EVERYTHING = Search("")


@dataclass(frozen=True)
class TaskList:
    """Which rows a list has, and in which order."""

    chosen: TaskFilter
    search: Search = EVERYTHING
    order: ListOrder = ListOrder()
    by_measure: bool = False
    """Whether rows are measures, with the tasks of all their divisions together."""


@dataclass(frozen=True)
class TaskPage:
    """One page of a list; pages are counted from 1."""

    rows: Sequence[TaskRow | MeasureRow]
    count: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        """The place in the whole list of the first row here, counted from 1."""
        return (self.number - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def ended_tasks(self) -> Sequence[int]:
        """The ids of the tasks here that came to an end without being done."""
        tasks = [row.task for one in self.rows for row in (one.tasks if isinstance(one, MeasureRow) else [one])]
        return [task.id for task in tasks if task.ending_reason]


def task_page(user: User, wanted: TaskList, number: int, today: date) -> TaskPage:
    """That page of the list, or the nearest there is. The number of statements does not depend on its length."""
    found = listed(user, wanted, today)
    shown, pages = nearest_page(number, len(found), A_PAGE)
    rows = _in_full(found[(shown - 1) * A_PAGE : shown * A_PAGE], today)
    return TaskPage(rows, len(found), shown, pages)


def listed(user: User, wanted: TaskList, today: date) -> list[Standing]:
    """The whole list, in its order, as flat rows: tasks, or measures."""
    tasks = all_standings(user, wanted.chosen, today)
    rows: Sequence[Standing] = measure_standings(tasks) if wanted.by_measure else tasks
    rows = [row for row in rows if is_chosen(row, wanted.chosen)]
    for found in _further_parts(user, wanted, tasks, today):
        rows = [row for row in rows if any(task_id in found for task_id in _task_ids(row))]
    return sorted(rows, key=KEYS[wanted.order.by], reverse=wanted.order.is_falling)


def _further_parts(
    user: User, wanted: TaskList, tasks: Sequence[TaskStanding], today: date
) -> Iterator[AbstractSet[int]]:
    """The ids of the tasks that each part of the filter lets through for which more has to be read."""
    if wanted.search:
        yield found_among(stored_part_of(user, wanted.chosen), wanted.search)
    if not (wanted.chosen.follow_up or wanted.chosen.chase or wanted.chosen.reason):
        return
    reasons = reasons_of(user.agency, tasks, today)
    if wanted.chosen.follow_up:
        yield {row.task_id for row in followed_up(tasks, reasons)}
    if wanted.chosen.chase or wanted.chosen.reason:
        yield {task_id for task_id, reason in reasons.items() if wanted.chosen.reason in (None, reason)}


def listed_tasks(user: User, wanted: TaskList, today: date) -> list[TaskStanding]:
    """The tasks of the whole list, in its order: of measures, all their tasks."""
    return [task for row in listed(user, wanted, today) for task in _tasks_of(row)]


def _in_full(found: Sequence[Standing], today: date) -> Sequence[TaskRow | MeasureRow]:
    """The same rows with all that a page shows of them, in the same order."""
    loaded = lines_of([task_id for row in found for task_id in _task_ids(row)], today)
    # what somebody took away between the two readings is not there any more
    return [_row(row, loaded) for row in found if loaded.keys() >= set(_task_ids(row))]


def _row(found: Standing, loaded: Mapping[int, TaskRow]) -> TaskRow | MeasureRow:
    if isinstance(found, TaskStanding):
        return loaded[found.task_id]
    return measure_rows(loaded[task.task_id] for task in found.tasks)[0]


def _tasks_of(row: Standing) -> Sequence[TaskStanding]:
    return [row] if isinstance(row, TaskStanding) else row.tasks


def _task_ids(row: Standing) -> Collection[int]:
    return [task.task_id for task in _tasks_of(row)]


def _urgency(row: Standing) -> tuple[bool, bool, tuple[int, date, int]]:
    most_urgent = min(task.urgency for task in _tasks_of(row))
    return row.state is TaskState.CANCELLED, row.state in CLOSED, most_urgent


KEYS: Mapping[SortBy, Callable[[Standing], Any]] = {
    SortBy.NUMBER: lambda row: row.number,
    SortBy.TITLE: lambda row: sorting_key(row.title),
    SortBy.DIVISION: lambda row: sorting_key(_tasks_of(row)[0].division_name),
    SortBy.DUE: lambda row: row.due_on,
    SortBy.PROGRESS: lambda row: row.percent,
    SortBy.URGENCY: _urgency,
    SortBy.UPDATED: lambda row: row.updated_at or LONG_AGO,
}
"""By what rows are compared; what was never reported on counts as the longest ago."""
