"""What a person finds under งานของฉัน: each own task in one group, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.worklist import Worklist, worklist_of
from tests.factories import TODAY, YEAR, Cast, a_plan, a_report, a_task, one_commit
from tests.factories.plans import cancel
from tests.statements import counted_statements, with_nothing_loaded

EARLY = date(2023, 11, 6)


def work_of(cast: Cast, today: date = TODAY) -> Worklist:
    return worklist_of(cast.officer, today)


def numbers(rows: Sequence[TaskRow]) -> list[int]:
    return [row.measure.number for row in rows]


def give(cast: Cast, number: int, **kinds: WorkStatus) -> TaskRow:
    """Another task for the officer: of the measure with that number."""
    measure = cast.task.measure.plan.measures[number - 1]
    a_task(measure, section=cast.section, officers=[cast.officer], **kinds)  # type: ignore[arg-type]
    return next(row for row in _all(work_of(cast)) if row.measure.number == number)


def _all(work: Worklist) -> list[TaskRow]:
    return [*work.now, *work.waiting, *work.later, *work.done]


def test_a_task_that_is_nearly_due_is_to_be_done_now(cast: Cast) -> None:
    assert numbers(work_of(cast).now) == [2]


def test_a_task_with_time_left_is_for_later(cast: Cast) -> None:
    work = work_of(cast, today=EARLY)

    assert (numbers(work.now), numbers(work.later)) == ([], [2])


def test_a_draft_is_to_be_finished_however_much_time_is_left(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    assert numbers(work_of(cast, today=EARLY).now) == [2]


def test_nobody_is_hurried_while_others_decide(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    work = work_of(cast, today=YEAR.first_half_ends_on + timedelta(days=5))

    assert (numbers(work.now), numbers(work.waiting)) == ([], [2])


def test_what_is_done_is_kept_apart(cast: Cast) -> None:
    give(cast, 1, work_status=WorkStatus.DONE)

    assert numbers(work_of(cast).done) == [1]


def test_what_is_overdue_comes_before_what_is_returned(cast: Cast) -> None:
    a_report(give(cast, 4).task, cast.officer, state=ReportState.RETURNED)

    assert numbers(work_of(cast, today=date(2024, 4, 3)).now) == [2, 4]


def test_colleagues_work_is_seen_but_not_to_be_done(cast: Cast) -> None:
    measure = cast.task.measure.plan.measures[2]
    a_task(measure, section=cast.section, officers=[cast.colleague])

    work = work_of(cast)

    assert (numbers(work.now), numbers(work.division)) == ([2], [3])


def test_other_divisions_are_not_mine(cast: Cast) -> None:
    assert 5 not in numbers([*_all(work_of(cast)), *work_of(cast).division])


def test_an_open_task_of_an_earlier_year_is_not_forgotten(cast: Cast) -> None:
    earlier = a_plan(cast.agency, year=2566, measures=1)
    a_task(earlier.measures[0], section=cast.section, officers=[cast.officer])

    assert [(row.measure.plan.year, row.measure.number) for row in work_of(cast).now] == [(2566, 1), (2567, 2)]


def test_a_cancelled_task_is_in_no_group(cast: Cast) -> None:
    cancel(cast.task)
    db.session.commit()

    work = work_of(cast)

    assert work.is_empty
    assert work.division == []


def test_a_director_sees_the_division_and_has_no_task_of_their_own(cast: Cast) -> None:
    work = worklist_of(cast.director, TODAY)

    assert work.is_empty
    assert numbers(work.division) == [2]


def test_a_post_that_has_ended_shows_no_division(cast: Cast) -> None:
    seat = next(membership for membership in cast.director.memberships if membership.seat is Seat.DIRECTOR)
    seat.ends_on = TODAY - timedelta(days=1)
    db.session.commit()

    assert worklist_of(cast.director, TODAY).division == []


@pytest.mark.parametrize("how_many", [1, 50])
def test_the_worklist_costs_the_same_for_one_task_and_for_fifty(cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, measures=how_many, version=2).measures:
            a_report(a_task(measure, section=cast.section, officers=[cast.officer]), cast.officer)
    officer = with_nothing_loaded(cast.officer)

    with counted_statements() as statements:
        work = worklist_of(officer, TODAY)

    assert len(work.waiting) == how_many
    assert len(statements) == 7
