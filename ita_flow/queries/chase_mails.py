"""What a mail of a coordinator may still ask when it leaves: nothing that was sent in, decided or moved meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.reminders import Capacity
from ita_flow.extensions import db
from ita_flow.models.chases import Chase
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.queries.chase import to_chase
from ita_flow.queries.task_row import TaskRow


@dataclass(frozen=True)
class AskedTask:
    """A task as the reader is asked after it."""

    row: TaskRow
    reason: ChaseReason
    capacity: Capacity

    @property
    def task(self) -> Task:
        return self.row.task


@dataclass(frozen=True)
class Asking:
    """What a mail asks, who asks it, and what they add in their own words."""

    tasks: Sequence[AskedTask]
    asked_by: User
    asked_at: datetime
    note: str = ""


def asking_of(message: OutboxMessage, today: date) -> Asking | None:
    """What is still true of the mail when it is read on that day; None when nothing is."""
    chases = _chases_of(message)
    tasks = [
        one
        for year in sorted({chase.task.measure.plan.year for chase in chases})
        for one in _still_to_ask(message.recipient, year, {chase.task_id for chase in chases}, today)
    ]
    if not tasks:
        return None
    return Asking(tasks, chases[0].asked_by, chases[0].at, chases[0].note)


def _still_to_ask(person: User, year: int, task_ids: set[int], today: date) -> list[AskedTask]:
    found = to_chase(person, year, today, tasks=task_ids).rows
    return [
        AskedTask(one.row, one.reason, capacity)
        for one in found
        for user, capacity in one.people
        if user.id == person.id
    ]


def _chases_of(message: OutboxMessage) -> Sequence[Chase]:
    task = joinedload(Chase.task).joinedload(Task.measure).joinedload(Measure.plan)
    chosen = sa.select(Chase).where(Chase.message_id == message.id).order_by(Chase.id)
    return db.session.scalars(chosen.options(task, joinedload(Chase.asked_by))).all()
