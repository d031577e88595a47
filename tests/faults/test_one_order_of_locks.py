"""Whoever changes the whole plan and whoever works on one task wait for each other in one order, never in a ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask

from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_seen import seen_task
from ita_flow.workflow.assignments import Assignment, Wish, give_out
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.task_editing import edit_task
from tests.factories import NOW, TODAY, Cast
from tests.faults.racing import Deed, racing
from tests.faults.test_hand_overs_at_once import handing

pytestmark = [pytest.mark.faults]

OFTEN = 30
FEW = {"won", "assignment_changed_meanwhile", "plan_changed_meanwhile", "hand_over_changed"}


def moving_the_due_date(actor: User) -> Deed:
    """Give the task out anew, a day sooner each time: the agency is held first, then its tasks."""
    actor_id = actor.id

    def deed(task_id: int) -> None:
        task = db.session.get_one(Task, task_id)
        seen = Assignment.of(task)
        wanted = replace(seen, due_on=seen.due_on - timedelta(days=1))
        person = db.session.get_one(User, actor_id)
        give_out(task.measure.plan, [Wish(task_id, seen, wanted)], actor=person, at=NOW, today=TODAY)

    return deed


def changing_the_steps(actor: User) -> Deed:
    """Change one task, other steps each time: the task is held first, and what goes on record names the agency."""
    actor_id, numbers = actor.id, count(1)

    def deed(task_id: int) -> None:
        task, person = db.session.get_one(Task, task_id), db.session.get_one(User, actor_id)
        steps, seen = f"ประชุมครั้งที่ {next(numbers)}", seen_task(task)
        edit_task(task, steps, task.due_on, seen=seen, actor=person, at=NOW)

    return deed


@pytest.mark.each_case
@pytest.mark.parametrize("whole", ["giving_out", "handing_over"])
def test_the_whole_plan_and_one_task(app: Flask, cast: Cast, whole: str) -> None:
    task = cast.task.id
    of_all = moving_the_due_date(cast.coordinator) if whole == "giving_out" else handing(cast, cast.colleague)

    with racing(app, [of_all, changing_the_steps(cast.coordinator)]) as race:
        ends = [race(task) for _ in range(OFTEN)]

    assert set().union(*ends) <= FEW
    assert sum(one["won"] for one in ends) >= OFTEN
    assert list(broken_chains()) == []
