"""What counts as silent, and which decisions take too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.chasing import SILENT_AFTER, ChaseReason
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.people import Agency
from ita_flow.queries.stalled import silent_since, slow_since
from ita_flow.queries.standings import TaskStanding, all_standings
from ita_flow.queries.task_lists import TaskList, listed
from ita_flow.queries.tasks import TaskFilter
from tests.factories import NOW, TODAY, YEAR, Cast, a_decision, a_report
from tests.factories.many import many_tasks
from tests.factories.plans import set_status
from tests.statements import counted_statements, with_nothing_loaded

FRIDAY = date(2024, 3, 8)
THIS_YEAR = TaskFilter(YEAR.buddhist_year)


def silent(cast: Cast, today: date = TODAY) -> dict[int, date]:
    return dict(silent_since(all_standings(cast.officer, THIS_YEAR, today), today))


def slow(cast: Cast, today: date) -> dict[int, date]:
    return dict(slow_since(cast.agency, all_standings(cast.officer, THIS_YEAR, today), today))


def test_a_task_without_a_report_is_silent_since_its_plan_was_approved(cast: Cast) -> None:
    assert silent(cast) == {cast.task.id: YEAR.starts_on, cast.other_task.id: YEAR.starts_on}
    assert silent(cast, YEAR.starts_on + SILENT_AFTER - timedelta(days=1)) == {}


@pytest.mark.parametrize(("days", "is_silent"), [(29, False), (30, True)])
def test_what_was_sent_counts_for_thirty_days(cast: Cast, days: int, is_silent: bool) -> None:
    a_report(cast.task, cast.officer, at=NOW - timedelta(days=days))

    assert (cast.task.id in silent(cast)) is is_silent


def test_a_decision_counts_as_being_heard_of(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, at=NOW - timedelta(days=40))
    a_decision(report.versions[0], at=NOW - timedelta(days=2))

    assert cast.task.id not in silent(cast)


def test_a_draft_is_heard_of_by_nobody(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    assert cast.task.id in silent(cast)


def test_who_was_given_the_task_lately_has_time(cast: Cast) -> None:
    given = Notice(
        agency_id=cast.agency.id,
        key="given",
        kind=NoticeKind.ASSIGNED,
        recipient_id=cast.officer.id,
        task_id=cast.task.id,
        at=NOW - timedelta(days=5),
    )
    db.session.add(given)
    db.session.commit()

    assert set(silent(cast)) == {cast.other_task.id}


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.CANCELLED])
def test_what_is_closed_is_not_silent(cast: Cast, status: WorkStatus) -> None:
    set_status(cast.task, status, NOW)
    db.session.commit()

    assert set(silent(cast)) == {cast.other_task.id}


@pytest.mark.parametrize(
    ("today", "is_slow"),
    [(date(2024, 3, 13), False), (date(2024, 3, 14), True)],
    ids=["the third working day", "the day after"],
)
def test_a_decision_is_slow_when_the_working_days_of_its_seat_are_over(cast: Cast, today: date, is_slow: bool) -> None:
    a_report(cast.task, cast.officer, at=bangkok_moment(FRIDAY, 9))

    assert slow(cast, today) == ({cast.task.id: FRIDAY} if is_slow else {})


def test_each_seat_has_its_own_days(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, at=bangkok_moment(FRIDAY, 9))
    a_decision(report.versions[0], at=bangkok_moment(date(2024, 3, 13), 9))

    assert slow(cast, date(2024, 3, 14)) == {}


def test_the_list_shows_what_does_not_move(cast: Cast) -> None:
    a_report(cast.task, cast.officer, at=bangkok_moment(FRIDAY, 9))

    reasons = (ChaseReason.SILENT, ChaseReason.SLOW_DECISION)
    stalled = [TaskList(replace(THIS_YEAR, reason=reason)) for reason in reasons]

    assert [[row.number for row in listed(cast.officer, wanted, TODAY)] for wanted in stalled] == [[5], [2]]


def test_many_tasks_cost_no_more_than_few(cast: Cast) -> None:
    many_tasks(cast, 70)
    reader = with_nothing_loaded(cast.officer)
    rows, agency = all_standings(reader, THIS_YEAR, TODAY), reader.agency

    assert cost_of(agency, rows) == cost_of(agency, rows[:7])


def cost_of(agency: Agency, rows: list[TaskStanding]) -> int:
    db.session.expire_all()
    with counted_statements() as statements:
        silent_since(rows, TODAY)
        slow_since(agency, rows, TODAY)
    return len(statements)
