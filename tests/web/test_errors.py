"""Every way of failing has its page: what happened, what to do, and the way back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

import psycopg.errors
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge

from ita_flow.database import transaction
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.extensions import db
from ita_flow.models.people import Agency
from ita_flow.web.access import public, requires
from tests.browser import Browser
from tests.factories import Cast, the_cast

LOCKED = OperationalError("UPDATE tasks", None, sqlite3.OperationalError("database is locked"))
DEADLOCKED = OperationalError("UPDATE tasks", None, psycopg.errors.DeadlockDetected("deadlock detected"))
AWAY = OperationalError("SELECT 1", None, psycopg.OperationalError("connection failed: Connection refused"))
NO_TABLE = OperationalError("SELECT", None, sqlite3.OperationalError("no such table: secret_table"))


@pytest.fixture
def failing(app_of_its_own: Flask) -> Callable[[Exception], Browser]:
    """A browser of an application whose page ``/broken`` fails in this way."""
    app = app_of_its_own

    def fail_with(failure: Exception) -> Browser:
        @public
        def broken() -> str:
            raise failure

        app.config["PROPAGATE_EXCEPTIONS"] = False
        app.add_url_rule("/broken", view_func=broken)
        return Browser(app)

    return fail_with


@pytest.mark.parametrize(
    ("failure", "status", "says"),
    [
        (NotPermitted("not_your_turn"), 403, "ยังไม่ถึงลำดับของท่าน"),
        (Stale("someone_was_quicker"), 409, "โปรดเปิดดูสถานะล่าสุด"),
        (StaleDataError(), 409, "โปรดเปิดดูสถานะล่าสุด"),
        (IntegrityError("INSERT", None, Exception("UNIQUE constraint failed")), 409, "โปรดเปิดดูสถานะล่าสุด"),
        (Invalid("return_needs_a_reason"), 422, "กรอกเหตุผลที่ส่งกลับ"),
        (RequestEntityTooLarge(), 413, "ไม่เกิน 20 MB"),
        (LOCKED, 503, "รอสักครู่"),
        (DEADLOCKED, 503, "รอสักครู่"),
        (AWAY, 503, "รอสักครู่"),
        (InternalServerError(original_exception=AWAY), 503, "รอสักครู่"),
        (NO_TABLE, 500, "เลขอ้างอิง"),
        (ZeroDivisionError("secret detail"), 500, "เลขอ้างอิง"),
    ],
    ids=repr,
)
def test_a_failure_has_its_page(
    failing: Callable[[Exception], Browser], failure: Exception, status: int, says: str
) -> None:
    page = failing(failure).get("/broken", status)

    assert says in page.words
    assert "secret" not in page.text
    assert page.links


def test_a_busy_database_says_when_to_come_again(failing: Callable[[Exception], Browser]) -> None:
    answer = failing(LOCKED).get("/broken", 503).response

    assert answer.headers["Retry-After"] == "5"


def test_a_reference_on_the_page_stands_in_the_log(
    failing: Callable[[Exception], Browser], caplog: pytest.LogCaptureFixture
) -> None:
    page = failing(ZeroDivisionError("secret detail")).get("/broken", 500)

    reference = re.search(r"เลขอ้างอิง ([0-9A-F]{6})", page.words)
    assert reference
    assert any(reference[1] in record.getMessage() and record.exc_info for record in caplog.records)


def test_a_page_that_is_not_there(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    page = browser.get("/measures/3", 404)

    assert page.heading == "ไม่พบหน้านี้"
    assert cast.officer.name in page.words


def test_a_page_for_others_names_them(app: Flask, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    page = browser.get("/approvals", 403)

    assert "หัวหน้าฝ่าย ผู้อำนวยการกอง" in page.words


def test_a_form_that_was_open_too_long_says_so_and_leads_back(browser: Browser) -> None:
    answer = browser.client.post("/sign-in", headers={"Referer": "http://localhost/sign-in"})

    page = browser._seen(answer, "/sign-in", 400)

    assert "เปิดค้างไว้นานเกินไป" in page.words
    assert page.links["กลับไปหน้าเดิม"] == "http://localhost/sign-in"


def test_the_way_back_never_leads_elsewhere(browser: Browser) -> None:
    answer = browser.client.post("/sign-in", headers={"Referer": "http://localhost.evil.example/"})

    assert "evil.example" not in answer.text


def test_a_request_that_is_too_large_is_refused_unread(app: Flask, browser: Browser) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000

    browser.post("/sign-in", {"email": "x" * 2000}, status=413)


def test_a_page_can_only_read(app_of_its_own: Flask) -> None:
    """A GET that tries to write is stopped by the database itself."""
    app, cast = app_of_its_own, the_cast()
    agency_id = cast.agency.id

    @requires(Permission.ACCOUNT_USE)
    def writing() -> str:
        db.session.execute(sa.update(Agency).where(Agency.id == agency_id).values(short_name="อื่น"))
        db.session.commit()
        return "written"

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/writing", view_func=writing)
    browser = Browser(app)
    browser.sign_in(cast.officer)

    browser.get("/writing", 500)

    with transaction():
        assert db.session.get_one(Agency, agency_id).short_name != "อื่น"
