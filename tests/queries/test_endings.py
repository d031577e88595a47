"""The figures of a year before and after tasks are cancelled, opened again, or left unfinished; and its reminders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.states import TaskState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.tasks import Task
from ita_flow.queries.dashboard import Overview, overview
from ita_flow.queries.divisions import division_view
from ita_flow.queries.endings import consequences_of, ended_on
from ita_flow.queries.measures import combined_state
from ita_flow.queries.standings import standings
from ita_flow.queries.tallies import Tally
from ita_flow.queries.tasks import TaskFilter
from ita_flow.queries.year_calendar import year_calendar
from ita_flow.workflow import endings
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import NOW, TODAY, YEAR, Cast, a_task, reminder_rules
from tests.factories.plans import set_status

WHY = "รวมงานนี้ไว้กับมาตรการอื่นแล้ว"
DAY_AFTER = date(2024, 4, 1)
"""The day after the first half of the year ended."""


def cancel(task: Task, cast: Cast) -> None:
    with transaction():
        endings.cancel_task(task, WHY, actor=cast.coordinator, at=NOW)


def reopen(task: Task, cast: Cast, due_on: date | None = None) -> None:
    with transaction():
        endings.reopen(task, WHY, actor=cast.coordinator, at=NOW, due_on=due_on)


def year(cast: Cast, on: date = DAY_AFTER) -> Overview:
    return overview(cast.coordinator, YEAR.buddhist_year, on)


def figures(tally: Tally) -> tuple[int, int, int]:
    """All, done, overdue."""
    return tally.total, tally.done, tally.overdue


def listed(cast: Cast, **chosen: object) -> list[int]:
    found = standings(cast.coordinator, TaskFilter(YEAR.buddhist_year, **chosen), DAY_AFTER)  # type: ignore[arg-type]
    return [row.task_id for row in found]


def test_what_is_cancelled_leaves_every_count_and_comes_back_when_it_is_opened(cast: Cast) -> None:
    before = year(cast)

    cancel(cast.task, cast)
    without = year(cast)
    reopen(cast.task, cast)
    again = year(cast)

    assert [figures(one.tally) for one in (before, without, again)] == [(2, 0, 1), (1, 0, 0), (2, 0, 1)]
    assert [one.cancelled for one in (before, without, again)] == [0, 1, 0]
    assert [figures(one.division_total) for one in (before, without, again)] == [(2, 0, 1), (1, 0, 0), (2, 0, 1)]
    assert without.areas[1].tally.total == 0
    assert [row.number for row in without.measures if row.state is TaskState.CANCELLED] == [2]


def test_what_was_left_unfinished_counts_as_not_done(cast: Cast) -> None:
    set_status(cast.task, WorkStatus.UNFINISHED, NOW)
    set_status(cast.other_task, WorkStatus.DONE, NOW)
    db.session.commit()

    seen, division = year(cast), division_view(cast.coordinator, cast.division.id, YEAR.buddhist_year, DAY_AFTER)

    assert division
    assert (figures(seen.tally), seen.tally.missing, seen.left_unfinished) == ((2, 1, 0), 1, 1)
    assert dict(seen.parts)[TaskState.UNFINISHED] == 1
    assert sum(number for _state, number in seen.parts) == seen.tally.total
    assert figures(division.seen.tally) == (1, 0, 0)
    assert seen.follow_up == []
    lanes = year_calendar(cast.coordinator, TaskFilter(YEAR.buddhist_year), DAY_AFTER).strip.lanes
    assert [lane.state for lane in lanes] == [TaskState.UNFINISHED, TaskState.DONE]


def test_lists_find_it_by_its_own_state_and_among_what_is_not_done(cast: Cast) -> None:
    set_status(cast.task, WorkStatus.UNFINISHED, NOW)
    db.session.commit()

    assert listed(cast, state=TaskState.UNFINISHED) == [cast.task.id]
    assert listed(cast, unfinished=True) == [cast.task.id, cast.other_task.id]
    assert listed(cast, state=TaskState.NOT_STARTED) == [cast.other_task.id]


@pytest.mark.parametrize(
    ("states", "together"),
    [
        ({TaskState.UNFINISHED, TaskState.DONE}, TaskState.UNFINISHED),
        ({TaskState.UNFINISHED, TaskState.CANCELLED}, TaskState.UNFINISHED),
        ({TaskState.DONE, TaskState.CANCELLED}, TaskState.DONE),
        ({TaskState.CANCELLED}, TaskState.CANCELLED),
    ],
)
def test_a_measure_is_unfinished_when_one_of_its_tasks_is(states: set[TaskState], together: TaskState) -> None:
    assert combined_state(states) is together


def test_what_follows_is_told_before_a_task_is_cancelled(cast: Cast) -> None:
    other = a_task(cast.task.measure, section=cast.other_section, officers=[cast.other_officer])

    one = consequences_of(cast.task.measure, [cast.task], cast.coordinator, TODAY)
    both = consequences_of(cast.task.measure, [cast.task, other], cast.coordinator, TODAY)

    assert (one.still_counting, one.measures) == (1, 2)
    assert (both.still_counting, both.measures) == (0, 1)
    assert list(one.people) == [cast.officer, cast.head]


def test_the_day_of_the_end_is_that_of_the_last_time(cast: Cast) -> None:
    cancel(cast.task, cast)
    reopen(cast.task, cast)
    with transaction():
        endings.cancel_task(cast.task, WHY, actor=cast.coordinator, at=NOW + timedelta(days=2))

    assert ended_on(cast.agency.id, [cast.task.id, cast.other_task.id]) == {cast.task.id: TODAY + timedelta(days=2)}


def test_nobody_is_reminded_of_what_is_cancelled_until_it_is_opened_again(cast: Cast) -> None:
    reminder_rules(cast.agency)
    cancel(cast.task, cast)

    silent = mails_in_the_week_of(TODAY, cast)
    reopen(cast.task, cast)

    assert silent == 0
    assert mails_in_the_week_of(TODAY + timedelta(days=7), cast) > 0


def mails_in_the_week_of(monday: date, cast: Cast) -> int:
    """How many mails about due dates are promised in these five days."""
    return sum(_promised(cast, monday + timedelta(days=days)) for days in range(5))


def _promised(cast: Cast, day: date) -> int:
    at = NOW + (day - TODAY)
    with transaction():
        return plan_reminders(cast.agency, day, at=at, now=at).messages
