"""The year as a calendar: due dates, what opens and closes, and the days off that touch them."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import WindowKind
from ita_flow.extensions import db
from ita_flow.free_days import USUAL
from ita_flow.models.calendar import AssessmentWindow, Holiday
from ita_flow.queries.tasks import TaskFilter
from ita_flow.queries.year_calendar import (
    CalendarDay,
    days_off_around,
    months_of,
    own_divisions,
    tasks_to_take_away,
    year_calendar,
)
from tests.factories import TODAY, YEAR, Cast, a_plan, a_task, one_commit
from tests.factories.plans import cancel
from tests.statements import counted_statements, with_nothing_loaded
from tests.year import in_march

WHOLE_YEAR = TaskFilter(YEAR.buddhist_year)


@pytest.fixture
def seven(cast: Cast) -> Cast:
    in_march(cast)
    return cast


def days_of(cast: Cast, today: date = TODAY, chosen: TaskFilter = WHOLE_YEAR) -> dict[date, CalendarDay]:
    calendar = year_calendar(cast.coordinator, chosen, today)
    return {one.day: one for _first, days in months_of(cast.coordinator, calendar) for one in days}


def test_each_due_date_holds_its_tasks_the_most_urgent_first(seven: Cast) -> None:
    days = days_of(seven)

    assert [task.number for task in days[YEAR.first_half_ends_on].due] == [2, 7, 1, 3, 6]
    assert [task.number for task in days[YEAR.ends_on].due] == [5, 4]


def test_a_due_date_on_a_sunday_names_the_friday_before(seven: Cast) -> None:
    assert days_of(seven)[date(2024, 3, 31)].last_working_day == date(2024, 3, 29)


def test_the_ends_of_the_half_and_of_the_year_are_there_without_any_task(cast: Cast) -> None:
    days = days_of(cast, chosen=TaskFilter(2568), today=TODAY)

    assert {day: one.ends for day, one in days.items()} == {
        date(2025, 3, 31): WindowKind.FIRST_HALF,
        date(2025, 9, 30): WindowKind.FULL_YEAR,
    }


def test_a_window_opens_and_closes(seven: Cast) -> None:
    window = AssessmentWindow(
        agency_id=seven.agency.id,
        year=YEAR.buddhist_year,
        kind=AssessmentWindowKind.OIT_UPLOAD,
        starts_on=date(2024, 4, 1),
        ends_on=date(2024, 4, 30),
    )
    db.session.add(window)
    db.session.commit()

    days = days_of(seven)

    assert days[date(2024, 4, 1)].opening == [window]
    assert days[date(2024, 4, 30)].closing == [window]


def test_a_holiday_is_told_only_where_it_touches_a_due_date(seven: Cast) -> None:
    with one_commit():
        seven.task.due_on = date(2024, 4, 16)
        for day in (date(2024, 3, 29), date(2024, 6, 19)):
            db.session.add(Holiday(agency_id=seven.agency.id, day=day, name="วันของหน่วยงาน", is_free=True))

    days = days_of(seven)

    songkran = [day for day in days if days[day].holiday and day.month == 4]
    assert songkran == [date(2024, 4, day) for day in range(12, 17)]
    assert days[date(2024, 3, 29)].holiday == "วันของหน่วยงาน"
    assert date(2024, 6, 19) not in days


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ("2024-03-19", []),  # a Tuesday among working days
        ("2024-03-31", ["2024-03-30", "2024-03-31"]),  # a Sunday
        ("2024-09-30", ["2024-09-28", "2024-09-29"]),  # a Monday
        ("2024-04-11", ["2024-04-12", "2024-04-13", "2024-04-14", "2024-04-15", "2024-04-16"]),  # before Songkran
    ],
)
def test_the_days_off_that_touch_a_day(day: str, off: list[str]) -> None:
    found = sorted(days_off_around(date.fromisoformat(day), USUAL))

    assert [one.isoformat() for one in found] == off


def test_it_can_be_narrowed_to_ones_own_and_to_a_division(seven: Cast) -> None:
    own = year_calendar(seven.officer, TaskFilter(YEAR.buddhist_year, mine=True), TODAY)
    division = year_calendar(seven.officer, TaskFilter(YEAR.buddhist_year, division=seven.other_division.id), TODAY)

    assert [task.number for task in own.tasks] == [2, 3]
    assert [task.number for task in division.tasks] == [5]


def test_cancelled_tasks_are_not_in_it(seven: Cast) -> None:
    cancel(seven.task)
    db.session.commit()

    assert 2 not in {task.number for task in year_calendar(seven.coordinator, WHOLE_YEAR, TODAY).tasks}


def test_what_is_done_is_not_taken_away(seven: Cast) -> None:
    calendar = year_calendar(seven.coordinator, WHOLE_YEAR, TODAY)

    taken = tasks_to_take_away(seven.coordinator, calendar.unfinished)

    assert sorted(task.measure.number for task in taken) == [2, 3, 4, 5, 7]
    assert [task.due_on for task in taken] == sorted(task.due_on for task in taken)


def test_own_divisions_are_those_of_ones_posts(cast: Cast) -> None:
    assert own_divisions(cast.officer, TODAY) == [cast.division]
    assert own_divisions(cast.coordinator, TODAY) == []


@pytest.mark.parametrize("how_many", [1, 70])
def test_a_calendar_costs_the_same_for_one_task_and_for_seventy(cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, year=2568, measures=how_many).measures:
            a_task(measure, division=cast.division)
    reader = with_nothing_loaded(cast.coordinator)

    with counted_statements() as statements:
        calendar = year_calendar(reader, TaskFilter(2568), TODAY)
        assert months_of(reader, calendar)

    assert len(calendar.tasks) == how_many
    assert len(statements) == 4, "\n".join(statements)
