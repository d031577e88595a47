"""The table of a plan as a CSV file: one line of headings, one line a measure."""

from __future__ import annotations

import csv
import io

from ita_flow.documents.plan_table import DUE_HEADINGS, HEADINGS, PlanTable, cells_of, due_cells_of
from ita_flow.domain.formulas import defused

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the file for the code page of the machine, and Thai for something else."""


def as_csv(table: PlanTable) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell begins a formula."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(HEADINGS + DUE_HEADINGS)
    for row in table.rows:
        lines.writerow([defused(cell) for cell in cells_of(row) + due_cells_of(row)])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()
