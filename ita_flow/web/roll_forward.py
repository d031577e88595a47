"""Looking over a plan that was begun from the year before: what was left, who does what, which codes still mean it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.states import PLAN_TRANSITIONS, PlanDeed
from ita_flow.models.plans import Plan
from ita_flow.queries.carried_over import carried_into
from ita_flow.queries.item_moves import item_moves
from ita_flow.queries.owners import owners_to_check
from ita_flow.queries.plan_editing import GapKind, gaps_of, measure_to_edit
from ita_flow.queries.plans import newest_plan_of, tasks_by_measure
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.once import once
from ita_flow.web.plan_desk import gap_line
from ita_flow.workflow import roll_forward
from ita_flow.workflow.plan_editing import plan_to_edit

bp = Blueprint("roll_forward", __name__, url_prefix="/plans/<int:year>")

OF_TEXTS = (GapKind.NAMES_YEAR_BEFORE, GapKind.METHOD_NAMES_YEAR_BEFORE, GapKind.FOCUS_NAMES_YEAR_BEFORE)


@bp.get("/roll-forward")
@requires(Permission.PLAN_WRITE)
def index(year: int) -> str:
    plan = _plan_or_404(year)
    tasks = tasks_by_measure(plan)
    gaps = gaps_of(plan, tasks)
    return render_template(
        "roll_forward/index.html",
        year=year,
        plan=plan,
        carried=carried_into(plan),
        owners=owners_to_check(plan, tasks, today()),
        texts=[gap_line(gap, year) for gap in gaps if gap.kind in OF_TEXTS],
        empty=[gap_line(gap, year) for gap in gaps if gap.kind is GapKind.AREA_WITHOUT_MEASURE],
        unmapped=sum(gap.kind is GapKind.ITEM_UNMAPPED for gap in gaps),
        may_add=_may_be_written(plan),
    )


@bp.post("/roll-forward/measures/<int:measure_id>")
@requires(Permission.PLAN_WRITE)
def take_up(year: int, measure_id: int) -> Response:
    _plan_or_404(year)
    if measure_to_edit(actor().agency, year - 1, measure_id) is None:
        abort(404)
    location = once(lambda: _take_up(year, measure_id))
    flash(_("เพิ่มมาตรการที่ยกมาจากปี %(year)s เข้าแผนแล้ว ตรวจชื่อและกำหนดแล้วเสร็จอีกครั้ง", year=year - 1), "success")
    return redirect(location, code=303)


@bp.get("/items")
@requires(Permission.PLAN_WRITE)
def items(year: int) -> str:
    plan = _plan_or_404(year)
    moved = item_moves(plan)
    moves = [move for measure in moved for move in measure.moves]
    return render_template(
        "roll_forward/items.html",
        year=year,
        moved=moved,
        may_write=_may_be_written(plan),
        unmapped=sum(move.now is None for move in moves),
        findable=sum(move.found is not None for move in moves) if _may_be_written(plan) else 0,
    )


@bp.post("/items")
@requires(Permission.PLAN_WRITE)
def recode(year: int) -> Response:
    _plan_or_404(year)
    location = once(lambda: _recode(year))
    flash(_("ปรับรหัสข้อตามบัญชีข้อปี %(year)s แล้ว", year=year - 1), "success")
    return redirect(location, code=303)


def _plan_or_404(year: int) -> Plan:
    plan = newest_plan_of(actor().agency, year)
    if plan is None:
        abort(404)
    return plan


def _may_be_written(plan: Plan) -> bool:
    """Of the newest version."""
    return (plan.state, PlanDeed.WRITE) in PLAN_TRANSITIONS


def _held_plan(year: int) -> Plan:
    plan = plan_to_edit(actor().agency, year)
    if plan is None:
        abort(404)
    return plan


def _take_up(year: int, measure_id: int) -> str:
    measure = roll_forward.take_up(_held_plan(year), measure_id, actor=actor(), at=now())
    return url_for("plans.show", year=year, _anchor=f"measure-{measure.id}")


def _recode(year: int) -> str:
    roll_forward.recode(_held_plan(year), actor=actor(), at=now())
    return url_for(".items", year=year)
