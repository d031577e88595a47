"""The plan of a year, to be read; for its coordinator with the ways to write it."""

from __future__ import annotations

from flask import Blueprint, render_template

from ita_flow.domain.permissions import Permission
from ita_flow.domain.states import IN_FORCE, PLAN_TRANSITIONS, PlanDeed
from ita_flow.domain.year_ends import closable_from
from ita_flow.domain.years import may_begin
from ita_flow.queries.carried_over import carried_into
from ita_flow.queries.closing import years_end_of
from ita_flow.queries.plan_background import background_of
from ita_flow.queries.plan_editing import desk_of
from ita_flow.queries.plans import tasks_by_measure
from ita_flow.queries.years import known_years
from ita_flow.web.access import actor, requires, today
from ita_flow.web.plan_desk import gap_line, ways_to_begin
from ita_flow.web.plan_versions import plan_asked_for, versions_beside
from ita_flow.web.proposal_parts import plan_laid

bp = Blueprint("plans", __name__, url_prefix="/plans")


@bp.get("/<int:year>")
@requires(Permission.PLAN_READ)
def show(year: int) -> str:
    plan = plan_asked_for(actor().agency, year)
    may_write = actor().may(Permission.PLAN_WRITE, today())
    if plan is None:
        ways = ways_to_begin(year) if may_write else None
        others = [other for other in known_years(actor().agency_id).planned if other != year]
        return render_template("plans/empty.html", year=year, other_years=others, ways=ways)
    tasks, versions = tasks_by_measure(plan), versions_beside(plan)
    may_edit = may_write and not plan.closed_on and versions.is_newest
    desk, background = desk_of(plan, tasks) if may_edit else None, background_of(plan)
    return render_template(
        "plans/show.html",
        year=year,
        plan=plan,
        versions=versions,
        may_rewrite=may_edit and (plan.state, PlanDeed.WRITE) in PLAN_TRANSITIONS,
        may_name_officers=may_write and versions.counts and not plan.closed_on,
        may_amend=may_edit and versions.counts and plan.state in IN_FORCE,
        areas={area.number: area for area in plan.areas},
        tasks=tasks,
        document=background.document,
        laid=plan_laid(plan, background.proposal),
        carried=desk.carried if desk else carried_into(plan),
        desk=desk,
        step=desk.next_step if desk else None,
        blocking=[gap_line(gap, year) for gap in desk.blocking] if desk else [],
        following=year + 1 if may_write and may_begin(year + 1, today()) else None,
        end=years_end_of([one for some in tasks.values() for one in some]) if plan.closed_on else None,
        may_close=may_edit and plan.state in IN_FORCE and today() >= closable_from(plan.fiscal_year),
    )
