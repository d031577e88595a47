"""States and the verbs that lead from one to the next. What people did is stored; lateness is computed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ita_flow.domain.refusals import Stale

DUE_SOON_DAYS = 14


class PlanState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"


IN_FORCE = (PlanState.APPROVED, PlanState.PUBLISHED)
"""A plan in one of these states is worked on."""


class WorkStatus(StrEnum):
    """How far the work of a task is, as last approved."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


CLOSED = (WorkStatus.DONE, WorkStatus.CANCELLED)
"""Nothing is done any more for a task in one of these."""

CLAIMABLE = (WorkStatus.DONE, WorkStatus.IN_PROGRESS, WorkStatus.NOT_STARTED)
"""What an officer may claim in a report, in the order in which the form offers it."""


class ReportState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


EDITABLE = (ReportState.DRAFT, ReportState.RETURNED, ReportState.WITHDRAWN)


DRAFTED = (ReportState.DRAFT, ReportState.WITHDRAWN)
"""A report in one of these lies with its officer, who has yet to send it."""


class ReportDeed(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    UNDO = "undo"


REPORT_TRANSITIONS: dict[tuple[ReportState, ReportDeed], ReportState] = {
    (ReportState.DRAFT, ReportDeed.SUBMIT): ReportState.SUBMITTED,
    (ReportState.RETURNED, ReportDeed.SUBMIT): ReportState.SUBMITTED,
    (ReportState.WITHDRAWN, ReportDeed.SUBMIT): ReportState.SUBMITTED,
    (ReportState.SUBMITTED, ReportDeed.APPROVE): ReportState.APPROVED,
    (ReportState.SUBMITTED, ReportDeed.RETURN): ReportState.RETURNED,
    (ReportState.SUBMITTED, ReportDeed.WITHDRAW): ReportState.WITHDRAWN,
    (ReportState.SUBMITTED, ReportDeed.UNDO): ReportState.SUBMITTED,
    (ReportState.RETURNED, ReportDeed.UNDO): ReportState.SUBMITTED,
    (ReportState.APPROVED, ReportDeed.UNDO): ReportState.SUBMITTED,
}


def next_report_state(state: ReportState, deed: ReportDeed) -> ReportState:
    """Where this deed leads; raises Stale when the report is not in a state that allows it."""
    try:
        return REPORT_TRANSITIONS[state, deed]
    except KeyError:
        raise Stale(f"report_{deed.value}_too_late") from None


class TaskState(StrEnum):
    """The one state that people see for a task: the decision under way, else the work status."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    CANCELLED = "cancelled"


def task_state(work_status: WorkStatus, open_report: ReportState | None) -> TaskState:
    if work_status in (WorkStatus.DONE, WorkStatus.CANCELLED):
        return TaskState(work_status.value)
    if open_report in (ReportState.SUBMITTED, ReportState.RETURNED):
        return TaskState(open_report.value)
    return TaskState(work_status.value)


class DeadlineState(StrEnum):
    """Where a task stands against its due date."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET_PENDING = "met_pending"
    LATE_PENDING = "late_pending"
    MET = "met"
    LATE = "late"


def deadline_state(due_on: date, today: date, *, is_done: bool, claimed_done_on: date | None) -> DeadlineState:
    """The chip of a task. ``claimed_done_on``: the day its pending or approved claim of completion was sent.

    An officer who claimed in time is never shown as late because an approver is slow.
    """
    if claimed_done_on is not None:
        in_time = claimed_done_on <= due_on
        if is_done:
            return DeadlineState.MET if in_time else DeadlineState.LATE
        return DeadlineState.MET_PENDING if in_time else DeadlineState.LATE_PENDING
    if today > due_on:
        return DeadlineState.OVERDUE
    return DeadlineState.DUE_SOON if (due_on - today).days <= DUE_SOON_DAYS else DeadlineState.ON_TRACK
