"""Phrases that people write for a window, and the days they mean."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.windows import window_from_phrase

YEAR = FiscalYear(2567)


@pytest.mark.parametrize(
    "phrase",
    [
        "ภายใน 6 เดือนแรกของปีงบประมาณ",
        "ภายใน 6 เดือนแรก",
        "6 เดือนแรก",
        "๖ เดือนแรก",
        "รอบ ๖ เดือนแรก",
        "ในรอบ 6 เดือนแรกของปีงบประมาณ พ.ศ. 2567",
        "ภายใน  6  เดือนแรก ของปี 2567",
        "ภายในวันที่ 31 มีนาคม 2567",
        "๓๑ มี.ค. ๒๕๖๗",
        "31 มีนาคม 2024",
    ],
)
def test_the_first_half_is_known_however_it_is_written(phrase: str) -> None:
    window = window_from_phrase(phrase, YEAR)

    assert window.kind is WindowKind.FIRST_HALF
    assert (window.starts_on, window.ends_on) == (date(2023, 10, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    "phrase", ["ตลอดปีงบประมาณ พ.ศ. 2567", "ตลอดปีงบประมาณ", "ตลอดปี", "ตลอดปีงบประมาณ พ.ศ.๒๕๖๗", "30 กันยายน 2567"]
)
def test_the_full_year_is_known_however_it_is_written(phrase: str) -> None:
    window = window_from_phrase(phrase, YEAR)

    assert window.kind is WindowKind.FULL_YEAR
    assert (window.starts_on, window.ends_on) == (date(2023, 10, 1), date(2024, 9, 30))


def test_another_day_makes_a_window_of_its_own() -> None:
    window = window_from_phrase("ภายในวันที่ 15 มกราคม 2567", YEAR)

    assert window.kind is WindowKind.CUSTOM
    assert (window.starts_on, window.ends_on) == (date(2023, 10, 1), date(2024, 1, 15))


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("ภายในวันที่ 31 กุมภาพันธ์ 2567", "window_impossible_date"),
        ("29 กุมภาพันธ์ 2566", "window_impossible_date"),
        ("0 มีนาคม 2567", "window_impossible_date"),
        ("31 มีนาคม 0067", "window_impossible_date"),
        ("30 กันยายน 2566", "window_outside_year"),
        ("1 ตุลาคม 2567", "window_outside_year"),
        ("ตลอดปีงบประมาณ พ.ศ. 2566", "window_of_another_year"),
        ("6 เดือนแรกของปีงบประมาณ พ.ศ. 2568", "window_of_another_year"),
        ("ตลอดปีงบประมาณ พ.ศ. 9999", "window_unreadable"),
        ("เร็ว ๆ นี้", "window_unreadable"),
        ("", "window_unreadable"),
        ("6 เดือนแรก" * 1000, "window_unreadable"),
    ],
)
def test_what_means_no_days_of_the_year_is_refused_with_the_reason(phrase: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        window_from_phrase(phrase, YEAR)

    assert refused.value.key == key


def test_a_refusal_names_the_other_year() -> None:
    with pytest.raises(Refusal) as refused:
        window_from_phrase("ตลอดปีงบประมาณ พ.ศ. 2566", YEAR)

    assert (refused.value.values["year"], refused.value.values["fiscal_year"]) == (2566, 2567)
