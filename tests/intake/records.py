"""What the records hold of a layout after it came in."""

from __future__ import annotations

import sqlalchemy as sa

from ita_flow.domain.calendar import FiscalYear
from ita_flow.extensions import db
from ita_flow.intake import read_plan
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from tests.intake.layouts import Layout, Said
from tests.intake.makers import as_text


def agency_of(layout: Layout) -> str:
    """The agency that the document itself names, or any where it names none."""
    reading = read_plan(as_text(layout.blocks), "plan.txt", FiscalYear(layout.year), None)
    return (reading.draft and reading.draft.agency_name) or "เทศบาลเมืองริมธาร"


def said_in_the_records() -> list[Said]:
    """The measures of the only plan, each with the units of its tasks."""
    plan = db.session.scalars(sa.select(Plan)).one()
    return [_said(measure) for measure in plan.measures]


def said_by_the_layout(layout: Layout) -> list[Said]:
    """What should stand in the records: a measure of every division has a task in each that the layout names."""
    named = {division for said in layout.said for _section, division in said.responsible}
    return [_with_every_division(said, named) for said in layout.said]


def _with_every_division(said: Said, named: set[str]) -> Said:
    units = dict.fromkeys(named) if said.is_for_every_division else {}
    units |= {division: section for section, division in said.responsible}
    return Said(said.area, said.title, said.items, _in_order((units[name], name) for name in units), said.window)


def _said(measure: Measure) -> Said:
    tasks = db.session.scalars(sa.select(Task).where(Task.measure_id == measure.id))
    return Said(
        area=measure.area,
        title=measure.title,
        items=tuple(item.code for item in measure.items),
        responsible=_in_order((task.section.name if task.section else None, task.division.name) for task in tasks),
        window=(measure.starts_on.isoformat(), measure.ends_on.isoformat()),
    )


def _in_order(pairs: object) -> tuple[tuple[str | None, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: (pair[1], pair[0] or "")))  # type: ignore[call-overload]
