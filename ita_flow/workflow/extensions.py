"""A later due date for a task: asked for by those who do it, and what its granting does to the task."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.plan_limits import LONGEST_REASON
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.states import ReportState, TaskDeed, WorkStatus, next_work_status
from ita_flow.domain.thai import is_blank
from ita_flow.i18n import long_date
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal, ProposalKind
from ita_flow.models.tasks import Task
from ita_flow.queries.extensions import plan_worked_on
from ita_flow.queries.proposals import waiting_proposal_on
from ita_flow.workflow import audit, laying
from ita_flow.workflow.approval_seats import settled_for_extension
from ita_flow.workflow.copies import follow
from ita_flow.workflow.progress_reports import hold, may_report, newest_report


def ask(task: Task, due_on: date, reason: str, *, actor: User, at: datetime) -> Proposal:
    """Lay the wish for this later due date before the seats over the task; until they grant it nothing changes.

    Raises NotPermitted, Stale or Invalid, the last with the field that it belongs to where there is one.
    """
    _refuse_others(task, actor, at)
    hold(task)
    _refuse_others(task, actor, at)  # it may have gone to another unit while this deed waited
    plan = refuse_when_nothing_to_ask(task, bangkok_day(at))
    _refuse_day(task, plan, due_on, bangkok_day(at))
    _refuse_reason(reason)
    chain, settled = settled_for_extension(task, actor.id, bangkok_day(at))
    wish = Proposal(
        agency_id=task.agency_id,
        kind=ProposalKind.EXTENSION,
        task=task,
        task_id=task.id,
        due_before=task.due_on,
        due_on=due_on,
        reason=reason.strip(),
    )
    wish.content_hash = content_hash(wish)
    return laying.lay_before(wish, chain, settled, actor=actor, at=at)


def refuse_when_nothing_to_ask(task: Task, today: date) -> Plan:
    """Raise Stale or Invalid where no later due date can be asked for; returns the plan that the task belongs to."""
    next_work_status(task.work_status, TaskDeed.POSTPONE)
    plan = plan_worked_on(task)
    if plan is None:
        raise Invalid("extension_plan_not_in_force")
    if max(task.due_on, today) >= plan.fiscal_year.ends_on:
        raise Invalid("extension_year_ends", year=plan.year)
    if waiting_proposal_on(task):
        raise Stale("extension_waits_already")
    report = newest_report(task)
    if report and report.state is ReportState.SUBMITTED and report.claimed_status is WorkStatus.DONE:
        raise Invalid("extension_claim_waits")
    return plan


def withdraw(wish: Proposal, *, actor: User, at: datetime) -> None:
    """Take the wish back before the last seat decided; everybody who may ask may do so."""
    assert wish.task is not None
    _refuse_others(wish.task, actor, at)
    laying.withdraw(wish, actor=actor, at=at)


def take_effect(wish: Proposal, *, actor: User, at: datetime) -> None:
    """Let the task have the date that the last seat granted; it reminds anew, and its first date is kept.

    Its copy in an amendment that is being written follows, unless the amendment wants another date.

    The task is held, and its people are told afterwards. Raises Stale when it has ended, or another date than when
    the wish was laid down.
    """
    task = wish.task
    assert task is not None
    assert wish.due_on is not None
    refuse_when_overtaken(wish)
    before = task.due_on
    task.first_due_on = task.first_due_on or before
    task.due_on, task.due_version = wish.due_on, task.due_version + 1
    audit.record(
        "task.extended",
        task.agency_id,
        f"task:{task.id}",
        at=at,
        actor=actor,
        before={"due_on": before.isoformat()},
        after={"due_on": task.due_on.isoformat(), "proposal": wish.id},
    )
    follow(task)


def refuse_when_overtaken(wish: Proposal) -> None:
    """Raise Stale where the wish can no longer be granted: its task ended, or was given another date meanwhile."""
    task = wish.task
    assert task is not None
    next_work_status(task.work_status, TaskDeed.POSTPONE)
    if plan_worked_on(task) is None:
        raise Stale("extension_plan_not_in_force")
    if task.due_on != wish.due_before:
        raise Stale("extension_due_moved")


def content_hash(wish: Proposal) -> str:
    """The hash of all that the seats decide on: of which task, from when, until when, and why."""
    assert wish.due_before is not None
    assert wish.due_on is not None
    content = {
        "task": wish.task_id,
        "due_before": wish.due_before.isoformat(),
        "due_on": wish.due_on.isoformat(),
        "reason": wish.reason,
    }
    return hashlib.sha256(audit.canonical(content).encode()).hexdigest()


def _refuse_others(task: Task, actor: User, at: datetime) -> None:
    if not may_report(task, actor, at):
        raise NotPermitted("extension_of_others")


def _refuse_day(task: Task, plan: Plan, due_on: date, today: date) -> None:
    year = plan.fiscal_year
    if due_on <= task.due_on:
        raise Invalid("extension_not_later", "due_on", day=long_date(task.due_on))
    if due_on <= today:
        raise Invalid("extension_not_to_come", "due_on", day=long_date(today))
    if due_on > year.ends_on:
        raise Invalid("extension_after_the_year", "due_on", day=long_date(year.ends_on))


def _refuse_reason(reason: str) -> None:
    if is_blank(reason):
        raise Invalid("extension_needs_a_reason", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("text_too_long", "reason", length=f"{len(reason):,}", limit=f"{LONGEST_REASON:,}")
