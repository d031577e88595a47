"""Eight at once: whatever they do to one report, one wins, the others are told, and the record stays whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.workflow import approvals, audit, progress_reports
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, Cast, a_report, a_task, a_user
from tests.record import events_about

pytestmark = [pytest.mark.faults]

AT_ONCE = 8
FIRST = Seen(version=1, seat_number=1)
Deed = Callable[[int], None]


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return 2_000 if request.config.getoption("--long") else 50


def raced(app: Flask, deeds: list[Deed], subject: int) -> Counter[str]:
    """Let every deed begin at the same moment, each in a thread and session of its own; count how they ended."""
    barrier, ends = Barrier(len(deeds)), Counter[str]()

    def run(deed: Deed) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    deed(subject)
                ends["won"] += 1
            except Refusal as refusal:
                ends[refusal.key] += 1

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def approving(head: User) -> Deed:
    head_id = head.id
    return lambda report: approvals.approve(
        db.session.get_one(ProgressReport, report), FIRST, actor=db.session.get_one(User, head_id), at=NOW
    )


def returning(head: User) -> Deed:
    head_id = head.id
    return lambda report: approvals.return_for_revision(
        db.session.get_one(ProgressReport, report),
        FIRST,
        comment="ขอภาพใหม่",
        actor=db.session.get_one(User, head_id),
        at=NOW,
    )


def submitting(officer: User) -> Deed:
    officer_id = officer.id

    def submit(task_id: int) -> None:
        actor = db.session.get_one(User, officer_id)
        report = progress_reports.open_report(db.session.get_one(Task, task_id), actor, NOW)
        progress_reports.save(report, Claim(WorkStatus.IN_PROGRESS, "ประชุมแล้ว"), actor=actor, at=NOW)
        progress_reports.submit(report, actor=actor, at=NOW)

    return submit


def withdrawing(officer: User) -> Deed:
    officer_id = officer.id
    return lambda report: progress_reports.withdraw(
        db.session.get_one(ProgressReport, report), 1, actor=db.session.get_one(User, officer_id), at=NOW
    )


def taking_back(head: User) -> Deed:
    """What the first seat decided on the report."""
    head_id = head.id

    def take_back(report: int) -> None:
        (decision,) = db.session.get_one(ProgressReport, report).versions[0].decisions[:1]
        undo(decision, actor=db.session.get_one(User, head_id), at=NOW + timedelta(minutes=1))

    return take_back


def approving_next(director: User) -> Deed:
    director_id = director.id
    return lambda report: approvals.approve(
        db.session.get_one(ProgressReport, report),
        Seen(version=1, seat_number=2),
        actor=db.session.get_one(User, director_id),
        at=NOW + timedelta(minutes=1),
    )


def eight_heads(cast: Cast) -> list[User]:
    return [a_user(cast.agency, seat=Seat.SECTION_HEAD, unit=cast.section, post="หัวหน้าฝ่าย") for _ in range(AT_ONCE)]


def decisions_on(report_id: int) -> int:
    count = sa.select(sa.func.count()).select_from(Decision).join(Decision.report_version)
    return db.session.scalars(count.where(ReportVersion.report_id == report_id)).one()


def test_of_eight_approvals_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    deeds = [approving(head) for head in eight_heads(cast)]

    for _ in range(rounds):
        report = a_report(a_task(section=cast.section), cast.officer).id
        db.session.rollback()

        ends = raced(app, deeds, report)

        assert ends == {"won": 1, "report_approve_too_late": AT_ONCE - 1}
        assert decisions_on(report) == 1
    assert list(broken_chains()) == []


def test_of_approvals_and_returns_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    heads = eight_heads(cast)
    deeds = [approving(head) for head in heads[:4]] + [returning(head) for head in heads[4:]]

    for _ in range(rounds):
        report = a_report(a_task(section=cast.section), cast.officer).id
        db.session.rollback()

        ends = raced(app, deeds, report)

        assert ends.pop("won") == 1
        assert set(ends) <= {"report_approve_too_late", "report_return_too_late"}
        assert sum(ends.values()) == AT_ONCE - 1
        assert decisions_on(report) == 1
        decision = db.session.scalars(sa.select(Decision).order_by(Decision.id.desc()).limit(1)).one()
        state = db.session.get_one(ProgressReport, report).state
        assert state is (ReportState.RETURNED if decision.kind == "return" else ReportState.SUBMITTED)
    assert list(broken_chains()) == []


def test_of_approvals_and_withdrawals_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    heads, officers = eight_heads(cast)[:4], [cast.officer, cast.colleague] * 2
    deeds = [approving(head) for head in heads] + [withdrawing(officer) for officer in officers]

    for _ in range(rounds):
        report = a_report(a_task(section=cast.section), cast.officer).id
        db.session.rollback()

        ends = raced(app, deeds, report)

        assert ends.pop("won") == 1
        assert set(ends) <= {"report_approve_too_late", "report_withdraw_too_late"}
        state = db.session.get_one(ProgressReport, report).state
        assert state is (ReportState.SUBMITTED if decisions_on(report) else ReportState.WITHDRAWN)
    assert list(broken_chains()) == []


def test_of_taking_back_and_the_next_seat_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    directors = [a_user(cast.agency, seat=Seat.DIRECTOR, unit=cast.division) for _ in range(AT_ONCE // 2)]
    deeds = [taking_back(cast.head)] * (AT_ONCE // 2) + [approving_next(director) for director in directors]

    for _ in range(rounds):
        report = _approved_by_the_head(cast)
        db.session.rollback()

        ends = raced(app, deeds, report)

        assert ends.pop("won") == 1
        assert set(ends) <= {"report_approve_too_late", "report_undo_too_late"}
        version = db.session.get_one(ProgressReport, report).versions[0]
        assert (decisions_on(report), version.approvals) in ((2, 0), (2, 2))
    assert list(broken_chains()) == []


def _approved_by_the_head(cast: Cast) -> int:
    report = a_report(a_task(section=cast.section), cast.officer)
    with transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)
    return report.id


def test_of_eight_submissions_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    deeds = [submitting(officer) for officer in [cast.officer, cast.colleague] * (AT_ONCE // 2)]

    for _ in range(rounds):
        task = a_task(section=cast.section, officers=[cast.officer, cast.colleague]).id
        db.session.rollback()

        ends = raced(app, deeds, task)

        assert ends == {"won": 1, "report_is_under_way": AT_ONCE - 1}
        reports = db.session.scalars(sa.select(ProgressReport).where(ProgressReport.task_id == task)).all()
        assert [len(report.versions) for report in reports] == [1]
    assert list(broken_chains()) == []


def test_of_eight_first_entries_of_a_record_none_is_lost(app: Flask, cast: Cast) -> None:
    def recording(agency_id: int) -> None:
        audit.record("agency.looked_at", agency_id, f"agency:{agency_id}", at=NOW, actor=None)

    agency_id = cast.agency.id
    db.session.rollback()

    ends = raced(app, [recording] * AT_ONCE, agency_id)

    assert ends == {"won": AT_ONCE}
    assert len(events_about(f"agency:{agency_id}")) == AT_ONCE
    assert list(broken_chains()) == []
