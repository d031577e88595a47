"""ตั้งค่า: what an agency sets up, each with its state."""

from __future__ import annotations

import pytest

from ita_flow.extensions import db
from tests.browser import Browser, Page
from tests.factories import Cast, a_user, one_commit
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")


def settings_of(browser: Browser, cast: Cast, person: str = "coordinator") -> Page:
    browser.sign_in(getattr(cast, person))
    return browser.get("/admin")


@pytest.mark.parametrize("person", ["coordinator", "administrator"])
def test_those_who_set_up_find_it_in_the_menu(browser: Browser, cast: Cast, person: str) -> None:
    browser.sign_in(getattr(cast, person))

    assert browser.get("/home").links["ตั้งค่า"] == "/admin"


@pytest.mark.parametrize("person", ["officer", "executive", "auditor"])
def test_nobody_else_does(browser: Browser, cast: Cast, person: str) -> None:
    browser.sign_in(getattr(cast, person))

    assert "ตั้งค่า" not in browser.get("/home").links


def test_every_line_leads_to_its_page_and_tells_its_state(browser: Browser, cast: Cast) -> None:
    a_user(cast.agency)

    page = settings_of(browser, cast)

    assert page.links["หน่วยงาน"] == "/admin/agency"
    assert page.links["อีเมล"] == "/admin/mail"
    assert "ข้อมูลยังไม่ครบ" in page.words
    assert "ยังไม่เคยส่ง" in page.words


def test_people_who_never_signed_in_are_counted(browser: Browser, cast: Cast) -> None:
    a_user(cast.agency)

    assert "13 คน · ยังไม่ตั้งรหัสผ่าน 1 คน" in settings_of(browser, cast).words


def test_a_described_agency_lacks_nothing(browser: Browser, cast: Cast) -> None:
    cast.agency.province = "ตัวอย่าง"
    db.session.commit()

    page = settings_of(browser, cast)

    assert "องค์การบริหารส่วนจังหวัดตัวอย่าง · จังหวัดตัวอย่าง" in page.words
    assert "ข้อมูลยังไม่ครบ" not in page.words


@pytest.mark.parametrize("how_many", [1, 50])
def test_the_page_costs_the_same_for_one_person_and_for_fifty(browser: Browser, cast: Cast, how_many: int) -> None:
    with one_commit():
        for _ in range(how_many):
            a_user(cast.agency)
    browser.sign_in(cast.coordinator)

    with counted_statements() as statements:
        browser.get("/admin")

    assert len(statements) <= 12, "\n".join(statements)
