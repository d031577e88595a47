"""Ten approvals in four presses: what is ready goes through at once, what changed meanwhile is told by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.database import transaction
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.clock import real_now
from ita_flow.extensions import db
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.workflow import progress_reports
from tests.e2e.hand import Hand
from tests.e2e.test_accessibility import PHONE, WIDE, violations_on
from tests.e2e.test_walk import sign_in
from tests.factories import Cast, a_report, a_task, one_commit
from tests.served import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

READY = 10


@dataclass(frozen=True)
class Desk:
    """What lies before the section head: the reports that are ready, and the two that should be opened first."""

    head: str
    ready: Sequence[int]
    titles: Sequence[str]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """A plan of twelve measures given to one section, each reported as done."""
    with one_commit():
        reports = [a_report(a_task(section=cast.section, officers=[cast.officer]), cast.officer) for _ in range(READY)]
        a_report(a_task(section=cast.section), cast.officer, evidence=())
        a_report(a_task(section=cast.section), cast.officer, obstacles="ยังไม่ได้รับงบประมาณ")
    desk = Desk(cast.head.email, [report.id for report in reports], [report.task.measure.title for report in reports])
    db.session.rollback()
    return desk


def withdraw(report_id: int) -> None:
    """The officer takes the report back, in another window."""
    with transaction():
        report = db.session.get_one(ProgressReport, report_id)
        progress_reports.withdraw(report, 1, actor=report.authors[0], at=real_now())
    db.session.rollback()


def approved() -> set[int]:
    chosen = sa.select(Decision).where(Decision.kind == DecisionKind.APPROVE)
    found = {decision.report_version.report_id for decision in db.session.scalars(chosen)}
    db.session.rollback()
    return found


def look(page: Page) -> list[str]:
    """The page under axe, on a phone and wide; nothing on it may be wider than the screen."""
    found = []
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        found += violations_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url
    return found


def test_ten_ready_reports_are_approved_in_four_presses(page: Page, settings: Settings, desk: Desk) -> None:
    with served(settings) as server:
        sign_in(page, server, desk.head)
        hand = Hand(page)

        hand.link("พิจารณา")
        hand.link(f"เลือกที่พร้อมทั้งหมด ({READY})")
        hand.button("เห็นชอบที่เลือก")
        hand.button(f"ยืนยันเห็นชอบ {READY} รายการ")

        expect(page.get_by_role("status")).to_contain_text(f"เห็นชอบแล้ว {READY} รายการ")
        expect(page.get_by_role("heading", level=1)).to_have_text("รอท่านพิจารณา 2 รายการ")
        assert hand.presses == 4

    assert approved() == set(desk.ready)


def test_what_was_taken_back_meanwhile_is_told_by_its_name_and_the_rest_goes_through(
    page: Page, settings: Settings, desk: Desk
) -> None:
    with served(settings) as server:
        sign_in(page, server, desk.head)
        hand, found = Hand(page), list[str]()

        hand.link("พิจารณา")
        hand.link(f"เลือกที่พร้อมทั้งหมด ({READY})")
        expect(page.get_by_text("อีก 2 รายการควรเปิดดูก่อน")).to_be_visible()
        found += look(page)
        hand.button("เห็นชอบที่เลือก")
        found += look(page)
        withdraw(desk.ready[3])
        hand.button(f"ยืนยันเห็นชอบ {READY} รายการ")

        expect(page.get_by_role("heading", level=1)).to_have_text("เห็นชอบแล้ว 9 รายการ อีก 1 รายการยังไม่สำเร็จ")
        (left_over,) = page.locator("main .rows > li").all_inner_texts()
        assert desk.titles[3] in left_over
        found += look(page)

    assert found == []
    assert approved() == set(desk.ready) - {desk.ready[3]}
