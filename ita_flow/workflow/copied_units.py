"""Who does a measure of an amendment: tasks in force do not go away, they move to another division or are cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.workflow import audit
from ita_flow.workflow.copies import CANCELLED, REOPENED, is_closed, stand_as
from ita_flow.workflow.task_editing import give_to


def make_room(
    measure: Measure,
    tasks: Iterable[Task],
    wanted: Sequence[Unit],
    *,
    actor: User | None,
    via: str | None = None,
    at: datetime,
) -> None:
    """Before these divisions become responsible: a copy whose division is not among them goes to a new one, if any.

    Else it is cancelled, and one that was cancelled comes back with its division. Raises Invalid where that cannot
    be: the task is done, or was cancelled in force. Other tasks are left alone.
    """
    kept = {task.division: task for task in tasks}
    new = [division for division in wanted if division not in kept]
    for division, task in kept.items():
        if division in wanted:
            _bring_back(task, actor, via, at)
        elif task.continues_id and task.work_status is not WorkStatus.CANCELLED:
            _refuse_when_done(task)
            _move_or_cancel(task, new, actor, via, at)
    db.session.flush()


def cancel_copy(copy: Task, *, actor: User | None, via: str | None = None, at: datetime) -> None:
    """Let the amendment cancel the task in force that this copy stands for, for the reason of the whole amendment."""
    _refuse_when_done(copy)
    if copy.work_status is not WorkStatus.CANCELLED:
        before = copy.work_status
        copy.work_status, copy.ending_reason = WorkStatus.CANCELLED, copy.measure.plan.amendment_reason
        _record(CANCELLED, copy, before, actor, via, at)


def _move_or_cancel(task: Task, new: list[Unit], actor: User | None, via: str | None, at: datetime) -> None:
    if new:
        give_to(task, new.pop(0), None, actor=actor, via=via, at=at)
        task.officers = []  # those of the unit before stay behind; others are named in the new one
    else:
        cancel_copy(task, actor=actor, via=via, at=at)


def _bring_back(task: Task, actor: User | None, via: str | None, at: datetime) -> None:
    if task.work_status is not WorkStatus.CANCELLED:
        return
    live = db.session.get_one(Task, task.continues_id) if task.continues_id else task
    if live.work_status is WorkStatus.CANCELLED:
        raise Invalid("cancelled_task_of_the_division", "responsible", unit=task.division.name)
    stand_as(task, live)
    _record(REOPENED, task, WorkStatus.CANCELLED, actor, via, at)


def _refuse_when_done(task: Task) -> None:
    if is_closed(task) and task.work_status is not WorkStatus.CANCELLED:
        raise Invalid("copied_task_is_done", "responsible", unit=task.unit.name)


def _record(action: str, task: Task, before: WorkStatus, actor: User | None, via: str | None, at: datetime) -> None:
    after: audit.Values = {"work_status": task.work_status.value, "reason": task.ending_reason}
    was: audit.Values = {"work_status": before.value}
    audit.record(action, task.agency_id, f"task:{task.id}", at=at, actor=actor, via=via, before=was, after=after)
