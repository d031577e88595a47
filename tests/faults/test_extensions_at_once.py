"""Several at once about one due date: one wish waits, and what is granted is never written over unseen."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.approvals import Seen
from ita_flow.domain.states import ProposalState
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow import extensions, progress_reports, proposals, task_editing
from ita_flow.workflow.audit import broken_chains
from tests.factories import NOW, Cast, a_task
from tests.faults.racing import AT_ONCE, Deed, in_batches, racing
from tests.record import events_about

pytestmark = [pytest.mark.faults]

DUE, APRIL, MAY = date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)


def test_of_eight_wishes_for_one_task_one_waits(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    officers = [cast.officer, cast.colleague] * (AT_ONCE // 2)
    with racing(app, [asking(officer) for officer in officers]) as race:
        for task_id in in_batches(cast, fewer_rounds, lambda measure: a_task_due(cast, measure).id):
            assert race(task_id) == {"won": 1, "extension_waits_already": AT_ONCE - 1}
            assert [wish.state for wish in wishes_on(task_id)] == [ProposalState.WAITING]
            assert [event["action"] for event in events_about(f"task:{task_id}")] == ["extension.asked"]
    assert list(broken_chains()) == []


def test_a_date_that_is_granted_and_one_that_is_moved_are_never_mixed(
    app: Flask, cast: Cast, fewer_rounds: int
) -> None:
    def endorsed(measure: Measure) -> int:
        task = a_task_due(cast, measure)
        wish = extensions.ask(task, APRIL, "รอผลการตรวจ", actor=cast.officer, at=NOW)
        proposals.approve(wish, seen_now(wish), actor=cast.head, at=NOW)
        return task.id

    deeds = [granting(cast.director)] * 4 + [moving(cast.coordinator)] * 4
    with racing(app, deeds) as race:
        for task_id in in_batches(cast, fewer_rounds, endorsed):
            ends = race(task_id)

            task, (wish,) = db.session.get_one(Task, task_id), wishes_on(task_id)
            is_granted = wish.state is ProposalState.APPROVED
            assert (task.due_on, task.first_due_on) == (MAY, DUE if is_granted else None)
            assert task.due_version == 2 + is_granted
            assert ends["won"] == 4 + is_granted
            assert set(ends) <= {"won", "extension_due_moved", "proposal_approve_too_late"}
    assert list(broken_chains()) == []


def a_task_due(cast: Cast, measure: Measure) -> Task:
    return a_task(measure, section=cast.section, officers=[cast.officer], due_on=DUE)


def wishes_on(task_id: int) -> list[Proposal]:
    chosen = sa.select(Proposal).where(Proposal.task_id == task_id)
    return list(db.session.scalars(chosen.execution_options(populate_existing=True)))


def asking(officer: User) -> Deed:
    officer_id = officer.id
    return lambda task: _ask(task, officer_id)


def _ask(task_id: int, officer_id: int) -> None:
    actor = db.session.get_one(User, officer_id)
    extensions.ask(db.session.get_one(Task, task_id), APRIL, "รอผลการตรวจ", actor=actor, at=NOW)


def granting(person: User) -> Deed:
    """What the second seat saw is that the first had endorsed it."""
    person_id = person.id

    def grant(task_id: int) -> None:
        (wish,) = wishes_on(task_id)
        seen = Seen(wish.revision, 2)
        proposals.approve(wish, seen, actor=db.session.get_one(User, person_id), at=NOW)

    return grant


def moving(coordinator: User) -> Deed:
    """The coordinator gives the task another date."""
    coordinator_id = coordinator.id

    def move(task_id: int) -> None:
        task = db.session.get_one(Task, task_id)
        progress_reports.hold(task)
        task_editing.move_due(task, MAY, actor=db.session.get_one(User, coordinator_id), at=NOW)

    return move
