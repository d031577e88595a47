"""Which fiscal years a plan or a result can speak of, as seen from a day."""

from __future__ import annotations

from datetime import date

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, FiscalYear

FIRST_PLANNED_YEAR = 2560
YEARS_AHEAD = 1


def last_planned_year(today: date) -> int:
    """The last year (BE) whose plan can be begun on that day: the one after the present."""
    return FiscalYear.containing(today).buddhist_year + YEARS_AHEAD


def may_begin(year: int, today: date) -> bool:
    """Whether a plan of this fiscal year (BE) can be begun on that day."""
    return FIRST_PLANNED_YEAR <= year <= last_planned_year(today)


def can_be_assessed(year: int, today: date) -> bool:
    """Whether a result of that year (BE) can exist on that day."""
    return FIRST_FISCAL_YEAR <= year <= FiscalYear.containing(today).buddhist_year
