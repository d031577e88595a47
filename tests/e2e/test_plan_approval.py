"""A plan from its draft to the agency's site, by four people, given back once on the way; and the pages under axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from ita_flow.config import Settings
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.plans import Plan
from ita_flow.workflow.plan_editing import settle
from tests.e2e.hand import Hand
from tests.e2e.test_accessibility import PHONE, WIDE, violations_on
from tests.e2e.test_walk import sign_in
from tests.factories import Cast, a_task
from tests.served import Server, served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

PLAN = "แผนมาตรการ ปีงบประมาณ 2567"
REASON = "ขอให้ระบุข้อจำกัดด้านงบประมาณ"
LINK = "https://www.example.go.th/ita/2567"


@pytest.fixture
def people(cast: Cast) -> dict[str, str]:
    """Who takes part, by their addresses; the plan is a draft that lacks nothing."""
    plan = cast.task.measure.plan
    for measure in plan.measures:
        if measure not in (cast.task.measure, cast.other_task.measure):
            a_task(measure, section=cast.section, officers=[cast.officer])
    plan.state, plan.approved_at = PlanState.DRAFT, None
    settle(plan)
    parts = ("coordinator", "chief", "executive")
    addresses = {part: str(getattr(cast, part).email) for part in parts}
    db.session.commit()
    return addresses


def state_of_the_plan(year: int = 2567) -> tuple[PlanState, str | None]:
    plan = db.session.query(Plan).filter_by(year=year).order_by(Plan.id).first()
    assert plan
    db.session.refresh(plan)
    found = plan.state, plan.published_link
    db.session.rollback()
    return found


def test_a_plan_is_given_back_proposed_again_approved_and_published(
    page: Page, settings: Settings, people: dict[str, str]
) -> None:
    with served(settings) as server:
        browser = page.context.browser
        assert browser
        hands = {part: Hand(page if part == "coordinator" else _window(browser)) for part in people}
        for part, address in people.items():
            sign_in(hands[part].page, server, address)
        coordinator, chief, executive = hands["coordinator"], hands["chief"], hands["executive"]

        propose(coordinator, server)
        found = look(coordinator.page)
        decide(chief, server, "เห็นชอบ")
        found += give_back(executive, server)
        coordinator.page.goto(f"{server.address}/plans/2567")
        expect(coordinator.page.get_by_text(REASON)).to_be_visible()

        propose(coordinator, server)
        decide(chief, server, "เห็นชอบ")
        decide(executive, server, "อนุมัติ")
        coordinator.page.goto(f"{server.address}/plans/2567")
        coordinator.link("เผยแพร่แผน")
        found += look(coordinator.page)
        coordinator.fill("ลิงก์ของแผนบนเว็บไซต์หน่วยงาน", LINK)
        coordinator.button("บันทึกการเผยแพร่")
        expect(coordinator.page.get_by_role("link", name="ดูแผนบนเว็บไซต์ของหน่วยงาน")).to_have_attribute("href", LINK)
        for hand in (chief, executive):
            hand.page.context.close()

    assert found == []
    assert state_of_the_plan() == (PlanState.PUBLISHED, LINK)


def _window(browser: Browser) -> Page:
    return browser.new_context(locale="th-TH", viewport=WIDE).new_page()


def look(page: Page) -> list[str]:
    """What axe finds on the page, on a wide screen and on a phone; nothing reaches out of its window."""
    found: list[str] = []
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        found += violations_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    return found


def propose(hand: Hand, server: Server) -> None:
    hand.page.goto(f"{server.address}/plans/2567")
    hand.link("เสนอแผนเพื่อพิจารณา")
    hand.button("เสนอแผนเพื่อพิจารณา")
    expect(hand.page.get_by_text("รอปลัดพิจารณา")).to_be_visible()


def open_the_plan(hand: Hand, server: Server) -> None:
    hand.page.goto(f"{server.address}/approvals")
    hand.follow(hand.page.get_by_role("link", name=PLAN, exact=True).first)


def decide(hand: Hand, server: Server, verb: str) -> None:
    open_the_plan(hand, server)
    hand.follow(hand.page.get_by_role("button", name=verb, exact=True))
    expect(hand.page.get_by_text(f"{verb}แล้ว", exact=True)).to_be_visible()


def give_back(hand: Hand, server: Server) -> list[str]:
    """Without a reason at first; what axe finds on the page that says so."""
    open_the_plan(hand, server)
    hand.press(hand.page.get_by_text("ส่งกลับแก้ไข", exact=True))
    hand.button("ส่งกลับให้")
    expect(hand.page.get_by_text("กรอกเหตุผลที่ส่งกลับ")).to_be_visible()
    found = look(hand.page)
    hand.fill("เหตุผลที่ส่งกลับ", REASON)
    hand.button("ส่งกลับให้")
    expect(hand.page.get_by_text("ส่งกลับแก้ไขแล้ว", exact=True)).to_be_visible()
    return found
