"""Plans and wishes for a later due date that were laid before the seats, and what of them waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.approvals import Seen
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.states import ProposalState
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.proposals import Proposal, ProposalDecision
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import AgencyPosts, SeatHolder, SeatHolders, deciders, posts_of, sits_on


@dataclass(frozen=True)
class WaitingProposal:
    """A proposal whose turn is this person's, and the seat in which they decide on it."""

    proposal: Proposal
    held: SeatHolder

    @property
    def turn(self) -> ChainSeat:
        turn = self.proposal.seat_to_decide
        assert turn is not None
        return turn

    @property
    def since(self) -> date:
        """The day on which the turn of this seat came."""
        return bangkok_day(self.proposal.waiting_since)


def seen_now(proposal: Proposal) -> Seen:
    """What lies before a person who looks at the proposal now, for a decision to carry."""
    return Seen(proposal.revision, proposal.approvals + 1)


def proposals_awaiting(user: User, today: date) -> Sequence[WaitingProposal]:
    """What waits for a seat that this person holds that day and may decide from, the longest waiting first.

    One statement while nothing waits in the agency, else two; none for whoever holds no seat.
    """
    if not any(membership.seat for membership in user.memberships_on(today)):
        return ()
    waiting = waiting_proposals(user.agency_id)
    if not waiting:
        return ()
    posts = posts_of(user.agency_id, today, today, *_seats_of(user, today))
    turns = ((proposal, next(deciders(proposal, holders_among(posts, proposal, today)), None)) for proposal in waiting)
    return [WaitingProposal(proposal, held) for proposal, held in turns if held]


def waiting_proposals(agency_id: int) -> Sequence[Proposal]:
    """All that waits in the agency, whoever has the turn, with what a list shows of it. One statement."""
    chosen = sa.select(Proposal).where(Proposal.agency_id == agency_id, Proposal.state == ProposalState.WAITING)
    return _in_full(chosen.order_by(Proposal.submitted_at, Proposal.id))


def holders_among(posts: AgencyPosts, proposal: Proposal, on: date) -> SeatHolders:
    """Those of these posts who can decide on the proposal that day, seat by seat."""
    task = proposal.over
    return posts.over(task.section_id, task.division_id, on) if task else posts.over_the_agency(on)


def proposal_of(user: User, proposal_id: int) -> Proposal | None:
    """The proposal with its decisions, when it is one of the person's own agency."""
    chosen = sa.select(Proposal).where(Proposal.id == proposal_id, Proposal.agency_id == user.agency_id)
    return next(iter(_in_full(chosen)), None)


def waiting_proposal_on(thing: Plan | Task) -> Proposal | None:
    """What waits for a decision about this version of a plan, or about this task; there is never more than one."""
    chosen = sa.select(Proposal).where(_about(thing), Proposal.state == ProposalState.WAITING)
    return next(iter(_in_full(chosen)), None)


def last_proposal_on(thing: Plan | Task) -> Proposal | None:
    """What was proposed last about this version of a plan, or about this task, whatever became of it."""
    newest = sa.select(sa.func.max(Proposal.id)).where(_about(thing)).scalar_subquery()
    return next(iter(_in_full(sa.select(Proposal).where(Proposal.id == newest))), None)


def earlier_proposals(proposal: Proposal) -> Sequence[Proposal]:
    """What was proposed before about the same version of a plan, or the same task, the newest first."""
    is_plan = proposal.plan_id is not None
    same = Proposal.plan_id == proposal.plan_id if is_plan else Proposal.task_id == proposal.task_id
    chosen = sa.select(Proposal).where(same, Proposal.id < proposal.id)
    return db.session.scalars(chosen.options(_decisions_by_right()).order_by(Proposal.id.desc())).all()


def _decisions_by_right() -> ORMOption:
    order = selectinload(Proposal.decisions).joinedload(ProposalDecision.acting_order)
    return order.joinedload(ActingOrder.membership)


def decided_proposals(user: User, last: int = 5) -> Sequence[ProposalDecision]:
    """The last decisions of this person on proposals, the newest first."""
    proposal = joinedload(ProposalDecision.proposal)
    chosen = (
        sa.select(ProposalDecision)
        .where(ProposalDecision.decided_by_id == user.id)
        .options(
            proposal.joinedload(Proposal.plan),
            proposal.joinedload(Proposal.task).joinedload(Task.measure),
            joinedload(ProposalDecision.acting_order).joinedload(ActingOrder.membership),
        )
        .order_by(ProposalDecision.id.desc())
        .limit(last)
    )
    return db.session.scalars(chosen).all()


def _seats_of(user: User, today: date) -> Iterable[sa.ColumnElement[bool]]:
    return Membership.user_id == user.id, Membership.seat.is_not(None), sits_on(today)


def _about(thing: Plan | Task) -> sa.ColumnElement[bool]:
    return Proposal.plan_id == thing.id if isinstance(thing, Plan) else Proposal.task_id == thing.id


def _in_full(chosen: sa.Select[Proposal]) -> Sequence[Proposal]:
    """With decisions and with what it is about; few wait at a time, so one wide statement is cheaper than several."""
    return db.session.scalars(chosen.options(*_all_of_it())).unique().all()


@cache
def _all_of_it() -> Sequence[ORMOption]:
    task, decisions = joinedload(Proposal.task), joinedload(Proposal.decisions)
    return (
        joinedload(Proposal.submitted_by),
        joinedload(Proposal.plan),
        task.joinedload(Task.measure).joinedload(Measure.plan),
        task.joinedload(Task.division),
        task.joinedload(Task.section),
        decisions.joinedload(ProposalDecision.decided_by),
        decisions.joinedload(ProposalDecision.acting_order).joinedload(ActingOrder.membership),
    )
