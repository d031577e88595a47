"""What there is to ask after: each task once, with the people who are to act."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import Capacity
from ita_flow.domain.states import WorkStatus
from ita_flow.queries.chase import ChaseRow, to_chase, with_last_mails
from tests.factories import NOW, TODAY, Cast, a_report, a_task, an_acting_order
from tests.factories.many import many_tasks
from tests.statements import counted_statements, with_nothing_loaded

YEAR = 2567
YESTERDAY = TODAY - timedelta(days=1)


def rows(cast: Cast) -> dict[int, ChaseRow]:
    return {row.task.id: row for row in to_chase(cast.coordinator, YEAR, TODAY).rows}


def people(row: ChaseRow) -> list[tuple[str, Capacity]]:
    return [(person.email.split("@")[0], capacity) for person, capacity in row.people]


def test_overdue_stands_before_due_soon_and_silent(cast: Cast) -> None:
    late = a_task(section=cast.section, officers=[cast.officer], due_on=YESTERDAY)

    found = to_chase(cast.coordinator, YEAR, TODAY)

    assert [row.task for row in found.rows] == [late, cast.task, cast.other_task]
    assert list(found.groups) == [ChaseReason.OVERDUE, ChaseReason.DUE_SOON, ChaseReason.SILENT]
    assert people(found.rows[0]) == [("officer", Capacity.OFFICER)]


def test_a_slow_decision_is_asked_of_the_seat_and_not_of_the_officer(cast: Cast) -> None:
    a_report(cast.task, cast.officer, at=NOW - timedelta(days=20))

    row = rows(cast)[cast.task.id]

    assert (row.reason, people(row)) == (ChaseReason.SLOW_DECISION, [("head", Capacity.DECIDER)])


def test_who_acts_in_the_seat_is_asked_as_well(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head, starts_on=YESTERDAY)
    a_report(cast.task, cast.officer, at=NOW - timedelta(days=20))

    assert ("other_head", Capacity.DECIDER) in people(rows(cast)[cast.task.id])


def test_nobody_decides_on_what_they_wrote(cast: Cast) -> None:
    a_report(cast.task, cast.officer, authors=[cast.officer, cast.head], at=NOW - timedelta(days=20))

    assert ("head", Capacity.DECIDER) not in people(rows(cast)[cast.task.id])


def test_what_was_sent_and_is_being_decided_is_left_in_peace(cast: Cast) -> None:
    a_report(cast.task, cast.officer, at=NOW)

    assert cast.task.id not in rows(cast)


def test_without_an_officer_the_head_is_asked(cast: Cast) -> None:
    task = a_task(section=cast.section, due_on=YESTERDAY)

    assert people(rows(cast)[task.id]) == [("head", Capacity.SECTION_HEAD)]


def test_where_only_a_coordinator_is_left_there_is_nobody_to_write_to(cast: Cast) -> None:
    cast.other_director.is_active = cast.other_head.is_active = cast.other_officer.is_active = False

    row = rows(cast)[cast.other_task.id]

    assert (people(row), row.may_be_asked) == ([], False)


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.CANCELLED])
def test_what_is_closed_is_not_asked_after(cast: Cast, status: WorkStatus) -> None:
    task = a_task(section=cast.section, officers=[cast.officer], due_on=YESTERDAY, work_status=status)

    assert task.id not in rows(cast)


def test_another_agency_has_nothing_of_it(cast: Cast) -> None:
    ours = {cast.task.id, cast.other_task.id}

    assert not ours & {row.task.id for row in to_chase(cast.stranger, YEAR, TODAY, tasks=ours).rows}


def test_the_list_is_narrowed_by_division_and_by_reason(cast: Cast) -> None:
    of_the_division = to_chase(cast.coordinator, YEAR, TODAY, division=cast.division.id)
    silent = to_chase(cast.coordinator, YEAR, TODAY, reason=ChaseReason.SILENT)

    assert [row.task for row in of_the_division.rows] == [cast.task]
    assert [row.task for row in silent.rows] == [cast.other_task]
    assert set(silent.divisions) == {cast.division.id, cast.other_division.id}


@pytest.mark.parametrize("change", ["due_on", "officers", "report"])
def test_what_was_seen_is_not_the_same_after_a_change(cast: Cast, change: str) -> None:
    task = a_task(section=cast.section, officers=[cast.officer], due_on=YESTERDAY)
    before = rows(cast)[task.id].seen
    if change == "due_on":
        task.due_on = TODAY - timedelta(days=3)
    elif change == "officers":
        task.officers = [cast.colleague]
    else:
        a_report(task, cast.officer, claim=WorkStatus.IN_PROGRESS, at=NOW)

    assert rows(cast)[task.id].seen != before


@pytest.mark.parametrize("how_many", [7, 70])
def test_many_cost_as_many_statements_as_few(cast: Cast, how_many: int) -> None:
    many_tasks(cast, how_many)
    coordinator = with_nothing_loaded(cast.coordinator)

    with counted_statements() as sent:
        with_last_mails(to_chase(coordinator, YEAR, TODAY))

    assert len(sent) == 12
