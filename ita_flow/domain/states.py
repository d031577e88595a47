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
    CLOSED = "closed"
    """Its year is over and everything open was decided on; nothing of it changes any more."""

    DISCARDED = "discarded"
    """An amendment that was given up after the seats had looked at it; without tasks, and in no list of versions."""


IN_FORCE = (PlanState.APPROVED, PlanState.PUBLISHED)
"""A plan in one of these states is worked on."""

IN_HAND = (PlanState.DRAFT, PlanState.PROPOSED)
"""A version in one of these is being written, or waits for the seats."""

COUNTING = (*IN_FORCE, PlanState.CLOSED)
"""The tasks of a plan in one of these states are what the figures of its year count."""


class PlanDeed(StrEnum):
    """What the coordinator and the seats do with a version of a plan."""

    WRITE = "write"
    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    """The coordinator takes back what was not decided on to the end."""

    RETURN = "return"
    APPROVE = "approve"
    """The last seat of the chain does; the seats before it change no state."""

    SIGN = "sign"
    """It was approved on paper."""

    PUBLISH = "publish"
    AMEND = "amend"
    """Begin the next version as a draft beside this one."""

    DISCARD = "discard"
    """Give up an amendment; the version in force stays as it is."""

    CLOSE = "close"


PLAN_TRANSITIONS: dict[tuple[PlanState, PlanDeed], PlanState] = {
    (PlanState.DRAFT, PlanDeed.WRITE): PlanState.DRAFT,
    (PlanState.DRAFT, PlanDeed.PROPOSE): PlanState.PROPOSED,
    (PlanState.DRAFT, PlanDeed.SIGN): PlanState.APPROVED,
    (PlanState.DRAFT, PlanDeed.DISCARD): PlanState.DISCARDED,
    (PlanState.PROPOSED, PlanDeed.WITHDRAW): PlanState.DRAFT,
    (PlanState.PROPOSED, PlanDeed.RETURN): PlanState.DRAFT,
    (PlanState.PROPOSED, PlanDeed.APPROVE): PlanState.APPROVED,
    (PlanState.APPROVED, PlanDeed.WRITE): PlanState.APPROVED,
    (PlanState.APPROVED, PlanDeed.PUBLISH): PlanState.PUBLISHED,
    (PlanState.APPROVED, PlanDeed.AMEND): PlanState.APPROVED,
    (PlanState.APPROVED, PlanDeed.CLOSE): PlanState.CLOSED,
    (PlanState.PUBLISHED, PlanDeed.AMEND): PlanState.PUBLISHED,
    (PlanState.PUBLISHED, PlanDeed.CLOSE): PlanState.CLOSED,
}


def next_plan_state(state: PlanState, deed: PlanDeed) -> PlanState:
    """Where this deed leads; raises Stale when the plan is not in a state that allows it."""
    try:
        return PLAN_TRANSITIONS[state, deed]
    except KeyError:
        raise Stale(f"plan_{deed.value}_too_late") from None


class ProposalState(StrEnum):
    """How far something is that was laid before the seats: a plan, or the wish for a later due date."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ProposalDeed(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"


PROPOSAL_TRANSITIONS: dict[tuple[ProposalState, ProposalDeed], ProposalState] = {
    (ProposalState.WAITING, ProposalDeed.APPROVE): ProposalState.APPROVED,
    (ProposalState.WAITING, ProposalDeed.RETURN): ProposalState.RETURNED,
    (ProposalState.WAITING, ProposalDeed.WITHDRAW): ProposalState.WITHDRAWN,
}


def next_proposal_state(state: ProposalState, deed: ProposalDeed) -> ProposalState:
    """Where this deed leads once the last seat did it; raises Stale when nothing waits any more."""
    try:
        return PROPOSAL_TRANSITIONS[state, deed]
    except KeyError:
        raise Stale(f"proposal_{deed.value}_too_late") from None


class WorkStatus(StrEnum):
    """How far the work of a task is, as last approved."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    """Its year was closed before it was done; it still counts."""


CLOSED = (WorkStatus.DONE, WorkStatus.CANCELLED, WorkStatus.UNFINISHED)
"""Nothing is done any more for a task in one of these."""

ENDED_WITH_A_REASON = (WorkStatus.CANCELLED, WorkStatus.UNFINISHED)
"""A task in one of these says why nothing more is done; no report claims such a status."""


class TaskDeed(StrEnum):
    """What is done with a task itself; reports on it have their own table."""

    REPORT = "report"
    """Begin a report on it, or write in one."""

    POSTPONE = "postpone"
    CANCEL = "cancel"
    REOPEN = "reopen"
    LEAVE = "leave"
    """Its year is closed, and it stays unfinished."""


TASK_TRANSITIONS: dict[tuple[WorkStatus, TaskDeed], WorkStatus] = {
    (WorkStatus.NOT_STARTED, TaskDeed.REPORT): WorkStatus.NOT_STARTED,
    (WorkStatus.IN_PROGRESS, TaskDeed.REPORT): WorkStatus.IN_PROGRESS,
    (WorkStatus.NOT_STARTED, TaskDeed.POSTPONE): WorkStatus.NOT_STARTED,
    (WorkStatus.IN_PROGRESS, TaskDeed.POSTPONE): WorkStatus.IN_PROGRESS,
    (WorkStatus.NOT_STARTED, TaskDeed.CANCEL): WorkStatus.CANCELLED,
    (WorkStatus.IN_PROGRESS, TaskDeed.CANCEL): WorkStatus.CANCELLED,
    (WorkStatus.DONE, TaskDeed.REOPEN): WorkStatus.IN_PROGRESS,
    (WorkStatus.CANCELLED, TaskDeed.REOPEN): WorkStatus.NOT_STARTED,  # or as far as it was, see ``reopened``
    (WorkStatus.NOT_STARTED, TaskDeed.LEAVE): WorkStatus.UNFINISHED,
    (WorkStatus.IN_PROGRESS, TaskDeed.LEAVE): WorkStatus.UNFINISHED,
}


def next_work_status(status: WorkStatus, deed: TaskDeed) -> WorkStatus:
    """Where this deed leads; raises Stale when the task does not stand so that it could be done."""
    try:
        return TASK_TRANSITIONS[status, deed]
    except KeyError:
        raise Stale(f"task_{deed.value}_too_late") from None


def reopened(status: WorkStatus, percent: int) -> WorkStatus:
    """How a task stands that is opened again: with something approved of it, it is in progress."""
    follows = next_work_status(status, TaskDeed.REOPEN)
    return WorkStatus.IN_PROGRESS if percent else follows


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
    UNFINISHED = "unfinished"


def task_state(work_status: WorkStatus, open_report: ReportState | None) -> TaskState:
    if work_status in CLOSED:
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
