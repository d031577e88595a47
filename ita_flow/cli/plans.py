"""``ita-flow plan …``: taking a document in, and showing the plan."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow import database
from ita_flow.cli.payloads import import_payload, plan_payload
from ita_flow.cli.plan_exports import export
from ita_flow.cli.talk import REFUSED, agency_option, as_json, emit, needs_database, say_no, the_agency
from ita_flow.cli.years import BUDDHIST_YEAR
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Invalid, Refusal
from ita_flow.extensions import clock
from ita_flow.i18n import short_date
from ita_flow.intake.draft import Doubt, Problem
from ita_flow.intake.notebook import place
from ita_flow.intake.reading import Reading, read_plan
from ita_flow.models.people import Agency
from ita_flow.models.plans import Plan
from ita_flow.queries.import_drafts import units_on_file
from ita_flow.queries.plans import plan_of
from ita_flow.wording import sentence_of
from ita_flow.wording.labels import label_of
from ita_flow.wording.plans import place_of
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.evidence import store
from ita_flow.workflow.plan_drafts import Difference
from ita_flow.workflow.plan_import import Document, DocumentDiffers, Imported, compare, import_plan
from ita_flow.workflow.plan_units import known_units

LARGEST_DOCUMENT = 50_000_000
"""More than any reader takes, so that a reader says how large a file may be."""


group = AppGroup("plan", help="แผนมาตรการ")


def add_commands(main: AppGroup) -> None:
    group.add_command(export)
    main.add_command(group)


@group.command("import", help="นำเข้าแผนจากเอกสารของหน่วยงาน")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--year", "year", type=BUDDHIST_YEAR, required=True, help="ปีงบประมาณของแผน (พ.ศ.)")
@click.option("--draft", "is_draft", is_flag=True, help="นำเข้าเป็นร่าง ยังไม่ถือว่าอนุมัติแล้ว")
@click.option("--dry-run", is_flag=True, help="อ่านและเทียบเท่านั้น ไม่บันทึก")
@click.option("--accept-doubts", is_flag=True, help="ยืนยันข้อสงสัยเรื่องหน่วยงานหรือปีที่ต่างไป")
@agency_option
@as_json
@needs_database
def import_(
    file: Path,
    year: FiscalYear,
    is_draft: bool,
    dry_run: bool,
    accept_doubts: bool,
    agency_code: str | None,
    as_json: bool,
) -> int:
    with database.reading():
        agency = the_agency(agency_code)
        reading, content = _read(file, year, agency)
    try:
        imported = _compared(agency, reading, is_approved=not is_draft)
        if imported.differences:
            _refuse_doubtful(reading, accept_doubts)
        if imported.differences and not dry_run:
            document = Document(_name_of(file), store().put(io.BytesIO(content), LARGEST_DOCUMENT).sha256)
            imported = _take_in(agency, reading, document, is_approved=not is_draft)
    except Refusal as refusal:
        return _refuse(as_json, reading, year, refusal)
    emit(as_json, import_payload(reading, year, imported, imported.overwritten), _told(reading, imported, dry_run))
    return 0


def _read(file: Path, year: FiscalYear, agency: Agency) -> tuple[Reading, bytes]:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_DOCUMENT)
    except (OSError, ValueError):
        problem = Problem(place("place_file", name=_name_of(file)), _why_unopened(file), _("ไฟล์ที่เปิดอ่านได้"))
        return Reading(draft=None, problems=(problem,), repairs=(), doubts=()), b""
    known = known_units(units_on_file(agency.id))
    return read_plan(content, _name_of(file), year, agency.name, known=known), content


def _why_unopened(file: Path) -> str:
    if file.is_dir():
        return _("เป็นโฟลเดอร์")
    return _("เปิดไฟล์ไม่ได้") if file.exists() else _("ไม่มีไฟล์นี้")


def _name_of(file: Path) -> str:
    """The file's name as text, whatever bytes it was written with."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def _compared(agency: Agency, reading: Reading, *, is_approved: bool) -> Imported:
    """Look first, so that a document that changes nothing or may not come in leaves no trace and locks nobody out."""
    if reading.draft is None:
        raise Invalid("document_unreadable")
    with database.reading():
        return compare(agency, reading.draft, is_approved=is_approved)


