"""Several at once about one plan that waits: it is decided on, taken back or written in, never two of these."""

from __future__ import annotations

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.states import PlanState, ProposalState
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal
from ita_flow.queries.plan_seen import seen_area, seen_plan
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.plan_editing import AreaText, plan_to_edit, settle, write_area
from ita_flow.workflow.proposals import approve, propose_plan, withdraw
from tests.factories import NOW, Cast, a_task
from tests.faults.racing import Deed, racing

pytestmark = [pytest.mark.faults]

ROUNDS = 8
ENDS = {"won", "plan_is_proposed", "proposal_approve_too_late", "proposal_withdraw_too_late", "plan_changed_meanwhile"}


@pytest.fixture
def plan(cast: Cast) -> Plan:
    plan = cast.task.measure.plan
    for measure in plan.measures:
        if measure not in (cast.task.measure, cast.other_task.measure):
            a_task(measure, section=cast.section)
    plan.state, plan.approved_at = PlanState.DRAFT, None
    settle(plan)
    db.session.commit()
    return plan


def test_a_plan_is_endorsed_taken_back_or_written_one_after_the_other(app: Flask, cast: Cast, plan: Plan) -> None:
    plan_id, coordinator = plan.id, cast.coordinator.id
    deeds = [endorsing(cast.chief)] * 3 + [taking_back(cast.coordinator)] * 2 + [writing(cast.coordinator)] * 3
    with racing(app, deeds) as race:
        for _ in range(ROUNDS):
            with transaction():
                theirs = db.session.get_one(Plan, plan_id)
                actor = db.session.get_one(User, coordinator)
                proposal = propose_plan(theirs, seen=seen_plan(theirs), actor=actor, at=NOW).id

            ends = race(proposal)

            after = db.session.get_one(Proposal, proposal, populate_existing=True)
            assert set(ends) <= ENDS
            assert len(after.decisions) <= 1
            assert (after.state, after.plan and after.plan.state) == (ProposalState.WITHDRAWN, PlanState.DRAFT)
            assert [one.content_hash for one in after.decisions] == [after.content_hash] * len(after.decisions)
    assert list(broken_chains()) == []


def endorsing(person: User) -> Deed:
    person_id = person.id

    def deed(proposal_id: int) -> None:
        proposal = db.session.get_one(Proposal, proposal_id)
        approve(proposal, Seen(proposal.revision, 1), actor=db.session.get_one(User, person_id), at=NOW)

    return deed


def taking_back(person: User) -> Deed:
    person_id = person.id
    return lambda proposal_id: withdraw(
        db.session.get_one(Proposal, proposal_id), actor=db.session.get_one(User, person_id), at=NOW
    )


def writing(person: User) -> Deed:
    person_id = person.id

    def deed(_proposal_id: int) -> None:
        actor = db.session.get_one(User, person_id)
        plan = plan_to_edit(actor.agency, 2567)
        assert plan
        area = plan.areas[0]
        text = AreaText(f"{area.overview} แก้", "", "", "")
        write_area(plan, area.number, text, seen=seen_area(area), actor=actor, at=NOW)

    return deed
