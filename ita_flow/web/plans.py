"""The plan of a year, to be read."""

from __future__ import annotations

from flask import Blueprint, render_template

from ita_flow.domain.permissions import Permission
from ita_flow.queries.plans import document_of, plan_of, tasks_by_measure
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, requires

bp = Blueprint("plans", __name__, url_prefix="/plans")


@bp.get("/<int:year>")
@requires(Permission.PLAN_READ)
def show(year: int) -> str:
    plan = plan_of(actor().agency, year)
    if plan is None:
        others = [other for other in known_years(actor().agency_id).planned if other != year]
        return render_template("plans/empty.html", year=year, other_years=others)
    return render_template(
        "plans/show.html",
        year=year,
        plan=plan,
        areas={area.number: area for area in plan.areas},
        tasks=tasks_by_measure(plan),
        document=document_of(plan),
    )
