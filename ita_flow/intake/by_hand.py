"""What people type into a plan, read by the same rules as a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from ita_flow.domain.calendar import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR
from ita_flow.domain.plan_limits import LONGEST_TEXT, LONGEST_TITLE, MOST_ITEMS
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import arabic_digits, tidy
from ita_flow.intake.recognise import items as recognise
from ita_flow.intake.repairs import PiledMarks, repaired

LONGEST_SNIPPET = 60

_YEAR_OF_ITEM = re.compile(r"(\S.{0,11}?)\s?\((?:พ\.ศ\.)?\s?([0-9๐-๙]{4})\)\s?(.*)")


class _Cited(Protocol):
    code: str
    title: str
    year: int


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


def mended(text: str, field: str) -> str:
    """The text with the same characters put right as in a document.

    Raises ``Invalid`` with the key ``document_marks_piled``.
    """
    try:
        lines, _repairs = repaired(text.splitlines())
    except PiledMarks as problem:
        raise Invalid(problem.key, field, **problem.values) from None
    return "\n".join(lines)


def read_text(text: str, field: str, longest: int = LONGEST_TEXT, kept: str = "") -> str:
    """The text mended and tidied. Raises ``Invalid`` with the key ``text_too_long`` or ``document_marks_piled``.

    ``kept``: the text as it stands, which may stay however long it is.
    """
    read = tidy_lines(mended(text, field))
    if len(read) > longest and read != tidy_lines(mended(kept, field)):
        raise Invalid("text_too_long", field, length=len(read), limit=longest)
    return read


def read_title(text: str, field: str = "title", kept: str = "") -> str:
    """A text of one line; ``kept`` as for ``read_text``."""
    return read_text(" ".join(text.split()), field, LONGEST_TITLE, " ".join(kept.split()))


def read_items(text: str, year: int, field: str = "items", kept: str = "") -> tuple[TypedItem, ...]:
    """The items that stand one on a line, as ``O11 แผนดำเนินงาน`` or, of another year, ``O34 (2566) การประเมิน``.

    ``kept``: those that stand already, in the same form; they may stay however many they are.
    Raises ``Invalid`` with the key ``item_unreadable``, ``items_too_many`` or ``text_too_long``.
    """
    lines = read_text(text, field, kept=kept).splitlines()
    items = [item for line in lines if line for item in _items_of_line(line, year, field)]
    if len(items) > max(MOST_ITEMS, len(kept.splitlines())):
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


def items_as_typed(items: Iterable[_Cited], usual_year: int) -> str:
    """The items as they stand in the form, one on a line."""
    return "\n".join(item_as_typed(item.code, item.title, item.year, usual_year) for item in items)


def item_as_typed(code: str, title: str, year: int, usual_year: int) -> str:
    """An item as its line stands in the form; the year is told only where it is not the usual one."""
    return " ".join(part for part in (code, f"({year})" if year != usual_year else "", title) if part)
