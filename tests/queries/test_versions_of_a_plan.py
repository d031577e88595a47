"""A plan that is amended is counted once: lists and figures say the same of one version as of three."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.searching import Search
from ita_flow.extensions import db
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.assignments import plan_to_assign, tasks_to_assign
from ita_flow.queries.chase import to_chase
from ita_flow.queries.checklist import checklist_of
from ita_flow.queries.dashboard import overview
from ita_flow.queries.hand_overs import open_tasks
from ita_flow.queries.officers import officers_of
from ita_flow.queries.people import open_tasks_of
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.plans import plan_of
from ita_flow.queries.reminders import expected_mails
from ita_flow.queries.search import search_all
from ita_flow.queries.standings import standings
from ita_flow.queries.tasks import TaskFilter
from ita_flow.queries.units import unit_tree
from ita_flow.queries.worklist import worklist_of
from ita_flow.queries.year_calendar import year_calendar
from ita_flow.workflow.amendments import begin
from ita_flow.workflow.plan_approval import approve_on_paper
from tests.factories import NOW, TODAY, Cast, a_report, a_task, one_commit, reminder_rules

YEAR = 2567
ALL = TaskFilter(YEAR)
IN_A_FORTNIGHT = date(2024, 4, 2)

Reader = Callable[[Cast], Any]

READERS: Mapping[str, Reader] = {
    "standings": lambda cast: sorted(row.task_id for row in standings(cast.coordinator, ALL, TODAY)),
    "overview": lambda cast: overview(cast.coordinator, YEAR, TODAY).tally,
    "worklist": lambda cast: [row.task.id for row in worklist_of(cast.officer, TODAY).later],
    "search": lambda cast: [(one.kind, one.count) for one in search_all(cast.coordinator, Search("มาตรการ"), TODAY)],
    "mails": lambda cast: [
        (mail.send_on, mail.recipient.id) for mail in expected_mails(cast.agency, TODAY, IN_A_FORTNIGHT)
    ],
    "hand over": lambda cast: sorted(one.id for one in open_tasks(cast.officer, TODAY)),
    "open tasks of a person": lambda cast: sorted(task.id for task in open_tasks_of(cast.officer)),
    "officers": lambda cast: sorted(officers_of(cast.coordinator, ALL)),
    "assignments": lambda cast: sorted(task.id for task in tasks_to_assign(the_plan_to_assign(cast))),
    "units": lambda cast: [(row.unit.id, row.open_tasks) for row in unit_tree(cast.agency.id, TODAY)],
    "calendar": lambda cast: [row.task_id for row in year_calendar(cast.coordinator, ALL, TODAY).unfinished],
    "chase": lambda cast: [row.task.id for row in to_chase(cast.coordinator, YEAR, TODAY).rows],
    "checklist": lambda cast: checklist_of(cast.agency, TODAY),
}
"""Whatever tells people of tasks, or counts them."""


def the_plan_to_assign(cast: Cast) -> Plan:
    plan = plan_to_assign(cast.agency.id, YEAR)
    assert plan is not None
    return plan


@pytest.fixture
def office(cast: Cast) -> Cast:
    """Every measure has a task of the officer's; one was reported on, and everybody is reminded."""
    given = (cast.task.measure, cast.other_task.measure)
    with one_commit():
        for measure in cast.task.measure.plan.measures:
            if measure not in given:
                a_task(measure, division=cast.division, officers=[cast.officer])
        a_report(cast.other_task, cast.other_officer)
        reminder_rules(cast.agency)
    return cast


def amend(cast: Cast) -> int:
    with transaction():
        plan = plan_of(cast.agency, YEAR)
        assert plan is not None
        return begin(plan, "ปรับแผนตามมติที่ประชุม", actor=cast.coordinator, at=NOW).id


def approve(number: int, cast: Cast) -> None:
    with transaction():
        plan = db.session.get_one(Plan, number)
        approve_on_paper(plan, TODAY, "", seen=seen_plan(plan), actor=cast.coordinator, at=NOW)


@pytest.mark.each_case
@pytest.mark.parametrize("name", READERS)
def test_versions_beside_each_other_change_nothing_that_is_told(office: Cast, name: str) -> None:
    read = READERS[name]
    alone = read(office)

    number = amend(office)
    beside = read(office)
    approve(number, office)
    replaced = read(office)
    again = amend(office)
    third = read(office)

    assert len(db.session.scalars(sa.select(Task.id)).all()) > 2 * 7
    assert alone
    assert (beside, replaced, third) == (alone, alone, alone), again
