"""The rows of a task list: one state, one deadline, and a price that does not grow with the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ita_flow.domain.approval_chains import USUAL
from ita_flow.domain.calendar import WindowKind, bangkok_moment
from ita_flow.domain.states import DeadlineState, PlanState, ReportState, TaskState, WorkStatus
from ita_flow.extensions import db
from ita_flow.queries.task_lists import TaskList, listed, listed_tasks
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import TaskFilter, rows_of, rows_where, stored_part_of
from tests.factories import NOW, TODAY, YEAR, Cast, a_plan, a_report, a_task, one_commit
from tests.factories.plans import cancel
from tests.statements import counted_statements, with_nothing_loaded

THIS_YEAR = TaskFilter(YEAR.buddhist_year)
DUE_ON = YEAR.first_half_ends_on


def row_of(cast: Cast, today: date = TODAY) -> TaskRow:
    """The row of the officer's task."""
    return rows_of([cast.task.id], today)[cast.task.id]


def numbers(cast: Cast, chosen: TaskFilter) -> list[int]:
    return [row.number for row in listed(cast.officer, TaskList(chosen), TODAY)]


def test_a_task_without_a_report_has_not_started(cast: Cast) -> None:
    row = row_of(cast)

    assert (row.state, row.deadline, row.days) == (TaskState.NOT_STARTED, DeadlineState.DUE_SOON, 13)
    assert (row.updated_at, row.claimed_percent, row.seat_to_decide) == (None, None, None)


def test_the_last_working_day_stands_beside_a_due_date_on_a_sunday(cast: Cast) -> None:
    assert row_of(cast).last_working_day == date(2024, 3, 29)


def test_a_submitted_report_shows_whose_turn_it_is(cast: Cast) -> None:
    a_report(cast.task, cast.officer, approvals=1)

    row = row_of(cast)

    assert (row.state, row.seat_number, row.seat_count) == (TaskState.SUBMITTED, 2, 2)
    assert row.seat_to_decide == USUAL.seats[1]
    assert row.waiting_since == NOW + timedelta(hours=1)


def test_a_claim_counts_for_nothing_until_it_is_approved(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    row = row_of(cast)

    assert (row.percent, row.claimed_percent) == (0, 100)


def test_an_officer_who_claimed_in_time_is_not_late_because_the_seats_are_slow(cast: Cast) -> None:
    a_report(cast.task, cast.officer, at=bangkok_moment(DUE_ON, 23, 59))

    row = row_of(cast, today=DUE_ON + timedelta(days=20))

    assert (row.deadline, row.days) == (DeadlineState.MET_PENDING, 0)


def test_a_claim_sent_after_the_due_date_says_by_how_much(cast: Cast) -> None:
    a_report(cast.task, cast.officer, at=bangkok_moment(DUE_ON + timedelta(days=2)))

    row = row_of(cast, today=DUE_ON + timedelta(days=9))

    assert (row.deadline, row.days) == (DeadlineState.LATE_PENDING, 2)


def test_a_claim_of_progress_does_not_stop_the_clock(cast: Cast) -> None:
    a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)

    row = row_of(cast, today=DUE_ON + timedelta(days=3))

    assert (row.state, row.deadline, row.days) == (TaskState.SUBMITTED, DeadlineState.OVERDUE, 3)


def test_a_returned_report_says_who_sent_it_back_and_why(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.RETURNED)

    row = row_of(cast)

    assert row.state is TaskState.RETURNED
    assert row.returned is not None
    assert (row.returned.decided_by.name, row.returned.comment) == (cast.head.name, "โปรดแนบภาพถ่าย")


def test_an_approved_claim_is_measured_by_the_day_it_was_sent(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED)

    row = row_of(cast, today=DUE_ON + timedelta(days=60))

    assert (row.state, row.deadline, row.percent) == (TaskState.DONE, DeadlineState.MET, 100)


