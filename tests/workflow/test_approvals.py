"""Deciding: seat by seat, never on one's own, and exactly on the version that was looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import USUAL, Chain
from ita_flow.domain.approvals import DecisionKind, Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.progress_reports import Decision
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.workflow import approvals
from ita_flow.workflow.audit import broken_chains
from tests.factories import NOW, TODAY, Cast, a_membership, a_report, a_user
from tests.record import events_about

FIRST, SECOND = Seen(version=1, seat_number=1), Seen(version=1, seat_number=2)


def test_a_claim_of_completion_walks_both_seats_and_then_counts(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    with transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)
    assert (report.state, cast.task.work_status) == (ReportState.SUBMITTED, WorkStatus.NOT_STARTED)
    with transaction():
        approvals.approve(report, SECOND, actor=cast.director, at=NOW + timedelta(hours=1))

    assert report.state is ReportState.APPROVED
    assert (cast.task.work_status, cast.task.percent) == (WorkStatus.DONE, 100)
    assert cast.task.completed_at == NOW + timedelta(hours=1)
    assert all(step.is_done for step in cast.task.steps)
    assert [decision.seat for decision in report.versions[0].decisions] == [Seat.SECTION_HEAD, Seat.DIRECTOR]
    assert {decision.content_hash for decision in report.versions[0].decisions} == {report.versions[0].content_hash}


def test_progress_counts_after_the_first_seat(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)

    with transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)

    assert report.state is ReportState.APPROVED
    assert (cast.task.work_status, cast.task.percent, cast.task.completed_at) == (WorkStatus.IN_PROGRESS, 50, None)


def test_completion_counts_from_the_day_it_was_first_claimed(cast: Cast) -> None:
    claimed_at = NOW - timedelta(days=5)
    report = a_report(cast.task, cast.officer, at=claimed_at, approvals=1)

    with transaction():
        approvals.approve(report, SECOND, actor=cast.director, at=NOW)

    assert cast.task.claimed_done_on == claimed_at.date() == date(2024, 3, 13)


def test_a_returned_report_goes_back_with_its_reason(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    with transaction():
        approvals.return_for_revision(report, FIRST, comment=" ขอภาพใหม่ ", actor=cast.head, at=NOW)

    decision = report.versions[0].decisions[0]
    assert (report.state, decision.kind, decision.comment) == (ReportState.RETURNED, DecisionKind.RETURN, "ขอภาพใหม่")
    assert report.seat_to_decide is None


@pytest.mark.parametrize(("comment", "key"), [("  ", "return_needs_a_reason"), ("ก" * 2001, "text_too_long")])
def test_a_return_says_why_and_not_too_much(cast: Cast, comment: str, key: str) -> None:
    report = a_report(cast.task, cast.officer)

    with pytest.raises(Invalid, match=key):
        approvals.return_for_revision(report, FIRST, comment=comment, actor=cast.head, at=NOW)


@pytest.mark.parametrize(
    "somebody",
    ["director", "colleague", "other_head", "other_director", "coordinator", "administrator", "chief", "executive"],
)
def test_nobody_decides_before_or_beside_the_seat(cast: Cast, somebody: str) -> None:
    report = a_report(cast.task, cast.officer)

    with pytest.raises(NotPermitted, match="not_your_turn"):
        approvals.approve(report, FIRST, actor=getattr(cast, somebody), at=NOW)


def test_nobody_approves_what_they_wrote(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.head])

    with pytest.raises(NotPermitted, match="own_report"):
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)


def test_nobody_returns_what_they_wrote(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.head])

    with pytest.raises(NotPermitted, match="own_report"):
        approvals.return_for_revision(report, FIRST, comment="ไม่ครบ", actor=cast.head, at=NOW)


def test_a_head_whose_post_ended_decides_no_more(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    for membership in cast.head.memberships:
        membership.ends_on = NOW.date() - timedelta(days=1)

    with pytest.raises(NotPermitted, match="not_your_turn"):
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)


def test_who_holds_both_seats_decides_for_each_in_turn_where_the_chain_allows(cast: Cast) -> None:
    a_membership(cast.head, seat=Seat.DIRECTOR, unit=cast.division)
    report = a_report(cast.task, cast.officer, chain=Chain(USUAL.seats, distinct_deciders=False))

    for seen in (FIRST, SECOND):
        with transaction():
            approvals.approve(report, seen, actor=cast.head, at=NOW)

    assert report.state is ReportState.APPROVED


def test_who_decided_in_one_seat_does_not_decide_in_another(cast: Cast) -> None:
    a_membership(cast.head, seat=Seat.DIRECTOR, unit=cast.division)
    report = a_report(cast.task, cast.officer)
    with transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)

    with pytest.raises(NotPermitted, match="decided_before"), transaction():
        approvals.approve(report, SECOND, actor=cast.head, at=NOW)

    assert count_awaiting(cast.head, TODAY) == 0


def test_whoever_is_needed_further_up_leaves_this_seat_to_the_other(cast: Cast) -> None:
    a_membership(cast.head, seat=Seat.DIRECTOR, unit=cast.division)
    cast.director.is_active = False
    second = a_user(cast.agency, "หัวหน้าอีกคน", seat=Seat.SECTION_HEAD, unit=cast.section)
    report = a_report(cast.task, cast.officer)

    with pytest.raises(NotPermitted, match="needed_further_up") as refusal, transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)
    with transaction():
        approvals.approve(report, FIRST, actor=second, at=NOW)
        approvals.approve(report, SECOND, actor=cast.head, at=NOW)

    assert refusal.value.values["names"] == "หัวหน้าอีกคน"
    assert report.state is ReportState.APPROVED


def test_whoever_is_needed_further_up_may_still_return_it(cast: Cast) -> None:
    a_membership(cast.head, seat=Seat.DIRECTOR, unit=cast.division)
    cast.director.is_active = False
    a_user(cast.agency, seat=Seat.SECTION_HEAD, unit=cast.section)
    report = a_report(cast.task, cast.officer)

    with transaction():
        approvals.return_for_revision(report, FIRST, comment="โปรดแนบภาพถ่าย", actor=cast.head, at=NOW)

    assert report.state is ReportState.RETURNED


def test_who_holds_both_seats_does_not_decide_for_the_second_unseen(cast: Cast) -> None:
    a_membership(cast.head, seat=Seat.DIRECTOR, unit=cast.division)
    report = a_report(cast.task, cast.officer, approvals=1)

    with pytest.raises(Stale, match="report_approve_too_late"):
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.RETURNED, ReportState.APPROVED])
def test_only_a_submitted_report_is_decided(cast: Cast, state: ReportState) -> None:
    report = a_report(cast.task, cast.officer, state=state)

    with pytest.raises(Stale, match="report_approve_too_late"):
        approvals.approve(report, Seen(report.version, 1), actor=cast.head, at=NOW)


def test_a_decision_is_for_the_version_that_was_looked_at(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    with pytest.raises(Stale):
        approvals.approve(report, Seen(2, 1), actor=cast.head, at=NOW)


def test_a_second_approval_of_the_same_seat_is_told_that_it_is_too_late(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    with transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)

    with pytest.raises(Stale, match="report_approve_too_late"):
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 1


def test_the_record_tells_who_decided_on_which_content(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, approvals=1)

    with transaction():
        approvals.approve(report, SECOND, actor=cast.director, at=NOW)

    (approved,) = events_about(f"progress_report:{report.id}")
    (counted,) = events_about(f"task:{cast.task.id}")
    assert (approved["action"], approved["actor"]) == ("progress_report.approved", f"user:{cast.director.id}")
    assert (approved["after"]["seat"], approved["after"]["seat_number"]) == ("director", 2)
    assert approved["after"]["content"] == report.versions[0].content_hash
    assert counted["after"]["work_status"] == "done"
    assert list(broken_chains()) == []
