"""Taking back one's own decision, for a short while and as long as nobody has acted on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from ita_flow.domain.approvals import DecisionKind, may_still_undo
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.states import ReportDeed, ReportState, WorkStatus, next_report_state
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.record import deeds_on
from ita_flow.queries.seats import holders_of
from ita_flow.workflow import audit
from ita_flow.workflow.approval_seats import told
from ita_flow.workflow.approvals import COUNTED, record_count, standing_of
from ita_flow.workflow.progress_reports import lock, newest_report

TOO_LATE = "report_undo_too_late"
OVERTAKING = ("task.cancelled", "task.reopened", "task.left_unfinished", "task.moved")
"""Deeds after which a task counts otherwise than as the last report said, or is done by others than who reported."""


def undo(decision: Decision, *, actor: User, at: datetime) -> None:
    """Take the decision back: a row of its own that opens the next round of that seat.

    Raises NotPermitted for another's decision and for a seat that one has left since, Invalid when the time is over,
    Stale when somebody has acted since.
    """
    version = decision.report_version
    report = version.report
    lock(report)
    if decision.decided_by_id != actor.id:
        raise NotPermitted("not_your_decision")
    if not _is_still_held(decision, bangkok_day(at)):
        raise NotPermitted("seat_left_meanwhile")
    if not may_still_undo(decision.decided_at, at):
        raise Invalid("undo_time_is_over")
    if not is_last_word(decision) or _is_task_changed(report.task, decision.decided_at):
        raise Stale(TOO_LATE)
    before, report.state = report.state, next_report_state(report.state, ReportDeed.UNDO)
    _keep(_undoing(decision, actor, at))
    if before is ReportState.APPROVED:
        _count_no_more(report, at)
    _record(decision, report, before, actor, at)


def _is_still_held(decision: Decision, on: date) -> bool:
    """Whether whoever decided still sits in that seat by the same right: who has left it decides nothing there."""
    holders = holders_of(decision.report_version.report.task, on).get((decision.seat, decision.named_seat_id), ())
    right = decision.decided_by_id, decision.acting_order_id
    return any((one.user.id, one.holder.order) == right for one in holders)


def is_last_word(decision: Decision) -> bool:
    """Whether nobody has acted since: no later seat, no newer version or report, no work on what was returned."""
    version = decision.report_version
    report, newest = version.report, newest_report(version.report.task)
    is_untouched = decision.kind is not DecisionKind.RETURN or report.saved_at <= decision.decided_at
    is_newest = report.version == version.version and newest is report
    return version.last_standing is decision and is_newest and is_untouched


def _is_task_changed(task: Task, since: datetime) -> bool:
    """Whether its steps are others than those that were decided on, or somebody ended it, opened it again or moved it.

    The report ticks steps by their places; how far the task counts is then no more what the report made of it.
    """
    deeds = (deed for deed in deeds_on(task.agency_id, f"task:{task.id}") if _changes_the_task(deed))
    return any(datetime.fromisoformat(deed["at"]) >= since for deed in deeds)


def _changes_the_task(deed: Mapping[str, Any]) -> bool:
    return "steps" in deed["after"] or deed["action"] in OVERTAKING


def _undoing(decision: Decision, actor: User, at: datetime) -> Decision:
    return Decision(
        agency_id=decision.agency_id,
        report_version=decision.report_version,
        submitted_by_id=decision.submitted_by_id,
        seat=decision.seat,
        named_seat_id=decision.named_seat_id,
        seat_title=decision.seat_title,
        verb=decision.verb,
        seat_number=decision.seat_number,
        round=decision.round + 1,
        kind=DecisionKind.UNDO,
        comment="",
        content_hash=decision.content_hash,
        decided_by=actor,
        own_post=decision.own_post,
        on_behalf_of_id=decision.on_behalf_of_id,
        acting_order=decision.acting_order,
        decided_at=at,
    )


def _keep(undoing: Decision) -> None:
    db.session.add(undoing)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Stale("someone_was_quicker") from error


def _count_no_more(report: ProgressReport, at: datetime) -> None:
    """Let the task stand where it stood before the report counted, as the record tells."""
    task, before = report.task, standing_of(report.task)
    deeds = deeds_on(task.agency_id, f"task:{task.id}")
    stood = next(deed["before"] for deed in deeds if deed["action"] == COUNTED)
    for step in task.steps:
        step.is_done = step.position in stood["done_steps"]
    with db.session.no_autoflush:
        task.work_status, task.percent = WorkStatus(stood["work_status"]), stood["percent"]
        task.completed_at, task.claimed_done_on = None, None
    record_count(task, before, at)


def _record(decision: Decision, report: ProgressReport, before: ReportState, actor: User, at: datetime) -> None:
    audit.record(
        "progress_report.undone",
        report.agency_id,
        f"progress_report:{report.id}",
        at=at,
        actor=actor,
        before={"state": before.value, "decision": decision.kind.value, "round": decision.round},
        after={
            "task": report.task_id,
            "state": report.state.value,
            "version": decision.report_version.version,
            "content": decision.content_hash,
            **told(decision),
        },
    )