def test_a_draft_changes_nothing_that_others_see(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    row = row_of(cast)

    assert (row.state, row.updated_at, row.has_draft) == (TaskState.NOT_STARTED, None, True)


def test_the_newest_of_several_reports_is_shown(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)
    newest = a_report(cast.task, cast.officer, at=NOW + timedelta(days=1))

    row = row_of(cast)

    assert row.version is not None
    assert (row.version.id, row.percent, row.claimed_percent) == (newest.versions[0].id, 50, 100)


def test_a_cancelled_task_shows_only_when_asked_for(cast: Cast) -> None:
    cancel(cast.task)
    db.session.commit()

    assert numbers(cast, THIS_YEAR) == [5]
    assert numbers(cast, replace(THIS_YEAR, state=TaskState.CANCELLED)) == [2]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [2, 5]),
        ({"area": 2}, [2]),
        ({"measure": 5}, [5]),
        ({"window": WindowKind.FULL_YEAR}, [5]),
        ({"state": TaskState.NOT_STARTED}, [2, 5]),
        ({"state": TaskState.DONE}, []),
        ({"deadline": DeadlineState.DUE_SOON}, [2]),
        ({"follow_up": True}, [2, 5]),
        ({"unfinished": True}, [2, 5]),
        ({"mine": True}, [2]),
        ({"mine": True, "area": 5}, []),
        ({"year": 2566}, []),
    ],
)
def test_each_filter_lets_through_what_it_says(cast: Cast, wanted: dict[str, object], found: list[int]) -> None:
    assert numbers(cast, replace(THIS_YEAR, **wanted)) == found  # type: ignore[arg-type]


def test_a_division_sees_its_own_under_its_filter(cast: Cast) -> None:
    assert numbers(cast, replace(THIS_YEAR, division=cast.other_division.id)) == [5]


def test_nobody_sees_the_tasks_of_another_agency(cast: Cast) -> None:
    found = listed_tasks(cast.stranger, TaskList(THIS_YEAR), TODAY)

    assert [row.task_id for row in found] == [cast.strange_task.id]


def test_tasks_of_a_draft_plan_are_not_yet_anybodys(cast: Cast) -> None:
    draft = a_plan(cast.agency, year=2568, measures=1)
    draft.state, draft.approved_at = PlanState.DRAFT, None
    a_task(draft.measures[0], division=cast.division)

    assert numbers(cast, TaskFilter(2568)) == []


def test_only_the_newest_approved_version_of_a_plan_counts(cast: Cast) -> None:
    newer = a_plan(cast.agency, measures=1, version=2)
    a_task(newer.measures[0], division=cast.division)

    assert numbers(cast, THIS_YEAR) == [1]


@pytest.mark.parametrize("how_many", [1, 50])
def test_a_list_costs_the_same_for_one_task_and_for_fifty(cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, year=2568, measures=how_many).measures:
            task = a_task(measure, section=cast.section, officers=[cast.officer, cast.colleague])
            a_report(task, cast.officer, approvals=1)
    reader = with_nothing_loaded(cast.officer)

    with counted_statements() as statements:
        rows = rows_where(stored_part_of(reader, TaskFilter(2568)), TODAY)
        told = [everything_told_of(row) for row in rows]

    assert len(told) == how_many
    assert len(statements) == 6


def everything_told_of(row: TaskRow) -> tuple[object, ...]:
    """What a list prints of a row; whatever was not loaded with the list would cost a statement here."""
    people = [officer.name for officer in row.task.officers]
    units = (row.task.division.name, row.task.unit.name)
    decided = [taken.decided_by.name for taken in row.version.decisions] if row.version else []
    return row.state, row.deadline, row.updated_at, row.done_steps, row.measure.plan.year, people, units, decided


def test_the_last_working_day_knows_the_holidays_of_the_due_date_whenever_it_is_looked_at(cast: Cast) -> None:
    cast.task.due_on = date(2024, 12, 31)
    db.session.commit()

    assert row_of(cast, date(2026, 10, 5)).last_working_day == date(2024, 12, 27)
