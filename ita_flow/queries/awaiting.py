"""What waits for a person's decision: the list, and its number beside พิจารณา in the menu of every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased

from ita_flow.domain.approval_chains import ActingScope, ChainSeat, Holder, seat_kept
from ita_flow.domain.approvals import DecisionKind, seat_to_decide
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import ActingKind
from ita_flow.domain.readiness import Caution, cautions
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import Membership, User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion, version_evidence
from ita_flow.models.tasks import Task
from ita_flow.queries.evidence import load_predecessors
from ita_flow.queries.pages import nearest_page
from ita_flow.queries.proposals import proposals_awaiting
from ita_flow.queries.seats import is_over, sits_on
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import rows_of

A_PAGE = 25


@dataclass(frozen=True)
class Acting:
    """By what right somebody decides in a seat that is not their own."""

    kind: ActingKind
    order_no: str


@dataclass(frozen=True)
class Waiting:
    """A submitted report that waits for this person: its task as it stands, the version, what shows it."""

    row: TaskRow
    report: ProgressReport
    version: ReportVersion
    evidence: Sequence[Evidence]
    acting: Acting | None = None
    """None where the seat is the person's own."""

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def turn(self) -> ChainSeat:
        """The seat in which this person decides."""
        turn = self.version.seat_to_decide
        assert turn is not None
        return turn

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
        """The day on which the turn of this seat came."""
        return bangkok_day(self.version.waiting_since)


def count_awaiting(user: User, today: date) -> int:
    """How many reports and proposals wait for a seat that this person holds today and may decide from."""
    return count_reports_awaiting(user, today) + len(proposals_awaiting(user, today))


def count_reports_awaiting(user: User, today: date) -> int:
    """The same of reports alone. One query; none for whoever holds no seat: every page asks, and most hold none."""
    holds_a_seat = any(membership.seat for membership in user.memberships_on(today))
    return len(_awaiting(user, today)) if holds_a_seat else 0


def count_awaiting_each(agency_id: int, people: Collection[int], today: date) -> Mapping[int, int]:
    """By person, how many submitted reports of the agency wait for them; whoever has none is missing. One query."""
    asked = {"agency": agency_id, "people": list(people), "today": today}
    rows = db.session.execute(_turns_of(several=True), asked)
    waiting = {(row.user_id, row.task_id) for row in rows if _is_turn_of(row)}
    return Counter(user_id for user_id, _task_id in waiting)


@dataclass(frozen=True)
class WaitingPage:
    """One page of what waits, of ``count`` in all; pages are counted from 1."""

    rows: Sequence[Waiting]
    count: int
    number: int
    pages: int


def awaiting_decision_by(user: User, today: date, among: Collection[int] | None = None) -> Sequence[Waiting]:
    """What waits for a seat that this person holds that day, the longest waiting first.

    ``among``: the ids of the reports to look at; None for all.
    """
    turns = _awaiting(user, today)
    return _in_full([turn for turn in turns if among is None or turn.report_id in among], today)


def awaiting_page(user: User, today: date, number: int, holding: int | None = None) -> WaitingPage:
    """That page of the same, or the nearest there is; where the report ``holding`` waits, the page it stands on.

    What shows the reports is read for this page alone.
    """
    turns = _awaiting(user, today)
    places = [place for place, turn in enumerate(turns) if turn.report_id == holding]
    wanted = places[0] // A_PAGE + 1 if places else number
    shown, pages = nearest_page(wanted, len(turns), A_PAGE)
    rows = _in_full(turns[(shown - 1) * A_PAGE : shown * A_PAGE], today)
    return WaitingPage(rows, len(turns), shown, pages)


@dataclass(frozen=True)
class _Turn:
    """A report whose turn is this person's, before anything is loaded of it."""

    task_id: int
    report_id: int
    version_id: int
    submitted_at: datetime
    acting: Acting | None


def _in_full(turns: Sequence[_Turn], today: date) -> Sequence[Waiting]:
    """The same with all that a page shows of them, in the same order."""
    rows = rows_of([turn.task_id for turn in turns], today)
    evidence = _evidence_of([row.version.id for row in rows.values() if row.version])
    return [
        Waiting(row, row.report, row.version, evidence.get(row.version.id, ()), turn.acting)
        for turn in turns
        if (row := rows.get(turn.task_id)) and row.report and row.version
    ]


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
    load_predecessors([piece for pieces in found.values() for piece in pieces])
    return found


