"""The limitations of the agency, or its word that it has none."""

from __future__ import annotations

from collections.abc import Sequence

from ita_flow.domain.thai import comparison_key
from ita_flow.intake.draft import DraftLimitation
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.headings import is_table_heading
from ita_flow.intake.recognise.layout import SIGNS_OF_NOTHING

HEADINGS = ("ข้อจำกัดของหน่วยงาน", "ข้อจำกัด")
NONE_AT_ALL = "ไม่มีข้อจำกัด"
COLUMNS = ("limitation", "analysis", "suggestion")
LONGEST_HEADING = 80
NOTE = ("หมายเหตุ", "*")


def limitations_of(lines: Sequence[Line]) -> tuple[tuple[DraftLimitation, ...], bool]:
    """The rows of the table, and whether the agency declared that it has none. Silence is no declaration."""
    start = next((index for index, line in enumerate(lines) if is_heading_of_limitations(line)), None)
    rows = _rows(lines[start + 1 :], _first_column(lines[start])) if start is not None else []
    named = tuple(_limitation(line, cells) for line, cells in rows if not SIGNS_OF_NOTHING.issuperset(cells))
    declared = bool(rows) or any(NONE_AT_ALL in line.text for line in lines if _is_alone(line))
    return named, declared and not named


def is_heading_of_limitations(line: Line) -> bool:
    """Whether the line is the heading of the table of limitations, which may number its rows."""
    return _first_column(line) is not None


def _first_column(line: Line) -> int | None:
    if len(line.cells) < len(COLUMNS):
        return None
    for index, cell in enumerate(line.cells[:2]):
        if len(cell) <= LONGEST_HEADING and comparison_key(cell) in HEADINGS:
            return index
    return None


def _is_alone(line: Line) -> bool:
    return sum(map(bool, line.cells)) == 1


def _rows(lines: Sequence[Line], first: int | None) -> list[tuple[int, tuple[str, ...]]]:
    """The lines up to prose or another table, with the three cells that count."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    for line in lines:
        if line.is_blank:
            continue
        if not line.is_row or is_table_heading(line) or line.text.startswith(NOTE):
            break
        cells = (*line.cells[first or 0 :], "", "")[: len(COLUMNS)]
        rows.append((line.number, cells))
    return rows


def _limitation(line: int, cells: tuple[str, ...]) -> DraftLimitation:
    limitation, analysis, suggestion = cells
    return DraftLimitation(limitation, analysis, suggestion, dict.fromkeys(COLUMNS, line))
