"""Giving out the tasks of a plan in one table."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.permissions import Role
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from tests.browser import Browser, Page
from tests.factories import (
    NOW,
    Cast,
    a_division,
    a_membership,
    a_plan,
    a_report,
    a_section,
    a_task,
    a_user,
    one_commit,
)
from tests.factories.plans import set_status
from tests.record import events_about
from tests.statements import counted_statements

ASSIGN = "/plans/2567/assign"


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def row_of(page: Page, task: Task) -> str:
    """What can be read in the row of this task."""
    [row] = [row for row in page.tree.iter("tr") if any(one.get("id") == f"due-{task.id}" for one in row.iter())]
    return " ".join("".join(row.itertext()).split())


def test_seven_measures_are_given_out_in_three_presses(desk: Browser, cast: Cast) -> None:
    plan = cast.task.measure.plan
    with one_commit():
        others = [a_task(plan.measures[number], section=cast.section) for number in (0, 2, 3, 5, 6)]
        for task in (cast.task, cast.other_task):
            task.officers = []

    opened = desk.get(ASSIGN)
    suggested = desk.submit(opened.form(), 200, suggest="1")
    saved = desk.follow(desk.submit(suggested.form()))

    assert "ยังไม่มีเจ้าหน้าที่ 7 จาก 7 งาน" in opened.words
    assert "ยังไม่บันทึก" in suggested.words
    assert "บันทึกการมอบหมายแล้ว 7 งาน" in saved.words
    assert [task.officers for task in others] == [[cast.officer, cast.colleague]] * 5
    assert (cast.task.officers, cast.other_task.officers) == ([cast.officer, cast.colleague], [cast.other_officer])


def test_a_suggestion_saves_nothing_and_keeps_what_was_typed(desk: Browser, cast: Cast) -> None:
    task = a_task(section=cast.section)

    page = desk.submit(desk.get(ASSIGN).form(), 200, suggest="1", **{f"due-{cast.task.id}": "๓๐ เม.ย. ๒๕๖๗"})

    assert task.officers == []
    assert set(page.form().fields[f"officers-{task.id}"]) == {str(cast.officer.id), str(cast.colleague.id)}
    assert page.form().fields[f"due-{cast.task.id}"] == ["๓๐ เม.ย. ๒๕๖๗"]
    assert page.form().fields[f"officers-{cast.task.id}"] == [str(cast.officer.id)]  # chosen by a person


def test_who_is_suggested_stands_nearest_to_the_task(desk: Browser, cast: Cast) -> None:
    division = a_division(cast.agency, "กองช่าง")
    empty, other = a_section(division, "ฝ่ายว่าง"), a_section(division, "ฝ่ายก่อสร้าง")
    first = a_task(section=empty)
    nobody = desk.submit(desk.get(ASSIGN).form(), 200, suggest="1")
    a_user(cast.agency, role=Role.OFFICER, unit=other)
    only_one = desk.submit(desk.get(ASSIGN).form(), 200, suggest="1").form().fields[f"officers-{first.id}"]
    a_user(cast.agency, role=Role.OFFICER, unit=other)
    of_two = desk.submit(desk.get(ASSIGN).form(), 200, suggest="1").form().fields
    near = a_user(cast.agency, role=Role.OFFICER, unit=division)
    of_division = desk.submit(desk.get(ASSIGN).form(), 200, suggest="1").form().fields[f"officers-{first.id}"]

    assert len(only_one) == 1
    assert "ไม่มีเจ้าหน้าที่ให้แนะนำ" in nobody.words
    assert f"officers-{first.id}" not in of_two
    assert of_division == [str(near.id)]


def test_a_row_tells_who_decides_and_the_last_working_day(desk: Browser, cast: Cast) -> None:
    cast.director.memberships[0].ends_on = date(2024, 3, 1)
    db.session.commit()

    row = row_of(desk.get(ASSIGN), cast.task)

    assert "หัวหน้าฝ่ายหัวหน้า ฝ่ายประชาสัมพันธ์ผู้อำนวยการกองว่าง" in row
    assert "วันทำการสุดท้าย ศ. 29 มี.ค." in row


@pytest.mark.usefixtures("today")
def test_unit_officers_and_due_date_are_saved_together(desk: Browser, cast: Cast) -> None:
    number = cast.task.id
    changes = {
        f"unit-{number}": str(cast.other_section.id),
        f"officers-{number}": [str(cast.other_officer.id)],
        f"due-{number}": "31 พ.ค. 2567",
    }

    page = desk.follow(desk.submit(desk.get(ASSIGN).form(), 303, **changes))

    assert "บันทึกการมอบหมายแล้ว 1 งาน" in page.words
    assert (cast.task.section, cast.task.officers) == (cast.other_section, [cast.other_officer])
    assert (cast.task.due_on, cast.task.due_version) == (date(2024, 5, 31), 2)


def test_all_that_is_wrong_is_told_beside_its_row_and_nothing_is_lost(desk: Browser, cast: Cast) -> None:
    one, other = cast.task.id, cast.other_task.id
    changes = {f"officers-{one}": [], f"due-{one}": "30 เม.ย. 2567", f"due-{other}": "1 ต.ค. 2567"}

    page = desk.submit(desk.get(ASSIGN).form(), 422, **changes)

    assert page.title.startswith("ข้อผิดพลาด: ")
    assert page.errors == [
        f"เลือกเจ้าหน้าที่ มาตรการที่ {cast.task.measure.number} (ฝ่ายประชาสัมพันธ์)",
        f"กำหนดแล้วเสร็จของมาตรการที่ {cast.other_task.measure.number} ต้องอยู่ระหว่าง 1 ตุลาคม 2566 ถึง 30 กันยายน 2567",
    ]
    assert page.form().fields[f"due-{one}"] == ["30 เม.ย. 2567"]
    assert cast.task.due_on == date(2024, 3, 31)


def test_a_date_that_nobody_can_read_is_told(desk: Browser, cast: Cast) -> None:
    page = desk.submit(desk.get(ASSIGN).form(), 422, **{f"due-{cast.task.id}": "เร็ว ๆ นี้"})

    assert "อ่านวันที่ “เร็ว ๆ นี้” ไม่ได้" in page.errors[0]
    assert page.form().fields[f"due-{cast.task.id}"] == ["เร็ว ๆ นี้"]


def test_after_another_unit_was_picked_its_people_are_offered(desk: Browser, cast: Cast) -> None:
    changes = {f"unit-{cast.task.id}": str(cast.other_section.id), f"officers-{cast.task.id}": []}

    page = desk.submit(desk.get(ASSIGN).form(), 422, **changes)

    assert cast.other_officer.name in row_of(page, cast.task)
    assert page.form().fields[f"unit-{cast.task.id}"] == [str(cast.other_section.id)]


def test_saving_without_a_change_says_so(desk: Browser, cast: Cast) -> None:
    page = desk.follow(desk.submit(desk.get(ASSIGN).form()))

    assert "ไม่มีอะไรเปลี่ยน" in page.words
    assert events_about(f"task:{cast.task.id}") == []


def test_whoever_was_quicker_is_shown(desk: Browser, cast: Cast) -> None:
    form = desk.get(ASSIGN).form()
    cast.task.officers = [cast.colleague]
    db.session.commit()

    page = desk.submit(form, 409, **{f"due-{cast.task.id}": "30 เม.ย. 2567"})
    assert "หลังจากท่านเปิดหน้า" in page.errors[0]
    desk.submit(page.form())

    assert cast.task.due_on == date(2024, 4, 30)


def test_a_task_that_began_stays_in_its_unit(desk: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    page = desk.get(ASSIGN)

    assert "มีรายงานแล้ว จึงย้ายไม่ได้" in row_of(page, cast.task)
    desk.submit(page.form(), 422, **{f"unit-{cast.task.id}": str(cast.other_section.id)})
    desk.submit(page.form(), 303, **{f"due-{cast.task.id}": "30 เม.ย. 2567"})
    assert cast.task.due_on == date(2024, 4, 30)


def test_a_task_that_is_done_is_only_shown(desk: Browser, cast: Cast) -> None:
    set_status(cast.task, WorkStatus.DONE, NOW)
    db.session.commit()

    page = desk.get(ASSIGN)

    assert "แล้วเสร็จ" in page.words
    assert f"seen-{cast.task.id}" not in page.form().fields
    desk.submit(page.form())


def test_a_division_without_people_says_so(desk: Browser, cast: Cast) -> None:
    task = a_task(division=a_division(cast.agency, "กองช่าง"))

    assert "ยังไม่มีบุคลากรในกองนี้" in row_of(desk.get(ASSIGN), task)


def test_officers_who_are_already_named_stay_to_be_seen(desk: Browser, cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = date(2024, 3, 1)
    db.session.commit()

    assert cast.officer.name in row_of(desk.get(ASSIGN), cast.task)


def test_a_plan_that_is_a_draft_may_be_given_out(desk: Browser, cast: Cast) -> None:
    plan = cast.task.measure.plan
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()

    desk.submit(desk.get(ASSIGN).form(), 303, **{f"officers-{cast.task.id}": [str(cast.colleague.id)]})

    assert cast.task.officers == [cast.colleague]


def test_a_year_without_a_plan_leads_to_it(desk: Browser) -> None:
    page = desk.get("/plans/2570/assign")

    assert "ยังไม่มีมาตรการให้มอบหมาย" in page.words
    desk.post("/plans/2570/assign", {"form_key": "once-and-only"}, 404)


def test_tasks_of_another_agency_are_not_there(desk: Browser, cast: Cast) -> None:
    stamp = f"{cast.strange_task.division_id};;2024-03-31"
    fields = {f"seen-{cast.strange_task.id}": stamp, f"due-{cast.strange_task.id}": "30 เม.ย. 2567"}

    desk.post(ASSIGN, {"form_key": "once-and-only", **fields})

    assert cast.strange_task.due_on != date(2024, 4, 30)


def test_a_form_that_was_tampered_with_is_not_understood(desk: Browser, cast: Cast) -> None:
    desk.submit(desk.get(ASSIGN).form(), 400, **{f"seen-{cast.task.id}": "no;stamp"})


def test_the_page_costs_the_same_for_one_task_and_for_many(desk: Browser, cast: Cast) -> None:
    costs = []
    for year, count in ((2568, 1), (2569, 40)):
        _a_given_year(cast, year, count)
        with counted_statements() as statements:
            desk.client.get(f"/plans/{year}/assign")
        costs.append(len(statements))

    assert costs[0] == costs[1]
    assert costs[0] <= 12


def _a_given_year(cast: Cast, year: int, count: int) -> Plan:
    with one_commit():
        plan = a_plan(cast.agency, year=year, measures=count)
        for measure in plan.measures:
            section = a_section(cast.division, f"ฝ่าย {year} {measure.number}")
            officer = a_user(cast.agency)
            a_membership(officer, role=Role.OFFICER, unit=section)
            a_task(measure, section=section, officers=[officer])
    return plan
