"""A plan comes into force: by the approval of its last seat, or signed on paper."""

from __future__ import annotations

from datetime import date, datetime

from ita_flow.domain.calendar import FiscalYear, bangkok_day, bangkok_moment
from ita_flow.domain.plan_limits import LONGEST_TITLE
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import PlanDeed, PlanState, next_plan_state
from ita_flow.extensions import db
from ita_flow.intake.by_hand import read_text
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.workflow import amendments, audit, notices
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.plan_editing import refuse_when_changed, refuse_when_incomplete

ON_PAPER = "paper"


def take_effect(plan: Plan, *, actor: User, at: datetime) -> None:
    """Let the plan that the last seat approved be worked on from now on; it was decided on as it stands."""
    _come_into_force(plan, next_plan_state(plan.state, PlanDeed.APPROVE), at, actor=actor, at=at)


def approve_on_paper(plan: Plan, signed_on: date, order_no: str, *, seen: str, actor: User, at: datetime) -> None:
    """Put on record that the plan was signed: from here on it is worked on.

    Raises Stale when it is no draft any more or says something else by now, Incomplete or Invalid otherwise.
    """
    refuse_when_closed_year(plan)
    state = next_plan_state(plan.state, PlanDeed.SIGN)
    refuse_when_changed(seen, seen_plan(plan))
    refuse_when_incomplete(plan)
    _refuse_strange_day(signed_on, plan.fiscal_year, bangkok_day(at))
    order_no = read_text(order_no, "order_no", LONGEST_TITLE)
    _come_into_force(plan, state, bangkok_moment(signed_on), actor=actor, at=at)
    record_approval(plan, signed_on, order_no, actor=actor, at=at)


def record_approval(
    plan: Plan,
    signed_on: date | None,
    order_no: str,
    *,
    actor: User | None,
    via: str | None = None,
    at: datetime,
) -> None:
    """Put on record that a draft became a plan in force, and what it said; the day of signing where it is known.

    Whoever is named in it is told.
    """
    after: audit.Values = {
        "state": plan.state.value,
        "signed_on": signed_on.isoformat() if signed_on else None,
        "order_no": order_no or None,
        "approved_on": ON_PAPER,
        "content": plan.content_hash,
        "measures": len(plan.measures),
    }
    before: audit.Values = {"state": PlanState.DRAFT.value}
    subject = f"plan:{plan.id}"
    audit.record("plan.approved", plan.agency_id, subject, at=at, actor=actor, via=via, before=before, after=after)
    tell(plan, actor=actor, at=at)


def tell(plan: Plan, *, actor: User | None, at: datetime) -> None:
    """Tell whoever is named in a plan that came into force; an amendment has told those whom it concerns."""
    if plan.supersedes_id is None:
        notices.tell_of_plan(plan, actor=actor, at=at)


def _come_into_force(plan: Plan, state: PlanState, approved_at: datetime, *, actor: User, at: datetime) -> None:
    """A version that amends another takes over its tasks."""
    plan.state, plan.approved_at = state, approved_at
    db.session.flush()
    if plan.supersedes_id is not None:
        amendments.take_effect(plan, actor=actor, at=at)


def _refuse_strange_day(signed_on: date, year: FiscalYear, today: date) -> None:
    """A plan is signed not before the year that precedes it, and not tomorrow."""
    earliest = FiscalYear(year.buddhist_year - 1).starts_on
    if not earliest <= signed_on <= today:
        raise Invalid("signed_on_strange", "signed_on", year=year.buddhist_year - 1)
