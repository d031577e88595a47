"""The checklist of the home page: what is missing, where it is done, and who does it."""

from __future__ import annotations

import pytest

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.people import Agency, User
from ita_flow.workflow.mail import send_test
from tests.browser import Browser, Page
from tests.factories import NOW, Cast, a_division, a_plan, a_task, a_user, an_agency, one_commit
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

FIRST = "เตรียมระบบแล้ว"


@pytest.fixture
def agency(cast: Cast) -> Agency:
    """A new agency: only its name is known."""
    return an_agency("เทศบาลตำบลใหม่", code="new")


def home_of(browser: Browser, person: User) -> Page:
    browser.sign_in(person)
    return browser.get("/home")


def done(page: Page) -> list[str]:
    return ["".join(line.find(".//a").itertext()) for line in page.of_class("is-done")]  # type: ignore[union-attr]


def primary(page: Page) -> list[str]:
    return ["".join(button.itertext()) for button in page.of_class("btn-primary")]


def with_everything(agency: Agency) -> None:
    agency.province, division = "ตัวอย่าง", a_division(agency)
    officer = a_user(agency, role=Role.OFFICER, unit=division)
    a_task(a_plan(agency).measures[0], division=division, officers=[officer])
    with transaction():
        send_test(officer, at=NOW, now=NOW)
    deliver(DemoCarrier(), now=lambda: NOW, at=lambda: NOW)


def test_a_new_agency_begins_with_itself(browser: Browser, agency: Agency) -> None:
    page = home_of(browser, a_user(agency, role=Role.COORDINATOR))

    assert "เตรียมระบบแล้ว 0 จาก 7 ขั้น" in page.words
    assert primary(page) == ["กรอกข้อมูลหน่วยงาน"]
    assert "ยังไม่มีแผนที่ได้รับอนุมัติ" not in page.words
    assert page.links["กรอกข้อมูลหน่วยงาน"] == "/admin/agency"


def test_every_line_is_a_link(browser: Browser, agency: Agency) -> None:
    page = home_of(browser, a_user(agency, role=Role.COORDINATOR))

    steps = next(page.of_class("steps"))
    leads_to = [link.get("href") for link in steps.iter("a")]
    assert leads_to == [
        "/admin/agency",
        "/admin/units",
        "/admin/people",
        "/admin/mail",
        "/plans/2567/start",
        "/plans/2567/start",
        "/plans/2567/start",
    ]


def test_what_is_there_is_ticked_and_the_next_thing_is_the_button(browser: Browser, agency: Agency) -> None:
    agency.province = "ตัวอย่าง"
    a_division(agency)

    page = home_of(browser, a_user(agency, role=Role.COORDINATOR))

    assert "เตรียมระบบแล้ว 2 จาก 7 ขั้น" in page.words
    assert done(page) == ["ข้อมูลหน่วยงาน", "สำนัก/กอง"]
    assert primary(page) == ["เพิ่มบุคลากร"]


def test_with_a_plan_its_lines_lead_into_it(browser: Browser, agency: Agency) -> None:
    a_plan(agency)

    page = home_of(browser, a_user(agency, role=Role.COORDINATOR))

    assert page.links["แผนมาตรการ ปี 2567"] == "/plans/2567"
    assert page.links["มอบหมายงาน ปี 2567"] == "/plans/2567/assign"


def test_when_all_is_there_it_is_gone(browser: Browser, agency: Agency) -> None:
    coordinator = a_user(agency, role=Role.COORDINATOR)
    with_everything(agency)

    page = home_of(browser, coordinator)

    assert FIRST not in page.words
    assert primary(page) == ["เปิดหน้าติดตาม"]


def test_an_administrator_is_told_what_the_coordinator_has_to_do(browser: Browser, agency: Agency) -> None:
    a_user(agency, role=Role.COORDINATOR)
    with_everything(agency)
    db.session.execute(db.text("DELETE FROM task_officers"))
    db.session.commit()

    page = home_of(browser, a_user(agency, role=Role.ADMINISTRATOR))

    assert "เตรียมระบบแล้ว 6 จาก 7 ขั้น ขั้นที่เหลือเป็นหน้าที่ของผู้ประสานงาน ITA" in page.words
    assert "มอบหมายงาน ปี 2567" not in page.links


@pytest.mark.parametrize("person", ["officer", "head", "executive", "auditor"])
def test_nobody_else_is_shown_it(browser: Browser, cast: Cast, person: str) -> None:
    assert FIRST not in home_of(browser, getattr(cast, person)).words


@pytest.mark.parametrize("how_many", [1, 50])
def test_the_page_costs_the_same_for_one_task_and_for_fifty(browser: Browser, cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, measures=how_many, version=2).measures:
            a_task(measure, section=cast.section, officers=[cast.officer])
    browser.sign_in(cast.coordinator)

    with counted_statements() as statements:
        page = browser.get("/home")

    assert FIRST in page.words
    assert len(statements) <= 13, "\n".join(statements)
