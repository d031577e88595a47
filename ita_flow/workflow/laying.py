"""Laying a plan, or the wish for a later due date, before the seats that decide on it, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from ita_flow.domain.approval_chains import Chain, Settled
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import PlanDeed, PlanState, ProposalDeed, next_plan_state, next_proposal_state
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.proposals import Proposal, ProposalKind
from ita_flow.workflow import audit, notices
from ita_flow.workflow.audit import Values
from ita_flow.workflow.desk import come_in, hold_plans, lock_tasks
from ita_flow.workflow.seals import way_hash

LAID: Mapping[ProposalKind, str] = {ProposalKind.PLAN: "plan.proposed", ProposalKind.EXTENSION: "extension.asked"}
TAKEN_BACK: Mapping[ProposalKind, str] = {
    ProposalKind.PLAN: "plan.withdrawn",
    ProposalKind.EXTENSION: "extension.withdrawn",
}


def lay_before(proposal: Proposal, chain: Chain, settled: Settled, *, actor: User, at: datetime) -> Proposal:
    """Let these seats of the chain decide on a new proposal, the first of them now, and tell whose turn it is.

    Raises Stale when something of the kind waits already.
    """
    proposal.chain = [seat.kept() for seat in settled.seats]
    proposal.passed = [line.kept() for line in settled.passed]
    proposal.distinct_deciders = chain.distinct_deciders
    proposal.submitted_by, proposal.submitted_at = actor, at
    db.session.add(proposal)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Stale("proposal_waits_already") from error
    way: Values = {
        "chain": [seat.title for seat in settled.seats],
        "passed": [line.told for line in settled.passed],
        "content": proposal.content_hash,
        "way": way_hash(proposal),
    }
    record(LAID[proposal.kind], proposal, {**_asked(proposal), **way}, actor=actor, at=at)
    notices.tell_of_proposal(proposal, actor=actor, at=at)
    return proposal


def withdraw(proposal: Proposal, *, actor: User, at: datetime) -> None:
    """Take back what no last seat decided on yet; a plan can be written again. Raises Stale when it is too late."""
    hold(proposal)
    proposal.state, proposal.settled_at = next_proposal_state(proposal.state, ProposalDeed.WITHDRAW), at
    if proposal.plan:
        proposal.plan.state = next_plan_state(proposal.plan.state, PlanDeed.WITHDRAW)
    record(TAKEN_BACK[proposal.kind], proposal, {"decisions": len(proposal.decisions)}, actor=actor, at=at)


def hold(proposal: Proposal) -> None:
    """Let nobody else decide on it until the transaction ends; read anew, with the plan or the task it is about."""
    if proposal.task_id is None:
        hold_plans(db.session.get_one(Agency, proposal.agency_id))
    else:
        come_in(proposal.agency_id)
        db.session.flush()
        lock_tasks([proposal.task_id])
    db.session.refresh(proposal, with_for_update={"of": Proposal})
    db.session.refresh(proposal, ["decisions"])
    db.session.refresh(proposal.plan or proposal.task)


def record(action: str, proposal: Proposal, after: Values, *, actor: User, at: datetime) -> None:
    """Put on record what became of it, in the history of the plan or of the task that it is about."""
    subject = f"plan:{proposal.plan_id}" if proposal.plan_id else f"task:{proposal.task_id}"
    was, stands = _states(action, proposal)
    told: Values = {"proposal": proposal.id, **stands, **after}
    audit.record(action, proposal.agency_id, subject, at=at, actor=actor, before=was, after=told)


def _states(action: str, proposal: Proposal) -> tuple[Values, Values]:
    """How the plan stood before the deed, and how it stands; a task does not change by being spoken of."""
    if proposal.plan is None:
        return {}, {}
    was = PlanState.DRAFT if action == LAID[ProposalKind.PLAN] else PlanState.PROPOSED
    return {"state": was.value}, {"state": proposal.plan.state.value}


def _asked(proposal: Proposal) -> Values:
    """What is asked for, in the words of the record."""
    if proposal.due_on is None or proposal.due_before is None:
        return {}
    dates = {"due_before": proposal.due_before.isoformat(), "due_on": proposal.due_on.isoformat()}
    return {**dates, "reason": proposal.reason}
