"""What follows when tasks are cancelled or opened again, and when and why it was done."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ProposalState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.addressees import in_seat
from ita_flow.queries.seats import posts_of

ENDED = ("task.cancelled", "task.left_unfinished")


@dataclass(frozen=True)
class Consequences:
    """What follows when these tasks of a measure count no more."""

    still_counting: int
    """How many other tasks the measure still has that count."""

    measures: int
    """How many measures the plan then has that count."""

    people: Sequence[User]
    """Who is told."""

    asks_for_later: bool
    """Whether a later due date is asked for, which is then withdrawn."""


def consequences_of(measure: Measure, tasks: Sequence[Task], actor: User, on: date) -> Consequences:
    """What follows when this person cancels these tasks of the measure on that day."""
    ids = [task.id for task in tasks]
    counts = Task.work_status != WorkStatus.CANCELLED, Task.id.not_in(ids)
    here = sa.select(sa.func.count(Task.id)).where(Task.measure_id == measure.id, *counts)
    measures = sa.select(sa.func.count(sa.distinct(Task.measure_id))).join(Task.measure)
    waits = sa.exists().where(Proposal.task_id.in_(ids), Proposal.state == ProposalState.WAITING)
    found = sa.select(
        here.scalar_subquery(), measures.where(Measure.plan_id == measure.plan_id, *counts).scalar_subquery(), waits
    )
    still_counting, measures_left, asks_for_later = db.session.execute(found).one()
    return Consequences(still_counting, measures_left, people_told(tasks, actor, on), asks_for_later)


def people_told(tasks: Sequence[Task], actor: User, on: date) -> Sequence[User]:
    """Who is told when this person cancels these tasks or opens them again; nobody is for a copy in a draft."""
    if not tasks or tasks[0].measure.plan.approved_at is None:
        return []
    posts = posts_of(tasks[0].agency_id, on, on)
    heads = [person for task in tasks for person in in_seat(Seat.SECTION_HEAD, task, posts, on)]
    told = dict.fromkeys([*_officers_of(tasks), *heads])
    return [person for person in told if person.is_active and person.id != actor.id]


def _officers_of(tasks: Sequence[Task]) -> Sequence[User]:
    chosen = sa.select(User).join(task_officers).where(task_officers.c.task_id.in_([task.id for task in tasks]))
    return db.session.scalars(chosen.order_by(User.id)).all()


def ended_on(agency_id: int, task_ids: Collection[int]) -> Mapping[int, date]:
    """The day on which each of these tasks was last cancelled, or left unfinished, as the record tells."""
    if not task_ids:
        return {}
    subjects = [f"task:{task_id}" for task_id in task_ids]
    chosen = sa.select(AuditEvent.subject, AuditEvent.body).where(
        AuditEvent.agency_id == agency_id, AuditEvent.subject.in_(subjects)
    )
    days: dict[int, date] = {}
    for subject, body in db.session.execute(chosen.order_by(AuditEvent.seq)):
        told = json.loads(body)
        if told["action"] in ENDED:
            days[int(subject.removeprefix("task:"))] = bangkok_day(datetime.fromisoformat(told["at"]))
    return days
