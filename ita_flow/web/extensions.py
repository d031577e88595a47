"""Asking for a later due date, and taking the wish back."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import NotPermitted, Stale
from ita_flow.domain.whole_numbers import LARGEST_NUMBER
from ita_flow.i18n import weekday_and_day, weekday_date
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.progress_reports import task_of
from ita_flow.queries.proposals import proposal_of
from ita_flow.queries.seats import holders_of
from ita_flow.queries.tasks import rows_of
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms.extensions import ExtensionForm, WishForm
from ita_flow.web.once import attempt, once
from ita_flow.wording import sentence_of
from ita_flow.workflow import extensions
from ita_flow.workflow.approval_seats import chain_of
from ita_flow.workflow.progress_reports import may_report

bp = Blueprint("extensions", __name__, url_prefix="/tasks/<int:task_id>/extension")


@bp.get("")
@requires(Permission.REPORT_WRITE)
def new(task_id: int) -> str:
    task = _task_of_mine(task_id)
    extensions.refuse_when_nothing_to_ask(task, today())
    return _page(task, ExtensionForm())


@bp.post("")
@requires(Permission.REPORT_WRITE)
def ask(task_id: int) -> tuple[str, int] | Response:
    _task_of_mine(task_id)
    form = ExtensionForm()
    try:
        location = attempt(form, lambda: _ask(task_id, form))
    except Stale as stale:  # what was typed stays on the page
        form.form_errors.append(sentence_of(stale))
        return _page(_task_or_404(task_id), form), 409
    if location is None:
        return _page(_task_or_404(task_id), form), 422
    assert form.due_on.day is not None
    flash(_("ส่งคำขอแล้ว %(asked)s กำหนดปัจจุบันยังใช้อยู่จนกว่าคำขอจะผ่านการพิจารณา", asked=_until(form.due_on.day)), "success")
    return redirect(location, code=303)


@bp.post("/withdrawal")
@requires(Permission.REPORT_WRITE)
def withdraw(task_id: int) -> Response:
    form = WishForm()
    if not form.validate():
        abort(400)
    location = once(lambda: _withdraw(task_id, form.wish.data))
    flash(_("ดึงคำขอขยายกำหนดเวลากลับแล้ว กำหนดปัจจุบันยังใช้อยู่"), "success")
    return redirect(location, code=303)


def _ask(task_id: int, form: ExtensionForm) -> str:
    assert form.due_on.day is not None
    extensions.ask(_task_or_404(task_id), form.due_on.day, form.reason.data or "", actor=actor(), at=now())
    return url_for("tasks.show", task_id=task_id)


def _until(day: date) -> str:
    """Until when; where nobody works that day, also the last day before on which people do."""
    working_day = last_working_day(day, free_days_of(actor().agency))
    if working_day == day:
        return _("ขอขยายถึง %(day)s", day=weekday_date(day))
    told = {"day": weekday_date(day), "working_day": weekday_and_day(working_day)}
    return _("ขอขยายถึง %(day)s ซึ่งเป็นวันหยุด วันทำการสุดท้ายคือ %(working_day)s", **told)


def _withdraw(task_id: int, wish_id: int) -> str:
    extensions.withdraw(_wish_or_404(task_id, wish_id), actor=actor(), at=now())
    return url_for("tasks.show", task_id=task_id)


def _task_or_404(task_id: int) -> Task:
    task = task_of(actor(), task_id)
    if task is None:
        abort(404)
    return task


def _task_of_mine(task_id: int) -> Task:
    """The task, for one of those who may ask."""
    task = _task_or_404(task_id)
    if not may_report(task, actor(), now()):
        raise NotPermitted("extension_of_others")
    return task


def _wish_or_404(task_id: int, wish_id: int) -> Proposal:
    wish = proposal_of(actor(), wish_id) if 0 < wish_id <= LARGEST_NUMBER else None
    if wish is None or wish.task_id != task_id:
        abort(404)
    return wish


def _page(task: Task, form: ExtensionForm) -> str:
    return render_template(
        "extensions/new.html",
        task=task,
        row=rows_of([task.id], today())[task.id],
        year=task.measure.plan.fiscal_year,
        form=form,
        chain=chain_of(task).seats,
        holders=holders_of(task, today()),
    )
