"""How the year stands, for the summaries in the mail of a day, and when each of its tasks was last reported on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

import sqlalchemy as sa

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import Capacity
from ita_flow.domain.states import CLOSED, ReportState, TaskState
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Plan
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.measures import MeasureRow, measure_rows
from ita_flow.queries.plans import is_worked_on
from ita_flow.queries.seats import sits_on
from ita_flow.queries.standing import PRESSING
from ita_flow.queries.tallies import Tally
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import rows_where


@dataclass(frozen=True)
class Summary:
    """The measures of a fiscal year (BE) on a day: of the whole agency, or of the divisions of a director."""

    year: int
    rows: Sequence[TaskRow]
    """The tasks of that year, and those of earlier years that are still open."""

    divisions: Sequence[Unit] = ()
    """Empty for the whole agency."""

    @cached_property
    def measures(self) -> Sequence[MeasureRow]:
        """Of the year, without those that were cancelled."""
        measures = measure_rows(row for row in self.rows if row.measure.plan.year == self.year)
        return [measure for measure in measures if measure.state is not TaskState.CANCELLED]

    @cached_property
    def tally(self) -> Tally:
        return Tally.of(self.measures)

    @property
    def waiting(self) -> int:
        """How many of the measures wait for a decision."""
        return sum(measure.state is TaskState.SUBMITTED for measure in self.measures)

    def come_due(self, today: date) -> Sequence[MeasureRow]:
        """The measures all of whose due dates are past."""
        return [measure for measure in self.measures if max(row.due_on for row in measure.counted) < today]

    def next_due(self, today: date) -> tuple[date, int] | None:
        """The next due date of a measure that is not done, and how many are due then."""
        coming = [row.due_on for row in self.measures if _is_open(row) and row.due_on >= today]
        return (min(coming), coming.count(min(coming))) if coming else None

    @property
    def pressing(self) -> Sequence[TaskRow]:
        """What is overdue, of earlier years too, then what is due within a fortnight."""
        pressing = [row for row in self.rows if row.is_open and row.deadline in PRESSING]
        return sorted(pressing, key=lambda row: row.urgency)

    @cached_property
    def everything(self) -> Tally:
        """The measures of the year together with the open ones of earlier years."""
        return Tally.of(measure_rows(self.rows))


@dataclass(frozen=True)
class Figures:
    """What a mail of the day counts and tells besides its lines."""

    weekly: Summary | None = None
    monthly: Summary | None = None
    reported_at: Mapping[int, datetime] = field(default_factory=dict)
    """When each task of others was last reported on; those without a report are missing."""


def figures_for(person: User, sections: Sections, today: date) -> Figures:
    """What the sections of this mail need. The number of statements does not depend on the number of tasks."""
    return Figures(
        weekly=_weekly(person, sections.weekly, today) if sections.weekly else None,
        monthly=_monthly(person, today) if sections.is_monthly else None,
        reported_at=_reported_at([line.task.id for line in sections.escalated]),
    )


def _weekly(person: User, capacity: Capacity, today: date) -> Summary:
    of_whom = [Task.agency_id == person.agency_id]
    if capacity is not Capacity.DIRECTOR:
        return _summary(of_whom, FiscalYear.containing(today), today)
    divisions = _divisions_directed_by(person, today)
    is_theirs = Task.division_id.in_([division.id for division in divisions])
    return _summary([*of_whom, is_theirs], FiscalYear.containing(today), today, divisions)


def _is_open(measure: MeasureRow) -> bool:
    return any(task.is_open for task in measure.counted)


def _monthly(person: User, today: date) -> Summary:
    """Of the fiscal year in which the month fell that is over."""
    month_ended_on = today.replace(day=1) - timedelta(days=1)
    return _summary([Task.agency_id == person.agency_id], FiscalYear.containing(month_ended_on), today)


def _summary(
    of_whom: Iterable[sa.ColumnElement[bool]], year: FiscalYear, today: date, divisions: Sequence[Unit] = ()
) -> Summary:
    """Of that year; while it has no plan yet, of the newest year that has open tasks. A closed year is not told of."""
    number = year.buddhist_year
    is_told = sa.or_(Plan.year == number, Task.work_status.not_in(CLOSED))
    rows = [row for row in rows_where([*of_whom, is_told, is_worked_on()], today) if row.measure.plan.year <= number]
    newest = max((row.measure.plan.year for row in rows), default=number)
    return Summary(newest, rows, divisions)


def _divisions_directed_by(person: User, today: date) -> Sequence[Unit]:
    chosen = (
        sa.select(Unit)
        .join(Membership, Membership.unit_id == Unit.id)
        .outerjoin(ActingOrder, ActingOrder.membership_id == Membership.id)
        .where(Membership.user_id == person.id, Membership.seat == Seat.DIRECTOR, sits_on(today))
        .order_by(Unit.name, Unit.id)
        .distinct()
    )
    return db.session.scalars(chosen).all()


def _reported_at(task_ids: Collection[int]) -> Mapping[int, datetime]:
    if not task_ids:
        return {}
    chosen = (
        sa.select(ProgressReport.task_id, sa.func.max(ReportVersion.submitted_at))
        .join(ReportVersion, ReportVersion.report_id == ProgressReport.id)
        .where(ProgressReport.task_id.in_(task_ids), ProgressReport.state != ReportState.WITHDRAWN)
        .group_by(ProgressReport.task_id)
    )
    return dict(db.session.execute(chosen).all())
