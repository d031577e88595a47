"""Tasks and measures that come to an end with a reason, and tasks that are opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Invalid, Refusal, Stale
from ita_flow.domain.states import PlanState, ProposalState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.plans import Plan
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.workflow import amendments, approvals, endings, extensions, progress_reports
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, TODAY, Cast, a_report, a_task
from tests.factories.plans import set_status
from tests.record import events_about

WHY = "รวมงานนี้ไว้กับมาตรการอื่นแล้ว"
SOON = NOW + timedelta(minutes=5)
TOMORROW = TODAY + timedelta(days=1)


def cancel(task: Task, cast: Cast, reason: str = WHY) -> None:
    with transaction():
        endings.cancel_task(task, reason, actor=cast.coordinator, at=SOON)


def reopen(task: Task, cast: Cast, reason: str = WHY, due_on: date | None = None) -> None:
    with transaction():
        endings.reopen(task, reason, actor=cast.coordinator, at=SOON, due_on=due_on)


def standing(task: Task) -> tuple[WorkStatus, int, str | None]:
    return task.work_status, task.percent, task.ending_reason


def told(kind: NoticeKind) -> set[int]:
    return set(db.session.scalars(sa.select(Notice.recipient_id).where(Notice.kind == kind)))


def in_state(task: Task, status: WorkStatus) -> Task:
    set_status(task, status, NOW)
    db.session.commit()
    return task


# Cancelling.


def test_what_is_cancelled_says_why_and_keeps_how_far_it_was(cast: Cast) -> None:
    in_state(cast.task, WorkStatus.IN_PROGRESS)

    cancel(cast.task, cast, f"  {WHY}\n")

    assert standing(cast.task) == (WorkStatus.CANCELLED, 50, WHY)
    event = events_about(f"task:{cast.task.id}")[-1]
    assert (event["action"], event["actor"]) == ("task.cancelled", f"user:{cast.coordinator.id}")
    assert event["before"] == {"work_status": "in_progress", "percent": 50, "done_on": None}
    assert event["after"] == {"work_status": "cancelled", "percent": 50, "done_on": None, "reason": WHY}
    assert list(broken_chains()) == []


@pytest.mark.parametrize("reason", ["", " \u200b ", "ก" * 2001])
def test_nothing_is_cancelled_or_opened_without_a_reason_of_fair_length(cast: Cast, reason: str) -> None:
    for deed in (cancel, reopen):
        with pytest.raises(Invalid) as refused:
            deed(cast.task, cast, reason)
        assert refused.value.field == "reason"

    assert cast.task.work_status is WorkStatus.NOT_STARTED


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.CANCELLED, WorkStatus.UNFINISHED])
def test_only_an_open_task_is_cancelled(cast: Cast, status: WorkStatus) -> None:
    in_state(cast.task, status)

    with pytest.raises(Stale, match="task_cancel_too_late"):
        cancel(cast.task, cast)


def test_nothing_is_cancelled_while_a_report_on_it_waits(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    with pytest.raises(Invalid, match="report_waits_on_the_task") as refused:
        cancel(cast.task, cast)

    assert refused.value.values == {"measure": 2, "unit": "ฝ่ายประชาสัมพันธ์", "number": 1}
    assert cast.task.work_status is WorkStatus.NOT_STARTED


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.RETURNED, ReportState.WITHDRAWN])
def test_a_report_that_is_being_written_stays_and_goes_on_after_the_task_is_open_again(
    cast: Cast, state: ReportState
) -> None:
    report = a_report(cast.task, cast.officer, state=state)
    cancel(cast.task, cast)

    for write in (save, submit):
        with pytest.raises(Stale, match="task_report_too_late"):
            write(report, cast)
    reopen(cast.task, cast)
    save(report, cast)
    submit(report, cast)

    assert (report.number, report.state, len(report.evidence)) == (1, ReportState.SUBMITTED, 1)


def save(report: ProgressReport, cast: Cast) -> None:
    with transaction():
        opened = progress_reports.open_report(report.task, cast.officer, SOON)
        assert opened is report
        progress_reports.save(opened, Claim(WorkStatus.DONE, "ดำเนินการต่อ"), actor=cast.officer, at=SOON)


def submit(report: ProgressReport, cast: Cast) -> None:
    with transaction():
        progress_reports.submit(report, actor=cast.officer, at=SOON)


def test_a_task_that_was_never_begun_takes_no_report_after_it_is_cancelled(cast: Cast) -> None:
    cancel(cast.task, cast)

    with pytest.raises(Stale, match="task_report_too_late"), transaction():
        progress_reports.open_report(cast.task, cast.officer, SOON)


def test_those_who_do_it_and_who_heads_them_are_told(cast: Cast) -> None:
    cancel(cast.task, cast)
    reopen(cast.task, cast)

    assert told(NoticeKind.CANCELLED) == told(NoticeKind.REOPENED) == {cast.officer.id, cast.head.id}


# A whole measure.


def of_three_divisions(cast: Cast, *statuses: WorkStatus) -> Sequence[Task]:
    measure = cast.task.measure
    other = a_task(measure, section=cast.other_section, officers=[cast.other_officer])
    tasks = [cast.task, other]
    for task, status in zip(tasks, statuses, strict=False):
        in_state(task, status)
    return tasks


def cancel_measure(task: Task, cast: Cast) -> None:
    with transaction():
        endings.cancel_measure(task.measure, WHY, actor=cast.coordinator, at=SOON)


def test_a_measure_is_cancelled_with_all_its_open_tasks(cast: Cast) -> None:
    tasks = of_three_divisions(cast)

    cancel_measure(cast.task, cast)

    assert {standing(task) for task in tasks} == {(WorkStatus.CANCELLED, 0, WHY)}
    (event,) = events_about(f"measure:{cast.task.measure_id}")
    assert (event["action"], event["after"]) == (
        "measure.cancelled",
        {"reason": WHY, "division": [t.division_id for t in tasks]},
    )
    assert [events_about(f"task:{task.id}")[-1]["action"] for task in tasks] == ["task.cancelled"] * 2
    everybody = {cast.officer.id, cast.head.id, cast.other_officer.id, cast.other_head.id}
    assert told(NoticeKind.CANCELLED) == everybody


def test_what_is_done_of_a_cancelled_measure_stays_done(cast: Cast) -> None:
    done, open_one = of_three_divisions(cast, WorkStatus.DONE)

    cancel_measure(cast.task, cast)

    assert (done.work_status, open_one.work_status) == (WorkStatus.DONE, WorkStatus.CANCELLED)


def test_a_measure_with_a_report_that_waits_is_not_cancelled_in_part(cast: Cast) -> None:
    tasks = of_three_divisions(cast)
    a_report(tasks[1], cast.other_officer)

    with pytest.raises(Invalid, match="report_waits_on_the_task"):
        cancel_measure(cast.task, cast)

    assert {task.work_status for task in tasks} == {WorkStatus.NOT_STARTED}


def test_a_measure_without_an_open_task_is_not_cancelled(cast: Cast) -> None:
    of_three_divisions(cast, WorkStatus.DONE, WorkStatus.CANCELLED)

    with pytest.raises(Stale, match="measure_cancel_too_late"):
        cancel_measure(cast.task, cast)


# Opening again.


def test_what_was_done_is_in_progress_again_and_whole_no_more(cast: Cast) -> None:
    in_state(cast.task, WorkStatus.DONE)

    reopen(cast.task, cast)

    assert standing(cast.task) == (WorkStatus.IN_PROGRESS, 95, None)
    assert (cast.task.completed_at, cast.task.claimed_done_on) == (None, None)
    event = events_about(f"task:{cast.task.id}")[-1]
    assert event["action"] == "task.reopened"
    assert event["before"] == {"work_status": "done", "percent": 100, "done_on": "2024-03-18"}
    assert event["after"] == {"work_status": "in_progress", "percent": 95, "done_on": None, "reason": WHY}


@pytest.mark.parametrize("status", [WorkStatus.NOT_STARTED, WorkStatus.IN_PROGRESS])
def test_what_was_cancelled_stands_where_it_stood(cast: Cast, status: WorkStatus) -> None:
    before = standing(in_state(cast.task, status))
    cancel(cast.task, cast)

    reopen(cast.task, cast)

    assert standing(cast.task) == before


@pytest.mark.parametrize("status", [WorkStatus.NOT_STARTED, WorkStatus.IN_PROGRESS, WorkStatus.UNFINISHED])
def test_what_is_open_or_was_left_at_the_end_of_its_year_is_not_opened(cast: Cast, status: WorkStatus) -> None:
    in_state(cast.task, status)

    with pytest.raises(Stale, match="task_reopen_too_late"):
        reopen(cast.task, cast)


def test_a_task_whose_day_has_passed_is_opened_with_a_new_one(cast: Cast) -> None:
    in_state(cast.task, WorkStatus.DONE).due_on = TODAY - timedelta(days=1)
    db.session.commit()
    before = cast.task.due_version

    with pytest.raises(Invalid, match="reopening_needs_a_day_ahead") as refused:
        reopen(cast.task, cast)
    reopen(cast.task, cast, due_on=TOMORROW)

    assert refused.value.field == "due_on"
    assert (cast.task.due_on, cast.task.due_version) == (TOMORROW, before + 1)
    assert events_about(f"task:{cast.task.id}")[-1]["action"] == "task.postponed"


def test_a_task_is_opened_for_no_day_outside_its_year(cast: Cast) -> None:
    in_state(cast.task, WorkStatus.DONE)

    with pytest.raises(Invalid, match="due_outside_year"):
        reopen(cast.task, cast, due_on=date(2024, 10, 1))

    assert cast.task.work_status is WorkStatus.DONE


def test_a_task_that_was_opened_again_is_reported_on_and_done_again(cast: Cast) -> None:
    done(cast)
    reopen(cast.task, cast)

    report = a_report(cast.task, cast.officer, at=SOON, approvals=1)
    approve(report, cast, SOON)

    assert (report.number, cast.task.work_status, cast.task.percent) == (2, WorkStatus.DONE, 100)


# Where the plan is not worked on.


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.PROPOSED, PlanState.CLOSED])
def test_only_tasks_of_a_plan_in_force_are_ended_or_opened(cast: Cast, state: PlanState) -> None:
    other = in_state(a_task(section=cast.section, officers=[cast.officer]), WorkStatus.DONE)
    plan_stands(cast.task.measure.plan, state)

    for deed, task in ((cancel, cast.task), (cancel_measure, cast.task), (reopen, other)):
        with pytest.raises(Refusal):
            deed(task, cast)

    assert (cast.task.work_status, other.work_status) == (WorkStatus.NOT_STARTED, WorkStatus.DONE)


def plan_stands(plan: Plan, state: PlanState) -> None:
    plan.state = state
    plan.approved_at = NOW if state is PlanState.CLOSED else None
    plan.closed_at = NOW if state is PlanState.CLOSED else None
    db.session.commit()


def test_tasks_of_an_older_version_are_only_read(cast: Cast) -> None:
    db.session.add(next_version(cast, PlanState.APPROVED))
    db.session.commit()

    with pytest.raises(Stale, match="task_of_an_older_version"):
        cancel(cast.task, cast)


def next_version(cast: Cast, state: PlanState) -> Plan:
    plan = cast.task.measure.plan
    return Plan(
        agency_id=plan.agency_id,
        year=plan.year,
        version=2,
        state=state,
        approved_at=NOW if state is PlanState.APPROVED else None,
        supersedes_id=plan.id,
        amendment_reason="ปรับแผน",
        content_hash=plan.content_hash,
    )


# In an amendment that is being written.


def copy_of(task: Task, cast: Cast) -> Task:
    """The task's copy in a new amendment of its plan."""
    with transaction():
        amendments.begin(task.measure.plan, "ปรับแผน", actor=cast.coordinator, at=NOW)
    return db.session.scalars(sa.select(Task).where(Task.continues_id == task.id)).one()


