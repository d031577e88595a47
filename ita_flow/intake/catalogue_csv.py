"""The catalogue of items of public disclosure as a spreadsheet program writes it: each row read for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ita_flow.domain.calendar import BUDDHIST_ERA_OFFSET, FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR
from ita_flow.domain.refusals import Invalid, Refusal
from ita_flow.domain.thai import arabic_digits, comparison_key, tidy
from ita_flow.intake.by_hand import read_title
from ita_flow.intake.pasted_tables import rows_of, text_of
from ita_flow.intake.recognise.items import read_items

MOST_BYTES = 512 * 1024
MOST_ROWS = 1_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "year": ("ปี", "ปี พ.ศ.", "พ.ศ.", "ปีงบประมาณ", "ปีที่ประเมิน"),
    "code": ("รหัส", "รหัสข้อ", "ข้อ", "ข้อที่", "OIT"),
    "title": ("ชื่อข้อ", "ชื่อ", "หัวข้อ", "ประเด็น", "ข้อมูล"),
}
"""The columns in the order of the template, each with other names under which it is known."""

_NAMES = {comparison_key(name): column for column, names in COLUMNS.items() for name in (column, *names)}


@dataclass(frozen=True)
class ItemLine:
    """What one row says. ``number`` is the row as a spreadsheet counts it: the heading is row 1."""

    number: int
    year: int
    code: str
    title: str


@dataclass(frozen=True)
class LineProblem:
    """Why a row cannot be taken."""

    number: int
    refusal: Refusal


@dataclass(frozen=True)
class ReadCatalogue:
    """All rows that could be read, and what is wrong with the others."""

    lines: Sequence[ItemLine]
    problems: Sequence[LineProblem]


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, else the older Thai code page. Raises Invalid."""
    if len(content) > MOST_BYTES:
        raise Invalid("catalogue_too_large", field="file")
    text = text_of(content)
    if text is None or "\0" in text:
        raise Invalid("catalogue_not_text", field="file")
    return text


def read_catalogue(text: str) -> ReadCatalogue:
    """The rows of a catalogue; raises Invalid for what is none at all."""
    rows = list(_rows(text))
    if not rows:
        raise Invalid("catalogue_empty", field="text")
    if len(rows) > MOST_ROWS + 1:
        raise Invalid("catalogue_too_long", field="text", count=len(rows) - 1, most=MOST_ROWS)
    columns = _columns(rows[0][1])
    lines: dict[tuple[int, str], ItemLine] = {}
    problems: list[LineProblem] = []
    for number, cells in rows[1:]:
        try:
            line = _line(number, {column: cells[place] for column, place in columns.items() if place < len(cells)})
            _refuse_twice(line, lines)
            lines[line.year, line.code] = line
        except Invalid as refusal:
            problems.append(LineProblem(number, refusal))
    if not (lines or problems):
        raise Invalid("catalogue_empty", field="text")
    return ReadCatalogue(list(lines.values()), problems)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, with their numbers."""
    if len(text) > MOST_BYTES:
        raise Invalid("catalogue_too_large", field="text")
    if "\0" in text:
        raise Invalid("catalogue_not_text", field="text")
    for number, cells in rows_of(text, lambda head: _column(head) is not None, unreadable="catalogue_not_text"):
        yield number, [tidy(cell) for cell in cells]


def _column(head: str) -> str | None:
    return _NAMES.get(comparison_key(head.strip().strip('"')))


def _columns(heads: Sequence[str]) -> Mapping[str, int]:
    """The place of each column; the first where two heads mean the same."""
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        column = _column(head)
        if column:
            places.setdefault(column, place)
    missing = [names[0] for column, names in COLUMNS.items() if column not in places]
    if missing:
        found = ", ".join(head for head in heads if head)[:200]
        raise Invalid("catalogue_columns_missing", field="text", missing=", ".join(missing), found=found)
    return places


def _line(number: int, cells: Mapping[str, str]) -> ItemLine:
    title = read_title(cells.get("title", ""))
    if not title:
        raise Invalid("catalogue_title_missing")
    return ItemLine(number, _year(cells.get("year", "")), _code(cells.get("code", "")), title)


def _year(cell: str) -> int:
    """The Buddhist year in a cell such as ``2567``, ``๒๕๖๗`` or ``พ.ศ. 2567``."""
    digits = arabic_digits(cell).replace("พ.ศ.", "").replace("ปี", "").strip()
    year = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else 0
    if FIRST_FISCAL_YEAR <= year <= LAST_FISCAL_YEAR:
        return year
    if FIRST_FISCAL_YEAR <= year + BUDDHIST_ERA_OFFSET <= LAST_FISCAL_YEAR:
        raise Invalid("catalogue_year_of_other_era", year=year, meant=year + BUDDHIST_ERA_OFFSET)
    raise Invalid("catalogue_year_unreadable", text=cell[:40])


def _code(cell: str) -> str:
    """The one code in a cell, in any of the spellings that documents know; a number alone is one too."""
    read = read_items(cell, 0, are_numbers_codes=True)
    codes = {item.code for item in read.items if not item.title}
    if len(codes) != 1 or len(read.items) != 1 or read.unreadable or read.bad_ranges:
        raise Invalid("catalogue_code_unreadable", text=cell[:40])
    return codes.pop()


def _refuse_twice(line: ItemLine, lines: Mapping[tuple[int, str], ItemLine]) -> None:
    other = lines.get((line.year, line.code))
    if other:
        raise Invalid("catalogue_code_twice", code=line.code, year=line.year, other=other.number)
