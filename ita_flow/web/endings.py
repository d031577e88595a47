"""Cancelling a task or a measure, and opening a task again: what follows is shown before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid, Refusal
from ita_flow.domain.states import CLOSED
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.queries.endings import consequences_of, people_told
from ita_flow.queries.plan_editing import measure_to_edit, task_to_edit, tasks_of
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms import tell
from ita_flow.web.forms.endings import CancelForm, ReopenForm
from ita_flow.web.once import once
from ita_flow.web.plan_desk import date_typed, page_of_measure
from ita_flow.wording import sentence_of
from ita_flow.workflow import endings
from ita_flow.workflow.progress_reports import newest_report

bp = Blueprint("endings", __name__)


@bp.get("/tasks/<int:task_id>/cancellation")
@requires(Permission.PLAN_WRITE)
def task(task_id: int) -> str:
    return _task_page(_task_or_404(task_id), CancelForm())


@bp.post("/tasks/<int:task_id>/cancellation")
@requires(Permission.PLAN_WRITE)
def cancel_task(task_id: int) -> tuple[str, int] | Response:
    _task_or_404(task_id)
    form = _read(CancelForm())
    location = _attempt(form, lambda: _cancel_task(task_id, form))
    if location is None:
        return _task_page(_task_or_404(task_id), form), 422
    flash(_("ยกเลิกงานนี้แล้ว"), "success")
    return redirect(location, code=303)


@bp.get("/plans/<int:year>/measures/<int:measure_id>/cancellation")
@requires(Permission.PLAN_WRITE)
def measure(year: int, measure_id: int) -> str:
    return _measure_page(_measure_or_404(year, measure_id), CancelForm())


@bp.post("/plans/<int:year>/measures/<int:measure_id>/cancellation")
@requires(Permission.PLAN_WRITE)
def cancel_measure(year: int, measure_id: int) -> tuple[str, int] | Response:
    found = _measure_or_404(year, measure_id)
    told = _cancelled_words(found)
    form = _read(CancelForm())
    location = _attempt(form, lambda: _cancel_measure(year, measure_id, form))
    if location is None:
        return _measure_page(_measure_or_404(year, measure_id), form), 422
    flash(told, "success")
    return redirect(location, code=303)


@bp.get("/tasks/<int:task_id>/reopening")
@requires(Permission.PLAN_WRITE)
def reopening(task_id: int) -> str:
    found = _task_or_404(task_id)
    return _reopening_page(found, ReopenForm.for_task(found, today()))


@bp.post("/tasks/<int:task_id>/reopening")
@requires(Permission.PLAN_WRITE)
def reopen(task_id: int) -> tuple[str, int] | Response:
    _task_or_404(task_id)
    form = _read(ReopenForm())
    location = _attempt(form, lambda: _reopen(task_id, form))
    if location is None:
        return _reopening_page(_task_or_404(task_id), form), 422
    flash(_("เปิดดำเนินการอีกครั้งแล้ว"), "success")
    return redirect(location, code=303)


def _read(form: FlaskForm) -> FlaskForm:
    if not form.validate():
        abort(400)
    return form


def _attempt(form: FlaskForm, deed: Callable[[], str]) -> str | None:
    """Do the deed once: where it leads, or None when the form tells what is lacking."""
    try:
        return once(deed)
    except Invalid as problem:
        tell(form, problem)
        return None


def _cancel_task(task_id: int, form: FlaskForm) -> str:
    found = _task_or_404(task_id)
    endings.cancel_task(found, form.reason.data or "", actor=actor(), at=now())
    return _page_of(found)


def _cancel_measure(year: int, measure_id: int, form: FlaskForm) -> str:
    found = _measure_or_404(year, measure_id)
    endings.cancel_measure(found, form.reason.data or "", actor=actor(), at=now())
    return page_of_measure(found)


def _cancelled_words(found: Measure) -> str:
    """What was done; in an amendment it takes effect only once that is approved."""
    if found.plan.approved_at:
        return _("ยกเลิกมาตรการที่ %(number)s แล้ว", number=found.number)
    return _("ยกเลิกมาตรการที่ %(number)s ในร่างแผนฉบับแก้ไขแล้ว จะมีผลเมื่อแผนฉบับนี้ได้รับอนุมัติ", number=found.number)


def _reopen(task_id: int, form: FlaskForm) -> str:
    found = _task_or_404(task_id)
    due_on = date_typed(form.due_on.data, "due_on") if form.due_on.data else None
    endings.reopen(found, form.reason.data or "", actor=actor(), at=now(), due_on=due_on)
    return _page_of(found)


def _page_of(found: Task) -> str:
    """The page of the task; that of the measure for a copy in an amendment, which has none of its own."""
    if found.measure.plan.approved_at:
        return url_for("tasks.show", task_id=found.id)
    return page_of_measure(found.measure)


def _task_or_404(task_id: int) -> Task:
    found = task_to_edit(actor().agency, task_id)
    if found is None:
        abort(404)
    return found


def _measure_or_404(year: int, measure_id: int) -> Measure:
    found = measure_to_edit(actor().agency, year, measure_id)
    if found is None:
        abort(404)
    return found


def _task_page(found: Task, form: FlaskForm) -> str:
    return _cancel_page(
        found.measure,
        [found],
        form,
        title=_("ยกเลิกงานนี้"),
        unit=found.unit.name,
        back=_page_of(found),
        send_to=url_for(".cancel_task", task_id=found.id),
        why_not=_why_not(lambda: [found], is_sent=form.is_submitted()),
    )


def _measure_page(found: Measure, form: FlaskForm) -> str:
    tasks = tasks_of(found)
    year = found.plan.year
    return _cancel_page(
        found,
        [task for task in tasks if task.work_status not in CLOSED],
        form,
        title=_("ยกเลิกมาตรการที่ %(number)s", number=found.number),
        unit=None,
        back=page_of_measure(found),
        send_to=url_for(".cancel_measure", year=year, measure_id=found.id),
        why_not=_why_not(lambda: endings.open_tasks_of(tasks), is_sent=form.is_submitted()),
    )


def _cancel_page(of: Measure, tasks: Sequence[Task], form: FlaskForm, **shown: object) -> str:
    follows = consequences_of(of, tasks, actor(), today())
    return render_template(
        "endings/cancel.html", measure=of, year=of.plan.year, tasks=tasks, form=form, follows=follows, **shown
    )


def _why_not(tasks: Callable[[], Sequence[Task]], *, is_sent: bool) -> str | None:
    """Why these cannot be cancelled; None when they can, or when the form that was sent tells it already."""
    try:
        endings.refuse_cancelling(tasks())
    except Refusal as refusal:
        return None if is_sent else sentence_of(refusal)
    return None


def _reopening_page(found: Task, form: FlaskForm) -> str:
    return render_template(
        "endings/reopen.html",
        task=found,
        measure=found.measure,
        year=found.measure.plan.year,
        form=form,
        back=_page_of(found),
        people=people_told([found], actor(), today()),
        report=newest_report(found),
        percent=min(found.percent, endings.MOST_WHEN_REOPENED),
        why_not=_why_not_reopened(found, is_sent=form.is_submitted()),
    )


def _why_not_reopened(found: Task, *, is_sent: bool) -> str | None:
    try:
        endings.refuse_reopening(found)
    except Refusal as refusal:
        return None if is_sent else sentence_of(refusal)
    return None
