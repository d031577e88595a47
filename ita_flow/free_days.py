"""The public holidays on which government offices are closed, beside Saturdays and Sundays.

The list comes with a package and is forecast for coming years; the cabinet may still change a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

CATEGORIES = ("public", "government")
DAYS_ON_WHICH_OFFICES_WORK = ("วันแรงงานแห่งชาติ", "วันเด็กแห่งชาติ")
"""In the package's list, yet state offices are open on them; also when they are made up for on another day."""


def free_days(years: Iterable[int]) -> frozenset[date]:
    """The holidays of government offices in these years of the common era."""
    return frozenset[date]().union(*(_holidays_of(year) for year in years))


def free_days_around(*days: date) -> frozenset[date]:
    """The holidays of the years of these days, with the year before and the year after each."""
    return free_days({year for day in days for year in range(day.year - 1, day.year + 2)})


@cache
def _holidays_of(year: int) -> frozenset[date]:
    import holidays  # takes a tenth of a second, and most commands look at no holiday

    known = holidays.country_holidays("TH", years=year, categories=CATEGORIES, language="th")
    return frozenset(day for day in known if any(_is_free(name) for name in known.get_list(day)))


def _is_free(name: str) -> bool:
    return not any(working_day in name for working_day in DAYS_ON_WHICH_OFFICES_WORK)
