"""The year at a glance: its parts always sum to the whole, and it costs the same for seven tasks and for seventy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.pace import Forecast
from ita_flow.domain.states import ReportState, TaskState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.calendar import Holiday
from ita_flow.queries.dashboard import SHOWN_STATES, Overview, most_urgent, overview
from ita_flow.queries.measures import combined_state
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.tallies import Tally
from ita_flow.queries.task_lists import TaskList, listed_tasks
from ita_flow.queries.tasks import TaskFilter
from tests.factories import NOW, TODAY, YEAR, Cast, a_plan, a_report, a_task, one_commit
from tests.factories.plans import cancel
from tests.standings import a_standing
from tests.statements import counted_statements, with_nothing_loaded
from tests.year import in_march


@pytest.fixture
def seven(cast: Cast) -> Cast:
    in_march(cast)
    return cast


def year_of(cast: Cast, today: date = TODAY) -> Overview:
    return overview(cast.coordinator, YEAR.buddhist_year, today)


def numbers(rows: Sequence[TaskStanding]) -> list[int]:
    return [row.number for row in rows]


def test_the_headline_counts_measures(seven: Cast) -> None:
    assert year_of(seven).tally == Tally(total=7, done=2, due_soon=2, overdue=0)


def test_the_bar_shows_every_state(seven: Cast) -> None:
    states = year_of(seven).states

    assert [states[state] for state in SHOWN_STATES] == [2, 1, 2, 1, 1]


def test_what_is_nearly_due_or_returned_or_silent_is_to_be_followed_up(seven: Cast) -> None:
    assert numbers(year_of(seven).follow_up) == [2, 7, 5, 4]


def test_a_decision_that_takes_too_long_stands_before_what_is_nearly_due(cast: Cast) -> None:
    a_task(section=cast.section, officers=[cast.officer])
    a_report(cast.other_task, cast.other_officer, at=NOW - timedelta(days=38))

    year = year_of(cast)

    assert year.follow_up[0].task_id == cast.other_task.id
    assert year.reasons[cast.other_task.id] is ChaseReason.SLOW_DECISION


def test_a_decision_within_its_time_is_not_followed_up(cast: Cast) -> None:
    a_report(cast.other_task, cast.other_officer)

    assert cast.other_task.id not in [row.task_id for row in year_of(cast).follow_up]


def test_the_list_of_what_is_followed_up_holds_what_is_counted(cast: Cast) -> None:
    a_report(cast.other_task, cast.other_officer, at=NOW - timedelta(days=38))

    rows = listed_tasks(cast.coordinator, TaskList(TaskFilter(2567, follow_up=True)), TODAY)

    assert numbers(rows) == [2, 5]
    assert numbers(year_of(cast).follow_up) == [5, 2]


def test_what_is_overdue_comes_first(seven: Cast) -> None:
    after_the_half = year_of(seven, today=YEAR.first_half_ends_on + timedelta(days=3))

    assert numbers(after_the_half.follow_up) == [2, 7, 3, 5, 4]  # of 3 the decision takes too long
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

    assert [(row.name, row.tally) for row in rows[:2]] == [
        (seven.division.name, Tally(total=2, done=0, due_soon=1, overdue=0)),
        ("กองที่ 7", Tally(total=1, done=0, due_soon=1, overdue=0)),
    ]


def test_every_area_has_its_row_even_without_a_measure(seven: Cast) -> None:
    cancel(seven.task)
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
    cancel(seven.task)
    db.session.commit()

    year = year_of(seven)

    assert (year.tally.total, year.cancelled) == (6, 1)
    assert year.division_total.total == 6


def test_a_year_without_a_plan_is_empty(cast: Cast) -> None:
    year = overview(cast.coordinator, 2560, TODAY)

    assert (year.measures, year.tally.total, year.follow_up, year.divisions) == ([], 0, [], [])


def test_only_the_most_urgent_are_loaded_in_full(seven: Cast) -> None:
    rows = most_urgent(year_of(seven), how_many=2)

    assert [row.measure.number for row in rows] == [2, 7]


def test_a_half_counts_only_its_own_measures(seven: Cast) -> None:
    half = overview(seven.coordinator, YEAR.buddhist_year, TODAY, window=WindowKind.FIRST_HALF)

    assert half.tally == Tally(total=5, done=2, due_soon=2, overdue=0)
    assert sum(row.tally.total for row in half.divisions) == 5
    assert [area.number for area in half.areas if area.measures] == [1, 2, 3, 6, 7]
    assert half.window_kinds == [WindowKind.FIRST_HALF, WindowKind.FULL_YEAR]


def test_a_window_that_no_measure_has_is_passed_over(seven: Cast) -> None:
    year = overview(seven.coordinator, YEAR.buddhist_year, TODAY, window=WindowKind.CUSTOM)

    assert (year.window, year.tally.total) == (None, 7)


def test_of_a_half_its_own_end_comes_next(seven: Cast) -> None:
    def next_of(window: WindowKind, today: date) -> date | None:
        seen = overview(seven.coordinator, YEAR.buddhist_year, today, window=window)
        return seen.milestone.ends_on if seen.milestone else None

    assert next_of(WindowKind.FIRST_HALF, TODAY) == date(2024, 3, 31)
    assert next_of(WindowKind.FIRST_HALF, date(2024, 4, 1)) is None
    assert next_of(WindowKind.FULL_YEAR, TODAY) == date(2024, 9, 30)


def test_a_division_counts_only_its_own_tasks(seven: Cast) -> None:
    ours = overview(seven.coordinator, YEAR.buddhist_year, TODAY, division=seven.division.id)

    assert ours.tally == Tally(total=2, done=0, due_soon=1, overdue=0)
    assert ours.measure_list == ours.task_list == {"year": 2567, "division": seven.division.id}


def test_the_pace_is_that_of_the_first_half_and_then_of_the_year(seven: Cast) -> None:
    # 1 and 6 are done, 2 is half done, 3 is reported as done, 7 has not begun; 114 of 123 working days have gone by.
    before, after = year_of(seven).pace, year_of(seven, today=date(2024, 4, 1)).pace

    assert before
    assert after
    assert (before.window.kind, len(before.measures)) == (WindowKind.FIRST_HALF, 5)
    assert (before.approved, before.claimed, before.elapsed.percent) == (50, 70, 92)
    assert (before.forecast, before.claimed_forecast) == (Forecast(2, 50), Forecast(3, 70))
    assert (after.window.kind, len(after.measures)) == (WindowKind.FULL_YEAR, 7)


def test_a_holiday_of_the_office_does_not_count_as_time_gone_by(seven: Cast) -> None:
    usual = year_of(seven).pace
    seven.agency.holidays.append(Holiday(day=date(2024, 3, 15), name="วันหยุดของหน่วยงาน", is_free=True))
    db.session.commit()

    pace = year_of(seven).pace

    assert usual
    assert pace
    assert (usual.elapsed.days - pace.elapsed.days, usual.elapsed.of_days - pace.elapsed.of_days) == (1, 1)


def test_a_cancelled_measure_has_no_pace(cast: Cast) -> None:
    cancel(cast.task, cast.other_task)
    db.session.commit()

    assert year_of(cast).pace is None


@pytest.mark.parametrize("how_many", [7, 70])
def test_the_year_costs_the_same_for_seven_tasks_and_for_seventy(cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, year=2568, measures=how_many).measures:
            a_report(a_task(measure, section=cast.section, officers=[cast.officer]), cast.officer)
    reader = with_nothing_loaded(cast.coordinator)

    with counted_statements() as statements:
        year = overview(reader, 2568, TODAY)
        told = (year.tally, year.states, year.follow_up, year.divisions, year.windows, year.pace)
        rows = [(area.tally, area.percent) for area in year.areas]

    assert (told[0].total, len(rows)) == (how_many, 7)
    assert len(statements) == 4  # the agency, its tasks, what waits for a decision, its holidays


DIVISIONS = ["กองคลัง", "กองช่าง", "สำนักปลัด"]
open_reports = st.sampled_from([None, ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED])
progresses = st.tuples(st.sampled_from(WorkStatus), open_reports, st.sampled_from(range(0, 100, 5)), st.booleans())
given_to = st.dictionaries(st.sampled_from(DIVISIONS), progresses, min_size=1)
measures = st.tuples(st.sampled_from(list(AREAS)), st.sampled_from(WindowKind), given_to)


def rows_from(drawn: list[Any], today: date) -> list[TaskStanding]:
    """Tasks of no database: each measure is given to one division or to several."""
    return [
        a_standing(number, area, window, division, status, report, percent, claims_done, today)
        for number, (area, window, divisions) in enumerate(drawn, start=1)
        for division, (status, report, percent, claims_done) in divisions.items()
    ]


@settings(max_examples=120)
@given(st.lists(measures, max_size=20), st.integers(0, 400))
def test_the_parts_always_sum_to_the_whole(drawn: list[Any], days: int) -> None:
    today = YEAR.starts_on + timedelta(days=days)
    rows = rows_from(drawn, today)

    year = Overview(YEAR, rows, today)

    assert len(year.measures) == len(drawn)
    add_up(year)
    for kind in year.window_kinds:
        add_up(Overview(YEAR, rows, today, window=kind))
    for name in {row.division_name for row in rows}:
        add_up(Overview(YEAR, [row for row in rows if row.division_name == name], today, division=1))
    assert sum(len(Overview(YEAR, rows, today, window=kind).tasks) for kind in year.window_kinds) == len(rows)


def add_up(year: Overview) -> None:
    """All the ways to cut the same measures, or the same tasks, come to the same."""
    assert sum(number for _, number in year.parts) == year.tally.total
    assert year.tally.total + year.cancelled == len(year.measures)
    assert year.tally.done + year.tally.missing == year.tally.total
    assert summed(row.tally for row in year.windows) == summed([year.tally])
    assert summed(row.tally for row in year.areas) == summed([year.tally])
    assert summed(row.tally for row in year.divisions) == summed([year.division_total])
    assert year.division_total.total == sum(row.state is not TaskState.CANCELLED for row in year.tasks)
    assert all(row.needs_follow_up or row.task_id in year.reasons for row in year.follow_up)
    assert year.division_total.overdue + year.division_total.due_soon <= len(year.follow_up)
    assert year.pace is None or len(year.pace.measures) <= year.tally.total


def summed(tallies: Any) -> tuple[int, int, int, int]:
    columns = [(tally.total, tally.done, tally.due_soon, tally.overdue) for tally in tallies]
    total, done, due_soon, overdue = (sum(column) for column in zip(*columns, (0, 0, 0, 0), strict=True))
    return total, done, due_soon, overdue


@given(st.lists(st.sampled_from(TaskState), min_size=1))
def test_a_measure_is_done_exactly_when_every_task_that_counts_is(states: list[TaskState]) -> None:
    counted = set(states) - {TaskState.CANCELLED}

    assert (combined_state(states) is TaskState.DONE) == (counted == {TaskState.DONE})
    assert (combined_state(states) is TaskState.CANCELLED) == (not counted)