def _awaiting(user: User, today: date) -> Sequence[_Turn]:
    """What waits for this person, the longest waiting first, each with the right in which: their own before any order.

    One query.
    """
    found: dict[int, _Turn] = {}
    asked = {"agency": user.agency_id, "person": user.id, "today": today}
    for row in db.session.execute(_turns_of(several=False), asked):
        if _is_turn_of(row):
            acting = Acting(row.acting, row.order_no) if row.order_no else None
            turn = _Turn(row.task_id, row.report_id, row.version_id, row.submitted_at, acting)
            found.setdefault(row.task_id, turn)
    return sorted(found.values(), key=lambda turn: (turn.submitted_at, turn.version_id))


@cache
def _turns_of(*, several: bool) -> sa.Select[*tuple[Any, ...]]:
    """Submitted reports beside the seats of one ``person``, or of ``people``, over them; their own before any order.

    Put together once: every page of whoever decides asks, and putting it together takes longer than the database.
    """
    people: sa.BindParameter[int] = sa.bindparam("people" if several else "person", expanding=several)
    whose = Membership.user_id.in_(people) if several else Membership.user_id == people
    return (
        sa.select(
            ProgressReport.task_id,
            ProgressReport.id.label("report_id"),
            ReportVersion.id.label("version_id"),
            ReportVersion.submitted_at,
            Membership.user_id,
            ReportVersion.chain,
            ReportVersion.claimed_status,
            _approvals().label("approvals"),
            Membership.seat,
            Membership.named_seat_id,
            Membership.acting,
            ActingOrder.order_no,
            ActingOrder.scope,
        )
        .join(ReportVersion, _newest_version())
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Membership, Membership.agency_id == ProgressReport.agency_id)
        .outerjoin(ActingOrder, ActingOrder.membership_id == Membership.id)
        .where(
            ProgressReport.agency_id == sa.bindparam("agency"),
            ProgressReport.state == ReportState.SUBMITTED,
            whose,
            sits_on(sa.bindparam("today", type_=sa.Date)),
            is_over(Task.section_id, Task.division_id),
            ~ProgressReport.authors.any(_is_one_of_us(User.id)),
            ~_decided_before(),
        )
        .order_by(ActingOrder.id.is_not(None), ActingOrder.id)
    )


def _is_turn_of(row: sa.Row[Any]) -> bool:
    """Whether it is the turn of the seat of this row, as far as the order covers the claim."""
    turn = seat_to_decide([seat_kept(kept) for kept in row.chain], row.approvals)
    is_covered = Holder(0, scope=row.scope or ActingScope.ALL).covers(final=row.claimed_status is WorkStatus.DONE)
    return turn is not None and turn.key == (row.seat, row.named_seat_id) and is_covered


def _is_one_of_us(person: InstrumentedAttribute[Any]) -> sa.ColumnElement[bool]:
    """Whether that is the person in the seat, or the one for whom they act."""
    return sa.or_(person == Membership.user_id, person == ActingOrder.holder_id)


def _decided_before() -> sa.ColumnElement[bool]:
    """Whether an earlier decision bars this person: see ``domain.approvals.barred``."""
    is_same_seat = sa.and_(
        Decision.seat == Membership.seat,
        sa.func.coalesce(Decision.named_seat_id, 0) == sa.func.coalesce(Membership.named_seat_id, 0),
    )
    return (
        sa.exists()
        .where(
            Decision.report_version_id == ReportVersion.id,
            Decision.kind == DecisionKind.APPROVE,
            ~_was_undone(),
            sa.or_(_is_one_of_us(Decision.decided_by_id), _is_one_of_us(Decision.on_behalf_of_id)),
            sa.or_(ReportVersion.distinct_deciders, is_same_seat),
        )
        .correlate(ReportVersion, Membership, ActingOrder)
    )


def _was_undone() -> sa.ColumnElement[bool]:
    undo = aliased(Decision)
    return sa.exists().where(
        undo.report_version_id == Decision.report_version_id,
        undo.seat_number == Decision.seat_number,
        undo.round == Decision.round + 1,
        undo.kind == DecisionKind.UNDO,
    )


def _approvals() -> sa.ScalarSelect[int]:
    """How many seats have approved the version, without approvals that were taken back."""
    counted = sa.select(sa.func.count()).where(
        Decision.report_version_id == ReportVersion.id, Decision.kind == DecisionKind.APPROVE, ~_was_undone()
    )
    return counted.scalar_subquery()


def _newest_version() -> sa.ColumnElement[bool]:
    return sa.and_(ReportVersion.report_id == ProgressReport.id, ReportVersion.version == ProgressReport.version)
