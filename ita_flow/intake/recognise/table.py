"""The rows of the tables of measures: across page breaks, merged cells and the headings of areas between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ita_flow.intake.notebook import Notebook, found, needed, place
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.area_names import row_of_area, speaks_of_an_area
from ita_flow.intake.recognise.columns import Columns, headings_of, reads_as
from ita_flow.intake.recognise.headings import HEADINGS
from ita_flow.intake.recognise.known_units import NOBODY, KnownUnits
from ita_flow.intake.recognise.limitations import is_heading_of_limitations

REQUIRED = ("area", "title", "responsible", "window")
SIGNS_OF_A_MEASURE = ("area", "responsible", "window")
FEWEST_SIGNS = 2

_PAGE_NUMBER = re.compile(r"(?:หน้า\s?)?[-–(]?\s?[0-9๐-๙]{1,4}\s?[-–)]?")


@dataclass(frozen=True)
class Row:
    """A row of the table with its cells by field; a missing cell is an empty one."""

    line: int
    cells: dict[str, str]
    columns: Columns
    lines: dict[str, int]
    """Where each field stands; the area may stand further up."""

    def place_of(self, field: str, notebook: Notebook) -> str:
        return notebook.place_of(self.line, self.columns.name_of(field))


@dataclass
class _Table:
    """What is known while the lines are gone through from the first to the last."""

    notebook: Notebook
    known: KnownUnits
    rows: list[Row] = field(default_factory=list)
    columns: Columns | None = None
    area: tuple[str, int] = ("", 0)
    is_open: bool = False
    """Whether the rows follow their heading or other rows; else they must show by themselves what they are."""


def rows_of(lines: Sequence[Line], notebook: Notebook, known: KnownUnits = NOBODY) -> list[Row]:
    """All rows of all tables of measures, each with the area that stands beside it or above it."""
    headings = headings_of(lines, known)
    if not headings:
        notebook.problem(place("place_document"), found("found_nothing"), needed("needed_table"))
        return []
    table = _Table(notebook, known)
    for line in lines:
        if line.number in headings:
            table.columns, table.is_open = headings[line.number] or table.columns, True
        else:
            _take(line, table)
    for columns in filter(None, headings.values()):
        _require_columns(columns, table)
    if not table.rows:
        notebook.problem(notebook.place_of(min(headings)), found("found_nothing"), needed("needed_area_row"))
    return table.rows


def _take(line: Line, table: _Table) -> None:
    if line.is_blank or table.columns is None or _PAGE_NUMBER.fullmatch(line.text):
        return
    texts = [(index, cell) for index, cell in enumerate(line.cells) if cell]
    if is_heading_of_limitations(line):
        table.columns = None
    elif len({cell for _, cell in texts}) == 1:
        _take_only_text(*texts[0], line, table)
    elif _belongs(line, table):
        table.is_open = True
        _add(_row(line, table.columns, table), table)
    else:
        table.is_open = False
        if len(line.cells) == len(table.columns.names):
            table.notebook.doubt("row_left_out", line.number, line.text)


def _take_only_text(index: int, text: str, line: Line, table: _Table) -> None:
    """Words alone in their row are the heading of an area, the rest of a cut row, or no part of the table."""
    assert table.columns
    if row_of_area(text, line.number, table.notebook):
        table.area = (text, line.number)
        table.is_open = table.is_open and line.is_row
    elif table.is_open and line.is_row and speaks_of_an_area(text) and index in (0, table.columns.places.get("area")):
        table.notebook.problem(table.notebook.place_of(line), text, needed("needed_area"))
    elif table.is_open and index and index in table.columns.places.values():
        _add(_row(line, table.columns, table), table)
    else:
        table.is_open = False


def _belongs(line: Line, table: _Table) -> bool:
    """Whether a row is one of this table, even when prose, as the foot of a page, interrupted the table."""
    assert table.columns
    is_whole = len(line.cells) == len(table.columns.names)
    cells = _cells(line, table.columns)
    if table.is_open and (is_whole or not cells.get("area")):
        return True
    signs = sum(reads_as(field, cells.get(field, ""), table.known) for field in SIGNS_OF_A_MEASURE)
    return signs >= FEWEST_SIGNS or (is_whole and speaks_of_an_area(cells.get("area", "")))


def _cells(line: Line, columns: Columns) -> dict[str, str]:
    return {field: line.cells[index] if index < len(line.cells) else "" for field, index in columns.places.items()}


def _row(line: Line, columns: Columns, table: _Table) -> Row:
    if any(line.cells[len(columns.names) :]):
        table.notebook.problem(
            table.notebook.place_of(line),
            found("found_cells", count=len(line.cells)),
            needed("needed_cells", count=len(columns.names)),
        )
    cells = _cells(line, columns)
    return Row(line.number, cells, columns, dict.fromkeys(cells, line.number))


def _add(row: Row, table: _Table) -> None:
    """Take a row in: what a page break cut off goes to the row above, an empty area is the one above."""
    if table.rows and not any(row.cells.get(field) for field in REQUIRED):
        table.rows[-1] = replace(table.rows[-1], cells=_joined_cells(table.rows[-1].cells, row.cells))
        return
    if row.cells.get("area"):
        table.area = (row.cells["area"], row.line)
    area, line = table.area
    lines = row.lines | ({"area": line} if area else {})
    table.rows.append(replace(row, cells=row.cells | {"area": area}, lines=lines))


def _joined_cells(above: dict[str, str], below: dict[str, str]) -> dict[str, str]:
    return {field: f"{text} {below.get(field, '')}".strip() for field, text in above.items()}


def _require_columns(columns: Columns, table: _Table) -> None:
    """Every table needs its columns; the areas may stand in rows of their own instead."""
    own = [row for row in table.rows if row.columns is columns]
    missing = [field for field in REQUIRED if field not in columns.places]
    if "area" in missing and own and all(row.cells["area"] for row in own):
        missing.remove("area")
    if missing:
        table.notebook.problem(
            table.notebook.place_of(columns.line),
            found("found_columns", columns=", ".join(" ".join(name.split()) for name in columns.names if name)),
            needed("needed_columns", columns=", ".join(HEADINGS[field][0] for field in missing)),
        )
