"""Handing over what is open of somebody who moves: tasks go to colleagues, all at once or not at all.

Drafts, reports and evidence stay with the task; who did it before stands in the record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Incomplete, Invalid, NotPermitted, Stale
from ita_flow.extensions import db
from ita_flow.models.people import Membership, User
from ita_flow.models.tasks import Task
from ita_flow.queries.assignments import officers_among
from ita_flow.queries.hand_overs import OpenTask, Reach, colleagues_of, is_of, open_tasks, posts_ahead, reach_of
from ita_flow.workflow.appointments import change_post
from ita_flow.workflow.audit import Values
from ita_flow.workflow.desk import lock_tasks, take_the_desk
from ita_flow.workflow.people import record_about
from ita_flow.workflow.tasks import assign

FARTHEST = timedelta(days=366)
"""How far from today the day of moving may be; what is farther was mistyped."""


@dataclass(frozen=True)
class Passing:
    """What is wanted of one task: who takes it over, and how it stood when somebody looked."""

    task_id: int
    seen: str
    successor_id: int | None
    """None where the task stays with the person."""


class TasksChanged(Stale):
    """Tasks are otherwise than they were when somebody looked; ``problems`` tells which."""

    def __init__(self, problems: Sequence[Invalid]) -> None:
        super().__init__("hand_over_changed", count=len(problems))
        self.problems = problems


@dataclass(frozen=True)
class _Desk:
    """What is known of the person's tasks while they change hands."""

    person: User
    tasks: Mapping[int, OpenTask]
    reach: Reach
    fit: Collection[int]
    """The successors who are officers today or will be."""

    near: Collection[int]
    """Those who may be chosen by whoever hands over."""


def stamp(task: OpenTask) -> str:
    """How a task stands, as far as handing it over depends on it."""
    stands, officers = task.standing, ",".join(str(officer.id) for officer in task.officers)
    last = stands.updated_at.isoformat() if stands.updated_at else ""
    return ";".join((officers, str(stands.division_id), stands.work_status, stands.report_state or "", last))


def refuse_hand_over(person: User, reach: Reach, tasks: Sequence[OpenTask], today: date) -> None:
    """Raise NotPermitted where this person's work is not for somebody of that reach to hand over."""
    if not is_of(person, reach, tasks, today):
        raise NotPermitted("hand_over_of_others")


def hand_over(
    person: User,
    passings: Sequence[Passing],
    *,
    on: date,
    ending: Collection[int] = (),
    actor: User,
    at: datetime,
    today: date,
) -> int:
    """Let these tasks go to their successors now; returns how many changed hands.

    ``on`` is the day of moving: it goes on record, and is the last day of the posts whose ids are in ``ending``.
    Raises Incomplete with all that is wrong, TasksChanged, or NotPermitted.
    """
    take_the_desk(person.agency_id)
    _refuse_day(on, today)
    desk = _desk(person, passings, actor, today)
    wanted = [one for one in passings if not _stands(desk, one)]
    _refuse_changed(desk, wanted, passings)
    moving = [one for one in wanted if one.successor_id]
    _refuse_unfit(desk, moving)
    _end_posts(person, ending, on, actor=actor, at=at, today=today)
    if moving:
        _record(desk, moving, on, actor, at)
    for one in moving:
        _pass_on(desk, one, actor, at)
    return len(moving)


def _desk(person: User, passings: Sequence[Passing], actor: User, today: date) -> _Desk:
    lock_tasks([task.id for task in open_tasks(person, today)])
    tasks, reach = open_tasks(person, today), reach_of(actor, today)
    refuse_hand_over(person, reach, tasks, today)
    successors = {one.successor_id for one in passings if one.successor_id}
    return _Desk(
        person=person,
        tasks={task.id: task for task in tasks},
        reach=reach,
        fit=officers_among(person.agency_id, successors, today),
        near={one.user.id for one in colleagues_of(person, reach, today)},
    )


