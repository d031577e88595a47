"""Deciding on what was laid before the seats: a version of a plan, or the wish for a later due date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ita_flow.domain.approvals import DecisionKind, Seen
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import PlanDeed, ProposalDeed, ProposalState, next_plan_state, next_proposal_state
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal, ProposalDecision, ProposalKind
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.seats import SeatHolder, SeatHolders, holders_for
from ita_flow.workflow import extensions, notices, plan_approval
from ita_flow.workflow.approval_seats import settled_for_plan, told
from ita_flow.workflow.audit import Values
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.deciding import (
    decide,
    refuse_another_turn,
    refuse_when_needed_further_up,
    refuse_without_reason,
    seat_of,
)
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.laying import hold, lay_before, record, withdraw
from ita_flow.workflow.plan_editing import refuse_when_changed, refuse_when_incomplete, settle

__all__ = ["approve", "lay_before", "propose_plan", "return_proposal", "withdraw"]

ENDORSED: Mapping[ProposalKind, str] = {
    ProposalKind.PLAN: "plan.endorsed",
    ProposalKind.EXTENSION: "extension.endorsed",
}
APPROVED: Mapping[ProposalKind, str] = {ProposalKind.PLAN: "plan.approved", ProposalKind.EXTENSION: "extension.granted"}
RETURNED: Mapping[ProposalKind, str] = {
    ProposalKind.PLAN: "plan.returned",
    ProposalKind.EXTENSION: "extension.returned",
}


def propose_plan(plan: Plan, *, seen: str, actor: User, at: datetime) -> Proposal:
    """Lay a draft before the seats of the agency; from here on nobody writes in it until it comes back.

    ``seen`` is the mark of what the coordinator looked at. Raises Stale when the plan is no draft or says something
    else by now, Invalid while something is missing or when nobody can decide.
    """
    hold_plans(db.session.get_one(Agency, plan.agency_id))
    db.session.refresh(plan)
    refuse_when_closed_year(plan)
    state = next_plan_state(plan.state, PlanDeed.PROPOSE)
    refuse_when_changed(seen, seen_plan(plan))
    refuse_when_incomplete(plan)
    settle(plan)  # tasks that were cancelled, or followed those in force, have not told the plan
    chain, settled = settled_for_plan(plan.agency_id, actor.id, bangkok_day(at))
    plan.state = state
    proposal = Proposal(
        agency_id=plan.agency_id, kind=ProposalKind.PLAN, plan=plan, plan_id=plan.id, content_hash=plan.content_hash
    )
    return lay_before(proposal, chain, settled, actor=actor, at=at)


def approve(proposal: Proposal, seen: Seen, *, actor: User, at: datetime, comment: str = "") -> None:
    """Approve what was seen for the seat whose turn it is; with the approval of the last seat it takes effect.

    Raises Stale, or NotPermitted where this person may not decide.
    """
    state, held, holders = _taken_up(proposal, seen, ProposalDeed.APPROVE, actor, at)
    refuse_when_needed_further_up(proposal, holders, held)
    _refuse_when_overtaken(proposal)
    turn = proposal.seat_to_decide
    decision = _decide(proposal, held, DecisionKind.APPROVE, actor, at, comment.strip())
    if proposal.seat_to_decide:
        _record(ENDORSED[proposal.kind], proposal, decision, actor, at)
        notices.tell_of_proposal(proposal, after=turn, actor=actor, at=at)
        return
    proposal.state, proposal.settled_at = state, at
    if proposal.plan:
        plan_approval.take_effect(proposal.plan, actor=actor, at=at)
    else:
        extensions.take_effect(proposal, actor=actor, at=at)
    _record(APPROVED[proposal.kind], proposal, decision, actor, at)
    if proposal.plan:
        plan_approval.tell(proposal.plan, actor=actor, at=at)
        notices.tell_in_force(proposal, actor=actor, at=at)
    else:
        notices.tell_of_extension(proposal, actor=actor, at=at)


def return_proposal(proposal: Proposal, seen: Seen, *, comment: str, actor: User, at: datetime) -> None:
    """Give what was seen back with a reason; a plan can be written and proposed again."""
    refuse_without_reason(comment)
    state, held, _holders = _taken_up(proposal, seen, ProposalDeed.RETURN, actor, at)
    decision = _decide(proposal, held, DecisionKind.RETURN, actor, at, comment.strip())
    proposal.state, proposal.settled_at = state, at
    if proposal.plan:
        proposal.plan.state = next_plan_state(proposal.plan.state, PlanDeed.RETURN)
    _record(RETURNED[proposal.kind], proposal, decision, actor, at)
    notices.tell_not_accepted(proposal, actor=actor, at=at)


def _taken_up(
    proposal: Proposal, seen: Seen, deed: ProposalDeed, actor: User, at: datetime
) -> tuple[ProposalState, SeatHolder, SeatHolders]:
    """Where the deed leads, and the seat in which this person does it, if what was seen still waits for that seat."""
    hold(proposal)
    state, too_late = next_proposal_state(proposal.state, deed), f"proposal_{deed.value}_too_late"
    if seen.version != proposal.revision:
        raise Stale(too_late)
    refuse_another_turn(proposal, seen, too_late)
    holders = holders_for(proposal, proposal.agency_id, bangkok_day(at))
    return state, seat_of(proposal, holders, actor), holders


def _refuse_when_overtaken(proposal: Proposal) -> None:
    """A unit may have been renamed or merged meanwhile, and the plan names its units: nobody has read it so."""
    if proposal.plan and proposal.plan.content_hash != proposal.content_hash:
        raise Stale("proposal_says_otherwise")
    if proposal.task:
        extensions.refuse_when_overtaken(proposal)


def _decide(
    proposal: Proposal, held: SeatHolder, kind: DecisionKind, actor: User, at: datetime, comment: str
) -> ProposalDecision:
    decision = ProposalDecision(agency_id=proposal.agency_id, submitted_by_id=proposal.submitted_by_id)
    return decide(decision, proposal, held, kind, actor=actor, at=at, comment=comment)


def _record(action: str, proposal: Proposal, decision: ProposalDecision, actor: User, at: datetime) -> None:
    decided: Values = {"comment": decision.comment, "content": decision.content_hash, **told(decision)}
    record(action, proposal, decided, actor=actor, at=at)
