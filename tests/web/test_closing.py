"""The page on which a year is closed, and the pages of a year that was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.extensions import clock, db
from ita_flow.models.people import Unit
from ita_flow.models.plans import Plan
from tests.browser import Browser, Page
from tests.factories import Cast, a_report, a_task
from tests.factories.plans import set_status
from tests.statements import MOST_STATEMENTS, counted_statements
from tests.workflow.test_closing import an_amendment, an_extension, close_it

ADDRESS = "/plans/2567/closing"
OCTOBER = date(2024, 10, 7)
WHY = "ผู้รับจ้างทิ้งงาน"
DIVISION = "/dashboard/divisions/{division}?year=2567"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


@pytest.fixture
def coordinator(browser: Browser, cast: Cast) -> Browser:
    clock.pretend(OCTOBER)
    browser.sign_in(cast.coordinator)
    return browser


def choices(cast: Cast, **changes: str) -> dict[str, str]:
    """The first task is carried over, the second left with a reason, unless said otherwise."""
    first, second = cast.task.id, cast.other_task.id
    chosen = {f"ending-{first}": "carry_over", f"ending-{second}": "leave", f"reason-{second}": WHY}
    return {**chosen, **changes}


def send(browser: Browser, fields: dict[str, str], status: int = 303) -> Page:
    return browser.submit(browser.get(ADDRESS).form(ADDRESS), status=status, **fields)


def test_each_open_task_is_decided_on_and_the_plan_then_tells_what_became_of_the_year(
    coordinator: Browser, cast: Cast, plan: Plan
) -> None:
    page = coordinator.follow(send(coordinator, choices(cast)))

    assert plan.state is PlanState.CLOSED
    assert "ปิดปีงบประมาณ 2567 แล้วเมื่อ 7 ตุลาคม 2567 ดูได้อย่างเดียว" in page.words
    assert "แล้วเสร็จ 0 จาก 2 มาตรการ (0%)" in page.words
    assert "ในจำนวนนี้ยกไปดำเนินการในปี 2568 จำนวน 1 งาน" in page.words
    assert (cast.other_task.work_status, cast.other_task.ending_reason) == (WorkStatus.UNFINISHED, WHY)


def test_what_is_missing_stands_beside_its_field_and_nothing_typed_is_lost(coordinator: Browser, cast: Cast) -> None:
    first, second = cast.task.id, cast.other_task.id

    page = send(coordinator, {f"reason-{first}": "ยังไม่ได้เลือก", f"ending-{second}": "cancel"}, status=422)

    assert page.errors == ["เลือกว่าจะดำเนินการอย่างไรกับงานของมาตรการที่ 2", "กรอกเหตุผลสำหรับงานของมาตรการที่ 5"]
    assert {f"#ending-{first}", f"#reason-{second}"} <= set(page.links.values())
    assert page.form(ADDRESS).fields[f"reason-{first}"] == ["ยังไม่ได้เลือก"]
    assert page.form(ADDRESS).fields[f"ending-{second}"] == ["cancel"]


def test_what_changed_meanwhile_is_shown_and_the_next_press_counts(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(ADDRESS).form(ADDRESS)
    set_status(cast.task, WorkStatus.DONE, clock.now())
    db.session.commit()

    page = coordinator.submit(form, status=409, **choices(cast))
    left = {name: value for name, value in choices(cast).items() if str(cast.other_task.id) in name}
    coordinator.submit(page.form(ADDRESS), 303, **left)

    assert cast.other_task.ending_reason == WHY


def test_what_waits_is_named_with_the_way_to_it_and_nothing_can_be_pressed(
    coordinator: Browser, cast: Cast, plan: Plan
) -> None:
    report, amendment = a_report(cast.task, cast.officer), an_amendment(plan)
    an_extension(cast)

    page = coordinator.get(ADDRESS)

    assert page.links[f"รายงานครั้งที่ 1 ของมาตรการที่ 2 {cast.task.measure.title} รอพิจารณา"] == (
        f"/tasks/{report.task_id}/reports/1"
    )
    assert f"คำขอขยายกำหนดเวลาของมาตรการที่ 5 {cast.other_task.measure.title} รอพิจารณา" in page.links
    assert f"แผนฉบับแก้ไข ฉบับที่ {amendment.version} ยังไม่ได้รับอนุมัติ" in page.links
    assert not list(page.of_class("btn-primary"))


def test_what_came_to_wait_meanwhile_is_told_with_all_that_was_typed(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(ADDRESS).form(ADDRESS)
    a_report(cast.task, cast.officer)

    page = coordinator.submit(form, status=422, **choices(cast))

    assert page.errors
    assert page.form(ADDRESS).fields[f"reason-{cast.other_task.id}"] == [WHY]


def test_before_september_the_page_says_from_when_on(coordinator: Browser) -> None:
    clock.pretend(date(2024, 8, 31))

    page = coordinator.get(ADDRESS)

    assert "ปิดปีงบประมาณ 2567 ได้ตั้งแต่วันที่ 1 กันยายน 2567 เป็นต้นไป" in page.words
    assert not list(page.of_class("btn-primary"))


def test_a_year_without_open_tasks_is_closed_with_one_press(coordinator: Browser, cast: Cast, plan: Plan) -> None:
    for task in (cast.task, cast.other_task):
        set_status(task, WorkStatus.DONE, clock.now())
    db.session.commit()

    send(coordinator, {})

    assert plan.state is PlanState.CLOSED


def test_a_closed_year_and_a_draft_lead_back_to_the_plan(coordinator: Browser, cast: Cast) -> None:
    close_it(cast)

    assert coordinator.get(ADDRESS, status=302).goes_to == "/plans/2567"


def test_a_year_whose_plan_is_a_draft_cannot_be_closed(coordinator: Browser, plan: Plan) -> None:
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()

    coordinator.get(ADDRESS, status=404)


def test_the_plan_page_leads_to_it_from_september_on(coordinator: Browser) -> None:
    offered = {}
    for day in (date(2024, 8, 31), date(2024, 9, 1)):
        clock.pretend(day)
        offered[day.month] = ADDRESS in coordinator.get("/plans/2567").links.values()

    assert offered == {8: False, 9: True}


@pytest.mark.parametrize(
    "address",
    ["/plans/2567", "/tasks?year=2567", "/dashboard?year=2567", "/calendar?year=2567", "/tasks/{task}", DIVISION],
)
def test_pages_of_a_closed_year_say_so_and_offer_no_deed(coordinator: Browser, cast: Cast, address: str) -> None:
    a_report(cast.task, cast.officer, ReportState.DRAFT)
    close_it(cast)

    page = coordinator.get(address.format(task=cast.task.id, division=cast.division.id))

    assert "ปิดปีงบประมาณ 2567 แล้วเมื่อ 7 ตุลาคม 2567 ดูได้อย่างเดียว" in page.words
    assert not [one for one in page.of_class("btn-primary") if one.tag == "button"]
    assert {form.action for form in page.forms if form.method == "post"} == {"/account/language", "/sign-out"}
    assert not [link for link in page.links.values() if link.endswith(("/edit", "/update", "/assign", "/import"))]


@pytest.mark.parametrize("address", ["/dashboard?year=2567", DIVISION])
def test_tables_of_a_closed_year_count_what_was_left_instead_of_what_is_late(
    coordinator: Browser, cast: Cast, address: str
) -> None:
    close_it(cast)

    page = coordinator.get(address.format(division=cast.division.id))

    heads = [" ".join(head.itertext()) for head in next(page.tree.iter("thead")).iter("th")]
    assert heads[1:] == ["ทั้งหมด", "เสร็จ", "ไม่แล้วเสร็จ"]
    assert "ยังไม่เริ่ม" not in page.words


def test_the_officer_of_a_closed_year_is_told_why_nothing_can_be_reported(coordinator: Browser, cast: Cast) -> None:
    close_it(cast)
    coordinator.sign_in(cast.officer)

    page = coordinator.get(f"/tasks/{cast.task.id}/update", status=422)

    assert "แผนปี 2567 ปิดแล้วเมื่อ 7 ตุลาคม 2567 จึงดูได้อย่างเดียว" in page.words


@pytest.mark.parametrize(("day", "is_told"), [(date(2024, 9, 30), False), (date(2024, 10, 1), True)])
def test_from_october_on_the_home_page_asks_to_close_the_year(
    coordinator: Browser, cast: Cast, day: date, is_told: bool
) -> None:
    clock.pretend(day)

    told = coordinator.get("/home").links.get("ปิดปีงบประมาณ 2567") == ADDRESS
    close_it(cast)

    assert told is is_told
    assert "ปิดปีงบประมาณ 2567" not in coordinator.get("/home").links


def test_only_who_may_close_it_is_asked(coordinator: Browser, cast: Cast) -> None:
    coordinator.sign_in(cast.auditor)

    assert ADDRESS not in coordinator.get("/home").links.values()


def test_the_page_costs_the_same_for_many_open_tasks(coordinator: Browser, cast: Cast, plan: Plan) -> None:
    plan_id, division_id = plan.id, cast.division.id

    def price() -> int:
        db.session.expunge_all()
        with counted_statements() as sent:
            coordinator.get(ADDRESS)
        return len(sent)

    few = price()
    for measure in db.session.get_one(Plan, plan_id).measures[2:]:
        a_task(measure, db.session.get_one(Unit, division_id))

    assert few == price() <= MOST_STATEMENTS


OF_THE_NEXT_YEAR = ("catalogue.", "plan_start.", "roll_forward.", "approval_chains.")
"""Pages under a year that speak of what comes after it."""


def pages_of_a_year(app: Flask, cast: Cast) -> Iterator[str]:
    """Every page under the year of the cast, or under a task of it, that the coordinator may open."""
    known: dict[str, Any] = {"year": 2567, "task_id": cast.task.id, "measure_id": cast.task.measure_id, "number": 1}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if _is_under_the_year(rule) and rule.arguments <= known.keys():
                yield url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})


def _is_under_the_year(rule: Rule) -> bool:
    is_under = rule.rule.startswith(("/plans/<int:year>", "/tasks/<int:task_id>"))
    return is_under and "GET" in (rule.methods or ()) and not rule.endpoint.startswith(OF_THE_NEXT_YEAR)


def test_no_page_of_a_closed_year_has_a_button(coordinator: Browser, cast: Cast, app: Flask) -> None:
    a_report(cast.task, cast.officer, ReportState.DRAFT)
    addresses = list(pages_of_a_year(app, cast))
    close_it(cast)

    offered = {address: buttons_on(coordinator, address) for address in addresses}

    assert len(offered) > 20
    assert {address: found for address, found in offered.items() if found} == {}


def buttons_on(browser: Browser, address: str) -> list[str]:
    """What can be pressed in the main part of the page; nothing where it leads elsewhere."""
    page = Page(browser.client.get(address), address)
    main = page.tree.find(".//main") if page.is_html else None
    found = main.iter("button") if main is not None else ()
    return ["".join(one.itertext()).strip() for one in found]
