"""What people type into a plan, read by the same rules as a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import arabic_digits, tidy
from ita_flow.intake.recognise import items as recognise

LONGEST_TITLE = 500
LONGEST_TEXT = 10_000
LONGEST_SNIPPET = 60
MOST_ITEMS = 60

_YEAR_OF_ITEM = re.compile(r"(\S.{0,11}?)\s?\((?:พ\.ศ\.)?\s?([0-9๐-๙]{4})\)\s?(.*)")


@dataclass(frozen=True)
class TypedItem:
    """An item as a person cites it; the code means something only with its year (BE)."""

    code: str
    title: str
    year: int


def tidy_lines(text: str) -> str:
    """Each line as it is meant to be read, without blank lines around and more than one between."""
    lines = [tidy(line) for line in text.splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip()


def read_text(text: str, field: str, longest: int = LONGEST_TEXT) -> str:
    """The text tidied. Raises ``Invalid`` with the key ``text_too_long``."""
    read = tidy_lines(text)
    if len(read) > longest:
        raise Invalid("text_too_long", field, length=len(read), limit=longest)
    return read


def read_title(text: str, field: str = "title") -> str:
    """A text of one line."""
    return read_text(" ".join(text.split()), field, LONGEST_TITLE)


def read_items(text: str, year: int, field: str = "items") -> tuple[TypedItem, ...]:
    """The items that stand one on a line, as ``O11 แผนดำเนินงาน`` or, of another year, ``O34 (2566) การประเมิน``.

    Raises ``Invalid`` with the key ``item_unreadable``, ``items_too_many`` or ``text_too_long``.
    """
    items = [item for line in read_text(text, field).splitlines() if line for item in _items_of_line(line, year, field)]
    if len(items) > MOST_ITEMS:
        raise Invalid("items_too_many", field, most=MOST_ITEMS)
    return tuple(items)


def _items_of_line(line: str, year: int, field: str) -> list[TypedItem]:
    """A line is read for itself, so that words without a code are no title of the item above."""
    plain, year = _without_year(line, year)
    read = recognise.read_items(plain, 0, are_numbers_codes=True)
    if read.unreadable or read.bad_ranges:
        raise Invalid("item_unreadable", field, text=line[:LONGEST_SNIPPET])
    return [TypedItem(item.code, item.title, year) for item in read.items]


def _without_year(line: str, year: int) -> tuple[str, int]:
    """The line without the year that stands behind its code, and that year; else the usual one."""
    match = _YEAR_OF_ITEM.fullmatch(line)
    named = int(arabic_digits(match[2])) if match else 0
    if match and FIRST_FISCAL_YEAR <= named <= LAST_FISCAL_YEAR:
        return f"{match[1]} {match[3]}".strip(), named
    return line, year


def item_as_typed(code: str, title: str, year: int, usual_year: int) -> str:
    """An item as its line stands in the form; the year is told only where it is not the usual one."""
    return " ".join(part for part in (code, f"({year})" if year != usual_year else "", title) if part)
