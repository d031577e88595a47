"""Measures by hand: the same checks as for a document, tasks that follow, and nothing done behind officers' backs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.domain.reminders import Capacity, Outcome
from ita_flow.domain.states import PlanState, ReportState
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, MeasureItem, Plan
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_editing import tasks_of
from ita_flow.queries.plan_seen import seen_measure
from ita_flow.workflow.measure_texts import MeasureText
from ita_flow.workflow.measures import add_measure, edit_measure, move_measure, remove_measure, reword_measure
from ita_flow.workflow.plan_editing import ChangedMeanwhile
from tests.factories import NOW, TODAY, Cast, a_report, a_section, reminder_rules
from tests.record import events_about


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


@pytest.fixture
def draft(plan: Plan) -> Plan:
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()
    return plan


def typed(cast: Cast, **changes: Any) -> MeasureText:
    """A whole measure as a person types it."""
    return MeasureText(
        **{
            "area": 2,
            "title": "พัฒนาระบบ",
            "items": "O18 E-Service",
            "analysis": "ยังไม่ครบ",
            "method": "ประชุม\nปรับระบบ",
            "window_kind": WindowKind.FIRST_HALF,
            "window_text": "",
            "responsible": {cast.division.id: cast.section.id},
            **changes,
        }
    )


def standing(measure: Measure, **changes: Any) -> MeasureText:
    """The measure as its form shows it, with these fields filled in anew."""
    return MeasureText(
        **{
            "area": measure.area,
            "title": measure.title,
            "items": "\n".join(f"{item.code} ({item.year}) {item.title}" for item in measure.items),
            "analysis": measure.analysis,
            "method": measure.method,
            "window_kind": measure.window_kind,
            "window_text": measure.window_text,
            "responsible": {task.division_id: task.section_id for task in tasks_of(measure)},
            **changes,
        }
    )


def add(plan: Plan, cast: Cast, **changes: Any) -> Measure:
    with transaction():
        return add_measure(plan, cast.agency, typed(cast, **changes), actor=cast.coordinator, at=NOW)


def edit(measure: Measure, cast: Cast, seen: str | None = None, **changes: Any) -> bool:
    text = standing(measure, **changes)
    seen = seen_measure(measure, tasks_of(measure)) if seen is None else seen
    with transaction():
        return edit_measure(measure, cast.agency, text, seen=seen, actor=cast.coordinator, at=NOW)


def remove(measure: Measure, cast: Cast) -> None:
    seen = seen_measure(measure, tasks_of(measure))
    with transaction():
        remove_measure(measure, seen=seen, actor=cast.coordinator, at=NOW)


def move(measure: Measure, cast: Cast, by: int, seen: str | None = None) -> None:
    with transaction():
        move_measure(measure, by, seen=seen or str(measure.number), actor=cast.coordinator, at=NOW)


def order_of(plan: Plan) -> list[tuple[int, int, str]]:
    db.session.expire(plan)
    return [(measure.number, measure.area, measure.title) for measure in plan.measures]


def a_reminder(task: Task, cast: Cast) -> None:
    rule = reminder_rules(cast.agency)[0]
    reminder = Reminder(
        agency_id=task.agency_id,
        rule_id=rule.id,
        task_id=task.id,
        recipient_id=cast.officer.id,
        capacity=Capacity.OFFICER,
        due_version=1,
        occasion=TODAY,
        planned_for=TODAY,
        outcome=Outcome.SUPERSEDED,
        at=NOW,
    )
    db.session.add(reminder)
    db.session.commit()


def test_a_new_measure_is_read_as_a_document_is(cast: Cast, draft: Plan) -> None:
    measure = add(draft, cast, items="๐18 E - Service\no๑๑ (2565) แผน", window_kind=WindowKind.FULL_YEAR)

    assert [(item.code, item.year, item.title) for item in measure.items] == [
        ("O18", 2566, "E - Service"),
        ("O11", 2565, "แผน"),
    ]
    assert (measure.window, measure.window_text) == (draft.fiscal_year.full_year, "ตลอดปีงบประมาณ พ.ศ. 2567")
    assert measure.responsible_text == "ฝ่ายประชาสัมพันธ์ กองยุทธศาสตร์และงบประมาณ"


def test_each_responsible_division_gets_its_task_with_the_steps_of_the_method(cast: Cast, draft: Plan) -> None:
    responsible = {cast.division.id: cast.section.id, cast.other_division.id: None}

    measure = add(draft, cast, responsible=responsible)

    tasks = tasks_of(measure)
    assert {task.division_id: task.section_id for task in tasks} == responsible
    assert {task.due_on for task in tasks} == {date(2024, 3, 31)}
    assert [[step.text for step in task.steps] for task in tasks] == [["ประชุม", "ปรับระบบ"]] * 2


def test_a_window_in_words_of_its_own(cast: Cast, draft: Plan) -> None:
    measure = add(draft, cast, window_kind=WindowKind.CUSTOM, window_text="ภายในวันที่ 31 ธันวาคม 2566")

    assert (measure.window_kind, measure.ends_on) == (WindowKind.CUSTOM, date(2023, 12, 31))


def test_in_a_draft_a_measure_stands_behind_those_of_its_area(cast: Cast, draft: Plan) -> None:
    add(draft, cast)

    assert [(number, area) for number, area, _title in order_of(draft)] == [
        *((1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 5), (7, 6), (8, 7))
    ]
    assert order_of(draft)[2][2] == "พัฒนาระบบ"


def test_in_a_plan_in_force_the_known_numbers_stay(cast: Cast, plan: Plan) -> None:
    measure = add(plan, cast)

    assert measure.number == 8
    assert [title for _number, _area, title in order_of(plan)][:2] == ["มาตรการตัวอย่างที่ 1", "มาตรการตัวอย่างที่ 2"]


@pytest.mark.parametrize(
    ("changes", "field", "key"),
    [
        ({"area": 8}, "area", "area_missing"),
        ({"area": None}, "area", "area_missing"),
        ({"title": " \n "}, "title", "title_missing"),
        ({"items": "แผนดำเนินงาน"}, "items", "item_unreadable"),
        ({"responsible": {}}, "responsible", "responsible_missing"),
        ({"window_kind": None}, "window_kind", "window_missing"),
        ({"window_kind": WindowKind.CUSTOM}, "window_text", "window_missing"),
        ({"window_kind": WindowKind.CUSTOM, "window_text": "เร็ว ๆ นี้"}, "window_text", "window_unreadable"),
    ],
)
def test_what_a_document_may_not_lack_a_person_may_not_either(
    cast: Cast, draft: Plan, changes: dict[str, Any], field: str, key: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        add(draft, cast, **changes)

    assert [(problem.field, problem.key) for problem in refused.value.problems] == [(field, key)]
    assert len(order_of(draft)) == 7


def test_everything_that_is_wrong_is_told_at_once(cast: Cast, draft: Plan) -> None:
    with pytest.raises(Incomplete) as refused:
        add(draft, cast, area=None, title="", responsible={}, window_kind=None)

    assert [problem.field for problem in refused.value.problems] == ["window_kind", "area", "title", "responsible"]


def test_the_divisions_of_another_agency_are_nobody(cast: Cast, draft: Plan) -> None:
    with pytest.raises(Incomplete) as refused:
        add(draft, cast, responsible={cast.strange_task.division_id: None})

    assert [problem.key for problem in refused.value.problems] == ["responsible_missing"]


def test_a_section_of_another_division_is_passed_over(cast: Cast, draft: Plan) -> None:
    measure = add(draft, cast, responsible={cast.division.id: cast.other_section.id})

    assert [task.section_id for task in tasks_of(measure)] == [None]


def test_the_same_again_changes_nothing(cast: Cast, plan: Plan) -> None:
    before = plan.content_hash

    assert not edit(cast.task.measure, cast)

    assert plan.content_hash == before
    assert events_about(f"measure:{cast.task.measure_id}") == []


def test_only_what_changed_is_recorded(cast: Cast, plan: Plan) -> None:
    measure = cast.task.measure
    measure.source = {"title": 7, "method": 8}
    db.session.commit()
    before = plan.content_hash

    assert edit(measure, cast, title="ชื่อใหม่")

    [event] = events_about(f"measure:{measure.id}")
    assert (event["action"], event["after"]) == ("measure.edited", {"title": "ชื่อใหม่"})
    assert event["before"] == {"title": "มาตรการตัวอย่างที่ 2"}
    assert measure.source == {"method": 8}
    assert plan.content_hash != before


def test_the_words_of_the_document_stay_where_their_meaning_does(cast: Cast) -> None:
    measure = cast.task.measure

    edit(measure, cast, title="ชื่อใหม่")

    assert (measure.window_text, measure.responsible_text) == ("ภายใน 6 เดือนแรก", "กองที่รับผิดชอบ")


def test_a_new_window_moves_the_due_date_and_reminds_anew(cast: Cast) -> None:
    edit(cast.task.measure, cast, window_kind=WindowKind.FULL_YEAR)

    assert (cast.task.due_on, cast.task.due_version) == (date(2024, 9, 30), 2)
    [event] = events_about(f"task:{cast.task.id}")
    assert (event["action"], event["after"]) == ("task.postponed", {"due_on": "2024-09-30"})


def test_dates_and_steps_made_by_hand_stay_while_window_and_method_do(cast: Cast, draft: Plan) -> None:
    del draft
    cast.task.due_on = date(2024, 3, 15)
    db.session.commit()

    edit(cast.task.measure, cast, title="ชื่อใหม่", area=3)

    assert cast.task.due_on == date(2024, 3, 15)
    assert [step.text for step in cast.task.steps] == ["ประชุมคณะทำงาน", "ดำเนินการและสรุปผล"]


def test_a_new_method_makes_new_steps_and_keeps_the_ticks_of_those_that_stay(cast: Cast) -> None:
    cast.task.steps[0].is_done = True
    db.session.commit()

    edit(cast.task.measure, cast, method="ลงพื้นที่\nประชุมคณะทำงาน")

    assert [(step.text, step.is_done) for step in cast.task.steps] == [("ลงพื้นที่", False), ("ประชุมคณะทำงาน", True)]


def test_responsibility_goes_from_one_division_to_another(cast: Cast) -> None:
    measure, gone = cast.task.measure, cast.task.id

    edit(measure, cast, responsible={cast.other_division.id: None})

    assert [task.division_id for task in tasks_of(measure)] == [cast.other_division.id]
    assert db.session.get(Task, gone) is None
    assert measure.responsible_text == "กองคลัง"


def test_another_section_of_the_division_keeps_the_task(cast: Cast) -> None:
    section = a_section(cast.division, "ฝ่ายแผนงาน")

    edit(cast.task.measure, cast, responsible={cast.division.id: section.id})

    assert cast.task.section_id == section.id
    assert cast.task.officers == [cast.officer]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "ชื่อใหม่"}, "title"),
        ({"area": 3}, "area"),
        ({"method": "วิธีใหม่"}, "method"),
        ({"window_kind": WindowKind.FULL_YEAR}, "window_kind"),
    ],
)
def test_what_officers_were_told_to_do_is_fixed_once_they_report(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    with pytest.raises(Invalid) as refused:
        edit(cast.task.measure, cast, **changes)

    assert (refused.value.key, refused.value.field) == ("measure_has_begun", field)
    assert cast.task.measure.title == "มาตรการตัวอย่างที่ 2"


def test_its_responsible_division_is_fixed_too(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    with pytest.raises(Invalid) as refused:
        edit(cast.task.measure, cast, responsible={cast.other_division.id: None})

    assert refused.value.key == "measure_has_begun"


def test_the_section_that_reported_keeps_its_task(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    with pytest.raises(Invalid) as refused:
        edit(cast.task.measure, cast, responsible={cast.division.id: None})

    assert (refused.value.key, refused.value.field) == ("measure_has_begun", "responsible")


def test_a_division_that_nobody_told_anything_comes_and_goes_while_another_works(cast: Cast) -> None:
    measure = cast.task.measure
    a_report(cast.task, cast.officer)
    both = {cast.division.id: cast.section.id, cast.other_division.id: None}

    edit(measure, cast, responsible=both)
    assert {task.division_id for task in tasks_of(measure)} == set(both)

    edit(measure, cast, responsible={cast.division.id: cast.section.id})
    assert tasks_of(measure) == [cast.task]


def test_a_task_that_goes_to_another_section_is_recorded_as_moved(cast: Cast) -> None:
    edit(cast.task.measure, cast, responsible={cast.division.id: None}, window_kind=WindowKind.FULL_YEAR)

    moved, postponed = events_about(f"task:{cast.task.id}")
    assert (moved["action"], moved["after"]) == ("task.moved", {"division": cast.division.id, "section": None})
    assert (postponed["action"], postponed["after"]) == ("task.postponed", {"due_on": "2024-09-30"})


def test_a_plan_in_force_keeps_a_measure_in_every_area(cast: Cast, plan: Plan) -> None:
    only = cast.task.measure

    with pytest.raises(Invalid) as removal:
        remove(only, cast)
    with pytest.raises(Invalid) as change:
        edit(only, cast, area=3)

    assert (removal.value.key, removal.value.values) == ("area_would_be_empty", {"area": 2})
    assert (change.value.key, change.value.field) == ("area_would_be_empty", "area")
    assert {area for _number, area, _title in order_of(plan)} == set(AREAS)


def test_in_a_plan_in_force_one_of_two_measures_of_an_area_may_go(cast: Cast, plan: Plan) -> None:
    add(plan, cast)

    remove(cast.task.measure, cast)

    assert [title for _number, area, title in order_of(plan) if area == 2] == ["พัฒนาระบบ"]


def test_what_a_measure_rests_on_may_be_worded_better_all_the_same(cast: Cast) -> None:
    a_report(cast.task, cast.officer)
    measure = cast.task.measure
    measure.items = [MeasureItem(position=1, year=2565, code="O11", title="แผน")]
    db.session.commit()
    seen = seen_measure(measure, tasks_of(measure))

    with transaction():
        reword_measure(measure, "O18 E-Service", "ผลใหม่", seen=seen, actor=cast.coordinator, at=NOW)

    assert [(item.code, item.year) for item in measure.items] == [("O18", 2566)]
    [event] = events_about(f"measure:{measure.id}")
    assert event["before"] == {"analysis": "", "items": ["O11 (2565) แผน"]}


def test_nobody_writes_over_a_measure_that_they_did_not_see(cast: Cast) -> None:
    measure = cast.task.measure
    seen = seen_measure(measure, tasks_of(measure))
    edit(measure, cast, title="ของคนแรก")

    with pytest.raises(ChangedMeanwhile):
        edit(measure, cast, seen=seen, title="ของคนที่สอง")

    assert measure.title == "ของคนแรก"


def test_a_measure_is_taken_out_with_its_tasks(cast: Cast, draft: Plan) -> None:
    measure, subject = cast.task.measure, f"measure:{cast.task.measure_id}"

    remove(measure, cast)

    assert [(number, area) for number, area, _title in order_of(draft)] == [
        (1, 1),
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
        (6, 7),
    ]
    assert db.session.scalars(sa.select(Task).where(Task.agency_id == cast.agency.id)).all() == [cast.other_task]
    [event] = events_about(subject)
    assert (event["action"], event["before"]["title"]) == ("measure.removed", "มาตรการตัวอย่างที่ 2")


def test_in_a_plan_in_force_a_number_is_not_given_again(cast: Cast, plan: Plan) -> None:
    add(plan, cast)
    remove(cast.task.measure, cast)

    assert [number for number, _area, _title in order_of(plan)] == [1, 3, 4, 5, 6, 7, 8]


def test_a_measure_that_was_reported_on_stays(cast: Cast, draft: Plan) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    with pytest.raises(Invalid) as refused:
        remove(cast.task.measure, cast)

    assert refused.value.key == "measure_has_reports"
    assert len(order_of(draft)) == 7


def test_a_measure_of_which_people_were_reminded_stays_with_its_divisions(cast: Cast, plan: Plan) -> None:
    a_reminder(cast.task, cast)

    with pytest.raises(Invalid) as removal:
        remove(cast.task.measure, cast)
    with pytest.raises(Invalid) as change:
        edit(cast.task.measure, cast, responsible={cast.other_division.id: None})

    assert {removal.value.key, change.value.key} == {"measure_was_reminded"}
    assert len(order_of(plan)) == 7


def test_a_measure_changes_places_with_its_neighbour_of_the_area(cast: Cast, draft: Plan) -> None:
    added = add(draft, cast)
    move(added, cast, by=-1)

    assert [title for _number, area, title in order_of(draft) if area == 2] == ["พัฒนาระบบ", "มาตรการตัวอย่างที่ 2"]
    assert [number for number, _area, _title in order_of(draft)] == list(range(1, 9))
    assert events_about(f"measure:{added.id}")[-1]["after"] == {"number": 2}


def test_the_first_of_an_area_goes_no_higher(cast: Cast, draft: Plan) -> None:
    before = order_of(draft)

    move(cast.task.measure, cast, by=-1)

    assert order_of(draft) == before


def test_a_place_that_changed_meanwhile_is_not_changed_blindly(cast: Cast, draft: Plan) -> None:
    add(draft, cast)

    with pytest.raises(ChangedMeanwhile):
        move(cast.task.measure, cast, by=1, seen="3")


def test_numbers_that_officers_know_stay(cast: Cast, draft: Plan) -> None:
    added = add(draft, cast)
    a_report(cast.task, cast.officer)

    with pytest.raises(Invalid) as refused:
        move(added, cast, by=-1)

    assert refused.value.key == "measure_number_is_known"


def test_numbers_of_a_plan_in_force_are_not_exchanged(cast: Cast, plan: Plan) -> None:
    added, before = add(plan, cast), order_of(plan)

    with pytest.raises(Invalid) as refused:
        move(added, cast, by=-1)

    assert refused.value.key == "measure_number_stays"
    assert order_of(plan) == before


def test_a_title_that_a_document_made_too_long_does_not_lock_the_measure(cast: Cast, draft: Plan) -> None:
    measure = cast.task.measure
    with transaction():
        measure.title = "ก" * 600

    assert edit(measure, cast, analysis="วิเคราะห์ใหม่")

    assert (len(measure.title), measure.analysis) == (600, "วิเคราะห์ใหม่")
