"""Measures as the tasks of their divisions make them."""

from __future__ import annotations

import pytest

from ita_flow.domain.states import DeadlineState, ReportState, TaskState
from ita_flow.extensions import db
from ita_flow.models.plans import Measure
from ita_flow.queries.measures import MeasureRow, combined_state, measure_rows
from ita_flow.queries.task_lists import TaskList, listed
from ita_flow.queries.tasks import TaskFilter, rows_where, stored_part_of
from tests.factories import TODAY, YEAR, Cast, a_plan, a_report, a_task
from tests.factories.plans import cancel

THIS_YEAR = TaskFilter(YEAR.buddhist_year)
DONE, BEGUN, NEW = TaskState.DONE, TaskState.IN_PROGRESS, TaskState.NOT_STARTED


@pytest.fixture
def shared(cast: Cast) -> Measure:
    """A measure given to both divisions."""
    a_task(cast.task.measure, section=cast.other_section, officers=[cast.other_officer])
    return cast.task.measure


def row_of(cast: Cast, measure: Measure) -> MeasureRow:
    rows = measure_rows(rows_where(stored_part_of(cast.auditor, THIS_YEAR), TODAY))
    return next(row for row in rows if row.measure.id == measure.id)


@pytest.mark.parametrize(
    ("states", "together"),
    [
        ([DONE, DONE], DONE),
        ([DONE, NEW], BEGUN),
        ([NEW, NEW], NEW),
        ([DONE, TaskState.CANCELLED], DONE),
        ([TaskState.CANCELLED], TaskState.CANCELLED),
        ([BEGUN, TaskState.SUBMITTED], TaskState.SUBMITTED),
        ([TaskState.SUBMITTED, TaskState.RETURNED], TaskState.RETURNED),
    ],
)
def test_a_measure_stands_where_its_tasks_need_somebody(states: list[TaskState], together: TaskState) -> None:
    assert combined_state(states) is together


def test_progress_is_the_mean_of_what_is_approved_and_of_what_is_claimed(cast: Cast, shared: Measure) -> None:
    a_report(cast.task, cast.officer)

    row = row_of(cast, shared)

    assert (row.percent, row.claimed_percent, row.only_task) == (0, 50, None)


def test_the_most_pressing_deadline_speaks_for_all(cast: Cast, shared: Measure) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED)

    row = row_of(cast, shared)

    assert (row.state, row.deadline, row.days) == (BEGUN, DeadlineState.DUE_SOON, 13)


def test_a_cancelled_task_no_longer_weighs(cast: Cast, shared: Measure) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED)
    shared_tasks = row_of(cast, shared).tasks
    cancel(shared_tasks[1].task)
    db.session.commit()

    row = row_of(cast, shared)

    assert (row.state, row.percent, row.deadline) == (DONE, 100, DeadlineState.MET)


def test_filters_ask_the_measure_and_not_its_tasks(cast: Cast, shared: Measure) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED)

    done = listed(cast.auditor, TaskList(TaskFilter(YEAR.buddhist_year, state=DONE), by_measure=True), TODAY)

    assert done == []


def test_measures_of_one_plan_stay_in_its_order(cast: Cast) -> None:
    plan = a_plan(cast.agency, measures=12, version=2)
    for measure in reversed(plan.measures):
        a_task(measure, division=cast.division)

    numbers = [row.number for row in listed(cast.auditor, TaskList(THIS_YEAR, by_measure=True), TODAY)]

    assert numbers == list(range(1, 13))
