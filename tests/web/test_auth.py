"""The way in and out: sign-in, sessions, links, and where people are sent afterwards."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.extensions import db
from ita_flow.models.accounts import FailedSignIn, SignIn
from ita_flow.web.addresses import own_path
from ita_flow.workflow import accounts
from tests.browser import Browser
from tests.factories import PASSWORD, Cast
from tests.workflow.test_accounts import hashes_compared

NEW_PASSWORD = "กระเป๋าสีเขียวใต้ต้นมะขาม"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_the_right_password_leads_home(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in_by_form(cast.officer.email)

    assert page.goes_to == "/home"
    assert cast.officer.name in browser.get("/home").words


def test_capitals_and_spaces_around_an_address_do_not_matter(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in_by_form(f" {cast.officer.email.upper()} ")

    assert page.goes_to == "/home"


def test_signing_in_leads_to_the_page_that_was_asked_for(browser: Browser, cast: Cast) -> None:
    asked = browser.get(f"/tasks/{cast.task.id}?from=mail", 302)
    form = browser.follow(asked).form()

    page = browser.submit(form, email=cast.officer.email, password=PASSWORD)

    assert page.goes_to == f"/tasks/{cast.task.id}?from=mail"


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in_by_form(cast.officer.email, "not my password", status=422)

    assert page.errors == ["อีเมลหรือรหัสผ่านไม่ถูกต้อง ตรวจสอบแล้วลองอีกครั้ง"]
    assert page.form().fields["email"] == [cast.officer.email]
    assert page.form().fields["password"] == [""]


def test_nobody_learns_who_has_an_account(browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same status, same words, same work: the hash is computed for unknown addresses too."""
    computed = hashes_compared(monkeypatch)
    known, unknown = cast.officer.email, "nobody99@example.go.th"

    pages = {email: browser.sign_in_by_form(email, "not my password", status=422) for email in (known, unknown)}

    assert pages[known].words == pages[unknown].words
    assert pages[known].errors == pages[unknown].errors
    assert set(pages[known].response.headers.keys()) == set(pages[unknown].response.headers.keys())
    assert len(computed) == 2


@pytest.mark.parametrize("email", ["officer@example.go.th", "nobody@example.go.th"])
def test_too_many_tries_say_how_long_to_wait(browser: Browser, cast: Cast, email: str) -> None:
    for _try in range(5):
        browser.sign_in_by_form(email, "not my password", status=422)

    page = browser.sign_in_by_form(email, status=422)

    assert "โปรดรอ 1 นาที" in page.errors[0]


def test_after_the_wait_the_right_password_works(browser: Browser, cast: Cast) -> None:
    with time_machine.travel(real_now(), tick=False) as clock:
        for _try in range(5):
            browser.sign_in_by_form(cast.officer.email, "not my password", status=422)
        clock.shift(MINUTE)

        browser.sign_in_by_form(cast.officer.email)

    assert db.session.scalars(sa.select(FailedSignIn)).all() == []


def test_an_empty_form_names_what_is_missing(browser: Browser) -> None:
    page = browser.sign_in_by_form("", "", status=422)

    assert page.errors == ["กรอกอีเมล", "กรอกรหัสผ่าน"]


def test_a_session_brought_along_is_not_the_one_that_is_begun(browser: Browser, cast: Cast) -> None:
    """Fixation: what an attacker planted in the browser is worth nothing after signing in."""
    browser.sign_in(cast.stranger)
    planted, token = _session_value(browser, "_user_id"), browser.csrf_token()

    browser.sign_in_by_form(cast.officer.email)

    assert _session_value(browser, "_user_id") != planted
    assert cast.officer.name in browser.get("/home").words
    assert browser.client.post("/sign-out", data={"csrf_token": token}).status_code == 400


def test_signing_out_ends_the_session_itself(app: Flask, browser: Browser, cast: Cast) -> None:
    browser.sign_in_by_form(cast.officer.email)
    stolen = _session_value(browser, "_user_id")

    browser.post("/sign-out")

    thief = Browser(app)
    _plant(thief, stolen)
    thief.get("/home", 302)
    browser.get("/home", 302)


def test_signing_out_leaves_other_devices_alone(app: Flask, browser: Browser, cast: Cast) -> None:
    elsewhere = Browser(app)
    for device in (browser, elsewhere):
        device.sign_in_by_form(cast.officer.email)

    browser.post("/sign-out")

    elsewhere.get("/home")


