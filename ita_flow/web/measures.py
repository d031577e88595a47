"""Writing measures by hand: add, edit, move among those of an area, take out."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.i18n import weekday_date
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import is_amended
from ita_flow.queries.begun import begun_measures
from ita_flow.queries.plan_editing import measure_to_edit, tasks_of, units_by_division
from ita_flow.queries.plan_seen import seen_measure
from ita_flow.web.access import actor, now, requires
from ita_flow.web.forms.measures import MeasureForm, PlaceForm, WordingForm, items_of_measure
from ita_flow.web.forms.plan_editing import SeenForm
from ita_flow.web.once import once
from ita_flow.web.plan_desk import attempt, plan_or_404, plan_to_write_or_404
from ita_flow.web.plan_versions import address_of
from ita_flow.wording import sentence_of
from ita_flow.workflow import measures
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.plan_editing import plan_to_edit, refuse_writing

bp = Blueprint("measures", __name__, url_prefix="/plans/<int:year>/measures")

Stands = Sequence[tuple[str, str]]


@bp.get("/new")
@requires(Permission.PLAN_WRITE)
def new(year: int) -> str:
    area = request.args.get("area", type=int)
    return _new_page(plan_to_write_or_404(year), MeasureForm.for_measure(None, (), area))


@bp.post("/new")
@requires(Permission.PLAN_WRITE)
def add(year: int) -> tuple[str, int] | Response:
    plan_or_404(year)
    form = MeasureForm.for_measure(None, ())
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _add(year, form))
    if location:
        flash(_("เพิ่มมาตรการแล้ว"), "success")
        return redirect(location, code=303)
    return _new_page(plan_or_404(year), form), status


@bp.get("/<int:measure_id>/edit")
@requires(Permission.PLAN_WRITE)
def edit(year: int, measure_id: int) -> str:
    measure = _measure_or_404(year, measure_id)
    refuse_writing(measure.plan)
    tasks = tasks_of(measure)
    kind = WordingForm if _has_begun(measure) else MeasureForm
    return _edit_page(measure, tasks, kind.for_measure(measure, tasks))


@bp.post("/<int:measure_id>/edit")
@requires(Permission.PLAN_WRITE)
def save(year: int, measure_id: int) -> tuple[str, int] | Response:
    measure = _measure_or_404(year, measure_id)
    # A form of before the first report still speaks of all fields, and is told why they are closed.
    kind = MeasureForm if "title" in request.form else WordingForm
    form = kind.for_measure(measure, tasks_of(measure))
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _save(year, measure_id, form))
    if location:
        _tell_saved(_measure_or_404(year, measure_id))
        return redirect(location, code=303)
    measure = _measure_or_404(year, measure_id)
    tasks = tasks_of(measure)
    form.show_newer(seen_measure(measure, tasks))
    return _edit_page(measure, tasks, form, _stands(measure, tasks) if status == 409 else ()), status


@bp.get("/<int:measure_id>/removal")
@requires(Permission.PLAN_WRITE)
def removal(year: int, measure_id: int) -> str:
    measure = _measure_or_404(year, measure_id)
    refuse_writing(measure.plan)
    tasks = tasks_of(measure)
    return _removal_page(measure, tasks, SeenForm(data={"seen": seen_measure(measure, tasks)}))


@bp.post("/<int:measure_id>/removal")
@requires(Permission.PLAN_WRITE)
def remove(year: int, measure_id: int) -> tuple[str, int] | Response:
    _measure_or_404(year, measure_id)
    form = SeenForm()
    if not form.validate():
        abort(400)
    location, status = attempt(form, lambda: _remove(year, measure_id, form))
    if location:
        flash(_("นำมาตรการออกจากแผนแล้ว"), "success")
        return redirect(location, code=303)
    measure = _measure_or_404(year, measure_id)
    tasks = tasks_of(measure)
    form.show_newer(seen_measure(measure, tasks))
    return _removal_page(measure, tasks, form), status


@bp.post("/<int:measure_id>/place")
@requires(Permission.PLAN_WRITE)
def move(year: int, measure_id: int) -> Response:
    _measure_or_404(year, measure_id)
    form = PlaceForm()
    if not form.validate() or form.by.data not in (-1, 1):
        abort(400)
    return redirect(once(lambda: _move(year, measure_id, form)), code=303)


def _measure_or_404(year: int, measure_id: int) -> Measure:
    measure = measure_to_edit(actor().agency, year, measure_id)
    if measure is None:
        abort(404)
    refuse_when_closed_year(measure.plan)
    return measure


def _held_measure(year: int, measure_id: int) -> Measure:
    hold_plans(actor().agency)
    return _measure_or_404(year, measure_id)


def _has_begun(measure: Measure) -> bool:
    return measure.id in begun_measures(measure.plan)


def _add(year: int, form: MeasureForm) -> str:
    plan = plan_to_edit(actor().agency, year)
    if plan is None:
        abort(404)
    measure = measures.add_measure(plan, actor().agency, form.text, actor=actor(), at=now())
    return _place_on_plan(measure)


def _save(year: int, measure_id: int, form: MeasureForm | WordingForm) -> str:
    measure, seen = _held_measure(year, measure_id), form.seen.data
    if isinstance(form, MeasureForm):
        measures.edit_measure(measure, actor().agency, form.text, seen=seen, actor=actor(), at=now())
    else:
        items, analysis = form.items.data or "", form.analysis.data or ""
        measures.reword_measure(measure, items, analysis, seen=seen, actor=actor(), at=now())
    return _place_on_plan(measure)


def _remove(year: int, measure_id: int, form: SeenForm) -> str:
    measure = _held_measure(year, measure_id)
    plan, area = measure.plan, measure.area
    measures.remove_measure(measure, seen=form.seen.data, actor=actor(), at=now())
    return address_of(plan, f"area-{area}")


def _move(year: int, measure_id: int, form: PlaceForm) -> str:
    measure = _held_measure(year, measure_id)
    measures.move_measure(measure, form.by.data, seen=form.seen.data, actor=actor(), at=now())
    return _place_on_plan(measure)


def _place_on_plan(measure: Measure) -> str:
    return address_of(measure.plan, f"measure-{measure.id}")


def _tell_saved(measure: Measure) -> None:
    due = weekday_date(measure.ends_on)
    flash(_("บันทึกมาตรการที่ %(number)s แล้ว กำหนด %(day)s", number=measure.number, day=due), "success")


def _new_page(plan: Plan, form: MeasureForm) -> str:
    return render_template("measures/new.html", plan=plan, year=plan.year, form=form, **_units())


def _units() -> dict[str, object]:
    """The divisions to choose from."""
    return {"units": units_by_division(actor().agency)}


def _edit_page(measure: Measure, tasks: Sequence[Task], form: SeenForm, stands: Stands = ()) -> str:
    kin = [one.id for one in measure.plan.measures if one.area == measure.area]
    return render_template(
        "measures/edit.html",
        measure=measure,
        tasks=tasks,
        year=measure.plan.year,
        form=form,
        has_begun=isinstance(form, WordingForm),
        may_remove=not is_amended(measure),
        **_units(),
        stands=stands,
        is_first=measure.id == kin[0],
        is_last=measure.id == kin[-1],
    )


def _stands(measure: Measure, tasks: Sequence[Task]) -> Stands:
    """What somebody else wrote meanwhile."""
    return (
        (_("มาตรการ/กิจกรรม"), measure.title),
        (_("หัวข้อที่ใช้ในการวิเคราะห์"), items_of_measure(measure)),
        (_("ผลการวิเคราะห์"), measure.analysis),
        (_("ขั้นตอนและวิธีการปฏิบัติ"), measure.method),
        (_("ผู้รับผิดชอบ"), "\n".join(task.unit.name for task in tasks)),
        (_("ระยะเวลา"), measure.window_text),
    )


def _removal_page(measure: Measure, tasks: Sequence[Task], form: SeenForm) -> str:
    return render_template(
        "measures/removal.html",
        measure=measure,
        tasks=tasks,
        year=measure.plan.year,
        form=form,
        why_not=_why_not(measure),
    )


def _why_not(measure: Measure) -> str | None:
    """Why this measure cannot be taken out, or None."""
    try:
        measures.refuse_removal(measure)
    except Invalid as refusal:
        return sentence_of(refusal)
    return None
