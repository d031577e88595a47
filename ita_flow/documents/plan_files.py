"""The plan as a file: in which forms it leaves the house, and what the file is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ita_flow.documents.plan_csv import as_csv
from ita_flow.documents.plan_table import PlanTable
from ita_flow.documents.plan_workbook import as_xlsx
from ita_flow.domain.languages import Language
from ita_flow.i18n import speaking


class Form(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class PlanFile:
    name: str
    media_type: str
    content: bytes


@speaking(Language.THAI)  # in which the import reads it
def plan_file(table: PlanTable, form: Form, at: datetime) -> PlanFile:
    """The plan as a file of that form, made at that moment. Raises Invalid for a text that the form cannot hold."""
    content = as_xlsx(table, at) if form is Form.XLSX else as_csv(table)
    return PlanFile(f"แผนมาตรการ ITA {table.year}.{form.value}", MEDIA_TYPES[form], content)
