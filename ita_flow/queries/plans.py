"""Plans as they are read: which version counts, and everything that its page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.states import COUNTING, IN_FORCE, PlanState
from ita_flow.extensions import db
from ita_flow.models.people import Agency
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task


def is_in_force() -> sa.ColumnElement[bool]:
    """Whether a plan is the newest approved version of its year: the one whose tasks count, also once it is closed."""
    newer = aliased(Plan)
    newer_version = sa.exists().where(
        newer.agency_id == Plan.agency_id,
        newer.year == Plan.year,
        newer.version > Plan.version,
        newer.state.in_(COUNTING),
    )
    return sa.and_(Plan.state.in_(COUNTING), ~newer_version)


def is_worked_on() -> sa.ColumnElement[bool]:
    """Whether a plan is the one in force of a year that is not closed: people are reminded of its tasks."""
    return sa.and_(Plan.state.in_(IN_FORCE), is_in_force())


def is_somebodys_work() -> sa.ColumnElement[bool]:
    """Whether a task is to be done by somebody, now or once a draft is approved: in the version in force, or new.

    What a version before says of a task, and the copy of one in an amendment, are no work of their own.
    """
    is_new = sa.and_(Plan.state.not_in(COUNTING), Task.continues_id.is_(None))
    return sa.or_(is_in_force(), is_new)


def plan_of(agency: Agency, year: int) -> Plan | None:
    """The plan of that year (BE) with all that it says: the version in force, else the newest draft."""
    return db.session.scalar(_whole(agency, year).order_by(is_in_force().desc(), Plan.version.desc()).limit(1))


def newest_plan_of(agency: Agency, year: int) -> Plan | None:
    """The newest version of that year's plan (BE), be it a draft beside the one in force, with all that it says."""
    return db.session.scalar(_whole(agency, year).order_by(Plan.version.desc()).limit(1))


def version_of_plan(agency: Agency, year: int, version: int) -> Plan | None:
    """This version of that year's plan (BE), whether it counts or not, with all that it says."""
    return db.session.scalar(_whole(agency, year).where(Plan.version == version))


def _whole(agency: Agency, year: int) -> sa.Select[Plan]:
    return (
        sa.select(Plan)
        .where(Plan.agency_id == agency.id, Plan.year == year, Plan.state != PlanState.DISCARDED)
        .options(
            selectinload(Plan.areas),
            selectinload(Plan.limitations),
            selectinload(Plan.measures).selectinload(Measure.items),
        )
    )


def state_of_plan(agency: Agency, year: int) -> PlanState | None:
    """How far that year's plan (BE) is: the version in force, else the newest draft; None when there is none."""
    chosen = sa.select(Plan.state).where(Plan.agency_id == agency.id, Plan.year == year)
    return db.session.scalar(chosen.order_by(is_in_force().desc(), Plan.version.desc()).limit(1))


def closed_on(agency_id: int, year: int) -> date | None:
    """The day on which that year (BE) of the agency was closed; None while it is open."""
    chosen = sa.select(Plan.closed_at).where(Plan.agency_id == agency_id, Plan.year == year)
    closed_at = db.session.scalar(chosen.where(Plan.closed_at.is_not(None)))
    return bangkok_day(closed_at) if closed_at else None


def tasks_by_measure(plan: Plan) -> Mapping[int, Sequence[Task]]:
    """The tasks of the plan with their units, by the id of their measure."""
    chosen = (
        sa.select(Task)
        .join(Task.measure)
        .where(Measure.plan_id == plan.id)
        .options(joinedload(Task.division), joinedload(Task.section))
        .order_by(Task.id)
    )
    by_measure: dict[int, list[Task]] = {}
    for task in db.session.scalars(chosen):
        by_measure.setdefault(task.measure_id, []).append(task)
    return by_measure
