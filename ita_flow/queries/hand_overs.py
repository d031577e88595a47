"""All that is open of somebody who moves: tasks, seats, posts and orders; and the colleagues who could take it over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import CLOSED, ReportState
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.queries.divisions import directed_by
from ita_flow.queries.officers import officers_by_task
from ita_flow.queries.plans import is_somebodys_work
from ita_flow.queries.standings import TaskStanding, standings_where


@dataclass(frozen=True)
class Reach:
    """Whose tasks somebody may hand over: those of all divisions, or of those that they direct today."""

    divisions: Collection[int]
    is_whole: bool = False

    def covers(self, division_id: int) -> bool:
        return self.is_whole or division_id in self.divisions


@dataclass(frozen=True)
class Colleague:
    """An officer, and the division in which, or in a section of which, they are one."""

    user: User
    division_id: int
    division_name: str


@dataclass(frozen=True)
class OpenTask:
    """A task that somebody has not finished, and everybody who does it."""

    standing: TaskStanding
    officers: Sequence[User]

    @property
    def id(self) -> int:
        return self.standing.task_id

    @property
    def number(self) -> int:
        return self.standing.number

    @property
    def division_id(self) -> int:
        return self.standing.division_id

    @property
    def has_draft(self) -> bool:
        return self.standing.report_state in (ReportState.DRAFT, ReportState.WITHDRAWN)


@dataclass(frozen=True)
class HandOver:
    """What a person leaves behind, for somebody who sees to it that others go on with it."""

    person: User
    tasks: Sequence[OpenTask]
    """The open tasks that are handed over here, the most urgent first."""

    elsewhere: Sequence[OpenTask]
    """Open tasks of divisions that others see to."""

    colleagues: Sequence[Colleague]
    """Who could take over, in the order of the dictionary; those who may be chosen here."""

    posts: Sequence[Membership]
    """Of their own, today or later."""

    orders: Sequence[ActingOrder]
    """By which they act for others or others for them, today or later."""

    waiting: int
    """How many reports wait for their decision."""

    def beside(self, task: OpenTask) -> list[User]:
        """Who does the task too."""
        return [officer for officer in task.officers if officer.id != self.person.id]

    def successors(self, task: OpenTask) -> list[User]:
        """Who may take over this task: who does it too, then the other officers of its division."""
        near = [one.user for one in self.colleagues if one.division_id == task.division_id]
        return list({one.id: one for one in (*self.beside(task), *near)}.values())

    @property
    def by_division(self) -> Mapping[str, Sequence[User]]:
        """Everybody who may be chosen, the divisions of the tasks first."""
        theirs = {one.division_id for one in self.tasks}
        groups: dict[str, list[User]] = {}
        ranked = sorted(
            self.colleagues, key=lambda one: (one.division_id not in theirs, sorting_key(one.division_name))
        )
        for one in ranked:
            groups.setdefault(one.division_name, []).append(one.user)
        return groups


def person_who_moves(user: User, person_id: int) -> User | None:
    """A person of the same agency, with all posts."""
    units = joinedload(Membership.unit).joinedload(Unit.parent)
    posts = joinedload(User.memberships).options(units, joinedload(Membership.named_seat))
    chosen = sa.select(User).where(User.id == person_id, User.agency_id == user.agency_id).options(posts)
    return db.session.scalars(chosen).unique().one_or_none()


def reach_of(actor: User, today: date) -> Reach:
    """Coordinators hand over for everybody, directors for the divisions that they direct."""
    if actor.has_role_on(Role.COORDINATOR, today):
        return Reach((), is_whole=True)
    return Reach(directed_by(actor, today))


def is_of(person: User, reach: Reach, tasks: Iterable[OpenTask], today: date) -> bool:
    """Whether the person works where that reach goes: by a post of today or later, or by an open task."""
    units = (post.unit for post in posts_ahead(person, today) if post.unit)
    divisions = {unit.parent_id or unit.id for unit in units} | {one.division_id for one in tasks}
    return reach.is_whole or any(reach.covers(division) for division in divisions)


def posts_ahead(person: User, today: date) -> list[Membership]:
    """The posts of the person's own that are not over."""
    own = (post for post in person.memberships if post.acting is None)
    return [post for post in own if post.ends_on is None or post.ends_on >= today]


def open_tasks(person: User, today: date) -> list[OpenTask]:
    """What the person is an officer of and is not done, in plans in force and in drafts; the most urgent first."""
    is_theirs = Task.id.in_(sa.select(task_officers.c.task_id).where(task_officers.c.user_id == person.id))
    rows = standings_where([is_theirs, Task.work_status.not_in(CLOSED), is_somebodys_work()], today)
    officers = officers_by_task([Task.id.in_([row.task_id for row in rows])])
    return [OpenTask(row, officers[row.task_id]) for row in sorted(rows, key=lambda row: row.urgency)]


def hand_over_of(person: User, reach: Reach, tasks: Sequence[OpenTask], today: date) -> HandOver:
    """What the person leaves behind, of these open tasks."""
    return HandOver(
        person=person,
        tasks=[one for one in tasks if reach.covers(one.division_id)],
        elsewhere=[one for one in tasks if not reach.covers(one.division_id)],
        colleagues=colleagues_of(person, reach, today),
        posts=posts_ahead(person, today),
        orders=_orders_ahead(person, today),
        waiting=count_awaiting(person, today),
    )


def _orders_ahead(person: User, today: date) -> Sequence[ActingOrder]:
    held = ActingOrder.membership
    chosen = (
        sa.select(ActingOrder)
        .join(held)
        .where(ActingOrder.agency_id == person.agency_id, _is_not_over(today))
        .where(sa.or_(ActingOrder.acting_id == person.id, ActingOrder.holder_id == person.id))
        .options(contains_eager(held).joinedload(Membership.user), contains_eager(held).joinedload(Membership.unit))
        .options(joinedload(ActingOrder.holder))
        .order_by(Membership.starts_on, ActingOrder.id)
    )
    return db.session.scalars(chosen).all()


def colleagues_of(person: User, reach: Reach, today: date) -> list[Colleague]:
    """The other officers of today or of a coming day, once for each division, in the order of the dictionary."""
    parent = aliased(Unit)
    division_id = sa.func.coalesce(parent.id, Unit.id)
    chosen = (
        sa.select(User, division_id, sa.func.coalesce(parent.name, Unit.name))
        .join(Membership, Membership.user_id == User.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .outerjoin(parent, parent.id == Unit.parent_id)
        .where(User.agency_id == person.agency_id, User.id != person.id, User.is_active)
        .where(Membership.role == Role.OFFICER, _is_not_over(today))
    )
    found = {Colleague(*row) for row in db.session.execute(chosen)}
    within = [one for one in found if reach.covers(one.division_id)]
    return sorted(within, key=lambda one: (sorting_key(one.user.name), one.user.id, one.division_id))


def _is_not_over(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
