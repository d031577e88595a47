"""The holidays of a year as an office keeps them: those that come with the program, and its own table over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ita_flow.domain.calendar import SATURDAY
from ita_flow.domain.holidays import HolidaySource
from ita_flow.free_days import FreeDays, holidays_of, known_name
from ita_flow.models.calendar import Holiday
from ita_flow.models.people import Agency
from ita_flow.queries.free_days import free_days_of


@dataclass(frozen=True)
class HolidayRow:
    """A day of the list or of the table: what it is called, where it is from, and whether the office is closed."""

    day: date
    name: str
    source: HolidaySource
    is_free: bool

    @property
    def is_closed(self) -> bool:
        """Also on a Saturday or Sunday that is no holiday here."""
        return self.is_free or self.day.weekday() >= SATURDAY


def holidays_in(agency: Agency, year: int) -> Sequence[HolidayRow]:
    """The days of a year of the common era, by day. At most one statement."""
    free_days, own = free_days_of(agency), {holiday.day: holiday for holiday in agency.holidays}
    listed = holidays_of(year)
    days = sorted({*listed, *(day for day in own if day.year == year)})
    return [_row(day, listed, own.get(day), free_days) for day in days]


def listed_name(agency: Agency, day: date) -> str | None:
    """What a day is called on which the program's list closes this office; None where it does not."""
    names = holidays_of(day.year).get(day, ())
    usual = FreeDays(also=free_days_of(agency).also)
    return _joined(names) if day in usual else None


def name_of_holiday(agency: Agency, day: date) -> str:
    """What a day is called on which the office is closed; the agency's own word goes before the list."""
    own = next((holiday.name for holiday in agency.holidays if holiday.day == day), None)
    return own or _joined(holidays_of(day.year).get(day, ()))


def seen_switches(agency: Agency) -> str:
    """How the agency stands to the days that offices differ on, as a page shows it."""
    return f"{agency.closes_on_labour_day} {agency.closes_on_childrens_day}"


def _joined(names: Sequence[str]) -> str:
    return " / ".join(names)


def _row(day: date, listed: Mapping[date, Sequence[str]], own: Holiday | None, free_days: FreeDays) -> HolidayRow:
    names = listed.get(day, ())
    if own:
        return HolidayRow(day, own.name, HolidaySource.OWN, own.is_free)
    is_switched = all(known_name(name) for name in names)
    return HolidayRow(
        day, _joined(names), HolidaySource.SWITCHED if is_switched else HolidaySource.LIST, day in free_days
    )
