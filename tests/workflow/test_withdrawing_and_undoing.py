"""Second thoughts: an officer takes a report back, a decider takes a decision back, as long as nobody acted on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approvals import UNDO_WITHIN, DecisionKind, Seen
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Invalid, NotPermitted, Refusal, Stale
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.workflow import approvals, progress_reports
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, TODAY, Cast, a_report, a_task
from tests.record import events_about

FIRST, SECOND = Seen(version=1, seat_number=1), Seen(version=1, seat_number=2)
SOON = NOW + timedelta(minutes=5)


def approve(report: ProgressReport, cast: Cast, seen: Seen = FIRST) -> Decision:
    with transaction():
        approvals.approve(report, seen, actor=cast.head if seen is FIRST else cast.director, at=NOW)
    return last_decision()


def last_decision() -> Decision:
    return db.session.scalars(sa.select(Decision).order_by(Decision.id.desc()).limit(1)).one()


def take_back(decision: Decision, cast: Cast, **otherwise: object) -> None:
    given = {"actor": cast.head, "at": SOON} | otherwise
    with transaction():
        undo(decision, **given)  # type: ignore[arg-type]


def withdraw(report: ProgressReport, cast: Cast, version: int = 1) -> None:
    with transaction():
        progress_reports.withdraw(report, version, actor=cast.officer, at=SOON)


def submit_again(report: ProgressReport, cast: Cast) -> None:
    with transaction():
        progress_reports.submit(report, actor=cast.officer, at=SOON + timedelta(days=1))


# An officer takes a report back.


def test_a_report_that_nobody_touched_comes_back_and_can_be_sent_again(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    withdraw(report, cast)

    assert (report.state, report.is_editable, count_awaiting(cast.head, TODAY)) == (ReportState.WITHDRAWN, True, 0)
    submit_again(report, cast)
    assert (report.state, report.version) == (ReportState.SUBMITTED, 2)
    told = [(event["action"], event["before"].get("state")) for event in events_about(f"progress_report:{report.id}")]
    assert told == [("progress_report.withdrawn", "submitted"), ("progress_report.submitted", "withdrawn")]


def test_what_was_withdrawn_cannot_be_decided(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    withdraw(report, cast)

    with pytest.raises(Stale, match="report_approve_too_late"), transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=SOON)


def test_a_claim_that_was_withdrawn_was_never_made(cast: Cast) -> None:
    early = NOW - timedelta(days=20)
    report = a_report(cast.task, cast.officer, at=early)
    withdraw(report, cast)
    submit_again(report, cast)

    for seat, person in ((1, cast.head), (2, cast.director)):
        with transaction():
            approvals.approve(report, Seen(2, seat), actor=person, at=SOON + timedelta(days=2))

    assert cast.task.claimed_done_on == (SOON + timedelta(days=1)).date()


@pytest.mark.parametrize("approvals_given", [1])
def test_what_somebody_decided_on_stays_with_the_seats(cast: Cast, approvals_given: int) -> None:
    report = a_report(cast.task, cast.officer, approvals=approvals_given)

    with pytest.raises(Stale, match="report_withdraw_too_late"):
        withdraw(report, cast)


@pytest.mark.parametrize("state", [state for state in ReportState if state is not ReportState.SUBMITTED])
def test_only_a_report_that_waits_can_be_withdrawn(cast: Cast, state: ReportState) -> None:
    report = a_report(cast.task, cast.officer, state=state)

    with pytest.raises(Stale, match="report_withdraw_too_late"):
        withdraw(report, cast)


def test_another_version_than_the_one_that_was_seen_is_not_withdrawn(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    with pytest.raises(Stale):
        withdraw(report, cast, version=2)


def test_officers_of_other_sections_withdraw_nothing(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    for person in (cast.other_officer, cast.head, cast.coordinator, cast.stranger):
        with pytest.raises(NotPermitted), transaction():
            progress_reports.withdraw(report, 1, actor=person, at=SOON)


# Whoever decided takes it back.


def test_an_approval_taken_back_opens_the_next_round_of_that_seat(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    take_back(approve(report, cast), cast)

    assert (report.state, report.versions[0].approvals, count_awaiting(cast.head, TODAY)) == (
        ReportState.SUBMITTED,
        0,
        1,
    )
    again = approve(report, cast)

    rounds = [(one.round, one.kind) for one in report.versions[0].decisions]
    assert rounds == [(1, DecisionKind.APPROVE), (2, DecisionKind.UNDO), (3, DecisionKind.APPROVE)]
    assert (again.seat_number, report.versions[0].approvals, count_awaiting(cast.director, TODAY)) == (1, 1, 1)


def test_the_last_approval_taken_back_lets_the_task_stand_where_it_stood(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)
    report = a_report(cast.task, cast.officer, approvals=1)
    decision = approve(report, cast, SECOND)
    assert cast.task.work_status is WorkStatus.DONE

    take_back(decision, cast, actor=cast.director)

    task = cast.task
    assert (task.work_status, task.percent, task.completed_at) == (WorkStatus.IN_PROGRESS, 50, None)
    assert (task.claimed_done_on, any(step.is_done for step in task.steps)) == (None, False)
    assert (report.state, report.seat_to_decide) == (ReportState.SUBMITTED, report.versions[0].seats[1])


def test_the_first_report_taken_back_lets_the_task_be_as_new(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)

    take_back(approve(report, cast), cast)

    assert (cast.task.work_status, cast.task.percent) == (WorkStatus.NOT_STARTED, 0)


def test_a_return_taken_back_waits_for_the_same_seat_again(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    with transaction():
        approvals.return_for_revision(report, FIRST, comment="ขอภาพใหม่", actor=cast.head, at=NOW)

    take_back(last_decision(), cast)

    assert (report.state, report.seat_to_decide) == (ReportState.SUBMITTED, report.versions[0].seats[0])
    assert report.versions[0].return_standing is None
    approve(report, cast)
    assert report.versions[0].approvals == 1


def test_it_can_be_taken_back_for_a_quarter_of_an_hour(cast: Cast) -> None:
    early, late = (a_report(a_task(section=cast.section, officers=[cast.officer]), cast.officer) for _ in range(2))
    in_time, too_late = approve(early, cast), approve(late, cast)

    take_back(in_time, cast, at=NOW + UNDO_WITHIN)
    with pytest.raises(Invalid, match="undo_time_is_over"):
        take_back(too_late, cast, at=NOW + UNDO_WITHIN + timedelta(microseconds=1))


def test_nobody_takes_back_what_another_decided(cast: Cast) -> None:
    decision = approve(a_report(cast.task, cast.officer), cast)

    for person in (cast.director, cast.officer, cast.other_head, cast.stranger):
        with pytest.raises(NotPermitted, match="not_your_decision"):
            take_back(decision, cast, actor=person)


def test_what_a_later_seat_decided_on_stays(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    decision = approve(report, cast)
    approve(report, cast, SECOND)

    with pytest.raises(Stale, match="report_undo_too_late"):
        take_back(decision, cast)


def test_a_decision_is_taken_back_once(cast: Cast) -> None:
    decision = approve(a_report(cast.task, cast.officer), cast)
    take_back(decision, cast)

    with pytest.raises(Stale, match="report_undo_too_late"):
        take_back(decision, cast)
    with pytest.raises(Refusal):
        take_back(last_decision(), cast)


def test_a_return_on_which_the_officer_works_already_stays(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    with transaction():
        approvals.return_for_revision(report, FIRST, comment="ขอภาพใหม่", actor=cast.head, at=NOW)
    decision = last_decision()
    claim = Claim(WorkStatus.DONE, "แก้แล้ว", [], None, "", "")
    with transaction():
        progress_reports.save(report, claim, actor=cast.officer, at=NOW + timedelta(minutes=1))

    with pytest.raises(Stale, match="report_undo_too_late"):
        take_back(decision, cast)


def test_progress_on_which_the_next_report_was_begun_stays_counted(cast: Cast) -> None:
    decision = approve(a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS), cast)
    with transaction():
        progress_reports.open_report(cast.task, cast.officer, SOON)

    with pytest.raises(Stale, match="report_undo_too_late"):
        take_back(decision, cast)


def test_taking_back_stands_in_the_record(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    take_back(approve(report, cast), cast)

    event = events_about(f"progress_report:{report.id}")[-1]
    assert (event["action"], event["actor"]) == ("progress_report.undone", f"user:{cast.head.id}")
    assert event["before"] == {"state": "submitted", "decision": "approve", "round": 1}
    assert (event["after"]["state"], event["after"]["seat_number"]) == ("submitted", 1)
    assert list(broken_chains()) == []
