"""The Thai months in all their spellings, and the years that people write beside them."""

from __future__ import annotations

import re

from ita_flow.domain.calendar import BUDDHIST_ERA_OFFSET, FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR

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
CENTURY_OF_SHORT_YEARS = 2500


def _spellings(full: str, short: str) -> tuple[str, ...]:
    """The name, and its short form with both dots, with either of them or with none."""
    bare = short.replace(".", "")
    return full, short, short.rstrip("."), f"{bare}.", bare


MONTH_NUMBERS = {spelling: number for number, names in enumerate(MONTHS, start=1) for spelling in _spellings(*names)}
MONTH = "|".join(map(re.escape, sorted(MONTH_NUMBERS, key=len, reverse=True)))
"""A pattern for any month, the longest spelling first."""

ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ENGLISH_NUMBERS = {
    spelling: number
    for number, name in enumerate(ENGLISH_MONTHS, start=1)
    for spelling in (name.lower(), name[:3].lower(), f"{name[:3].lower()}.")
}
"""In days that people type; documents are Thai."""

ENGLISH_MONTH = "|".join(map(re.escape, sorted(ENGLISH_NUMBERS, key=len, reverse=True)))

ERA = r"(?:พ\.?ศ\.?|ค\.?ศ\.?)?"


def month_number(written: str) -> int:
    """The month that a name or digits mean, which may be none of the twelve."""
    return MONTH_NUMBERS.get(written) or ENGLISH_NUMBERS.get(written.lower()) or int(written)


def buddhist_year(digits: str) -> int | None:
    """The year in the Buddhist era, whichever era it was written in; short ones are Buddhist. None for neither."""
    written = int(digits) + (CENTURY_OF_SHORT_YEARS if len(digits) == len("67") else 0)
    for year in (written, written + BUDDHIST_ERA_OFFSET):
        if FIRST_FISCAL_YEAR <= year <= LAST_FISCAL_YEAR:
            return year
    return None
