"""Deciding: the queue of one person, approval and return. A link in a mail opens a page; only a POST decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.approvals import may_still_undo
from ita_flow.domain.calendar import working_days_between
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.queries.awaiting import A_PAGE, Waiting, awaiting_page
from ita_flow.queries.decisions import decided_by, decision_of, verbs_seen
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.progress_reports import submitted_report
from ita_flow.queries.proposals import WaitingProposal, decided_proposals
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.around import proposals_for_me
from ita_flow.web.decisions import acting_as, acting_on, decided_words, verb_words
from ita_flow.web.forms.approvals import READY_REASONS, DecisionForm
from ita_flow.web.once import once
from ita_flow.wording import sentence_of
from ita_flow.workflow import approvals, undoing

bp = Blueprint("approvals", __name__, url_prefix="/approvals")


@bp.get("")
@requires(Permission.REPORT_DECIDE)
def index() -> str:
    return _queue()


@bp.post("/<int:report_id>/approval")
@requires(Permission.REPORT_DECIDE)
def approve(report_id: int) -> Response:
    form = _sent_form()
    once(lambda: _approve(report_id, form))
    begin_reading()
    flash(_("%(verb)sแล้ว", verb=decided_words(verbs_seen(actor(), {report_id: form.seen}))), "success")
    return _back_to_the_page()


@bp.post("/<int:report_id>/return")
@requires(Permission.REPORT_DECIDE)
def return_for_revision(report_id: int) -> Response | tuple[str, int]:
    form = _sent_form()
    try:
        once(lambda: _return(report_id, form))
    except Invalid as problem:
        begin_reading()
        return _queue(problem_with=report_id, problem=sentence_of(problem), written=form.comment.data), 422
    flash(_("ส่งกลับแก้ไขแล้ว"), "success")
    return _back_to_the_page()


@bp.post("/decisions/<int:decision_id>/undo")
@requires(Permission.REPORT_DECIDE)
def undo(decision_id: int) -> Response:
    once(lambda: _undo(decision_id))
    flash(_("ย้อนผลการพิจารณาแล้ว รายงานกลับมารอท่านพิจารณา"), "success")
    return redirect(url_for(".index"), code=303)


def _approve(report_id: int, form: DecisionForm) -> str:
    approvals.approve(_report_or_404(report_id), form.seen, actor=actor(), at=now())
    return url_for(".index")


def _return(report_id: int, form: DecisionForm) -> str:
    report = _report_or_404(report_id)
    approvals.return_for_revision(report, form.seen, comment=form.reason, actor=actor(), at=now())
    return url_for(".index")


def _undo(decision_id: int) -> str:
    decision = decision_of(actor(), decision_id)
    if decision is None:
        abort(404)
    undoing.undo(decision, actor=actor(), at=now())
    return url_for(".index")


def _queue(problem_with: int | None = None, problem: str | None = None, written: str | None = None) -> str:
    page = awaiting_page(actor(), today(), request.args.get("page", 1, type=int), holding=problem_with)
    return render_template(
        "approvals/index.html",
        page=page,
        proposals=proposals_for_me(),
        waiting=page.rows,
        query=_query,
        a_page=A_PAGE,
        bulk_words=verb_words({one.turn.verb for one in page.rows if one.is_ready}),
        acting_as=acting_as,
        all_ready=request.args.get("chosen") == "ready",
        decided=decided_by(actor()),
        decided_proposals=decided_proposals(actor()),
        ready_reasons=READY_REASONS,
        waited=_waited,
        acting_on=acting_on,
        may_undo=_may_undo,
        problem_with=problem_with,
        problem=problem,
        written=written,
    )


def _back_to_the_page() -> Response:
    """To the page of the queue on which the report stood."""
    return redirect(url_for(".index", **_query(request.form.get("page", 1, type=int))), code=303)


def _query(page: int) -> dict[str, Any]:
    """What stands in the address of a page of the queue."""
    return {"page": page} if page > 1 else {}


@dataclass(frozen=True)
class Waited:
    """How long something has waited for this seat, in working days, and whether that is longer than it should."""

    words: str
    is_too_long: bool


def _waited(waiting: Waiting | WaitingProposal) -> Waited:
    days = working_days_between(waiting.since, today(), free_days_of(actor().agency))
    allowed = waiting.turn.days_allowed
    words = _("รอมาแล้ว %(days)s วันทำการ (กำหนด %(allowed)s วัน)", days=days, allowed=allowed)
    return Waited(words if days else _("ได้รับวันนี้"), days > allowed)


def _may_undo(decision: Decision) -> bool:
    """Whether the page offers to take this decision back; the deed itself looks more closely."""
    is_last = decision.report_version.last_standing is decision
    return is_last and may_still_undo(decision.decided_at, now())


def _sent_form() -> DecisionForm:
    form = DecisionForm()
    if not form.validate():
        abort(400)
    return form


def _report_or_404(report_id: int) -> ProgressReport:
    report = submitted_report(actor(), report_id)
    if report is None:
        abort(404)
    return report
