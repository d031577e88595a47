"""Evidence, reports and the decisions on them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from ita_flow.domain.approval_chains import USUAL, Chain, ChainSeat
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence, EvidenceKind
from ita_flow.models.people import Agency, Membership, User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from tests.factories.keeping import keep, kept
from tests.factories.people import NOW, a_user
from tests.factories.plans import set_status, sha256


def a_link(task: Task, by: User, url: str = "https://example.go.th/result", name: str = "หน้าเว็บของหน่วยงาน") -> Evidence:
    return kept(
        Evidence(
            agency_id=task.agency_id,
            task_id=task.id,
            kind=EvidenceKind.LINK,
            name=name,
            url=url,
            added_by=by,
            added_at=NOW,
        )
    )


def a_file(task: Task, by: User, content: bytes = b"%PDF-1.4 example", name: str = "คำสั่ง.pdf") -> Evidence:
    """The row of a file; the bytes themselves are put into the store by the test that reads them."""
    return kept(
        Evidence(
            agency_id=task.agency_id,
            task_id=task.id,
            kind=EvidenceKind.FILE,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type="application/pdf",
            added_by=by,
            added_at=NOW,
        )
    )


def a_report(
    task: Task,
    by: User,
    state: ReportState = ReportState.SUBMITTED,
    claim: WorkStatus = WorkStatus.DONE,
    text: str = "ดำเนินการครบทุกขั้นตอนแล้ว",
    obstacles: str = "",
    evidence: Sequence[Evidence] | None = None,
    authors: Sequence[User] | None = None,
    at: datetime = NOW,
    approvals: int = 0,
    chain: Chain = USUAL,
) -> ProgressReport:
    """A report in this state, written and submitted by ``by``; a link is its evidence unless others are given.

    ``approvals`` decides that many seats of a submitted report. Deciders are the holders of the seats, or new people.
    """
    report = ProgressReport(
        agency_id=task.agency_id,
        task=task,
        number=_next_number(task),
        state=state,
        claimed_status=claim,
        done_steps=[step.position for step in task.steps] if claim is WorkStatus.DONE else [],
        text=text,
        obstacles=obstacles,
        saved_at=at,
        authors=[by] if authors is None else list(authors),
        evidence=[a_link(task, by)] if evidence is None else list(evidence),
        version=0 if state is ReportState.DRAFT else 1,
    )
    kept(report)
    if state is not ReportState.DRAFT:
        _decide(_submitted(report, by, at, chain), state, approvals, at)
    return report


def _next_number(task: Task) -> int:
    reports = sa.select(sa.func.count()).select_from(ProgressReport).where(ProgressReport.task_id == task.id)
    return db.session.scalars(reports).one() + 1


def _submitted(report: ProgressReport, by: User, at: datetime, chain: Chain) -> ReportVersion:
    claim = report.claimed_status or WorkStatus.NOT_STARTED
    version = ReportVersion(
        agency_id=report.agency_id,
        report=report,
        version=report.version,
        claimed_status=claim,
        percent={WorkStatus.DONE: 100, WorkStatus.IN_PROGRESS: 50}.get(claim, 0),
        done_steps=report.done_steps,
        text=report.text,
        obstacles=report.obstacles,
        advice=report.advice,
        chain=[seat.kept() for seat in (chain.seats if claim is WorkStatus.DONE else chain.seats[:1])],
        distinct_deciders=chain.distinct_deciders,
        content_hash=sha256(f"{report.id}:{report.version}"),
        submitted_by=by,
        submitted_at=at,
        evidence=list(report.evidence),
    )
    return kept(version)


def _decide(version: ReportVersion, state: ReportState, approvals: int, at: datetime) -> None:
    """Decisions that lead to this state, and the task's status when the last seat approved."""
    if state is ReportState.RETURNED:
        a_decision(version, DecisionKind.RETURN, at=at)
    wanted = len(version.seats) if state is ReportState.APPROVED else approvals
    for _ in range(wanted):
        a_decision(version, at=at)
    if state is ReportState.APPROVED:
        set_status(version.report.task, version.claimed_status, at)
        keep()


def a_decision(
    version: ReportVersion,
    kind: DecisionKind = DecisionKind.APPROVE,
    by: User | None = None,
    comment: str | None = None,
    seat_number: int | None = None,
    at: datetime = NOW,
) -> Decision:
    """The decision of the seat whose turn it is; the row only, the report's state is not moved."""
    number = seat_number or version.approvals + 1
    seat = version.seats[number - 1]
    return kept(
        Decision(
            agency_id=version.agency_id,
            report_version=version,
            submitted_by_id=version.submitted_by_id,
            seat=seat.seat,
            named_seat_id=seat.named_seat,
            seat_number=number,
            kind=kind,
            comment=comment if comment is not None else "โปรดแนบภาพถ่าย" if kind is DecisionKind.RETURN else "",
            content_hash=version.content_hash,
            decided_by=by or _holder(version.report.task, seat),
            decided_at=at + timedelta(hours=number),
        )
    )


def _holder(task: Task, turn: ChainSeat) -> User:
    seat = turn.seat
    unit = task.unit if seat is Seat.SECTION_HEAD else task.division
    chosen = sa.select(User).join(User.memberships).where(Membership.unit_id == unit.id, Membership.seat == seat)
    found = db.session.scalars(chosen.order_by(User.id).limit(1)).one_or_none()
    return found or a_user(db.session.get_one(Agency, task.agency_id), seat=seat, unit=unit, post=f"ผู้ดำรงตำแหน่ง {seat}")
