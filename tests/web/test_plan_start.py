"""The pages on which a year is begun."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.queries.plans import plan_of
from tests.browser import Browser, Page
from tests.factories import Cast, a_plan
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def buttons(page: Page) -> list[str]:
    return ["".join(button.itertext()).strip() for button in page.tree.iter("button")]


def test_the_plan_page_leads_to_the_next_year(coordinator: Browser) -> None:
    page = coordinator.get("/plans/2567")

    assert page.links["จัดทำแผนปี 2568 จากแผนปีนี้"] == "/plans/2568/start"
    assert "เริ่มแผนปี 2569" not in coordinator.get("/plans/2568").words


@pytest.mark.parametrize("address", ["/plans/2568", "/plans/2568/start"])
def test_a_year_without_a_plan_can_be_begun_in_three_ways(coordinator: Browser, address: str) -> None:
    page = coordinator.get(address)

    assert page.links["นำเข้าเอกสาร"] == "/plans/2568/import"
    assert {"คัดลอกแผนปี 2567 · 7 มาตรการ", "เริ่มแผนเปล่า"} <= set(buttons(page))
    assert len(list(page.of_class("btn-primary"))) == 1


def test_a_copy_is_one_press_away(coordinator: Browser, cast: Cast) -> None:
    [copy, _empty] = [form for form in coordinator.get("/plans/2568").forms if form.action == "/plans/2568/start"]

    told = coordinator.follow(coordinator.submit(copy))

    assert "จัดทำแผนปี 2568 จากแผนปี 2567 แล้ว" in told.words
    page = coordinator.get("/plans/2568")
    assert "ร่าง · ฉบับที่ 1 · 7 มาตรการใน 7 ประเด็น" in page.words
    assert "กำหนด จ. 31 มี.ค. 2568" in page.words


def test_so_is_an_empty_plan(coordinator: Browser, cast: Cast) -> None:
    [_copy, empty] = [form for form in coordinator.get("/plans/2568").forms if form.action == "/plans/2568/start"]

    page = coordinator.follow(coordinator.submit(empty))

    assert "ร่าง · ฉบับที่ 1 · ยังไม่มีมาตรการ" in page.words
    assert page.links["เพิ่มมาตรการ ประเด็นที่ 1"] == "/plans/2568/measures/new?area=1"


def test_the_second_press_gets_the_first_answer(coordinator: Browser, cast: Cast) -> None:
    [_copy, empty] = [form for form in coordinator.get("/plans/2568").forms if form.action == "/plans/2568/start"]

    first, second = coordinator.submit(empty), coordinator.submit(empty)

    assert first.goes_to == second.goes_to == "/plans/2568"


def test_who_comes_second_is_told(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/plans/2568/start").forms[-1]
    a_plan(cast.agency, year=2568)

    assert "ปี 2568 มีแผนแล้ว" in coordinator.submit(form, 409).words


def test_among_several_years_one_is_chosen(coordinator: Browser, cast: Cast) -> None:
    a_plan(cast.agency, year=2566, measures=3)

    page = coordinator.get("/plans/2568/start")

    [copy, _empty] = [form for form in page.forms if form.action == "/plans/2568/start"]
    assert copy.fields["source"] == ["2567"]
    assert "แผนปี 2566 · 3 มาตรการ" in page.words
    coordinator.submit(copy, source="2566")
    plan = plan_of(cast.agency, 2568)
    assert plan
    assert (len(plan.measures), plan.state) == (3, PlanState.DRAFT)


def test_the_year_before_is_offered_first(coordinator: Browser, cast: Cast) -> None:
    a_plan(cast.agency, year=2565, measures=3)

    [copy, _empty] = [form for form in coordinator.get("/plans/2566").forms if form.action == "/plans/2566/start"]

    assert copy.fields["source"] == ["2565"]


def test_the_first_year_of_all_begins_with_a_document(browser: Browser, cast: Cast) -> None:
    plan = cast.strange_task.measure.plan
    db.session.delete(cast.strange_task)
    db.session.commit()
    db.session.delete(plan)
    db.session.commit()
    browser.sign_in(cast.stranger)

    page = browser.get("/plans/2567")

    assert [link.get("href") for link in page.of_class("btn-primary")] == ["/plans/2567/import"]
    assert "คัดลอก" not in page.words


def test_years_that_have_a_plan_or_are_far_away_are_not_begun(coordinator: Browser) -> None:
    assert coordinator.get("/plans/2567/start", 302).goes_to == "/plans/2567"
    coordinator.get("/plans/2569/start", 404)
    coordinator.post("/plans/2569/start", {"form_key": "once-and-only"}, 404)


def test_others_are_told_to_wait(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    page = browser.get("/plans/2568")

    assert "เมื่อผู้ประสานงาน ITA เริ่มแผนของปีนี้" in page.words
    assert buttons(page).count("เริ่มแผนเปล่า") == 0


def test_the_page_costs_the_same_for_many_years(coordinator: Browser, cast: Cast) -> None:
    costs = []
    for years in ((), (2561, 2562, 2563, 2564, 2565)):
        for year in years:
            a_plan(cast.agency, year=year, measures=2)
        with counted_statements() as statements:
            coordinator.get("/plans/2568/start")
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 12
