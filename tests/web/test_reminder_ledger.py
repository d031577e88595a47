"""The page of the ledger: what went out, what is to come, the mail itself, and why somebody got none."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.extensions import db
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.outbox import OutboxMessage
from ita_flow.workflow.reminders import plan_reminders
from tests.browser import Browser, Page
from tests.factories import NOW, T7, TODAY, Cast, a_task, one_commit, reminder_rules
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

LEDGER = "/admin/reminders/ledger"
IN_13_DAYS = Rule(Trigger.BEFORE_DUE, 13)
"""Speaks of the task of the cast today."""


@pytest.fixture
def office(cast: Cast) -> Cast:
    reminder_rules(cast.agency, IN_13_DAYS, T7)
    return cast


def promised(office: Cast) -> OutboxMessage:
    with transaction():
        plan_reminders(office.agency, TODAY, at=NOW, now=NOW)
    return db.session.scalars(sa.select(OutboxMessage)).one()


def sent(office: Cast) -> OutboxMessage:
    mail = promised(office)
    deliver(DemoCarrier(), lambda: NOW + timedelta(minutes=1), lambda: NOW)
    return mail


def read(browser: Browser, office: Cast, address: str = LEDGER, status: int = 200, **asked: Any) -> Page:
    browser.sign_in(office.coordinator)
    return browser.get(address, status, query_string=asked)


def rows_of(page: Page) -> list[str]:
    return [" ".join("".join(row.itertext()).split()) for row in list(page.tree.iter("tr"))[1:]]


def test_it_shows_what_was_sent_and_what_is_to_come_the_latest_first(browser: Browser, office: Cast) -> None:
    mail = sent(office)

    page = read(browser, office)

    coming, gone = rows_of(page)
    assert coming.startswith("ศ. 22 มี.ค. 2567")
    assert "รอส่ง" in coming
    assert gone.startswith("จ. 18 มี.ค. 2567")
    assert "ส่งแล้ว" in gone
    assert "ก่อนครบกำหนด 13 วัน" in gone
    assert f"{LEDGER}/mails/{mail.id}" in page.links.values()


def test_the_past_and_the_coming_days_are_a_press_away_for_whom_it_is_narrowed_to(
    browser: Browser, office: Cast
) -> None:
    sent(office)
    page = read(browser, office, person=office.officer.id)

    past, coming = browser.get(page.links["30 วันที่ผ่านมา"]), browser.get(page.links["14 วันข้างหน้า"])

    assert [row[:17] for row in rows_of(past)] == ["จ. 18 มี.ค. 2567 "]
    assert [row[:17] for row in rows_of(coming)] == ["ศ. 22 มี.ค. 2567 ", "จ. 18 มี.ค. 2567 "]
    assert all(
        f"person={office.officer.id}" in address for address in (page.links["30 วันที่ผ่านมา"], page.links["14 วันข้างหน้า"])
    )


def test_it_is_narrowed_by_person_task_days_and_state(browser: Browser, office: Cast) -> None:
    sent(office)
    between: dict[str, Any] = {"from": "19 มี.ค. 2567", "to": "30 มี.ค. 2567"}

    assert len(rows_of(read(browser, office, person=office.officer.id))) == 2
    assert rows_of(read(browser, office, person=office.chief.id)) == []
    assert rows_of(read(browser, office, task=office.other_task.id)) == []
    assert len(rows_of(read(browser, office, state="sent"))) == 1
    assert len(rows_of(read(browser, office, **between))) == 1


def test_what_cannot_be_read_is_left_out_and_told(browser: Browser, office: Cast) -> None:
    sent(office)
    since: dict[str, Any] = {"from": "เมื่อวาน"}

    page = read(browser, office, person=office.stranger.id, task="x", state="gone", **since)

    assert len(rows_of(page)) == 2
    assert "ไม่ได้กรองตาม “ตั้งแต่วันที่” และ “บุคลากร” และ “มาตรการ” และ “สถานะ”" in page.words


def test_a_sent_mail_is_read_as_its_reader_saw_it(browser: Browser, office: Cast) -> None:
    mail = sent(office)

    page = read(browser, office, f"{LEDGER}/mails/{mail.id}")
    frame = browser.get(f"{LEDGER}/mails/{mail.id}/frame")

    assert page.heading == mail.subject
    assert office.task.measure.title in page.words
    assert frame.text.partition("<body")[2] == (mail.html or "").partition("<body")[2]
    assert frame.response.headers["Content-Security-Policy"].startswith("sandbox ")


def test_a_mail_that_waits_is_shown_as_it_would_go_out_now(browser: Browser, office: Cast) -> None:
    mail = promised(office)

    page = read(browser, office, f"{LEDGER}/mails/{mail.id}")

    assert "ข้อความหากส่งขณะนี้" in page.words
    assert office.task.measure.title in page.words
    assert office.task.measure.title in browser.get(f"{LEDGER}/mails/{mail.id}/frame").text


def test_why_is_answered_in_sentences(browser: Browser, office: Cast) -> None:
    mail = sent(office)

    form = read(browser, office, person=office.officer.id).form(f"{LEDGER}/why")
    page = browser.submit(form, 200, day="18 มี.ค. 2567")

    assert "จ. 18 มี.ค. 2567 เจ้าหน้าที่ ฝ่ายประชาสัมพันธ์ ได้รับอีเมล" in page.words
    assert "ส่งถึง officer@example.go.th เมื่อ 18 มี.ค. 2567 09:00 น." in page.words
    assert page.links["อ่านอีเมล"] == f"{LEDGER}/mails/{mail.id}"


def test_an_answer_leads_to_where_it_is_mended_whoever_may_go_there(browser: Browser, office: Cast) -> None:
    asked: dict[str, Any] = {"person": office.colleague.id, "task": office.task.id, "day": "18 มี.ค. 2567"}

    page = read(browser, office, f"{LEDGER}/why", **asked)
    browser.sign_in(office.auditor)
    read_only = browser.get(f"{LEDGER}/why", query_string=asked)

    assert f"ผู้ที่ระบบแจ้งคือ {office.officer.name}" in page.words
    assert page.links["มอบหมายเจ้าหน้าที่"] == "/plans/2567/assign"
    assert "มอบหมายเจ้าหน้าที่" not in read_only.links


def test_a_question_without_a_person_or_a_day_says_what_is_missing(browser: Browser, office: Cast) -> None:
    nobody = read(browser, office, f"{LEDGER}/why", status=422, day="18 มี.ค. 2567")
    no_day = read(browser, office, f"{LEDGER}/why", status=422, person=office.officer.id)
    unreadable = read(browser, office, f"{LEDGER}/why", status=422, person=office.officer.id, day="วันก่อน")
    too_far = read(browser, office, f"{LEDGER}/why", status=422, person=office.officer.id, day="1 ม.ค. 2580")

    assert nobody.errors == ["เลือกบุคลากรที่ต้องการทราบ"]
    assert no_day.errors == ["กรอกวันที่ต้องการทราบ เช่น 15 มี.ค. 2567"]
    assert unreadable.errors == ["อ่านวันที่ “วันก่อน” ไม่ได้ เขียนเป็น 15 มี.ค. 2567 หรือ 15/3/2567"]
    assert unreadable.form(f"{LEDGER}/why").fields["day"] == ["วันก่อน"]
    assert too_far.errors == ["ตอบได้ไม่เกิน 400 วันก่อนหรือหลังวันนี้ กรอกวันที่ใกล้กว่านี้"]


def test_the_same_rows_are_a_file(browser: Browser, office: Cast) -> None:
    office.officer.name = "=1+1"
    db.session.commit()
    sent(office)

    browser.sign_in(office.auditor)
    answer = browser.get(f"{LEDGER}/export.csv", query_string={"state": "sent"})

    [line] = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert line["ผู้รับ"] == "'=1+1"
    assert (line["วันที่ส่ง (ค.ศ.)"], line["รหัสสถานะ"]) == ("2024-03-18", "sent")
    assert line["มาตรการ"] == office.task.measure.title


def test_before_the_first_mail_it_says_what_will_stand_here(browser: Browser, cast: Cast) -> None:
    assert "ยังไม่มีอีเมลแจ้งเตือน" in read(browser, cast).words


def test_an_auditor_finds_it_in_the_menu_and_a_coordinator_on_three_pages(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.auditor)
    assert browser.get("/home").links["อีเมลแจ้งเตือน"] == LEDGER

    browser.sign_in(cast.coordinator)
    assert LEDGER in browser.get("/admin").links.values()
    assert f"{LEDGER}?person={cast.officer.id}" in browser.get(f"/admin/people/{cast.officer.id}").links.values()
    assert f"{LEDGER}?task={cast.task.id}" in browser.get(f"/tasks/{cast.task.id}").links.values()


@pytest.mark.parametrize("tasks", [1, 5])
def test_the_page_costs_the_same_for_any_number_of_mails(browser: Browser, office: Cast, tasks: int) -> None:
    with one_commit():
        for _number in range(tasks):
            a_task(section=office.section, officers=[office.colleague], due_on=office.task.due_on)
    browser.sign_in(office.coordinator)
    browser.get(LEDGER)

    with counted_statements() as statements:
        browser.get(LEDGER)

    assert len(statements) <= 24
