"""The agency itself, described by its people."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Agency
from tests.browser import Browser
from tests.factories import Cast


@pytest.fixture
def coordinator(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def the_agency(cast: Cast) -> Agency:
    db.session.expire_all()
    return db.session.get_one(Agency, cast.agency.id)


def deeds() -> list[dict[str, object]]:
    bodies = [json.loads(body) for body in db.session.scalars(sa.select(AuditEvent.body))]
    return [body for body in bodies if body["action"] == "agency.described"]


def test_it_is_described(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/agency").form()
    assert form.fields["name"] == ["องค์การบริหารส่วนจังหวัดตัวอย่าง"]

    page = coordinator.submit(form, province="จังหวัดตัวอย่าง", contact="งานนิติการ  โทร. 12")

    agency = the_agency(cast)
    assert (agency.province, agency.contact, agency.code) == ("ตัวอย่าง", "งานนิติการ โทร. 12", "example")
    assert "บันทึกข้อมูลหน่วยงานแล้ว" in coordinator.follow(page).words
    [deed] = deeds()
    assert deed["before"] != deed["after"]


def test_an_empty_short_name_is_made_from_the_name(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/agency").form()

    coordinator.submit(form, name="อบต.ตัวอย่าง", short_name="", type="")

    agency = the_agency(cast)
    assert (agency.name, agency.short_name) == ("องค์การบริหารส่วนตำบลตัวอย่าง", "อบต.ตัวอย่าง")
    assert agency.type == "องค์การบริหารส่วนตำบล"


def test_saving_what_stands_is_not_recorded(coordinator: Browser, cast: Cast) -> None:
    coordinator.submit(coordinator.get("/admin/agency").form())

    assert deeds() == []


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": " "}, "กรอกชื่อหน่วยงาน"),
        ({"name": "เทศบาลเมืองแห่งอื่น"}, "มีหน่วยงานชื่อ"),
        ({"name": "ก" * 101}, "ชื่อหน่วยงานต้องไม่เกิน 100 ตัวอักษร"),
        ({"contact": "ก" * 201}, "ข้อความต้องไม่เกิน 200 ตัวอักษร"),
        ({"province": "ก" * 101}, "ข้อความต้องไม่เกิน 100 ตัวอักษร"),
        ({"type": "ก" * 101}, "ประเภทหน่วยงานต้องไม่เกิน 100 ตัวอักษร"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_typed_is_lost(
    coordinator: Browser, cast: Cast, typed: dict[str, str], error: str
) -> None:
    form = coordinator.get("/admin/agency").form()

    page = coordinator.submit(form, 422, short_name="อบจ.ใหม่", **typed)

    assert len(page.errors) == 1
    assert error in page.errors[0]
    assert page.form().fields["short_name"] == ["อบจ.ใหม่"]
    assert the_agency(cast).short_name == "อบจ.ตัวอย่าง"
