"""Reporting on a task: the form of one screen, and the receipt after it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.database import transaction
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Incomplete, Invalid, NotPermitted, Stale
from ita_flow.domain.states import ReportState, TaskDeed, next_work_status
from ita_flow.i18n import clock_time
from ita_flow.models.evidence import Evidence
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.evidence import replaceable
from ita_flow.queries.progress_reports import last_submitted, report_of, task_of
from ita_flow.queries.seats import has_the_turn, holders_of
from ita_flow.queries.tasks import rows_of
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.chain import next_sentence, way_of
from ita_flow.web.forms import tell
from ita_flow.web.forms.progress_reports import ReportForm, SeenForm
from ita_flow.web.once import once
from ita_flow.web.uploads import Sent, receive
from ita_flow.workflow import progress_reports
from ita_flow.workflow.approval_seats import chain_of

bp = Blueprint("progress_reports", __name__, url_prefix="/tasks/<int:task_id>")


@bp.get("/update")
@requires(Permission.REPORT_WRITE)
def edit(task_id: int) -> str | Response:
    task = _task_or_404(task_id)
    if not progress_reports.may_report(task, actor(), now()):
        raise NotPermitted("not_your_task")
    progress_reports.refuse_when_not_in_force(task)
    report = progress_reports.newest_report(task)
    if report and report.state is ReportState.SUBMITTED:
        return redirect(url_for(".show", task_id=task.id, number=report.number))
    next_work_status(task.work_status, TaskDeed.REPORT)
    return _form_page(task, _being_written(report), _form_for(task, _being_written(report)))


@bp.post("/update")
@requires(Permission.REPORT_WRITE)
def update(task_id: int) -> tuple[str, int] | Response:
    task = _task_or_404(task_id)
    report = _being_written(progress_reports.newest_report(task))
    form = _form_for(task, report)
    if not form.validate():
        abort(400)
    sent = receive(form, _staying(report, form))
    try:
        location = once(lambda: _keep(task_id, form, sent))
    except Incomplete as incomplete:
        _keep_what_can_be_kept(task_id, form, sent)
        return _page_with_problems(task_id, form, incomplete.problems, 422)
    except Invalid as problem:
        _keep_what_can_be_kept(task_id, form, sent)
        return _page_with_problems(task_id, form, [problem], 422)
    except Stale as stale:  # what was typed stays on the page
        return _page_with_problems(task_id, form, [Invalid(stale.key)], 409)
    if form.is_draft:
        flash(_("บันทึกร่างแล้ว %(time)s", time=clock_time(now())), "success")
    return redirect(location, code=303)


@bp.get("/reports/<int:number>")
@requires(Permission.TASK_READ)
def show(task_id: int, number: int) -> str:
    report = _report_or_404(task_id, number)
    row = rows_of([task_id], today())[task_id]
    holders = holders_of(report.task, today())
    return render_template(
        "progress_reports/show.html",
        report=report,
        version=report.current,
        row=row,
        way=way_of(report, holders),
        next_sentence=next_sentence(report, holders),
        may_decide=has_the_turn(actor(), report, holders),
        may_mend=progress_reports.may_report(report.task, actor(), now()),
    )


@bp.post("/reports/<int:number>/withdrawal")
@requires(Permission.REPORT_WRITE)
def withdraw(task_id: int, number: int) -> Response:
    form = SeenForm()
    if not form.validate():
        abort(400)
    location = once(lambda: _withdraw(task_id, number, form.version.data))
    flash(_("ดึงกลับแล้ว แก้ไขและส่งใหม่ได้ทันที"), "success")
    return redirect(location, code=303)


def _withdraw(task_id: int, number: int, version: int) -> str:
    progress_reports.withdraw(_report_or_404(task_id, number), version, actor=actor(), at=now())
    return url_for(".show", task_id=task_id, number=number)


def _report_or_404(task_id: int, number: int) -> ProgressReport:
    report = report_of(actor(), task_id, number)
    if report is None:
        abort(404)
    return report


def _keep(task_id: int, form: ReportForm, sent: Sent) -> str:
    """Save, and submit unless the officer asked for a draft; returns where this leads."""
    report = _save(task_id, form, sent)
    problems = [] if form.is_draft else progress_reports.missing(report)
    if problems or sent.problems:
        raise Incomplete([*problems, *sent.problems])
    if form.is_draft:
        return url_for(".edit", task_id=task_id)
    progress_reports.submit(report, actor=actor(), at=now())
    return url_for(".show", task_id=task_id, number=report.number)


def _form_for(task: Task, report: ProgressReport | None) -> ReportForm:
    return ReportForm.for_task(task, report, replaceable(task, report))


def _staying(report: ProgressReport | None, form: ReportForm) -> list[Evidence]:
    """The evidence of the draft that the form does not take out."""
    removed = form.removed.data or ()
    return [piece for piece in (report.evidence if report else ()) if piece.id not in removed]


def _save(task_id: int, form: ReportForm, sent: Sent) -> ProgressReport:
    report = progress_reports.open_report(_task_or_404(task_id), actor(), now())
    progress_reports.refuse_when_saved_meanwhile(report, form.revision.data)
    progress_reports.save(
        report,
        form.claim,
        actor=actor(),
        at=now(),
        files=sent.files,
        link=sent.link,
        removed=form.removed.data or (),
        newer=sent.newer,
    )
    return report


def _keep_what_can_be_kept(task_id: int, form: ReportForm, sent: Sent) -> None:
    """Nothing was submitted; what was written and attached stays as a draft, unless it is too long for one."""
    with suppress(Incomplete, Invalid), transaction():
        _save(task_id, form, sent)


def _page_with_problems(task_id: int, form: ReportForm, problems: Sequence[Invalid], status: int) -> tuple[str, int]:
    begin_reading()
    task = _task_or_404(task_id)
    report = _being_written(progress_reports.newest_report(task))
    form.show_newer(report, replaceable(task, report))
    for problem in problems:
        tell(form, problem)
    return _form_page(task, report, form), status


def _form_page(task: Task, report: ProgressReport | None, form: ReportForm) -> str:
    return render_template(
        "progress_reports/edit.html",
        task=task,
        row=rows_of([task.id], today())[task.id],
        report=report,
        form=form,
        last=last_submitted(task),
        chain=chain_of(task).seats,
        holders=holders_of(task, today()),
    )


def _being_written(report: ProgressReport | None) -> ProgressReport | None:
    return report if report and report.is_editable else None


def _task_or_404(task_id: int) -> Task:
    task = task_of(actor(), task_id)
    if task is None:
        abort(404)
    return task
