"""Every mail can be questioned: why one person got it, why another did not, and why a third was not reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_day, bangkok_moment, last_working_day
from ita_flow.domain.clock import real_now
from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.extensions import db
from ita_flow.free_days import USUAL
from ita_flow.i18n import short_date
from ita_flow.mail.carriers import carrier_of
from ita_flow.mail.delivery import deliver
from ita_flow.workflow.reminders import plan_reminders
from tests.e2e.test_accessibility import PHONE, WIDE, violations_on
from tests.e2e.test_keyboard import FARTHEST, press
from tests.e2e.test_walk import sign_in
from tests.factories import Cast, reminder_rules
from tests.letterbox import OK, Letterbox
from tests.served import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
"""The pages are the same on both databases."""

LEDGER = "/admin/reminders/ledger"
AHEAD = timedelta(days=3)
REFUSAL = "550 5.1.1 no such mailbox"


@dataclass(frozen=True)
class Asked:
    """The people of the story by their names, the day of which it tells, and who asks."""

    got_one: str
    was_not_reached: str
    got_none: str
    day: date
    coordinator: str
    title: str


@pytest.fixture
def asked(app: Flask, cast: Cast, settings: Settings, letterbox: Letterbox) -> Iterator[Asked]:
    """On the last working day two officers were to be told; the server of the second one knows no such address."""
    day = last_working_day(bangkok_day(real_now()), USUAL)
    cast.task.due_on = cast.other_task.due_on = day + AHEAD
    reminder_rules(cast.agency, Rule(Trigger.BEFORE_DUE, AHEAD.days))
    letterbox.answers_to_recipient += [OK, REFUSAL]
    at = bangkok_moment(day, 9)
    with transaction():
        plan_reminders(cast.agency, day, at=at, now=at)
    carrier = carrier_of(replace(settings, smtp_url=letterbox.url))
    assert carrier
    deliver(carrier, lambda: at + timedelta(minutes=1), lambda: at)
    assert letterbox.recipients == [cast.officer.email]
    yield Asked(
        got_one=cast.officer.name,
        was_not_reached=cast.other_officer.name,
        got_none=cast.colleague.name,
        day=day,
        coordinator=cast.coordinator.email,
        title=cast.task.measure.title,
    )
    db.session.rollback()


def why(page: Page, name: str, day: date) -> None:
    """Ask by the keyboard alone."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "person":
            break
    for _ in range(FARTHEST):
        if page.evaluate("document.activeElement.selectedOptions[0].innerText") == name:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(short_date(day).replace("\u00a0", " "))
    page.keyboard.press("Enter")


def look(page: Page) -> list[str]:
    """The page under axe, on a phone and wide; nothing on it may be wider than the screen."""
    found = []
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        found += violations_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url
    return found


def test_three_people_three_answers_by_the_keyboard_alone(page: Page, settings: Settings, asked: Asked) -> None:
    found = list[str]()
    db.session.rollback()

    with served(settings) as server:
        sign_in(page, server, asked.coordinator)
        page.goto(server.address + LEDGER)
        expect(page.get_by_role("row").filter(has_text=asked.was_not_reached)).to_contain_text(REFUSAL)
        found += look(page)

        why(page, asked.got_one, asked.day)
        answer = page.get_by_role("region", name=asked.got_one)
        expect(answer).to_contain_text(f"{asked.got_one} ได้รับอีเมล")
        expect(answer).to_contain_text("ส่งถึง officer@example.go.th เมื่อ")
        found += look(page)
        press(page, "อ่านอีเมล")
        expect(page.frame_locator("iframe").get_by_text(asked.title).first).to_be_visible()
        found += look(page)

        page.goto(server.address + LEDGER)
        why(page, asked.was_not_reached, asked.day)
        answer = page.get_by_role("region", name=asked.was_not_reached)
        expect(answer).to_contain_text(f"ถึง {asked.was_not_reached} ไม่ได้")
        expect(answer).to_contain_text(REFUSAL)
        found += look(page)
        press(page, "แก้ไขอีเมลของผู้รับ")
        expect(page.get_by_role("heading", level=1)).to_have_text(asked.was_not_reached)

        page.goto(server.address + LEDGER)
        why(page, asked.got_none, asked.day)
        answer = page.get_by_role("region", name=asked.got_none)
        expect(answer).to_contain_text(f"{asked.got_none} ไม่ได้รับอีเมล")
        expect(answer).to_contain_text("ไม่มีเรื่องที่ถึงวันแจ้ง")
        found += look(page)

    assert found == []
