"""Insiders and accidents at the coordinator's desk: seats that are taken sideways, and words that change meanwhile."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from ita_flow.config import MEGABYTE
from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.scoring import TOP
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Membership
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.models.tasks import Step, Task, task_officers
from ita_flow.queries.assessments import assessment_of
from ita_flow.queries.plan_seen import seen_task
from ita_flow.workflow import approvals, progress_reports
from ita_flow.workflow.appointments import change_post, withdraw
from ita_flow.workflow.assessments import Result, save, version_of
from ita_flow.workflow.evidence import store
from ita_flow.workflow.import_drafts import Choices, bring, confirm, mark_of, reading_of
from ita_flow.workflow.people import close
from ita_flow.workflow.plan_import import newest_plan
from ita_flow.workflow.task_editing import edit_task
from ita_flow.workflow.undoing import undo
from ita_flow.workflow.unit_merging import merge
from tests.factories import NOW, TODAY, Cast, a_membership, a_report, a_section, a_task, a_user
from tests.intake import documents

DAY, SOON = timedelta(days=1), NOW + timedelta(minutes=5)


# Nobody is left to look after the system.


@pytest.fixture
def second(cast: Cast) -> Membership:
    """The post of another administrator."""
    return a_user(cast.agency, role=Role.ADMINISTRATOR).memberships[0]


def let_end(cast: Cast, post: Membership, days: int) -> None:
    with transaction():
        change_post(post, title=post.post, ends_on=TODAY + days * DAY, actor=cast.administrator, at=NOW)


@pytest.mark.parametrize("days", [20, 40])
def test_two_administrators_do_not_both_end_on_different_days(cast: Cast, second: Membership, days: int) -> None:
    let_end(cast, second, 30)

    with pytest.raises(Invalid, match="last_administrator"):
        let_end(cast, cast.administrator.memberships[0], days)


def test_an_administrator_who_stays_is_not_closed_when_the_other_leaves(cast: Cast, second: Membership) -> None:
    let_end(cast, cast.administrator.memberships[0], 30)

    with pytest.raises(Invalid, match="last_administrator"), transaction():
        close(second.user, actor=cast.administrator, at=NOW, now=real_now())


def test_a_coming_administrator_is_not_taken_back_once_the_present_one_leaves(cast: Cast) -> None:
    coming = a_user(cast.agency, role=Role.ADMINISTRATOR, starts_on=TODAY + 10 * DAY).memberships[0]
    let_end(cast, cast.administrator.memberships[0], 30)

    with pytest.raises(Invalid, match="last_administrator"), transaction():
        withdraw(coming, actor=cast.administrator, at=NOW)


# A seat is not widened by whoever holds it.


@pytest.mark.parametrize("is_into", [True, False])
def test_nobody_merges_units_to_decide_over_another(cast: Cast, is_into: bool) -> None:
    mine = a_section(cast.division, "ฝ่ายบริหารงานทั่วไป")
    a_membership(cast.coordinator, seat=Seat.SECTION_HEAD, unit=mine)
    unit, into = (cast.section, mine) if is_into else (mine, cast.section)

    with pytest.raises(Invalid, match="merging_widens_own_seat"), transaction():
        merge(unit, into, actor=cast.coordinator, at=NOW)


def test_nobody_merges_divisions_to_decide_over_a_section(cast: Cast) -> None:
    mine = a_section(cast.other_division, cast.section.name)
    a_membership(cast.coordinator, seat=Seat.SECTION_HEAD, unit=mine)

    with pytest.raises(Invalid, match="merging_widens_own_seat"), transaction():
        merge(cast.division, cast.other_division, actor=cast.coordinator, at=NOW)


# A document is confirmed after somebody wrote what it says by hand.


def test_what_was_written_by_hand_meanwhile_is_not_overwritten_unseen(cast: Cast) -> None:
    stored = store().put(io.BytesIO(documents.report().encode()), MEGABYTE)
    with transaction():
        draft = bring(2567, "แผน.txt", stored.sha256, actor=cast.coordinator, at=NOW)
        db.session.add(Assessment(agency_id=cast.agency.id, year=2566, level=TOP))
    plan, reading = newest_plan(cast.agency, 2567), reading_of(draft, cast.agency, ())
    seen = mark_of(draft, plan)
    written = Result(2567, Decimal("97.14"), "ผ่านดี", 1, 23, None, {}, {})
    with transaction():
        assessment = assessment_of(cast.agency, 2566)
        save(cast.agency, 2566, written, version_of(assessment), actor=cast.coordinator, at=NOW)

    with pytest.raises(Stale, match="import_draft_changed"), transaction():
        confirm(draft, Choices(), reading, seen, is_approved=True, actor=cast.coordinator, at=SOON)


# A decision is taken back after the steps were written anew.


def steps_of(task: Task) -> list[tuple[str, bool]]:
    db.session.expire_all()
    return [(step.text, step.is_done) for step in task.steps]


@pytest.fixture
def task(cast: Cast) -> Task:
    return a_task(section=cast.section, officers=[cast.officer], steps=("ตั้งคณะทำงาน", "ประชุม"))


def reported(cast: Cast, task: Task, done: tuple[int, ...], at: timedelta = timedelta()) -> ProgressReport:
    claim = Claim(
        status=WorkStatus.IN_PROGRESS, text="ตั้งคณะทำงานแล้ว", done_steps=done, percent=None, obstacles="", advice=""
    )
    with transaction():
        report = progress_reports.open_report(task, cast.officer, NOW + at)
        progress_reports.save(report, claim, actor=cast.officer, at=NOW + at, link="https://example.go.th/order")
        progress_reports.submit(report, actor=cast.officer, at=NOW + at)
    return report


def approved(cast: Cast, report: ProgressReport, at: timedelta = timedelta()) -> Decision:
    with transaction():
        approvals.approve(report, Seen(1, 1), actor=cast.head, at=NOW + at)
    return report.versions[-1].decisions[-1]


def rewritten(cast: Cast, task: Task, steps: str = "เสนอผู้บริหาร\nตั้งคณะทำงาน\nประชุม") -> None:
    with transaction():
        edit_task(task, steps, task.due_on, seen=seen_task(task), actor=cast.coordinator, at=SOON)


def test_a_decision_stays_when_the_steps_it_ticked_stand_elsewhere(cast: Cast, task: Task) -> None:
    decision = approved(cast, reported(cast, task, (1,)))
    rewritten(cast, task)

    with pytest.raises(Stale, match="report_undo_too_late"), transaction():
        undo(decision, actor=cast.head, at=SOON)

    assert steps_of(task) == [("เสนอผู้บริหาร", False), ("ตั้งคณะทำงาน", True), ("ประชุม", False)]


def test_a_return_stays_when_the_officer_has_other_steps_by_now(cast: Cast, task: Task) -> None:
    report = a_report(task, cast.officer)
    with transaction():
        approvals.return_for_revision(report, Seen(1, 1), comment="ขาดคำสั่ง", actor=cast.head, at=NOW)
    rewritten(cast, task, "ตั้งคณะทำงาน\nเผยแพร่")

    with pytest.raises(Stale, match="report_undo_too_late"), transaction():
        undo(report.versions[-1].decisions[-1], actor=cast.head, at=SOON)

    assert report.state is ReportState.RETURNED


def test_taking_back_ticks_the_steps_that_were_done_before_and_no_others(cast: Cast, task: Task) -> None:
    approved(cast, reported(cast, task, (1,)))
    rewritten(cast, task)
    decision = approved(cast, reported(cast, task, (2, 3), 2 * DAY), 2 * DAY)

    with transaction():
        undo(decision, actor=cast.head, at=NOW + 2 * DAY)

    assert steps_of(task) == [("เสนอผู้บริหาร", False), ("ตั้งคณะทำงาน", True), ("ประชุม", False)]


# A task is taken back while somebody opens it.


def taken_back(task: Task) -> None:
    """As another transaction does that ends while we wait for the row."""
    unseen = {"synchronize_session": False}
    db.session.execute(sa.delete(task_officers).where(task_officers.c.task_id == task.id))
    db.session.execute(sa.delete(Step).where(Step.task_id == task.id), execution_options=unseen)
    db.session.execute(sa.delete(Task).where(Task.id == task.id), execution_options=unseen)


def test_an_officer_is_told_that_the_task_was_taken_back(cast: Cast, task: Task) -> None:
    def opened_too_late() -> None:
        assert progress_reports.may_report(task, cast.officer, NOW)
        taken_back(task)
        progress_reports.open_report(task, cast.officer, NOW)

    with pytest.raises(Stale, match="someone_was_quicker"), transaction():
        opened_too_late()


def test_a_coordinator_is_told_that_the_task_was_taken_back(cast: Cast, task: Task) -> None:
    def edited_too_late() -> None:
        seen = seen_task(task)
        taken_back(task)
        edit_task(task, "ประชุม", task.due_on, seen=seen, actor=cast.coordinator, at=NOW)

    with pytest.raises(Stale, match="someone_was_quicker"), transaction():
        edited_too_late()
