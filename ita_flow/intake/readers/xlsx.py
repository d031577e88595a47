"""Workbooks: the visible sheets in their order, and of each what a person who opens it sees.

Hidden sheets, rows and columns are not read, which is told. A merged cell has its text in its first place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers.archive import Archive, attribute, child, is_on, local_name, number_of
from ita_flow.intake.readers.cells import Cells, column_of, reference_of
from ita_flow.intake.readers.grid import lines_of
from ita_flow.intake.readers.lines import MOST_COLUMNS, Place, Transcript, plain, refuse_too_much

LONGEST_NAME = 40
MOST_NUMBERS_TOLD = 10
_WORKSHEET = "/worksheet"


@dataclass
class _Sheet:
    """The texts of a sheet by row and column, from 1."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: dict[int, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_workbook(archive: Archive, part: str, transcript: Transcript) -> None:
    cells = Cells.of(archive, part)
    hidden = []
    for name, sheet_part, is_hidden in _sheets(archive, part):
        if is_hidden:
            hidden.append(name)
        else:
            _transcribe(name, _sheet(archive, sheet_part, cells), transcript)
    for name in hidden:
        transcript.remark("hidden_sheet", name)


def _sheets(archive: Archive, part: str) -> Iterator[tuple[str, str, bool]]:
    relations = archive.relations(part)
    for sheet in list(archive.elements(part, "sheet")):
        kind, target = relations.get(attribute(sheet, "id") or "", ("", ""))
        if kind.endswith(_WORKSHEET) and archive.holds(target):
            name = plain(sheet.get("name", "")).replace("\n", " ")[:LONGEST_NAME]
            yield name, target, sheet.get("state", "visible") != "visible"


def _sheet(archive: Archive, part: str, cells: Cells) -> _Sheet:
    sheet = _Sheet()
    number = 0
    for element in archive.elements(part, "col", "row", "mergeCell"):
        if local_name(element) == "col":
            _note_hidden(element, sheet)
        elif local_name(element) == "mergeCell":
            sheet.merged.append(reference_of(element.get("ref", "")))
        else:
            number = number_of(element, "r", default=number + 1)
            _read_row(element, number, cells, sheet)
    _empty_covered_cells(sheet)
    return sheet


def _note_hidden(column: Element, sheet: _Sheet) -> None:
    if _is_hidden(column):
        first, last = number_of(column, "min"), min(number_of(column, "max"), MOST_COLUMNS)
        sheet.hidden_columns.update(range(first, last + 1))


def _is_hidden(element: Element) -> bool:
    return attribute(element, "hidden") is not None and is_on(element, "hidden")


def _read_row(element: Element, number: int, cells: Cells, sheet: _Sheet) -> None:
    row: dict[int, str] = {}
    column = 0
    for cell in element:
        column = column_of(cell.get("r", ""), default=column + 1)
        text = cells.text_of(cell)
        if not text:
            continue
        if column > MOST_COLUMNS:
            raise Invalid("document_too_wide", most=MOST_COLUMNS)
        row[column] = text
        if child(cell, "f") is not None and not cells.has_value(cell):
            sheet.formulas.setdefault(number, text)
    if row:
        sheet.rows[number] = row
        refuse_too_much(len(sheet.rows), 0)
    if row and _is_hidden(element):
        sheet.hidden_rows.append(number)


def _empty_covered_cells(sheet: _Sheet) -> None:
    numbers = sorted(sheet.rows)
    for top, left, bottom, right in sheet.merged:
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            row = sheet.rows[number]
            for column in [one for one in row if left <= one <= right and (number, one) != (top, left)]:
                del row[column]


def _transcribe(name: str, sheet: _Sheet, transcript: Transcript) -> None:
    rows = [
        (number, _in_columns(row, sheet.hidden_columns))
        for number, row in sorted(sheet.rows.items())
        if number not in set(sheet.hidden_rows)
    ]
    for number, cells in lines_of(rows):
        place = Place("place_sheet_row", {"sheet": name, "row": number})
        if not cells:
            transcript.add_blank(place)
            continue
        transcript.add(cells, place)
        if number in sheet.formulas:
            transcript.remark("formula", sheet.formulas[number])
    _tell_hidden(name, sheet, transcript)


def _in_columns(row: dict[int, str], hidden: set[int]) -> list[str]:
    return [row.get(column, "") for column in range(1, max(row, default=0) + 1) if column not in hidden]


def _tell_hidden(name: str, sheet: _Sheet, transcript: Transcript) -> None:
    filled = {column for row in sheet.rows.values() for column in row}
    if sheet.hidden_rows:
        transcript.remark("hidden_rows", _numbers(sheet.hidden_rows), sheet=name)
    if sheet.hidden_columns & filled:
        transcript.remark("hidden_columns", _numbers(sorted(sheet.hidden_columns & filled)), sheet=name)


def _numbers(numbers: list[int]) -> str:
    """The first of the numbers, as people list them."""
    told = ", ".join(map(str, numbers[:MOST_NUMBERS_TOLD]))
    return told if len(numbers) <= MOST_NUMBERS_TOLD else f"{told}…"
