"""The public holidays on which government offices are closed, beside Saturdays and Sundays.

The list comes with a package and is forecast for coming years; the cabinet may still change a year, so an agency
keeps a table of its own over it.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

CATEGORIES = ("public", "government")
LABOUR_DAY = "วันแรงงานแห่งชาติ"
CHILDRENS_DAY = "วันเด็กแห่งชาติ"
DAYS_ON_WHICH_OFFICES_WORK = (LABOUR_DAY, CHILDRENS_DAY)
"""In the package's list, yet state offices are open on them; also when they are made up for on another day."""


@dataclass(frozen=True)
class FreeDays(Container[date]):
    """The holidays of an office, of any year: those of the package, with the office's own days over them."""

    own: Mapping[date, bool] = field(default_factory=dict)
    """Days of which the office says itself whether it is closed on them."""

    also: Collection[str] = ()
    """Which of the days on which offices usually work are holidays here."""

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return self.own.get(day, self._is_in_the_package(day))

    def _is_in_the_package(self, day: date) -> bool:
        return any(self.closes_on(name) for name in holidays_of(day.year).get(day, ()))

    def closes_on(self, name: str) -> bool:
        """Whether the office is closed on a holiday of this name, also when it is made up for on another day."""
        known = known_name(name)
        return known is None or known in self.also


USUAL = FreeDays()
"""What holds where an office has said nothing."""


def known_name(name: str) -> str | None:
    """Which of the days that offices differ on it is, also when it is made up for on another day."""
    return next((known for known in DAYS_ON_WHICH_OFFICES_WORK if known in name), None)


@cache
def holidays_of(year: int) -> Mapping[date, tuple[str, ...]]:
    """The holidays of a year of the common era by their names, with those on which offices work."""
    import holidays  # takes a tenth of a second, and most commands look at no holiday

    known = holidays.country_holidays("TH", years=year, categories=CATEGORIES, language="th")
    return {day: tuple(known.get_list(day)) for day in sorted(known)}
