"""The table of a plan as a CSV file: one line of headings, one line a measure."""

from __future__ import annotations

from ita_flow.documents.csv_file import csv_file
from ita_flow.documents.plan_table import DUE_HEADINGS, HEADINGS, PlanTable, cells_of, due_cells_of


def as_csv(table: PlanTable) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell begins a formula."""
    return csv_file([HEADINGS + DUE_HEADINGS, *(cells_of(row) + due_cells_of(row) for row in table.rows)])
