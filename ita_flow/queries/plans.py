"""Plans as they are read: which version counts, and everything that its page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from ita_flow.domain.states import COUNTING, PlanState
from ita_flow.extensions import db
from ita_flow.models.people import Agency
from ita_flow.models.plans import ImportJob, Measure, Plan
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


def plan_of(agency: Agency, year: int) -> Plan | None:
    """The plan of that year (BE) with all that it says: the version in force, else the newest draft."""
    chosen = (
        sa.select(Plan)
        .where(Plan.agency_id == agency.id, Plan.year == year)
        .options(
            selectinload(Plan.areas),
            selectinload(Plan.limitations),
            selectinload(Plan.measures).selectinload(Measure.items),
        )
        .order_by(is_in_force().desc(), Plan.version.desc())
        .limit(1)
    )
    return db.session.scalar(chosen)


def state_of_plan(agency: Agency, year: int) -> PlanState | None:
    """How far the newest version of that year's plan (BE) is; None when there is none."""
    chosen = sa.select(Plan.state).where(Plan.agency_id == agency.id, Plan.year == year)
    return db.session.scalar(chosen.order_by(Plan.version.desc()).limit(1))


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


def document_of(plan: Plan) -> ImportJob | None:
    """The document from which the plan was last read, if it came from one."""
    chosen = sa.select(ImportJob).where(ImportJob.plan_id == plan.id).order_by(ImportJob.at.desc(), ImportJob.id.desc())
    return db.session.scalar(chosen.limit(1))
