"""Amending a plan that is worked on: a version beside it, and what becomes of its tasks when it is approved."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import Subject
from ita_flow.domain.approvals import Seen
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.refusals import Incomplete, Invalid, Stale
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalChain
from ita_flow.models.notices import Notice
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Limitation, Measure, MeasureItem, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import versions_of
from ita_flow.queries.plan_editing import tasks_of
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.plans import plan_of, version_of_plan
from ita_flow.workflow import endings
from ita_flow.workflow.amendments import begin, discard, follow
from ita_flow.workflow.assignments import give_out
from ita_flow.workflow.plan_approval import approve_on_paper
from ita_flow.workflow.plan_editing import ChangedMeanwhile, refuse_writing
from ita_flow.workflow.progress_reports import open_report
from ita_flow.workflow.proposals import approve, propose_plan, withdraw
from ita_flow.workflow.task_editing import move_due, new_task
from tests.factories import NOW, TODAY, Cast, a_report, a_task
from tests.record import events_about

WHY = "กองคลังแจ้งขอเลื่อนการจัดซื้อ"
LATER = date(2024, 8, 30)


def amended(cast: Cast) -> Plan:
    with transaction():
        return begin(plan_in_force(cast), WHY, actor=cast.coordinator, at=NOW)


def plan_in_force(cast: Cast) -> Plan:
    plan = plan_of(cast.agency, 2567)
    assert plan is not None
    return plan


def copy_of(task: Task, amendment: Plan) -> Task:
    chosen = sa.select(Task).join(Task.measure).where(Measure.plan_id == amendment.id, Task.continues_id == task.id)
    return db.session.scalars(chosen).one()


def left_behind(task: Task) -> Task:
    """The row of the version before that says how the task stood."""
    return db.session.scalars(sa.select(Task).where(Task.continues_id == task.id)).one()


def approved(amendment: Plan, cast: Cast) -> None:
    """On paper, by the coordinator; whatever a test changed is in it."""
    db.session.commit()
    with transaction():
        plan = db.session.get_one(Plan, amendment.id)
        approve_on_paper(plan, TODAY, "9/2567", seen=seen_plan(plan), actor=cast.coordinator, at=NOW)


def whole_plan(cast: Cast) -> None:
    """A plan may be approved when somebody is responsible for every measure."""
    measures = plan_in_force(cast).measures
    given = set(db.session.scalars(sa.select(Task.measure_id)))
    for measure in measures:
        if measure.id not in given:
            a_task(measure, section=cast.section, officers=[cast.officer])


def officers_of(task: Task) -> list[User]:
    return list(task.officers)


def test_an_amendment_says_the_same_as_the_version_in_force(cast: Cast) -> None:
    plan = cast.task.measure.plan
    plan.areas[0].overview, plan.areas[0].source = "ภาพรวม", {"overview": 12}
    plan.measures[0].items = [MeasureItem(position=1, year=2566, code="O11", title="แผน", source={"line": 3})]
    plan.has_no_limitations = False
    plan.limitations = [Limitation(position=1, limitation="คนน้อย", analysis="สองคน", suggestion="ขอเพิ่ม")]
    db.session.commit()

    amendment = amended(cast)

    assert (amendment.version, amendment.state) == (2, PlanState.DRAFT)
    assert (amendment.supersedes_id, amendment.amendment_reason) == (plan.id, WHY)
    assert [(one.number, one.title, one.continues_id) for one in amendment.measures] == [
        (one.number, one.title, one.id) for one in plan.measures
    ]
    assert (amendment.areas[0].overview, amendment.areas[0].source) == ("ภาพรวม", {"overview": 12})
    assert [(item.code, item.source) for item in amendment.measures[0].items] == [("O11", {"line": 3})]
    assert [row.limitation for row in amendment.limitations] == ["คนน้อย"]
    [event] = events_about(f"plan:{amendment.id}")
    assert (event["action"], event["after"]) == ("plan.amended", {"year": 2567, "version": 2, "reason": WHY})


def test_a_copy_of_a_task_stands_as_the_task_stands(cast: Cast) -> None:
    task = cast.task
    task.percent, task.work_status, task.steps[0].is_done = 50, WorkStatus.IN_PROGRESS, True
    task.due_version, task.first_due_on = 3, date(2024, 3, 1)
    db.session.commit()

    copy = copy_of(task, amended(cast))

    assert (copy.unit, copy.officers, copy.due_on) == (cast.section, [cast.officer], task.due_on)
    assert (copy.percent, copy.work_status, copy.first_due_on) == (50, WorkStatus.IN_PROGRESS, date(2024, 3, 1))
    assert [(step.text, step.is_done) for step in copy.steps] == [(step.text, step.is_done) for step in task.steps]


def test_the_version_in_force_stays_in_force_beside_its_amendment(cast: Cast) -> None:
    plan = plan_in_force(cast)

    amended(cast)

    assert plan_in_force(cast) == plan
    assert plan.state is PlanState.APPROVED


@pytest.mark.parametrize("reason", ["", "  ", "ก" * 2001])
def test_an_amendment_says_why(cast: Cast, reason: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        begin(plan_in_force(cast), reason, actor=cast.coordinator, at=NOW)

    assert refused.value.field == "reason"


def test_one_amendment_is_in_hand_at_a_time(cast: Cast) -> None:
    amended(cast)

    with pytest.raises(Stale, match="plan_is_being_amended"):
        amended(cast)


def test_a_draft_is_not_amended_but_written(cast: Cast) -> None:
    amendment = amended(cast)

    with pytest.raises(Stale, match="plan_amend_too_late"), transaction():
        begin(amendment, WHY, actor=cast.coordinator, at=NOW)


def test_nobody_writes_in_a_version_that_is_being_amended(cast: Cast) -> None:
    amendment = amended(cast)

    with pytest.raises(ChangedMeanwhile, match="plan_has_newer_version"):
        refuse_writing(plan_in_force(cast))

    refuse_writing(amendment)


def test_an_amendment_that_is_given_up_leaves_nothing_but_its_record(cast: Cast) -> None:
    amendment = amended(cast)
    kept, tasks = amendment.id, db.session.scalar(sa.select(sa.func.count(Task.id)))

    with transaction():
        discard(db.session.get_one(Plan, kept), actor=cast.coordinator, at=NOW)

    assert db.session.get(Plan, kept) is None
    assert db.session.scalar(sa.select(sa.func.count(Task.id))) == (tasks or 0) - 2
    assert [event["action"] for event in events_about(f"plan:{kept}")] == ["plan.amended", "plan.amendment_discarded"]


def test_a_version_in_force_is_not_given_up(cast: Cast) -> None:
    with pytest.raises(Stale, match="plan_discard_too_late"), transaction():
        discard(plan_in_force(cast), actor=cast.coordinator, at=NOW)


class TestApproval:
    """What the approval of an amendment does to each kind of task."""

    @pytest.fixture(autouse=True)
    def whole(self, cast: Cast) -> None:
        whole_plan(cast)

    def test_the_task_lives_on_with_its_report_under_the_new_measure(self, cast: Cast) -> None:
        report = a_report(cast.task, cast.officer, ReportState.APPROVED)
        amendment = amended(cast)
        measure = copy_of(cast.task, amendment).measure
        measure.title, task_id = "มาตรการที่เขียนใหม่", cast.task.id

        approved(amendment, cast)

        task = db.session.get_one(Task, task_id)
        assert (task.measure.title, task.measure.plan) == ("มาตรการที่เขียนใหม่", amendment)
        assert db.session.scalars(sa.select(ProgressReport.task_id)).all() == [task_id]
        assert report.versions[0].evidence
        assert (task.due_version, officers_of(task)) == (1, [cast.officer])
        assert plan_in_force(cast) == amendment

    def test_the_version_before_keeps_the_task_as_it_stood(self, cast: Cast) -> None:
        cast.task.percent, cast.task.work_status = 50, WorkStatus.IN_PROGRESS
        db.session.commit()
        old, due_on = cast.task.measure, cast.task.due_on
        amendment = amended(cast)
        copy_of(cast.task, amendment).due_on = LATER

        approved(amendment, cast)

        stood = left_behind(cast.task)
        assert (stood.measure, stood.due_on, stood.unit) == (old, due_on, cast.section)
        assert (stood.percent, stood.work_status, stood.officers) == (50, WorkStatus.IN_PROGRESS, [cast.officer])
        before = version_of_plan(cast.agency, 2567, 1)
        assert before is not None
        assert before.state is PlanState.APPROVED

    def test_a_new_date_reminds_anew(self, cast: Cast) -> None:
        amendment = amended(cast)
        copy_of(cast.task, amendment).due_on = LATER

        approved(amendment, cast)

        assert (cast.task.due_on, cast.task.due_version) == (LATER, 2)
        assert "task.postponed" in [event["action"] for event in events_about(f"task:{cast.task.id}")]

    def test_new_steps_keep_the_ticks_of_those_that_stay(self, cast: Cast) -> None:
        cast.task.steps[1].is_done = True
        db.session.commit()
        amendment = amended(cast)
        copy_of(cast.task, amendment).steps[0].text = "แต่งตั้งคณะทำงาน"

        approved(amendment, cast)

        told = [(step.text, step.is_done) for step in cast.task.steps]
        assert told == [("แต่งตั้งคณะทำงาน", False), ("ดำเนินการและสรุปผล", True)]

    def test_a_task_that_goes_to_another_division_goes_to_its_officers(self, cast: Cast) -> None:
        a_report(cast.task, cast.officer, ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)
        amendment = amended(cast)
        move(copy_of(cast.task, amendment), cast.other_division, cast.other_section, cast.other_officer)

        approved(amendment, cast)

        assert (cast.task.unit, officers_of(cast.task)) == (cast.other_section, [cast.other_officer])
        assert told_of(cast.task, NoticeKind.ASSIGNED) == {cast.other_officer, cast.other_head}
        assert db.session.scalars(sa.select(ProgressReport.task_id)).all() == [cast.task.id]
        assert left_behind(cast.task).unit == cast.section

    def test_two_divisions_change_places_in_one_measure(self, cast: Cast) -> None:
        theirs = a_task(cast.task.measure, section=cast.other_section, officers=[cast.other_officer])
        amendment = amended(cast)
        mine, other = copy_of(cast.task, amendment), copy_of(theirs, amendment)
        measure, mine.measure = mine.measure, copy_of(cast.other_task, amendment).measure
        db.session.flush()  # a measure has one task of each division: one lets go of its place first
        move(other, cast.division, cast.section, cast.officer)
        db.session.flush()
        with db.session.no_autoflush:
            mine.measure = measure
            move(mine, cast.other_division, cast.other_section, cast.other_officer)

        approved(amendment, cast)

        assert (cast.task.unit, theirs.unit) == (cast.other_section, cast.section)

    def test_a_new_division_may_take_the_place_of_one_that_moved(self, cast: Cast) -> None:
        amendment = amended(cast)
        copy = copy_of(cast.task, amendment)
        move(copy, cast.other_division, cast.other_section, cast.other_officer)
        db.session.flush()
        new = new_task(copy.measure, cast.division, cast.section)
        new.officers = [cast.colleague]

        approved(amendment, cast)

        assert new.measure == cast.task.measure
        assert told_of(new, NoticeKind.ASSIGNED) == {cast.colleague, cast.head}

    def test_a_cancelled_task_says_why_and_its_people_are_told(self, cast: Cast) -> None:
        amendment = amended(cast)
        with transaction():
            endings.cancel_task(copy_of(cast.task, amendment), "ยุบรวมกับมาตรการอื่น", actor=cast.coordinator, at=NOW)

        approved(amendment, cast)

        assert (cast.task.work_status, cast.task.ending_reason) == (WorkStatus.CANCELLED, "ยุบรวมกับมาตรการอื่น")
        assert told_of(cast.task, NoticeKind.CANCELLED) == {cast.officer, cast.head}
        assert left_behind(cast.task).work_status is WorkStatus.NOT_STARTED

    def test_nobody_is_told_of_what_stays_as_it_was(self, cast: Cast) -> None:
        amendment = amended(cast)

        approved(amendment, cast)

        assert db.session.scalars(sa.select(Notice)).all() == []

    @pytest.mark.parametrize("change", ["cancelled", "moved", "redated"])
    def test_it_waits_while_a_report_waits_on_a_task_that_changes(self, cast: Cast, change: str) -> None:
        a_report(cast.task, cast.officer)
        amendment = amended(cast)
        copy = copy_of(cast.task, amendment)
        if change == "cancelled":
            copy.work_status, copy.ending_reason = WorkStatus.CANCELLED, WHY
        elif change == "moved":
            move(copy, cast.other_division, cast.other_section, cast.other_officer)
        else:
            copy.due_on = LATER

        with pytest.raises(Incomplete) as refused:
            approved(amendment, cast)

        assert [problem.key for problem in refused.value.problems] == ["amended_task_is_being_decided"]
        assert db.session.get_one(Plan, amendment.id).state is PlanState.DRAFT

    def test_a_report_may_wait_on_a_task_of_which_only_the_text_changes(self, cast: Cast) -> None:
        a_report(cast.task, cast.officer)
        amendment = amended(cast)
        copy_of(cast.task, amendment).measure.method = "ประชุมคณะทำงานทุกเดือน"

        approved(amendment, cast)

        assert cast.task.measure.method == "ประชุมคณะทำงานทุกเดือน"

    def test_what_was_done_meanwhile_is_not_cancelled(self, cast: Cast) -> None:
        amendment = amended(cast)
        copy = copy_of(cast.task, amendment)
        copy.work_status, copy.ending_reason = WorkStatus.CANCELLED, WHY
        cast.task.work_status, cast.task.percent = WorkStatus.DONE, 100
        cast.task.completed_at, cast.task.claimed_done_on = NOW, TODAY

        with pytest.raises(Incomplete) as refused:
            approved(amendment, cast)

        assert [problem.key for problem in refused.value.problems] == ["amended_task_is_closed"]

    def test_what_was_done_meanwhile_stays_done(self, cast: Cast) -> None:
        amendment = amended(cast)
        copy_of(cast.task, amendment).due_on = LATER
        due_on = cast.task.due_on
        cast.task.work_status, cast.task.percent = WorkStatus.DONE, 100
        cast.task.completed_at, cast.task.claimed_done_on = NOW, TODAY

        approved(amendment, cast)

        assert (cast.task.work_status, cast.task.due_on) == (WorkStatus.DONE, due_on)

    def test_the_chain_of_the_plan_goes_on_ruling(self, cast: Cast) -> None:
        db.session.add(ApprovalChain(agency_id=cast.agency.id, plan_id=cast.task.measure.plan_id))
        db.session.commit()
        amendment = amended(cast)

        approved(amendment, cast)

        assert db.session.scalars(sa.select(ApprovalChain.plan_id)).all() == [amendment.id]
        assert db.session.scalars(sa.select(ApprovalChain.subject)).all() == [Subject.REPORTS]

    def test_a_plan_is_amended_again(self, cast: Cast) -> None:
        first = amended(cast)
        approved(first, cast)
        second = amended(cast)
        copy_of(cast.task, second).due_on = LATER

        approved(second, cast)

        assert (second.version, second.supersedes_id) == (3, first.id)
        assert (cast.task.measure.plan, cast.task.due_on) == (second, LATER)
        stood = db.session.scalars(sa.select(Task).where(Task.continues_id == cast.task.id).order_by(Task.id)).all()
        assert [task.measure.plan.version for task in stood] == [1, 2]


class TestFollowing:
    """What happens to a task in force while an amendment is in hand goes over into its copy."""

    def test_a_later_due_date_is_taken_over(self, cast: Cast) -> None:
        copy = copy_of(cast.task, amended(cast))
        cast.task.first_due_on, cast.task.due_on = cast.task.due_on, LATER

        follow(cast.task)

        assert (copy.due_on, copy.first_due_on) == (LATER, cast.task.first_due_on)

    def test_a_due_date_of_the_amendment_stays(self, cast: Cast) -> None:
        copy = copy_of(cast.task, amended(cast))
        move_due(copy, date(2024, 6, 28), actor=cast.coordinator, at=NOW)
        cast.task.due_on = LATER

        follow(cast.task)

        assert copy.due_on == date(2024, 6, 28)

    def test_a_task_that_is_cancelled_and_opened_again_takes_its_copy_along(self, cast: Cast) -> None:
        copy = copy_of(cast.task, amended(cast))

        endings.cancel_task(cast.task, "งบประมาณไม่พอ", actor=cast.coordinator, at=NOW)
        ended = (copy.work_status, copy.ending_reason)
        endings.reopen(cast.task, "ได้รับงบประมาณ", actor=cast.coordinator, at=NOW)

        assert ended == (WorkStatus.CANCELLED, "งบประมาณไม่พอ")
        assert (copy.work_status, copy.ending_reason) == (WorkStatus.NOT_STARTED, None)

    def test_what_the_amendment_itself_cancels_stays_cancelled(self, cast: Cast) -> None:
        copy = copy_of(cast.task, amended(cast))
        endings.cancel_task(copy, WHY, actor=cast.coordinator, at=NOW)
        cast.task.due_on = LATER

        follow(cast.task)

        assert (copy.work_status, copy.ending_reason) == (WorkStatus.CANCELLED, WHY)
        assert cast.task.work_status is WorkStatus.NOT_STARTED

    def test_without_an_amendment_nothing_follows(self, cast: Cast) -> None:
        before = db.session.scalars(sa.select(Task.id)).all()

        follow(cast.task)

        assert db.session.scalars(sa.select(Task.id)).all() == before


def test_nobody_reports_on_what_a_version_before_says_of_a_task(cast: Cast) -> None:
    whole_plan(cast)
    approved(amended(cast), cast)

    with pytest.raises(Stale, match="task_of_an_older_version"):
        open_report(left_behind(cast.task), cast.officer, NOW)

    assert open_report(cast.task, cast.officer, NOW).task == cast.task


def test_nobody_is_given_a_task_of_a_version_before(cast: Cast) -> None:
    whole_plan(cast)
    before = plan_in_force(cast)
    approved(amended(cast), cast)

    with pytest.raises(Stale, match="plan_has_newer_version"):
        give_out(before, [], actor=cast.coordinator, at=NOW, today=TODAY)


def test_a_way_with_seats_puts_an_amendment_in_force(cast: Cast) -> None:
    whole_plan(cast)
    amendment = amended(cast)
    copy_of(cast.task, amendment).due_on = LATER
    db.session.commit()

    proposal = propose_plan(amendment, seen=seen_plan(amendment), actor=cast.coordinator, at=NOW)
    for place, decider in enumerate((cast.chief, cast.executive), 1):
        approve(proposal, Seen(proposal.revision, place), actor=decider, at=NOW)

    assert (amendment.state, cast.task.due_on) == (PlanState.APPROVED, LATER)


def test_of_what_the_seats_looked_at_all_but_the_tasks_is_kept(cast: Cast) -> None:
    whole_plan(cast)
    amendment = amended(cast)
    proposal = propose_plan(amendment, seen=seen_plan(amendment), actor=cast.coordinator, at=NOW)
    withdraw(proposal, actor=cast.coordinator, at=NOW)

    discard(amendment, actor=cast.coordinator, at=NOW)
    db.session.commit()

    assert (amendment.state, proposal.plan) == (PlanState.DISCARDED, amendment)
    assert [task.id for measure in amendment.measures for task in tasks_of(measure)] == []
    assert [plan.version for plan in versions_of(cast.agency.id, 2567)] == [1]
    assert amended(cast).version == 3


def move(copy: Task, division: Unit, section: Unit, officer: User) -> None:
    copy.division, copy.section, copy.officers = division, section, [officer]


def told_of(task: Task, kind: NoticeKind) -> set[User]:
    chosen = sa.select(Notice.recipient_id).where(Notice.task_id == task.id, Notice.kind == kind)
    return {db.session.get_one(User, number) for number in db.session.scalars(chosen)}
