"""Windows as people write them: a phrase such as ภายใน 6 เดือนแรกของปีงบประมาณ becomes days.

Each way of writing is one row of ``WAYS_OF_WRITING``: a pattern over the phrase without spaces and with
Arabic digits, and the reading of its match. A new way is a new row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from ita_flow.domain.calendar import (
    BUDDHIST_ERA_OFFSET,
    FIRST_FISCAL_YEAR,
    LAST_FISCAL_YEAR,
    FiscalYear,
    Window,
)
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import comparison_key

MONTHS = (
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
)
LONGEST_PHRASE = 200

_MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
_MONTH = "|".join(re.escape(name) for name in _MONTH_NUMBERS)
_YEAR = r"(?:พ\.ศ\.)?(?P<year>[0-9]{4})"
_OF_THE_YEAR = rf"(?:ของ|ใน)?(?:ปีงบประมาณ|ปี)?(?:{_YEAR})?"

ReadingOfMatch = Callable[[re.Match[str], FiscalYear], Window]


def window_from_phrase(phrase: str, fiscal_year: FiscalYear) -> Window:
    """The window that a phrase means in that fiscal year.

    Raises ``Invalid`` with the key ``window_unreadable``, ``window_impossible_date``, ``window_outside_year``
    or ``window_of_another_year`` (with the Buddhist year it names as ``year``).
    """
    key = comparison_key(phrase) if len(phrase) <= LONGEST_PHRASE else ""
    for pattern, read in WAYS_OF_WRITING:
        match = pattern.fullmatch(key)
        if match:
            return read(match, fiscal_year)
    raise _refusal("window_unreadable", fiscal_year)


def _first_half(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    _refuse_another_year(match, fiscal_year)
    return fiscal_year.first_half


def _full_year(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    _refuse_another_year(match, fiscal_year)
    return fiscal_year.full_year


def _by_a_day(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    day = _day(match)
    if not fiscal_year.starts_on <= day <= fiscal_year.ends_on:
        raise _refusal("window_outside_year", fiscal_year)
    return fiscal_year.window(fiscal_year.starts_on, day)


def _day(match: re.Match[str]) -> date:
    year = _buddhist_year(int(match["year"]))
    if year is None:
        raise Invalid("window_impossible_date")
    try:
        return date(year - BUDDHIST_ERA_OFFSET, _MONTH_NUMBERS[match["month"]], int(match["day"]))
    except ValueError:
        raise Invalid("window_impossible_date") from None


def _refuse_another_year(match: re.Match[str], fiscal_year: FiscalYear) -> None:
    if match["year"] is None:
        return
    year = _buddhist_year(int(match["year"]))
    if year is None:
        raise _refusal("window_unreadable", fiscal_year)
    if year != fiscal_year.buddhist_year:
        raise _refusal("window_of_another_year", fiscal_year, year=year)


def _buddhist_year(written: int) -> int | None:
    """The year in the Buddhist era, whichever era it was written in; None for a number that is neither."""
    for year in (written, written + BUDDHIST_ERA_OFFSET):
        if FIRST_FISCAL_YEAR <= year <= LAST_FISCAL_YEAR:
            return year
    return None


def _refusal(key: str, fiscal_year: FiscalYear, **values: int) -> Invalid:
    """A refusal whose sentence may name the Buddhist years in which the fiscal year begins and ends."""
    year = fiscal_year.buddhist_year
    return Invalid(key, None, begins_in=year - 1, fiscal_year=year, **values)


WAYS_OF_WRITING: tuple[tuple[re.Pattern[str], ReadingOfMatch], ...] = (
    (re.compile(rf"(?:ภายใน|ในรอบ|ใน|รอบ)?6เดือนแรก{_OF_THE_YEAR}"), _first_half),
    (re.compile(rf"(?:ตลอด|ภายใน|ทั้ง)(?:ปีงบประมาณ|ปี)(?:{_YEAR})?"), _full_year),
    (re.compile(rf"(?:ภายใน)?(?:วันที่)?(?P<day>[0-9]{{1,2}})(?P<month>{_MONTH}){_YEAR}"), _by_a_day),
)
