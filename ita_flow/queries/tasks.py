"""Tasks as people see them: each with its one state, its deadline and how far it is.

A list costs the same number of statements for one task and for fifty; nothing is loaded afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ita_flow.domain.calendar import WindowKind, last_working_day
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.collation import sorting_key
from ita_flow.domain.states import DeadlineState, ReportState, TaskState, WorkStatus
from ita_flow.extensions import db
from ita_flow.free_days import USUAL
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.decisions import by_what_right
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.task_row import TaskRow


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks of a year (BE) a list shows. Cancelled tasks are shown only when that state is asked for."""

    year: int
    area: int | None = None
    measure: int | None = None
    """The number of a measure in its plan."""

    division: int | None = None
    """The id of a division."""

    section: int | None = None
    """The id of a section."""

    officer: int | None = None
    """The id of a person who is an officer of the task."""

    window: WindowKind | None = None
    due_on: date | None = None
    state: TaskState | None = None
    deadline: DeadlineState | None = None
    mine: bool = False
    now: bool = False
    """Only the person's own that need them now, as งานของฉัน shows them first."""

    later: bool = False
    """Only the person's own that have time left."""

    follow_up: bool = False
    """Only what somebody should look after; see ``queries.follow_up``."""

    unfinished: bool = False
    """Only what is not done yet."""

    chase: bool = False
    """Only what a coordinator asks after; see ``queries.chase``, as for ``reason``."""

    reason: ChaseReason | None = None
    """Only what is asked after for this reason."""


def stored_part_of(user: User, chosen: TaskFilter) -> list[sa.ColumnElement[bool]]:
    """The part of a filter that the database decides."""
    conditions = [Task.agency_id == user.agency_id, Plan.year == chosen.year]
    conditions += [column == getattr(chosen, name) for name, column in COLUMNS.items() if getattr(chosen, name)]
    if chosen.officer:
        conditions.append(Task.officers.any(User.id == chosen.officer))
    if chosen.mine or chosen.now or chosen.later:
        conditions.append(Task.officers.any(User.id == user.id))
    return conditions


COLUMNS: Mapping[str, sa.orm.InstrumentedAttribute[Any]] = {
    "area": Measure.area,
    "measure": Measure.number,
    "division": Task.division_id,
    "section": Task.section_id,
    "window": Measure.window_kind,
    "due_on": Task.due_on,
}
"""The parts of a filter that stand in a column of the task or of its measure."""


class Chosen(Protocol):
    """A task, or a measure as its tasks make it: what stands in one state before one deadline."""

    @property
    def state(self) -> TaskState: ...

    @property
    def deadline(self) -> DeadlineState | None: ...

    @property
    def needs_its_officer(self) -> bool: ...

    @property
    def is_for_later(self) -> bool: ...


def is_chosen(row: Chosen, chosen: TaskFilter) -> bool:
    """The part of a filter that depends on the day or on the report under way."""
    if chosen.unfinished and row.state is TaskState.DONE:
        return False
    if (chosen.now and not row.needs_its_officer) or (chosen.later and not row.is_for_later):
        return False
    if chosen.deadline and row.deadline is not chosen.deadline:
        return False
    return row.state is chosen.state if chosen.state else row.state is not TaskState.CANCELLED


def rows_where(
    conditions: Iterable[sa.ColumnElement[bool]],
    today: date,
    also_load: Sequence[ORMOption] = (),
) -> list[TaskRow]:
    """The tasks of plans in force that meet these conditions, in the order of the plan."""
    return _rows([*conditions, is_in_force()], today, [*_officers_and_steps(), *also_load])


def rows_of(task_ids: Collection[int], today: date) -> dict[int, TaskRow]:
    """These very tasks by their ids, also those of a plan that a newer version replaced."""
    return {row.task.id: row for row in _rows([Task.id.in_(task_ids)], today, _officers_and_steps())}


