"""Who has which task of a plan, and who could: the table in which a coordinator gives them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import CLOSED
from ita_flow.extensions import db
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force

HEADS = {Seat.SECTION_HEAD, Seat.DIRECTOR}


@dataclass(frozen=True)
class Staff:
    """The officers and heads of the units of an agency."""

    _officers: Mapping[int, Sequence[User]]
    _heads: Mapping[int, Sequence[User]]
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

    def head_of(self, unit: Unit) -> Sequence[User]:
        return self._heads.get(unit.id, ())


def plan_to_assign(agency_id: int, year: int) -> Plan | None:
    """The plan of that year (BE) whose tasks are given out: the version in force, else the newest draft."""
    chosen = sa.select(Plan).where(Plan.agency_id == agency_id, Plan.year == year)
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


def unassigned_tasks(plan: Plan) -> int:
    """How many open tasks of the plan name no officer."""
    chosen = sa.select(sa.func.count(Task.id)).join(Task.measure)
    return db.session.scalars(chosen.where(Measure.plan_id == plan.id, is_unassigned())).one()


def staff_of(agency_id: int, units: Iterable[Unit], today: date) -> Staff:
    """Officers who hold their post today or take it up later, and heads of today."""
    officers: dict[int, list[User]] = {}
    heads: dict[int, list[User]] = {}
    for post in _posts(agency_id, today):
        if post.role is Role.OFFICER:
            officers.setdefault(post.unit_id or 0, []).append(post.user)
        elif post.is_held_on(today):
            heads.setdefault(post.unit_id or 0, []).append(post.user)
    sections: dict[int, list[int]] = {}
    for unit in units:
        if unit.parent_id is not None:
            sections.setdefault(unit.parent_id, []).append(unit.id)
    return Staff(officers, heads, sections)


def officers_among(agency_id: int, user_ids: Iterable[int], today: date) -> set[int]:
    """Those of these people of the agency who are officers today or will be."""
    chosen = sa.select(Membership.user_id).join(Membership.user)
    chosen = chosen.where(Membership.agency_id == agency_id, Membership.user_id.in_(list(user_ids)))
    return set(db.session.scalars(chosen.where(Membership.role == Role.OFFICER, User.is_active, _not_over(today))))


def _posts(agency_id: int, today: date) -> Sequence[Membership]:
    chosen = (
        sa.select(Membership)
        .join(Membership.user)
        .where(Membership.agency_id == agency_id, Membership.unit_id.is_not(None), User.is_active, _not_over(today))
        .where(sa.or_(Membership.role == Role.OFFICER, Membership.seat.in_(HEADS)))
        .options(contains_eager(Membership.user))
        .order_by(User.name, User.id)
    )
    return db.session.scalars(chosen).all()


def _not_over(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
