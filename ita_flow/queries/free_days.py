"""The free days of an agency: those that come with the program, with its own table over them."""

from __future__ import annotations

from ita_flow.free_days import CHILDRENS_DAY, LABOUR_DAY, FreeDays
from ita_flow.models.people import Agency


def free_days_of(agency: Agency) -> FreeDays:
    """At most one statement; the table is kept with the agency while a request lasts."""
    switched = {LABOUR_DAY: agency.closes_on_labour_day, CHILDRENS_DAY: agency.closes_on_childrens_day}
    return FreeDays(
        own={holiday.day: holiday.is_free for holiday in agency.holidays},
        also=tuple(name for name, is_free in switched.items() if is_free),
    )
