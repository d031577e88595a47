"""การแจ้งเตือน: what a person was told, and what of it is unread."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ReportVersion
from ita_flow.models.tasks import Task
from tests.browser import Browser
from tests.factories import NOW, Cast, a_chase, a_decision, a_report, an_acting_order
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

ADDRESS = "/notifications"
YESTERDAY = NOW - timedelta(days=1)
"""Past at whatever hour the tests run; this morning may be still to come."""


def a_notice(
    to: User,
    kind: NoticeKind = NoticeKind.ASSIGNED,
    task: Task | None = None,
    version: ReportVersion | None = None,
    order: int | None = None,
    at: datetime = NOW,
) -> Notice:
    key = f"{kind}:{to.id}:{task and task.id}:{order}:{at.isoformat()}"
    notice = Notice(agency_id=to.agency_id, key=key, kind=kind, recipient_id=to.id, at=at)
    notice.task_id, notice.acting_order_id = task.id if task else None, order
    notice.report_version_id = version.id if version else None
    db.session.add(notice)
    db.session.commit()
    return notice


def bell(browser: Browser) -> str:
    (bell,) = browser.get(ADDRESS).of_class("bell")
    return " ".join("".join(bell.itertext()).split())


def test_what_was_told_stands_newest_first_with_a_link_to_it(browser: Browser, cast: Cast) -> None:
    a_notice(cast.officer, task=cast.task, at=NOW - timedelta(days=2))
    a_chase(cast.officer, cast.task, cast.coordinator, ChaseReason.DUE_SOON)
    browser.sign_in(cast.officer)

    page = browser.get(ADDRESS)

    newest, oldest = ("".join(row.itertext()) for row in next(iter(page.of_class("rows"))).iter("li"))
    assert f"{cast.coordinator.name} ขอให้รายงานความก้าวหน้า เพราะใกล้ครบกำหนด" in newest
    assert "ท่านได้รับมอบหมายให้รับผิดชอบมาตรการนี้" in oldest
    assert page.links[cast.task.measure.title] == f"/tasks/{cast.task.id}"


def test_a_return_shows_its_reason_and_who_gave_it(browser: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    a_decision(report.versions[0], DecisionKind.RETURN, by=cast.head, comment="ขอแนบคำสั่งฉบับลงนาม")
    a_notice(cast.officer, NoticeKind.RETURNED, cast.task, report.versions[0])
    browser.sign_in(cast.officer)

    page = browser.get(ADDRESS)

    assert "ส่งรายงานครั้งที่ 1 กลับให้แก้ไข" in page.words
    assert "ขอแนบคำสั่งฉบับลงนาม" in page.words
    assert page.links[cast.task.measure.title] == f"/tasks/{cast.task.id}/reports/1"


def test_an_approval_that_was_taken_back_says_so(browser: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    a_notice(cast.officer, NoticeKind.APPROVED, cast.task, report.versions[0])
    browser.sign_in(cast.officer)

    assert "ผู้พิจารณาย้อนผลการพิจารณานี้แล้ว" in browser.get(ADDRESS).words


@pytest.mark.parametrize(("name", "words"), [("other_head", "ท่านรักษาราชการแทน"), ("head", "รักษาราชการแทนท่าน")])
def test_acting_is_told_to_both_sides(browser: Browser, cast: Cast, name: str, words: str) -> None:
    order = an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    a_notice(getattr(cast, name), NoticeKind.ACTING_STARTS, order=order.id)
    browser.sign_in(getattr(cast, name))

    page = browser.get(ADDRESS)

    assert words in page.words
    assert f"/admin/acting/{order.id}" in page.links.values()


def test_nobody_sees_what_others_were_told(browser: Browser, cast: Cast) -> None:
    a_notice(cast.officer, task=cast.task)
    browser.sign_in(cast.colleague)

    assert "ยังไม่มีการแจ้งเตือน" in browser.get(ADDRESS).words
    assert bell(browser) == "การแจ้งเตือน"


def test_the_bell_counts_what_is_unread_and_stops_when_it_is_read(browser: Browser, cast: Cast) -> None:
    a_notice(cast.officer, task=cast.task, at=YESTERDAY)
    a_chase(cast.officer, cast.task, cast.coordinator, ChaseReason.SILENT, at=YESTERDAY)
    browser.sign_in(cast.officer)
    assert bell(browser) == "การแจ้งเตือน2เรื่องยังไม่อ่าน"

    page = browser.follow(browser.submit(browser.get(ADDRESS).form("/notifications/reading")))

    assert bell(browser) == "การแจ้งเตือน"
    assert "อ่านแล้วทุกเรื่อง" in page.words


def test_what_came_while_the_page_lay_open_stays_unread(browser: Browser, cast: Cast) -> None:
    a_notice(cast.officer, task=cast.task, at=YESTERDAY)
    browser.sign_in(cast.officer)
    form = browser.get(ADDRESS).form("/notifications/reading")
    a_chase(cast.officer, cast.task, cast.coordinator, ChaseReason.SILENT)

    browser.submit(form)

    assert bell(browser) == "การแจ้งเตือน1เรื่องยังไม่อ่าน"


def test_nothing_is_marked_by_looking(browser: Browser, cast: Cast) -> None:
    a_notice(cast.officer, task=cast.task)
    browser.sign_in(cast.officer)

    browser.get(ADDRESS)

    assert bell(browser) == "การแจ้งเตือน1เรื่องยังไม่อ่าน"


def test_nobody_reads_ahead_of_time(browser: Browser, cast: Cast) -> None:
    a_notice(cast.officer, task=cast.task, at=NOW - timedelta(hours=1))
    browser.sign_in(cast.officer)
    form = browser.get(ADDRESS).form("/notifications/reading")

    browser.submit(form, until="2600-01-01T00:00:00+00:00")

    assert cast.officer.notices_read_at is not None
    assert cast.officer.notices_read_at.year < 2600


@pytest.mark.parametrize("until", ["", "x", "2024-03-18T01:00:00"])
def test_a_moment_that_is_none_is_refused(browser: Browser, cast: Cast, until: str) -> None:
    a_notice(cast.officer, task=cast.task)
    browser.sign_in(cast.officer)
    form = browser.get(ADDRESS).form("/notifications/reading")

    browser.submit(form, 400, until=until)

    assert cast.officer.notices_read_at is None


def test_a_long_list_comes_in_pages_and_the_bell_stops_at_99(browser: Browser, cast: Cast) -> None:
    for number in range(101):
        db.session.add(
            Notice(
                agency_id=cast.agency.id,
                key=f"many:{number}",
                kind=NoticeKind.ASSIGNED,
                recipient_id=cast.officer.id,
                task_id=cast.task.id,
                at=NOW - timedelta(minutes=number),
            )
        )
    db.session.commit()
    browser.sign_in(cast.officer)

    page = browser.get(f"{ADDRESS}?page=9")

    assert bell(browser) == "การแจ้งเตือน99+เรื่องยังไม่อ่าน"
    assert "หน้า 4 จาก 4" in page.words
    assert len(list(next(iter(page.of_class("rows"))).iter("li"))) == 11


@pytest.mark.parametrize("how_many", [1, 20])
def test_the_page_costs_the_same_for_one_and_for_twenty(browser: Browser, cast: Cast, how_many: int) -> None:
    report = a_report(cast.task, cast.officer)
    order = an_acting_order(cast.officer, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    for number in range(how_many):
        at = NOW - timedelta(minutes=number)
        a_notice(cast.officer, task=cast.task, at=at)
        a_notice(cast.officer, NoticeKind.APPROVED, cast.task, report.versions[0], at=at)
        a_notice(cast.officer, NoticeKind.ACTING_STARTS, order=order.id, at=at)
    a_chase(cast.officer, cast.task, cast.coordinator, ChaseReason.SILENT, at=NOW + timedelta(minutes=1))
    browser.sign_in(cast.officer)

    with counted_statements() as statements:
        browser.get(ADDRESS)

    assert len(statements) == 10, "\n".join(statements)
