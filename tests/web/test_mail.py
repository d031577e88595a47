"""The page about mail: which server, what waits, and a letter to oneself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.clock import real_now
from ita_flow.extensions import db
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.audit import AuditEvent
from ita_flow.models.outbox import Failure, MessageKind, MessageState, OutboxMessage
from ita_flow.wording.mail import FAILURES, KINDS
from tests.browser import Browser, Page
from tests.factories import NOW, TODAY, Cast, a_mail, one_commit
from tests.statements import counted_statements

YESTERDAY = TODAY - timedelta(days=1)

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def admin(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.administrator)
    return browser


@pytest.fixture
def with_server(app: Flask) -> None:
    set_up(app, smtp_url="smtp://ita:a%20secret@mail.example.go.th:587")


def set_up(app: Flask, **settings: object) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], **settings)


def press(admin: Browser) -> Page:
    return admin.follow(admin.submit(admin.get("/admin/mail").form("/admin/mail/test")))


def settled(**values: object) -> None:
    """The one mail in the outbox, as a delivery would have left it."""
    db.session.execute(sa.update(OutboxMessage).values(**values))
    db.session.commit()


def test_without_a_server_it_says_what_to_set(admin: Browser) -> None:
    page = admin.get("/admin/mail")

    assert "ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล" in page.words
    assert "ITA_FLOW_SMTP_URL" in page.words
    assert "ส่งอีเมลทดสอบถึงฉัน" not in page.words


@pytest.mark.usefixtures("with_server")
def test_the_server_is_named_without_its_password(admin: Browser) -> None:
    page = admin.get("/admin/mail")

    assert "mail.example.go.th:587" in page.words
    assert "secret" not in page.text


def test_a_setting_that_cannot_be_used_is_told(admin: Browser, app: Flask) -> None:
    set_up(app, smtp_url="mail.example.go.th")

    page = admin.get("/admin/mail")

    assert "การตั้งค่าเซิร์ฟเวอร์อีเมลไม่ถูกต้อง" in page.words


@pytest.mark.usefixtures("with_server")
def test_a_press_promises_a_mail_to_oneself(admin: Browser, cast: Cast) -> None:
    page = press(admin)

    [message] = db.session.scalars(sa.select(OutboxMessage))
    assert (message.kind, message.recipient_id) == (MessageKind.TEST, cast.administrator.id)
    assert "อีเมลทดสอบรอส่ง" in page.words
    assert "อีเมลที่รอส่ง 1" in page.words


@pytest.mark.usefixtures("with_server")
def test_what_was_sent_is_told_with_its_moment(admin: Browser, cast: Cast) -> None:
    press(admin)
    deliver(DemoCarrier(), now=lambda: NOW, at=lambda: NOW)
    settled(state=MessageState.SENT, sent_at=NOW, sent_to=cast.administrator.email, text="…")

    assert f"ส่งอีเมลทดสอบถึง {cast.administrator.email} แล้วเมื่อ 18 มี.ค. 2567 09:00 น." in admin.get("/admin/mail").words


@pytest.mark.usefixtures("with_server")
def test_a_server_that_does_not_answer_is_quoted_while_it_is_tried_again(admin: Browser) -> None:
    press(admin)
    settled(last_error="ConnectionRefusedError: <nobody>")

    page = admin.get("/admin/mail")

    assert "ยังส่งอีเมลทดสอบไม่ได้ ระบบจะลองส่งใหม่เอง" in page.words
    assert page.words.count("ConnectionRefusedError: <nobody>") == 2


@pytest.mark.usefixtures("with_server")
def test_a_mail_refused_for_good_is_quoted(admin: Browser) -> None:
    press(admin)
    settled(state=MessageState.DEAD, last_error="550 relaying denied")

    page = admin.get("/admin/mail")

    assert "ส่งอีเมลทดสอบไม่ได้ เซิร์ฟเวอร์แจ้งว่า 550 relaying denied" in page.words
    assert "อีเมลที่ส่งไม่ได้ 1" in page.words


def test_a_demo_says_that_nothing_leaves_the_house(admin: Browser, app: Flask) -> None:
    set_up(app, is_demo=True)

    page = admin.get("/admin/mail")

    assert "ระบบสาธิตไม่ส่งอีเมลออกภายนอก" in page.words
    assert "ส่งอีเมลทดสอบถึงฉัน" in page.words


@pytest.mark.usefixtures("with_server")
def test_the_mails_of_another_agency_are_not_counted(admin: Browser, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.stranger)
    browser.post("/admin/mail/test", {"form_key": "once-and-only"})
    settled(last_error="451 try again")
    browser.sign_in(cast.administrator)

    page = browser.get("/admin/mail")

    assert "ไม่มีอีเมลที่รอส่ง" in page.words
    assert "451" not in page.words


def test_when_all_is_well_nothing_is_listed(admin: Browser) -> None:
    page = admin.get("/admin/mail")

    assert "ไม่มีอีเมลที่ส่งไม่ได้" in page.words
    assert "ไม่มีอีเมลที่รอส่ง" in page.words
    assert "ที่อยู่อีเมลที่ส่งไม่ถึง" not in page.words


def test_a_dead_mail_is_told_with_who_what_when_and_why(admin: Browser, cast: Cast) -> None:
    a_mail(cast.officer, MessageState.DEAD, Failure.TRY_LATER, real_now(), last_error="452 full", speaks_on=YESTERDAY)

    page = admin.get("/admin/mail")

    assert cast.officer.name in page.words
    assert "อีเมลทดสอบ17 มี.ค. 2567" in page.words
    assert re.search(r"18 มี\.ค\. 2567 \d\d:\d\d น\.", page.words)
    assert "เซิร์ฟเวอร์ปลายทางยังไม่รับในขณะนั้น452 full" in page.words


def test_a_dead_mail_is_sent_again_by_one_press(admin: Browser, cast: Cast) -> None:
    message_id = a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED).id

    page = admin.follow(admin.submit(admin.get("/admin/mail").form(f"/admin/mail/{message_id}/again")))

    assert "ระบบจะส่งอีเมลฉบับนี้อีกครั้ง" in page.words
    assert db.session.get_one(OutboxMessage, message_id).state is MessageState.PENDING
    assert "mail.resent" in db.session.scalars(sa.select(AuditEvent.body).order_by(AuditEvent.seq.desc())).first()  # type: ignore[operator]


def test_what_is_no_longer_true_says_so_instead_of_going(admin: Browser, cast: Cast) -> None:
    message = a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED)
    form = admin.get("/admin/mail").form(f"/admin/mail/{message.id}/again")
    cast.officer.is_active = False
    db.session.commit()

    page = admin.submit(form, 422)

    assert page.errors == ["เรื่องในอีเมลฉบับนี้ไม่เป็นปัจจุบันแล้ว จึงไม่ต้องส่งอีก"]
    assert db.session.get_one(OutboxMessage, message.id).state is MessageState.DEAD


def test_an_address_that_takes_no_mail_is_told_wherever_the_person_is(admin: Browser, cast: Cast) -> None:
    a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED, last_error="550 no such person")

    for address in ("/admin/mail", f"/admin/people/{cast.officer.id}"):
        assert "550 no such person" in admin.get(address).words
    assert "อีเมลส่งไม่ถึง" in admin.get("/admin/people").words
    assert admin.get("/admin/mail").links["แก้ไขที่อยู่อีเมล ของ " + cast.officer.name].endswith(f"/{cast.officer.id}")


def test_the_home_of_the_coordinator_counts_the_people_whom_no_mail_reaches(browser: Browser, cast: Cast) -> None:
    for person in (cast.officer, cast.colleague):
        a_mail(person, MessageState.DEAD, Failure.REFUSED)

    browser.sign_in(cast.coordinator)
    home = browser.get("/home")
    browser.sign_in(cast.officer)

    assert "ส่งอีเมลไม่ถึงบุคลากร 2 คน" in home.words
    assert home.links["ดูรายชื่อ"] == "/admin/mail#failing"
    assert "ส่งอีเมลไม่ถึง" not in browser.get("/home").words


def test_many_mails_are_paged_and_cost_no_more_statements(admin: Browser, cast: Cast) -> None:
    with one_commit():
        for number in range(45):
            a_mail(cast.officer, MessageState.DEAD, Failure.REFUSED, last_error=f"550 refusal {number}.")
            a_mail(cast.colleague)

    with counted_statements() as statements:
        page = admin.get("/admin/mail?page=3")

    assert len(statements) <= 12, "\n".join(statements)
    assert "หน้า 3 จาก 3" in page.words
    assert "550 refusal 0." in page.words
    assert "และอีก 35 ฉบับ" in page.words


def test_every_kind_of_mail_and_of_failure_has_words() -> None:
    assert {kind.value for kind in MessageKind} == set(KINDS)
    assert {failure.value for failure in Failure} == set(FAILURES)
