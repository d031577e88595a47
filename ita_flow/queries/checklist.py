"""What an agency still needs before its year can run: the checklist of the home page, and the state of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import COUNTING, PlanState, WorkStatus
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.assignments import is_unassigned
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.seats import held_on


class Need(StrEnum):
    """What has to be there, in the order in which it is done."""

    AGENCY = "agency"
    UNITS = "units"
    PEOPLE = "people"
    MAIL = "mail"
    YEAR = "year"
    PLAN = "plan"
    ASSIGNED = "assigned"


@dataclass(frozen=True)
class Checklist:
    """The needs of the agency and which of them are met."""

    year: int
    """The fiscal year (BE) that is being prepared."""

    plan_state: PlanState | None
    divisions: int
    sections: int
    people: int
    without_password: int
    met: frozenset[Need]

    @property
    def missing(self) -> Sequence[Need]:
        return [need for need in Need if need not in self.met]


@dataclass(frozen=True)
class _Facts:
    """What was counted; of the plan in hand None or nothing while there is none."""

    divisions: int
    sections: int
    people: int
    without_password: int
    coordinators: int
    officers: int
    sent: int
    plan_year: int | None
    plan_state: PlanState | None
    areas: int
    tasks: int
    unassigned: int


def checklist_of(agency: Agency, today: date) -> Checklist:
    """One statement, for it stands on a page that costs others already."""
    facts = _facts(agency, today)
    met = {
        Need.AGENCY: bool(agency.type and agency.province),
        Need.UNITS: facts.divisions > 0,
        Need.PEOPLE: facts.coordinators > 0 and facts.officers > 0,
        Need.MAIL: facts.sent > 0 or agency.is_demo,
        Need.YEAR: facts.plan_year is not None,
        Need.PLAN: facts.plan_state in COUNTING and facts.areas == len(AREAS),
        Need.ASSIGNED: facts.tasks > 0 and not facts.unassigned,
    }
    return Checklist(
        year=facts.plan_year or FiscalYear.containing(today).buddhist_year,
        plan_state=facts.plan_state,
        divisions=facts.divisions,
        sections=facts.sections,
        people=facts.people,
        without_password=facts.without_password,
        met=frozenset(need for need, is_met in met.items() if is_met),
    )


def _facts(agency: Agency, today: date) -> _Facts:
    is_unit, is_person = Unit.agency_id == agency.id, sa.and_(User.agency_id == agency.id, User.is_active)
    counts = (
        _count(Unit.id, is_unit, Unit.kind == UnitKind.DIVISION),
        _count(Unit.id, is_unit, Unit.kind == UnitKind.SECTION),
        _count(User.id, is_person),
        _count(User.id, is_person, User.password_hash.is_(None)),
        _count(User.id, is_person, _has_role(Role.COORDINATOR, today)),
        _count(User.id, is_person, _has_role(Role.OFFICER, today)),
        _count(OutboxMessage.id, OutboxMessage.agency_id == agency.id, OutboxMessage.state == MessageState.SENT),
    )
    return _Facts(*db.session.execute(sa.select(*counts, *_of_the_plan(agency, today))).one())


def _of_the_plan(agency: Agency, today: date) -> Sequence[sa.ScalarSelect[Any]]:
    plan = _plan_in_hand(agency, today)
    is_its_task = sa.and_(
        Task.measure_id.in_(sa.select(Measure.id).where(Measure.plan_id == plan)),
        Task.work_status != WorkStatus.CANCELLED,
    )
    return (
        sa.select(Plan.year).where(Plan.id == plan).scalar_subquery(),
        sa.select(Plan.state).where(Plan.id == plan).scalar_subquery(),
        sa.select(sa.func.count(sa.distinct(Measure.area))).where(Measure.plan_id == plan).scalar_subquery(),
        _count(Task.id, is_its_task),
        _count(Task.id, is_its_task, is_unassigned()),
    )


def _plan_in_hand(agency: Agency, today: date) -> sa.ScalarSelect[int]:
    """The plan of this fiscal year, or, without one, of the next: the version in force, else the newest draft."""
    this_year = FiscalYear.containing(today).buddhist_year
    chosen = sa.select(Plan.id).where(Plan.agency_id == agency.id, Plan.year.in_((this_year, this_year + 1)))
    # Not tied to the selects around it, which read the same table.
    chosen = chosen.order_by(Plan.year, is_in_force().desc(), Plan.version.desc())
    return chosen.limit(1).correlate(None).scalar_subquery()


def _count(what: InstrumentedAttribute[int], *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count(what)).where(*conditions).scalar_subquery()


def _has_role(role: Role, today: date) -> sa.ColumnElement[bool]:
    return User.memberships.any(sa.and_(Membership.role == role, held_on(today)))
