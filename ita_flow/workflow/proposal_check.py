"""Whether proposals and the decisions on them stand as the record tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.states import ProposalState
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.proposals import Proposal, ProposalDecision
from ita_flow.workflow.audit import Break
from ita_flow.workflow.record_told import Told
from ita_flow.workflow.row_check import A_BATCH, compared, decision_differs, missing
from ita_flow.workflow.seals import way_hash

LAID = ("plan.proposed", "extension.asked")

DECIDED: Mapping[str, DecisionKind] = {
    "plan.endorsed": DecisionKind.APPROVE,
    "plan.approved": DecisionKind.APPROVE,
    "plan.returned": DecisionKind.RETURN,
    "extension.endorsed": DecisionKind.APPROVE,
    "extension.granted": DecisionKind.APPROVE,
    "extension.returned": DecisionKind.RETURN,
}

SETTLED: Mapping[str, ProposalState] = {
    "plan.approved": ProposalState.APPROVED,
    "plan.returned": ProposalState.RETURNED,
    "plan.withdrawn": ProposalState.WITHDRAWN,
    "extension.granted": ProposalState.APPROVED,
    "extension.returned": ProposalState.RETURNED,
    "extension.withdrawn": ProposalState.WITHDRAWN,
}

DecisionKey = tuple[int, int, int]
"""A proposal by its id, the number of the seat, and the round."""


@dataclass
class _Telling:
    """All that the record of an agency tells of its proposals, by their ids."""

    laid: dict[int, Told] = field(default_factory=dict)
    decisions: dict[DecisionKey, Told] = field(default_factory=dict)
    settled: dict[int, Told] = field(default_factory=dict)

    def hear(self, told: Told) -> None:
        proposal = told.after["proposal"]
        if told.action in LAID:
            self.laid[proposal] = told
        if told.action in DECIDED:
            self.decisions[proposal, told.after["seat_number"], told.after["round"]] = told
        if told.action in SETTLED:
            self.settled[proposal] = told


def proposals_that_differ(agency_id: int) -> Iterator[Break]:
    """Each proposal against what was laid before the seats, and each decision on one against what was decided."""
    telling = _telling_of(agency_id)
    yield from _proposals(agency_id, telling)
    yield from _decisions(agency_id, telling)


def _telling_of(agency_id: int) -> _Telling:
    """What an event is about stands in its words; a plan or a task has other events besides."""
    chosen = sa.select(AuditEvent.seq, AuditEvent.body).where(
        AuditEvent.agency_id == agency_id,
        sa.or_(AuditEvent.subject.like("plan:%"), AuditEvent.subject.like("task:%")),
        AuditEvent.body.contains('"proposal":'),
    )
    telling = _Telling()
    with db.session.execute(chosen.order_by(AuditEvent.seq).execution_options(yield_per=500)) as events:
        for seq, body in events:
            said = json.loads(body)
            if "proposal" in said["after"]:
                at = datetime.fromisoformat(said["at"])
                telling.hear(Told(seq, at, said["actor"], said["action"], said["after"]))
    return telling


def _proposals(agency_id: int, telling: _Telling) -> Iterator[Break]:
    untold = dict(telling.laid)
    chosen = sa.select(Proposal).where(Proposal.agency_id == agency_id).order_by(Proposal.id)
    with db.session.scalars(chosen.execution_options(**A_BATCH)) as proposals:
        for proposal in proposals:
            laid = untold.pop(proposal.id, None)
            differs = _differs(proposal, laid, telling.settled.get(proposal.id)) if laid else {}
            yield from compared(agency_id, f"proposal:{proposal.id}", laid, differs)
    yield from missing(agency_id, untold, "proposal_missing")


def _differs(proposal: Proposal, laid: Told, settled: Told | None) -> Mapping[str, bool]:
    said = laid.after
    return {
        "content": proposal.content_hash != said["content"],
        "chain": way_hash(proposal) != said["way"],
        "submitted_by": f"user:{proposal.submitted_by_id}" != laid.actor,
        "at": proposal.submitted_at != laid.at or proposal.settled_at != (settled.at if settled else None),
        "due_on": [_day(proposal.due_before), _day(proposal.due_on)] != [said.get("due_before"), said.get("due_on")],
        "reason": proposal.reason != said.get("reason", ""),
        "state": proposal.state is not (SETTLED[settled.action] if settled else ProposalState.WAITING),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _decisions(agency_id: int, telling: _Telling) -> Iterator[Break]:
    untold = dict(telling.decisions)
    chosen = (
        sa.select(ProposalDecision, Proposal.content_hash)
        .join(Proposal, Proposal.id == ProposalDecision.proposal_id)
        .where(ProposalDecision.agency_id == agency_id)
        .options(joinedload(ProposalDecision.acting_order))
        .order_by(ProposalDecision.id)
    )
    with db.session.execute(chosen.execution_options(**A_BATCH)) as decisions:
        for decision, submitted in decisions:
            told = untold.pop((decision.proposal_id, decision.seat_number, decision.round), None)
            differs = decision_differs(decision, DECIDED[told.action], submitted, told) if told else {}
            yield from compared(agency_id, f"proposal_decision:{decision.id}", told, differs)
    yield from missing(agency_id, untold, "decision_missing")
