"""Deeds of a plan's life in the wrong order, from the wrong seat, or on what was replaced meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import ActingScope, ChainSeat, Verb
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import NotPermitted, Stale
from ita_flow.domain.states import PlanState, ProposalState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.progress_reports import Decision
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow import amendments, approvals, endings, progress_reports, proposals, publishing, undoing
from ita_flow.workflow.assignments import Assignment, Wish, give_out
from ita_flow.workflow.plan_editing import settle
from ita_flow.workflow.record_check import first_breaks
from tests.factories import NOW, TODAY, Cast, a_division, a_membership, a_task, an_acting_order
from tests.factories.chains import a_chain
from tests.factories.plans import set_status
from tests.workflow.test_amendments import amended, approved, copy_of, plan_in_force, whole_plan

WHY = "กองคลังแจ้งขอเลื่อนการจัดซื้อ"


def proposed(amendment: Plan, cast: Cast) -> Proposal:
    with transaction():
        plan = db.session.get_one(Plan, amendment.id)
        return proposals.propose_plan(plan, seen=seen_plan(plan), actor=cast.coordinator, at=NOW)


def let_pass(proposal: Proposal, actor: User) -> None:
    with transaction():
        proposals.approve(proposal, seen_now(proposal), actor=actor, at=NOW)


def moved(task: Task, amendment: Plan, cast: Cast) -> None:
    """The amendment gives the task to the other section."""
    with transaction():
        copy = copy_of(task, amendment)
        copy.division, copy.section, copy.officers = cast.other_division, cast.other_section, [cast.other_officer]
        settle(db.session.get_one(Plan, amendment.id))


def test_naming_another_officer_takes_nothing_away_from_a_proposal(cast: Cast) -> None:
    """The seats read who is responsible, not who does it; a division that was cancelled before is told by then."""
    whole_plan(cast)
    a_task(cast.task.measure, division=cast.other_division, officers=[cast.other_officer])
    amendment = amended(cast)
    with transaction():
        endings.cancel_task(copy_of(cast.task, amendment), WHY, actor=cast.coordinator, at=NOW)
    proposal = proposed(amendment, cast)

    with transaction():
        task = copy_of(cast.other_task, amendment)
        seen = Assignment.of(task)
        wish = Wish(task.id, seen, replace(seen, officer_ids=frozenset([cast.officer.id])))
        give_out(db.session.get_one(Plan, amendment.id), [wish], actor=cast.coordinator, at=NOW, today=TODAY)
    let_pass(proposal, cast.chief)
    let_pass(proposal, cast.executive)

    assert proposal.state is ProposalState.APPROVED
    assert cast.task.work_status is WorkStatus.CANCELLED
    assert first_breaks() == []


@pytest.mark.parametrize(
    ("deed", "refused"),
    [
        (
            lambda plan, actor: publishing.publish(plan, "https://a.example/", actor=actor, at=NOW),
            "plan_publish_too_late",
        ),
        (lambda plan, actor: amendments.begin(plan, WHY, actor=actor, at=NOW), "plan_amend_too_late"),
    ],
    ids=["publish", "amend"],
)
def test_nothing_begins_with_a_version_that_was_replaced_meanwhile(
    cast: Cast, deed: Callable[[Plan, User], object], refused: str
) -> None:
    whole_plan(cast)
    first = plan_in_force(cast)
    approved(amended(cast), cast)

    with pytest.raises(Stale, match=refused), transaction():
        deed(db.session.get_one(Plan, first.id), cast.coordinator)

    assert first.state is PlanState.APPROVED


def test_a_decision_is_not_taken_back_after_its_task_went_to_others(cast: Cast) -> None:
    """Else a report of those before would wait over those who do it now, which no amendment would have let happen."""
    a_chain(cast.agency, ChainSeat(Seat.CHIEF, verb=Verb.APPROVE), progress_walks_all=True)
    whole_plan(cast)
    amendment = amended(cast)
    decision = _counted(cast)
    moved(cast.task, amendment, cast)
    approved(amendment, cast)

    with pytest.raises(Stale, match="report_undo_too_late"), transaction():
        undoing.undo(decision, actor=cast.chief, at=NOW + timedelta(minutes=5))

    assert decision.report_version.report.state is ReportState.APPROVED


def test_what_was_done_meanwhile_can_be_left_done_by_the_amendment_that_cancelled_it(cast: Cast) -> None:
    """It cannot be approved so; the coordinator has a way out that leaves the task in force alone."""
    whole_plan(cast)
    amendment = amended(cast)
    with transaction():
        endings.cancel_task(copy_of(cast.task, amendment), WHY, actor=cast.coordinator, at=NOW)
        set_status(cast.task, WorkStatus.DONE, NOW)

    with transaction():
        endings.reopen(copy_of(cast.task, amendment), WHY, actor=cast.coordinator, at=NOW)
    approved(amendment, cast)

    assert (cast.task.work_status, cast.task.measure.plan_id) == (WorkStatus.DONE, amendment.id)


def _counted(cast: Cast) -> Decision:
    """The chief's, on a report that the work goes on."""
    with transaction():
        report = progress_reports.open_report(cast.task, cast.officer, NOW)
        claim = Claim(WorkStatus.IN_PROGRESS, "ประชุมคณะทำงานแล้ว", done_steps=[1])
        progress_reports.save(report, claim, actor=cast.officer, at=NOW, link="https://example.go.th/a")
        version = progress_reports.submit(report, actor=cast.officer, at=NOW)
    with transaction():
        approvals.approve(report, Seen(1, 1), actor=cast.chief, at=NOW)
    return version.decisions[0]


def test_a_proposer_does_not_decide_from_another_seat(cast: Cast) -> None:
    a_membership(cast.coordinator, seat=Seat.CHIEF)
    an_acting_order(cast.coordinator, Seat.EXECUTIVE, holder=cast.executive)
    whole_plan(cast)
    proposal = proposed(amended(cast), cast)

    with pytest.raises(NotPermitted, match="own_report"):
        let_pass(proposal, cast.coordinator)
    let_pass(proposal, cast.chief)
    with pytest.raises(NotPermitted, match="own_report"):
        let_pass(proposal, cast.coordinator)

    assert proposal.state is ProposalState.WAITING


def test_an_order_for_progress_decides_on_no_plan(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.CHIEF, holder=cast.chief, scope=ActingScope.PROGRESS)
    whole_plan(cast)
    proposal = proposed(amended(cast), cast)

    with pytest.raises(NotPermitted, match="order_does_not_cover"):
        let_pass(proposal, cast.other_head)

    assert proposal.approvals == 0


def test_divisions_may_change_places_in_an_amendment(cast: Cast) -> None:
    """Each measure has a division once, in every version and at every moment."""
    whole_plan(cast)
    theirs = a_task(cast.task.measure, division=cast.other_division, officers=[cast.other_officer])
    amendment = amended(cast)
    with transaction():
        mine, other = copy_of(cast.task, amendment), copy_of(theirs, amendment)
        other.division = a_division(cast.agency, "กองที่สาม")
        db.session.flush()
        mine.division, mine.section = cast.other_division, None
        db.session.flush()
        other.division = cast.division
        settle(db.session.get_one(Plan, amendment.id))

    approved(amendment, cast)

    assert (cast.task.division, theirs.division) == (cast.other_division, cast.division)
    assert first_breaks() == []
