"""``ita-flow assessment …``: showing the result of an assessed year."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow.cli.payloads import assessment_payload
from ita_flow.cli.talk import agency_option, as_json, emit, needs_database, the_agency
from ita_flow.cli.years import BUDDHIST_YEAR
from ita_flow.database import reading
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.scoring import INDICATORS
from ita_flow.models.assessments import Assessment
from ita_flow.queries.assessments import assessment_of

group = AppGroup("assessment", help="ผลการประเมิน ITA")


def add_commands(main: AppGroup) -> None:
    main.add_command(group)


@group.command("show", help="แสดงผลการประเมินของปี")
@click.argument("year", type=BUDDHIST_YEAR)
@agency_option
@as_json
@needs_database
def show(year: FiscalYear, agency_code: str | None, as_json: bool) -> None:
    with reading():
        assessment = assessment_of(the_agency(agency_code), year.buddhist_year)
        if assessment is None:
            raise Invalid("assessment_missing", year=year.buddhist_year)
        emit(as_json, assessment_payload(assessment), _shown(assessment))


def _shown(assessment: Assessment) -> list[str]:
    unknown = _("ไม่มีข้อมูล")
    total = unknown if assessment.total is None else assessment.total
    lines = [
        _("ผลการประเมินปี %(year)s: %(total)s %(level)s", year=assessment.year, total=total, level=assessment.level or "")
    ]
    lines += [f"{name.value}: {score}" for name, score in assessment.instruments.items()]
    lines += [f"{number}. {INDICATORS[number]}: {score}" for number, score in assessment.scores.items()]
    lines.append(_("ข้อเสนอแนะของผู้ประเมิน %(count)s เรื่อง", count=len(assessment.findings)))
    return lines
