"""The days on which government offices are closed."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.free_days import CHILDRENS_DAY, LABOUR_DAY, USUAL, FreeDays


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
    assert (day in USUAL) is is_free


def test_an_office_may_be_closed_on_labour_day_and_the_day_in_lieu_of_it() -> None:
    days = FreeDays(also=[LABOUR_DAY])

    assert date(2024, 5, 1) in days
    assert date(2022, 5, 2) in days
    assert date(2024, 1, 13) not in days


def test_an_office_may_be_closed_on_childrens_day() -> None:
    assert date(2024, 1, 13) in FreeDays(also=[CHILDRENS_DAY])


def test_what_an_office_says_of_a_day_counts() -> None:
    days = FreeDays({date(2024, 4, 12): False, date(2024, 3, 15): True})

    assert date(2024, 4, 12) not in days
    assert date(2024, 3, 15) in days
