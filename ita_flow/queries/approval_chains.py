"""Which approval chain rules over a task, and all chains that an agency settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.approval_chains import USUAL, USUALLY, Chain, Subject
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalChain
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force


@dataclass(frozen=True)
class ChainScope:
    """What a chain rules over: one division, one plan, or, with neither, all else of the agency."""

    agency_id: int
    division_id: int | None = None
    plan_id: int | None = None
    subject: Subject = Subject.REPORTS

    @property
    def is_of_the_agency(self) -> bool:
        return self.division_id is None and self.plan_id is None


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
            ApprovalChain.subject == Subject.REPORTS,
            sa.or_(mine, all_of, sa.and_(ApprovalChain.division_id.is_(None), ApprovalChain.plan_id.is_(None))),
        )
        .options(joinedload(ApprovalChain.seats))
        .order_by(ApprovalChain.division_id.is_(None), ApprovalChain.plan_id.is_(None))
    )
    return db.session.scalars(chosen).unique().all()


def chains_settled(agency_id: int) -> Sequence[ApprovalChain]:
    """Every chain of the agency with its seats, its division or its plan."""
    chosen = (
        sa.select(ApprovalChain)
        .where(ApprovalChain.agency_id == agency_id)
        .options(selectinload(ApprovalChain.seats), joinedload(ApprovalChain.division), joinedload(ApprovalChain.plan))
        .order_by(ApprovalChain.id)
    )
    return db.session.scalars(chosen).all()


def chain_settled(scope: ChainScope) -> ApprovalChain | None:
    """The chain that this division, plan or agency has of its own."""
    chosen = sa.select(ApprovalChain).where(
        ApprovalChain.agency_id == scope.agency_id,
        ApprovalChain.division_id == scope.division_id,
        ApprovalChain.plan_id == scope.plan_id,
        ApprovalChain.subject == scope.subject,
    )
    return db.session.scalars(chosen.options(selectinload(ApprovalChain.seats))).one_or_none()


def wider_chain(scope: ChainScope) -> Chain:
    """What rules where the scope has no chain of its own: the agency's, or the usual one."""
    agencys = None if scope.is_of_the_agency else chain_settled(ChainScope(scope.agency_id))
    return agencys.chain if agencys else USUALLY[scope.subject]


def chain_of_plans(agency_id: int) -> Chain:
    """The chain that decides on the plans of this agency: the one it settled for them, else the usual one."""
    settled = chain_settled(ChainScope(agency_id, subject=Subject.PLANS))
    return settled.chain if settled else USUALLY[Subject.PLANS]


def plans_to_rule(agency_id: int) -> Sequence[Plan]:
    """One plan of each year, the latest year first: the version in force, else the newest draft."""
    chosen = (
        sa.select(Plan)
        .where(Plan.agency_id == agency_id)
        .order_by(Plan.year.desc(), is_in_force().desc(), Plan.version.desc())
    )
    by_year: dict[int, Plan] = {}
    for plan in db.session.scalars(chosen):
        by_year.setdefault(plan.year, plan)
    return list(by_year.values())
