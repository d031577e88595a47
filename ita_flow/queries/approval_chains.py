"""Which approval chain rules over a task."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.approval_chains import USUAL, Chain
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalChain
from ita_flow.models.tasks import Task


def chain_over(task: Task) -> Chain:
    """The chain of the task's division, else of its plan, else of the agency, else the usual one."""
    found = chains_of(task.agency_id, task.division_id, task.measure.plan_id)
    return found[0].chain if found else USUAL


def chains_of(agency_id: int, division_id: int, plan_id: int) -> Sequence[ApprovalChain]:
    """The chains that could rule over a task of this division and plan, the one that does first."""
    mine, all_of = ApprovalChain.division_id == division_id, ApprovalChain.plan_id == plan_id
    chosen = (
        sa.select(ApprovalChain)
        .where(
            ApprovalChain.agency_id == agency_id,
            sa.or_(mine, all_of, sa.and_(ApprovalChain.division_id.is_(None), ApprovalChain.plan_id.is_(None))),
        )
        .options(joinedload(ApprovalChain.seats))
        .order_by(ApprovalChain.division_id.is_(None), ApprovalChain.plan_id.is_(None))
    )
    return db.session.scalars(chosen).unique().all()
