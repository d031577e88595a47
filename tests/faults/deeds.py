"""What people do to one report, as deeds that can race: each loads its rows in the thread that does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.workflow import approvals, progress_reports
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, Cast, a_user
from tests.faults.racing import AT_ONCE, Deed
from tests.record import events_about

FIRST = Seen(version=1, seat_number=1)
NEXT = Seen(version=1, seat_number=2)
LATER = NOW + timedelta(minutes=1)
OTHER_PAGE = "https://example.go.th/another"


def approving(person: User, seen: Seen = FIRST) -> Deed:
    person_id, at = person.id, LATER if seen == NEXT else NOW
    return lambda report: approvals.approve(
        db.session.get_one(ProgressReport, report), seen, actor=db.session.get_one(User, person_id), at=at
    )


def returning(person: User) -> Deed:
    person_id = person.id
    return lambda report: approvals.return_for_revision(
        db.session.get_one(ProgressReport, report),
        FIRST,
        comment="ขอภาพใหม่",
        actor=db.session.get_one(User, person_id),
        at=NOW,
    )


def submitting(officer: User, claim: WorkStatus = WorkStatus.IN_PROGRESS, link: str = "") -> Deed:
    """Write a report on the task, with this link in the place of all evidence, and send it."""
    officer_id = officer.id

    def submit(task_id: int) -> None:
        actor = db.session.get_one(User, officer_id)
        report = progress_reports.open_report(db.session.get_one(Task, task_id), actor, NOW)
        removed = [one.id for one in report.evidence if link]
        progress_reports.save(report, Claim(claim, "ประชุมแล้ว"), actor=actor, at=NOW, link=link, removed=removed)
        progress_reports.submit(report, actor=actor, at=NOW)

    return submit


def replacing_evidence(officer: User) -> Deed:
    """Put other evidence in the place of what the report shows, and send it again."""
    submit = submitting(officer, WorkStatus.DONE, OTHER_PAGE)
    return lambda report: submit(db.session.get_one(ProgressReport, report).task_id)


def withdrawing(officer: User) -> Deed:
    officer_id = officer.id
    return lambda report: progress_reports.withdraw(
        db.session.get_one(ProgressReport, report), 1, actor=db.session.get_one(User, officer_id), at=NOW
    )


def taking_back(person: User) -> Deed:
    """What the first seat decided on the report."""
    person_id = person.id

    def take_back(report: int) -> None:
        (decision,) = db.session.get_one(ProgressReport, report).versions[0].decisions[:1]
        undo(decision, actor=db.session.get_one(User, person_id), at=LATER)

    return take_back


def heads(cast: Cast, number: int = AT_ONCE) -> list[User]:
    return [a_user(cast.agency, seat=Seat.SECTION_HEAD, unit=cast.section, post="หัวหน้าฝ่าย") for _ in range(number)]


def state_of(report_id: int) -> ReportState:
    return db.session.get_one(ProgressReport, report_id).state


def decisions_on(report_id: int) -> Sequence[Decision]:
    chosen = sa.select(Decision).join(Decision.report_version).where(ReportVersion.report_id == report_id)
    return db.session.scalars(chosen.order_by(Decision.id)).all()


def recorded_of(report_id: int) -> list[str]:
    """What the record tells of the report, in its order."""
    return [event["action"].removeprefix("progress_report.") for event in events_about(f"progress_report:{report_id}")]
