"""What was laid before the seats besides reports: its page, and the decisions that are taken there."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import ProposalState
from ita_flow.models.proposals import Proposal
from ita_flow.queries.amendments import changes_of
from ita_flow.queries.plans import tasks_by_measure
from ita_flow.queries.proposals import WaitingProposal, earlier_proposals, proposal_of, seen_now
from ita_flow.queries.seats import SeatHolders, deciders, holders_for
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.chain import proposal_sentence, way_of_proposal
from ita_flow.web.decisions import acting_on, decided_words
from ita_flow.web.extension_parts import extension_shown
from ita_flow.web.forms.approvals import DecisionForm
from ita_flow.web.once import once
from ita_flow.web.plan_versions import address_of
from ita_flow.wording import sentence_of
from ita_flow.workflow import proposals

bp = Blueprint("proposals", __name__, url_prefix="/proposals/<int:proposal_id>")


@bp.get("")
@requires(Permission.PLAN_READ)
def show(proposal_id: int) -> str:
    return _page(_proposal_or_404(proposal_id))


@bp.post("/approval")
@requires(Permission.REPORT_DECIDE)
def approve(proposal_id: int) -> Response:
    form = _sent_form()
    location = once(lambda: _approve(proposal_id, form))
    begin_reading()
    flash(_("%(verb)sแล้ว", verb=_word_of(_proposal_or_404(proposal_id), form.seen.seat_number)), "success")
    return redirect(location, code=303)


@bp.post("/return")
@requires(Permission.REPORT_DECIDE)
def give_back(proposal_id: int) -> Response | tuple[str, int]:
    form = _sent_form()
    try:
        location = once(lambda: _return(proposal_id, form))
    except Invalid as problem:
        begin_reading()
        return _page(_proposal_or_404(proposal_id), sentence_of(problem), form.comment.data), 422
    flash(_("ส่งกลับแก้ไขแล้ว"), "success")
    return redirect(location, code=303)


@bp.post("/withdrawal")
@requires(Permission.PLAN_WRITE)
def withdraw(proposal_id: int) -> Response:
    location = once(lambda: _withdraw(proposal_id))
    flash(_("ดึงแผนกลับแล้ว แก้ไขและเสนอพิจารณาใหม่ได้ทันที"), "success")
    return redirect(location, code=303)


def _approve(proposal_id: int, form: DecisionForm) -> str:
    proposals.approve(_proposal_or_404(proposal_id), form.seen, actor=actor(), at=now())
    return url_for(".show", proposal_id=proposal_id)


def _return(proposal_id: int, form: DecisionForm) -> str:
    proposal = _proposal_or_404(proposal_id)
    proposals.return_proposal(proposal, form.seen, comment=form.reason, actor=actor(), at=now())
    return url_for(".show", proposal_id=proposal_id)


def _withdraw(proposal_id: int) -> str:
    """A wish for a later due date is taken back by those who asked for it, on the page of their task."""
    proposal = _proposal_or_404(proposal_id)
    if proposal.plan is None:
        abort(404)
    proposals.withdraw(proposal, actor=actor(), at=now())
    return address_of(proposal.plan)


def _page(proposal: Proposal, problem: str | None = None, written: str | None = None) -> str:
    holders = holders_for(proposal, proposal.agency_id, today())
    waiting = _waiting_for_me(proposal, holders)
    plan = proposal.plan
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        plan=plan,
        plan_page=address_of(plan) if plan else "",
        tasks=tasks_by_measure(plan) if plan and plan.supersedes_id is None else {},
        changes=changes_of(plan) if plan and plan.supersedes_id else None,
        extension=extension_shown(proposal, today()),
        way=way_of_proposal(proposal, holders),
        sentence=proposal_sentence(proposal, holders),
        earlier=earlier_proposals(proposal),
        is_waiting=proposal.state is ProposalState.WAITING,
        waiting=waiting,
        acting_on=acting_on,
        seen=seen_now(proposal),
        problem=problem,
        written=written,
    )


def _waiting_for_me(proposal: Proposal, holders: SeatHolders) -> WaitingProposal | None:
    """The seat from which the person who looks may decide now."""
    if proposal.state is not ProposalState.WAITING or not actor().may(Permission.REPORT_DECIDE, today()):
        return None
    mine = (one for one in deciders(proposal, holders) if one.user.id == actor().id)
    return next((WaitingProposal(proposal, held) for held in mine), None)


def _word_of(proposal: Proposal, seat_number: int) -> str:
    """What was done by letting it pass in this place of the chain."""
    return decided_words({seat.verb for seat in proposal.seats[seat_number - 1 : seat_number]})


def _sent_form() -> DecisionForm:
    form = DecisionForm()
    if not form.validate():
        abort(400)
    return form


def _proposal_or_404(proposal_id: int) -> Proposal:
    proposal = proposal_of(actor(), proposal_id)
    if proposal is None:
        abort(404)
    return proposal
