"""The document that comes with a form, as a file or as text that was pasted; and the empty table to begin with."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import cast

from flask_babel import gettext as _

from ita_flow.config import MAX_FILE_BYTES, MEGABYTE
from ita_flow.documents.plan_files import Form, PlanFile, plan_file
from ita_flow.documents.plan_table import PlanRow, PlanTable
from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.files import clean_name
from ita_flow.domain.refusals import Invalid
from ita_flow.models.people import Agency
from ita_flow.web.forms.plan_imports import BringForm
from ita_flow.workflow.evidence import store


def sent_document(form: BringForm) -> tuple[str, bytes]:
    """The name and the bytes of the file, or of the text that was pasted. Raises Invalid when there is none."""
    file = form.file.data
    if file and file.filename:
        name, content = clean_name(file.filename), cast(bytes, file.stream.read(MAX_FILE_BYTES + 1))
        if len(content) > MAX_FILE_BYTES:
            raise Invalid("import_document_too_large", field="file", name=name, limit=MAX_FILE_BYTES // MEGABYTE)
        return name, content
    if (form.text.data or "").strip():
        return _("ข้อความที่วาง"), form.text.data.encode()
    raise Invalid("import_nothing_chosen", field="file")


def kept(content: bytes, name: str) -> str:
    """Put the document into the store, outside any transaction that writes; returns its SHA-256."""
    try:
        return store().put(io.BytesIO(content), MAX_FILE_BYTES).sha256
    except OSError as trouble:
        raise Invalid("import_document_not_kept", field="file", name=name) from trouble


def pattern_of(agency: Agency, fiscal_year: FiscalYear, at: datetime) -> PlanFile:
    """An empty table to be filled in: the seven areas under the headings that are understood."""
    rows = [PlanRow(area, (), "", "", "", "", "", ()) for area in AREAS]
    file = plan_file(PlanTable(agency.name, fiscal_year.buddhist_year, rows), Form.XLSX, at)
    return replace(file, name=_("แบบแผนมาตรการ ITA %(year)s.xlsx", year=fiscal_year.buddhist_year))
