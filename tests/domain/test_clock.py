"""The clock: true, or shifted by whole days and still running."""

from __future__ import annotations

from datetime import UTC, date, datetime

import time_machine

from ita_flow.domain.clock import Clock, real_now

LATE_EVENING_UTC = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
"""In Bangkok the 23rd has begun."""


@time_machine.travel(LATE_EVENING_UTC, tick=False)
def test_the_true_clock_says_the_day_in_bangkok() -> None:
    clock = Clock()

    assert clock.now() == LATE_EVENING_UTC
    assert clock.today() == date(2026, 11, 23)
    assert not clock.is_shifted


@time_machine.travel(LATE_EVENING_UTC, tick=False)
def test_a_shifted_clock_keeps_the_time_of_the_day() -> None:
    clock = Clock()

    clock.pretend(date(2024, 3, 18))

    assert clock.today() == date(2024, 3, 18)
    assert clock.now() == datetime(2024, 3, 17, 18, 30, tzinfo=UTC)
    assert clock.is_shifted
    assert real_now() == LATE_EVENING_UTC


def test_a_shifted_clock_runs_on_past_midnight() -> None:
    clock = Clock()
    with time_machine.travel(LATE_EVENING_UTC, tick=False) as traveller:
        clock.pretend(date(2024, 3, 18))

        traveller.shift(24 * 60 * 60)

        assert clock.today() == date(2024, 3, 19)


def test_the_clock_can_be_true_again() -> None:
    clock = Clock()
    clock.pretend(date(2024, 3, 18))

    clock.be_true()

    assert not clock.is_shifted
