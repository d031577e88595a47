"""``ita-flow plan …``: taking a document in, and showing the plan."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow.cli.payloads import import_payload, plan_payload
from ita_flow.cli.talk import agency_option, as_json, emit, needs_database, say_no, the_agency
from ita_flow.cli.years import BUDDHIST_YEAR
from ita_flow.database import transaction
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import clock
from ita_flow.i18n import short_date
from ita_flow.intake.draft import Problem
from ita_flow.intake.reading import Reading, read_plan
from ita_flow.models.people import Agency
from ita_flow.models.plans import Plan
from ita_flow.wording import sentence_of
from ita_flow.wording.labels import label_of
from ita_flow.wording.plans import place_of
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.evidence import store
from ita_flow.workflow.plan_drafts import Difference
from ita_flow.workflow.plan_import import Document, DocumentDiffers, Imported, compare, import_plan, newest_plan

LARGEST_DOCUMENT = 50_000_000
REFUSED = 1

group = AppGroup("plan", help="แผนมาตรการ")


def add_commands(main: AppGroup) -> None:
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
    agency = the_agency(agency_code)
    reading, content = _read(file, year, agency)
    refusal = _refusal_of(reading, accept_doubts)
    if refusal:
        return _refuse(as_json, reading, year, refusal)
    try:
        imported = _take_in(agency, reading, file.name, content, is_approved=not is_draft, dry_run=dry_run)
    except DocumentDiffers as error:
        return _refuse(as_json, reading, year, sentence_of(error), error.differences)
    emit(as_json, import_payload(reading, year, len(imported.differences)), _told(reading, imported, dry_run))
    return 0


def _read(file: Path, year: FiscalYear, agency: Agency) -> tuple[Reading, bytes]:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_DOCUMENT)
    except OSError:
        found = _("เปิดไฟล์ไม่ได้") if file.exists() else _("ไม่มีไฟล์นี้")
        problem = Problem(str(file), found, _("ไฟล์ที่เปิดอ่านได้"))
        return Reading(draft=None, problems=(problem,), repairs=(), doubts=()), b""
    return read_plan(content, file.name, year, agency.name), content


def _refusal_of(reading: Reading, accept_doubts: bool) -> str | None:
    if reading.draft is None:
        return _("นำเข้าไม่ได้ ยังไม่มีอะไรถูกบันทึก แก้เอกสารตามรายการนี้แล้วนำเข้าอีกครั้ง")
    if not accept_doubts and any(doubt.must_be_accepted for doubt in reading.doubts):
        return _("เอกสารอาจไม่ใช่ของหน่วยงานหรือปีนี้ ยังไม่มีอะไรถูกบันทึก ถ้าถูกต้องแล้วให้นำเข้าอีกครั้งพร้อม --accept-doubts")
    return None


def _take_in(
    agency: Agency, reading: Reading, name: str, content: bytes, *, is_approved: bool, dry_run: bool
) -> Imported:
    assert reading.draft is not None
    if dry_run:
        return compare(agency, reading.draft, is_approved=is_approved)
    stored = store().put(io.BytesIO(content), LARGEST_DOCUMENT)
    with transaction():
        return import_plan(
            agency,
            reading,
            Document(name, stored.sha256),
            is_approved=is_approved,
            actor=None,
            via=COMMAND_LINE,
            at=clock.now(),
        )


def _refuse(as_json: bool, reading: Reading, year: FiscalYear, sentence: str, found: Sequence[Difference] = ()) -> int:
    emit(as_json, import_payload(reading, year, 0, found))
    say_no(sentence)
    for problem in reading.problems:
        say_no(_("• %(place)s พบ: %(found)s ต้องการ: %(needed)s", **vars(problem)))
    for doubt in reading.doubts:
        if doubt.must_be_accepted:
            say_no(_("• บรรทัด %(line)s: %(found)s → %(suggestion)s", **vars(doubt)))
    for line in _differences_told(found):
        say_no(line)
    return REFUSED


def _told(reading: Reading, imported: Imported, dry_run: bool) -> list[str]:
    changes = len(imported.differences)
    if not changes:
        headline = _("ตรงกับที่บันทึกไว้แล้ว ไม่มีอะไรเปลี่ยน")
    elif dry_run:
        headline = _("ทดลองอ่าน: จะเปลี่ยน %(changes)s จุด ยังไม่มีอะไรถูกบันทึก", changes=changes)
    else:
        headline = _("นำเข้าแล้ว เปลี่ยน %(changes)s จุด", changes=changes)
    lines = [headline]
    lines.append(
        _(
            "%(measures)s มาตรการ %(tasks)s งาน อักขระที่ซ่อม %(repairs)s ตัว ข้อสงสัย %(doubts)s แห่ง",
            measures=len(imported.draft.measures),
            tasks=imported.tasks,
            repairs=len(reading.repairs),
            doubts=len(reading.doubts),
        )
    )
    if imported.units_made:
        lines.append(_("หน่วยงานย่อยที่สร้างใหม่: %(units)s", units=", ".join(imported.units_made)))
    lines += [_("• บรรทัด %(line)s: %(found)s → %(suggestion)s", **vars(doubt)) for doubt in reading.doubts]
    if changes and any(difference.was is not None for difference in imported.differences):
        lines += _differences_told(imported.differences)
    return lines


def _differences_told(found: Sequence[Difference]) -> list[str]:
    nothing = _("ไม่มี")
    return [f"• {place_of(one.path)}: {one.was or nothing} → {one.now or nothing}" for one in found]


@group.command("show", help="แสดงแผนของปีงบประมาณ")
@click.argument("year", type=BUDDHIST_YEAR)
@agency_option
@as_json
@needs_database
def show(year: FiscalYear, agency_code: str | None, as_json: bool) -> None:
    plan = newest_plan(the_agency(agency_code), year.buddhist_year)
    if plan is None:
        raise Invalid("plan_missing", year=year.buddhist_year)
    emit(as_json, plan_payload(plan), _shown(plan))


def _shown(plan: Plan) -> list[str]:
    lines = [_("แผนปีงบประมาณ %(year)s · %(state)s", year=plan.year, state=label_of(plan.state))]
    for measure in plan.measures:
        lines.append(f"{measure.area}. {measure.title}")
        lines.append(f"   {measure.responsible_text} · {_('กำหนด')} {short_date(measure.ends_on)}")
    return lines