def test_a_person_who_is_switched_off_is_out_at_once(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    cast.officer.is_active = False
    db.session.commit()

    browser.get("/home", 302)


@pytest.mark.parametrize(("idle", "status"), [(29 * MINUTE, 200), (31 * MINUTE, 302)])
def test_half_an_hour_of_idleness_ends_a_session(browser: Browser, cast: Cast, idle: timedelta, status: int) -> None:
    with time_machine.travel(real_now(), tick=False) as clock:
        browser.sign_in_by_form(cast.officer.email)
        clock.shift(idle)

        browser.get("/home", status)


def test_twelve_hours_end_a_session_that_is_never_idle(browser: Browser, cast: Cast) -> None:
    with time_machine.travel(real_now(), tick=False) as clock:
        browser.sign_in_by_form(cast.officer.email)
        for _step in range(35):
            clock.shift(20 * MINUTE)
            browser.client.get("/home")
        assert browser.client.get("/home").status_code == 200
        clock.shift(20 * MINUTE)

        browser.get("/home", 302)


def test_a_remembered_device_stays_for_thirty_days(browser: Browser, cast: Cast) -> None:
    with time_machine.travel(real_now(), tick=False) as clock:
        answer = browser.sign_in_by_form(cast.officer.email, remember="y").response
        clock.shift(29 * DAY)
        browser.get("/home")
        clock.shift(1 * DAY)

        browser.get("/home", 302)

    assert "Expires=" in answer.headers["Set-Cookie"]


def test_other_devices_forget_when_the_browser_closes(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in_by_form(cast.officer.email).response

    assert "Expires=" not in answer.headers["Set-Cookie"]


def test_being_seen_is_noted_once_a_minute(browser: Browser, cast: Cast) -> None:
    with time_machine.travel(real_now(), tick=False) as clock:
        browser.sign_in(cast.officer)
        begun = _seen_at()
        clock.shift(59)
        browser.get("/home")
        assert _seen_at() == begun
        clock.shift(1)

        browser.get("/home")

    assert _seen_at() == begun + MINUTE


def test_a_form_sent_after_the_end_asks_to_sign_in_again(browser: Browser, cast: Cast) -> None:
    with time_machine.travel(real_now(), tick=False) as clock:
        browser.sign_in(cast.officer)
        token = browser.csrf_token()
        clock.shift(HOUR)

        answer = browser.client.post(f"/tasks/{cast.task.id}/update", data={"csrf_token": token})

        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
        assert "หมดเวลาใช้งานแล้ว" in browser.get("/sign-in").words


def test_a_refused_sign_in_stands_in_the_log_on_one_line(
    browser: Browser, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        browser.sign_in_by_form("a@b.example\r\nINFO user 1 signed in", "not my password", status=422)

    (line,) = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert "\n" not in line
    assert "not my password" not in caplog.text


def test_a_link_leads_from_a_new_password_straight_home(browser: Browser, cast: Cast) -> None:
    form = browser.get(_link(cast)).form()

    page = browser.submit(form, password=NEW_PASSWORD)

    assert page.goes_to == "/home"
    assert "ตั้งรหัสผ่านแล้ว" in browser.get("/home").words
    browser.sign_in_by_form(cast.officer.email, NEW_PASSWORD)


def test_opening_a_link_does_not_spend_it(browser: Browser, cast: Cast) -> None:
    link = _link(cast)

    for _mail_scanner in range(3):
        browser.get(link)

    browser.submit(browser.get(link).form(), password=NEW_PASSWORD)


def test_a_weak_password_is_told_and_the_link_still_holds(browser: Browser, cast: Cast) -> None:
    link = _link(cast)

    page = browser.submit(browser.get(link).form(), 422, password="short")

    assert page.errors == ["รหัสผ่านต้องมีอย่างน้อย 12 ตัวอักษร"]
    browser.submit(page.form(), password=NEW_PASSWORD)


def test_a_spent_link_says_what_to_do(browser: Browser, cast: Cast) -> None:
    link = _link(cast)
    form = browser.get(link).form()
    browser.submit(form, password=NEW_PASSWORD)

    assert browser.get(link, 410).heading == "ลิงก์นี้ใช้ไม่ได้แล้ว"
    browser.post(link, {"password": "another good one"}, status=410)


def test_an_old_link_is_spent(browser: Browser, cast: Cast) -> None:
    link = _link(cast)

    with time_machine.travel(real_now() + 7 * DAY):
        browser.get(link, 410)


def test_a_new_password_ends_the_sessions_of_before(app: Flask, browser: Browser, cast: Cast) -> None:
    elsewhere = Browser(app)
    elsewhere.sign_in(cast.officer)

    browser.submit(browser.get(_link(cast)).form(), password=NEW_PASSWORD)

    elsewhere.get("/home", 302)


ELSEWHERE = [
    "https://evil.example",
    "http://evil.example/home",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    " /home",
    "/home ",
    "/ho me",
    "/home\x00",
    "/home\x7f",
    "/home\u2028",
    "/home\u200b",
    "/home\u202e",
    "/\u00a0/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "/javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://evil.example",
    "mailto:a@evil.example",
    "evil.example",
    "evil.example/home",
    "www.evil.example",
    "home",
    "./home",
    "../home",
    "?next=/home",
    "#home",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:evil.example",
    ":80",
    "@evil.example",
    "//localhost@evil.example",
    "http://localhost@evil.example/home",
    "http://localhost/home",
    "//localhost/home",
    "//127.0.0.1/home",
    "/%2F/evil.example",
    "/%5Cevil.example",
    "/%09/evil.example",
    "/.evil.example",
    "/;@evil.example",
    "/home/../..//evil.example",
    "/nowhere",
    "/sign-out",
    "/approvals/1/approval",
    "",
]
OURS = [
    "/home",
    "/tasks?state=overdue&year=2567",
    "/approvals",
    "/tasks/1/update",
    "/home#now",
    "/tasks?text=%E0%B8%81",
]


@pytest.mark.parametrize("address", ELSEWHERE, ids=ascii)
def test_nobody_is_sent_elsewhere(plain_app: Flask, address: str) -> None:
    assert own_path(address) is None


@pytest.mark.parametrize("address", OURS)
def test_pages_of_ours_are_remembered(plain_app: Flask, address: str) -> None:
    assert own_path(address) == address


def test_the_form_asks_that_question(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in_by_form(cast.officer.email, next="//evil.example/home")

    assert page.goes_to == "/home"


def _session_value(browser: Browser, name: str) -> str:
    with browser.client.session_transaction() as session:
        return str(session.get(name))


def _plant(browser: Browser, token: str) -> None:
    with browser.client.session_transaction() as session:
        session["_user_id"] = token


def _seen_at() -> datetime:
    db.session.rollback()
    return db.session.scalars(sa.select(SignIn.seen_at)).one()


def _link(cast: Cast) -> str:
    with transaction():
        return f"/sign-in/link/{accounts.create_link(cast.officer, real_now())}"
