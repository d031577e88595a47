"""What the page of a plan tells of its way through the seats."""

from __future__ import annotations

from dataclasses import dataclass

from ita_flow.domain.states import PlanState, ProposalState
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal, ProposalDecision
from ita_flow.queries.seats import holders_for
from ita_flow.web.access import today
from ita_flow.web.chain import proposal_sentence


@dataclass(frozen=True)
class PlanLaid:
    """The last time that a version was laid before the seats; ``sentence`` says who has it while it waits."""

    proposal: Proposal
    sentence: str = ""

    @property
    def returned(self) -> ProposalDecision | None:
        return self.proposal.return_standing

    @property
    def is_waiting(self) -> bool:
        return self.proposal.state is ProposalState.WAITING


def plan_laid(plan: Plan, last: Proposal | None) -> PlanLaid | None:
    """What is still to be told of its last proposal: of a draft only why it came back. A statement while it waits."""
    if last is None or last.state is ProposalState.WITHDRAWN:
        return None
    if last.state is ProposalState.RETURNED and plan.state is not PlanState.DRAFT:
        return None
    if last.state is not ProposalState.WAITING:
        return PlanLaid(last)
    return PlanLaid(last, proposal_sentence(last, holders_for(last, plan.agency_id, today())))
