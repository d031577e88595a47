"""Fiscal years, windows and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.calendar import (
    FiscalYear,
    Window,
    WindowKind,
    bangkok_day,
    bangkok_moment,
    is_working_day,
    last_working_day,
    next_working_day,
    working_days_between,
)

SONGKRAN = frozenset({date(2024, 4, 13), date(2024, 4, 14), date(2024, 4, 15), date(2024, 4, 16)})
FRIDAY_29, SATURDAY, SUNDAY, MONDAY = date(2024, 3, 29), date(2024, 3, 30), date(2024, 3, 31), date(2024, 4, 1)
DAYS = st.dates(date(1958, 1, 1), date(2100, 12, 31))


def test_the_fiscal_year_2567_runs_from_october_to_september() -> None:
    year = FiscalYear(2567)

    assert (year.starts_on, year.ends_on) == (date(2023, 10, 1), date(2024, 9, 30))
    assert year.first_half == Window(WindowKind.FIRST_HALF, date(2023, 10, 1), date(2024, 3, 31))
    assert year.full_year == Window(WindowKind.FULL_YEAR, date(2023, 10, 1), date(2024, 9, 30))


def test_the_first_half_of_2570_ends_on_a_wednesday() -> None:
    assert FiscalYear(2570).first_half_ends_on.strftime("%a %d %b %Y") == "Wed 31 Mar 2027"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2023, 9, 30), 2566),
        (date(2023, 10, 1), 2567),
        (date(2023, 12, 31), 2567),
        (date(2024, 1, 1), 2567),
        (date(2024, 9, 30), 2567),
        (date(2024, 10, 1), 2568),
    ],
)
def test_a_day_belongs_to_the_fiscal_year_that_contains_it(day: date, year: int) -> None:
    assert FiscalYear.containing(day) == FiscalYear(year)


@given(DAYS)
def test_every_day_lies_in_its_fiscal_year(day: date) -> None:
    year = FiscalYear.containing(day)

    assert year.starts_on <= day <= year.ends_on


@pytest.mark.parametrize("year", [2024, 2499, 2701, 0])
def test_a_year_of_the_common_era_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="not a Buddhist year"):
        FiscalYear(year)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "kind"),
    [
        (date(2023, 10, 1), date(2024, 3, 31), WindowKind.FIRST_HALF),
        (date(2023, 10, 1), date(2024, 9, 30), WindowKind.FULL_YEAR),
        (date(2023, 10, 1), date(2024, 6, 30), WindowKind.CUSTOM),
        (date(2023, 10, 2), date(2024, 3, 31), WindowKind.CUSTOM),
    ],
)
def test_days_that_make_a_half_or_the_year_are_called_so(starts_on: date, ends_on: date, kind: WindowKind) -> None:
    assert FiscalYear(2567).window(starts_on, ends_on) == Window(kind, starts_on, ends_on)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 3, 31, 16, 59, 59, 999999, tzinfo=UTC), date(2024, 3, 31)),
        (datetime(2024, 3, 31, 17, 0, tzinfo=UTC), date(2024, 4, 1)),
        (datetime(2024, 3, 31, 0, 0, tzinfo=UTC), date(2024, 3, 31)),
    ],
)
def test_a_day_ends_at_midnight_in_bangkok(moment: datetime, day: date) -> None:
    assert bangkok_day(moment) == day


def test_half_past_eight_in_bangkok_is_half_past_one_in_utc() -> None:
    assert bangkok_moment(date(2024, 3, 15), 8, 30) == datetime(2024, 3, 15, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [(FRIDAY_29, True), (SATURDAY, False), (SUNDAY, False), (MONDAY, True), (date(2024, 4, 15), False)],
)
def test_people_work_from_monday_to_friday_but_on_holidays(day: date, is_working: bool) -> None:
    assert is_working_day(day, SONGKRAN) is is_working


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (FRIDAY_29, FRIDAY_29, FRIDAY_29),
        (SUNDAY, FRIDAY_29, MONDAY),
        (date(2024, 4, 13), date(2024, 4, 12), date(2024, 4, 17)),
        (date(2024, 4, 16), date(2024, 4, 12), date(2024, 4, 17)),
    ],
)
def test_the_nearest_working_days(day: date, before: date, after: date) -> None:
    assert last_working_day(day, SONGKRAN) == before
    assert next_working_day(day, SONGKRAN) == after


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (FRIDAY_29, FRIDAY_29, 0),
        (FRIDAY_29, SUNDAY, 0),
        (FRIDAY_29, MONDAY, 1),
        (date(2024, 4, 12), date(2024, 4, 19), 3),
        (MONDAY, FRIDAY_29, 0),
    ],
)
def test_working_days_are_counted_without_the_first_and_with_the_last(start: date, end: date, days: int) -> None:
    assert working_days_between(start, end, SONGKRAN) == days


@given(DAYS, st.frozensets(DAYS, max_size=5))
def test_the_last_working_day_is_worked_and_nothing_after_it_is(day: date, holidays: frozenset[date]) -> None:
    last = last_working_day(day, holidays)

    assert is_working_day(last, holidays)
    assert last <= day
    assert not any(is_working_day(last + timedelta(days=n), holidays) for n in range(1, (day - last).days + 1))
