"""Tasks are given out in one go: units, officers and due dates, all that was wished or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Incomplete
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.workflow.assignments import Assignment, Wish, give_out
from ita_flow.workflow.plan_drafts import content_hash, draft_of
from ita_flow.workflow.plan_editing import ChangedMeanwhile
from tests.factories import NOW, TODAY, Cast, a_division, a_report, a_section, a_task, a_user
from tests.factories.plans import set_status
from tests.record import events_about


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


def wish(
    task: Task, unit: Unit | None = None, officers: Iterable[User] | None = None, due_on: date | None = None
) -> Wish:
    """What the page would send of this task as it stands, with these things changed."""
    seen = Assignment.of(task)
    ids = seen.officer_ids if officers is None else frozenset(officer.id for officer in officers)
    return Wish(task.id, seen, Assignment(unit.id if unit else seen.unit_id, ids, due_on or seen.due_on))


def give(cast: Cast, *wishes: Wish) -> int:
    with transaction():
        return give_out(cast.task.measure.plan, wishes, actor=cast.coordinator, at=NOW, today=TODAY)


def problems(cast: Cast, *wishes: Wish) -> list[tuple[str, str | None]]:
    with pytest.raises(Incomplete) as refused:
        give(cast, *wishes)
    return [(problem.key, problem.field) for problem in refused.value.problems]


def test_officers_are_named_and_recorded(cast: Cast) -> None:
    changed = give(cast, wish(cast.task, officers=[cast.officer, cast.colleague]))

    assert changed == 1
    assert {officer.id for officer in cast.task.officers} == {cast.officer.id, cast.colleague.id}
    [event] = events_about(f"task:{cast.task.id}")
    assert (event["action"], event["actor"]) == ("task.assigned", f"user:{cast.coordinator.id}")


def test_a_task_goes_to_another_division_before_anybody_reports(cast: Cast, plan: Plan) -> None:
    before = plan.content_hash

    give(cast, wish(cast.task, unit=cast.other_section, officers=[cast.other_officer]))

    assert (cast.task.division, cast.task.section) == (cast.other_division, cast.other_section)
    moved, assigned = events_about(f"task:{cast.task.id}")
    assert moved["action"] == "task.moved"
    assert moved["before"] == {"division": cast.division.id, "section": cast.section.id}
    assert moved["after"] == {"division": cast.other_division.id, "section": cast.other_section.id}
    assert assigned["action"] == "task.assigned"
    tasks = db.session.scalars(sa.select(Task).join(Task.measure).where(Task.measure.has(plan_id=plan.id))).all()
    assert plan.content_hash == content_hash(draft_of(plan, None, sorted(tasks, key=lambda task: task.id)))
    assert plan.content_hash != before


def test_a_task_may_be_the_whole_divisions(cast: Cast) -> None:
    give(cast, wish(cast.task, unit=cast.division))

    assert (cast.task.division, cast.task.section) == (cast.division, None)


def test_a_due_date_moves_and_reminds_anew(cast: Cast) -> None:
    give(cast, wish(cast.task, due_on=date(2024, 5, 31)))

    assert (cast.task.due_on, cast.task.due_version) == (date(2024, 5, 31), 2)
    [event] = events_about(f"task:{cast.task.id}")
    assert event["action"] == "task.postponed"
    assert (event["before"], event["after"]) == ({"due_on": "2024-03-31"}, {"due_on": "2024-05-31"})


def test_what_stands_already_is_not_recorded_again(cast: Cast) -> None:
    changed = give(cast, wish(cast.task), wish(cast.other_task))
    somebody_was_quicker = replace(wish(cast.task), seen=Assignment(cast.section.id, frozenset(), TODAY))

    assert changed == give(cast, somebody_was_quicker) == 0
    assert db.session.scalars(sa.select(AuditEvent)).all() == []
    assert cast.task.due_version == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda cast: wish(cast.task, due_on=date(2024, 10, 1)), ("due_outside_year", "due")),
        (lambda cast: wish(cast.task, due_on=date(2023, 9, 30)), ("due_outside_year", "due")),
        (lambda cast: wish(cast.task, officers=[]), ("assignment_without_officer", "officers")),
        (lambda cast: wish(cast.task, officers=[cast.auditor]), ("assignment_not_an_officer", "officers")),
        (lambda cast: wish(cast.task, officers=[cast.stranger]), ("assignment_not_an_officer", "officers")),
        (lambda cast: wish(cast.task, unit=cast.strange_task.division), ("assignment_unit_unknown", "unit")),
    ],
)
def test_what_cannot_be_is_told_by_row(cast: Cast, change: Callable[[Cast], Wish], problem: tuple[str, str]) -> None:
    key, control = problem

    assert problems(cast, change(cast)) == [(key, f"{control}-{cast.task.id}")]
    assert events_about(f"task:{cast.task.id}") == []


def test_one_that_is_wrong_keeps_all_from_being_given(cast: Cast) -> None:
    good, bad = wish(cast.task, officers=[cast.colleague]), wish(cast.other_task, officers=[])

    assert problems(cast, good, bad) == [("assignment_without_officer", f"officers-{cast.other_task.id}")]
    assert cast.task.officers == [cast.officer]


def test_a_division_has_one_task_of_a_measure(cast: Cast) -> None:
    twin = a_task(cast.task.measure, division=cast.other_division, officers=[cast.other_officer])

    assert problems(cast, wish(twin, unit=cast.division)) == [("assignment_unit_taken", f"unit-{twin.id}")]


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.SUBMITTED, ReportState.APPROVED])
def test_a_task_stays_where_somebody_reported_on_it(cast: Cast, state: ReportState) -> None:
    a_report(cast.task, cast.officer, state=state, claim=WorkStatus.IN_PROGRESS)

    found = problems(cast, wish(cast.task, unit=cast.other_section, officers=[cast.other_officer]))

    assert found == [("assignment_has_begun", f"unit-{cast.task.id}")]


def test_officers_and_due_date_may_change_while_work_goes_on(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    give(cast, wish(cast.task, officers=[cast.colleague], due_on=date(2024, 4, 30)))

    assert (cast.task.officers, cast.task.due_on) == ([cast.colleague], date(2024, 4, 30))


def test_the_due_date_stays_while_a_report_waits_for_its_decision(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    found = problems(cast, wish(cast.task, due_on=date(2024, 4, 30)))

    assert found == [("task_is_being_decided", f"due-{cast.task.id}")]


def test_a_task_that_is_done_is_given_to_nobody_else(cast: Cast) -> None:
    set_status(cast.task, WorkStatus.DONE, NOW)
    db.session.commit()

    found = problems(cast, wish(cast.task, officers=[cast.colleague]))

    assert found == [("assignment_is_closed", f"unit-{cast.task.id}")]


def test_whoever_was_quicker_is_not_overwritten(cast: Cast) -> None:
    late = wish(cast.task, officers=[cast.colleague])
    give(cast, wish(cast.task, due_on=date(2024, 4, 30)))

    with pytest.raises(ChangedMeanwhile):
        give(cast, late)

    assert (cast.task.officers, cast.task.due_on) == ([cast.officer], date(2024, 4, 30))


def test_what_others_changed_in_rows_left_alone_stays(cast: Cast) -> None:
    untouched = wish(cast.other_task)
    give(cast, wish(cast.other_task, due_on=date(2024, 8, 31)))

    give(cast, untouched, wish(cast.task, officers=[cast.colleague]))

    assert cast.other_task.due_on == date(2024, 8, 31)
    assert cast.task.officers == [cast.colleague]


def test_a_unit_without_officers_does_not_keep_the_others_waiting(cast: Cast) -> None:
    empty = a_division(cast.agency, "กองช่าง")
    lonely = a_task(division=empty)

    changed = give(cast, wish(lonely, due_on=date(2024, 2, 29)), wish(cast.task, officers=[cast.colleague]))

    assert changed == 2


def test_pressing_save_without_any_choice_names_every_task_without_officers(cast: Cast) -> None:
    first = a_task(section=cast.section)
    second = a_task(section=cast.other_section)

    found = problems(cast, wish(cast.task), wish(first), wish(second))

    assert found == [("assignment_without_officer", f"officers-{task.id}") for task in (first, second)]


def test_part_of_the_tasks_may_be_given_out_first(cast: Cast) -> None:
    first, second = a_task(section=cast.section), a_task(section=cast.other_section)

    changed = give(cast, wish(first, officers=[cast.officer]), wish(second))

    assert changed == 1
    assert second.officers == []


def test_an_officer_who_comes_later_may_be_named_and_one_who_left_may_not(cast: Cast) -> None:
    coming = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, starts_on=date(2024, 4, 1))
    gone = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, ends_on=date(2024, 3, 17))

    assert give(cast, wish(cast.task, officers=[coming])) == 1
    assert problems(cast, wish(cast.task, officers=[gone])) == [
        ("assignment_not_an_officer", f"officers-{cast.task.id}")
    ]


def test_an_officer_who_left_may_stay_named_until_somebody_changes_that(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = date(2024, 3, 1)
    db.session.commit()

    assert give(cast, wish(cast.task, due_on=date(2024, 4, 30))) == 1
    assert cast.task.officers == [cast.officer]


def test_seven_measures_of_four_divisions_are_given_at_once(app: Flask, cast: Cast, plan: Plan) -> None:
    del app
    sections = [a_section(a_division(cast.agency, f"กองที่ {number}")) for number in range(4)]
    officers = {section.id: a_user(cast.agency, role=Role.OFFICER, unit=section) for section in sections}
    tasks = [a_task(plan.measures[number], section=sections[number % 4]) for number in range(7)]

    changed = give(cast, *(wish(task, officers=[officers[task.unit.id]]) for task in tasks))

    assert changed == 7
    assert [task.officers for task in tasks] == [[officers[task.unit.id]] for task in tasks]
    assert _actions(tasks) == {"task.assigned": 7}


def _actions(tasks: Iterable[Task]) -> Mapping[str, int]:
    actions: list[Any] = [event["action"] for task in tasks for event in events_about(f"task:{task.id}")]
    return {action: actions.count(action) for action in actions}
