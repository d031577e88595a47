"""The plan of a year, to be read; for its coordinator with the ways to write it."""

from __future__ import annotations

from flask import Blueprint, render_template

from ita_flow.domain.permissions import Permission
from ita_flow.domain.years import may_begin
from ita_flow.queries.plan_editing import desk_of
from ita_flow.queries.plans import document_of, plan_of, tasks_by_measure
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, requires, today
from ita_flow.web.plan_desk import gap_line, ways_to_begin

bp = Blueprint("plans", __name__, url_prefix="/plans")


@bp.get("/<int:year>")
@requires(Permission.PLAN_READ)
def show(year: int) -> str:
    plan = plan_of(actor().agency, year)
    may_write = actor().may(Permission.PLAN_WRITE, today())
    if plan is None:
        ways = ways_to_begin(year) if may_write else None
        others = [other for other in known_years(actor().agency_id).planned if other != year]
        return render_template("plans/empty.html", year=year, other_years=others, ways=ways)
    tasks = tasks_by_measure(plan)
    desk = desk_of(plan, tasks) if may_write else None
    return render_template(
        "plans/show.html",
        year=year,
        plan=plan,
        areas={area.number: area for area in plan.areas},
        tasks=tasks,
        document=document_of(plan),
        desk=desk,
        step=desk.next_step if desk else None,
        blocking=[gap_line(gap, year) for gap in desk.blocking] if desk else [],
        following=year + 1 if desk and may_begin(year + 1, today()) else None,
    )
