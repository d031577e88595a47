"""Writing the plan itself: what it says about each area, its limitations, and that it was approved on paper."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.areas import AREAS
from ita_flow.domain.permissions import Permission
from ita_flow.domain.states import PlanState
from ita_flow.models.plans import Plan, PlanArea
from ita_flow.queries.plan_editing import desk_of
from ita_flow.queries.plan_seen import seen_area, seen_limitations, seen_plan
from ita_flow.queries.plans import tasks_by_measure
from ita_flow.web.access import actor, now, requires
from ita_flow.web.forms.plan_editing import ApprovalForm, AreaForm, LimitationsForm, items_of_area
from ita_flow.web.plan_desk import attempt, date_typed, plan_or_404, plan_to_write_or_404
from ita_flow.web.plan_versions import address_of
from ita_flow.web.readiness import readiness_of
from ita_flow.wording.official_names import AREA_NAMES
from ita_flow.workflow import plan_approval, plan_editing

bp = Blueprint("plan_editing", __name__, url_prefix="/plans/<int:year>")


@bp.get("/areas/<int:number>/edit")
@requires(Permission.PLAN_WRITE)
def area(year: int, number: int) -> str:
    plan = _plan_with_area(year, number)
    plan_editing.refuse_writing(plan)
    return _area_page(plan, number, AreaForm.for_area(_area_of(plan, number)))


@bp.post("/areas/<int:number>/edit")
@requires(Permission.PLAN_WRITE)
def write_area(year: int, number: int) -> tuple[str, int] | Response:
    form = AreaForm.for_area(_area_of(_plan_with_area(year, number), number))
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _write_area(year, number, form))
    if location:
        flash(_("บันทึกประเด็นที่ %(number)s แล้ว", number=number), "success")
        return redirect(location, code=303)
    plan = plan_or_404(year)
    form.show_newer(seen_area(_area_of(plan, number)))
    return _area_page(plan, number, form, stands=_area_stands(plan, number) if status == 409 else ()), status


@bp.get("/limitations")
@requires(Permission.PLAN_WRITE)
def limitations(year: int) -> str:
    plan = plan_to_write_or_404(year)
    return _limitations_page(plan, LimitationsForm.for_plan(plan))


@bp.post("/limitations")
@requires(Permission.PLAN_WRITE)
def write_limitations(year: int) -> tuple[str, int] | Response:
    form = LimitationsForm.for_plan(plan_or_404(year))
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _write_limitations(year, form))
    if location:
        flash(_("บันทึกข้อจำกัดของหน่วยงานแล้ว"), "success")
        return redirect(location, code=303)
    plan = plan_or_404(year)
    form.show_newer(seen_limitations(plan))
    return _limitations_page(plan, form, stands=_limitations_stand(plan) if status == 409 else ()), status


@bp.get("/approval")
@requires(Permission.PLAN_WRITE)
def approval(year: int) -> str | Response:
    plan = plan_or_404(year)
    if plan.state is not PlanState.DRAFT:
        return redirect(url_for("plans.show", year=year))
    return _approval_page(plan, ApprovalForm(data={"seen": seen_plan(plan)}))


@bp.post("/approval")
@requires(Permission.PLAN_WRITE)
def approve(year: int) -> tuple[str, int] | Response:
    plan_or_404(year)
    form = ApprovalForm()
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _approve(year, form))
    if location:
        flash(_("บันทึกแล้วว่าแผนได้รับอนุมัติ เจ้าหน้าที่เริ่มรายงานความก้าวหน้าได้"), "success")
        return redirect(location, code=303)
    plan = plan_or_404(year)
    form.show_newer(seen_plan(plan))
    return _approval_page(plan, form), status


def _plan_with_area(year: int, number: int) -> Plan:
    if number not in AREAS:
        abort(404)
    return plan_or_404(year)


def _area_of(plan: Plan, number: int) -> PlanArea | None:
    return next((one for one in plan.areas if one.number == number), None)


def _held_plan(year: int) -> Plan:
    plan = plan_editing.plan_to_edit(actor().agency, year)
    if plan is None:
        abort(404)
    return plan


def _write_area(year: int, number: int, form: AreaForm) -> str:
    plan = _held_plan(year)
    plan_editing.write_area(plan, number, form.text, seen=form.seen.data, actor=actor(), at=now())
    return address_of(plan, f"area-{number}")


def _write_limitations(year: int, form: LimitationsForm) -> str:
    plan, has_none = _held_plan(year), form.has_none.data
    plan_editing.write_limitations(plan, form.texts, has_none, seen=form.seen.data, actor=actor(), at=now())
    return address_of(plan, "limitations")


def _approve(year: int, form: ApprovalForm) -> str:
    signed_on = date_typed(form.signed_on.data, "signed_on")
    plan_approval.approve_on_paper(
        _held_plan(year), signed_on, form.order_no.data or "", seen=form.seen.data, actor=actor(), at=now()
    )
    return url_for("plans.show", year=year)


def _area_page(plan: Plan, number: int, form: AreaForm, stands: Sequence[tuple[str, str]] = ()) -> str:
    return render_template(
        "plan_editing/area.html",
        plan=plan,
        year=plan.year,
        number=number,
        name=AREA_NAMES[number],
        form=form,
        stands=stands,
    )


def _area_stands(plan: Plan, number: int) -> Sequence[tuple[str, str]]:
    """What somebody else wrote meanwhile."""
    kept = _area_of(plan, number)
    if kept is None:
        return ()
    return (
        (_("ภาพรวม"), kept.overview),
        (_("หัวข้อที่ใช้ในการวิเคราะห์"), items_of_area(kept)),
        (_("ผลการวิเคราะห์"), kept.analysis),
        (_("จุดเน้นของประเด็น"), kept.focus),
    )


def _limitations_page(plan: Plan, form: LimitationsForm, stands: Sequence[tuple[str, str]] = ()) -> str:
    return render_template("plan_editing/limitations.html", plan=plan, year=plan.year, form=form, stands=stands)


def _limitations_stand(plan: Plan) -> Sequence[tuple[str, str]]:
    rows = [(row.limitation, f"{row.analysis}\n{row.suggestion}".strip()) for row in plan.limitations]
    return rows or ((_("ข้อจำกัด"), _("แจ้งว่าไม่มีข้อจำกัด") if plan.has_no_limitations else ""),)


def _approval_page(plan: Plan, form: ApprovalForm) -> str:
    readiness = readiness_of(plan, desk_of(plan, tasks_by_measure(plan)))
    return render_template("plan_editing/approval.html", plan=plan, year=plan.year, form=form, readiness=readiness)
