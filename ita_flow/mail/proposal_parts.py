"""Plans and wishes for a later due date on their way through the seats, as a mail tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ita_flow.domain.notices import NoticeKind
from ita_flow.free_days import FreeDays
from ita_flow.mail.event_items import EventItem, EventPart, decider
from ita_flow.mail.parts import Page, to_decide_on_proposals, to_see
from ita_flow.models.proposals import Proposal
from ita_flow.queries.notice_mails import News
from ita_flow.wording import notices, proposal_notices


def proposed(is_own: bool, news: Sequence[News], _today: date, _free_days: FreeDays) -> EventPart:
    """What came to the reader's seat."""
    asked = [proposal_of(one) for one in news]
    plans = sum(one.plan is not None for one in asked)
    return EventPart(
        NoticeKind.PROPOSED,
        is_own,
        subject=proposal_notices.proposed_subject([full_title_of(one) for one in asked]),
        sentence=proposal_notices.proposed_sentence(plans, len(asked) - plans),
        page=_to_decide_on(asked),
        items=[_asked(one) for one in asked],
    )


def not_accepted(is_own: bool, news: Sequence[News], _today: date, _free_days: FreeDays) -> EventPart:
    """What came back."""
    asked = [proposal_of(one) for one in news]
    return EventPart(
        NoticeKind.NOT_ACCEPTED,
        is_own,
        subject=proposal_notices.not_accepted_subject([full_title_of(one) for one in asked]),
        sentence=proposal_notices.not_accepted_sentence(len(asked)),
        page=_to_mend(asked[0]),
        items=[_came_back(one) for one in asked],
    )


def in_force(is_own: bool, news: Sequence[News], _today: date, _free_days: FreeDays) -> EventPart:
    """Which plans the last seat approved."""
    asked = [proposal_of(one) for one in news]
    return EventPart(
        NoticeKind.IN_FORCE,
        is_own,
        subject=proposal_notices.in_force_subject([title_of(one) for one in asked]),
        sentence=proposal_notices.in_force_sentence(),
        page=_to_mend(asked[0]),
        items=[_approved(one) for one in asked],
    )


def title_of(proposal: Proposal) -> str:
    """What the plan is called, or the measure for whose task a later date is asked."""
    plan = proposal.plan
    if plan:
        return proposal_notices.plan_title(plan.year, plan.version, is_amendment=plan.supersedes_id is not None)
    assert proposal.task is not None
    return proposal.task.measure.title


def full_title_of(proposal: Proposal) -> str:
    """The same where it stands alone: a measure could mean its report as well."""
    title = title_of(proposal)
    return title if proposal.plan else proposal_notices.wish_title(title)


def proposal_of(one: News) -> Proposal:
    """The proposal of which it tells."""
    assert one.proposal is not None
    return one.proposal


def _asked(proposal: Proposal) -> EventItem:
    lines = [proposal_notices.proposed_by(proposal.submitted_by.name, proposal.submitted_at)]
    if proposal.due_before and proposal.due_on:
        lines.insert(0, proposal_notices.asked_words(proposal.due_before, proposal.due_on))
    why = proposal.plan.amendment_reason if proposal.plan else proposal.reason
    return EventItem(title_of(proposal), lines, why or "")


def _came_back(proposal: Proposal) -> EventItem:
    decision = proposal.return_standing
    assert decision is not None
    lines = [notices.returned_by(decider(decision), decision.decided_at)]
    return EventItem(title_of(proposal), lines, decision.comment)


def _approved(proposal: Proposal) -> EventItem:
    decision = proposal.last_standing
    assert decision is not None
    lines = [notices.approved_by(decision.verb, decider(decision), decision.decided_at)]
    return EventItem(title_of(proposal), lines, decision.comment)


def _to_decide_on(asked: Sequence[Proposal]) -> Page:
    if len(asked) == 1:
        return Page(str(proposal_notices.OPEN_PROPOSAL), f"/proposals/{asked[0].id}")
    return to_decide_on_proposals()


def _to_mend(proposal: Proposal) -> Page:
    if proposal.plan:
        return Page(str(proposal_notices.OPEN_PLAN), f"/plans/{proposal.plan.year}")
    assert proposal.task is not None
    return to_see(proposal.task)
