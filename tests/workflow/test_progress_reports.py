"""Writing a report and submitting it: who may, what is kept, what is missing, who will decide."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Incomplete, Invalid, NotPermitted, Stale
from ita_flow.domain.states import CLOSED, PlanState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.workflow import evidence, progress_reports
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.progress_reports import SavedMeanwhile
from ita_flow.workflow.seals import content_hash
from tests.factories import NOW, Cast, a_division, a_membership, a_report, a_section, a_task, a_user
from tests.record import events_about

DONE_WITH_LINK = Claim(WorkStatus.DONE, "จัดอบรมครบทุกฝ่ายแล้ว")
LINK = "https://www.example.go.th/news"


def written(
    task: Task, by: User, claim: Claim = DONE_WITH_LINK, link: str = LINK, *, send: bool = False
) -> ProgressReport:
    """What an officer does in the form, in one transaction."""
    with transaction():
        report = progress_reports.open_report(task, by, NOW)
        progress_reports.save(report, claim, actor=by, at=NOW, link=link)
        if send:
            progress_reports.submit(report, actor=by, at=NOW)
    return report


def test_a_draft_keeps_everything_that_was_written(cast: Cast) -> None:
    claim = Claim(WorkStatus.IN_PROGRESS, "ประชุมแล้ว", done_steps=[1], percent=40, obstacles="ฝนตก", advice="เลื่อนวัน")

    report = written(cast.task, cast.officer, claim)

    assert progress_reports.claim_of(report) == claim
    assert [one.url for one in report.evidence] == [LINK]
    assert (report.state, report.version, report.authors) == (ReportState.DRAFT, 0, [cast.officer])


def test_a_colleague_goes_on_with_the_same_draft_and_becomes_an_author(cast: Cast) -> None:
    begun = written(cast.task, cast.officer)

    gone_on = written(cast.task, cast.colleague)

    assert gone_on.id == begun.id
    assert gone_on.authors == [cast.officer, cast.colleague]


@pytest.mark.parametrize(
    "somebody", ["other_officer", "head", "director", "coordinator", "administrator", "chief", "stranger"]
)
def test_only_officers_of_the_unit_report(cast: Cast, somebody: str) -> None:
    with pytest.raises(NotPermitted, match="not_your_task"):
        progress_reports.open_report(cast.task, getattr(cast, somebody), NOW)


def test_an_officer_whose_post_ended_reports_no_more(cast: Cast) -> None:
    for membership in cast.officer.memberships:
        membership.ends_on = NOW.date().replace(day=1)

    with pytest.raises(NotPermitted):
        progress_reports.open_report(cast.task, cast.officer, NOW)


def test_submitting_freezes_a_version_and_says_who_decides(cast: Cast) -> None:
    report = written(cast.task, cast.officer, send=True)

    version = report.current
    assert version is not None
    assert report.state is ReportState.SUBMITTED
    assert (version.version, version.claimed_status, version.percent) == (1, WorkStatus.DONE, 100)
    assert [seat.seat for seat in version.seats] == [Seat.SECTION_HEAD, Seat.DIRECTOR]
    assert version.done_steps == [1, 2]
    assert version.evidence == report.evidence
    assert content_hash(version) == version.content_hash


def test_progress_that_is_not_completion_ends_at_the_first_seat(cast: Cast) -> None:
    claim = Claim(WorkStatus.IN_PROGRESS, "ประชุมแล้ว", done_steps=[1])

    report = written(cast.task, cast.officer, claim, send=True)

    assert report.current is not None
    assert [seat.seat for seat in report.current.seats] == [Seat.SECTION_HEAD]
    assert report.current.percent == 50


def test_everything_missing_is_told_at_once(cast: Cast) -> None:
    with transaction():
        report = progress_reports.open_report(cast.task, cast.officer, NOW)
        progress_reports.save(report, Claim(WorkStatus.DONE, " "), actor=cast.officer, at=NOW)

    with pytest.raises(Incomplete) as refused:
        progress_reports.submit(report, actor=cast.officer, at=NOW)

    assert [(problem.key, problem.field) for problem in refused.value.problems] == [
        ("text_missing", "text"),
        ("evidence_missing", "files"),
    ]


@pytest.mark.parametrize(
    ("claim", "key"),
    [
        (Claim(None, "ประชุมแล้ว"), "claim_missing"),
        (Claim(WorkStatus.NOT_STARTED, "ยังไม่ได้เริ่ม", done_steps=[1]), "not_started_with_steps"),
    ],
)
def test_a_claim_must_be_made_and_make_sense(cast: Cast, claim: Claim, key: str) -> None:
    report = written(cast.task, cast.officer, claim)

    with pytest.raises(Incomplete) as refused:
        progress_reports.submit(report, actor=cast.officer, at=NOW)

    assert [problem.key for problem in refused.value.problems] == [key]


def test_a_text_too_long_for_a_report_is_not_kept(cast: Cast) -> None:
    with pytest.raises(Incomplete):
        written(cast.task, cast.officer, Claim(WorkStatus.DONE, "ก" * 2001))

    assert db.session.scalars(db.select(ProgressReport)).all() == []


def test_a_vacant_seat_is_passed_over(cast: Cast) -> None:
    for membership in cast.head.memberships:
        membership.ends_on = NOW.date().replace(day=1)
    db.session.commit()

    report = written(cast.task, cast.officer, send=True)

    assert report.current is not None
    assert [seat.seat for seat in report.current.seats] == [Seat.DIRECTOR]


def test_a_seat_held_by_an_author_alone_is_passed_over(cast: Cast) -> None:
    a_membership(cast.head, role=Role.OFFICER, unit=cast.section)

    report = written(cast.task, cast.head, send=True)

    assert report.current is not None
    assert [seat.seat for seat in report.current.seats] == [Seat.DIRECTOR]


def test_without_anybody_to_decide_nothing_is_submitted(cast: Cast) -> None:
    lonely = a_section(a_division(cast.agency, "กองที่ว่าง"), "ฝ่ายที่ว่าง")
    officer = a_user(cast.agency, role=Role.OFFICER, unit=lonely)
    task = a_task(section=lonely, officers=[officer])
    report = written(task, officer)

    with pytest.raises(Invalid, match="nobody_can_decide"), transaction():
        progress_reports.submit(report, actor=officer, at=NOW)

    assert report.state is ReportState.DRAFT
    assert db.session.scalars(db.select(ReportVersion)).all() == []


def test_a_submitted_report_cannot_be_written_on(cast: Cast) -> None:
    report = written(cast.task, cast.officer, send=True)

    with pytest.raises(Stale, match="report_is_under_way"):
        progress_reports.open_report(cast.task, cast.officer, NOW)
    with pytest.raises(Stale, match="report_is_under_way"):
        progress_reports.save(report, DONE_WITH_LINK, actor=cast.officer, at=NOW)
    with pytest.raises(Stale, match="report_submit_too_late"):
        progress_reports.submit(report, actor=cast.officer, at=NOW)


def test_a_returned_report_is_mended_and_submitted_as_its_next_version(cast: Cast) -> None:
    returned = a_report(cast.task, cast.officer, state=ReportState.RETURNED)

    report = written(cast.task, cast.officer, Claim(WorkStatus.DONE, "แนบภาพใหม่แล้ว"), send=True)

    assert report.id == returned.id
    assert [version.version for version in report.versions] == [1, 2]
    assert report.versions[0].text != report.versions[1].text


def test_after_approval_the_next_report_begins_where_the_task_stands(cast: Cast) -> None:
    cast.task.steps[0].is_done = True
    db.session.commit()
    a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)

    with transaction():
        report = progress_reports.open_report(cast.task, cast.officer, NOW)

    assert (report.number, report.done_steps, report.percent) == (2, [1], 50)


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_task_takes_no_more_reports(cast: Cast, status: WorkStatus) -> None:
    task = a_task(section=cast.section, officers=[cast.officer], work_status=status)

    with pytest.raises(Stale, match="task_report_too_late"):
        progress_reports.open_report(task, cast.officer, NOW)


def test_who_wrote_on_an_older_draft_is_told_instead_of_overwriting(cast: Cast) -> None:
    report = written(cast.task, cast.officer)
    seen = report.revision
    written(cast.task, cast.colleague, Claim(WorkStatus.DONE, "ข้อความของเพื่อนร่วมงาน"))

    with pytest.raises(SavedMeanwhile):
        progress_reports.refuse_when_saved_meanwhile(report, seen)


def test_the_same_file_twice_is_one_piece_of_evidence(cast: Cast) -> None:
    for _ in range(2):
        file = evidence.receive(io.BytesIO(b"%PDF-1.4 same"), "คำสั่ง.pdf")
        with transaction():
            report = progress_reports.open_report(cast.task, cast.officer, NOW)
            progress_reports.save(report, DONE_WITH_LINK, actor=cast.officer, at=NOW, files=[file])

    assert [one.name for one in report.evidence] == ["คำสั่ง.pdf"]
    assert evidence.store().is_whole(file.stored.sha256)


def test_evidence_is_taken_out_of_the_working_copy_only(cast: Cast) -> None:
    report = written(cast.task, cast.officer)
    taken_out = report.evidence[0]

    with transaction():
        progress_reports.save(report, DONE_WITH_LINK, actor=cast.officer, at=NOW, removed=[taken_out.id])

    assert report.evidence == []
    assert db.session.get(type(taken_out), taken_out.id) is taken_out


def test_the_record_tells_who_wrote_and_what_was_sent(app: Flask, cast: Cast) -> None:
    report = written(cast.task, cast.officer, send=True)

    saved, submitted = events_about(f"progress_report:{report.id}")
    assert (saved["action"], saved["actor"]) == ("progress_report.saved", f"user:{cast.officer.id}")
    assert submitted["action"] == "progress_report.submitted"
    assert submitted["after"]["content"] == report.versions[0].content_hash
    assert list(broken_chains()) == []


def test_nobody_works_on_a_plan_that_is_only_a_draft(cast: Cast) -> None:
    plan = cast.task.measure.plan
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()

    with pytest.raises(Invalid, match="plan_not_approved"):
        progress_reports.open_report(cast.task, cast.officer, NOW)
