"""A plan on its way through the seats: proposed, decided on, given back, taken back, published."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import Chain, ChainSeat, Subject
from ita_flow.domain.approvals import Seen
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.states import PlanState, ProposalState
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal
from ita_flow.queries.approval_chains import ChainScope
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.queries.plan_seen import seen_area, seen_plan, seen_task
from ita_flow.queries.proposals import proposal_of, proposals_awaiting, seen_now, waiting_proposal_on
from ita_flow.workflow.approval_chains import NONE_YET, save_chain
from ita_flow.workflow.measures import remove_measure
from ita_flow.workflow.plan_editing import AreaText, ChangedMeanwhile, refuse_writing, write_area
from ita_flow.workflow.proposals import approve, propose_plan, return_proposal, withdraw
from ita_flow.workflow.publishing import publish
from ita_flow.workflow.task_editing import edit_task
from ita_flow.workflow.tasks import assign
from ita_flow.workflow.units import rename
from tests.factories import NOW, TODAY, Cast, a_membership, a_task, an_acting_order
from tests.record import events_about

LINK = "https://www.example.go.th/ita/2567"


@pytest.fixture
def draft(cast: Cast) -> Plan:
    """A draft whose measures all have somebody responsible."""
    plan = cast.task.measure.plan
    for measure in plan.measures:
        if measure not in (cast.task.measure, cast.other_task.measure):
            a_task(measure, division=cast.division)
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()
    return plan


def propose(plan: Plan, actor: User) -> Proposal:
    with transaction():
        return propose_plan(plan, seen=seen_plan(plan), actor=actor, at=NOW)


def let_pass(proposal: Proposal, actor: User, minutes: int = 1) -> None:
    with transaction():
        approve(proposal, seen_now(proposal), actor=actor, at=NOW + timedelta(minutes=minutes))


def give_back(proposal: Proposal, actor: User, comment: str = "ขาดข้อจำกัด") -> None:
    with transaction():
        return_proposal(proposal, seen_now(proposal), comment=comment, actor=actor, at=NOW + timedelta(minutes=1))


def told(kind: NoticeKind) -> set[str]:
    chosen = sa.select(User.name).join(Notice, Notice.recipient_id == User.id).where(Notice.kind == kind)
    return set(db.session.scalars(chosen))


def deeds(plan: Plan) -> list[str]:
    return [event["action"] for event in events_about(f"plan:{plan.id}")]


def test_a_plan_goes_through_its_seats_and_is_in_force(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)
    assert (draft.state, [seat.seat for seat in proposal.seats]) == (PlanState.PROPOSED, [Seat.CHIEF, Seat.EXECUTIVE])

    let_pass(proposal, cast.chief)
    assert (draft.state, proposal.state) == (PlanState.PROPOSED, ProposalState.WAITING)

    let_pass(proposal, cast.executive, minutes=2)
    assert (draft.state, draft.approved_at) == (PlanState.APPROVED, NOW + timedelta(minutes=2))
    assert (proposal.state, proposal.settled_at) == (ProposalState.APPROVED, NOW + timedelta(minutes=2))
    assert deeds(draft) == ["plan.proposed", "plan.endorsed", "plan.approved"]
    assert cast.officer.name in told(NoticeKind.ASSIGNED)
    assert told(NoticeKind.IN_FORCE) == {cast.coordinator.name}


def test_the_record_tells_in_which_seat_what_was_decided(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)
    let_pass(proposal, cast.chief)

    event = events_about(f"plan:{draft.id}")[-1]
    assert (event["actor"], event["before"]["state"]) == (f"user:{cast.chief.id}", "proposed")
    assert (event["after"]["seat"], event["after"]["verb"]) == ("chief", "endorse")
    assert event["after"]["content"] == draft.content_hash == proposal.decisions[0].content_hash


def test_who_has_the_turn_finds_the_plan_and_is_told(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)

    assert [count_awaiting(who, TODAY) for who in (cast.chief, cast.executive, cast.director)] == [1, 0, 0]
    assert told(NoticeKind.PROPOSED) == {cast.chief.name}

    let_pass(proposal, cast.chief)
    assert [count_awaiting(who, TODAY) for who in (cast.chief, cast.executive)] == [0, 1]
    [waiting] = proposals_awaiting(cast.executive, TODAY)
    assert (waiting.proposal, waiting.turn.seat, waiting.since) == (proposal, Seat.EXECUTIVE, TODAY)
    assert told(NoticeKind.PROPOSED) == {cast.chief.name, cast.executive.name}


def test_a_plan_that_lacks_something_is_not_proposed(cast: Cast, draft: Plan) -> None:
    db.session.delete(cast.task)
    db.session.commit()

    with pytest.raises(Invalid) as refused:
        propose(draft, cast.coordinator)

    assert (refused.value.key, draft.state) == ("plan_is_incomplete", PlanState.DRAFT)


def test_only_what_was_seen_is_proposed(cast: Cast, draft: Plan) -> None:
    with pytest.raises(ChangedMeanwhile), transaction():
        propose_plan(draft, seen="something else", actor=cast.coordinator, at=NOW)

    assert draft.state is PlanState.DRAFT


def test_a_plan_is_proposed_once(cast: Cast, draft: Plan) -> None:
    propose(draft, cast.coordinator)

    with pytest.raises(Stale) as refused:
        propose(draft, cast.coordinator)

    assert refused.value.key == "plan_propose_too_late"


def test_a_plan_comes_back_with_a_reason_and_can_be_proposed_again(cast: Cast, draft: Plan) -> None:
    first = propose(draft, cast.coordinator)
    let_pass(first, cast.chief)
    give_back(first, cast.executive, " ขาดข้อจำกัด ")

    assert (draft.state, first.state, waiting_proposal_on(draft)) == (PlanState.DRAFT, ProposalState.RETURNED, None)
    returned = first.return_standing
    assert returned
    assert (returned.comment, returned.decided_by) == ("ขาดข้อจำกัด", cast.executive)
    assert told(NoticeKind.NOT_ACCEPTED) == {cast.coordinator.name}

    again = propose(draft, cast.coordinator)
    assert (again.id != first.id, again.approvals, draft.state) == (True, 0, PlanState.PROPOSED)


@pytest.mark.parametrize("comment", ["", " \n", "ก" * 2_001])
def test_nothing_comes_back_without_a_reason(cast: Cast, draft: Plan, comment: str) -> None:
    proposal = propose(draft, cast.coordinator)

    with pytest.raises(Invalid) as refused:
        give_back(proposal, cast.chief, comment)

    assert (refused.value.field, draft.state) == ("comment", PlanState.PROPOSED)


def test_the_coordinator_takes_a_plan_back_before_the_last_decision(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)
    let_pass(proposal, cast.chief)

    with transaction():
        withdraw(proposal, actor=cast.coordinator, at=NOW)

    assert (draft.state, proposal.state) == (PlanState.DRAFT, ProposalState.WITHDRAWN)
    assert count_awaiting(cast.executive, TODAY) == 0
    assert deeds(draft)[-1] == "plan.withdrawn"


def test_what_is_settled_is_neither_decided_on_nor_taken_back(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)
    let_pass(proposal, cast.chief)
    seen = seen_now(proposal)
    let_pass(proposal, cast.executive)

    with pytest.raises(Stale) as refused, transaction():
        approve(proposal, seen, actor=cast.executive, at=NOW)
    assert refused.value.key == "proposal_approve_too_late"
    with pytest.raises(Stale) as refused, transaction():
        return_proposal(proposal, seen, comment="ช้าไป", actor=cast.executive, at=NOW)
    assert refused.value.key == "proposal_return_too_late"
    with pytest.raises(Stale) as refused, transaction():
        withdraw(proposal, actor=cast.coordinator, at=NOW)
    assert (refused.value.key, draft.state) == ("proposal_withdraw_too_late", PlanState.APPROVED)


@pytest.mark.parametrize("who", ["coordinator", "executive", "director", "officer"])
def test_nobody_decides_out_of_turn(cast: Cast, draft: Plan, who: str) -> None:
    proposal = propose(draft, cast.coordinator)

    with pytest.raises(NotPermitted):
        let_pass(proposal, getattr(cast, who))

    assert proposal.decisions == []


def test_a_decision_is_on_the_turn_that_was_seen(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)
    seen = seen_now(proposal)
    let_pass(proposal, cast.chief)

    with pytest.raises(Stale), transaction():
        approve(proposal, Seen(seen.version, seen.seat_number), actor=cast.executive, at=NOW)


def test_whoever_proposes_does_not_decide(cast: Cast, draft: Plan) -> None:
    """A chief who is the coordinator too is passed over: the executive alone decides."""
    a_membership(cast.chief, role=Role.COORDINATOR)

    proposal = propose(draft, cast.chief)

    assert [seat.seat for seat in proposal.seats] == [Seat.EXECUTIVE]
    assert [line.seat.seat for line in proposal.passed_over] == [Seat.CHIEF]


def test_somebody_acts_for_the_executive(cast: Cast, draft: Plan) -> None:
    order = an_acting_order(cast.director, Seat.EXECUTIVE, kind=ActingKind.ACTING, holder=cast.executive)
    proposal = propose(draft, cast.coordinator)
    let_pass(proposal, cast.chief)

    let_pass(proposal, cast.director)

    decision = proposal.decisions[-1]
    assert (decision.decided_by, decision.on_behalf_of, decision.acting_order) == (cast.director, cast.executive, order)
    assert draft.state is PlanState.APPROVED


def test_the_agency_may_have_a_chain_of_its_own_for_plans(cast: Cast, draft: Plan) -> None:
    scope = ChainScope(cast.agency.id, subject=Subject.PLANS)
    with transaction():
        save_chain(scope, Chain((ChainSeat(Seat.EXECUTIVE),)), NONE_YET, actor=cast.coordinator, at=NOW)

    proposal = propose(draft, cast.coordinator)
    let_pass(proposal, cast.executive)

    assert draft.state is PlanState.APPROVED


def test_what_another_has_redated_meanwhile_is_not_proposed_unseen(cast: Cast, draft: Plan) -> None:
    seen, later = seen_plan(draft), cast.task.due_on - timedelta(days=7)
    with transaction():
        steps = "\n".join(step.text for step in cast.task.steps)
        edit_task(cast.task, steps, later, seen=seen_task(cast.task), actor=cast.coordinator, at=NOW)

    with pytest.raises(ChangedMeanwhile), transaction():
        propose_plan(draft, seen=seen, actor=cast.coordinator, at=NOW)

    assert draft.state is PlanState.DRAFT


def test_nobody_writes_in_a_plan_that_waits(cast: Cast, draft: Plan) -> None:
    propose(draft, cast.coordinator)
    text = AreaText("ใหม่", "", "", "")

    with pytest.raises(ChangedMeanwhile) as refused, transaction():
        write_area(draft, 1, text, seen=seen_area(draft.areas[0]), actor=cast.coordinator, at=NOW)
    assert refused.value.key == "plan_is_proposed"
    with pytest.raises(ChangedMeanwhile), transaction():
        remove_measure(draft.measures[0], seen="", actor=cast.coordinator, at=NOW)


def test_officers_are_given_while_a_plan_waits(cast: Cast, draft: Plan) -> None:
    propose(draft, cast.coordinator)

    with transaction():
        assign(cast.task, [cast.colleague], actor=cast.coordinator, at=NOW)

    assert cast.task.officers == [cast.colleague]


def test_a_unit_renamed_meanwhile_makes_it_another_plan(cast: Cast, draft: Plan) -> None:
    """The plan names its units: what would be approved is not what was proposed. It can be given back."""
    proposal = propose(draft, cast.coordinator)
    with transaction():
        rename(cast.division, "กองแผนงาน", actor=cast.coordinator, at=NOW)

    with pytest.raises(Stale) as refused:
        let_pass(proposal, cast.chief)
    assert refused.value.key == "proposal_says_otherwise"
    give_back(proposal, cast.chief)
    assert draft.state is PlanState.DRAFT


def test_an_approved_plan_is_published_and_then_written_no_more(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)
    let_pass(proposal, cast.chief)
    let_pass(proposal, cast.executive)
    refuse_writing(draft)

    with transaction():
        publish(draft, f" {LINK} ", actor=cast.coordinator, at=NOW)

    assert (draft.state, draft.published_link, draft.published_at) == (PlanState.PUBLISHED, LINK, NOW)
    assert deeds(draft)[-1] == "plan.published"
    with pytest.raises(ChangedMeanwhile) as refused:
        refuse_writing(draft)
    assert refused.value.key == "plan_is_published"


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.PROPOSED])
def test_only_what_is_approved_is_published(cast: Cast, draft: Plan, state: PlanState) -> None:
    draft.state = state
    db.session.commit()

    with pytest.raises(Stale) as refused, transaction():
        publish(draft, LINK, actor=cast.coordinator, at=NOW)

    assert refused.value.key == "plan_publish_too_late"


@pytest.mark.parametrize("link", ["", "  ", "แผนของเรา", "javascript:alert(1)", "https://" + "a" * 2_000])
def test_a_plan_is_published_at_an_address_that_opens(cast: Cast, link: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        publish(cast.task.measure.plan, link, actor=cast.coordinator, at=NOW)

    assert refused.value.field == "link"


def test_a_stranger_finds_no_proposal(cast: Cast, draft: Plan) -> None:
    proposal = propose(draft, cast.coordinator)

    assert proposal_of(cast.stranger, proposal.id) is None
    assert proposal_of(cast.officer, proposal.id) == proposal
