"""Who has which task of a plan, and who could: the table in which a coordinator gives them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import CLOSED, COUNTING
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.seats import held_on


@dataclass(frozen=True)
class Staff:
    """The officers of the units of an agency."""

    _officers: Mapping[int, Sequence[User]]
    _sections: Mapping[int, Sequence[int]]
    """The ids of the sections of each division."""

    def of(self, unit: Unit) -> Sequence[User]:
        """The officers of this very unit."""
        return self._officers.get(unit.id, ())

    def candidates(self, division: Unit, section: Unit | None) -> list[User]:
        """Everybody in the division who could do a task: those of its section first, then those of the others."""
        units = [section.id] if section else []
        units += [division.id, *self._sections.get(division.id, ())]
        return list({officer.id: officer for unit_id in units for officer in self._officers.get(unit_id, ())}.values())

    def suggested(self, division: Unit, section: Unit | None) -> list[User]:
        """Those of the section, else of the division itself, else the only one there is; a choice is left to people."""
        near = (section and self.of(section)) or self.of(division)
        everybody = self.candidates(division, section)
        return list(near) or (everybody if len(everybody) == 1 else [])


@dataclass(frozen=True)
class PostToday:
    """The post of an officer, or a seat; with the one division that an acting order covers, if not all."""

    held: Membership
    only_division: int | None


def plan_to_assign(agency_id: int, year: int, version: int | None = None) -> Plan | None:
    """The plan of that year (BE) whose tasks are given out: the version in force, else the newest draft.

    ``version``: that of an amendment that is written beside it.
    """
    chosen = sa.select(Plan).where(Plan.agency_id == agency_id, Plan.year == year)
    if version is not None:
        chosen = chosen.where(Plan.version == version, Plan.state.not_in(COUNTING))
    return db.session.scalar(chosen.order_by(is_in_force().desc(), Plan.version.desc()).limit(1))


def tasks_to_assign(plan: Plan) -> Sequence[Task]:
    """The tasks of the plan with measure, units and officers, in the order of the plan."""
    return db.session.scalars(
        sa.select(Task)
        .join(Task.measure)
        .where(Measure.plan_id == plan.id)
        .options(
            contains_eager(Task.measure),
            joinedload(Task.division),
            joinedload(Task.section),
            selectinload(Task.officers),
        )
        .order_by(Measure.number, Task.id)
    ).all()


def is_unassigned() -> sa.ColumnElement[bool]:
    """Whether a task is open and names no officer."""
    return sa.and_(Task.work_status.not_in(CLOSED), ~Task.officers.any())


def unassigned_tasks(plan: Plan) -> sa.ScalarSelect[int]:
    """How many open tasks of the plan name no officer: a part of a statement."""
    chosen = sa.select(sa.func.count(Task.id)).join(Task.measure)
    return chosen.where(Measure.plan_id == plan.id, is_unassigned()).correlate(None).scalar_subquery()


def posts_today(agency_id: int, today: date) -> list[PostToday]:
    """Officers who hold their post today or take it up later, and whoever sits in a seat today."""
    in_a_seat = sa.and_(Membership.seat.is_not(None), held_on(today))
    chosen = (
        sa.select(Membership, ActingOrder.division_id)
        .join(Membership.user)
        .outerjoin(ActingOrder, ActingOrder.membership_id == Membership.id)
        .where(Membership.agency_id == agency_id, User.is_active, _not_over(today))
        .where(sa.or_(Membership.role == Role.OFFICER, in_a_seat))
        .options(contains_eager(Membership.user))
        .order_by(User.id, Membership.id)
    )
    found = [PostToday(held, only_division) for held, only_division in db.session.execute(chosen)]
    return sorted(found, key=lambda post: (post.held.acting is not None, sorting_key(post.held.user.name)))


def staff_of(posts: Iterable[PostToday], units: Iterable[Unit]) -> Staff:
    """The officers among these posts."""
    officers: dict[int, list[User]] = {}
    for post in posts:
        if post.held.role is Role.OFFICER:
            officers.setdefault(post.held.unit_id or 0, []).append(post.held.user)
    sections: dict[int, list[int]] = {}
    for unit in units:
        if unit.parent_id is not None:
            sections.setdefault(unit.parent_id, []).append(unit.id)
    return Staff(officers, sections)


def officers_among(agency_id: int, user_ids: Iterable[int], today: date) -> set[int]:
    """Those of these people of the agency who are officers today or will be."""
    chosen = sa.select(Membership.user_id).join(Membership.user)
    chosen = chosen.where(Membership.agency_id == agency_id, Membership.user_id.in_(list(user_ids)))
    return set(db.session.scalars(chosen.where(Membership.role == Role.OFFICER, User.is_active, _not_over(today))))


def _not_over(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
