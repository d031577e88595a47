"""Phrases that people write for a window, and the days they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalYear, Window, WindowKind
from ita_flow.domain.months import MONTHS
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.thai import thai_digits
from ita_flow.domain.windows import is_window_phrase, window_from_phrase

YEAR = FiscalYear(2567)


@pytest.mark.parametrize(
    "phrase",
    [
        "ภายใน 6 เดือนแรกของปีงบประมาณ", "ภายใน 6 เดือนแรก", "6 เดือนแรก", "๖ เดือนแรก", "รอบ ๖ เดือนแรก", "6 เดือน",
        "ครึ่งปีแรก",
        "ในรอบ 6 เดือนแรกของปีงบประมาณ พ.ศ. 2567", "ภายใน  6  เดือนแรก ของปี 2567", "6 เดือนแรก\nของปีงบประมาณ",
        "ภายในวันที่ 31 มีนาคม 2567", "๓๑ มี.ค. ๒๕๖๗", "31 มีนาคม 2024", "31 มี.ค. 67", "31 มีค. 67", "ไม่เกิน 31 มีนาคม",
        "ภายในเดือนมีนาคม 2567", "มีนาคม 2567", "มีนาคม", "ภายในสิ้นเดือนมีนาคม พ.ศ. 2567", "มี.ค. 67", "03/2567",
        "31/03/2567", "31/3/67", "31-03-2567", "31.3.2567", "2024-03-31", "2567-03-31", "2024-03-31 00:00:00",
        "ต.ค. 2566 – มี.ค. 2567", "ต.ค.66-มี.ค.67", "ต.ค. - มี.ค. 2567", "ต.ค. – มี.ค.", "ตุลาคม 2566 ถึง มีนาคม 2567",
        "1 ต.ค. 66 - 31 มี.ค. 67", "1/10/2566 - 31/03/2567", "2023-10-01 - 2024-03-31", "ตั้งแต่ตุลาคม 2566 จนถึงมีนาคม 2567",
        "ไตรมาส 1-2", "ไตรมาสที่ 1 - ไตรมาสที่ 2", "ไตรมาสที่ 1 และ 2", "ไตรมาสที่ ๑ ถึง ๒ ปีงบประมาณ พ.ศ. ๒๕๖๗",
        "6 เดือนแรก (ต.ค. 66 - มี.ค. 67)", "ดำเนินการให้แล้วเสร็จภายใน 6 เดือนแรก",
    ],
)  # fmt: skip
def test_the_first_half_is_known_however_it_is_written(phrase: str) -> None:
    window = window_from_phrase(phrase, YEAR)

    assert window.kind is WindowKind.FIRST_HALF
    assert (window.starts_on, window.ends_on) == (date(2023, 10, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    "phrase",
    [
        "ตลอดปีงบประมาณ พ.ศ. 2567", "ตลอดปีงบประมาณ", "ตลอดปี", "ตลอดทั้งปี", "ตลอดปีงบประมาณ พ.ศ.๒๕๖๗", "30 กันยายน 2567",
        "ภายในปีงบประมาณ", "ภายในสิ้นปีงบประมาณ 2567", "ปีงบประมาณ พ.ศ. 2567", "ปี 67", "12 เดือน",
        "ทุกไตรมาส", "ไตรมาสที่ 1-4", "ต.ค. 66 - ก.ย. 67", "1 ตุลาคม 2566 - 30 กันยายน 2567", "กันยายน 2567",
        "1/10/66-30/9/67",
    ],
)  # fmt: skip
def test_the_full_year_is_known_however_it_is_written(phrase: str) -> None:
    window = window_from_phrase(phrase, YEAR)

    assert window.kind is WindowKind.FULL_YEAR
    assert (window.starts_on, window.ends_on) == (date(2023, 10, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("phrase", "starts_on", "ends_on"),
    [
        ("ภายในวันที่ 15 มกราคม 2567", date(2023, 10, 1), date(2024, 1, 15)),
        ("ภายในเดือนกุมภาพันธ์", date(2023, 10, 1), date(2024, 2, 29)),
        ("ธันวาคม", date(2023, 10, 1), date(2023, 12, 31)),
        ("6 เดือนหลัง", date(2024, 4, 1), date(2024, 9, 30)),
        ("ครึ่งปีหลังของปีงบประมาณ 2567", date(2024, 4, 1), date(2024, 9, 30)),
        ("3 เดือนแรก", date(2023, 10, 1), date(2023, 12, 31)),
        ("9 เดือนหลัง", date(2024, 1, 1), date(2024, 9, 30)),
        ("ไตรมาสที่ 1", date(2023, 10, 1), date(2023, 12, 31)),
        ("ไตรมาส 2/2567", date(2024, 1, 1), date(2024, 3, 31)),
        ("ไตรมาสที่ 3 (เม.ย. - มิ.ย. 67)", date(2024, 4, 1), date(2024, 6, 30)),
        ("ภายในไตรมาสที่ ๔", date(2024, 7, 1), date(2024, 9, 30)),
        ("ตุลาคม - ธันวาคม 2566", date(2023, 10, 1), date(2023, 12, 31)),
        ("ระหว่างวันที่ 1 มกราคม 2567 ถึงวันที่ 15 มิถุนายน 2567", date(2024, 1, 1), date(2024, 6, 15)),
        ("1 - 31 มีนาคม 2567", date(2024, 3, 1), date(2024, 3, 31)),
    ],
)
def test_other_days_make_a_window_of_their_own(phrase: str, starts_on: date, ends_on: date) -> None:
    window = window_from_phrase(phrase, YEAR)

    assert window == Window(WindowKind.CUSTOM, starts_on, ends_on)
    assert is_window_phrase(phrase)


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
        ("โดยเร็ว", "window_unreadable"),
        ("30 วัน", "window_unreadable"),
        ("31", "window_unreadable"),
        ("2567", "window_unreadable"),
        ("ไตรมาสที่ 5", "window_unreadable"),
        ("ไตรมาส 1 และ 3", "window_unreadable"),
        ("ตลอดปีงบประมาณ (6 เดือนแรก)", "window_unreadable"),
        ("31/02/2567", "window_impossible_date"),
        ("31/13/2567", "window_impossible_date"),
        ("13/2567", "window_impossible_date"),
        ("30 - 31 กุมภาพันธ์ 2567", "window_impossible_date"),
        ("ต.ค. 2565 – มี.ค. 2567", "window_outside_year"),
        ("1/9/2566 - 31/3/2567", "window_outside_year"),
        ("ตุลาคม 2567", "window_outside_year"),
        ("มี.ค. 67 - ต.ค. 66", "window_backwards"),
        ("ไตรมาสที่ 2/2566", "window_of_another_year"),
        ("6 เดือนหลังของปี 68", "window_of_another_year"),
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


YEARS = st.integers(FIRST_FISCAL_YEAR + 1, LAST_FISCAL_YEAR - 1).map(FiscalYear)
SPELLED_DAYS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day.day} {MONTHS[day.month - 1][0]} {day.year + 543}",
    lambda day: f"ภายในวันที่ {day.day} {MONTHS[day.month - 1][1]} พ.ศ. {day.year + 543}",
    lambda day: f"{day.day}/{day.month}/{day.year + 543}",
    lambda day: f"{day.day:02}/{day.month:02}/{day.year}",
    lambda day: day.isoformat(),
    lambda day: thai_digits(f"{day.day} {MONTHS[day.month - 1][1].replace('.', '')} {day.year + 543}"),
)


@given(YEARS, st.integers(0, 364), st.sampled_from(SPELLED_DAYS))
def test_every_day_of_every_year_is_read_in_every_spelling(
    year: FiscalYear, days: int, spelled: Callable[[date], str]
) -> None:
    day = year.starts_on + timedelta(days)

    assert window_from_phrase(spelled(day), year) == year.window(year.starts_on, day)


@given(YEARS, st.integers(0, 364), st.integers(0, 364), st.sampled_from([" - ", "–", " ถึง ", " จนถึงวันที่ "]))
def test_every_span_within_a_year_is_read(year: FiscalYear, one: int, other: int, between: str) -> None:
    first, last = (year.starts_on + timedelta(days) for days in sorted((one, other)))

    for spelled in (SPELLED_DAYS[0], SPELLED_DAYS[2]):
        assert window_from_phrase(f"{spelled(first)}{between}{spelled(last)}", year) == year.window(first, last)


@given(YEARS, st.integers(1, 4), st.integers(1, 4))
def test_quarters_follow_the_fiscal_year(year: FiscalYear, one: int, other: int) -> None:
    first, last = sorted((one, other))
    starts = [year.starts_on, *(date(year.ends_on.year, month, 1) for month in (1, 4, 7))]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [year.ends_on]

    assert window_from_phrase(f"ไตรมาสที่ {first} - {last}", year) == year.window(starts[first - 1], ends[last - 1])


@given(
    st.text(st.sampled_from("0123456789๖/.-–() กขคตมภายในเดือนแรกปีวันที่ถึง"), max_size=40) | st.text(max_size=300), YEARS
)
def test_any_phrase_is_a_window_of_the_year_or_refused(phrase: str, year: FiscalYear) -> None:
    try:
        window = window_from_phrase(phrase, year)
    except Refusal as refusal:
        assert refusal.key.startswith("window_")  # noqa: PT017 - either is right
    else:
        assert year.starts_on <= window.starts_on <= window.ends_on <= year.ends_on
