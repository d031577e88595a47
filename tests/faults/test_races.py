"""Eight at once: whatever they do to one report, one wins, the others are told, and the record stays whole."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.workflow import audit
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.seals import content_hash
from tests.factories import NOW, Cast, a_report, a_task, a_user
from tests.faults.deeds import (
    NEXT,
    OTHER_PAGE,
    approving,
    decisions_on,
    heads,
    recorded_of,
    replacing_evidence,
    returning,
    state_of,
    submitting,
    taking_back,
    withdrawing,
)
from tests.faults.racing import AT_ONCE, in_batches, raced, racing
from tests.record import events_about

pytestmark = [pytest.mark.faults]

APPROVE_TOO_LATE, RETURN_TOO_LATE = "report_approve_too_late", "report_return_too_late"
WITHDRAW_TOO_LATE, UNDO_TOO_LATE = "report_withdraw_too_late", "report_undo_too_late"
UNDER_WAY = "report_is_under_way"


def test_of_eight_approvals_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    def submitted(measure: Measure) -> int:
        return a_report(a_task(measure, section=cast.section), cast.officer).id

    with racing(app, [approving(head) for head in heads(cast)]) as race:
        for report in in_batches(cast, rounds, submitted):
            assert race(report) == {"won": 1, APPROVE_TOO_LATE: AT_ONCE - 1}
            assert len(decisions_on(report)) == 1
            assert recorded_of(report) == ["approved"]
    assert list(broken_chains()) == []


def test_of_approvals_and_returns_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    def submitted(measure: Measure) -> int:
        return a_report(a_task(measure, section=cast.section), cast.officer).id

    people = heads(cast)
    with racing(app, [approving(head) for head in people[:4]] + [returning(head) for head in people[4:]]) as race:
        for report in in_batches(cast, rounds, submitted):
            ends = race(report)

            (decision,) = decisions_on(report)
            is_return = decision.kind == "return"
            assert ends == {"won": 1, APPROVE_TOO_LATE: 3 + is_return, RETURN_TOO_LATE: 4 - is_return}
            assert state_of(report) is (ReportState.RETURNED if is_return else ReportState.SUBMITTED)
            assert recorded_of(report) == ["returned" if is_return else "approved"]
    assert list(broken_chains()) == []


def test_of_approvals_and_withdrawals_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    def submitted(measure: Measure) -> int:
        return a_report(a_task(measure, section=cast.section), cast.officer).id

    officers = [cast.officer, cast.colleague] * 2
    deeds = [approving(head) for head in heads(cast, 4)] + [withdrawing(officer) for officer in officers]
    with racing(app, deeds) as race:
        for report in in_batches(cast, rounds, submitted):
            ends = race(report)

            is_approved = len(decisions_on(report))
            assert ends == {"won": 1, APPROVE_TOO_LATE: 4 - is_approved, WITHDRAW_TOO_LATE: 3 + is_approved}
            assert state_of(report) is (ReportState.SUBMITTED if is_approved else ReportState.WITHDRAWN)
            assert recorded_of(report) == ["approved" if is_approved else "withdrawn"]
    assert list(broken_chains()) == []


def test_a_decision_is_on_what_was_submitted_whoever_changes_the_evidence(app: Flask, cast: Cast, rounds: int) -> None:
    submit = submitting(cast.officer, WorkStatus.DONE, "https://example.go.th/result")

    def submitted(measure: Measure) -> int:
        task = a_task(measure, section=cast.section, officers=[cast.officer])
        submit(task.id)
        return db.session.scalars(sa.select(ProgressReport.id).where(ProgressReport.task_id == task.id)).one()

    people, officers = heads(cast, 4), [cast.officer, cast.colleague] * 2
    deeds = [approving(people[0]), *(returning(head) for head in people[1:])]
    with racing(app, deeds + [replacing_evidence(officer) for officer in officers]) as race:
        for report in in_batches(cast, rounds, submitted):
            ends = race(report)

            decided, *sent_again = db.session.get_one(ProgressReport, report).versions
            (decision,) = decided.decisions
            assert ends["won"] == 1 + len(sent_again)
            assert set(ends) <= {"won", APPROVE_TOO_LATE, RETURN_TOO_LATE, UNDER_WAY}
            assert [one.url for one in decided.evidence] == ["https://example.go.th/result"]
            assert decision.content_hash == decided.content_hash == content_hash(decided)
            assert not (sent_again and decision.kind == "approve")
            assert [[one.url for one in version.evidence] for version in sent_again] in ([], [[OTHER_PAGE]])
            deed = {"approve": "approved", "return": "returned"}[decision.kind]
            assert recorded_of(report) == ["saved", "submitted", deed, *["saved", "submitted"] * len(sent_again)]
    assert list(broken_chains()) == []


def test_of_taking_back_and_the_next_seat_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    approve = approving(cast.head)

    def approved_by_the_head(measure: Measure) -> int:
        report = a_report(a_task(measure, section=cast.section), cast.officer).id
        approve(report)
        return report

    directors = [a_user(cast.agency, seat=Seat.DIRECTOR, unit=cast.division) for _ in range(4)]
    with racing(app, [taking_back(cast.head)] * 4 + [approving(one, NEXT) for one in directors]) as race:
        for report in in_batches(cast, rounds, approved_by_the_head):
            ends = race(report)

            first, last = decisions_on(report)
            is_undone = last.kind == "undo"
            assert ends == {"won": 1, UNDO_TOO_LATE: 4 - is_undone, APPROVE_TOO_LATE: 3 + is_undone}
            assert (first.seat_number, last.seat_number) == (1, 1 if is_undone else 2)
            assert state_of(report) is (ReportState.SUBMITTED if is_undone else ReportState.APPROVED)
            assert recorded_of(report) == ["approved", "undone" if is_undone else "approved"]
    assert list(broken_chains()) == []


def test_of_eight_submissions_one_wins(app: Flask, cast: Cast, rounds: int) -> None:
    officers = [cast.officer, cast.colleague]

    def given_out(measure: Measure) -> int:
        return a_task(measure, section=cast.section, officers=officers).id

    with racing(app, [submitting(officer) for officer in officers * (AT_ONCE // 2)]) as race:
        for task in in_batches(cast, rounds, given_out):
            assert race(task) == {"won": 1, UNDER_WAY: AT_ONCE - 1}
            (report,) = db.session.scalars(sa.select(ProgressReport).where(ProgressReport.task_id == task))
            assert [version.version for version in report.versions] == [1]
            assert recorded_of(report.id) == ["saved", "submitted"]
    assert list(broken_chains()) == []


def test_of_eight_first_entries_of_a_record_none_is_lost(app: Flask, cast: Cast) -> None:
    def recording(agency_id: int) -> None:
        audit.record("agency.looked_at", agency_id, f"agency:{agency_id}", at=NOW, actor=None)

    agency_id = cast.agency.id

    ends = raced(app, [recording] * AT_ONCE, agency_id)

    assert ends == {"won": AT_ONCE}
    assert len(events_about(f"agency:{agency_id}")) == AT_ONCE
    assert list(broken_chains()) == []
