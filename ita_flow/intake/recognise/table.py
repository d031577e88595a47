"""The table of measures: its columns by what their headings mean, its rows across page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ita_flow.domain.areas import AREAS
from ita_flow.domain.thai import comparison_key
from ita_flow.intake.notebook import Notebook, found, needed, place
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.layout import numbered

HEADINGS: dict[str, tuple[str, ...]] = {
    "area": ("หัวข้อการวิเคราะห์", "ประเด็นการวิเคราะห์", "ประเด็น", "ด้าน"),
    "items": ("หัวข้อที่ใช้ในการวิเคราะห์", "หัวข้อที่ใช้วิเคราะห์", "ข้อที่ใช้วิเคราะห์", "ข้อ OIT", "หัวข้อ OIT"),
    "analysis": ("ผลการวิเคราะห์", "ผลวิเคราะห์"),
    "title": ("มาตรการ/กิจกรรม", "มาตรการ/กิจกรรม/โครงการ", "มาตรการ", "กิจกรรม", "โครงการ"),
    "method": ("ขั้นตอนและวิธีการปฏิบัติ", "ขั้นตอน/วิธีการปฏิบัติ", "วิธีดำเนินการ", "วิธีการดำเนินการ", "ขั้นตอน", "แนวทาง"),
    "responsible": ("ผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "ส่วนราชการที่รับผิดชอบ"),
    "window": ("ระยะเวลาดำเนินการ", "ระยะเวลาในการดำเนินการ", "ระยะเวลา", "กรอบเวลา", "กำหนดแล้วเสร็จ"),
}
REQUIRED = ("area", "title", "responsible", "window")
FEWEST_KNOWN_HEADINGS = 3

_FIELD_BY_KEY = {comparison_key(name): field for field, names in HEADINGS.items() for name in names}
_AREA_KEYS = set(map(comparison_key, AREAS.values()))
_PAGE_NUMBER = re.compile(r"(?:หน้า\s?)?[-–(]?\s?[0-9๐-๙]{1,4}\s?[-–)]?")


@dataclass(frozen=True)
class Columns:
    """Which column of a table holds which field, and what the document itself calls it."""

    places: dict[str, int]
    names: tuple[str, ...]
    line: int

    def name_of(self, field: str) -> str:
        """The heading in the document, or the usual one where the table has no such column."""
        return self.names[self.places[field]] if field in self.places else HEADINGS[field][0]


@dataclass(frozen=True)
class Row:
    """A row of the table with its cells by field; a missing cell is an empty one."""

    line: int
    cells: dict[str, str]
    columns: Columns

    def place_of(self, field: str, notebook: Notebook) -> str:
        return notebook.place_of(self.line, self.columns.name_of(field))


def columns_of(line: Line) -> Columns | None:
    """The columns, if the line is the heading of a table of measures."""
    fields = [_FIELD_BY_KEY.get(comparison_key(cell)) for cell in line.cells]
    places = {field: index for index, field in reversed(list(enumerate(fields))) if field}
    if len(places) < FEWEST_KNOWN_HEADINGS or not {"area", "title"} & places.keys():
        return None
    return Columns(places, line.cells, line.number)


def rows_of(lines: Sequence[Line], notebook: Notebook) -> list[Row]:
    """All rows of the table, those after a repeated heading included."""
    headings = [columns for line in lines if (columns := columns_of(line))]
    if not headings:
        notebook.problem(place("place_document"), found("found_nothing"), needed("needed_table"))
        return []
    for columns in headings:
        _require_columns(columns, notebook)
    return _whole_rows(_rows(lines, notebook))


def _require_columns(columns: Columns, notebook: Notebook) -> None:
    missing = [field for field in REQUIRED if field not in columns.places]
    if missing:
        notebook.problem(
            notebook.place_of(columns.line),
            found("found_columns", columns=", ".join(filter(None, columns.names))),
            needed("needed_columns", columns=", ".join(HEADINGS[field][0] for field in missing)),
        )


def _rows(lines: Iterable[Line], notebook: Notebook) -> Iterator[Row]:
    columns: Columns | None = None
    is_open = False
    for line in lines:
        heading = columns_of(line)
        if heading:
            columns, is_open = heading, True
        elif line.is_blank or _PAGE_NUMBER.fullmatch(line.text):
            continue
        elif not line.is_row or _is_title(line):
            is_open = False
        elif columns and _belongs(line, columns, is_open):
            yield _row(line, columns, notebook)
        else:
            is_open = False


def _is_title(line: Line) -> bool:
    """Words in the first cell alone, without a number, name the table that follows."""
    return not any(line.cells[1:]) and numbered(line.cells[0]) is None


def _belongs(line: Line, columns: Columns, is_open: bool) -> bool:
    """Whether a row is one of this table, even when prose, as the foot of a page, interrupted the table."""
    first = line.cells[0]
    is_whole = len(line.cells) == len(columns.names)
    if numbered(first):
        return is_open or is_whole
    return is_open and (is_whole or not first or comparison_key(first) in _AREA_KEYS)


def _row(line: Line, columns: Columns, notebook: Notebook) -> Row:
    if any(line.cells[len(columns.names) :]):
        notebook.problem(
            notebook.place_of(line),
            found("found_cells", count=len(line.cells)),
            needed("needed_cells", count=len(columns.names)),
        )
    cells = {field: line.cells[index] if index < len(line.cells) else "" for field, index in columns.places.items()}
    return Row(line.number, cells, columns)


def _whole_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows with what a page break cut off joined to the row above."""
    whole: list[Row] = []
    for row in rows:
        if whole and not any(row.cells.get(field) for field in REQUIRED if field != "title"):
            whole[-1] = replace(whole[-1], cells=_joined_cells(whole[-1].cells, row.cells))
        else:
            whole.append(row)
    return whole


def _joined_cells(above: dict[str, str], below: dict[str, str]) -> dict[str, str]:
    return {field: f"{text} {below.get(field, '')}".strip() for field, text in above.items()}
