"""The days on which government offices are closed."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.free_days import free_days, free_days_around


@pytest.mark.parametrize(
    ("day", "is_free"),
    [
        (date(2024, 4, 8), True),  # in lieu of Chakri Day, a Saturday
        (date(2024, 4, 12), True),  # a special day of the cabinet
        (date(2024, 5, 10), True),  # the Royal Ploughing Ceremony closes offices only
        (date(2026, 6, 1), True),
        (date(2024, 5, 1), False),  # Labour Day is for others
        (date(2022, 5, 2), False),  # and so is the day in lieu of it
        (date(2024, 1, 13), False),  # Children's Day
        (date(2024, 3, 15), False),
    ],
)
def test_offices_are_closed_on_their_own_holidays_only(day: date, is_free: bool) -> None:
    assert (day in free_days([day.year])) is is_free


def test_the_neighbouring_years_come_along() -> None:
    days = free_days_around(date(2024, 1, 2))

    assert {day.year for day in days} == {2023, 2024, 2025}
