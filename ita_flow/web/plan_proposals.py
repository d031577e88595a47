"""Laying a plan before the seats, and noting where the approved one is published."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.states import PlanState
from ita_flow.models.plans import Plan
from ita_flow.queries.amendments import changes_of
from ita_flow.queries.approval_chains import chain_of_plans
from ita_flow.queries.plan_editing import desk_of
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.plans import newest_plan_of, plan_of, tasks_by_measure
from ita_flow.queries.proposals import last_proposal_on
from ita_flow.queries.seats import holders_over_the_agency
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms.plan_editing import SeenForm
from ita_flow.web.forms.plan_proposals import PublicationForm
from ita_flow.web.once import attempt as attempt_once
from ita_flow.web.plan_desk import attempt
from ita_flow.web.readiness import readiness_of
from ita_flow.workflow import plan_editing, proposals, publishing

bp = Blueprint("plan_proposals", __name__, url_prefix="/plans/<int:year>")


@bp.get("/proposal")
@requires(Permission.PLAN_WRITE)
def new(year: int) -> str | Response:
    plan = _plan_or_404(newest_plan_of(actor().agency, year))
    if plan.state is not PlanState.DRAFT:
        return redirect(url_for("plans.show", year=year))
    return _page(plan, SeenForm(data={"seen": seen_plan(plan)}))


@bp.post("/proposal")
@requires(Permission.PLAN_WRITE)
def propose(year: int) -> tuple[str, int] | Response:
    _plan_or_404(newest_plan_of(actor().agency, year))
    form = SeenForm()
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _propose(year, form))
    if location:
        flash(_("เสนอแผนเพื่อพิจารณาแล้ว ผู้พิจารณาลำดับแรกได้รับแจ้งทางอีเมล"), "success")
        return redirect(location, code=303)
    plan = _plan_or_404(newest_plan_of(actor().agency, year))
    form.show_newer(seen_plan(plan))
    return _page(plan, form), status


@bp.get("/publication")
@requires(Permission.PLAN_WRITE)
def publication(year: int) -> str | Response:
    plan = _plan_or_404(plan_of(actor().agency, year))
    if plan.state is not PlanState.APPROVED:
        return redirect(url_for("plans.show", year=year))
    return _publication_page(plan, PublicationForm())


@bp.post("/publication")
@requires(Permission.PLAN_WRITE)
def publish(year: int) -> tuple[str, int] | Response:
    plan = _plan_or_404(plan_of(actor().agency, year))
    form = PublicationForm()
    location = attempt_once(form, lambda: _publish(year, form))
    if location is None:
        return _publication_page(plan, form), 422
    flash(_("บันทึกการเผยแพร่แผนแล้ว"), "success")
    return redirect(location, code=303)


def _propose(year: int, form: SeenForm) -> str:
    plan = _plan_or_404(plan_editing.plan_to_edit(actor().agency, year))
    proposal = proposals.propose_plan(plan, seen=form.seen.data, actor=actor(), at=now())
    return url_for("proposals.show", proposal_id=proposal.id)


def _publish(year: int, form: PublicationForm) -> str:
    publishing.publish(_plan_or_404(plan_of(actor().agency, year)), form.link.data or "", actor=actor(), at=now())
    return url_for("plans.show", year=year)


def _page(plan: Plan, form: SeenForm) -> str:
    desk = desk_of(plan, tasks_by_measure(plan))
    last = last_proposal_on(plan)
    return render_template(
        "plan_proposals/new.html",
        plan=plan,
        year=plan.year,
        form=form,
        readiness=readiness_of(plan, desk),
        returned=last.return_standing if last else None,
        changes=changes_of(plan) if plan.supersedes_id else None,
        chain=chain_of_plans(plan.agency_id).seats,
        holders=holders_over_the_agency(plan.agency_id, today()),
    )


def _publication_page(plan: Plan, form: PublicationForm) -> str:
    return render_template("plan_proposals/publication.html", plan=plan, year=plan.year, form=form)


def _plan_or_404(plan: Plan | None) -> Plan:
    return plan or abort(404)
