"""An amendment comes into force at the moment at which somebody reports on a task that it takes away."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow import amendments, proposals
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.plan_editing import settle
from tests.factories import NOW, Cast, a_plan, a_task, one_commit
from tests.faults.deeds import submitting
from tests.faults.racing import Deed, raced

pytestmark = [pytest.mark.faults, pytest.mark.each_case]

OFTEN = 4
WHY = "กองคลังรับงานนี้ไปแทน"


@pytest.mark.parametrize("what", ["move", "cancel"])
def test_of_a_report_and_an_amendment_that_takes_its_task_away_one_wins(app: Flask, cast: Cast, what: str) -> None:
    for year in range(2568, 2568 + OFTEN):
        task, proposal = _about_to_be_amended(cast, year, what)

        ends = raced(app, [_approving(proposal, cast), submitting(cast.officer)], task.id)

        db.session.expire_all()
        is_sent = db.session.scalar(sa.select(ProgressReport.state).where(ProgressReport.task_id == task.id))
        if proposal.plan and proposal.plan.state is PlanState.APPROVED:
            assert is_sent is None
            assert ends == {"won": 1, "not_your_task" if what == "move" else "task_report_too_late": 1}
        else:
            assert is_sent is ReportState.SUBMITTED
            assert ends == {"won": 1, "incomplete": 1}
            assert task.section == cast.section
    assert list(broken_chains()) == []


def _about_to_be_amended(cast: Cast, year: int, what: str) -> tuple[Task, Proposal]:
    """The officer's task of a plan, and an amendment before its last seat that takes it away from them."""
    with one_commit():
        plan = a_plan(cast.agency, year=year)
        tasks = [a_task(measure, section=cast.section, officers=[cast.officer]) for measure in plan.measures]
    with transaction():
        amendment = amendments.begin(plan, WHY, actor=cast.coordinator, at=NOW)
        _take_away(tasks[0], amendment, cast, what)
        settle(amendment)
    with transaction():
        proposal = proposals.propose_plan(amendment, seen=seen_plan(amendment), actor=cast.coordinator, at=NOW)
        proposals.approve(proposal, seen_now(proposal), actor=cast.chief, at=NOW)
    return tasks[0], proposal


def _take_away(task: Task, amendment: Plan, cast: Cast, what: str) -> None:
    chosen = sa.select(Task).join(Task.measure).where(Measure.plan_id == amendment.id, Task.continues_id == task.id)
    copy = db.session.scalars(chosen).one()
    if what == "move":
        copy.division, copy.section, copy.officers = cast.other_division, cast.other_section, [cast.other_officer]
    else:
        copy.work_status, copy.ending_reason = WorkStatus.CANCELLED, WHY


def _approving(proposal: Proposal, cast: Cast) -> Deed:
    proposal_id, seen, executive_id = proposal.id, Seen(proposal.revision, 2), cast.executive.id

    def approve(_task_id: int) -> None:
        executive = db.session.get_one(User, executive_id)
        proposals.approve(db.session.get_one(Proposal, proposal_id), seen, actor=executive, at=NOW)

    return approve
