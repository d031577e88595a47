"""The table of a plan as an Excel workbook that prints on A4."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook

from ita_flow.documents.plan_table import DUE_HEADINGS, HEADINGS, PlanTable, cells_of, due_cells_of
from ita_flow.domain.refusals import Invalid

FACE = "TH Sarabun New"
SIZE, TITLE_SIZE = 16, 20
WIDTHS = (22, 26, 30, 28, 42, 24, 18, 16, 12)
HEAD = 2
"""The row of the headings, below the title and the agency; the first row is 0."""

A4 = 9
TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_CELL = 32_767
"""What Excel holds in a cell."""

INK, HEAD_FILL, LINE = "#1B2733", "#E1F1F4", "#9AA7B2"
LAID_OUT = {"font_name": FACE, "font_color": INK, "valign": "top"}
BOXED = {"text_wrap": True, "border": 1, "border_color": LINE}


def as_xlsx(table: PlanTable, at: datetime) -> bytes:
    """One sheet with title, agency and table; ``at`` stands in the file as when it was made.

    Raises Invalid with the key ``text_too_long_for_xlsx`` rather than leave out what no cell can hold.
    """
    rows = [cells_of(row) + due_cells_of(row) for row in table.rows]
    _refuse_too_long(rows)
    made = io.BytesIO()
    with Workbook(made, TEXT_ONLY) as workbook:
        _describe(workbook, table, at)
        sheet = workbook.add_worksheet(f"แผน {table.year}")
        _set_up(sheet)
        _write_title(workbook, sheet, table)
        _write_row(sheet, HEAD, HEADINGS + DUE_HEADINGS, workbook.add_format(_heading()))
        cell = workbook.add_format({**LAID_OUT, **BOXED, "font_size": SIZE})
        for number, cells in enumerate(rows, HEAD + 1):
            _write_row(sheet, number, cells, cell)
    return made.getvalue()


def _refuse_too_long(rows: Sequence[Sequence[str]]) -> None:
    for number, cells in enumerate(rows, 1):
        if max(map(len, cells)) > LONGEST_CELL:
            raise Invalid("text_too_long_for_xlsx", number=number, limit=LONGEST_CELL)


def _describe(workbook: Workbook, table: PlanTable, at: datetime) -> None:
    made_at = at.astimezone(UTC).replace(tzinfo=None)
    workbook.set_properties({"title": _title(table), "company": table.agency_name, "created": made_at})


def _title(table: PlanTable) -> str:
    return f"แผนมาตรการ ITA ประจำปีงบประมาณ พ.ศ. {table.year}"


def _heading() -> dict[str, Any]:
    return {**LAID_OUT, **BOXED, "font_size": SIZE, "bold": True, "bg_color": HEAD_FILL, "align": "center"}


def _set_up(sheet: Any) -> None:
    """How the sheet is looked at and printed: headings stay in sight, and on every page."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f'&C&"{FACE},Regular"&14หน้า &P จาก &N')
    sheet.hide_gridlines(2)


def _write_title(workbook: Workbook, sheet: Any, table: PlanTable) -> None:
    title = workbook.add_format({**LAID_OUT, "font_size": TITLE_SIZE, "bold": True})
    agency = workbook.add_format({**LAID_OUT, "font_size": SIZE})
    for row, text, form in ((0, _title(table), title), (1, table.agency_name, agency)):
        sheet.merge_range(row, 0, row, len(WIDTHS) - 1, "", form)
        sheet.write_string(row, 0, text, form)


def _write_row(sheet: Any, number: int, cells: Sequence[str], form: Any) -> None:
    for column, text in enumerate(cells):
        sheet.write_string(number, column, text, form)