def test_in_an_amendment_only_the_copy_is_cancelled_and_nobody_is_told_yet(cast: Cast) -> None:
    copy = copy_of(cast.task, cast)
    a_report(cast.task, cast.officer)

    cancel(copy, cast)

    assert standing(copy) == (WorkStatus.CANCELLED, 0, WHY)
    assert cast.task.work_status is WorkStatus.NOT_STARTED
    assert told(NoticeKind.CANCELLED) == set()


def test_what_the_amendment_cancelled_can_be_taken_up_in_it_again(cast: Cast) -> None:
    copy = copy_of(cast.task, cast)
    cancel(copy, cast)

    reopen(copy, cast)

    assert standing(copy) == (WorkStatus.NOT_STARTED, 0, None)


def test_what_is_cancelled_or_opened_in_force_is_so_in_the_amendment(cast: Cast) -> None:
    copy = copy_of(cast.task, cast)

    cancel(cast.task, cast)
    followed = standing(copy)
    with pytest.raises(Invalid, match="reopen_the_task_in_force"):
        reopen(copy, cast)
    reopen(cast.task, cast, due_on=TOMORROW)

    assert followed == (WorkStatus.CANCELLED, 0, WHY)
    assert (standing(copy), copy.due_on) == ((WorkStatus.NOT_STARTED, 0, None), TOMORROW)


