"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.dates import read_date
from ita_flow.domain.refusals import Invalid

IDES = date(2024, 3, 15)


@pytest.mark.parametrize(
    "written",
    [
        "2567-03-15",
        "2024-03-15",
        "15/3/2567",
        "15/03/2024",
        "15-3-2567",
        "15.3.2567",
        "15/3/67",
        "15 มี.ค. 2567",
        "15 มีนาคม พ.ศ. 2567",
        "๑๕ มีนาคม ๒๕๖๗",
        "  15/3/2567 ",
        "15 March 2567",
        "15 mar 2567",
        "15\u00a0Mar. 2024",
    ],
)
def test_a_day_is_read_in_either_era(written: str) -> None:
    assert read_date(written) == IDES


def test_the_leap_day_of_a_buddhist_year_is_read() -> None:
    assert read_date("29/2/2567") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("", "date_unreadable"),
        ("พรุ่งนี้", "date_unreadable"),
        ("2567-3", "date_unreadable"),
        ("1" * 10_000, "date_unreadable"),
        ("31/2/2567", "date_impossible"),
        ("29/2/2566", "date_impossible"),
        ("15/13/2567", "date_impossible"),
        ("15/3/2300", "date_year_unclear"),
        ("0024-03-15", "date_year_unclear"),
    ],
)
def test_what_is_no_day_is_refused_by_name(written: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_date(written)

    assert refused.value.key == key
