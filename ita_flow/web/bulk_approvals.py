"""Deciding on many at once: what is ready is chosen, looked over on a page of its own, and approved one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Refusal, Stale
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.queries.awaiting import Waiting, awaiting_decision_by
from ita_flow.queries.decisions import verbs_seen
from ita_flow.queries.progress_reports import submitted_report
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.decisions import acting_as, decided_words, verb_words
from ita_flow.web.once import once
from ita_flow.wording import sentence_of
from ita_flow.workflow import approvals

bp = Blueprint("bulk_approvals", __name__, url_prefix="/approvals")

MOST_AT_ONCE = 200
_SEEN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})-([0-9]{1,3})")


@dataclass(frozen=True)
class LeftOver:
    """A report that was chosen and could not be approved, and why."""

    title: str
    address: str
    """Where the report is seen as it stands now; empty where this person may not see it."""

    sentence: str


@bp.get("/confirm")
@requires(Permission.REPORT_DECIDE)
def confirm() -> str:
    asked = set(request.args.getlist("report", type=int)[:MOST_AT_ONCE])
    chosen = awaiting_decision_by(actor(), today(), among=asked)
    ready = [one for one in chosen if one.is_ready]
    return render_template(
        "approvals/confirm.html",
        ready=ready,
        to_be_opened=[one for one in chosen if not one.is_ready],
        gone=len(asked) - len(chosen),
        seen=_written,
        words=verb_words({one.turn.verb for one in ready}),
        acting_as=acting_as,
    )


@bp.post("/bulk")
@requires(Permission.REPORT_DECIDE)
def approve() -> Response | tuple[str, int]:
    chosen = _chosen()
    left_over = [problem for report_id, seen in chosen if (problem := _left_over(report_id, seen))]
    approved = len(chosen) - len(left_over)
    begin_reading()
    verbs = verbs_seen(actor(), dict(chosen))
    words = decided_words(verbs) if approved else verb_words(verbs)
    if not left_over:
        flash(_("%(verb)sแล้ว %(count)s รายการ", verb=words, count=approved), "success")
        return redirect(url_for("approvals.index"), code=303)
    return render_template("approvals/left_over.html", approved=approved, left_over=left_over, words=words), 409


def _written(waiting: Waiting) -> str:
    """What lay before the person, as the form brings it back."""
    return f"{waiting.report.id}-{waiting.version.version}-{waiting.version.approvals + 1}"


def _chosen() -> Sequence[tuple[int, Seen]]:
    """The reports to approve, each once, with what was seen of them."""
    matches = [_SEEN.fullmatch(text) for text in request.form.getlist("seen")]
    if not matches or len(matches) > MOST_AT_ONCE or not all(matches):
        abort(400)
    chosen = {int(match[1]): Seen(int(match[2]), int(match[3])) for match in matches if match}
    return list(chosen.items())


def _left_over(report_id: int, seen: Seen) -> LeftOver | None:
    """Approve this one in a transaction of its own, so that one that changed meanwhile keeps no other back."""
    try:
        once(lambda: _approve(report_id, seen), part=str(report_id))
    except Refusal as refusal:
        begin_reading()
        return _left(submitted_report(actor(), report_id), sentence_of(refusal))
    return None


def _left(report: ProgressReport | None, sentence: str) -> LeftOver:
    if report is None:
        return LeftOver("", "", sentence)
    address = url_for("progress_reports.show", task_id=report.task_id, number=report.number)
    return LeftOver(report.task.measure.title, address, sentence)


def _approve(report_id: int, seen: Seen) -> str:
    report = submitted_report(actor(), report_id)
    if report is None:
        raise Stale("report_approve_too_late")
    approvals.approve(report, seen, actor=actor(), at=now())
    return url_for("approvals.index")
