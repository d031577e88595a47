"""Deciding on a submitted report: approve it, or return it for revision."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.approvals import DecisionKind, Seen
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import ReportDeed, ReportState, WorkStatus, next_report_state
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import SeatHolder, holders_of
from ita_flow.workflow import audit, notices
from ita_flow.workflow.approval_seats import told
from ita_flow.workflow.deciding import (
    decide,
    refuse_another_turn,
    refuse_when_needed_further_up,
    refuse_without_reason,
    seat_of,
)
from ita_flow.workflow.progress_reports import lock

COUNTED = "task.counted"
"""The deed by which an approved claim counts, or counts no more."""


def approve(report: ProgressReport, seen: Seen, *, actor: User, at: datetime, comment: str = "") -> None:
    """Approve what was seen for the seat whose turn it is; the last seat's approval makes the claim count."""
    submitted = _locked_version(report, seen, ReportDeed.APPROVE)
    holders = holders_of(submitted.report.task, bangkok_day(at))
    held = seat_of(submitted, holders, actor)
    refuse_when_needed_further_up(submitted, holders, held)
    turn = submitted.seat_to_decide
    decision = _decide(submitted, held, DecisionKind.APPROVE, actor, at, comment)
    if submitted.seat_to_decide is None:
        report.state = next_report_state(report.state, ReportDeed.APPROVE)
        _count(submitted, at)
    _record(decision, submitted, report.state, actor, at)
    notices.tell_of_approval(submitted, turn, actor=actor, at=at)


def return_for_revision(report: ProgressReport, seen: Seen, *, comment: str, actor: User, at: datetime) -> None:
    """Give what was seen back to the officers with a reason; what they wrote stays and can be mended."""
    refuse_without_reason(comment)
    submitted = _locked_version(report, seen, ReportDeed.RETURN)
    held = seat_of(submitted, holders_of(submitted.report.task, bangkok_day(at)), actor)
    decision = _decide(submitted, held, DecisionKind.RETURN, actor, at, comment.strip())
    report.state = next_report_state(report.state, ReportDeed.RETURN)
    _record(decision, submitted, report.state, actor, at)
    notices.tell_of_return(submitted, actor=actor, at=at)


def _locked_version(report: ProgressReport, seen: Seen, deed: ReportDeed) -> ReportVersion:
    """The version that was seen, if it is still the one to be decided and by the same seat."""
    lock(report)
    if report.state is not ReportState.SUBMITTED or report.version != seen.version:
        raise Stale(f"report_{deed.value}_too_late")
    chosen = sa.select(ReportVersion).where(ReportVersion.report_id == report.id, ReportVersion.version == seen.version)
    submitted = db.session.scalars(chosen).one()
    db.session.refresh(submitted)
    refuse_another_turn(submitted, seen, f"report_{deed.value}_too_late")
    return submitted


def _decide(
    submitted: ReportVersion, held: SeatHolder, kind: DecisionKind, actor: User, at: datetime, comment: str
) -> Decision:
    decision = Decision(agency_id=submitted.agency_id, submitted_by_id=submitted.submitted_by_id)
    return decide(decision, submitted, held, kind, actor=actor, at=at, comment=comment)


def _count(submitted: ReportVersion, at: datetime) -> None:
    """Let the approved claim count: status, percentage and ticks of the task."""
    task: Task = submitted.report.task
    before = standing_of(task)
    for step in task.steps:
        step.is_done = step.position in submitted.done_steps
    with db.session.no_autoflush:
        if submitted.claimed_status is WorkStatus.DONE:
            task.completed_at, task.claimed_done_on = at, _first_claimed_on(submitted)
        task.work_status, task.percent = submitted.claimed_status, submitted.percent
    record_count(task, before, at)


def record_count(task: Task, before: audit.Values, at: datetime) -> None:
    """Put on record that a decision let the task count otherwise than before; nobody but the system does that."""
    subject = f"task:{task.id}"
    audit.record(COUNTED, task.agency_id, subject, at=at, actor=None, before=before, after=standing_of(task))


def standing_of(task: Task) -> audit.Values:
    """How far the task counts as done, for the record: an undo goes back to it."""
    done_steps = [step.position for step in task.steps if step.is_done]
    return {"work_status": task.work_status.value, "percent": task.percent, "done_steps": done_steps}


def _first_claimed_on(approved: ReportVersion) -> date:
    """The day on which this report first claimed completion: nobody is late because a decision took long."""
    claims = (one for one in approved.report.versions if one.claimed_status is WorkStatus.DONE)
    # What was withdrawn before anybody decided on it was never claimed.
    return bangkok_day(min(claim.submitted_at for claim in claims if claim.decisions or claim is approved))


def _record(decision: Decision, submitted: ReportVersion, state: ReportState, actor: User, at: datetime) -> None:
    deed = "approved" if decision.kind is DecisionKind.APPROVE else "returned"
    audit.record(
        f"progress_report.{deed}",
        submitted.agency_id,
        f"progress_report:{submitted.report_id}",
        at=at,
        actor=actor,
        before={"state": ReportState.SUBMITTED.value},
        after={
            "task": submitted.report.task_id,
            "state": state.value,
            "version": submitted.version,
            "comment": decision.comment,
            "content": decision.content_hash,
            **told(decision),
        },
    )
