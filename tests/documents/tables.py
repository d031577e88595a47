"""Small tables of plans for these tests."""

from __future__ import annotations

from dataclasses import replace

from ita_flow.documents.plan_table import SAMPLE, PlanRow, PlanTable

AGENCY = "องค์การบริหารส่วนจังหวัดสายธาร"


def a_table(*rows: PlanRow) -> PlanTable:
    return PlanTable(AGENCY, 2567, rows or (SAMPLE,))


def a_row_saying(text: str) -> PlanRow:
    """A row with this text in every cell that people write."""
    return replace(SAMPLE, items=(text,), analysis=text, title=text, method=text, responsible=text, window=text)
