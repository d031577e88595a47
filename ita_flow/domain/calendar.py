"""Fiscal years, windows and working days.

Days are days in Bangkok. The Buddhist era is 543 years ahead of the common era and appears here only
as the name of a fiscal year; every date is an ordinary ``datetime.date``.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA_OFFSET = 543
FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR = 2500, 2700
FIRST_MONTH = 10
SATURDAY = 5


class WindowKind(StrEnum):
    """How long a measure has: the two windows every plan knows, or dates of its own."""

    FIRST_HALF = "first_half"
    FULL_YEAR = "full_year"
    CUSTOM = "custom"


@dataclass(frozen=True)
class Window:
    """The days in which a measure is to be carried out; its last day is the due date."""

    kind: WindowKind
    starts_on: date
    ends_on: date


@dataclass(frozen=True, order=True)
class FiscalYear:
    """The Thai fiscal year 2567 runs from 1 October 2023 to 30 September 2024."""

    buddhist_year: int

    def __post_init__(self) -> None:
        if not FIRST_FISCAL_YEAR <= self.buddhist_year <= LAST_FISCAL_YEAR:
            raise ValueError(f"{self.buddhist_year} is not a Buddhist year")

    @classmethod
    def containing(cls, day: date) -> FiscalYear:
        return cls(day.year + BUDDHIST_ERA_OFFSET + (day.month >= FIRST_MONTH))

    @property
    def starts_on(self) -> date:
        return date(self._common_year - 1, FIRST_MONTH, 1)

    @property
    def first_half_ends_on(self) -> date:
        return date(self._common_year, 3, 31)

    @property
    def ends_on(self) -> date:
        return date(self._common_year, 9, 30)

    @property
    def first_half(self) -> Window:
        return Window(WindowKind.FIRST_HALF, self.starts_on, self.first_half_ends_on)

    @property
    def full_year(self) -> Window:
        return Window(WindowKind.FULL_YEAR, self.starts_on, self.ends_on)

    @property
    def _common_year(self) -> int:
        return self.buddhist_year - BUDDHIST_ERA_OFFSET

    def window(self, starts_on: date, ends_on: date) -> Window:
        """These days as a window, called by its common name when it is a half or the year."""
        for known in (self.first_half, self.full_year):
            if (known.starts_on, known.ends_on) == (starts_on, ends_on):
                return known
        return Window(WindowKind.CUSTOM, starts_on, ends_on)


def bangkok_day(moment: datetime) -> date:
    """The day in Bangkok on which this moment falls."""
    return moment.astimezone(BANGKOK).date()


def bangkok_moment(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """That time of that day in Bangkok, in UTC."""
    return datetime.combine(day, time(hour, minute), BANGKOK).astimezone(UTC)


def is_working_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def last_working_day(day: date, holidays: Container[date]) -> date:
    """The day itself when people work on it, else the nearest working day before."""
    while not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return day


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The day itself when people work on it, else the nearest working day after."""
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """Working days after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)
