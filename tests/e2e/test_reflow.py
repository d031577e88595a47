"""Pages on the narrowest screens, with letters set wider, on paper, in colours of one's own, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, expect

from ita_flow.config import Settings
from ita_flow.extensions import db
from tests.e2e.every_page import come_in, every_page, more_states, visit
from tests.factories import Cast
from tests.served import served
from tests.web.office import Office, an_office

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

NARROW = ViewportSize(width=320, height=256)
"""What is left of a screen of 1280 by 1024 dots at 400 %."""

WIDER_LETTERS = """
() => {
  const wider = new CSSStyleSheet();
  wider.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [wider];
}
"""
"""What WCAG 1.4.12 lets people ask for."""

TOO_WIDE = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => !one.closest("[tabindex='0'], .visually-hidden"))
  .map((one) => one.tagName + "." + one.getAttribute("class")).slice(0, 3)
"""
"""What stands out beyond the screen, but for what scrolls in a region that has a name and takes the focus."""

COVERED = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => ["sticky", "fixed"].includes(getComputedStyle(one).position))
  .filter((one) => one.getBoundingClientRect().height > innerHeight / 2)
  .map((one) => one.className)
"""
"""What stays in place and takes more than half of the screen."""

MOST_SHEETS = 6
"""A year of seven measures, however much is said of it."""

NOT_FOR_PAPER = ".top, .nav-wide, .nav-phone, .foot, .skip, .actionbar, main .btn"


@pytest.fixture
def office(app: Flask, cast: Cast) -> Office:
    return an_office(app, cast)


@pytest.fixture
def plain_page(chromium_browser: Browser) -> Iterator[Page]:
    """A window that runs no script."""
    context = chromium_browser.new_context(locale="th-TH", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_no_page_scrolls_sideways_at_400_per_cent(
    page: Page, settings: Settings, office: Office, cast: Cast, every: int
) -> None:
    visits, found = every_page(office, more_states(cast))[::every], list[str]()
    page.set_viewport_size(NARROW)

    with served(settings) as server:
        for seen in visit(page, server, office, visits):
            found += [f"{seen.address} is covered by {name}" for name in page.evaluate(COVERED)]
            found += [f"{seen.address} is too wide: {name}" for name in _too_wide(page)]
            page.evaluate(WIDER_LETTERS)
            found += [f"{seen.address} is too wide with wider letters: {name}" for name in _too_wide(page)]

    assert "\n".join(found) == ""


def _too_wide(page: Page) -> Sequence[str]:
    """Nothing, or what makes the page wider than the screen."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return page.evaluate(TOO_WIDE) or ["the page"]


@pytest.mark.parametrize("address", ["/dashboard?year=2567", "/tasks?year=2567", "/plans/2567", "/tasks/{task}"])
def test_paper_bears_the_content_alone(page: Page, settings: Settings, office: Office, address: str) -> None:
    with served(settings) as server:
        come_in(page, server, office, "coordinator")
        page.goto(server.address + address.format(task=office.value("task")))
        page.emulate_media(media="print")

        expect(page.locator("main h1")).to_be_visible()
        assert [one.inner_text() for one in page.locator(NOT_FOR_PAPER).all() if one.is_visible()] == []
        assert _sheets(page.pdf(format="A4")) <= MOST_SHEETS


def _sheets(paper: bytes) -> int:
    found = re.search(rb"/Type\s*/Pages\s*/Count\s+(\d+)", paper)
    assert found
    return int(found[1])


def test_states_are_told_apart_in_colours_of_ones_own(page: Page, settings: Settings, office: Office) -> None:
    with served(settings) as server:
        come_in(page, server, office, "coordinator")
        page.emulate_media(forced_colors="active")
        page.goto(server.address + "/dashboard?year=2567")

        states = [state for state in page.locator("main :is(.state, .chip)").all() if state.is_visible()]
        assert states
        assert all(state.inner_text().strip() for state in states)
        assert {state.evaluate("one => getComputedStyle(one).borderTopStyle") for state in states} == {"solid"}
        expect(page.locator("main .segbar").first).to_have_css("outline-style", "solid")


def test_nothing_moves_for_those_who_ask_for_stillness(page: Page, settings: Settings, office: Office) -> None:
    with served(settings) as server:
        come_in(page, server, office, "coordinator")
        page.emulate_media(reduced_motion="reduce")
        page.goto(server.address + "/tasks?year=2567")

        moving = (
            "[...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration !== '0s')"
        )
        assert page.evaluate(f"{moving}.map((one) => one.className)") == []


def test_a_report_is_written_and_approved_without_scripts(
    plain_page: Page, settings: Settings, office: Office, cast: Cast
) -> None:
    task, title = cast.other_task.id, cast.other_task.measure.title
    db.session.rollback()
    with served(settings) as server:
        come_in(plain_page, server, office, "other_officer")
        plain_page.goto(f"{server.address}/tasks/{task}/update")
        plain_page.get_by_label("กำลังดำเนินการ").check()
        plain_page.get_by_label("สิ่งที่ได้ทำ").fill("ประชุมคณะทำงานแล้ว")
        plain_page.get_by_role("button", name="บันทึกและส่งพิจารณา").click()
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("รายงานครั้งที่ 1")

        come_in(plain_page, server, office, "other_head")
        plain_page.goto(f"{server.address}/approvals")
        plain_page.get_by_role("button", name=f"เห็นชอบ {title}").click()
        expect(plain_page.get_by_role("status").first).to_contain_text("เห็นชอบแล้ว")


def test_the_late_are_found_and_asked_without_scripts(plain_page: Page, settings: Settings, office: Office) -> None:
    with served(settings) as server:
        come_in(plain_page, server, office, "coordinator")
        plain_page.goto(f"{server.address}/tasks?year=2567")
        plain_page.get_by_label("กำหนด", exact=True).select_option(label="เกินกำหนด")
        plain_page.get_by_role("button", name="กรอง").click()
        assert "deadline=overdue" in plain_page.url

        plain_page.goto(f"{server.address}/chase?year=2567")
        plain_page.get_by_role("link", name="เลือกทั้งหมด").click()
        plain_page.get_by_role("button", name="ส่งอีเมลเตือน").click()
        expect(plain_page.get_by_role("heading", level=1)).to_contain_text("ส่งอีเมลเตือน 2 ฉบับ")
