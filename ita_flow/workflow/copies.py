"""Copies of tasks in an amendment that is being written: what happens to a task in force goes over into its copy."""

from __future__ import annotations

import json

import sqlalchemy as sa

from ita_flow.domain.states import CLOSED, IN_FORCE, IN_HAND, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Step, Task

UNMOVED = 1
"""The due version of a copy whose due date the amendment has left alone."""

CANCELLED, REOPENED = "task.cancelled", "task.reopened"


def copied(task: Task, measure: Measure, *, continues: Task | None) -> Task:
    """A task of this measure that stands as that one stands; ``continues`` is the task in force that it stands for."""
    return Task(
        agency_id=task.agency_id,
        measure=measure,
        division=task.division,
        section=task.section,
        due_on=task.due_on,
        first_due_on=task.first_due_on,
        due_version=UNMOVED,
        work_status=task.work_status,
        percent=task.percent,
        completed_at=task.completed_at,
        claimed_done_on=task.claimed_done_on,
        ending_reason=task.ending_reason,
        carries_over=task.carries_over,
        continues_id=continues.id if continues else None,
        officers=list(task.officers),
        steps=[Step(position=step.position, text=step.text, is_done=step.is_done) for step in task.steps],
    )


def copy_in_hand(task: Task) -> Task | None:
    """The copy of a task in force in the amendment of its plan that nobody has approved yet, if there is one."""
    if task.measure.plan.state not in IN_FORCE:
        return None
    chosen = (
        sa.select(Task)
        .join(Task.measure)
        .join(Measure.plan)
        .where(Task.continues_id == task.id, Plan.state.in_(IN_HAND))
    )
    return db.session.scalars(chosen).one_or_none()


def follow(task: Task) -> None:
    """Let the copy of the task follow a deed on it, wherever the amendment itself has not said otherwise.

    Call it after the deed. The due date and whether the task has ended go over: while an amendment is in hand,
    unit and steps are changed there.
    """
    copy = copy_in_hand(task)
    if copy is None:
        return
    copy.first_due_on = task.first_due_on
    if copy.due_version == UNMOVED:
        copy.due_on = task.due_on
    if not _is_ended_by_the_amendment(copy):
        stand_as(copy, task)


def stand_as(copy: Task, task: Task) -> None:
    """Let the copy stand where the task stands."""
    with db.session.no_autoflush:
        copy.work_status, copy.percent, copy.ending_reason = task.work_status, task.percent, task.ending_reason
        copy.completed_at, copy.claimed_done_on = task.completed_at, task.claimed_done_on


def _is_ended_by_the_amendment(copy: Task) -> bool:
    """Whether somebody cancelled the copy itself: then what becomes of the task in force changes nothing of that.

    The record is asked, for a copy that was cancelled by following looks the same.
    """
    if copy.work_status is not WorkStatus.CANCELLED:
        return False
    told = sa.select(AuditEvent.body).where(
        AuditEvent.agency_id == copy.agency_id, AuditEvent.subject == f"task:{copy.id}"
    )
    bodies = db.session.scalars(told.order_by(AuditEvent.seq.desc()))
    ends = (action for body in bodies if (action := json.loads(body)["action"]) in (CANCELLED, REOPENED))
    return next(ends, None) == CANCELLED


def is_cancelled(task: Task) -> bool:
    """Whether it counts no more."""
    return task.work_status is WorkStatus.CANCELLED


def is_closed(task: Task) -> bool:
    """Whether nothing more is done for it."""
    return task.work_status in CLOSED
