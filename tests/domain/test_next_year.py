"""A plan carried into another year: the same part of it, and the year's name written anew."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.calendar import FiscalYear, Window, WindowKind
from ita_flow.domain.next_year import moved_day, moved_phrase, moved_window, names_year, phrase_of
from ita_flow.domain.windows import window_from_phrase

OLD, NEW, LEAP = FiscalYear(2567), FiscalYear(2568), FiscalYear(2571)


@pytest.mark.parametrize(
    ("day", "to", "moved"),
    [
        (date(2023, 10, 1), NEW, date(2024, 10, 1)),
        (date(2023, 12, 31), NEW, date(2024, 12, 31)),
        (date(2024, 1, 1), NEW, date(2025, 1, 1)),
        (date(2024, 9, 30), NEW, date(2025, 9, 30)),
        (date(2024, 2, 29), NEW, date(2025, 2, 28)),
        (date(2024, 2, 29), LEAP, date(2028, 2, 29)),
        (date(2024, 3, 31), FiscalYear(2566), date(2023, 3, 31)),
    ],
)
def test_a_day_stays_the_same_day_of_its_year(day: date, to: FiscalYear, moved: date) -> None:
    assert moved_day(day, to) == moved
    assert to.starts_on <= moved <= to.ends_on


def test_the_half_stays_the_half_and_the_year_the_year() -> None:
    assert moved_window(OLD.first_half, NEW) == NEW.first_half
    assert moved_window(OLD.full_year, NEW) == NEW.full_year


def test_other_windows_keep_day_and_month() -> None:
    quarter = OLD.window(date(2024, 1, 1), date(2024, 3, 31))

    assert moved_window(quarter, NEW) == Window(WindowKind.CUSTOM, date(2025, 1, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("phrase", "moved"),
    [
        ("ภายใน 6 เดือนแรกของปีงบประมาณ", "ภายใน 6 เดือนแรกของปีงบประมาณ"),
        ("ตลอดปีงบประมาณ พ.ศ. 2567", "ตลอดปีงบประมาณ พ.ศ. 2568"),
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗", "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘"),
        ("ภายในวันที่ 31 ธันวาคม 2566", "ภายในวันที่ 31 ธันวาคม 2567"),
        ("ภายในวันที่ 29 กุมภาพันธ์ 2567", "ภายในวันที่ 28 กุมภาพันธ์ 2568"),
    ],
)
def test_a_phrase_names_the_new_year_and_means_the_moved_window(phrase: str, moved: str) -> None:
    window = moved_window(window_from_phrase(phrase, OLD), NEW)

    assert moved_phrase(phrase, window, OLD, NEW) == moved
    assert window_from_phrase(moved, NEW) == window


def test_a_phrase_that_never_meant_its_window_is_put_anew() -> None:
    assert moved_phrase("ตามที่ตกลงกัน", NEW.full_year, OLD, NEW) == "ตลอดปีงบประมาณ พ.ศ. 2568"


@pytest.mark.parametrize(
    "window",
    [
        NEW.first_half,
        NEW.full_year,
        NEW.window(NEW.starts_on, date(2025, 2, 28)),
        NEW.window(date(2025, 1, 1), date(2025, 3, 15)),
    ],
)
def test_a_window_put_into_words_reads_back(window: Window) -> None:
    assert window_from_phrase(phrase_of(window, NEW), NEW) == window


def test_a_title_that_names_a_year_is_noticed() -> None:
    assert names_year("โครงการตามแผน ๒๕๖๗ รอบ 6 เดือนแรก", OLD)
    assert not names_year("โครงการตามแผน 2568 เลขที่ 25671", OLD)
