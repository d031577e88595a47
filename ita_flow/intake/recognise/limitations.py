"""The limitations of the agency, or its word that it has none."""

from __future__ import annotations

from collections.abc import Sequence

from ita_flow.domain.thai import comparison_key
from ita_flow.intake.draft import DraftLimitation
from ita_flow.intake.readers import Line

HEADING = "ข้อจำกัดของหน่วยงาน"
NONE_AT_ALL = "ไม่มีข้อจำกัด"
SIGNS_OF_NOTHING = {"", "-", "–", "ไม่มี"}
COLUMNS = ("limitation", "analysis", "suggestion")


def limitations_of(lines: Sequence[Line]) -> tuple[tuple[DraftLimitation, ...], bool]:
    """The rows of the table, and whether the agency declared that it has none. Silence is no declaration."""
    start = next((index for index, line in enumerate(lines) if _is_heading(line)), None)
    rows = _rows(lines[start + 1 :]) if start is not None else []
    named = tuple(_limitation(row) for row in rows if not _says_nothing(row))
    declared = bool(rows) or any(NONE_AT_ALL in line.text for line in lines if not line.is_row)
    return named, declared and not named


def _is_heading(line: Line) -> bool:
    return len(line.cells) >= len(COLUMNS) and comparison_key(line.cells[0]) == HEADING


def _rows(lines: Sequence[Line]) -> list[Line]:
    rows: list[Line] = []
    for line in lines:
        if line.is_blank:
            continue
        if not line.is_row:
            break
        rows.append(line)
    return rows


def _says_nothing(row: Line) -> bool:
    return SIGNS_OF_NOTHING.issuperset(row.cells)


def _limitation(row: Line) -> DraftLimitation:
    limitation, analysis, suggestion = (*row.cells, "", "")[:3]
    return DraftLimitation(limitation, analysis, suggestion, dict.fromkeys(COLUMNS, row.number))
