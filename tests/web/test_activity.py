"""The record as an auditor reads it: who did what, in whose seat, and what was otherwise before."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.deeds import BEGINNINGS, DeedKind
from ita_flow.domain.permissions import Role, Seat
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.queries.activity import A_PAGE
from ita_flow.wording.activity import DEEDS
from ita_flow.workflow import audit
from ita_flow.workflow.approvals import approve, return_for_revision
from tests.browser import Browser, Page
from tests.factories import NOW, Cast, a_report, a_user, an_acting_order
from tests.record import events_about
from tests.source import modules
from tests.statements import counted_statements
from tests.workflow.test_audit import past_the_guards

pytestmark = pytest.mark.usefixtures("today")

FIRST = Seen(version=1, seat_number=1)
TEXT, ACTION = re.compile(r'"([^"\n]*)"'), re.compile(r"[a-z_]+\.[a-z_]+")


def recorded(cast: Cast, events: int = 1, subject: str = "", **after: str | int) -> None:
    with transaction():
        for _ in range(events):
            subject = subject or f"task:{cast.task.id}"
            audit.record("task.edited", cast.agency.id, subject, at=NOW, actor=cast.coordinator, after=after)


def returned(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    with transaction():
        return_for_revision(report, FIRST, comment="ขอภาพใหม่", actor=cast.head, at=NOW)


def read_by_auditor(browser: Browser, cast: Cast, **asked: str | int) -> Page:
    browser.sign_in(cast.auditor)
    return browser.get("/activity", query_string=asked)


def rows_of(page: Page) -> int:
    return len(list(page.tree.iter("tr"))) - 1


def test_an_auditor_finds_it_in_the_menu_and_a_coordinator_in_the_settings(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.auditor)
    assert browser.get("/home").links["บันทึกการเปลี่ยนแปลง"] == "/activity"

    browser.sign_in(cast.coordinator)
    assert "บันทึกการเปลี่ยนแปลง" not in browser.get("/tasks").links
    assert browser.get("/admin").links["บันทึกการเปลี่ยนแปลง"] == "/activity"


def test_a_decision_tells_who_in_which_post_and_what_changed(browser: Browser, cast: Cast) -> None:
    returned(cast)

    page = read_by_auditor(browser, cast)

    assert "หัวหน้า ฝ่ายประชาสัมพันธ์หัวหน้าฝ่ายประชาสัมพันธ์" in page.words
    assert "ส่งกลับแก้ไขรายงาน" in page.words
    assert "สถานะ รอพิจารณา →เปลี่ยนเป็น ส่งกลับแก้ไข" in page.words
    assert "ความเห็น ขอภาพใหม่" in page.words
    assert f"/tasks/{cast.task.id}/reports/1" in page.links.values()


def test_who_acted_for_another_is_shown_with_both_posts_and_the_order(browser: Browser, cast: Cast) -> None:
    substitute = a_user(cast.agency, "สมชาย แทนดี", role=Role.COORDINATOR, post="นักวิเคราะห์นโยบายและแผน")
    an_acting_order(substitute, Seat.SECTION_HEAD, cast.section, holder=cast.head, order_no="๙/2567")
    report = a_report(cast.task, cast.officer)
    with transaction():
        approve(report, FIRST, actor=substitute, at=NOW)

    page = read_by_auditor(browser, cast, kind="decisions")

    assert "สมชาย แทนดีนักวิเคราะห์นโยบายและแผน" in page.words
    assert "รักษาราชการแทนหัวหน้าฝ่ายประชาสัมพันธ์ (หัวหน้า ฝ่ายประชาสัมพันธ์) ตามคำสั่งที่ ๙/2567" in page.words


def test_what_nothing_stands_in_says_so(browser: Browser, cast: Cast) -> None:
    assert "ยังไม่มีการเปลี่ยนแปลงในระบบ" in read_by_auditor(browser, cast).words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "decisions"}, 1),
        ({"kind": "tasks"}, 1),
        ({"kind": "mail"}, 0),
        ({"q": "ภาพใหม่"}, 1),
        ({"q": '"'}, 0),
        ({"q": "100%"}, 0),
        ({"measure": 2}, 2),
        ({"measure": 5}, 0),
        ({"from": "18 มี.ค. 2567", "to": "18/3/2567"}, 2),
        ({"from": "2567-03-19"}, 0),
        ({"to": "17 มี.ค. 2567"}, 0),
    ],
)
def test_it_is_narrowed_to_what_is_asked_for(
    browser: Browser, cast: Cast, asked: dict[str, str | int], found: int
) -> None:
    returned(cast)
    recorded(cast)

    page = read_by_auditor(browser, cast, **asked)

    assert max(0, rows_of(page)) == found
    assert ("ไม่พบรายการที่ตรงกับตัวกรอง" in page.words) == (found == 0)


def test_it_is_narrowed_to_one_person(browser: Browser, cast: Cast) -> None:
    returned(cast)
    recorded(cast)

    assert rows_of(read_by_auditor(browser, cast, person=cast.head.id)) == 1


def test_what_cannot_be_read_of_the_address_is_told(browser: Browser, cast: Cast) -> None:
    recorded(cast)

    page = read_by_auditor(browser, cast, **{"from": "เมื่อวาน", "kind": "gossip", "measure": "x", "person": "999999"})

    assert "ไม่ได้กรองตาม “ตั้งแต่วันที่” และ “ประเภท” และ “มาตรการที่” และ “ผู้ดำเนินการ”" in page.words


def test_another_agency_is_not_read(browser: Browser, cast: Cast) -> None:
    recorded(cast)
    browser.sign_in(cast.stranger)

    assert "ยังไม่มีการเปลี่ยนแปลงในระบบ" in browser.get("/activity").words
    assert browser.get("/activity/export.csv").text.count("\n") == 1


def test_pages_follow_one_another_without_a_gap(browser: Browser, cast: Cast) -> None:
    recorded(cast, A_PAGE + 3)

    first = read_by_auditor(browser, cast, kind="tasks")
    second = browser.get("/activity" + first.links["รายการก่อนหน้านี้"].removeprefix("/activity"))

    assert (rows_of(first), rows_of(second)) == (A_PAGE, 3)
    assert "ลำดับที่ 4" in first.words
    assert "ลำดับที่ 3" in second.words
    assert second.links["กลับไปรายการล่าสุด"] == "/activity?kind=tasks"


@pytest.mark.parametrize("how_many", [1, A_PAGE])
def test_the_page_costs_the_same_for_one_row_and_for_fifty(browser: Browser, cast: Cast, how_many: int) -> None:
    returned(cast)
    recorded(cast, how_many)
    browser.sign_in(cast.auditor)

    with counted_statements() as statements:
        browser.get("/activity")

    assert len(statements) <= 12, "\n".join(statements)


def test_an_event_that_somebody_made_unreadable_does_not_close_the_page(browser: Browser, cast: Cast) -> None:
    recorded(cast, 2)
    with past_the_guards():
        db.session.execute(sa.text("UPDATE audit_events SET body = 'x' WHERE seq = 1"))

    page = read_by_auditor(browser, cast)

    assert "อ่านรายการนี้ไม่ได้" in page.words
    assert rows_of(page) == 2


HOSTILE = (
    {"actor": "user:²"},
    {"actor": f"user:{'9' * 30}"},
    {"actor": f"user:{'9' * 5000}"},
    {"at": "9999-12-31T23:59:59+00:00"},
    {"object": "user:x"},
    {"object": f"user:{'9' * 20}"},
    {"after": {"order_no": ["1"], "seat_title": {"a": 1}, "on_behalf_of": [1], "acting": {"a": 1}}},
    {"after": {"own_post": ["a"], "seats": ["a b"], "passed": ["a"], "starts_on": 5, "content": 5, "unit": {}}},
    {"action": "record.checked", "after": {"whole": False}},
    {"action": "record.checked", "after": {"whole": True, "events": "many"}},
    {"action": "record.checked", "after": {"events": 1, "seq": 1, "reason": "a", "row": "a:1", "differs": ["a", []]}},
)
"""What somebody who owns the database may have put into an event so that nobody reads the record any more."""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_stands_in_an_event_closes_the_page_or_the_file(
    browser: Browser, cast: Cast, hostile: dict[str, Any]
) -> None:
    about = f"record:{cast.agency.id}" if "action" in hostile else hostile.get("object", f"task:{cast.task.id}")
    recorded(cast, subject=about)
    event = {**events_about(about)[0], **hostile}
    with past_the_guards():
        db.session.execute(sa.update(AuditEvent).values(body=audit.canonical(event)))
    browser.sign_in(cast.coordinator)

    assert rows_of(browser.get("/activity")) == 1
    assert len(list(csv.reader(io.StringIO(browser.get("/activity/export.csv").text)))) == 2


def test_the_file_holds_every_row_that_was_asked_for_and_no_formula(browser: Browser, cast: Cast) -> None:
    recorded(cast, 3, title="=1+1")
    returned(cast)
    browser.sign_in(cast.auditor)

    answer = browser.get("/activity/export.csv", query_string={"kind": "tasks"})

    rows = list(csv.DictReader(io.StringIO(answer.response.data.decode("utf-8-sig"))))
    assert [row["ลำดับ"] for row in rows] == ["3", "2", "1"]
    assert rows[0]["วันเวลา (ค.ศ.)"] == "2024-03-18T09:00:00+07:00"
    assert rows[0]["วันที่ (พ.ศ.)"] == "18 มีนาคม 2567"
    assert rows[0]["หลัง"] == "ชื่อ: =1+1"
    name = answer.response.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=\"activity 2024-03-18.csv\"; filename*=UTF-8''%E0%B8%9A")
    assert name.isascii(), "a server cannot send it otherwise"
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]


@pytest.mark.parametrize("how_many", [1, 1_200])
def test_the_file_costs_a_handful_of_statements_for_each_thousand_rows(
    browser: Browser, cast: Cast, how_many: int
) -> None:
    recorded(cast, how_many)
    browser.sign_in(cast.auditor)

    with counted_statements() as statements:
        answer = browser.get("/activity/export.csv")

    assert answer.response.data.count(b"task.edited") == how_many
    assert len(statements) <= 12, "\n".join(statements)


def test_a_look_at_the_whole_record_is_kept_and_shown(browser: Browser, cast: Cast) -> None:
    recorded(cast, 2)
    page = read_by_auditor(browser, cast)

    seen = browser.follow(browser.submit(page.form("/activity/check")))

    assert "ตรวจแล้วครบถ้วน 2 รายการ ถึงลำดับที่ 2 เมื่อ 18 มี.ค. 2567" in seen.words
    assert events_about(f"record:{cast.agency.id}")[0]["actor"] == f"user:{cast.auditor.id}"


def test_a_row_that_was_altered_is_named(browser: Browser, cast: Cast) -> None:
    returned(cast)  # the report itself was never recorded: it was put in past the deeds
    page = read_by_auditor(browser, cast)

    seen = browser.follow(browser.submit(page.form("/activity/check")))

    assert "พบข้อมูลที่ไม่ตรงกับบันทึก ฉบับที่ส่งเลขที่ 1: มีข้อมูลที่ไม่มีในบันทึก" in seen.words
    assert "ตรวจแล้วครบถ้วน" not in browser.get("/activity").words


def test_a_record_without_its_end_is_told_although_nothing_can_be_written(browser: Browser, cast: Cast) -> None:
    recorded(cast, 2)
    with past_the_guards():
        db.session.execute(sa.text("DELETE FROM audit_heads"))
    page = read_by_auditor(browser, cast)

    seen = browser.follow(browser.submit(page.form("/activity/check")))

    assert "ไม่พบรหัสตรวจสอบท้ายบันทึก" in seen.words


def test_the_same_press_twice_looks_once(browser: Browser, cast: Cast) -> None:
    recorded(cast)
    form = read_by_auditor(browser, cast).form("/activity/check")

    for _ in range(2):
        browser.submit(form)

    assert len(events_about(f"record:{cast.agency.id}")) == 1


def test_every_deed_that_the_program_records_has_words_and_a_kind() -> None:
    named = {
        text
        for module in modules()
        if "/workflow/" in module.path.as_posix()
        for text in TEXT.findall(module.text)
        if ACTION.fullmatch(text)
    }
    reports = {
        f"progress_report.{deed}" for deed in ("approved", "returned", "saved", "submitted", "withdrawn", "undone")
    }

    assert named | reports <= DEEDS.keys()
    beginnings = tuple(beginning for kind in DeedKind for beginning in BEGINNINGS[kind])
    assert [action for action in DEEDS if not action.startswith(beginnings)] == []


def test_the_day_of_an_event_is_a_day_in_bangkok(browser: Browser, cast: Cast) -> None:
    with transaction():
        late = NOW.replace(hour=18)  # one o'clock at night of the 19th in Bangkok
        audit.record("task.edited", cast.agency.id, f"task:{cast.task.id}", at=late, actor=None)

    assert rows_of(read_by_auditor(browser, cast, **{"from": "19 มี.ค. 2567"})) == 1
