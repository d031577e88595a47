"""A director finds who has what, and hands it over: on a desk and on a phone, and nobody is kept out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.extensions import db
from tests.e2e.hand import Hand
from tests.e2e.test_walk import sign_in
from tests.factories import Cast, a_task
from tests.served import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

SIZES = [pytest.param(1280, 900, marks=pytest.mark.long), (360, 740)]


def look(page: Page) -> None:
    """Axe finds nothing, and nothing stands beyond the right edge."""
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']} at {one['nodes'][0]['target']}" for one in found] == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_director_hands_over_everything_of_an_officer(
    page: Page, settings: Settings, cast: Cast, width: int, height: int
) -> None:
    second = a_task(section=cast.section, officers=[cast.officer])
    division, officer, colleague = cast.division.id, cast.officer.name, cast.colleague.name
    director, task, other = cast.director.email, cast.task, second
    page.set_viewport_size({"width": width, "height": height})
    hand = Hand(page)
    db.session.rollback()

    with served(settings) as server:
        sign_in(page, server, director)
        page.goto(f"{server.address}/dashboard/divisions/{division}?year=2567")
        look(page)
        hand.link(f"ส่งมอบงาน {officer}")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"ส่งมอบงานของ {officer}")
        hand.button("ส่งมอบงาน")
        expect(page.get_by_role("alert")).to_contain_text("เลือกว่าจะมอบงานทั้งหมดให้ใคร")
        look(page)
        page.get_by_label("มอบงานทั้งหมดให้").select_option(label=colleague)
        hand.button("ส่งมอบงาน")
        confirm = page.get_by_role("button", name="ยืนยันและบันทึก")
        expect(confirm.or_(page.get_by_text("ส่งมอบงานแล้ว 2 งาน")).first).to_be_visible()
        look(page)
        if confirm.count():
            hand.button("ยืนยันและบันทึก")
        expect(page.get_by_role("status").first).to_contain_text("ส่งมอบงานแล้ว 2 งาน")
        look(page)

    db.session.expire_all()
    assert [one.name for one in (*task.officers, *other.officers)] == [colleague, colleague]
