"""A division as its director sees it: every figure by hand, everybody in the order of their posts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import ReportState, TaskState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.queries.division_people import Load, StaffRow
from ita_flow.queries.divisions import DivisionView, directed_by, division_view
from ita_flow.queries.tallies import Tally
from tests.factories import (
    NOW,
    TODAY,
    YEAR,
    Cast,
    a_decision,
    a_report,
    a_section,
    a_task,
    a_user,
    an_acting_order,
    one_commit,
)
from tests.factories.many import many_tasks
from tests.statements import counted_statements, with_nothing_loaded

LATE, SOON, FAR = TODAY - timedelta(days=3), TODAY + timedelta(days=3), TODAY + timedelta(days=90)


def view_of(cast: Cast, today: date = TODAY) -> DivisionView:
    view = division_view(cast.director, cast.division.id, YEAR.buddhist_year, today)
    assert view is not None
    return view


def row_of(view: DivisionView, person: User) -> StaffRow:
    return next(row for row in view.people if row.user and row.user.id == person.id)


def names(view: DivisionView) -> list[str]:
    """The people as they stand; a vacant seat by what it is called."""
    return [row.user.name if row.user else str(row.title) for row in view.people]


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """The officer's task of the cast is due in a fortnight; five more of the division, and one elsewhere."""
    with one_commit():
        a_task(section=cast.section, officers=[cast.officer], due_on=LATE)
        a_task(section=cast.section, officers=[cast.officer, cast.colleague], due_on=SOON)
        a_task(section=cast.section, officers=[cast.colleague], work_status=WorkStatus.DONE)
        a_task(section=cast.section, officers=[cast.colleague], work_status=WorkStatus.CANCELLED, due_on=LATE)
        a_task(division=cast.division, due_on=FAR)
        a_task(section=cast.other_section, officers=[cast.officer], due_on=LATE)
    return cast


def test_tasks_of_the_division_are_counted_by_hand(busy: Cast) -> None:
    seen = view_of(busy).seen

    # its own: due on 31 March (13 days left), three days late, due in three days, done, far; the cancelled leaves
    assert seen.tally == Tally(total=5, done=1, due_soon=2, overdue=1)
    assert seen.cancelled == 1
    assert dict(seen.parts)[TaskState.NOT_STARTED] == 4
    assert sum(number for _state, number in seen.parts) == seen.tally.total
    assert [row.due_on for row in seen.follow_up] == [LATE, SOON, date(2024, 3, 31), FAR]


def test_sections_sum_to_the_division(busy: Cast) -> None:
    rows = view_of(busy).by_section

    assert [(row.section, row.tally) for row in rows] == [
        (busy.section, Tally(total=4, done=1, due_soon=2, overdue=1)),
        (None, Tally(total=1, done=0, due_soon=0, overdue=0)),
    ]


def test_everybody_has_the_open_tasks_of_this_division_only(busy: Cast) -> None:
    view = view_of(busy)

    assert row_of(view, busy.officer).load == Load(open=3, overdue=1, due_soon=2)
    assert row_of(view, busy.colleague).load == Load(open=1, overdue=0, due_soon=1)
    assert row_of(view, busy.director).load == Load()
    assert (view.most_open, view.unassigned) == (3, 1)


def test_people_stand_in_the_order_of_their_posts_and_of_the_dictionary(cast: Cast) -> None:
    with one_commit():
        other = a_section(cast.division, "กลุ่มงานนโยบาย")
        a_user(cast.agency, "แก้ว ก่อนใคร", role=Role.OFFICER, unit=cast.section)
        a_user(cast.agency, "กมล ผู้ตรวจ", role=Role.AUDITOR, unit=cast.division)

    assert names(view_of(cast)) == [
        cast.director.name,
        "หัวหน้ากลุ่มงานนโยบาย",  # nobody heads the new section
        cast.head.name,
        "แก้ว ก่อนใคร",
        cast.officer.name,
        cast.colleague.name,
        "กมล ผู้ตรวจ",
    ]
    assert [row.vacant for row in view_of(cast).people if row.user is None] == [other]


def test_a_seat_is_vacant_from_the_day_after_its_last(cast: Cast) -> None:
    cast.director.memberships[0].ends_on = TODAY - timedelta(days=1)
    db.session.commit()

    view = view_of(cast)

    assert view.people[0].vacant == cast.division
    assert cast.director.name not in names(view)


def test_who_left_with_open_tasks_is_still_shown_and_last(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = TODAY - timedelta(days=1)
    db.session.commit()

    last = view_of(cast).people[-1]

    assert (last.user, last.posts, last.load.open) == (cast.officer, [], 1)


def test_who_acts_for_whom_is_told(cast: Cast) -> None:
    order = an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, holder=cast.director)

    view = view_of(cast)

    assert [one.order for one in view.staff.acting] == [order]
    assert names(view)[:2] == [cast.director.name, cast.other_head.name]


def test_an_order_for_a_vacant_seat_rests_while_somebody_holds_it(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division)

    assert view_of(cast).staff.acting == []
    assert directed_by(cast.other_head, TODAY) == set()


def test_what_waits_is_counted_for_whoever_has_the_turn(cast: Cast) -> None:
    with one_commit():
        a_report(cast.task, cast.officer)
        a_report(a_task(section=cast.section, officers=[cast.colleague]), cast.colleague, approvals=1)
        a_report(cast.other_task, cast.other_officer, approvals=1)
        an_acting_order(cast.head, Seat.DIRECTOR, cast.other_division, holder=cast.other_director)

    view = view_of(cast)

    # the head: the first turn on the officer's report, and, acting elsewhere, the second on another division's
    assert (row_of(view, cast.head).waiting, row_of(view, cast.director).waiting) == (2, 1)
    assert row_of(view, cast.officer).waiting == 0


def test_the_last_activity_is_a_submission_or_a_decision(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, at=NOW)
    decided = a_decision(report.versions[0], by=cast.head, at=NOW + timedelta(hours=3))

    view = view_of(cast)

    assert [row_of(view, one).active_at for one in (cast.officer, cast.head, cast.colleague)] == [
        NOW,
        decided.decided_at,
        None,
    ]


def test_a_draft_is_no_activity(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    assert row_of(view_of(cast), cast.officer).active_at is None


def test_only_divisions_of_the_own_agency_are_found(cast: Cast) -> None:
    for number in (cast.section.id, cast.strange_task.division_id, 0):
        assert division_view(cast.director, number, YEAR.buddhist_year, TODAY) is None


def test_divisions_that_somebody_directs_today(cast: Cast) -> None:
    an_acting_order(cast.director, Seat.DIRECTOR, cast.other_division, holder=cast.other_director)

    assert directed_by(cast.director, TODAY) == {cast.division.id, cast.other_division.id}
    assert directed_by(cast.head, TODAY) == set()


@pytest.mark.parametrize("how_many", [7, 700])
def test_seven_hundred_tasks_cost_as_many_statements_as_seven(cast: Cast, how_many: int) -> None:
    many_tasks(cast, how_many)
    division_id, director = cast.division.id, with_nothing_loaded(cast.director)

    with counted_statements() as sent:
        view = division_view(director, division_id, YEAR.buddhist_year, TODAY)
        assert view is not None
        counted = view.seen.tally.total, len(view.people)

    assert counted == (-(-how_many // 2), 4)
    assert len(sent) == 10  # the agency of whoever looks among them
