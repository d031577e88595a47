"""What a document does not hold, and what people set by hand, an import leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.intake.draft import DraftMeasure, Part, PlanDraft
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency, Unit, UnitAlias
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Step, Task
from tests.factories import a_division, a_section, a_user, an_agency, one_commit
from tests.intake.documents import AGENCY, with_cell
from tests.record import events_about
from tests.workflow.importing import (
    FIRST,
    METHOD,
    RESPONSIBLE,
    TITLE,
    WINDOW,
    an_officer_of,
    everything,
    kept_draft,
    read,
    read_draft,
    rows,
    take_in,
    tasks,
    the_plan,
)

NOTHING: dict[Part, dict[str, Any]] = {
    Part.ITEMS: {"items": ()},
    Part.ANALYSIS: {"analysis": ""},
    Part.METHOD: {"method": ""},
    Part.AREAS: {"areas": ()},
    Part.LIMITATIONS: {"limitations": (), "limitations_none": False},
}
EVERY_PART = pytest.mark.parametrize("part", [*Part])


@pytest.fixture
def agency(app: Flask) -> Agency:
    return an_agency(AGENCY, code="saithan")


def without(*parts: Part, draft: PlanDraft | None = None) -> PlanDraft:
    """The report as if it did not speak of these."""
    draft = draft or read_draft()
    for part in parts:
        if part in (Part.AREAS, Part.LIMITATIONS):
            draft = replace(draft, **NOTHING[part])
        else:
            draft = replace(draft, measures=tuple(replace(measure, **NOTHING[part]) for measure in draft.measures))
    return replace(draft, holds=draft.holds - set(parts))


def changed(draft: PlanDraft, place: int = 0, **fields: Any) -> PlanDraft:
    """The draft with these fields of one measure changed."""
    measures: list[DraftMeasure] = list(draft.measures)
    measures[place] = replace(measures[place], **fields)
    return replace(draft, measures=tuple(measures))


@EVERY_PART
def test_what_a_document_does_not_speak_of_is_no_difference(agency: Agency, part: Part) -> None:
    take_in(agency)
    before = everything()

    again = take_in(agency, without(part))

    assert again.differences == []
    assert everything() == before


@EVERY_PART
def test_what_a_document_does_not_speak_of_stays_when_something_else_changes(agency: Agency, part: Part) -> None:
    take_in(agency)
    before = kept_draft()

    take_in(agency, changed(without(part), title="ติดตามทุกโครงการ"))

    assert kept_draft() == changed(before, title="ติดตามทุกโครงการ")


@pytest.mark.parametrize("part", [Part.ITEMS, Part.ANALYSIS, Part.METHOD])
def test_an_empty_cell_is_said_when_there_is_a_column_for_it(agency: Agency, part: Part) -> None:
    take_in(agency)

    emptied = take_in(agency, changed(read_draft(), **NOTHING[part]))

    assert {one.path[2] for one in emptied.differences} == {part.value}
    assert getattr(kept_draft().measures[0], part.value) in ("", ())


def test_in_a_new_plan_what_the_document_does_not_hold_is_empty(agency: Agency) -> None:
    take_in(agency, without(*Part))

    plan = the_plan()
    assert (plan.areas, plan.limitations, plan.has_no_limitations) == ([], [], False)
    assert {(measure.analysis, measure.method, len(measure.items)) for measure in plan.measures} == {("", "", 0)}
    assert [task.steps for task in tasks()] == [[]] * 7


def test_a_measure_that_is_new_has_nothing_that_could_stay(agency: Agency) -> None:
    take_in(agency)
    draft = without(Part.METHOD, Part.ITEMS)
    new = replace(draft.measures[0], title="เปิดเผยแผนทุกไตรมาส")

    take_in(agency, replace(draft, measures=(*draft.measures, new)))

    assert [(one.method, one.items) for one in the_plan().measures[-1:]] == [("", [])]
    assert the_plan().measures[0].method


@pytest.fixture
def worked_on(agency: Agency) -> Task:
    """A task whose officer, steps and due date were set by hand."""
    take_in(agency)
    task = tasks()[0]
    an_officer_of(task, agency)
    with one_commit():
        task.steps = []
        db.session.flush()
        task.steps = [Step(position=1, text="นัดประชุม", is_done=True), Step(position=2, text="สรุป")]
        task.due_on, task.due_version = date(2024, 2, 29), 2
    return task


def set_by_hand(task: Task) -> list[object]:
    db.session.refresh(task)
    steps = [(step.id, step.text, step.is_done) for step in task.steps]
    return [steps, task.due_on, task.due_version, task.section_id, [officer.id for officer in task.officers]]


def test_the_same_document_leaves_what_was_set_by_hand(agency: Agency, worked_on: Task) -> None:
    before = everything()

    assert take_in(agency).differences == []
    assert everything() == before


@pytest.mark.parametrize(
    ("column", "text"), [(TITLE, "ติดตามทุกโครงการ"), (RESPONSIBLE, "ฝ่ายติดตามผล กองแผนงาน และ กองช่าง")]
)
def test_a_document_that_changes_other_things_leaves_what_was_set_by_hand(
    agency: Agency, worked_on: Task, column: int, text: str
) -> None:
    before = set_by_hand(worked_on)

    assert take_in(agency, with_cell(FIRST, column, text)).differences
    assert set_by_hand(worked_on) == before


def test_a_new_method_leaves_the_due_date(agency: Agency, worked_on: Task) -> None:
    take_in(agency, with_cell(FIRST, METHOD, "1. วางแผน 2. ติดตาม"))

    assert [step.text for step in tasks()[0].steps] == ["วางแผน", "ติดตาม"]
    assert (tasks()[0].due_on, tasks()[0].due_version) == (date(2024, 2, 29), 2)


def test_a_new_window_moves_the_due_date_and_leaves_the_steps(agency: Agency, worked_on: Task) -> None:
    steps = set_by_hand(worked_on)[0]

    take_in(agency, with_cell(FIRST, WINDOW, "ตลอดปีงบประมาณ"))

    assert (tasks()[0].due_on, tasks()[0].due_version) == (date(2024, 9, 30), 3)
    assert set_by_hand(tasks()[0])[0] == steps


def test_a_task_that_was_moved_by_hand_stays_where_it_is(agency: Agency) -> None:
    take_in(agency)
    with one_commit():
        tasks()[0].section = a_section(tasks()[0].division, "ฝ่ายงบประมาณ")
        tasks()[1].division, tasks()[1].section = a_division(agency, "กองช่าง"), None
    before = everything()

    assert take_in(agency).differences == []
    assert everything() == before


def test_a_document_that_names_somebody_else_moves_the_task(agency: Agency) -> None:
    take_in(agency)
    with one_commit():
        tasks()[0].section = a_section(tasks()[0].division, "ฝ่ายงบประมาณ")

    take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายข้อมูล กองแผนงาน"))

    section = tasks()[0].section
    assert section
    assert section.name == "ฝ่ายข้อมูล"


def test_items_that_stay_keep_the_year_of_their_codes(agency: Agency) -> None:
    take_in(agency)
    third = the_plan().measures[2]
    with one_commit():
        for item in third.items:
            item.year = 2565
    draft = read_draft()
    items = draft.measures[2].items
    new = (replace(items[0], title="ชื่อใหม่"), items[1], replace(items[2], code="O39"))

    take_in(agency, changed(draft, 2, items=new))

    kept = the_plan().measures[2].items
    assert [(item.code, item.year) for item in kept] == [("O5", 2565), ("O7", 2565), ("O39", 2566)]


def test_an_assessment_that_differs_is_told_and_recorded(agency: Agency) -> None:
    take_in(agency)
    draft = next_year_saying(Decimal("99.99"))

    imported = take_in(agency, draft)

    assert [(one.path, one.was, one.now) for one in imported.overwritten] == [
        (("assessment", "total"), "95.57", "99.99")
    ]
    assessment = db.session.scalars(sa.select(Assessment)).one()
    [event] = events_about(f"assessment:{assessment.id}")
    assert (event["action"], event["before"], event["after"]) == (
        "assessment.imported",
        {"total": "95.57"},
        {"total": "99.99"},
    )
    assert assessment.total == Decimal("99.99")


def next_year_saying(total: Decimal) -> PlanDraft:
    """A plan of the year after whose document tells another total for the assessed year."""
    draft = read_draft()
    assert draft.assessment
    return replace(draft, fiscal_year=FiscalYear(2568), assessment=replace(draft.assessment, total=total))


def test_an_assessment_alone_may_differ_and_leaves_the_plan(agency: Agency) -> None:
    take_in(agency)
    plan = everything()["plans"]
    draft = replace(next_year_saying(Decimal("99.99")), fiscal_year=FiscalYear(2567))

    imported = take_in(agency, draft)

    assert [one.path for one in imported.differences] == [("assessment", "total")]
    assert everything()["plans"] == plan
    assert take_in(agency, draft).differences == []


def test_the_first_assessment_of_a_year_stands_in_the_record_of_its_plan_alone(agency: Agency) -> None:
    take_in(agency)

    assessment = db.session.scalars(sa.select(Assessment)).one()
    assert events_about(f"assessment:{assessment.id}") == []


def test_a_unit_is_found_by_another_name_of_it(agency: Agency) -> None:
    strategy = a_division(agency, "กองยุทธศาสตร์")
    with one_commit():
        strategy.aliases = [UnitAlias(name="กอง แผนงาน")]

    imported = take_in(agency)

    assert {task.division.name for task in tasks()[:3]} == {"กองยุทธศาสตร์"}
    assert "กองแผนงาน" not in imported.units_made
    assert take_in(agency).differences == []


def test_a_division_that_a_person_knows_by_another_name_is_remembered(agency: Agency) -> None:
    strategy, coordinator = a_division(agency, "กองยุทธศาสตร์"), a_user(agency)

    imported = take_in(agency, unit_names={"กองแผนงาน": "กองยุทธศาสตร์"}, actor=coordinator)

    assert {task.division_id for task in tasks()[:3]} == {strategy.id}
    assert [division.name for division in divisions()].count("กองแผนงาน") == 0
    assert [alias.name for alias in db.session.scalars(sa.select(UnitAlias))] == ["กองแผนงาน"]
    assert [event["action"] for event in events_about(f"unit:{strategy.id}")] == ["unit.alias_added"]
    assert imported.draft.measures[0].responsible[0].division == "กองยุทธศาสตร์"
    assert take_in(agency).differences == []


def divisions() -> list[Unit]:
    return list(db.session.scalars(sa.select(Unit).where(Unit.kind == UnitKind.DIVISION)))


def test_every_division_is_each_of_those_on_file_and_in_the_document(agency: Agency) -> None:
    a_division(agency, "กองช่าง")
    everybody = with_cell(FIRST, RESPONSIBLE, "ทุกกอง")

    take_in(agency, everybody)

    doing = {task.division.name for task in tasks() if task.measure.number == 1}
    assert doing == {division.name for division in divisions()}
    assert "กองช่าง" in doing
    assert take_in(agency, everybody).differences == []


def test_a_division_that_comes_later_does_not_change_what_the_document_said(agency: Agency) -> None:
    everybody = with_cell(FIRST, RESPONSIBLE, "ทุกกอง")
    take_in(agency, everybody)
    a_division(agency, "กองช่าง")

    assert take_in(agency, everybody).differences == []


def test_the_record_names_the_person_who_brought_it_in(agency: Agency) -> None:
    coordinator = a_user(agency)

    take_in(agency, actor=coordinator)

    [event] = events_about(f"plan:{the_plan().id}")
    assert event["actor"] == f"user:{coordinator.id}"


def test_a_table_without_prose_leaves_the_prose(agency: Agency) -> None:
    take_in(agency)
    before = rows()
    table = "\n".join(
        [
            "ประเด็น\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลา",
            *(
                f"{measure.area}\t{measure.title}\t{measure.responsible_text}\t{measure.window_text}"
                for measure in read_draft().measures
            ),
        ]
    )

    assert read(table).problems == ()
    assert take_in(agency, table).differences == []
    assert rows() == before


def test_a_plan_of_another_year_takes_nothing_from_this_one(agency: Agency) -> None:
    take_in(agency)

    take_in(agency, replace(without(*Part), fiscal_year=FiscalYear(2568), assessment=None))

    plan = db.session.scalars(sa.select(Plan).where(Plan.year == 2568)).one()
    assert {measure.method for measure in plan.measures} == {""}
