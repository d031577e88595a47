"""The strip of a year: every day has its place, every measure its lane, and the most urgent are seen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.year_strip import MOST_LANES, YearStrip
from tests.factories import NOW, TODAY, YEAR

HALF, END = YEAR.first_half_ends_on, YEAR.ends_on


def a_standing(
    number: int, due_on: date = HALF, status: WorkStatus = WorkStatus.NOT_STARTED, **facts: Any
) -> TaskStanding:
    """How a task of measure ``number`` stands, of no database."""
    done_on: date | None = facts.pop("done_on", None)
    usual: dict[str, Any] = {
        "task_id": number,
        "measure_id": number,
        "title": f"มาตรการที่ {number}",
        "area": 1,
        "window_kind": WindowKind.FIRST_HALF,
        "division_id": 1,
        "division_name": "กองคลัง",
        "section_id": None,
        "section_name": None,
        "report_state": None,
        "percent": 0,
        "claimed_percent": None,
        "updated_at": None,
        "today": TODAY,
    }
    completed_at: datetime | None = NOW if done_on else None
    return TaskStanding(
        number=number,
        due_on=due_on,
        work_status=status,
        claimed_done_on=done_on,
        completed_at=completed_at,
        **{**usual, **facts},
    )


def strip_of(*tasks: TaskStanding, today: date = TODAY, year: FiscalYear = YEAR) -> YearStrip:
    return YearStrip(year, tasks, [], today)


def test_the_year_runs_from_end_to_end() -> None:
    strip = strip_of()

    assert [month.starts_on.month for month in strip.months] == [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert (strip.months[0].starts_on, strip.months[-1].starts_on) == (date(2023, 10, 1), date(2024, 9, 1))
    assert strip.months[0].begins_at == 0
    assert strip.half == strip.months[6].begins_at == 50.0  # 183 of the 366 days of this year


@given(st.integers(2500, 2700), st.integers(-400, 800))
def test_every_day_has_its_place_in_order(year: int, away: int) -> None:
    fiscal_year = FiscalYear(year)
    strip, day = strip_of(year=fiscal_year), fiscal_year.starts_on + timedelta(days=away)

    assert 0 <= strip.place(day) <= strip.place(day + timedelta(days=1)) <= 100
    places = [month.begins_at for month in strip.months]
    assert places == sorted(set(places))
    assert all(month.begins_at < month.middle for month in strip.months)


@pytest.mark.parametrize(
    ("day", "is_shown"),
    [("2023-09-30", False), ("2023-10-01", True), ("2024-09-30", True), ("2024-10-01", False)],
)
def test_today_is_shown_only_in_its_year(day: str, is_shown: bool) -> None:
    assert (strip_of(today=date.fromisoformat(day)).now is not None) == is_shown


def test_what_is_done_ends_at_the_day_it_was_reported() -> None:
    [lane] = strip_of(a_standing(1, status=WorkStatus.DONE, done_on=date(2024, 2, 16))).lanes

    assert lane.done_on == lane.worked_until == date(2024, 2, 16)


def test_what_is_under_way_has_come_as_far_as_today() -> None:
    begun, waiting, idle = strip_of(
        a_standing(1, status=WorkStatus.IN_PROGRESS),
        a_standing(2, report_state=ReportState.SUBMITTED),
        a_standing(3),
    ).lanes

    assert (begun.worked_until, waiting.worked_until, idle.worked_until) == (TODAY, TODAY, None)


def test_what_is_late_is_late_from_its_due_date_on() -> None:
    late = date(2024, 4, 10)
    [lane] = strip_of(a_standing(1, status=WorkStatus.IN_PROGRESS, today=late), today=late).lanes

    assert (lane.worked_until, lane.overdue_since) == (HALF, HALF)


def test_a_measure_of_two_divisions_is_done_with_the_later_one() -> None:
    done: dict[str, Any] = {"measure_id": 1, "status": WorkStatus.DONE}
    first = a_standing(1, task_id=1, done_on=date(2024, 2, 16), **done)
    [lane] = strip_of(first, a_standing(1, due_on=END, task_id=2, done_on=date(2024, 3, 1), **done)).lanes
    [half_done] = strip_of(first, a_standing(1, task_id=2)).lanes

    assert (lane.due_days, lane.done_on) == ([HALF, END], date(2024, 3, 1))
    assert (half_done.due_days, half_done.done_on) == ([HALF], None)


def test_a_cancelled_measure_has_no_lane() -> None:
    strip = strip_of(a_standing(1, status=WorkStatus.CANCELLED), a_standing(2))

    assert [lane.measure.number for lane in strip.lanes] == [2]
    assert strip.measure_count == 1


def test_up_to_a_dozen_stand_in_the_order_of_the_plan() -> None:
    strip = strip_of(*(a_standing(number) for number in range(1, MOST_LANES + 1)))

    assert [lane.measure.number for lane in strip.lanes] == list(range(1, MOST_LANES + 1))
    assert not strip.is_cut


def test_of_many_the_most_urgent_are_shown_first_and_what_is_done_last() -> None:
    done = [a_standing(number, status=WorkStatus.DONE, done_on=TODAY) for number in range(1, 10)]
    later = [a_standing(number, due_on=END) for number in range(10, 20)]
    overdue = a_standing(700, due_on=date(2024, 3, 1))

    strip = strip_of(*done, *later, overdue)

    assert strip.is_cut
    assert strip.measure_count == 20
    assert [lane.measure.number for lane in strip.lanes] == [700, *range(10, 20), 1]


def test_windows_stand_by_their_first_day_and_take_their_days() -> None:
    explaining, uploading = (
        AssessmentWindow(kind=kind, starts_on=starts_on, ends_on=ends_on)
        for kind, starts_on, ends_on in (
            (AssessmentWindowKind.EXPLANATION, date(2024, 6, 1), date(2024, 6, 1)),
            (AssessmentWindowKind.OIT_UPLOAD, date(2024, 4, 1), date(2024, 4, 30)),
        )
    )

    strip = YearStrip(YEAR, [], [explaining, uploading], TODAY)

    assert strip.windows == [uploading, explaining]
    assert strip.begins_at(uploading) == 50.0
    assert strip.width(uploading) == pytest.approx(100 * 30 / 366, abs=0.01)
    assert strip.width(explaining) == pytest.approx(100 / 366, abs=0.02)


def test_where_a_later_date_was_granted_the_first_one_keeps_its_place() -> None:
    put_off, as_planned = strip_of(a_standing(1, due_on=END, first_due_on=HALF), a_standing(2)).lanes

    assert (put_off.due_days, put_off.first_due_days) == ([END], [HALF])
    assert as_planned.first_due_days == []
    assert strip_of(a_standing(1, first_due_on=HALF)).is_any_extended
    assert not strip_of(a_standing(1)).is_any_extended
