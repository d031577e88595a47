"""A plan of one fiscal year carried into another: the same part of the year, and its name written anew."""

from __future__ import annotations

import re
from datetime import date

from ita_flow.domain.calendar import BUDDHIST_ERA_OFFSET, FIRST_MONTH, FiscalYear, Window, WindowKind
from ita_flow.domain.months import MONTHS
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import THAI_DIGITS, arabic_digits, thai_digits
from ita_flow.domain.windows import window_from_phrase

_YEAR = re.compile(r"(?<![0-9๐-๙])[0-9๐-๙]{4}(?![0-9๐-๙])")


def moved_day(day: date, to: FiscalYear) -> date:
    """The same day of that fiscal year; 29 February becomes the 28th where the year has none."""
    year = (to.starts_on if day.month >= FIRST_MONTH else to.ends_on).year
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def moved_window(window: Window, to: FiscalYear) -> Window:
    """The same part of that fiscal year."""
    if window.kind is WindowKind.FIRST_HALF:
        return to.first_half
    if window.kind is WindowKind.FULL_YEAR:
        return to.full_year
    return to.window(moved_day(window.starts_on, to), moved_day(window.ends_on, to))


def moved_phrase(phrase: str, window: Window, since: FiscalYear, to: FiscalYear) -> str:
    """The phrase with the years that it names moved along; put anew where it would not mean the window (of ``to``)."""
    moved = _YEAR.sub(lambda match: _moved_year(match[0], since, to), phrase)
    try:
        is_meant = window_from_phrase(moved, to) == window
    except Invalid:
        is_meant = False
    return moved if is_meant else phrase_of(window, to)


def phrase_of(window: Window, year: FiscalYear) -> str:
    """How a window is written in a plan of this fiscal year, so that it reads back to the same days."""
    if window.kind is WindowKind.FIRST_HALF:
        return f"ภายใน 6 เดือนแรกของปีงบประมาณ พ.ศ. {year.buddhist_year}"
    if window.kind is WindowKind.FULL_YEAR:
        return f"ตลอดปีงบประมาณ พ.ศ. {year.buddhist_year}"
    if window.starts_on == year.starts_on:
        return f"ภายในวันที่ {_written(window.ends_on)}"
    return f"{_written(window.starts_on)} ถึง {_written(window.ends_on)}"


def names_year(text: str, year: FiscalYear) -> bool:
    """Whether the text speaks of this Buddhist year, in either script."""
    return any(int(arabic_digits(found)) == year.buddhist_year for found in _YEAR.findall(text))


def _moved_year(written: str, since: FiscalYear, to: FiscalYear) -> str:
    """Both years in which the fiscal year lies are moved, in either era; other numbers stay."""
    year = int(arabic_digits(written))
    of_old = {since.buddhist_year - 1, since.buddhist_year}
    if year not in of_old and year + BUDDHIST_ERA_OFFSET not in of_old:
        return written
    moved = str(year + to.buddhist_year - since.buddhist_year)
    return thai_digits(moved) if written[0] in THAI_DIGITS else moved


def _written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][0]} {day.year + BUDDHIST_ERA_OFFSET}"
