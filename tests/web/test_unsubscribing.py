"""Having fewer mails by a link in one: looking changes nothing, a press does, and mail programs may press too."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from ita_flow.domain.notices import MailOption
from ita_flow.extensions import db
from ita_flow.mail.unsubscribing import token_of
from ita_flow.models.people import User
from ita_flow.queries.mail_choices import declined_by
from tests.browser import Browser
from tests.factories import Cast
from tests.record import events_about

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
WEEKLY, AWAITING = MailOption.WEEKLY, MailOption.AWAITING

pytestmark = pytest.mark.usefixtures("today")


def link_of(person: User, *options: MailOption) -> str:
    return f"/unsubscribe/{token_of(person.id, options)}"


@pytest.fixture
def link(cast: Cast) -> str:
    return link_of(cast.director, WEEKLY, AWAITING)


def pressed_by_a_mail_program(app: Flask, link: str) -> TestResponse:
    """As RFC 8058 has it: no cookie, no token of ours, from the site of the mail program."""
    headers = {"Origin": "https://mail.example.com", "Sec-Fetch-Site": "cross-site"}
    return app.test_client().post(link, data=ONE_CLICK, headers=headers)


def test_looking_tells_what_would_come_less_often_and_changes_nothing(browser: Browser, cast: Cast, link: str) -> None:
    page = browser.get(link)

    assert "เรื่องรอพิจารณารับเฉพาะวันทำการแรกของสัปดาห์" in page.words
    assert "สรุปประจำสัปดาห์ไม่รับ" in page.words
    assert not declined_by(cast.director)


def test_a_press_does_it_and_says_how_to_take_it_back(browser: Browser, cast: Cast, link: str) -> None:
    page = browser.follow(browser.submit(browser.get(link).form()))

    assert declined_by(cast.director) == {WEEKLY, AWAITING}
    assert page.heading == "บันทึกการรับอีเมลแล้ว"
    assert page.links["เปิดหน้าอีเมลแจ้งเตือนของฉัน"] == "/account/notifications"
    assert [form.action for form in page.forms] == ["/language"]


def test_a_mail_program_is_answered_at_once(app: Flask, cast: Cast, link: str) -> None:
    answer = pressed_by_a_mail_program(app, link)

    assert answer.status_code == 200
    assert declined_by(cast.director) == {WEEKLY, AWAITING}


def test_the_second_press_changes_nothing(app: Flask, cast: Cast, link: str) -> None:
    pressed_by_a_mail_program(app, link)

    answer = pressed_by_a_mail_program(app, link)

    assert answer.status_code == 200
    assert len(events_about(f"user:{cast.director.id}")) == 1


def test_the_record_says_that_the_person_did_it(app: Flask, cast: Cast, link: str) -> None:
    pressed_by_a_mail_program(app, link)

    (event,) = events_about(f"user:{cast.director.id}")
    assert (event["action"], event["actor"]) == ("mail.chosen", f"user:{cast.director.id}")


def test_a_link_of_another_agency_changes_its_own_person_only(app: Flask, cast: Cast) -> None:
    pressed_by_a_mail_program(app, link_of(cast.stranger, WEEKLY))

    assert declined_by(cast.stranger) == {WEEKLY}
    assert not declined_by(cast.coordinator)


def test_whoever_is_signed_in_the_link_speaks_of_its_reader(browser: Browser, cast: Cast, link: str) -> None:
    browser.sign_in(cast.officer)

    browser.submit(browser.get(link).form())

    assert declined_by(cast.director) == {WEEKLY, AWAITING}
    assert not declined_by(cast.officer)


def test_the_link_opens_nothing_else(browser: Browser, link: str) -> None:
    browser.submit(browser.get(link).form())

    assert browser.get("/account/notifications", 302).goes_to == "/sign-in?next=/account/notifications"


def test_a_closed_account_is_told_that_no_mail_comes(app: Flask, browser: Browser, cast: Cast, link: str) -> None:
    cast.director.is_active = False
    db.session.commit()

    answer = pressed_by_a_mail_program(app, link)

    assert answer.status_code == 200
    assert browser.get(link).heading == "ไม่มีอีเมลส่งถึงท่านแล้ว"
    assert not declined_by(cast.director)


@pytest.mark.parametrize("token", ["x", "WzcsWyJ3ZWVrbHkiXV0.AAAA", "%00", "ก"])
def test_a_link_that_is_not_ours_is_answered_by_what_to_do(browser: Browser, token: str) -> None:
    page = browser.get(f"/unsubscribe/{token}", 404)

    assert page.heading == "ลิงก์นี้ใช้ไม่ได้"
    assert "โปรดเปิดจากอีเมลอีกครั้ง" in page.words
    assert browser.client.post(f"/unsubscribe/{token}", data=ONE_CLICK).status_code == 404


def test_a_link_of_somebody_who_is_not_there_is_answered_alike(browser: Browser) -> None:
    assert browser.get(f"/unsubscribe/{token_of(999_999, [WEEKLY])}", 404).heading == "ลิงก์นี้ใช้ไม่ได้"
