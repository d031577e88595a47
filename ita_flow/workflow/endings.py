"""Bringing a task or a measure to an end with a reason, and opening a task again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.states import (
    CLOSED,
    IN_FORCE,
    PlanDeed,
    ProposalState,
    ReportState,
    TaskDeed,
    next_plan_state,
    next_work_status,
    reopened,
)
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_editing import tasks_of
from ita_flow.queries.plans import is_in_force
from ita_flow.workflow import audit, notices
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.copies import follow, is_cancelled, stand_as
from ita_flow.workflow.desk import come_in, lock_tasks
from ita_flow.workflow.laying import withdraw
from ita_flow.workflow.progress_reports import hold
from ita_flow.workflow.reasons import read_reason
from ita_flow.workflow.task_editing import move_due

MOST_WHEN_REOPENED = 95
"""Percent: nothing is whole that somebody has to work on again."""


def cancel_task(task: Task, reason: str, *, actor: User, at: datetime) -> None:
    """Let nothing more be done for this task, nor let it count. In an amendment only its copy is written.

    Raises Invalid without a reason or while a report waits, Stale when it is not open any more.
    """
    said = read_reason(reason, "ending_needs_a_reason")
    hold(task)
    is_live = refuse_cancelling([task])
    write_cancelled(task, said, actor=actor, at=at)
    if is_live:
        notices.tell_of_ending(task, actor=actor, at=at)


def cancel_measure(measure: Measure, reason: str, *, actor: User, at: datetime) -> None:
    """The same for all tasks of the measure that are still open; what is done stays done, and counts."""
    said = read_reason(reason, "ending_needs_a_reason")
    still_open = open_tasks_of(_held(measure))
    is_live = refuse_cancelling(still_open)
    told: audit.Values = {"reason": said, "division": [task.division_id for task in still_open]}
    audit.record("measure.cancelled", measure.agency_id, f"measure:{measure.id}", at=at, actor=actor, after=told)
    for task in still_open:
        write_cancelled(task, said, actor=actor, at=at)
    for task in still_open if is_live else ():
        notices.tell_of_ending(task, actor=actor, at=at)


def write_cancelled(task: Task, reason: str, *, actor: User, at: datetime) -> None:
    """Let the task be cancelled, and what was asked for it with it; hold it first. Raises Stale when it is closed."""
    before, status = standing_of(task), next_work_status(task.work_status, TaskDeed.CANCEL)
    _withdraw_wishes(task, actor, at)
    task.work_status, task.ending_reason = status, reason
    _record("task.cancelled", task, before, reason, actor, at)
    follow(task)


def reopen(task: Task, reason: str, *, actor: User, at: datetime, due_on: date | None = None) -> None:
    """Let a task that is done or cancelled be worked on again; ``due_on`` where its due date is to be another.

    Raises Invalid where that day has passed, Stale for a task that is open.
    """
    said = read_reason(reason, "ending_needs_a_reason")
    hold(task)
    is_live, wanted = refuse_reopening(task), due_on or task.due_on
    if is_live:
        _refuse_passed(wanted, at)
    before = standing_of(task)
    _write_open(task)
    if not is_live:
        _follow_what_is_in_force(task)
    _record("task.reopened", task, before, said, actor, at)
    if is_live:
        move_due(task, wanted, actor=actor, at=at)
        follow(task)
        notices.tell_of_ending(task, actor=actor, at=at)


def open_tasks_of(tasks: Sequence[Task]) -> Sequence[Task]:
    """Those of the tasks of a measure that are still open; raises Stale when none is."""
    still_open = [task for task in tasks if task.work_status not in CLOSED]
    if not still_open:
        raise Stale("measure_cancel_too_late")
    return still_open


def refuse_cancelling(tasks: Sequence[Task]) -> bool:
    """Raise a refusal where these tasks of a measure cannot be cancelled, for each of them must be.

    Returns whether they are live ones, see ``_is_live``.
    """
    is_live = _is_live(tasks[0].measure)
    for task in tasks:
        next_work_status(task.work_status, TaskDeed.CANCEL)
    _refuse_while_a_report_waits(tasks)
    return is_live


def refuse_reopening(task: Task) -> bool:
    """Raise a refusal where the task cannot be opened again; returns whether it is a live one."""
    is_live = _is_live(task.measure)
    next_work_status(task.work_status, TaskDeed.REOPEN)
    if not is_live:
        _refuse_opening_in_a_draft(task)
    return is_live


def standing_of(task: Task) -> audit.Values:
    """How the task stands, for the record."""
    done_on = task.claimed_done_on.isoformat() if task.claimed_done_on else None
    return {"work_status": task.work_status.value, "percent": task.percent, "done_on": done_on}


def _held(measure: Measure) -> Sequence[Task]:
    """The tasks of the measure, which nobody else changes until the transaction ends."""
    come_in(measure.agency_id)
    lock_tasks([task.id for task in tasks_of(measure)])
    refuse_when_closed_year(measure.plan)
    return tasks_of(measure)


def _is_live(measure: Measure) -> bool:
    """Whether the version in force holds the measure; False for its copy in an amendment that is being written.

    The plan is asked anew: it may have been closed, or amended, while this deed waited for the task.
    """
    chosen = sa.select(Plan.state, Plan.supersedes_id, is_in_force()).where(Plan.id == measure.plan_id)
    state, amended, counts = db.session.execute(chosen).one()
    if state in IN_FORCE and not counts:
        raise Stale("task_of_an_older_version")
    if state in IN_FORCE:
        return True
    next_plan_state(state, PlanDeed.WRITE)
    if amended is None or measure.continues_id is None:
        raise Invalid("task_of_a_draft")
    return False


def _refuse_while_a_report_waits(tasks: Sequence[Task]) -> None:
    by_id = {task.id: task for task in tasks}
    chosen = sa.select(ProgressReport.task_id, ProgressReport.number)
    waits = chosen.where(ProgressReport.task_id.in_(by_id), ProgressReport.state == ReportState.SUBMITTED)
    for report in db.session.execute(waits.order_by(ProgressReport.task_id)):
        task = by_id[report.task_id]
        told = {"measure": task.measure.number, "unit": task.unit.name, "number": report.number}
        raise Invalid("report_waits_on_the_task", None, **told)


def _refuse_passed(due_on: date, at: datetime) -> None:
    if due_on < bangkok_day(at):
        raise Invalid("reopening_needs_a_day_ahead", "due_on")


def _refuse_opening_in_a_draft(task: Task) -> None:
    """In an amendment a copy is opened again that was cancelled there; what is closed in force is opened there."""
    live = _in_force_of(task)
    if live and live.work_status in CLOSED and not (is_cancelled(task) and not is_cancelled(live)):
        raise Invalid("reopen_the_task_in_force", None, number=task.measure.number)


def _follow_what_is_in_force(copy: Task) -> None:
    """A copy that the amendment gives up cancelling stands where its task stands, which may be done by now."""
    live = _in_force_of(copy)
    if live:
        stand_as(copy, live)


def _in_force_of(copy: Task) -> Task | None:
    return db.session.get(Task, copy.continues_id) if copy.continues_id else None


def _write_open(task: Task) -> None:
    with db.session.no_autoflush:
        task.work_status = reopened(task.work_status, task.percent)
        task.percent = min(task.percent, MOST_WHEN_REOPENED)
        task.ending_reason = task.completed_at = task.claimed_done_on = None


def _withdraw_wishes(task: Task, actor: User, at: datetime) -> None:
    """A later due date that is still asked for is asked for no more."""
    chosen = sa.select(Proposal).where(Proposal.task_id == task.id, Proposal.state == ProposalState.WAITING)
    for wish in db.session.scalars(chosen).all():
        withdraw(wish, actor=actor, at=at)


def _record(action: str, task: Task, before: audit.Values, reason: str, actor: User, at: datetime) -> None:
    after = {**standing_of(task), "reason": reason}
    audit.record(action, task.agency_id, f"task:{task.id}", at=at, actor=actor, before=before, after=after)
