"""``ita-flow task …``: the tasks of a year."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from ita_flow.cli.talk import agency_option, as_json, emit, needs_database, the_agency
from ita_flow.cli.years import BUDDHIST_YEAR
from ita_flow.database import reading
from ita_flow.domain.calendar import FiscalYear
from ita_flow.extensions import clock
from ita_flow.i18n import short_date
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import rows_where
from ita_flow.wording.labels import label_of

group = AppGroup("task", help="งานของสำนักและกอง")


def add_commands(main: AppGroup) -> None:
    main.add_command(group)


@group.command("list", help="รายการงานของปีงบประมาณ")
@click.option("--year", "year", type=BUDDHIST_YEAR, required=True, help="ปีงบประมาณ (พ.ศ.)")
@agency_option
@as_json
@needs_database
def list_(year: FiscalYear, agency_code: str | None, as_json: bool) -> None:
    with reading():
        conditions = [Task.agency_id == the_agency(agency_code).id, Plan.year == year.buddhist_year]
        rows = rows_where(conditions, clock.today())
        emit(as_json, [_payload(row) for row in rows], [_line(row) for row in rows] or [_("ยังไม่มีงานในปีนี้")])


def _payload(row: TaskRow) -> dict[str, object]:
    task = row.task
    return {
        "id": task.id,
        "measure": row.measure.number,
        "area": row.measure.area,
        "title": row.measure.title,
        "division": task.division.name,
        "section": task.section.name if task.section else None,
        "officers": [officer.email for officer in task.officers],
        "steps": [step.text for step in task.steps],
        "window": row.measure.window_kind.value,
        "due_on": task.due_on.isoformat(),
        "last_working_day": row.last_working_day.isoformat(),
        "state": row.state.value,
        "deadline": row.deadline.value if row.deadline else None,
        "percent": task.percent,
    }


def _line(row: TaskRow) -> str:
    unit = " ".join(unit.name for unit in (row.task.section, row.task.division) if unit)
    due = _("กำหนด %(day)s", day=short_date(row.task.due_on))
    return f"{row.measure.number}. {row.measure.title} · {unit} · {due} · {label_of(row.state)}"
