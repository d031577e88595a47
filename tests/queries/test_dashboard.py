"""The year at a glance: its parts always sum to the whole, and it costs the same for seven tasks and for seventy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.states import ReportState, TaskState, WorkStatus
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.people import Unit
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.dashboard import SHOWN_STATES, Overview, Tally, overview
from ita_flow.queries.measures import combined_state
from ita_flow.queries.task_row import TaskRow
from tests.factories import TODAY, YEAR, Cast, a_plan, a_report, a_task, one_commit
from tests.statements import counted_statements, with_nothing_loaded
from tests.year import in_march


@pytest.fixture
def seven(cast: Cast) -> Cast:
    in_march(cast)
    return cast


def year_of(cast: Cast, today: date = TODAY) -> Overview:
    return overview(cast.coordinator, YEAR.buddhist_year, today)


def numbers(rows: Sequence[TaskRow]) -> list[int]:
    return [row.measure.number for row in rows]


def test_the_headline_counts_measures(seven: Cast) -> None:
    assert year_of(seven).tally == Tally(total=7, done=2, due_soon=2, overdue=0)


def test_the_bar_shows_every_state(seven: Cast) -> None:
    states = year_of(seven).states

    assert [states[state] for state in SHOWN_STATES] == [2, 1, 2, 1, 1]


def test_what_is_nearly_due_or_returned_is_to_be_followed_up(seven: Cast) -> None:
    assert numbers(year_of(seven).follow_up) == [2, 7, 5]


def test_what_is_overdue_comes_first(seven: Cast) -> None:
    after_the_half = year_of(seven, today=YEAR.first_half_ends_on + timedelta(days=3))

    assert numbers(after_the_half.follow_up) == [2, 7, 5]
    assert after_the_half.tally.overdue == 2


def test_the_next_milestone_is_the_end_of_the_half_and_then_of_the_year(seven: Cast) -> None:
    before, after = year_of(seven).milestone, year_of(seven, today=date(2024, 4, 1)).milestone

    assert before is not None
    assert (before.kind, before.days, before.missing) == (WindowKind.FIRST_HALF, 13, 3)
    assert after is not None
    assert (after.kind, after.days, after.missing) == (WindowKind.FULL_YEAR, 182, 5)
    assert year_of(seven, today=date(2024, 10, 1)).milestone is None


def test_a_division_with_most_to_look_after_comes_first(seven: Cast) -> None:
    rows = year_of(seven).divisions

    assert [(row.division.name, row.tally) for row in rows[:2]] == [
        (seven.division.name, Tally(total=2, done=0, due_soon=1, overdue=0)),
        ("กองที่ 7", Tally(total=1, done=0, due_soon=1, overdue=0)),
    ]


def test_every_area_has_its_row_even_without_a_measure(seven: Cast) -> None:
    seven.task.work_status = WorkStatus.CANCELLED
    db.session.commit()

    areas = {area.number: area for area in year_of(seven).areas}

    assert list(areas) == list(AREAS)
    assert areas[2].tally.total == 0
    assert areas[2].together is not None
    assert areas[2].together.state is TaskState.CANCELLED


def test_the_windows_count_their_own_measures(seven: Cast) -> None:
    rows = year_of(seven).windows

    assert [(row.kind, row.tally.done, row.tally.total) for row in rows] == [
        (WindowKind.FIRST_HALF, 2, 5),
        (WindowKind.FULL_YEAR, 0, 2),
    ]


def test_a_measure_is_done_only_when_all_its_tasks_are(cast: Cast) -> None:
    plan = a_plan(cast.agency, year=2568, measures=1)
    a_task(plan.measures[0], division=cast.division, work_status=WorkStatus.DONE)
    a_task(plan.measures[0], division=cast.other_division)

    year = overview(cast.coordinator, 2568, date(2025, 1, 6))

    assert (year.tally.total, year.tally.done, year.division_total.total, year.division_total.done) == (1, 0, 2, 1)
    assert year.measures[0].percent == 50


def test_a_cancelled_measure_leaves_every_count(seven: Cast) -> None:
    seven.task.work_status = WorkStatus.CANCELLED
    db.session.commit()

    year = year_of(seven)

    assert (year.tally.total, year.cancelled) == (6, 1)
    assert year.division_total.total == 6


def test_a_year_without_a_plan_is_empty(cast: Cast) -> None:
    year = overview(cast.coordinator, 2560, TODAY)

    assert (year.measures, year.tally.total, year.follow_up, year.divisions) == ([], 0, [], [])


@pytest.mark.parametrize("how_many", [7, 70])
def test_the_year_costs_the_same_for_seven_tasks_and_for_seventy(cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, year=2568, measures=how_many).measures:
            a_report(a_task(measure, section=cast.section, officers=[cast.officer]), cast.officer)
    reader = with_nothing_loaded(cast.coordinator)

    with counted_statements() as statements:
        year = overview(reader, 2568, TODAY)
        told = (year.tally, year.states, year.follow_up, year.divisions, year.windows)
        rows = [(area.tally, area.together and area.together.percent) for area in year.areas]

    assert (told[0].total, len(rows)) == (how_many, 7)
    assert len(statements) == 7


def a_row(number: int, division: Unit, window: WindowKind, status: WorkStatus, report: ReportState | None) -> TaskRow:
    """A row of no database: its measure, who has it, and how it stands."""
    window_days = {WindowKind.FIRST_HALF: YEAR.first_half, WindowKind.FULL_YEAR: YEAR.full_year}.get(window)
    due_on = window_days.ends_on if window_days else date(2024, 6, 30)
    measure = Measure(id=number, number=number, area=number % 7 + 1, window_kind=window)
    claimed = due_on if status is WorkStatus.DONE else None
    task = Task(
        measure=measure, measure_id=number, division=division, due_on=due_on, work_status=status, percent=0, steps=[]
    )
    task.claimed_done_on = claimed
    return TaskRow(task, ProgressReport(state=report) if report else None, None, None, TODAY, due_on)


DIVISIONS = [Unit(id=number, name=f"กองที่ {number}", kind=UnitKind.DIVISION) for number in range(1, 4)]
open_reports = st.sampled_from([None, ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED])
standings = st.tuples(st.sampled_from(DIVISIONS), st.sampled_from(WorkStatus), open_reports)
measures = st.tuples(st.sampled_from(WindowKind), st.lists(standings, min_size=1, max_size=3))


def rows_from(drawn: list[Any]) -> list[TaskRow]:
    return [
        a_row(number, division, window, status, report)
        for number, (window, tasks) in enumerate(drawn, start=1)
        for division, status, report in tasks
    ]


@given(st.lists(measures, max_size=12), st.integers(0, 500))
def test_the_parts_always_sum_to_the_whole(drawn: list[Any], days: int) -> None:
    rows = rows_from(drawn)

    year = Overview(YEAR, rows, YEAR.starts_on + timedelta(days=days))

    assert sum(year.states[state] for state in SHOWN_STATES) == year.tally.total
    assert year.tally.total + year.cancelled == len(drawn)
    assert summed(row.tally for row in year.windows) == summed([year.tally])
    assert summed(row.tally for row in year.areas) == summed([year.tally])
    assert summed(row.tally for row in year.divisions) == summed([year.division_total])
    assert all(row.needs_follow_up for row in year.follow_up)


def summed(tallies: Any) -> tuple[int, int, int, int]:
    columns = [(tally.total, tally.done, tally.due_soon, tally.overdue) for tally in tallies]
    total, done, due_soon, overdue = (sum(column) for column in zip(*columns, (0, 0, 0, 0), strict=True))
    return total, done, due_soon, overdue


@given(st.lists(st.sampled_from(TaskState), min_size=1))
def test_a_measure_is_done_exactly_when_every_task_that_counts_is(states: list[TaskState]) -> None:
    counted = set(states) - {TaskState.CANCELLED}

    assert (combined_state(states) is TaskState.DONE) == (counted == {TaskState.DONE})
    assert (combined_state(states) is TaskState.CANCELLED) == (not counted)