def _stands(desk: _Desk, one: Passing) -> bool:
    """Whether it is done already: the person is gone from the task, and the successor does it."""
    if one.task_id in desk.tasks or not one.successor_id:
        return False
    task = db.session.get(Task, one.task_id)
    ids = {officer.id for officer in task.officers} if task and task.agency_id == desk.person.agency_id else set()
    return one.successor_id in ids and desk.person.id not in ids


def _refuse_changed(desk: _Desk, wanted: Sequence[Passing], passings: Sequence[Passing]) -> None:
    """Raise TasksChanged for what changed, went away or came since somebody looked."""
    if any(one.task_id in desk.tasks and not _is_covered(desk, one.task_id) for one in wanted):
        raise NotPermitted("hand_over_of_others")
    problems = [problem for one in wanted if (problem := _change_in(desk, one))]
    told = {one.task_id for one in passings}
    came = [task for task in desk.tasks.values() if task.id not in told and _is_covered(desk, task.id)]
    problems += [Invalid("hand_over_task_came", field=f"to-{task.id}", number=task.number) for task in came]
    if problems:
        raise TasksChanged(problems)


def _change_in(desk: _Desk, one: Passing) -> Invalid | None:
    task = desk.tasks.get(one.task_id)
    if task is None:
        return Invalid("hand_over_task_gone") if one.successor_id else None
    if stamp(task) != one.seen:
        return Invalid("hand_over_task_changed", field=f"to-{one.task_id}", number=task.number)
    return None


def _is_covered(desk: _Desk, task_id: int) -> bool:
    return desk.reach.covers(desk.tasks[task_id].division_id)


def _refuse_unfit(desk: _Desk, moving: Sequence[Passing]) -> None:
    problems = [problem for one in moving if (problem := _unfit(desk, one))]
    if problems:
        raise Incomplete(problems)


def _unfit(desk: _Desk, one: Passing) -> Invalid | None:
    task = desk.tasks[one.task_id]
    if one.successor_id in {officer.id for officer in task.officers} - {desk.person.id}:
        return None
    if one.successor_id not in desk.fit or one.successor_id not in desk.near:
        return Invalid("hand_over_successor_unfit", field=f"to-{task.id}", number=task.number)
    return None


def _refuse_day(on: date, today: date) -> None:
    if abs(on - today) > FARTHEST:
        raise Incomplete([Invalid("hand_over_day_far", field="on")])


def _end_posts(person: User, ending: Collection[int], on: date, *, actor: User, at: datetime, today: date) -> None:
    """Only who may change people ends their posts; one that ends sooner is left alone."""
    if ending and not actor.may(Permission.PEOPLE_WRITE, today):
        raise NotPermitted("hand_over_posts_of_others")
    for post in posts_ahead(person, today):
        if post.id in ending and (post.ends_on is None or post.ends_on > on):
            _end(post, on, actor, at)


def _end(post: Membership, on: date, actor: User, at: datetime) -> None:
    try:
        change_post(post, title=post.post, ends_on=on, actor=actor, at=at)
    except Invalid as refusal:
        raise Incomplete([Invalid(refusal.key, f"post-{post.id}", **refusal.values)]) from None


def _record(desk: _Desk, moving: Sequence[Passing], on: date, actor: User, at: datetime) -> None:
    """One line about the person; each task has a line of its own, with its officers before and after."""
    numbers = sorted(desk.tasks[one.task_id].number for one in moving)
    successors = sorted({one.successor_id for one in moving if one.successor_id})
    after: Values = {"handed_measures": numbers, "successors": successors, "on": on.isoformat()}
    record_about(desk.person, "person.handed_over", actor, at, after=after)


def _pass_on(desk: _Desk, one: Passing, actor: User, at: datetime) -> None:
    task = db.session.get_one(Task, one.task_id)
    ids = {officer.id for officer in task.officers} - {desk.person.id} | {one.successor_id}
    officers = db.session.scalars(sa.select(User).where(User.id.in_(ids)).order_by(User.id)).all()
    assign(task, officers, actor=actor, at=at)
