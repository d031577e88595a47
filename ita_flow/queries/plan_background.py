"""Where a version of a plan comes from, and how far it got with the seats."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.plans import ImportJob, Plan
from ita_flow.models.proposals import Proposal, ProposalDecision


@dataclass(frozen=True)
class Background:
    """The document from which the plan was last read, and the last time it was laid before the seats."""

    document: ImportJob | None
    proposal: Proposal | None


def background_of(plan: Plan) -> Background:
    """Both in one statement."""
    newest_document = sa.select(ImportJob.id).where(ImportJob.plan_id == plan.id)
    newest_document = newest_document.order_by(ImportJob.at.desc(), ImportJob.id.desc()).limit(1)
    newest_proposal = sa.select(sa.func.max(Proposal.id)).where(Proposal.plan_id == plan.id)
    decisions = joinedload(Proposal.decisions)
    chosen = (
        sa.select(Plan.id, ImportJob, Proposal)
        .select_from(Plan)
        .outerjoin(ImportJob, ImportJob.id == newest_document.scalar_subquery())
        .outerjoin(Proposal, Proposal.id == newest_proposal.scalar_subquery())
        .where(Plan.id == plan.id)
        .options(
            joinedload(Proposal.submitted_by),
            decisions.joinedload(ProposalDecision.decided_by),
            decisions.joinedload(ProposalDecision.acting_order).joinedload(ActingOrder.membership),
        )
    )
    _id, document, proposal = db.session.execute(chosen).unique().one()
    return Background(document, proposal)
