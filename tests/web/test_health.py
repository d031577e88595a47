"""The signs of life: a timetable that is silent and mails that are stuck are told to whoever can help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from ita_flow import jobs
from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.notices import GATHERING
from ita_flow.mail import outbox
from ita_flow.models.operations import TIMETABLE
from ita_flow.models.outbox import Failure, MessageKind, MessageState
from ita_flow.workflow import heartbeats
from tests.browser import Browser
from tests.factories import TODAY, Cast, a_mail

SILENT = "งานอัตโนมัติของระบบหยุดมาแล้วเกิน 5 นาที"
STUCK = "มีอีเมลรอส่งนานเกิน 1 ชั่วโมง"


@pytest.fixture
def long_running(app: Flask) -> Flask:
    """An application that was started yesterday."""
    app.config["STARTED_AT"] = real_now() - timedelta(days=1)
    return app


def promise_a_mail(cast: Cast, ago: timedelta) -> None:
    with transaction():
        outbox.enqueue(MessageKind.TEST, "test:1", cast.officer, TODAY, real_now() - ago)


def ticked(ago: timedelta) -> None:
    with transaction():
        heartbeats.beat(TIMETABLE, real_now() - ago)


@pytest.mark.usefixtures("cast")
def test_a_server_that_has_just_started_waits_for_the_first_sign(browser: Browser) -> None:
    assert browser.get("/healthz").response.get_json()["timetable"] == "ok"


@pytest.mark.usefixtures("long_running")
def test_a_timetable_that_never_ticked_is_told(browser: Browser) -> None:
    assert browser.get("/healthz", 503).response.get_json()["timetable"] == "silent"


@pytest.mark.usefixtures("long_running")
@pytest.mark.parametrize(("minutes", "status", "said"), [(4, 200, "ok"), (6, 503, "silent")])
def test_silence_is_told_after_five_minutes(browser: Browser, minutes: int, status: int, said: str) -> None:
    ticked(timedelta(minutes=30))
    ticked(timedelta(minutes=minutes))

    assert browser.get("/healthz", status).response.get_json()["timetable"] == said


@pytest.mark.parametrize(("minutes", "status", "said"), [(59, 200, "ok"), (61, 503, "stuck")])
def test_a_mail_that_waits_for_an_hour_is_told(
    browser: Browser, cast: Cast, minutes: int, status: int, said: str
) -> None:
    promise_a_mail(cast, timedelta(minutes=minutes))

    assert browser.get("/healthz", status).response.get_json()["mail"] == said


def test_each_beat_of_the_timetable_is_a_sign(long_running: Flask, browser: Browser) -> None:
    jobs.remind(long_running)

    browser.get("/healthz", 200)


def test_a_mail_that_gathers_events_is_not_stuck(browser: Browser, cast: Cast) -> None:
    now = real_now()
    a_mail(cast.officer, at=now - GATHERING / 2, next_attempt_at=now + GATHERING / 2)

    assert browser.get("/healthz").response.get_json()["mail"] == "ok"


@pytest.mark.parametrize(("minutes", "status", "said"), [(4, 200, "ok"), (6, 503, "stuck")])
def test_mails_that_queue_are_not_stuck_while_the_queue_moves(
    browser: Browser, cast: Cast, minutes: int, status: int, said: str
) -> None:
    a_mail(cast.officer, at=real_now() - timedelta(hours=2))
    a_mail(cast.colleague, MessageState.SENT, at=real_now() - timedelta(minutes=minutes))

    assert browser.get("/healthz", status).response.get_json()["mail"] == said


def test_a_mail_that_was_tried_in_vain_for_an_hour_is_told_though_others_go(browser: Browser, cast: Cast) -> None:
    tried_at = real_now() - timedelta(minutes=10)
    a_mail(cast.officer, failure=Failure.TRY_LATER, at=real_now() - timedelta(hours=2), attempted_at=tried_at)
    a_mail(cast.colleague, MessageState.SENT, at=real_now())

    assert browser.get("/healthz", 503).response.get_json()["mail"] == "stuck"


def test_a_mail_that_was_offered_again_waits_from_then_on(browser: Browser, cast: Cast) -> None:
    now = real_now()
    a_mail(cast.officer, failure=Failure.REFUSED, at=now - timedelta(days=3), offered_again_at=now)

    assert browser.get("/healthz").response.get_json()["mail"] == "ok"


@pytest.mark.usefixtures("long_running")
@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_who_can_help_is_told_and_the_officer_left_in_peace(browser: Browser, cast: Cast, who: str) -> None:
    promise_a_mail(cast, timedelta(hours=2))

    browser.sign_in(getattr(cast, who))
    for address in ("/home", "/admin/mail"):
        assert {SILENT, STUCK} == {words for words in (SILENT, STUCK) if words in browser.get(address).words}
    browser.sign_in(cast.officer)
    assert SILENT not in browser.get("/home").words
