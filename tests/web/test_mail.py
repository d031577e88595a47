"""The page about mail: which server, what waits, and a letter to oneself."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.extensions import db
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from tests.browser import Browser, Page
from tests.factories import NOW, Cast

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
    assert "รอส่ง1 ฉบับ" in page.words


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
    assert "ส่งไม่ได้1 ฉบับ" in page.words


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

    assert "รอส่ง0 ฉบับ" in page.words
    assert "451" not in page.words
