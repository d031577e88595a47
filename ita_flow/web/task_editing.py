"""The steps and the due date of a task, edited by the coordinator."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.permissions import Permission
from ita_flow.i18n import weekday_date
from ita_flow.models.tasks import Task
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.plan_editing import task_to_edit
from ita_flow.queries.plan_seen import seen_task
from ita_flow.web.access import actor, now, requires
from ita_flow.web.forms.measures import TaskForm
from ita_flow.web.once import once
from ita_flow.web.plan_desk import answer, date_typed, page_of_measure
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.workflow import task_editing
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.plan_editing import refuse_writing

bp = Blueprint("task_editing", __name__, url_prefix="/tasks/<int:task_id>/edit")


@bp.get("")
@requires(Permission.PLAN_WRITE)
def edit(task_id: int) -> str:
    task = _task_or_404(task_id)
    refuse_writing(task.measure.plan)
    task_editing.refuse_when_closed(task)
    return _page(task, TaskForm.for_task(task))


@bp.post("")
@requires(Permission.PLAN_WRITE)
def save(task_id: int) -> tuple[str, int] | Response:
    task = _task_or_404(task_id)
    form = TaskForm.for_task(task)
    if not form.validate():
        abort(400)
    if goes_back():
        return _page(task, form), 200
    location, status = answer(form, lambda: _save_seen(task_id, form))
    task = _task_or_404(task_id)
    if location:
        flash(_("บันทึกแล้ว กำหนดแล้วเสร็จ %(day)s", day=weekday_date(task.due_on)), "success")
        return redirect(location, code=303)
    form.show_newer(seen_task(task))
    return _page(task, form, has_changed=status == 409), status


def _task_or_404(task_id: int) -> Task:
    task = task_to_edit(actor().agency, task_id)
    if task is None:
        abort(404)
    refuse_when_closed_year(task.measure.plan)
    return task


def _save_seen(task_id: int, form: TaskForm) -> str:
    """A new due date moves mails, which are shown before it is saved."""
    due_on = date_typed(form.due_on.data, "due_on")
    if due_on == _task_or_404(task_id).due_on:
        return once(lambda: _save(task_id, form, due_on))
    about = _("เปลี่ยนกำหนดแล้วเสร็จเป็น %(day)s", day=weekday_date(due_on))
    return once_seen(lambda: _save(task_id, form, due_on), about, always=False)


def _save(task_id: int, form: TaskForm, due_on: date) -> str:
    task = _task_or_404(task_id)
    task_editing.edit_task(task, form.steps.data or "", due_on, seen=form.seen.data, actor=actor(), at=now())
    return _place_of(task)


def _place_of(task: Task) -> str:
    """The page of the task; that of its measure for a task of a draft, which has none of its own."""
    measure = task.measure
    if measure.plan.approved_at:
        return url_for("tasks.show", task_id=task.id)
    return page_of_measure(measure)


def _page(task: Task, form: TaskForm, has_changed: bool = False) -> str:
    return render_template(
        "task_editing/edit.html",
        task=task,
        measure=task.measure,
        back=_place_of(task),
        year=task.measure.plan.year,
        form=form,
        has_changed=has_changed,
        last_working_day=last_working_day(task.due_on, free_days_of(actor().agency)),
    )
