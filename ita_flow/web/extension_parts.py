"""What the page of a task tells of later due dates that were asked for, and what the deciders see of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.states import IN_FORCE, ProposalState
from ita_flow.models.people import User
from ita_flow.models.proposals import Proposal, ProposalDecision
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.proposals import last_proposal_on
from ita_flow.queries.seats import deciders
from ita_flow.queries.task_details import TaskDetails
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import rows_of
from ita_flow.workflow.progress_reports import may_report

ABOUT_IT = "extension."
"""How deeds begin that are about a later due date."""


@dataclass(frozen=True)
class WishShown:
    """The last wish on a task, while it waits or after it came back; ``people`` may decide on it now."""

    proposal: Proposal
    turn: ChainSeat | None
    people: Sequence[User]

    @property
    def returned(self) -> ProposalDecision | None:
        return self.proposal.return_standing

    @property
    def waiting_since(self) -> datetime:
        return self.proposal.waiting_since

    def may_be_decided_by(self, person: User) -> bool:
        return person in self.people


def wish_shown(details: TaskDetails) -> WishShown | None:
    """What is still to be told of the last wish; costs no statement where nobody ever asked."""
    if not any(entry.action.startswith(ABOUT_IT) for entry in details.history):
        return None
    wish = last_proposal_on(details.task)
    if wish is None or not _is_still_told(wish, details):
        return None
    people = [one.user for one in deciders(wish, details.holders)] if wish.state is ProposalState.WAITING else []
    return WishShown(wish, wish.seat_to_decide, list(dict.fromkeys(people)))


def _is_still_told(wish: Proposal, details: TaskDetails) -> bool:
    """What came back is told until the task is closed or has another date."""
    if wish.state is ProposalState.WAITING:
        return True
    return wish.state is ProposalState.RETURNED and details.row.is_open and details.row.due_on == wish.due_before


def may_ask(details: TaskDetails, wish: WishShown | None, person: User, at: datetime) -> bool:
    """Whether the page offers to ask; the deed itself knows the rules in full."""
    row, plan = details.row, details.row.measure.plan
    is_waiting = wish is not None and wish.turn is not None
    if not row.is_open or details.is_replaced or plan.state not in IN_FORCE or is_waiting:
        return False
    has_time_left = max(row.due_on, row.today) < plan.fiscal_year.ends_on
    return has_time_left and row.claimed_done_on is None and may_report(details.task, person, at)


@dataclass(frozen=True)
class ExtensionShown:
    """What a wish would change, for those who decide on it."""

    row: TaskRow
    """The task as it stands now."""

    last_working_day: date
    """Of the date that is asked for: that date where people work on it, else the working day before."""

    is_overtaken: bool
    """Whether the task ended or got another date since; then the wish can only be given back."""


def extension_shown(proposal: Proposal, today: date) -> ExtensionShown | None:
    """The part of the page of a proposal that is about a later due date; None for a plan."""
    if proposal.task is None or proposal.due_on is None:
        return None
    row = rows_of([proposal.task.id], today)[proposal.task.id]
    is_waiting = proposal.state is ProposalState.WAITING
    is_overtaken = is_waiting and (not row.is_open or row.due_on != proposal.due_before)
    return ExtensionShown(
        row, last_working_day(proposal.due_on, free_days_of(proposal.submitted_by.agency)), is_overtaken
    )
