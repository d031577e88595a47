"""The pages on which a plan is looked over that was begun from the year before."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.database import transaction
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import MeasureItem, OitItem, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_editing import tasks_of
from ita_flow.queries.plans import plan_of
from ita_flow.workflow.plan_start import begin_as_copy, begin_empty
from tests.browser import Browser
from tests.factories import NOW, Cast, a_plan, a_task
from tests.factories.plans import cancel, set_status
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

REVIEW, ITEMS = "/plans/2568/roll-forward", "/plans/2568/items"


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def following(cast: Cast) -> Plan:
    with transaction():
        return begin_as_copy(cast.agency, 2568, 2567, actor=cast.coordinator, at=NOW)


def close(plan: Plan) -> None:
    plan.state, plan.closed_at = PlanState.CLOSED, NOW
    db.session.commit()


def carry_over(*tasks: Task) -> None:
    for task in tasks:
        set_status(task, WorkStatus.UNFINISHED, NOW)
        task.carries_over = True
    db.session.commit()


def cite(cast: Cast, *items: tuple[str, str]) -> None:
    cast.task.measure.items = [
        MeasureItem(position=place, year=2566, code=code, title=title) for place, (code, title) in enumerate(items, 1)
    ]
    db.session.commit()


def know(cast: Cast, code: str, title: str) -> None:
    db.session.add(OitItem(agency_id=cast.agency.id, year=2567, code=code, title=title))
    db.session.commit()


def test_the_plan_in_force_leads_to_the_next_year(coordinator: Browser) -> None:
    assert coordinator.get("/plans/2567").links["จัดทำแผนปี 2568 จากแผนปีนี้"] == "/plans/2568/start"


def test_so_does_a_year_that_was_closed(coordinator: Browser, cast: Cast) -> None:
    close(cast.task.measure.plan)

    page = coordinator.get("/plans/2567")

    assert page.links["จัดทำแผนปี 2568 จากแผนปีนี้"] == "/plans/2568/start"
    assert [link.get("href") for link in page.of_class("btn-primary")] == ["/plans/2568/start"]
    following(cast)
    assert coordinator.get("/plans/2567").links["ดูแผนปี 2568"] == "/plans/2568"


def test_a_plan_begun_from_another_is_looked_over_at_once(coordinator: Browser, cast: Cast) -> None:
    cancel(cast.task)
    cast.other_task.measure.title = "ติดตามแผนปี 2567"
    db.session.commit()
    [copy, _empty] = [form for form in coordinator.get("/plans/2568").forms if form.action == "/plans/2568/start"]

    page = coordinator.follow(coordinator.submit(copy))

    assert page.address == REVIEW
    assert "ไม่ได้คัดลอก เพราะยกเลิกในปี 2567 มาตรการที่ 2" in page.words
    assert "ชื่อมาตรการที่ 4 ยังเขียนว่าปี 2567" in page.words
    assert page.links["ไปหน้าแผน"] == "/plans/2568"


def test_who_left_is_told_with_the_place_to_name_another(coordinator: Browser, cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = date(2024, 3, 17)
    db.session.commit()
    [task] = tasks_of(following(cast).measures[1])

    page = coordinator.get(REVIEW)

    assert f"{cast.officer.name} ไม่ได้เป็นเจ้าหน้าที่แล้ว" in page.words
    assert page.links["มอบหมายเจ้าหน้าที่ มาตรการที่ 2"] == f"/plans/2568/assign#officers-{task.id}"


def test_what_was_carried_over_is_marked_in_the_plan(coordinator: Browser, cast: Cast) -> None:
    carry_over(cast.task)
    following(cast)

    page = coordinator.get("/plans/2568")

    assert page.links["ยกมาจากปี 2567"] == f"/tasks/{cast.task.id}"
    assert "เพิ่มเข้าแผน" not in page.words


@pytest.mark.parametrize("address", ["/plans/2568", REVIEW])
def test_what_was_carried_over_later_is_added_by_a_press(coordinator: Browser, cast: Cast, address: str) -> None:
    carry_over(cast.task)
    with transaction():
        begin_empty(cast.agency, 2568, actor=cast.coordinator, at=NOW)
    [add] = [form for form in coordinator.get(address).forms if "/roll-forward/measures/" in form.action]

    page = coordinator.follow(coordinator.submit(add))

    assert "เพิ่มมาตรการที่ยกมาจากปี 2567 เข้าแผนแล้ว" in page.words
    assert cast.task.measure.title in page.words
    assert "เพิ่มเข้าแผน" not in coordinator.get(address).words


def test_a_plan_before_the_seats_offers_no_adding(coordinator: Browser, cast: Cast) -> None:
    carry_over(cast.task)
    plan = a_plan(cast.agency, year=2568)
    plan.state, plan.approved_at = PlanState.PROPOSED, None
    db.session.commit()

    page = coordinator.get(REVIEW)

    assert "แผนฉบับนี้แก้ไขโดยตรงไม่ได้แล้ว" in page.words
    assert not [form for form in page.forms if "/roll-forward/measures/" in form.action]


def test_codes_are_shown_as_they_were_and_as_they_are(coordinator: Browser, cast: Cast) -> None:
    cite(cast, ("O2", "ข้อมูลผู้บริหาร"), ("O34", "การประเมินความเสี่ยง"))
    know(cast, "O1", "ข้อมูลผู้บริหาร")
    plan = following(cast)

    page = coordinator.get(ITEMS)

    assert "O2 (2566) → O1 (2567)" in page.words
    assert "ยังเป็นรหัสของปีก่อน 1 ข้อ" in page.words
    choose = f"/plans/2568/measures/{plan.measures[1].id}/edit#items"
    assert page.links["เลือกรหัสของปี 2567 มาตรการที่ 2"] == choose
    assert page.links["นำเข้าบัญชีข้อปี 2567"] == "/items/import"
    assert coordinator.get(REVIEW).links["ตรวจรหัสข้อ"] == ITEMS


def test_a_catalogue_that_comes_later_is_followed_by_a_press(coordinator: Browser, cast: Cast) -> None:
    cite(cast, ("O2", "ข้อมูลผู้บริหาร"))
    following(cast)
    know(cast, "O1", "ข้อมูลผู้บริหาร")
    [recode] = [form for form in coordinator.get(ITEMS).forms if form.action == ITEMS]

    page = coordinator.follow(coordinator.submit(recode))

    assert "ปรับรหัสข้อตามบัญชีข้อปี 2567 แล้ว" in page.words
    assert "O2 (2566) → O1 (2567)" in page.words
    plan = plan_of(cast.agency, 2568)
    assert plan
    assert [(item.year, item.code) for item in plan.measures[1].items] == [(2567, "O1")]


def test_a_plan_from_nowhere_has_nothing_to_look_over(coordinator: Browser, cast: Cast) -> None:
    with transaction():
        begin_empty(cast.agency, 2568, actor=cast.coordinator, at=NOW)

    assert "ไม่มีรายการที่ต้องตรวจ" in coordinator.get(REVIEW).words
    assert "ไม่มีรหัสข้อที่คัดลอกมาจากปีก่อน" in coordinator.get(ITEMS).words


def test_a_year_without_a_plan_has_no_such_pages(coordinator: Browser) -> None:
    coordinator.get(REVIEW, 404)
    coordinator.get(ITEMS, 404)


def test_the_pages_cost_the_same_for_many_measures(coordinator: Browser, cast: Cast) -> None:
    plan = cast.task.measure.plan
    cite(cast, ("O2", "ข้อมูลผู้บริหาร"))
    know(cast, "O1", "ข้อมูลผู้บริหาร")
    cast.officer.is_active = False
    new = following(cast)
    carry_over(cast.task)
    costs = {REVIEW: list[int](), ITEMS: list[int](), "/plans/2568": list[int]()}
    for several in (False, True):
        if several:
            for measure, before in zip(new.measures, plan.measures, strict=True):
                measure.items = [MeasureItem(position=1, year=2566, code="O34", title="การประเมินความเสี่ยง")]
                if before != cast.other_task.measure:
                    carry_over(a_task(before, division=cast.other_division))
            for measure in new.measures[4:]:
                measure.continues_id = None
            db.session.commit()
        for address, counts in costs.items():
            with counted_statements() as statements:
                coordinator.get(address)
            counts.append(len(statements))

    assert all(few == many <= 12 for few, many in costs.values()), costs
