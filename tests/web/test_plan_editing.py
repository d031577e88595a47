"""The pages on which a plan is written by hand: the desk on the plan page, areas, limitations, approval."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ita_flow.domain.areas import AREAS
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.plans import Limitation, Plan
from ita_flow.workflow.audit import broken_chains
from tests.browser import Browser
from tests.factories import Cast, a_plan, a_task, one_commit
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


@pytest.fixture
def draft(cast: Cast, plan: Plan) -> Plan:
    """A draft that could be approved."""
    with one_commit():
        for measure in plan.measures:
            if measure not in (cast.task.measure, cast.other_task.measure):
                a_task(measure, division=cast.division, officers=[cast.officer])
        plan.state, plan.approved_at = PlanState.DRAFT, None
    return plan


def the_primary(browser: Browser, address: str) -> tuple[str, str | None]:
    [link] = browser.get(address).of_class("btn-primary")
    return " ".join("".join(link.itertext()).split()), link.get("href")


def test_only_the_coordinator_is_offered_to_write(coordinator: Browser, cast: Cast) -> None:
    offered = coordinator.get("/plans/2567").links
    coordinator.sign_in(cast.auditor)
    read = coordinator.get("/plans/2567").links

    assert offered["แก้ไข ประเด็นที่ 1"] == "/plans/2567/areas/1/edit"
    assert offered["แก้ไข มาตรการที่ 2"] == f"/plans/2567/measures/{cast.task.measure_id}/edit"
    assert offered["เพิ่มมาตรการในประเด็นที่ 7"] == "/plans/2567/measures/new?area=7"
    assert not [words for words in read if words.startswith(("แก้ไข", "เพิ่ม", "เริ่ม"))]


def test_the_one_button_is_the_next_lawful_step(coordinator: Browser, cast: Cast, draft: Plan) -> None:
    cast.task.officers = []
    draft.measures[0].area = 2
    db.session.commit()
    steps = [the_primary(coordinator, "/plans/2567")]
    draft.measures[0].area = 1
    db.session.commit()
    steps.append(the_primary(coordinator, "/plans/2567"))
    cast.task.officers = [cast.officer]
    db.session.commit()
    steps.append(the_primary(coordinator, "/plans/2567"))

    assert steps == [
        ("เพิ่มมาตรการ ประเด็นที่ 1", "/plans/2567/measures/new?area=1"),
        ("มอบหมายเจ้าหน้าที่", "/plans/2567/assign"),
        ("เสนอแผนเพื่อพิจารณา", "/plans/2567/proposal"),
    ]


def test_an_area_is_written_and_seen_on_the_plan(coordinator: Browser) -> None:
    form = coordinator.get("/plans/2567/areas/2/edit").form()

    page = coordinator.submit(form, overview="ภาพรวมใหม่", items="๐18 E-Service", focus="เน้นบริการ")

    assert page.goes_to == "/plans/2567#area-2"
    words = coordinator.follow(page).words
    assert "บันทึกประเด็นที่ 2 แล้ว" in words
    assert "ภาพรวมใหม่" in words
    assert coordinator.get("/plans/2567/areas/2/edit").form().fields["items"] == ["O18 E-Service"]


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(coordinator: Browser) -> None:
    form = coordinator.get("/plans/2567/areas/2/edit").form()

    page = coordinator.submit(form, 422, overview="ภาพรวมใหม่", items="แผนดำเนินงาน")

    assert len(page.errors) == 1
    assert page.form().fields["overview"] == ["ภาพรวมใหม่"]
    assert page.form().fields["items"] == ["แผนดำเนินงาน"]


def test_who_was_slower_sees_both_texts_and_may_save_again(coordinator: Browser, plan: Plan) -> None:
    form = coordinator.get("/plans/2567/areas/2/edit").form()
    coordinator.submit(coordinator.get("/plans/2567/areas/2/edit").form(), overview="ของคนแรก")

    page = coordinator.submit(form, 409, overview="ของคนที่สอง")
    stood = page.words
    coordinator.submit(page.form())

    assert "ของคนแรก" in stood
    assert page.form().fields["overview"] == ["ของคนที่สอง"]
    db.session.expire_all()
    assert plan.areas[1].overview == "ของคนที่สอง"


def test_there_are_seven_areas(coordinator: Browser) -> None:
    coordinator.get("/plans/2567/areas/8/edit", 404)
    coordinator.get("/plans/2566/areas/1/edit", 404)


def test_limitations_are_written_row_by_row(coordinator: Browser, plan: Plan) -> None:
    form = coordinator.get("/plans/2567/limitations").form()
    del form.fields["has_none"]

    typed: dict[str, Any] = {"rows-1-limitation": "คนน้อย", "rows-1-suggestion": "ขอเพิ่ม"}
    page = coordinator.submit(form, **typed)

    assert page.goes_to == "/plans/2567#limitations"
    db.session.expire_all()
    assert [(row.limitation, row.suggestion) for row in plan.limitations] == [("คนน้อย", "ขอเพิ่ม")]
    assert not plan.has_no_limitations


def test_there_is_always_an_empty_row_more(coordinator: Browser, plan: Plan) -> None:
    plan.limitations = [Limitation(position=place, limitation=f"ข้อ {place}") for place in range(1, 5)]
    plan.has_no_limitations = False
    db.session.commit()

    fields = coordinator.get("/plans/2567/limitations").form().fields

    assert fields["rows-3-limitation"] == ["ข้อ 4"]
    assert fields["rows-5-limitation"] == [""]


def test_limitations_that_say_two_things_are_kept_on_the_page(coordinator: Browser) -> None:
    form = coordinator.get("/plans/2567/limitations").form()

    typed: dict[str, Any] = {"rows-0-limitation": "คนน้อย"}
    page = coordinator.submit(form, 422, **typed)

    assert len(page.errors) == 1
    assert page.form().fields["rows-0-limitation"] == ["คนน้อย"]
    assert page.form().fields["has_none"] == ["y"]


def test_a_signed_plan_comes_into_force(coordinator: Browser, draft: Plan) -> None:
    page = coordinator.get("/plans/2567/approval")
    assert "ครบทั้ง 7 ประเด็น 7 มาตรการ" in page.words

    answer = coordinator.submit(page.form(), signed_on="1 ต.ค. 2566", order_no="112/2566")

    words = coordinator.follow(answer).words
    assert "อนุมัติแล้ว เมื่อ 1 ตุลาคม 2566" in words
    assert coordinator.get("/plans/2567/approval", 302).goes_to == "/plans/2567"


@pytest.mark.parametrize("day", ["", "เมื่อวาน", "31 กุมภาพันธ์ 2567", "19 มี.ค. 2567"])
def test_the_day_of_signing_is_a_day_that_was(coordinator: Browser, draft: Plan, day: str) -> None:
    page = coordinator.submit(coordinator.get("/plans/2567/approval").form(), 422, signed_on=day, order_no="112")

    assert len(page.errors) == 1
    assert page.form().fields == {**page.form().fields, "signed_on": [day], "order_no": ["112"]}
    assert draft.state is PlanState.DRAFT


def test_every_gap_leads_to_its_field(coordinator: Browser, cast: Cast, draft: Plan) -> None:
    draft.measures[0].area = 2
    draft.measures[2].method = ""
    draft.measures[3].title = "แผนปี 2566"
    db.session.delete(cast.task)
    db.session.commit()
    numbers = {measure.number: measure.id for measure in draft.measures}

    page = coordinator.get("/plans/2567/approval")

    assert page.links["ประเด็นที่ 1 ยังไม่มีมาตรการ"] == "/plans/2567/measures/new?area=1"
    assert page.links["มาตรการที่ 2 ยังไม่มีผู้รับผิดชอบ"] == f"/plans/2567/measures/{numbers[2]}/edit#responsible"
    assert page.links["มาตรการที่ 3 ยังไม่มีขั้นตอนและวิธีการปฏิบัติ"].endswith(f"/{numbers[3]}/edit#method")
    assert page.links["ชื่อมาตรการที่ 4 ยังเขียนว่าปี 2566"].endswith(f"/{numbers[4]}/edit#title")
    assert "signed_on" not in page.text


def test_what_was_changed_meanwhile_is_looked_at_before_it_is_approved(coordinator: Browser, draft: Plan) -> None:
    form = coordinator.get("/plans/2567/approval").form()
    coordinator.submit(coordinator.get("/plans/2567/areas/2/edit").form(), overview="แก้ทีหลัง")

    page = coordinator.submit(form, 409, signed_on="1 ต.ค. 2566")
    coordinator.submit(page.form())

    db.session.expire_all()
    assert draft.state is PlanState.APPROVED


@pytest.mark.parametrize("page", ["", "/approval", "/limitations", "/areas/1/edit"])
def test_the_pages_cost_the_same_for_many_measures(coordinator: Browser, cast: Cast, page: str) -> None:
    costs = []
    for year, measures in ((2565, 7), (2566, 50)):
        with one_commit():
            plan = a_plan(cast.agency, year=year, measures=measures)
            plan.state, plan.approved_at = PlanState.DRAFT, None
            for measure in plan.measures:
                a_task(measure, section=cast.section, officers=[cast.officer])
        with counted_statements() as statements:
            coordinator.get(f"/plans/{year}{page}")
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 12


def test_a_whole_plan_is_written_by_hand(coordinator: Browser, cast: Cast) -> None:
    coordinator.submit(coordinator.get("/plans/2568/start").forms[-1])
    for area in AREAS:
        form = coordinator.get(f"/plans/2568/measures/new?area={area}").form()
        responsible = [f"{cast.division.id}/{cast.section.id}"]
        coordinator.submit(
            form, title=f"มาตรการของประเด็นที่ {area}", responsible=responsible, window_kind="full_year", method="ประชุม"
        )
    coordinator.submit(coordinator.get("/plans/2568/limitations").form(), has_none="y")

    answer = coordinator.submit(coordinator.get("/plans/2568/approval").form(), signed_on="15 มี.ค. 2567")

    page = coordinator.follow(answer)
    assert "อนุมัติแล้ว เมื่อ 15 มีนาคม 2567 · ฉบับที่ 1 · 7 มาตรการใน 7 ประเด็น" in page.words
    assert "หน่วยงานแจ้งว่าไม่มีข้อจำกัด" in page.words
    assert list(broken_chains()) == []
