"""The pages on which measures and their tasks are written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ita_flow.domain.states import PlanState, ReportState
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, MeasureItem, Plan
from tests.browser import Browser, Form
from tests.factories import Cast, a_plan, a_report, a_section, a_task, one_commit
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


@pytest.fixture
def draft(cast: Cast) -> Plan:
    plan = cast.task.measure.plan
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()
    return plan


def form_of(browser: Browser, address: str) -> Form:
    return browser.get(address).form(address)


def address_of(measure: Measure, page: str = "edit") -> str:
    return f"/plans/{measure.plan.year}/measures/{measure.id}/{page}"


def a_whole_measure(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "title": "พัฒนาระบบ",
        "items": "o18 E-Service",
        "method": "ประชุม\nปรับระบบ",
        "responsible": [f"{cast.division.id}/{cast.section.id}", f"{cast.other_division.id}/0"],
        "window_kind": "first_half",
        **changes,
    }


def test_a_measure_is_added_in_the_area_that_was_pressed(coordinator: Browser, cast: Cast, draft: Plan) -> None:
    form = coordinator.get("/plans/2567/measures/new?area=3").form()
    assert form.fields["area"] == ["3"]

    page = coordinator.submit(form, **a_whole_measure(cast))

    db.session.expire_all()
    measure = draft.measures[3]
    assert (measure.number, measure.area, measure.title) == (4, 3, "พัฒนาระบบ")
    assert page.goes_to == f"/plans/2567#measure-{measure.id}"
    words = coordinator.follow(page).words
    assert "มาตรการที่ 4 พัฒนาระบบ" in words
    assert "O18 (2566) E-Service" in words


def test_everything_that_is_missing_is_told_at_once_and_nothing_is_lost(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/plans/2567/measures/new").form()

    page = coordinator.submit(form, 422, title="", method="ประชุม", window_kind="custom", window_text="เร็ว ๆ นี้")

    assert len(page.errors) == 3  # title, responsible, window
    kept = page.form().fields
    assert (kept["method"], kept["window_kind"], kept["window_text"]) == (["ประชุม"], ["custom"], ["เร็ว ๆ นี้"])


def test_chosen_divisions_stay_chosen_beside_an_error(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/plans/2567/measures/new").form()

    page = coordinator.submit(form, 422, **a_whole_measure(cast, title=""))

    assert page.form().fields["responsible"] == [
        f"{cast.division.id}/{cast.section.id}",
        f"{cast.other_division.id}/0",
    ]


@pytest.mark.parametrize("nonsense", ["abc", "1", "1/2/3", "-1/0", "9" * 30 + "/0", "๑/๐", "/"])
def test_nonsense_in_the_place_of_a_unit_is_nobody(coordinator: Browser, cast: Cast, nonsense: str) -> None:
    form = coordinator.get("/plans/2567/measures/new").form()

    page = coordinator.submit(form, 422, **a_whole_measure(cast, responsible=[nonsense]))

    assert page.errors == ["เลือกผู้รับผิดชอบอย่างน้อย 1 สำนัก/กอง"]


def test_the_form_shows_the_measure_as_it_stands(coordinator: Browser, cast: Cast) -> None:
    measure = cast.task.measure
    measure.items = [
        MeasureItem(position=1, year=2566, code="O18", title="E-Service"),
        MeasureItem(position=2, year=2565, code="O11", title="แผน"),
    ]
    db.session.commit()

    fields = form_of(coordinator, address_of(measure)).fields

    assert fields["items"] == ["O18 E-Service\nO11 (2565) แผน"]
    assert fields["responsible"] == [f"{cast.division.id}/{cast.section.id}", ""]
    assert fields["window_kind"] == ["first_half"]


def test_a_measure_is_saved_and_the_day_that_its_window_means_is_told(coordinator: Browser, cast: Cast) -> None:
    form = form_of(coordinator, address_of(cast.task.measure))

    page = coordinator.submit(form, window_kind="custom", window_text="ภายในวันที่ ๓๐ เมษายน ๒๕๖๗")

    assert "บันทึกมาตรการที่ 2 แล้ว กำหนด อ. 30 เม.ย. 2567" in coordinator.follow(page).words
    db.session.expire_all()
    assert cast.task.due_on == date(2024, 4, 30)


def test_who_was_slower_sees_both_texts_and_may_save_again(coordinator: Browser, cast: Cast) -> None:
    form = form_of(coordinator, address_of(cast.task.measure))
    coordinator.submit(form_of(coordinator, address_of(cast.task.measure)), title="ของคนแรก")

    page = coordinator.submit(form, 409, title="ของคนที่สอง")

    assert "ของคนแรก" in page.words
    coordinator.submit(page.form(address_of(cast.task.measure)))
    db.session.expire_all()
    assert cast.task.measure.title == "ของคนที่สอง"


def test_once_officers_report_only_the_analysis_is_asked_for(coordinator: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)
    form = form_of(coordinator, address_of(cast.task.measure))
    assert "title" not in form.fields

    coordinator.submit(form, items="O18 E-Service", analysis="ผลใหม่")

    db.session.expire_all()
    assert cast.task.measure.analysis == "ผลใหม่"


def test_a_form_of_before_the_first_report_is_told_why(coordinator: Browser, cast: Cast) -> None:
    form = form_of(coordinator, address_of(cast.task.measure))
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    page = coordinator.submit(form, 422, title="ชื่อใหม่")

    assert "มีผู้รายงานความก้าวหน้าของมาตรการนี้แล้ว" in page.errors[0]
    assert page.form(address_of(cast.task.measure)).fields["title"] == ["ชื่อใหม่"]


def test_measures_of_an_area_change_places(coordinator: Browser, cast: Cast, draft: Plan) -> None:
    draft.measures[2].area = 2
    db.session.commit()
    page = coordinator.get(address_of(cast.task.measure))

    coordinator.submit(page.form(address_of(cast.task.measure, "place")), by="1")

    db.session.expire_all()
    assert cast.task.measure.number == 3


def test_a_measure_is_taken_out_after_a_second_look(coordinator: Browser, cast: Cast, draft: Plan) -> None:
    page = coordinator.get(address_of(cast.task.measure, "removal"))
    assert "พร้อมงานของผู้รับผิดชอบ 1 งาน" in page.words

    answer = coordinator.submit(page.form())

    assert answer.goes_to == "/plans/2567#area-2"
    db.session.expire_all()
    assert len(draft.measures) == 6


def test_why_a_measure_cannot_be_taken_out_is_told_instead_of_a_button(
    coordinator: Browser, cast: Cast, draft: Plan
) -> None:
    del draft
    page = coordinator.get(address_of(cast.task.measure, "removal"))
    a_report(cast.task, cast.officer)

    told = coordinator.get(address_of(cast.task.measure, "removal"))
    coordinator.submit(page.form(), 422)

    assert "จึงนำออกไม่ได้" in told.words
    assert address_of(cast.task.measure, "removal") not in [form.action for form in told.forms]


def test_a_measure_of_another_year_is_not_found(coordinator: Browser, cast: Cast) -> None:
    a_plan(cast.agency, year=2566)

    coordinator.get(f"/plans/2566/measures/{cast.task.measure_id}/edit", 404)


def test_the_year_switch_leaves_the_page_of_a_measure_for_the_plan(coordinator: Browser, cast: Cast) -> None:
    a_plan(cast.agency, year=2566)

    page = coordinator.get(address_of(cast.task.measure))

    assert page.links["ปีงบประมาณ 2566"] == "/plans/2566"


def test_steps_and_due_date_are_edited_on_the_page_of_the_task(coordinator: Browser, cast: Cast) -> None:
    address = f"/tasks/{cast.task.id}/edit"
    assert coordinator.get(f"/tasks/{cast.task.id}").links["แก้ไขขั้นตอนและกำหนด"] == address

    page = coordinator.submit(coordinator.get(address).form(), steps="หนึ่ง\nสอง\nสาม", due_on="๓๐/๔/๖๗")

    words = coordinator.follow(page).words
    assert "บันทึกแล้ว กำหนดแล้วเสร็จ อ. 30 เม.ย. 2567" in words
    assert "ทำแล้ว 0 จาก 3 ขั้นตอน" in words
    assert "แก้ไขขั้นตอนหรือกำหนดแล้วเสร็จ" in words


@pytest.mark.parametrize("day", ["", "สิ้นปี", "1 ต.ค. 2567"])
def test_a_due_date_that_cannot_be_is_told_beside_its_field(coordinator: Browser, cast: Cast, day: str) -> None:
    form = coordinator.get(f"/tasks/{cast.task.id}/edit").form()

    page = coordinator.submit(form, 422, steps="หนึ่ง", due_on=day)

    assert len(page.errors) == 1
    assert (page.form().fields["steps"], page.form().fields["due_on"]) == (["หนึ่ง"], [day])


def test_who_was_slower_sees_the_steps_that_stand(coordinator: Browser, cast: Cast) -> None:
    address = f"/tasks/{cast.task.id}/edit"
    form = coordinator.get(address).form()
    coordinator.submit(coordinator.get(address).form(), steps="ของคนแรก")

    page = coordinator.submit(form, 409, steps="ของคนที่สอง")

    assert "ของคนแรก" in page.words
    assert page.form().fields["steps"] == ["ของคนที่สอง"]


def test_a_task_under_decision_is_not_offered_and_not_opened(coordinator: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    assert "แก้ไขขั้นตอนและกำหนด" not in coordinator.get(f"/tasks/{cast.task.id}").links
    assert "รอพิจารณา" in coordinator.get(f"/tasks/{cast.task.id}/edit", 422).words


@pytest.mark.parametrize("page", ["edit", "removal"])
def test_the_pages_cost_the_same_for_many_measures_and_divisions(coordinator: Browser, cast: Cast, page: str) -> None:
    costs = []
    for year, measures in ((2565, 7), (2566, 50)):
        with one_commit():
            plan = a_plan(cast.agency, year=year, measures=measures)
            for number in range(measures):
                a_section(cast.division, f"ฝ่ายที่ {year} {number}")
            a_task(plan.measures[1], section=cast.section)
        address = address_of(plan.measures[1], page)
        with counted_statements() as statements:
            coordinator.get(address)
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 12