def _refuse_doubtful(reading: Reading, accept_doubts: bool) -> None:
    if reading.must_be_accepted and not accept_doubts:
        raise Invalid("doubts_not_accepted")


def _take_in(agency: Agency, reading: Reading, document: Document, *, is_approved: bool) -> Imported:
    with database.transaction():
        return import_plan(
            agency, reading, document, is_approved=is_approved, actor=None, via=COMMAND_LINE, at=clock.now()
        )


def _refuse(as_json: bool, reading: Reading, year: FiscalYear, refusal: Refusal) -> int:
    found = refusal.differences if isinstance(refusal, DocumentDiffers) else ()
    emit(as_json, import_payload(reading, year, None, found))
    say_no(sentence_of(refusal))
    for problem in reading.problems:
        say_no(_("• %(place)s พบ: %(found)s วิธีแก้: %(needed)s", **vars(problem)))
    for line in [*_doubts_told(reading, reading.must_be_accepted), *_differences_told(found)]:
        say_no(line)
    return REFUSED


def _told(reading: Reading, imported: Imported, dry_run: bool) -> list[str]:
    counts = _(
        "%(measures)s มาตรการ %(tasks)s งาน อักขระที่แก้ไข %(repairs)s ตัว ข้อสงสัย %(doubts)s แห่ง",
        measures=len(imported.draft.measures),
        tasks=imported.tasks,
        repairs=len(reading.repairs),
        doubts=len(reading.doubts),
    )
    lines = [_headline(len(imported.differences), dry_run), counts]
    if imported.units_made:
        lines.append(_("สำนัก/กอง/ฝ่ายที่สร้างใหม่: %(units)s", units=", ".join(imported.units_made)))
    return [*lines, *_doubts_told(reading, reading.doubts), *_differences_told(imported.overwritten)]


def _headline(changes: int, dry_run: bool) -> str:
    if not changes:
        return _("ตรงกับที่บันทึกไว้แล้ว ไม่มีอะไรเปลี่ยน")
    if dry_run:
        return _("ทดลองอ่าน: จะเปลี่ยน %(changes)s จุด ยังไม่ได้บันทึกข้อมูลใด", changes=changes)
    return _("นำเข้าแล้ว เปลี่ยน %(changes)s จุด", changes=changes)


def _doubts_told(reading: Reading, doubts: Sequence[Doubt]) -> list[str]:
    return [
        _("• %(place)s: %(found)s → %(suggestion)s", place=reading.place_of(doubt.line), **vars(doubt))
        for doubt in doubts
    ]


def _differences_told(found: Sequence[Difference]) -> list[str]:
    nothing = _("ไม่มี")
    return [f"• {place_of(one.path)}: {one.was or nothing} → {one.now or nothing}" for one in found]


@group.command("show", help="แสดงแผนของปีงบประมาณ")
@click.argument("year", type=BUDDHIST_YEAR)
@agency_option
@as_json
@needs_database
def show(year: FiscalYear, agency_code: str | None, as_json: bool) -> None:
    with database.reading():
        plan = plan_of(the_agency(agency_code), year.buddhist_year)
        if plan is None:
            raise Invalid("plan_missing", year=year.buddhist_year)
        emit(as_json, plan_payload(plan), _shown(plan))


def _shown(plan: Plan) -> list[str]:
    lines = [_("แผนปีงบประมาณ %(year)s · %(state)s", year=plan.year, state=label_of(plan.state))]
    for measure in plan.measures:
        lines.append(f"{measure.area}. {measure.title}")
        lines.append(f"   {measure.responsible_text} · {_('กำหนด')} {short_date(measure.ends_on)}")
    return lines
