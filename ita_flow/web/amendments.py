"""A new version of a plan that is worked on: beginning it, what it changes, and giving it up."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.states import IN_FORCE, PlanState
from ita_flow.models.plans import Plan
from ita_flow.queries.amendments import amendment_in_hand, amendment_of, changes_of
from ita_flow.queries.plans import plan_of
from ita_flow.queries.proposals import last_proposal_on
from ita_flow.web.access import actor, now, requires
from ita_flow.web.forms.amendments import AmendmentForm
from ita_flow.web.forms.plan_editing import SeenForm
from ita_flow.web.once import attempt as attempt_once
from ita_flow.web.plan_desk import attempt
from ita_flow.web.plan_versions import address_of
from ita_flow.workflow import amendments

bp = Blueprint("amendments", __name__, url_prefix="/plans/<int:year>/amendment")


@bp.get("")
@requires(Permission.PLAN_WRITE)
def new(year: int) -> str | Response:
    plan = _plan_or_404(plan_of(actor().agency, year))
    in_hand = amendment_in_hand(plan.agency_id, year)
    if in_hand:
        return redirect(address_of(in_hand))
    if plan.state not in IN_FORCE:
        return redirect(url_for("plans.show", year=year))
    return _begin_page(plan, AmendmentForm())


@bp.post("")
@requires(Permission.PLAN_WRITE)
def begin(year: int) -> tuple[str, int] | Response:
    _plan_or_404(plan_of(actor().agency, year))
    form = AmendmentForm()
    location = attempt_once(form, lambda: _begin(year, form))
    if location is None:
        return _begin_page(_plan_or_404(plan_of(actor().agency, year)), form), 422
    flash(_("เริ่มจัดทำแผนฉบับแก้ไขแล้ว แผนฉบับที่ใช้อยู่ยังมีผลจนกว่าฉบับใหม่จะได้รับอนุมัติ"), "success")
    return redirect(location, code=303)


@bp.get("/<int:version>")
@requires(Permission.PLAN_READ)
def changes(year: int, version: int) -> str:
    plan = _plan_or_404(amendment_of(actor().agency_id, year, version))
    return render_template(
        "amendments/changes.html", year=year, plan=plan, changes=changes_of(plan), back=_shown_at(plan)
    )


@bp.get("/removal")
@requires(Permission.PLAN_WRITE)
def removal(year: int) -> str | Response:
    plan = amendment_in_hand(actor().agency_id, year)
    if plan is None or plan.state is not PlanState.DRAFT:
        return redirect(url_for("plans.show", year=year))
    return _removal_page(plan, SeenForm(data={"seen": plan.content_hash}))


@bp.post("/removal")
@requires(Permission.PLAN_WRITE)
def discard(year: int) -> tuple[str, int] | Response:
    form = SeenForm()
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _discard(year, form))
    if location:
        flash(_("ยกเลิกการจัดทำแผนฉบับแก้ไขแล้ว แผนฉบับที่ใช้อยู่คงเดิม"), "success")
        return redirect(location, code=303)
    plan = _plan_or_404(amendment_in_hand(actor().agency_id, year))
    form.show_newer(plan.content_hash)
    return _removal_page(plan, form), status


def _begin(year: int, form: AmendmentForm) -> str:
    plan = _plan_or_404(plan_of(actor().agency, year))
    return address_of(amendments.begin(plan, form.reason.data or "", actor=actor(), at=now()))


def _discard(year: int, form: SeenForm) -> str:
    plan = _plan_or_404(amendment_in_hand(actor().agency_id, year))
    amendments.discard(plan, seen=form.seen.data, actor=actor(), at=now())
    return url_for("plans.show", year=year)


def _plan_or_404(plan: Plan | None) -> Plan:
    return plan or abort(404)


def _shown_at(plan: Plan) -> str:
    return url_for("plans.show", year=plan.year, version=plan.version)


def _begin_page(plan: Plan, form: AmendmentForm) -> str:
    return render_template("amendments/new.html", year=plan.year, plan=plan, form=form)


def _removal_page(plan: Plan, form: SeenForm) -> str:
    return render_template(
        "amendments/removal.html",
        year=plan.year,
        plan=plan,
        changes=changes_of(plan),
        was_laid=last_proposal_on(plan) is not None,
        form=form,
        back=_shown_at(plan),
    )
