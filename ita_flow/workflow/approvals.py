"""Deciding on a submitted report: approve it, or return it for revision."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ita_flow.domain.approvals import DecisionKind, Seen, is_same_turn
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.states import ReportDeed, ReportState, WorkStatus, next_report_state
from ita_flow.domain.thai import is_blank
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import SeatHolder, SeatHolders, deciders, holders_of, is_spared
from ita_flow.workflow import audit, notices
from ita_flow.workflow.approval_seats import full_title, told
from ita_flow.workflow.progress_reports import lock

MAX_COMMENT = 2000
COUNTED = "task.counted"
"""The deed by which an approved claim counts, or counts no more."""


def approve(report: ProgressReport, seen: Seen, *, actor: User, at: datetime, comment: str = "") -> None:
    """Approve what was seen for the seat whose turn it is; the last seat's approval makes the claim count."""
    submitted = _locked_version(report, seen, ReportDeed.APPROVE)
    holders = holders_of(submitted.report.task, bangkok_day(at))
    held = _seat_of(submitted, holders, actor)
    _refuse_when_needed_further_up(submitted, holders, held)
    turn = submitted.seat_to_decide
    decision = _decide(submitted, held, DecisionKind.APPROVE, actor, at, comment)
    if submitted.seat_to_decide is None:
        report.state = next_report_state(report.state, ReportDeed.APPROVE)
        _count(submitted, at)
    _record(decision, submitted, report.state, actor, at)
    notices.tell_of_approval(submitted, turn, actor=actor, at=at)


def return_for_revision(report: ProgressReport, seen: Seen, *, comment: str, actor: User, at: datetime) -> None:
    """Give what was seen back to the officers with a reason; what they wrote stays and can be mended."""
    if is_blank(comment):
        raise Invalid("return_needs_a_reason", field="comment")
    if len(comment) > MAX_COMMENT:
        raise Invalid("text_too_long", field="comment", length=f"{len(comment):,}", limit=f"{MAX_COMMENT:,}")
    submitted = _locked_version(report, seen, ReportDeed.RETURN)
    held = _seat_of(submitted, holders_of(submitted.report.task, bangkok_day(at)), actor)
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
    if not is_same_turn(submitted.seats, seen.seat_number, submitted.approvals):
        raise Stale(f"report_{deed.value}_too_late")
    return submitted


def _seat_of(submitted: ReportVersion, holders: SeatHolders, actor: User) -> SeatHolder:
    """The seat whose turn it is, as this person holds it and may decide from it."""
    for one in deciders(submitted, holders):
        if one.user.id == actor.id:
            return one
    raise NotPermitted(_why_not(submitted, actor, holders))


def _refuse_when_needed_further_up(submitted: ReportVersion, holders: SeatHolders, held: SeatHolder) -> None:
    """Raise NotPermitted where a seat further up would be left without anybody, and others can decide here instead."""
    if is_spared(held, submitted, holders):
        return
    others = [one for one in deciders(submitted, holders) if one.user.id != held.user.id]
    names = dict.fromkeys(one.user.name for one in others if is_spared(one, submitted, holders))
    if names:
        raise NotPermitted("needed_further_up", names=", ".join(names))


def _why_not(submitted: ReportVersion, actor: User, holders: SeatHolders) -> str:
    turn, authors = submitted.seat_to_decide, {author.id for author in submitted.report.authors}
    if actor.id in authors:
        return "own_report"
    mine = [one.holder for one in holders.get(turn.key, ()) if one.user.id == actor.id] if turn else []
    if any(not holder.people.isdisjoint(authors) for holder in mine):
        return "report_of_the_holder"
    if any(not holder.people.isdisjoint(submitted.barred) for holder in mine):
        return "decided_before"
    return "order_does_not_cover" if mine else "not_your_turn"


def _decide(
    submitted: ReportVersion, held: SeatHolder, kind: DecisionKind, actor: User, at: datetime, comment: str
) -> Decision:
    turn, number = submitted.seats[submitted.approvals], submitted.approvals + 1
    decision = Decision(
        agency_id=submitted.agency_id,
        report_version=submitted,
        submitted_by_id=submitted.submitted_by_id,
        seat=turn.seat,
        named_seat_id=turn.named_seat,
        seat_title=full_title(turn, submitted.report.task),
        verb=turn.verb,
        seat_number=number,
        round=1 + sum(taken.seat_number == number for taken in submitted.decisions),
        kind=kind,
        comment=comment,
        content_hash=submitted.content_hash,
        decided_by=actor,
        own_post=actor.post_on(bangkok_day(at)),
        on_behalf_of_id=held.holder.on_behalf_of,
        acting_order=held.order,
        decided_at=at,
    )
    db.session.add(decision)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Stale("someone_was_quicker") from error
    return decision


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
