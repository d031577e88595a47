"""The outbox of a demo: read on a page, and only in a demo."""

from __future__ import annotations

import pytest

from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from tests.browser import Browser
from tests.factories import NOW, TODAY, Cast


@pytest.fixture
def reader(browser: Browser, cast: Cast) -> Browser:
    cast.agency.is_demo = True
    db.session.commit()
    browser.sign_in(cast.auditor)
    return browser


def a_message(cast: Cast, number: int, state: MessageState = MessageState.SENT) -> OutboxMessage:
    is_sent = state is MessageState.SENT
    message = OutboxMessage(
        agency_id=cast.agency.id,
        key=f"reminder:{number}",
        kind=MessageKind.REMINDER,
        recipient=cast.officer,
        speaks_on=TODAY,
        message_id=f"<{number}@example.go.th>",
        state=state,
        next_attempt_at=NOW,
        created_at=NOW,
        sent_at=NOW if is_sent else None,
        sent_to=cast.officer.email if is_sent else None,
        subject=f"[ITA] ฉบับที่ {number}" if is_sent else None,
        text="เรียน ท่านผู้รับผิดชอบ\n<b>ไม่ใช่ตัวหนา</b>" if is_sent else None,
    )
    db.session.add(message)
    db.session.commit()
    return message


def test_the_newest_mail_stands_first(reader: Browser, cast: Cast) -> None:
    a_message(cast, 1)
    a_message(cast, 2)

    page = reader.get("/demo/outbox")

    assert ["".join(heading.itertext()) for heading in page.tree.iter("h2")] == ["[ITA] ฉบับที่ 2", "[ITA] ฉบับที่ 1"]
    assert f"ถึง {cast.officer.name} {cast.officer.email} · ส่งเมื่อ 18 มี.ค. 2567 09:00 น." in page.words
    assert "<b>ไม่ใช่ตัวหนา</b>" in page.words


def test_a_mail_that_waits_says_so(reader: Browser, cast: Cast) -> None:
    a_message(cast, 1, state=MessageState.PENDING)

    assert "ระบบจะจัดทำอีเมลฉบับนี้เมื่อถึงเวลาส่ง" in reader.get("/demo/outbox").words


def test_an_empty_outbox_says_when_mails_come(reader: Browser) -> None:
    assert "ยังไม่มีอีเมล" in reader.get("/demo/outbox").words


def test_outside_a_demo_there_is_no_such_page(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)

    browser.get("/demo/outbox", 404)
