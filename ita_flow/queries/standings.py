"""How all tasks of a year stand, in one statement: what counting, filtering, sorting and drawing need, and no more.

Pages count over these flat rows, and load as ``TaskRow`` only the few that they show in full.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.calendar import WindowKind, bangkok_day
from ita_flow.domain.states import CLOSED, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.standing import Standing
from ita_flow.queries.tasks import TaskFilter, first_claim_of, is_chosen, is_under_way, stored_part_of


@dataclass(frozen=True)
class TaskStanding(Standing):
    """A task on a day, without anything that would have to be loaded for it."""

    task_id: int
    measure_id: int
    number: int
    title: str
    area: int
    window_kind: WindowKind
    division_id: int
    division_name: str
    section_id: int | None
    section_name: str | None
    due_on: date
    work_status: WorkStatus
    report_state: ReportState | None
    percent: int
    """Progress as approved."""

    claimed_percent: int | None
    """Progress as claimed in a report that waits for its decision."""

    claimed_done_on: date | None
    completed_at: datetime | None
    updated_at: datetime | None
    """When somebody last submitted or decided; a draft does not count, for others do not see it."""

    today: date
    first_due_on: date | None = None
    """The due date before a later one was granted for the first time."""

    ending_reason: str | None = None
    """Why it was cancelled, or left unfinished."""

    @property
    def only_task(self) -> TaskStanding:
        """This row: lists of tasks and lists of measures are shown alike."""
        return self


def standings(user: User, chosen: TaskFilter, today: date) -> list[TaskStanding]:
    """The tasks of the person's agency that the filter lets through, in the order of the plan."""
    return [row for row in all_standings(user, chosen, today) if is_chosen(row, chosen)]


def all_standings(
    user: User, chosen: TaskFilter, today: date, also: Iterable[sa.ColumnElement[bool]] = ()
) -> list[TaskStanding]:
    """The tasks that the stored part of the filter and further conditions let through, whatever state they are in."""
    return standings_where([*stored_part_of(user, chosen), is_in_force(), *also], today)


def standings_where(conditions: Iterable[sa.ColumnElement[bool]], today: date) -> list[TaskStanding]:
    """The tasks that meet these conditions, of plans of every state, in the order of their plans."""
    return [_standing(row, today) for row in db.session.execute(_facts(conditions))]


def _facts(conditions: Iterable[sa.ColumnElement[bool]]) -> sa.Select[*tuple[object, ...]]:
    section, latest = sa.orm.aliased(Unit), sa.orm.aliased(ReportVersion)
    return (
        sa.select(
            Task.id.label("task_id"),
            Task.measure_id,
            Measure.number,
            Measure.title,
            Measure.area,
            Measure.window_kind,
            Task.division_id,
            Unit.name.label("division_name"),
            Task.section_id,
            section.name.label("section_name"),
            Task.due_on,
            Task.first_due_on,
            Task.work_status,
            Task.ending_reason,
            ProgressReport.state.label("report_state"),
            Task.percent,
            Task.claimed_done_on,
            Task.completed_at,
            latest.percent.label("sent_percent"),
            latest.claimed_status,
            latest.submitted_at,
            first_claim_of(latest).label("first_claimed_at"),
            _last_decision_on(latest).label("decided_at"),
        )
        .join(Task.measure)
        .join(Measure.plan)
        .join(Unit, Unit.id == Task.division_id)
        .outerjoin(section, section.id == Task.section_id)
        .outerjoin(ProgressReport, is_under_way())
        .outerjoin(latest, latest.id == _newest_version_of_task())
        .where(*conditions)
        .order_by(Plan.year, Measure.number, Task.id)
    )


def _newest_version_of_task() -> sa.ScalarSelect[int]:
    report = sa.orm.aliased(ProgressReport)
    newest = sa.select(sa.func.max(ReportVersion.id)).join(report, report.id == ReportVersion.report_id)
    return newest.where(report.task_id == Task.id).correlate(Task).scalar_subquery()


def _last_decision_on(version: type[ReportVersion]) -> sa.ScalarSelect[datetime]:
    last = sa.select(sa.func.max(Decision.decided_at)).where(Decision.report_version_id == version.id)
    return last.correlate(version).scalar_subquery()


def _standing(row: sa.Row[*tuple[object, ...]], today: date) -> TaskStanding:
    facts = dict(row._mapping)
    sent_percent, status = facts.pop("sent_percent"), facts.pop("claimed_status")
    submitted_at, decided_at = facts.pop("submitted_at"), facts.pop("decided_at")
    first_claimed_at = facts.pop("first_claimed_at")
    is_pending = facts["report_state"] is ReportState.SUBMITTED and facts["work_status"] not in CLOSED
    if is_pending and status is WorkStatus.DONE and first_claimed_at and not facts["claimed_done_on"]:
        facts["claimed_done_on"] = bangkok_day(first_claimed_at)
    moments = [at for at in (submitted_at, decided_at) if at]
    return TaskStanding(
        **facts,
        claimed_percent=sent_percent if is_pending else None,
        updated_at=max(moments, default=None),
        today=today,
    )
