"""Beginning a year: empty, or as a copy of another with its dates moved and its progress left behind."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Limitation, MeasureItem, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import plan_of
from ita_flow.workflow.plan_start import begin_as_copy, begin_empty
from tests.factories import NOW, Cast, a_membership, a_plan, a_report, a_task, a_user
from tests.record import events_about


def copied(cast: Cast, year: int = 2568) -> Plan:
    with transaction():
        return begin_as_copy(cast.agency, year, 2567, actor=cast.coordinator, at=NOW)


def tasks_in(plan: Plan) -> list[Task]:
    chosen = sa.select(Task).join(Task.measure).where(Task.measure.has(plan_id=plan.id)).order_by(Task.id)
    return list(db.session.scalars(chosen))


def test_an_empty_plan_is_a_draft_that_says_nothing(cast: Cast) -> None:
    with transaction():
        plan = begin_empty(cast.agency, 2568, actor=cast.coordinator, at=NOW)

    assert (plan.year, plan.version, plan.state) == (2568, 1, PlanState.DRAFT)
    assert (plan.measures, plan.areas, plan.has_no_limitations) == ([], [], False)
    [event] = events_about(f"plan:{plan.id}")
    assert (event["action"], event["after"]) == ("plan.begun", {"year": 2568})


def test_a_copy_says_the_same_in_the_new_year(cast: Cast) -> None:
    source = cast.task.measure.plan
    source.areas[0].overview, source.areas[0].source = "ภาพรวม", {"overview": 12}
    source.measures[0].items = [MeasureItem(position=1, year=2566, code="O11", title="แผน", source={"line": 3})]
    source.measures[0].window_text = "ภายใน 6 เดือนแรกของปีงบประมาณ พ.ศ. 2567"
    source.has_no_limitations = False
    source.limitations = [Limitation(position=1, limitation="คนน้อย", analysis="สองคน", suggestion="ขอเพิ่ม")]
    db.session.commit()

    plan = copied(cast)

    assert (plan.version, plan.state, plan.approved_at) == (1, PlanState.DRAFT, None)
    assert [one.title for one in plan.measures] == [one.title for one in source.measures]
    assert (plan.areas[0].overview, plan.areas[0].source) == ("ภาพรวม", {})
    assert [(row.limitation, row.suggestion) for row in plan.limitations] == [("คนน้อย", "ขอเพิ่ม")]
    first = plan.measures[0]
    assert first.window == FiscalYear(2568).first_half
    assert first.window_text == "ภายใน 6 เดือนแรกของปีงบประมาณ พ.ศ. 2568"
    assert [(item.year, item.code) for item in first.items] == [(2566, "O11")]  # a code means its own year
    assert len(plan.content_hash) == 64


def test_tasks_are_given_out_again_with_their_progress_left_behind(cast: Cast) -> None:
    cast.task.due_on, cast.task.due_version = date(2024, 2, 29), 3
    cast.task.steps[0].is_done, cast.task.percent, cast.task.work_status = True, 50, WorkStatus.IN_PROGRESS
    a_report(cast.task, cast.officer)
    db.session.commit()

    first, second = tasks_in(copied(cast))

    assert (first.division, first.section) == (cast.division, cast.section)
    assert (first.due_on, first.due_version) == (date(2025, 2, 28), 1)
    assert (first.work_status, first.percent) == (WorkStatus.NOT_STARTED, 0)
    assert [(step.text, step.is_done) for step in first.steps] == [
        ("ประชุมคณะทำงาน", False),
        ("ดำเนินการและสรุปผล", False),
    ]
    assert second.due_on == date(2025, 9, 30)


def test_only_who_is_still_an_officer_is_named_again(cast: Cast) -> None:
    gone = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, ends_on=date(2024, 3, 17))
    locked_out = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, is_active=False)
    promoted = a_user(cast.agency)
    a_membership(promoted, role=Role.AUDITOR)
    cast.task.officers = [cast.officer, gone, locked_out, promoted]
    db.session.commit()

    [first, _second] = tasks_in(copied(cast))

    assert first.officers == [cast.officer]


def test_the_record_tells_where_a_plan_came_from(cast: Cast) -> None:
    plan = copied(cast)

    [event] = events_about(f"plan:{plan.id}")
    assert event["after"] == {
        "year": 2568,
        "copied_from": f"plan:{cast.task.measure.plan_id}",
        "measures": 7,
        "tasks": 2,
    }


def test_a_year_is_begun_once(cast: Cast) -> None:
    with pytest.raises(Stale) as refused, transaction():
        begin_empty(cast.agency, 2567, actor=cast.coordinator, at=NOW)
    with pytest.raises(Stale), transaction():
        begin_as_copy(cast.agency, 2567, 2567, actor=cast.coordinator, at=NOW)

    assert refused.value.key == "year_has_a_plan"


def test_there_must_be_something_to_copy(cast: Cast) -> None:
    with pytest.raises(Stale) as refused, transaction():
        begin_as_copy(cast.agency, 2568, 2565, actor=cast.coordinator, at=NOW)

    assert refused.value.key == "source_plan_missing"
    assert plan_of(cast.agency, 2568) is None


def test_another_agency_has_its_own_year(cast: Cast) -> None:
    elsewhere = cast.stranger.agency
    mine = a_plan(cast.agency, year=2568)

    with transaction():
        plan = begin_empty(elsewhere, 2568, actor=cast.stranger, at=NOW)

    assert plan.agency_id == elsewhere.id != mine.agency_id


def test_a_task_of_every_division_is_copied(cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)

    measures = [task.measure.number for task in tasks_in(copied(cast))]

    assert measures == [2, 2, 5]


def test_two_at_once_begin_one_plan(app: Flask, cast: Cast) -> None:
    agency_id, actor_id, barrier, refused = cast.agency.id, cast.coordinator.id, Barrier(2), list[str]()
    db.session.rollback()

    def run() -> None:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    agency, actor = db.session.get_one(Agency, agency_id), db.session.get_one(User, actor_id)
                    begin_as_copy(agency, 2568, 2567, actor=actor, at=NOW)
            except Stale as refusal:
                refused.append(refusal.key)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == ["year_has_a_plan"]
    plan = plan_of(cast.agency, 2568)
    assert plan
    assert len(plan.measures) == 7
