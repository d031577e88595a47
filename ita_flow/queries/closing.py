"""What stands in the way of closing a year, and which of its tasks are open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from ita_flow.domain.states import (
    CLOSED,
    COUNTING,
    EDITABLE,
    IN_HAND,
    ProposalState,
    ReportState,
    WorkStatus,
)
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force


@dataclass(frozen=True)
class Unsettled:
    """What has to be settled before the year can be closed."""

    reports: Sequence[ProgressReport]
    """Those that wait for a decision."""

    extensions: Sequence[Proposal]
    """Wishes for a later due date that wait for a decision."""

    amendment: Plan | None
    """A version that is written or proposed."""

    @property
    def is_empty(self) -> bool:
        return not (self.reports or self.extensions or self.amendment)


@dataclass(frozen=True)
class YearsEnd:
    """What the figures of a year are when it ends: measures by what was done of them, and tasks by how they ended."""

    measures: int
    """Without those that were cancelled."""

    measures_done: int
    done: int
    carried_over: int
    left: int
    cancelled: int

    @property
    def percent(self) -> int:
        return 100 * self.measures_done // self.measures if self.measures else 0


def plan_to_close(agency_id: int, year: int) -> Plan | None:
    """The version in force of that year (BE), also once the year is closed."""
    chosen = sa.select(Plan).where(Plan.agency_id == agency_id, Plan.year == year, is_in_force())
    return db.session.scalars(chosen).one_or_none()


def tasks_of_year(plan: Plan) -> Sequence[Task]:
    """The tasks of the plan with their measures, units and officers, as the measures are numbered."""
    chosen = (
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
    )
    return db.session.scalars(chosen).all()


def years_end_of(tasks: Sequence[Task]) -> YearsEnd:
    """The end of a year with these tasks, as they stand."""
    counted: dict[int, list[WorkStatus]] = {}
    for task in tasks:
        if task.work_status is not WorkStatus.CANCELLED:
            counted.setdefault(task.measure_id, []).append(task.work_status)
    return YearsEnd(
        measures=len(counted),
        measures_done=sum(all(one is WorkStatus.DONE for one in some) for some in counted.values()),
        done=sum(task.work_status is WorkStatus.DONE for task in tasks),
        carried_over=sum(task.carries_over for task in tasks),
        left=sum(task.work_status is WorkStatus.UNFINISHED and not task.carries_over for task in tasks),
        cancelled=sum(task.work_status is WorkStatus.CANCELLED for task in tasks),
    )


def still_open(tasks: Iterable[Task]) -> list[Task]:
    """Those on which somebody has to decide when the year is closed."""
    return [task for task in tasks if task.work_status not in CLOSED]


def unsettled(plan: Plan) -> Unsettled:
    """What waits in the plan of a year; three statements."""
    return Unsettled(_waiting_reports(plan), _waiting_extensions(plan), _in_hand(plan))


def seen_open(tasks: Iterable[Task]) -> str:
    """What tells one state of the open tasks from the next, for a form to carry."""
    rows = sorted((task.id, task.revision) for task in still_open(tasks))
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def is_newest_in_force(plan: Plan) -> bool:
    """Whether no later version of the plan came into force."""
    newer = aliased(Plan)
    chosen = sa.exists().where(
        newer.agency_id == plan.agency_id,
        newer.year == plan.year,
        newer.version > plan.version,
        newer.state.in_(COUNTING),
    )
    return not db.session.scalar(sa.select(chosen))


def being_written(tasks: Iterable[Task]) -> Mapping[int, ProgressReport]:
    """By the id of its task, each report that nobody has sent, or that came back."""
    ids = [task.id for task in tasks]
    chosen = sa.select(ProgressReport).where(ProgressReport.task_id.in_(ids), ProgressReport.state.in_(EDITABLE))
    return {report.task_id: report for report in db.session.scalars(chosen)} if ids else {}


def _waiting_reports(plan: Plan) -> Sequence[ProgressReport]:
    chosen = (
        sa.select(ProgressReport)
        .join(ProgressReport.task)
        .join(Task.measure)
        .where(Measure.plan_id == plan.id, ProgressReport.state == ReportState.SUBMITTED)
        .options(contains_eager(ProgressReport.task).contains_eager(Task.measure))
        .order_by(Measure.number, ProgressReport.id)
    )
    return db.session.scalars(chosen).all()


def _waiting_extensions(plan: Plan) -> Sequence[Proposal]:
    chosen = (
        sa.select(Proposal)
        .join(Proposal.task)
        .join(Task.measure)
        .where(Measure.plan_id == plan.id, Proposal.state == ProposalState.WAITING)
        .options(contains_eager(Proposal.task).contains_eager(Task.measure))
        .order_by(Measure.number, Proposal.id)
    )
    return db.session.scalars(chosen).all()


def _in_hand(plan: Plan) -> Plan | None:
    chosen = sa.select(Plan).where(
        Plan.agency_id == plan.agency_id, Plan.year == plan.year, Plan.id != plan.id, Plan.state.in_(IN_HAND)
    )
    return db.session.scalars(chosen).one_or_none()
