"""One open report for a task, decided seat by seat; whose turn it is can be read off."""

from __future__ import annotations

import pytest

from ita_flow.domain.approval_chains import USUAL
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence, EvidenceKind
from tests.factories import NOW, Cast, a_decision, a_report, a_task
from tests.models.refusing import SOMEBODY_ELSES, TWICE, refused

OPEN = [ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED]


@pytest.mark.parametrize("state", OPEN)
def test_a_task_has_one_open_report(cast: Cast, state: ReportState) -> None:
    a_report(cast.task, cast.officer, state)

    with refused(TWICE):
        a_report(cast.task, cast.colleague, ReportState.DRAFT)


def test_after_an_approved_report_a_task_may_have_another(cast: Cast) -> None:
    first = a_report(cast.task, cast.officer, ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)

    second = a_report(cast.task, cast.officer, ReportState.DRAFT)

    assert (first.number, second.number) == (1, 2)


def test_two_reports_of_a_task_do_not_bear_one_number(cast: Cast) -> None:
    a_report(cast.task, cast.officer, ReportState.APPROVED)
    another = a_report(cast.task, cast.officer, ReportState.DRAFT)

    with refused(TWICE):
        another.number = 1


def test_what_is_submitted_has_a_version(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, ReportState.DRAFT)

    with refused("submitted_has_a_version"):
        report.state = ReportState.SUBMITTED


def test_nobody_claims_that_a_task_is_cancelled(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, ReportState.DRAFT)

    with refused("nobody_claims_cancelled"):
        report.claimed_status = WorkStatus.CANCELLED


def test_a_report_belongs_to_the_agency_of_its_task(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, ReportState.DRAFT)

    with refused(SOMEBODY_ELSES):
        report.agency_id = cast.stranger.agency_id


def test_a_seat_decides_once(cast: Cast) -> None:
    version = a_report(cast.task, cast.officer).versions[0]
    first = a_decision(version)

    with refused(TWICE):
        a_decision(version, seat_number=first.seat_number)


def test_a_return_says_why(cast: Cast) -> None:
    version = a_report(cast.task, cast.officer).versions[0]

    with refused("a_return_says_why"):
        a_decision(version, DecisionKind.RETURN, comment="")


def test_the_seats_decide_in_their_order(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    turns = [report.seat_to_decide]

    for _ in range(2):
        a_decision(report.versions[0])
        turns.append(report.seat_to_decide)

    assert turns == [*USUAL.seats, None]


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.RETURNED, ReportState.APPROVED])
def test_it_is_nobodys_turn_unless_the_report_is_submitted(cast: Cast, state: ReportState) -> None:
    assert a_report(cast.task, cast.officer, state).seat_to_decide is None


def test_it_is_nobodys_turn_on_a_version_that_was_returned(cast: Cast) -> None:
    version = a_report(cast.task, cast.officer, approvals=1).versions[0]

    a_decision(version, DecisionKind.RETURN)

    assert version.seat_to_decide is None


def test_progress_short_of_completion_ends_at_the_first_seat(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)

    assert report.versions[0].seats == [USUAL.seats[0]]


@pytest.mark.parametrize(
    ("kind", "url", "sha256", "why"),
    [
        (EvidenceKind.FILE, None, None, "files_have_content"),
        (EvidenceKind.LINK, None, None, "links_have_an_address"),
        (EvidenceKind.LINK, "https://example.go.th", "a" * 64, "files_have_content"),
        (EvidenceKind.FILE, "https://example.go.th", "a" * 64, "links_have_an_address"),
    ],
)
def test_evidence_is_a_file_or_a_link(
    cast: Cast, kind: EvidenceKind, url: str | None, sha256: str | None, why: str
) -> None:
    content = {"sha256": sha256, "size": 1, "media_type": "text/plain"} if sha256 else {}

    with refused(why):
        db.session.add(
            Evidence(
                agency_id=cast.agency.id,
                task_id=cast.task.id,
                kind=kind,
                name="หลักฐาน",
                url=url,
                added_by=cast.officer,
                added_at=NOW,
                **content,
            )
        )


def test_evidence_belongs_to_the_agency_of_its_task(cast: Cast) -> None:
    with refused(SOMEBODY_ELSES):
        db.session.add(
            Evidence(
                agency_id=cast.stranger.agency_id,
                task_id=a_task(division=cast.division).id,
                kind=EvidenceKind.LINK,
                name="หลักฐาน",
                url="https://example.go.th",
                added_by=cast.officer,
                added_at=NOW,
            )
        )