def lines_of(task_ids: Collection[int], today: date, also_load: Sequence[ORMOption] = ()) -> dict[int, TaskRow]:
    """The same for a line of a list, which shows neither officers nor steps unless they are asked for."""
    return {row.task.id: row for row in _rows([Task.id.in_(task_ids)], today, also_load)}


def _rows(
    conditions: Iterable[sa.ColumnElement[bool]],
    today: date,
    also_load: Sequence[ORMOption] = (),
) -> list[TaskRow]:
    chosen = (
        sa.select(Task, ProgressReport)
        .join(Task.measure)
        .join(Measure.plan)
        .outerjoin(ProgressReport, is_under_way())
        .where(*conditions)
        .options(*_loading(), *also_load)
        .order_by(Plan.year, Measure.number, Task.id)
    )
    found = db.session.execute(chosen).all()
    submitted = newest_versions([task.id for task, _ in found])
    free_days = free_days_of(db.session.get_one(Agency, found[0][0].agency_id)) if found else USUAL
    rows = []
    for task, report in found:
        version, first_claimed_at = submitted.get(task.id, (None, None))
        working_day = last_working_day(task.due_on, free_days)
        rows.append(TaskRow(task, report, version, first_claimed_at, today, working_day))
    return rows


def is_under_way() -> sa.ColumnElement[bool]:
    """The condition that a report is the one on a task that is not yet approved; a task has at most one such."""
    return sa.and_(ProgressReport.task_id == Task.id, ProgressReport.state != ReportState.APPROVED)


def _loading() -> Sequence[ORMOption]:
    return (
        contains_eager(Task.measure).contains_eager(Measure.plan),
        joinedload(Task.division),
        joinedload(Task.section),
    )


def _officers_and_steps() -> Sequence[ORMOption]:
    return selectinload(Task.officers), selectinload(Task.steps)


def newest_versions(task_ids: Sequence[int]) -> dict[int, tuple[ReportVersion, datetime | None]]:
    """By task: what was last submitted, with its decisions, and when that report first claimed completion."""
    if not task_ids:
        return {}
    newest = (
        sa.select(sa.func.max(ReportVersion.id))
        .join(ReportVersion.report)
        .where(ProgressReport.task_id.in_(task_ids))
        .group_by(ProgressReport.task_id)
    )
    chosen = (
        sa.select(ProgressReport.task_id, ReportVersion, first_claim_of(ReportVersion))
        .join(ReportVersion.report)
        .where(ReportVersion.id.in_(newest))
        .options(
            joinedload(ReportVersion.submitted_by),
            # a version has few decisions, so one wide statement is cheaper than two
            joinedload(ReportVersion.decisions).options(*by_what_right()),
        )
    )
    return {task_id: (version, claimed_at) for task_id, version, claimed_at in db.session.execute(chosen).unique()}


def first_claim_of(version: type[ReportVersion]) -> sa.ScalarSelect[datetime]:
    """When completion was first claimed in the report to which this version belongs."""
    claim = sa.orm.aliased(ReportVersion)
    return (
        sa.select(sa.func.min(claim.submitted_at))
        .where(
            claim.report_id == version.report_id,
            claim.claimed_status == WorkStatus.DONE,
            # what was withdrawn before anybody decided on it was never claimed
            sa.or_(claim.id == version.id, sa.exists().where(Decision.report_version_id == claim.id)),
        )
        .scalar_subquery()
    )


def divisions_with_tasks(user: User, year: int) -> Sequence[Unit]:
    """The divisions of the person's agency that have a task in that year (BE), in the order of the dictionary."""
    chosen = sa.select(Unit).where(Unit.id.in_(_divisions_of_tasks(user, year))).order_by(Unit.id)
    return sorted(db.session.scalars(chosen), key=lambda division: sorting_key(division.name))


def _divisions_of_tasks(user: User, year: int) -> sa.Select[int]:
    return (
        sa.select(Task.division_id)
        .join(Task.measure)
        .join(Measure.plan)
        .where(*stored_part_of(user, TaskFilter(year)), is_in_force())
    )
