"""``ita-flow plan export``: the plan as a file that the import reads back."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from pathlib import Path

import click
from flask_babel import gettext as _

from ita_flow import database
from ita_flow.cli.talk import agency_option, as_json, emit, needs_database, the_agency
from ita_flow.cli.years import BUDDHIST_YEAR
from ita_flow.documents.plan_files import Form, PlanFile, plan_file
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import clock
from ita_flow.queries.plans import plan_of
from ita_flow.workflow.plan_tables import table_of

STANDARD_OUTPUT = "-"


@click.command("export", help="ส่งออกแผนเป็นไฟล์ Excel หรือ CSV ที่นำเข้ากลับได้")
@click.argument("year", type=BUDDHIST_YEAR)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.XLSX.value,
    help="ชนิดไฟล์ xlsx หรือ csv",
)
@click.option("--out", required=True, metavar="FILE", help="ไฟล์ที่จะเขียน เขียนทับไฟล์เดิม ใช้ - เพื่อส่งออกทาง stdout")
@agency_option
@as_json
@needs_database
def export(year: FiscalYear, form: str, out: str, agency_code: str | None, as_json: bool) -> None:
    _refuse_confusion(out, Form(form), as_json)
    with database.reading():
        agency = the_agency(agency_code)
        plan = plan_of(agency, year.buddhist_year)
        if plan is None:
            raise Invalid("plan_missing", year=year.buddhist_year)
        table = table_of(plan, agency)
    file = plan_file(table, Form(form), clock.now())
    if out == STANDARD_OUTPUT:
        sys.stdout.buffer.write(file.content)
        return
    path = Path(out).resolve()
    _write(path, file)
    told = {"path": str(path), "measures": len(table.rows), "sha256": hashlib.sha256(file.content).hexdigest()}
    emit(as_json, told, [_("ส่งออก %(measures)s มาตรการ ไปยัง %(path)s", **told)])


def _refuse_confusion(out: str, form: Form, as_json: bool) -> None:
    """Standard output carries one thing only, and no workbook to a person's screen."""
    if out != STANDARD_OUTPUT:
        return
    if as_json:
        raise click.BadOptionUsage("--out", _("ใช้ --out - พร้อม --json ไม่ได้"))
    if form is Form.XLSX and sys.stdout.isatty():
        raise click.BadOptionUsage("--out", _("จอภาพแสดงไฟล์ Excel ไม่ได้"))


def _write(path: Path, file: PlanFile) -> None:
    """Under another name first, so that a file of this name is always a whole one."""
    if path.exists() and not path.is_file():  # a device, or a folder, which the system refuses
        path.write_bytes(file.content)
        return
    incoming = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with incoming.open("xb") as stream:
            stream.write(file.content)
            stream.flush()
            os.fsync(stream.fileno())
        incoming.replace(path)
    finally:
        incoming.unlink(missing_ok=True)
