"""What waits for a person's decision: the list, and its number beside พิจารณา in the menu of every page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from ita_flow.domain.approvals import DecisionKind, seat_to_decide
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Seat
from ita_flow.domain.readiness import Caution, cautions
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import Membership, User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion, version_evidence
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import held_on
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import rows_of


@dataclass(frozen=True)
class Waiting:
    """A submitted report that waits for this person: its task as it stands, the version, what shows it."""

    row: TaskRow
    report: ProgressReport
    version: ReportVersion
    evidence: Sequence[Evidence]

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def cautions(self) -> Sequence[Caution]:
        """Why it should be opened before it is decided on."""
        return cautions(
            pieces_of_evidence=len(self.evidence),
            obstacles=self.version.obstacles,
            percent_before=self.task.percent,
            percent_claimed=self.version.percent,
        )

    @property
    def is_ready(self) -> bool:
        return not self.cautions

    @property
    def since(self) -> date:
        """The day on which its turn came."""
        return bangkok_day(self.row.updated_at or self.version.submitted_at)


def count_awaiting(user: User, today: date) -> int:
    """How many submitted reports wait for a seat that this person holds today and may decide from. One query."""
    return len(_awaiting(user, today))


def awaiting_decision_by(user: User, today: date) -> Sequence[Waiting]:
    """What waits for a seat that this person holds that day, the longest waiting first."""
    rows = rows_of(_awaiting(user, today), today).values()
    evidence = _evidence_of([row.version.id for row in rows if row.version])
    waiting = [
        Waiting(row, row.report, row.version, evidence.get(row.version.id, ()))
        for row in rows
        if row.report and row.version
    ]
    return sorted(waiting, key=lambda one: (one.version.submitted_at, one.version.id))


def _evidence_of(versions: Collection[int]) -> dict[int, list[Evidence]]:
    chosen = (
        sa.select(version_evidence.c.report_version_id, Evidence)
        .join(Evidence, Evidence.id == version_evidence.c.evidence_id)
        .where(version_evidence.c.report_version_id.in_(versions))
        .order_by(Evidence.id)
    )
    found: dict[int, list[Evidence]] = {}
    for version, evidence in db.session.execute(chosen):
        found.setdefault(version, []).append(evidence)
    return found


def decided_by(user: User, last: int = 5) -> Sequence[Decision]:
    """The last decisions of this person, the newest first."""
    chosen = (
        sa.select(Decision)
        .where(Decision.decided_by_id == user.id)
        .options(
            joinedload(Decision.report_version)
            .joinedload(ReportVersion.report)
            .joinedload(ProgressReport.task)
            .joinedload(Task.measure),
            joinedload(Decision.report_version).selectinload(ReportVersion.decisions),
        )
        .order_by(Decision.id.desc())
        .limit(last)
    )
    return db.session.scalars(chosen).all()


def decision_of(user: User, decision_id: int) -> Decision | None:
    """A decision that this person took; others are not theirs to ask for."""
    chosen = sa.select(Decision).where(Decision.id == decision_id, Decision.decided_by_id == user.id)
    return db.session.scalars(chosen).one_or_none()


def _awaiting(user: User, today: date) -> set[int]:
    """The tasks whose report waits for this person."""
    chosen = (
        sa.select(ProgressReport.task_id, ReportVersion.chain, _approvals(), Membership.seat)
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
    return {task for task, chain, given, seat in rows if seat_to_decide(chain, given) == seat}


def _approvals() -> sa.ScalarSelect[int]:
    """How many seats have approved the version, without approvals that were taken back."""
    undo = aliased(Decision)
    was_undone = sa.exists().where(
        undo.report_version_id == Decision.report_version_id,
        undo.seat_number == Decision.seat_number,
        undo.round == Decision.round + 1,
        undo.kind == DecisionKind.UNDO,
    )
    counted = sa.select(sa.func.count()).where(
        Decision.report_version_id == ReportVersion.id, Decision.kind == DecisionKind.APPROVE, ~was_undone
    )
    return counted.scalar_subquery()


def _newest_version() -> sa.ColumnElement[bool]:
    return sa.and_(ReportVersion.report_id == ProgressReport.id, ReportVersion.version == ProgressReport.version)


def _seat_over_the_task() -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(Membership.seat == Seat.SECTION_HEAD, Membership.unit_id == Task.section_id),
        sa.and_(Membership.seat == Seat.DIRECTOR, Membership.unit_id == Task.division_id),
    )