# With a later due date that is asked for.


def test_a_later_due_date_is_asked_for_no_more_when_the_task_is_cancelled(cast: Cast) -> None:
    with transaction():
        wish = extensions.ask(cast.task, date(2024, 9, 30), "รอผลการตรวจรับ", actor=cast.officer, at=NOW)

    cancel(cast.task, cast)

    assert (wish.state, wish.settled_at) == (ProposalState.WITHDRAWN, SOON)
    actions = [event["action"] for event in events_about(f"task:{cast.task.id}")]
    assert actions == ["extension.asked", "extension.withdrawn", "task.cancelled"]


# Taking back an approval.


def approve(report: ProgressReport, cast: Cast, at: object = NOW) -> Decision:
    with transaction():
        approvals.approve(report, Seen(version=1, seat_number=2), actor=cast.director, at=at)  # type: ignore[arg-type]
    return db.session.scalars(sa.select(Decision).order_by(Decision.id.desc()).limit(1)).one()


def done(cast: Cast, claim: WorkStatus = WorkStatus.DONE) -> Decision:
    return approve(a_report(cast.task, cast.officer, claim=claim, approvals=1), cast)


def test_an_approval_is_not_taken_back_over_a_task_that_was_opened_again(cast: Cast) -> None:
    decision = done(cast)
    reopen(cast.task, cast)

    with pytest.raises(Stale, match="report_undo_too_late"), transaction():
        undo(decision, actor=cast.director, at=SOON)

    assert standing(cast.task) == (WorkStatus.IN_PROGRESS, 95, None)


def test_a_return_is_not_taken_back_over_a_task_that_was_cancelled(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    with transaction():
        approvals.return_for_revision(report, Seen(1, 1), comment="แนบภาพ", actor=cast.head, at=NOW)
    decision = db.session.scalars(sa.select(Decision)).one()
    cancel(cast.task, cast)

    with pytest.raises(Stale, match="report_undo_too_late"), transaction():
        undo(decision, actor=cast.head, at=SOON)

    assert (report.state, cast.task.work_status) == (ReportState.RETURNED, WorkStatus.CANCELLED)
