"""The pace of a window: what is approved against the working days gone by, and where it leads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.calendar import FiscalYear, Window, WindowKind
from ita_flow.domain.pace import Elapsed, Forecast, Pace, Progress, elapsed_of, pace_of

HALF = FiscalYear(2567).first_half
TWO_WEEKS = Window(WindowKind.CUSTOM, date(2024, 3, 4), date(2024, 3, 17))
"""Monday to Sunday: ten working days, but for the holiday."""

HOLIDAY = date(2024, 3, 8)


def on(day: date, *measures: tuple[int, int]) -> Pace:
    return pace_of(TWO_WEEKS, [Progress(*measure) for measure in measures], day, {HOLIDAY})


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2024, 3, 3), 0),  # the eve
        (date(2024, 3, 4), 1),  # the first morning
        (date(2024, 3, 7), 4),
        (HOLIDAY, 4),
        (date(2024, 3, 10), 4),  # a Sunday
        (date(2024, 3, 11), 5),
        (date(2024, 3, 17), 9),
        (date(2024, 3, 18), 9),  # over
    ],
)
def test_only_working_days_go_by(day: date, days: int) -> None:
    assert elapsed_of(TWO_WEEKS, day, {HOLIDAY}) == Elapsed(days, 9)


def test_the_share_of_days_is_rounded_down() -> None:
    assert Elapsed(5, 9).percent == 55


def test_at_its_present_rate_half_of_the_work_at_half_of_the_time_is_complete_in_the_end() -> None:
    # On the fourth of nine days: 45 % comes to 101.25 %, 44 % to 99 %, 0 % to nothing.
    pace = on(date(2024, 3, 7), (45, 45), (44, 44), (0, 0))

    assert (pace.approved, pace.forecast) == (29, Forecast(complete=1, average=66))


def test_what_is_reported_and_not_decided_stands_beside() -> None:
    # On the fourth of nine days: 20 % comes to 45 %, the reported 100 % to 100 %.
    pace = on(date(2024, 3, 7), (20, 100), (100, 100))

    assert (pace.approved, pace.claimed, pace.has_claims) == (60, 100, True)
    assert (pace.forecast, pace.claimed_forecast) == (Forecast(1, 72), Forecast(2, 100))


@pytest.mark.parametrize("day", [date(2024, 3, 3), date(2024, 3, 18)])
def test_nothing_is_foretold_before_the_first_working_day_and_after_the_end(day: date) -> None:
    pace = on(day, (50, 100))

    assert (pace.forecast, pace.claimed_forecast) == (None, None)


def test_on_the_last_day_the_forecast_is_what_is() -> None:
    pace = on(date(2024, 3, 17), (50, 50), (100, 100))

    assert pace.forecast == Forecast(complete=1, average=pace.approved)


percents = st.integers(0, 100)
progresses = st.lists(st.builds(Progress, percents, percents), min_size=1, max_size=20)


@given(progresses, st.integers(-5, 200))
def test_a_forecast_never_falls_behind_what_is_approved(measures: list[Progress], days: int) -> None:
    pace = pace_of(HALF, measures, HALF.starts_on + timedelta(days=days), ())

    done = sum(measure.approved == 100 for measure in measures)
    if pace.forecast:
        assert done <= pace.forecast.complete <= len(measures)
        assert pace.approved <= pace.forecast.average <= 100
    assert 0 <= pace.elapsed.days <= pace.elapsed.of_days
