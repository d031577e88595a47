"""Two windows: what changes in one is told in the other before somebody decides there, and no typed word is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from ita_flow.config import Settings
from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.extensions import db
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.workflow import progress_reports
from tests.e2e.test_accessibility import PHONE, WIDE, violations_on
from tests.e2e.test_walk import sign_in
from tests.factories import Cast, a_report, a_task, one_commit
from tests.served import Server, served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

HALF_A_MINUTE = 31_000
REASON = "ขอแนบคำสั่งฉบับลงนาม"


@dataclass(frozen=True)
class Desk:
    """Two reports of one officer that wait for the head of the section."""

    head: str
    officer: str
    officer_name: str
    task: int
    title: str
    reports: Sequence[int]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    officer, task = cast.officer, cast.task
    with one_commit():
        tasks = [task, a_task(section=cast.section, officers=[officer])]
        ids = [a_report(one, officer).id for one in tasks]
    desk = Desk(cast.head.email, officer.email, officer.name, task.id, task.measure.title, ids)
    db.session.rollback()
    return desk


@pytest.fixture
def head(page: Page) -> Page:
    """The window of the head, in which time is ours."""
    page.clock.install()
    return page


@pytest.fixture
def other_window(chromium_browser: Browser) -> Iterator[Page]:
    context = chromium_browser.new_context(locale="th-TH", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def open_queue(page: Page, server: Server, email: str) -> None:
    sign_in(page, server, email)
    page.goto(server.address + "/approvals")


def take_back(page: Page, server: Server, desk: Desk) -> None:
    sign_in(page, server, desk.officer)
    page.goto(f"{server.address}/tasks/{desk.task}/reports/1")
    page.get_by_role("button", name="ดึงกลับ").click()


def withdraw(report_id: int) -> None:
    with transaction():
        report = db.session.get_one(ProgressReport, report_id)
        progress_reports.withdraw(report, 1, actor=report.authors[0], at=real_now())
    db.session.rollback()


def test_the_head_is_told_of_a_withdrawal_before_pressing(
    head: Page, other_window: Page, settings: Settings, desk: Desk
) -> None:
    with served(settings) as server:
        open_queue(head, server, desk.head)
        card = head.locator(f"#report-{desk.reports[0]}")
        card.get_by_text("ส่งกลับแก้ไข").first.click()
        card.get_by_label("ระบุสิ่งที่ต้องแก้ไข").fill(REASON)
        take_back(other_window, server, desk)

        head.clock.fast_forward(HALF_A_MINUTE)

        told = head.locator(".stale li")
        expect(told).to_contain_text(f"{desk.title}: {desk.officer_name} ดึงกลับรายงานครั้งที่ 1 เมื่อ")
        approve = card.get_by_role("button", name="เห็นชอบ")
        expect(approve).to_have_attribute("aria-disabled", "true")
        approve.click(force=True)
        expect(head).to_have_url(server.address + "/approvals")
        expect(card.get_by_label("ระบุสิ่งที่ต้องแก้ไข")).to_have_value(REASON)
        other_card = head.locator(f"#report-{desk.reports[1]}").get_by_role("button", name="เห็นชอบ")
        expect(other_card).not_to_have_attribute("aria-disabled", "true")
        for size in (PHONE, WIDE):
            head.set_viewport_size(size)
            assert violations_on(head) == []
            assert head.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_what_was_typed_is_still_there_after_loading_anew(head: Page, settings: Settings, desk: Desk) -> None:
    with served(settings) as server:
        open_queue(head, server, desk.head)
        for report in desk.reports:
            card = head.locator(f"#report-{report}")
            card.get_by_text("ส่งกลับแก้ไข").first.click()
            card.get_by_label("ระบุสิ่งที่ต้องแก้ไข").fill(f"{REASON} {report}")
        withdraw(desk.reports[0])
        head.clock.fast_forward(HALF_A_MINUTE)

        head.get_by_role("link", name="โหลดหน้านี้ใหม่").click()

        stays = head.locator(f"#report-{desk.reports[1]}").get_by_label("ระบุสิ่งที่ต้องแก้ไข")
        expect(stays).to_have_value(f"{REASON} {desk.reports[1]}")
        expect(head.locator(f"#report-{desk.reports[0]}")).to_have_count(0)
        expect(head.get_by_text(f"{REASON} {desk.reports[0]}")).to_be_visible()


def test_who_was_signed_out_is_told_while_the_text_is_still_there(head: Page, settings: Settings, desk: Desk) -> None:
    with served(settings) as server:
        open_queue(head, server, desk.head)
        card = head.locator(f"#report-{desk.reports[0]}")
        card.get_by_text("ส่งกลับแก้ไข").first.click()
        card.get_by_label("ระบุสิ่งที่ต้องแก้ไข").fill(REASON)
        head.context.clear_cookies()

        head.clock.fast_forward(HALF_A_MINUTE)

        expect(head.locator(".stale li")).to_contain_text("หมดเวลาใช้งานแล้ว")
        expect(card.get_by_label("ระบุสิ่งที่ต้องแก้ไข")).to_have_value(REASON)


def test_without_scripts_the_server_refuses_what_was_taken_back(
    chromium_browser: Browser, settings: Settings, desk: Desk
) -> None:
    with served(settings) as server:
        context = chromium_browser.new_context(locale="th-TH", java_script_enabled=False)
        page = context.new_page()
        open_queue(page, server, desk.head)
        withdraw(desk.reports[0])

        page.locator(f"#report-{desk.reports[0]}").get_by_role("button", name="เห็นชอบ").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("ข้อมูลเปลี่ยนไปแล้ว")
        context.close()
