"""A document becomes the records, whole or not at all, and again changes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake.draft import CitedItem
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency, Unit
from ita_flow.models.plans import ImportJob, Measure, MeasureItem, Plan
from ita_flow.models.tasks import Task
from ita_flow.workflow import audit
from ita_flow.workflow import tasks as tasks_of_plans
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.plan_drafts import differences
from ita_flow.workflow.plan_import import Document, compare, import_plan
from tests.factories import NOW, a_report, a_user, an_agency
from tests.intake.documents import AGENCY, line_of, report, with_cell, with_line
from tests.record import events_about
from tests.workflow.importing import (
    FIRST,
    FIRST_ROW,
    METHOD,
    RESPONSIBLE,
    SHA256,
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


@pytest.fixture
def agency(app: Flask) -> Agency:
    return an_agency(AGENCY, code="saithan")


def test_everything_the_document_says_is_kept(agency: Agency) -> None:
    take_in(agency)

    kept, said = kept_draft(), read_draft()

    assert differences(kept, said) == []
    assert kept.assessment == said.assessment
    assert kept.areas == said.areas
    assert kept.measures == said.measures
    assert (kept.limitations, kept.limitations_none) == (said.limitations, said.limitations_none)


def test_limitations_are_kept_in_their_order(agency: Agency) -> None:
    text = report().replace("ไม่มี\tไม่มี\tไม่มี", "คนน้อย\tงานล้นมือ\tขออัตราเพิ่ม\nระบบช้า\tเครื่องเก่า\tจัดซื้อใหม่")

    take_in(agency, text)

    assert [row.limitation for row in the_plan().limitations] == ["คนน้อย", "ระบบช้า"]
    assert kept_draft().limitations == read_draft(text).limitations
    assert not the_plan().has_no_limitations


def test_every_field_tells_on_which_line_of_the_document_it_stands(agency: Agency) -> None:
    take_in(agency)

    plan, assessment = the_plan(), db.session.scalars(sa.select(Assessment)).one()
    row = line_of(FIRST_ROW)

    assert {"area", "title", "method", "responsible", "window", "analysis"} <= set(plan.measures[0].source)
    assert set(plan.measures[0].source.values()) == {row}
    assert [item.source for item in plan.measures[0].items] == [{"line": row}]
    assert plan.areas[3].source["number"] == line_of("4. กระบวนการ")
    assert all(item["line"] for area in plan.areas for item in area.items)
    assert assessment.source["total"] == line_of("ผลคะแนน 95.57")
    assert assessment.indicators[5].source["score"] == line_of("6\tคุณภาพ")
    assert assessment.findings[0].source["code"] == line_of("ข้อ e4")


def test_the_document_its_repairs_and_its_doubts_are_kept(agency: Agency) -> None:
    take_in(agency)

    reading, job = read(report()), db.session.scalars(sa.select(ImportJob)).one()

    assert (job.file_name, job.sha256, job.at, job.plan_id) == ("report.txt", SHA256, NOW, the_plan().id)
    assert [(issue.kind, issue.line, issue.original, issue.suggestion) for issue in job.issues] == [
        *(("repair", repair.line, repair.found, repair.replaced) for repair in reading.repairs),
        *((doubt.kind, doubt.line, doubt.found, doubt.suggestion) for doubt in reading.doubts),
    ]
    assert {"repair", "doubled_word"} <= {issue.kind for issue in job.issues}


def test_every_division_gets_its_task(agency: Agency) -> None:
    imported = take_in(agency)

    assert (imported.tasks, len(tasks())) == (7, 7)
    fourth = tasks()[3]
    assert (fourth.division.name, fourth.section and fourth.section.name) == (
        "สำนักปลัดองค์การบริหารส่วนจังหวัด",
        "ฝ่ายธุรการ",
    )
    assert [step.text for step in fourth.steps] == ["ขออนุญาตทุกครั้งก่อนใช้ และตรวจบัญชีทุกเดือน"]
    assert [task.due_on for task in tasks()].count(date(2024, 3, 31)) == 5
    assert [task.due_on for task in tasks()].count(date(2024, 9, 30)) == 2


def test_unknown_units_are_made_once_and_told(agency: Agency) -> None:
    imported = take_in(agency)

    units = list(db.session.scalars(sa.select(Unit.name).where(Unit.parent_id.is_(None))))
    assert sorted(units) == sorted(["กองแผนงาน", "สำนักปลัดองค์การบริหารส่วนจังหวัด", "กองคลัง", "กองการเจ้าหน้าที่"])
    assert imported.units_made.count("กองแผนงาน") == 1
    assert "ฝ่ายสื่อสาร กองแผนงาน" in imported.units_made


def test_it_stands_in_the_record_with_where_it_came_from(agency: Agency) -> None:
    imported = take_in(agency)

    [event] = events_about(f"plan:{the_plan().id}")
    assert (event["action"], event["actor"]) == ("plan.imported", "command_line")
    assert event["after"] == {
        "year": 2567,
        "state": "approved",
        "approved_on": "paper",
        "file": "report.txt",
        "sha256": SHA256,
        "content": the_plan().content_hash,
        "changes": len(imported.differences),
        "measures": 7,
        "tasks": 7,
        "doubts_accepted": [],
    }


def test_the_same_document_again_changes_nothing(agency: Agency) -> None:
    take_in(agency)
    before = everything()

    again = take_in(agency)

    assert again.differences == []
    assert everything() == before


def test_units_written_with_other_spaces_are_the_same_units(agency: Agency) -> None:
    take_in(agency)
    spaced = with_cell(FIRST, RESPONSIBLE, "ฝ่าย ติดตามผล กอง แผนงาน")

    again = take_in(agency, spaced)

    assert {one.path[-1] for one in again.differences} == {"responsible_text"}
    assert (rows()["units"], again.units_made) == (4 + 6, [])
    assert take_in(agency, spaced).differences == []


class LateTrouble(Exception):
    """Something that goes wrong when almost everything is written."""


def test_trouble_at_the_very_end_leaves_nothing(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def fail(*_arguments: object, **_keywords: object) -> None:
        db.session.flush()
        raise LateTrouble

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(LateTrouble):
        take_in(agency)

    assert everything() == before


def test_trouble_in_the_database_leaves_the_plan_as_it_was(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(agency)
    before = everything()
    monkeypatch.setattr(tasks_of_plans, "steps_of", lambda _method: ("",))

    with pytest.raises(sa.exc.IntegrityError, match="says_something"):
        take_in(agency, with_cell(FIRST, METHOD, "ประชุมทุกสัปดาห์"))

    assert everything() == before


def test_a_changed_title_is_written_in_its_place(agency: Agency) -> None:
    take_in(agency)
    ids, officer = [task.id for task in tasks()], an_officer_of(tasks()[0], agency)

    changed = take_in(agency, with_cell(FIRST, TITLE, "ติดตามทุกโครงการของปี"))

    assert [(one.path, one.now) for one in changed.differences] == [(("measures", 1, "title"), "ติดตามทุกโครงการของปี")]
    assert [task.id for task in tasks()] == ids
    assert tasks()[0].measure.title == "ติดตามทุกโครงการของปี"
    assert (tasks()[0].officers, tasks()[0].due_version) == ([officer], 1)
    assert rows()["import_jobs"] == 2


def test_a_moved_due_date_makes_a_new_version_of_it(agency: Agency) -> None:
    take_in(agency)

    take_in(agency, with_cell(FIRST, WINDOW, "ภายในวันที่ 31 พฤษภาคม 2567"))

    assert [(task.due_on, task.due_version) for task in tasks()[:2]] == [
        (date(2024, 5, 31), 2),
        (date(2024, 3, 31), 1),
    ]
    assert tasks()[0].measure.window_kind == "custom"


def test_a_new_method_makes_new_steps(agency: Agency) -> None:
    take_in(agency)

    take_in(agency, with_cell(FIRST, METHOD, "1. ตั้งคณะทำงาน 2. ประชุม 3. สรุปผล"))

    assert [step.text for step in tasks()[0].steps] == ["ตั้งคณะทำงาน", "ประชุม", "สรุปผล"]


def test_another_division_takes_the_task_over_without_the_officers_of_the_first(agency: Agency) -> None:
    take_in(agency)
    an_officer_of(tasks()[0], agency)

    take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายธุรการ กองช่าง"))

    assert len(tasks()) == 7
    assert (tasks()[0].division.name, tasks()[0].officers) == ("กองช่าง", [])
    assert take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายธุรการ กองช่าง")).differences == []


def test_of_two_divisions_the_one_that_stays_keeps_its_task(agency: Agency) -> None:
    take_in(agency, with_cell(FIRST, RESPONSIBLE, "กองแผนงาน กองคลัง"))
    kept = {task.division.name: task.id for task in tasks()[:2]}["กองคลัง"]
    changed = with_cell(FIRST, RESPONSIBLE, "กองช่าง กองคลัง")

    take_in(agency, changed)

    assert {task.division.name: task.id for task in tasks()[:2]}["กองคลัง"] == kept
    assert {task.division.name for task in tasks()[:2]} == {"กองช่าง", "กองคลัง"}
    assert take_in(agency, changed).differences == []


def with_a_second_measure(title: str = "เปิดเผยแผนทุกไตรมาส") -> str:
    """The report with another measure in the first area, before the one that is there."""

    def doubled(line: str) -> str:
        cells = line.split("\t")
        cells[TITLE] = title
        return "\t".join(cells) + "\n" + line

    return with_line(line_of(FIRST_ROW), doubled)


def test_a_measure_that_is_gone_takes_its_task_along_and_the_others_keep_theirs(agency: Agency) -> None:
    take_in(agency, with_a_second_measure())
    by_title = {task.measure.title: task.id for task in tasks()}
    officer = an_officer_of(tasks()[1], agency)
    gone = by_title.pop("เปิดเผยแผนทุกไตรมาส")

    take_in(agency)

    assert {task.measure.title: task.id for task in tasks()} == by_title
    assert [task.measure.number for task in tasks()] == [2, 3, 4, 5, 6, 7, 8]
    assert tasks()[0].officers == [officer]
    assert db.session.get(Task, gone) is None
    assert (rows()["measures"], rows()["steps"], rows()["task_officers"]) == (7, 7, 1)


def test_a_measure_that_is_new_leaves_the_others_their_tasks(agency: Agency) -> None:
    take_in(agency)
    before = {task.measure.title: task.id for task in tasks()}

    take_in(agency, with_a_second_measure())

    after = {task.measure.title: task.id for task in tasks()}
    assert len(after) == 8
    assert before.items() <= after.items()


def test_a_report_on_one_plan_does_not_hold_up_another_year(agency: Agency) -> None:
    take_in(agency)
    a_report(tasks()[0], a_user(agency))

    reading = read(report(), FiscalYear(2568))
    with transaction():
        import_plan(agency, reading, Document("next.txt", SHA256), is_approved=True, actor=None, at=NOW)

    assert sorted(db.session.scalars(sa.select(Plan.year))) == [2567, 2568]
    assert {task.due_on for task in tasks() if task.measure.plan.year == 2568} == {date(2025, 3, 31), date(2025, 9, 30)}
    [event] = events_about(f"plan:{db.session.scalars(sa.select(Plan.id).where(Plan.year == 2568)).one()}")
    assert len(event["after"]["doubts_accepted"]) == len(reading.must_be_accepted) > 0


def test_a_draft_is_approved_by_a_second_import(agency: Agency) -> None:
    take_in(agency, is_approved=False)
    assert (the_plan().state, the_plan().approved_at) == (PlanState.DRAFT, None)

    approved = take_in(agency)

    assert [(one.was, one.now) for one in approved.differences] == [("draft", "approved")]
    assert (the_plan().state, the_plan().approved_at) == (PlanState.APPROVED, NOW)
    assert [event["after"]["approved_on"] for event in events_about(f"plan:{the_plan().id}")] == [None, "paper"]


def test_an_approved_plan_does_not_become_a_draft_again(agency: Agency) -> None:
    take_in(agency)

    assert take_in(agency, is_approved=False).differences == []
    assert the_plan().state is PlanState.APPROVED


def test_comparing_writes_nothing(agency: Agency) -> None:
    before = everything()

    found = compare(agency, read_draft(), is_approved=True).differences

    assert found
    assert everything() == before


def test_two_at_once_write_it_once(app: Flask, agency: Agency) -> None:
    agency_id, barrier, changes = agency.id, Barrier(2), list[int]()
    db.session.rollback()
    reading = read(report())

    def run() -> None:
        with app.app_context():
            barrier.wait()
            with transaction():
                mine = db.session.get_one(Agency, agency_id)
                done = import_plan(mine, reading, Document("report.txt", SHA256), is_approved=True, actor=None, at=NOW)
            changes.append(len(done.differences))

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(changes)[0] == 0 < sorted(changes)[1]
    counted = rows()
    assert (counted["plans"], counted["measures"], counted["tasks"], counted["import_jobs"]) == (1, 7, 7, 1)
    assert len(events_about(f"plan:{the_plan().id}")) == 1
    assert list(broken_chains()) == []


def test_a_line_that_moves_is_no_difference(agency: Agency) -> None:
    take_in(agency)

    assert take_in(agency, "\n" + report()).differences == []


def test_a_plan_without_an_assessment_leaves_the_kept_one(agency: Agency) -> None:
    take_in(agency)
    plan_alone = report()[re.search("การวิเคราะห์ตามหลักเกณฑ์", report()).start() :]  # type: ignore[union-attr]

    assert take_in(agency, plan_alone).differences == []
    assert rows()["assessments"] == 1


def test_items_keep_their_years_when_another_measure_changes(agency: Agency) -> None:
    take_in(agency)
    first, second, *_ = the_plan().measures
    with transaction():
        the_plan().measures[0].items = items_of_two_years()
    draft = read_draft()
    items = tuple(CitedItem(item.code, item.title, 1) for item in items_of_two_years())
    same, other = replace(draft.measures[0], items=items), replace(draft.measures[1], title="ชื่อใหม่")

    take_in(agency, replace(draft, measures=(same, other, *draft.measures[2:])))

    kept = db.session.get_one(Measure, first.id).items
    assert [(item.code, item.year) for item in kept] == [("O34", 2565), ("O34", 2566), ("O35", 2564)]
    assert db.session.get_one(Measure, second.id).title == "ชื่อใหม่"


def test_items_that_stay_beside_new_ones_keep_their_years(agency: Agency) -> None:
    take_in(agency)
    first = the_plan().measures[0]
    with transaction():
        first.items = items_of_two_years()
    draft = read_draft()
    items = tuple(CitedItem(*one, line=1) for one in [("O11", "ใหม่"), ("O34", "หลัง"), ("O34", "ก่อน"), ("O35", "ชื่อใหม่")])

    take_in(agency, replace(draft, measures=(replace(draft.measures[0], items=items), *draft.measures[1:])))

    kept = db.session.get_one(Measure, first.id).items
    assert [(item.code, item.title, item.year) for item in kept] == [
        ("O11", "ใหม่", 2566),
        ("O34", "หลัง", 2566),
        ("O34", "ก่อน", 2565),
        ("O35", "ชื่อใหม่", 2564),
    ]


def items_of_two_years() -> list[MeasureItem]:
    cited = [(2565, "O34", "ก่อน"), (2566, "O34", "หลัง"), (2564, "O35", "")]
    return [
        MeasureItem(position=position, year=year, code=code, title=title)
        for position, (year, code, title) in enumerate(cited, 1)
    ]


def test_what_a_document_overwrites_stands_in_the_record(agency: Agency) -> None:
    take_in(agency)
    was = the_plan().measures[0].method

    take_in(agency, with_cell(FIRST, METHOD, "วิธี" * 200))

    [_, event] = events_about(f"plan:{the_plan().id}")
    assert event["before"] == {"measures.1.method": was}
    assert event["after"]["measures.1.method"].startswith("วิธีวิธี")
    assert len(event["after"]["measures.1.method"]) == 500
    assert event["after"]["changes"] == 1


def test_units_made_by_a_document_stand_in_the_record(agency: Agency) -> None:
    take_in(agency)

    for unit in db.session.scalars(sa.select(Unit)):
        [event] = events_about(f"unit:{unit.id}")
        assert (event["action"], event["actor"]) == ("unit.added", "command_line")
        assert event["after"] == {"name": unit.name, "parent": unit.parent_id}


def test_what_a_document_does_to_tasks_stands_in_the_record(agency: Agency) -> None:
    take_in(agency)
    task, division, due_on = tasks()[0], tasks()[0].division_id, tasks()[0].due_on.isoformat()
    second = tasks()[1].id

    take_in(agency, with_cell(FIRST, WINDOW, "ตลอดปีงบประมาณ"))
    take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายใหม่ กองแผนงาน"))
    take_in(agency, with_cell(FIRST, RESPONSIBLE, "กองช่าง"))

    given, later, *others = events_about(f"task:{task.id}")
    assert (given["action"], given["after"]["division"], given["after"]["due_on"]) == ("task.given", division, due_on)
    assert (later["action"], later["before"]) == ("task.postponed", {"due_on": due_on})
    assert [event["action"] for event in others] == ["task.moved", "task.postponed", "task.taken_back"]
    assert [event["action"] for event in events_about(f"task:{second}")] == ["task.given"]
