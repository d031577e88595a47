"""Asking after what is late in three presses, by mouse and by keyboard, and the pages under axe."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.clock import real_now
from ita_flow.extensions import db
from ita_flow.models.chases import Chase
from tests.e2e.hand import Hand
from tests.e2e.test_accessibility import PHONE, WIDE, violations_on
from tests.e2e.test_walk import sign_in
from tests.factories import Cast
from tests.served import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
def late(cast: Cast) -> str:
    """Both tasks of the office are long overdue; the coordinator's address."""
    cast.task.due_on = cast.other_task.due_on = bangkok_day(real_now()).replace(day=1, month=1)
    email = cast.coordinator.email
    db.session.commit()
    return email


def asked() -> int:
    count = db.session.scalars(sa.select(sa.func.count()).select_from(Chase)).one()
    db.session.rollback()
    return count


def test_three_presses_ask_after_all_that_is_late(page: Page, settings: Settings, late: str) -> None:
    found: list[str] = []
    with served(settings) as server:
        sign_in(page, server, late)
        hand = Hand(page)

        hand.follow(page.get_by_role("link", name="ติดตาม", exact=True).first)
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)
            found += violations_on(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        hand.link("เลือกทั้งหมด (2)")
        hand.button("ส่งอีเมลเตือน")

        expect(page.get_by_role("heading", level=1)).to_have_text("ส่งอีเมลเตือน 2 ฉบับ")
        found += violations_on(page)
        assert hand.presses == 3

    assert found == []
    assert asked() == 2


def test_the_keyboard_is_enough(page: Page, settings: Settings, late: str) -> None:
    with served(settings) as server:
        sign_in(page, server, late)

        for role, name in (("link", "ติดตาม"), ("link", "เลือกทั้งหมด (2)"), ("button", "ส่งอีเมลเตือน")):
            tab_to(page, role, name)
            page.keyboard.press("Enter")
            page.wait_for_load_state()

        expect(page.get_by_role("heading", level=1)).to_have_text("ส่งอีเมลเตือน 2 ฉบับ")

    assert asked() == 2


def tab_to(page: Page, role: str, name: str) -> None:
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no way by keyboard to {name}")


def test_the_text_for_line_is_copied_and_that_is_told(page: Page, settings: Settings, late: str) -> None:
    with served(settings) as server:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
        sign_in(page, server, late)
        page.goto(server.address + "/chase?year=2567")
        page.get_by_text("ข้อความสำหรับไลน์", exact=True).click()

        page.get_by_role("button", name="คัดลอกข้อความสำหรับไลน์").click()

        expect(page.get_by_text("คัดลอกแล้ว")).to_be_visible()
        assert "ต้องเร่งรัด 2 งาน" in page.evaluate("navigator.clipboard.readText()")
