"""Putting on record where the agency's own site shows its approved plan."""

from __future__ import annotations

from datetime import datetime

from ita_flow.domain.links import is_web_address
from ita_flow.domain.plan_limits import LONGEST_LINK
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.states import PlanDeed, next_plan_state
from ita_flow.domain.thai import tidy
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Plan
from ita_flow.queries.closing import is_newest_in_force
from ita_flow.workflow import audit
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.desk import hold_plans


def publish(plan: Plan, link: str, *, actor: User, at: datetime) -> None:
    """Note that the plan stands on the agency's site at this address; from here on only an amendment changes it.

    Raises Stale when the plan is not approved, or published already; Invalid for what is no web address.
    """
    hold_plans(db.session.get_one(Agency, plan.agency_id))
    db.session.refresh(plan)
    refuse_when_closed_year(plan)
    before, state = plan.state, next_plan_state(plan.state, PlanDeed.PUBLISH)
    if not is_newest_in_force(plan):
        raise Stale("plan_publish_too_late")
    plan.published_link, plan.published_at, plan.state = read_address(link), at, state
    told: audit.Values = {"state": state.value, "link": plan.published_link, "content": plan.content_hash}
    subject = f"plan:{plan.id}"
    audit.record(
        "plan.published", plan.agency_id, subject, at=at, actor=actor, before={"state": before.value}, after=told
    )


def read_address(link: str) -> str:
    """The address as typed, without what is around it. Raises Invalid when a browser would not open it."""
    address = tidy(link)
    if not address:
        raise Invalid("published_link_missing", "link")
    if len(address) > LONGEST_LINK:
        raise Invalid("text_too_long", "link", length=f"{len(address):,}", limit=f"{LONGEST_LINK:,}")
    if not is_web_address(address):
        raise Invalid("published_link_strange", "link")
    return address
