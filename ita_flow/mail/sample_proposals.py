"""Invented proposals for the samples of mails: a plan and a wish for a later due date, before the seats or decided."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from ita_flow.domain.approval_chains import ChainSeat, Verb
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ProposalState
from ita_flow.mail.sample_rows import SampleOffice
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal, ProposalDecision, ProposalKind
from ita_flow.models.tasks import Task

LATER_BY = timedelta(days=30)


def plan_proposed(office: SampleOffice) -> Proposal:
    """The coordinator proposed the plan the day before; it waits for the executive."""
    return _proposal(office, ProposalKind.PLAN, office.coordinator, Seat.EXECUTIVE, plan=office.plan)


def wish_for_later(office: SampleOffice, task: Task) -> Proposal:
    """The officer asked the day before for thirty days more; the wish waits for the director."""
    reason = _("ผู้รับจ้างส่งมอบงานล่าช้า อยู่ระหว่างตรวจรับ")
    wish = _proposal(office, ProposalKind.EXTENSION, office.officer, Seat.DIRECTOR, task=task, reason=reason)
    wish.due_before, wish.due_on = task.due_on, task.due_on + LATER_BY
    return wish


def answered(office: SampleOffice, proposal: Proposal, kind: DecisionKind, comment: str = "") -> Proposal:
    """The same with the last word of its seat on it."""
    (seat,) = proposal.seats
    decider = office.executive if seat.seat is Seat.EXECUTIVE else office.director
    proposal.state = ProposalState.RETURNED if kind is DecisionKind.RETURN else ProposalState.APPROVED
    proposal.decisions = [
        ProposalDecision(
            kind=kind,
            seat=seat.seat,
            seat_title=decider.post_on(office.today),
            verb=seat.verb,
            seat_number=1,
            round=1,
            comment=comment,
            decided_by=decider,
            decided_at=office.now,
        )
    ]
    return proposal


def _proposal(
    office: SampleOffice,
    kind: ProposalKind,
    by: User,
    seat: Seat,
    *,
    plan: Plan | None = None,
    task: Task | None = None,
    reason: str = "",
) -> Proposal:
    verb = Verb.APPROVE if kind is ProposalKind.PLAN else Verb.ENDORSE
    return Proposal(
        id=1,
        kind=kind,
        plan=plan,
        task=task,
        reason=reason,
        chain=[ChainSeat(seat, verb=verb).kept()],
        distinct_deciders=False,
        submitted_by=by,
        submitted_at=bangkok_moment(office.today - timedelta(days=1), 15, 30),
        decisions=[],
    )
