"""What waits for a person's decision: the list, and its number beside พิจารณา in the menu of every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ita_flow.domain.approvals import DecisionKind, seat_to_decide
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.people import Membership, User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import held_on


def count_awaiting(user: User, today: date) -> int:
    """How many submitted reports wait for a seat that this person holds today and may decide from. One query."""
    return len(_awaiting(user, today))


def awaiting_decision_by(user: User, today: date) -> Sequence[ReportVersion]:
    """The versions whose turn has come to a seat that this person holds that day, the longest waiting first."""
    chosen = (
        sa.select(ReportVersion)
        .join(ReportVersion.report)
        .where(ReportVersion.report_id.in_(_awaiting(user, today)), _newest_version())
        .options(*_with_all_to_decide_on())
        .order_by(ReportVersion.submitted_at, ReportVersion.id)
    )
    return db.session.scalars(chosen).all()


def decided_by(user: User, last: int = 5) -> Sequence[Decision]:
    """The last decisions of this person, the newest first."""
    chosen = (
        sa.select(Decision)
        .where(Decision.decided_by_id == user.id)
        .options(
            joinedload(Decision.report_version)
            .joinedload(ReportVersion.report)
            .joinedload(ProgressReport.task)
            .joinedload(Task.measure)
        )
        .order_by(Decision.id.desc())
        .limit(last)
    )
    return db.session.scalars(chosen).all()


def _awaiting(user: User, today: date) -> set[int]:
    """The reports that wait for this person."""
    approvals = (
        sa.select(sa.func.count())
        .where(Decision.report_version_id == ReportVersion.id, Decision.kind == DecisionKind.APPROVE)
        .scalar_subquery()
    )
    chosen = (
        sa.select(ProgressReport.id, ReportVersion.chain, approvals, Membership.seat)
        .join(ReportVersion, _newest_version())
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Membership, _seat_over_the_task())
        .where(
            ProgressReport.agency_id == user.agency_id,
            ProgressReport.state == ReportState.SUBMITTED,
            Membership.user_id == user.id,
            held_on(today),
            ~ProgressReport.authors.any(User.id == user.id),
        )
    )
    rows = db.session.execute(chosen)
    return {report for report, chain, given, seat in rows if seat_to_decide(chain, given) == seat}


def _with_all_to_decide_on() -> Sequence[ORMOption]:
    task = joinedload(ReportVersion.report).joinedload(ProgressReport.task)
    return (
        task.joinedload(Task.measure),
        task.joinedload(Task.division),
        task.joinedload(Task.section),
        task.selectinload(Task.steps),
        joinedload(ReportVersion.submitted_by).selectinload(User.memberships),
        selectinload(ReportVersion.evidence),
        selectinload(ReportVersion.decisions).joinedload(Decision.decided_by),
    )


def _newest_version() -> sa.ColumnElement[bool]:
    return sa.and_(ReportVersion.report_id == ProgressReport.id, ReportVersion.version == ProgressReport.version)


def _seat_over_the_task() -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(Membership.seat == Seat.SECTION_HEAD, Membership.unit_id == Task.section_id),
        sa.and_(Membership.seat == Seat.DIRECTOR, Membership.unit_id == Task.division_id),
    )
