"""Days as people write them, in the Buddhist or the common era, become ordinary dates."""

from __future__ import annotations

import re
from datetime import date

from ita_flow.domain.calendar import BUDDHIST_ERA_OFFSET
from ita_flow.domain.months import CENTURY_OF_SHORT_YEARS, ENGLISH_MONTH, ERA, MONTH, month_number
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import arabic_digits, tidy

LONGEST_DATE = 40
BUDDHIST_YEARS = range(2400, 2701)
COMMON_YEARS = range(1900, 2201)

_WAYS_OF_WRITING = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(rf"(?P<day>[0-9]{{1,2}}) ?(?P<month>{MONTH}) ?{ERA} ?(?P<year>[0-9]{{4}}|[0-9]{{2}})"),
    re.compile(rf"(?P<day>[0-9]{{1,2}}) ?(?P<month>{ENGLISH_MONTH}),? ?(?P<year>[0-9]{{4}}|[0-9]{{2}})", re.IGNORECASE),
)


def read_date(text: str) -> date:
    """The day of ``2567-03-15``, ``2024-03-15``, ``15/3/2567``, ``15/3/67``, ``๑๕ มีนาคม ๒๕๖๗``, ``15 March 2567``.

    Raises ``Invalid`` with the key ``date_unreadable``, ``date_year_unclear`` or ``date_impossible``.
    """
    written = arabic_digits(tidy(text[:LONGEST_DATE]))
    for way in _WAYS_OF_WRITING:
        match = way.fullmatch(written)
        if match:
            return _day(match, text)
    raise Invalid("date_unreadable", text=text[:LONGEST_DATE])


def _day(match: re.Match[str], text: str) -> date:
    month = month_number(match["month"])
    try:
        return date(_common_year(match["year"], text), month, int(match["day"]))
    except ValueError:
        raise Invalid("date_impossible", text=text) from None


def _common_year(digits: str, text: str) -> int:
    year = int(digits) + (CENTURY_OF_SHORT_YEARS if len(digits) == 2 else 0)
    if year in BUDDHIST_YEARS:
        return year - BUDDHIST_ERA_OFFSET
    if year in COMMON_YEARS:
        return year
    raise Invalid("date_year_unclear", text=text)
