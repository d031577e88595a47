"""Windows as people write them: a phrase such as ภายใน 6 เดือนแรกของปีงบประมาณ becomes days.

Each way of writing is one row of ``WAYS_OF_WRITING``: a pattern over the phrase without spaces and with
Arabic digits, and the reading of its match. A new way is a new row. A window that is named by its end
alone begins with the fiscal year; years that are left out are those in which the fiscal year lies.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from ita_flow.domain.calendar import BUDDHIST_ERA_OFFSET, FIRST_MONTH, FiscalYear, Window
from ita_flow.domain.months import ERA, MONTH, MONTHS, buddhist_year, month_number
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import comparison_key

__all__ = ["MONTHS", "is_window_phrase", "window_from_phrase"]

LONGEST_PHRASE = 200
MONTHS_OF_A_QUARTER = 3
HALF_A_YEAR = 6

_YEAR = rf"{ERA}(?P<year>[0-9]{{4}}|[0-9]{{2}})"
_FISCAL = r"(?:ปีงบประมาณ|ปีงบฯ?|ปี)"
_OF_THE_YEAR = rf"(?:ของ|ใน|/)?{_FISCAL}?(?:{_YEAR})?"
_BEFORE = r"(?:ดำเนินการ|จัดทำ)?(?:ให้)?(?:แล้วเสร็จ)?(?:ภายใน|ในระหว่าง|ในรอบ|ในช่วง|ใน|รอบ|ช่วง|ไม่เกิน|ประมาณ)?"
_DASH = "[-–—~]"
_TO = rf"(?:{_DASH}|จนถึง|ถึง)"
_QUARTER = r"ไตรมาส(?:ที่)?"

ReadingOfMatch = Callable[[re.Match[str], FiscalYear], Window]


def _end(name: str) -> str:
    """A day or a month, as words or as numbers; each group ends with the name of this end of the window."""
    year = rf"{ERA}(?P<year_{name}>[0-9]{{4}}|[0-9]{{2}})"
    words = rf"(?P<day_{name}>[0-9]{{1,2}})?(?:เดือน)?(?P<month_{name}>{MONTH}){_FISCAL}?(?:{year})?"
    numbers = (
        rf"(?P<date_{name}>[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:[0-9]{{4}}|[0-9]{{2}})"
        r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:t?00:00(?::00)?)?"
        r"|[0-9]{1,2}/[0-9]{4})"
    )
    return rf"(?:สิ้น)?(?:วันที่|เดือน)?(?:{words}|{numbers})"


def window_from_phrase(phrase: str, fiscal_year: FiscalYear) -> Window:
    """The window that a phrase means in that fiscal year.

    Raises ``Invalid`` with the key ``window_unreadable``, ``window_impossible_date``, ``window_outside_year``,
    ``window_backwards`` or ``window_of_another_year`` (with the Buddhist year it names as ``year``).
    """
    written, explained = _without_explanation(phrase)
    window = _read(written, fiscal_year)
    if explained and _way_of(explained) and _read(explained, fiscal_year) != window:
        raise _refusal("window_unreadable", fiscal_year)
    return window


def is_window_phrase(phrase: str) -> bool:
    """Whether the phrase is one of the ways of writing a window, be it of this year or of another."""
    return _way_of(_without_explanation(phrase)[0]) is not None


def _without_explanation(phrase: str) -> tuple[str, str]:
    """The key of the phrase and of what explains it in brackets at its end, as in ไตรมาสที่ 2 (ม.ค. – มี.ค.)."""
    key = comparison_key(phrase).rstrip(".") if len(phrase) <= LONGEST_PHRASE else ""
    written, _, explained = key.removesuffix(")").partition("(") if key.endswith(")") else (key, "", "")
    return written, explained


def _read(key: str, fiscal_year: FiscalYear) -> Window:
    found = _way_of(key)
    if found is None:
        raise _refusal("window_unreadable", fiscal_year)
    match, read = found
    return read(match, fiscal_year)


def _way_of(key: str) -> tuple[re.Match[str], ReadingOfMatch] | None:
    for pattern, read in WAYS_OF_WRITING:
        if match := pattern.fullmatch(key):
            return match, read
    return None


def _full_year(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    _refuse_another_year(match, fiscal_year)
    return fiscal_year.full_year


def _first_months(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    _refuse_another_year(match, fiscal_year)
    return _months(fiscal_year, 0, _count_of_months(match))


def _last_months(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    _refuse_another_year(match, fiscal_year)
    return _months(fiscal_year, len(MONTHS) - _count_of_months(match), len(MONTHS))


def _count_of_months(match: re.Match[str]) -> int:
    return int(match["months"]) if match["months"] else HALF_A_YEAR


def _quarters(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    _refuse_another_year(match, fiscal_year)
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if last < first or (match["and"] and last != first + 1):
        raise _refusal("window_unreadable", fiscal_year)
    return _months(fiscal_year, (first - 1) * MONTHS_OF_A_QUARTER, last * MONTHS_OF_A_QUARTER)


def _months(fiscal_year: FiscalYear, start: int, end: int) -> Window:
    """From the first day after so many months of the fiscal year to the last day of the month ``end``."""
    return fiscal_year.window(_after_months(fiscal_year, start), _after_months(fiscal_year, end) - timedelta(days=1))


def _after_months(fiscal_year: FiscalYear, months: int) -> date:
    years, month = divmod(FIRST_MONTH - 1 + months, len(MONTHS))
    return date(fiscal_year.starts_on.year + years, month + 1, 1)


def _by_an_end(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    return _within(fiscal_year, fiscal_year.starts_on, _day_of_end(match, "end", fiscal_year))


def _from_start_to_end(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    starts_on, ends_on = _day_of_end(match, "start", fiscal_year), _day_of_end(match, "end", fiscal_year)
    return _within(fiscal_year, starts_on, ends_on)


def _days_of_a_month(match: re.Match[str], fiscal_year: FiscalYear) -> Window:
    """``1 - 31 มีนาคม 2567``: the first day stands without its month."""
    ends_on = _day_of_end(match, "end", fiscal_year)
    return _within(fiscal_year, _day(ends_on.year, ends_on.month, int(match["since"])), ends_on)


def _within(fiscal_year: FiscalYear, starts_on: date, ends_on: date) -> Window:
    if not fiscal_year.starts_on <= min(starts_on, ends_on) <= max(starts_on, ends_on) <= fiscal_year.ends_on:
        raise _refusal("window_outside_year", fiscal_year)
    if starts_on > ends_on:
        raise _refusal("window_backwards", fiscal_year)
    return fiscal_year.window(starts_on, ends_on)


def _day_of_end(match: re.Match[str], name: str, fiscal_year: FiscalYear) -> date:
    """The day at this end of the window; of a month alone the first or the last, as the end demands."""
    year, month, day = _parts_of_end(match, name)
    common_year = _common_year(year, month, fiscal_year)
    if day is None and month in range(1, len(MONTHS) + 1):
        day = 1 if name == "start" else monthrange(common_year, month)[1]
    return _day(common_year, month, day or 0)


def _parts_of_end(match: re.Match[str], name: str) -> tuple[str | None, int, int | None]:
    """Year, month and day as they are written."""
    if match[f"month_{name}"]:
        day = match[f"day_{name}"]
        return match[f"year_{name}"], month_number(match[f"month_{name}"]), int(day) if day else None
    numbers = re.split("[/.-]", match[f"date_{name}"].partition("t")[0].removesuffix("00:00:00").removesuffix("00:00"))
    year, month, *days = numbers if len(numbers[0]) == len("2567") else reversed(numbers)
    return year, int(month), int(days[0]) if days else None


def _common_year(written: str | None, month: int, fiscal_year: FiscalYear) -> int:
    if written is None:
        return fiscal_year.starts_on.year + (month < FIRST_MONTH)
    year = buddhist_year(written)
    if year is None:
        raise Invalid("window_impossible_date")
    return year - BUDDHIST_ERA_OFFSET


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid("window_impossible_date") from None


def _refuse_another_year(match: re.Match[str], fiscal_year: FiscalYear) -> None:
    if match["year"] is None:
        return
    year = buddhist_year(match["year"])
    if year is None:
        raise _refusal("window_unreadable", fiscal_year)
    if year != fiscal_year.buddhist_year:
        raise _refusal("window_of_another_year", fiscal_year, year=year)


def _refusal(key: str, fiscal_year: FiscalYear, **values: int) -> Invalid:
    """A refusal whose sentence may name the Buddhist years in which the fiscal year begins and ends."""
    year = fiscal_year.buddhist_year
    return Invalid(key, None, begins_in=year - 1, fiscal_year=year, **values)


WAYS_OF_WRITING: tuple[tuple[re.Pattern[str], ReadingOfMatch], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_BEFORE}(?P<months>6)เดือน(?:แรก)?{_OF_THE_YEAR}", _first_months),
        (rf"{_BEFORE}(?:(?P<months>1[0-2]|[1-9])เดือน|ครึ่งปี)แรก{_OF_THE_YEAR}", _first_months),
        (rf"{_BEFORE}(?:(?P<months>1[0-2]|[1-9])เดือน|ครึ่งปี)(?:หลัง|สุดท้าย){_OF_THE_YEAR}", _last_months),
        (rf"{_BEFORE}(?:ตลอด)?(?:12เดือน|1ปี|ทุกไตรมาส|ทุกเดือน){_OF_THE_YEAR}", _full_year),
        (rf"{_BEFORE}(?:ตลอดทั้ง|ตลอด|ทั้ง|สิ้น)?{_FISCAL}(?:{_YEAR})?", _full_year),
        (
            rf"{_BEFORE}{_QUARTER}(?P<first>[1-4])"
            rf"(?:(?:{_TO}|(?P<and>และ))(?:{_QUARTER})?(?P<last>[1-4]))?{_OF_THE_YEAR}",
            _quarters,
        ),
        (rf"{_BEFORE}(?:วันที่)?(?P<since>[0-9]{{1,2}}){_TO}{_end('end')}", _days_of_a_month),
        (rf"{_BEFORE}{_end('end')}", _by_an_end),
        (rf"{_BEFORE}(?:ตั้งแต่|ระหว่าง)?{_end('start')}{_TO}{_end('end')}", _from_start_to_end),
    )
)
