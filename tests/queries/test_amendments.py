"""What an amendment changes, part by part."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.plans import Limitation, Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import MeasureFate, amendment_in_hand, amendment_of, changes_of, versions_of
from ita_flow.workflow.amendments import begin
from ita_flow.workflow.task_editing import new_task
from tests.factories import NOW, Cast
from tests.factories.plans import a_measure, cancel
from tests.statements import counted_statements


@pytest.fixture
def amendment(cast: Cast) -> Plan:
    with transaction():
        return begin(cast.task.measure.plan, "ปรับแผน", actor=cast.coordinator, at=NOW)


def copy_of(task: Task) -> Task:
    return db.session.scalars(sa.select(Task).where(Task.continues_id == task.id)).one()


def told(amendment: Plan) -> list[tuple[int, str, list[tuple[str, str, str]]]]:
    db.session.commit()
    return [
        (change.measure.number, change.fate.value, [(line.part, line.was, line.now) for line in change.lines])
        for change in changes_of(amendment).measures
    ]


def test_an_amendment_that_was_just_begun_changes_nothing(amendment: Plan) -> None:
    assert changes_of(amendment).count == 0


def test_what_a_measure_says_otherwise_is_told(cast: Cast, amendment: Plan) -> None:
    measure = copy_of(cast.task).measure
    measure.title = "มาตรการใหม่"

    assert told(amendment) == [(2, "changed", [("title", "มาตรการตัวอย่างที่ 2", "มาตรการใหม่")])]


def test_what_becomes_of_a_task_is_told(cast: Cast, amendment: Plan) -> None:
    copy = copy_of(cast.task)
    copy.division, copy.section, copy.due_on = cast.other_division, None, date(2024, 8, 30)
    copy.steps[0].text = "แต่งตั้งคณะทำงาน"

    [(_number, _fate, lines)] = told(amendment)

    assert lines == [
        ("responsible", "ฝ่ายประชาสัมพันธ์ กองยุทธศาสตร์และงบประมาณ", "กองคลัง"),
        ("due_on", "2024-03-31", "2024-08-30"),
        ("steps", "ประชุมคณะทำงาน\nดำเนินการและสรุปผล", "แต่งตั้งคณะทำงาน\nดำเนินการและสรุปผล"),
    ]


def test_a_new_division_and_a_cancelled_task_are_told(cast: Cast, amendment: Plan) -> None:
    copy = copy_of(cast.task)
    new_task(copy.measure, cast.other_division, None)
    cancel(copy)

    [(_number, fate, lines)] = told(amendment)

    assert fate == MeasureFate.CHANGED
    assert [(part, now) for part, _was, now in lines] == [
        ("cancelled", copy.ending_reason),
        ("responsible", "กองคลัง"),
    ]


def test_a_cancelled_measure_and_a_new_one_are_told(cast: Cast, amendment: Plan) -> None:
    cancel(copy_of(cast.task))
    amendment.measures.append(a_measure(amendment, 8))

    assert [(number, fate) for number, fate, _lines in told(amendment)] == [(2, "cancelled"), (8, "new")]


def test_areas_and_limitations_are_told(amendment: Plan) -> None:
    amendment.areas[0].overview = "ภาพรวมใหม่"
    amendment.has_no_limitations = False
    amendment.limitations = [Limitation(position=1, limitation="คนน้อย", analysis="สองคน", suggestion="")]
    db.session.commit()

    changes = changes_of(amendment)

    assert [(area.number, area.lines[0].now) for area in changes.areas] == [(1, "ภาพรวมใหม่")]
    assert [(line.part, line.was, line.now) for line in changes.limitations] == [
        ("limitations", "", "คนน้อย · สองคน"),
        ("limitations_none", "True", ""),
    ]
    assert changes.count == 2


def test_comparing_asks_as_often_for_few_measures_as_for_many(amendment: Plan) -> None:
    for measure in db.session.scalars(sa.select(Measure).where(Measure.plan_id == amendment.id)):
        measure.title = f"{measure.title} แก้ไข"
    db.session.commit()
    amendment = db.session.get_one(Plan, amendment.id)

    with counted_statements() as statements:
        changes = changes_of(amendment)

    assert (len(changes.measures), len(statements)) == (7, 3)


def test_versions_are_found_by_their_numbers(cast: Cast, amendment: Plan) -> None:
    assert [plan.version for plan in versions_of(cast.agency.id, 2567)] == [1, 2]
    assert amendment_of(cast.agency.id, 2567, 2) == amendment_in_hand(cast.agency.id, 2567) == amendment
    assert amendment_of(cast.agency.id, 2567, 1) is None
    assert amendment.state is PlanState.DRAFT
