"""The coordinator's desk without a mouse: every control is reached by Tab and pressed by Enter."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.models.people import Agency
from ita_flow.models.tasks import Task
from tests.e2e.test_walk import sign_in
from tests.factories import PASSWORD, a_user, an_agency
from tests.intake.documents import AGENCY, report
from tests.served import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
"""The pages are the same on both databases."""

FARTHEST = 150
FOCUSED = "() => (document.activeElement.innerText || '').trim()"


def press(page: Page, words: str) -> None:
    """Tab from where the page begins to the control that bears these words, and press it."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(words):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words} is not reached by Tab on {page.url}")


def give_every_unit_an_officer(agency_id: int) -> None:
    agency = db.session.get_one(Agency, agency_id)
    for unit in {task.unit for task in db.session.scalars(sa.select(Task))}:
        a_user(agency, role=Role.OFFICER, unit=unit)


def test_a_plan_is_imported_and_assigned_by_the_keyboard_alone(
    app: Flask, page: Page, settings: Settings, tmp_path: Path
) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(report(), encoding="utf-8")
    agency = an_agency(AGENCY)
    coordinator, agency_id = a_user(agency, role=Role.COORDINATOR, password=PASSWORD).email, agency.id
    db.session.rollback()

    with served(settings) as server:
        sign_in(page, server, coordinator)
        page.goto(server.address + "/plans/2567/import")
        page.get_by_label("ไฟล์แผนของหน่วยงาน").set_input_files(document)  # the dialog is the browser's
        press(page, "ตรวจสอบไฟล์")
        expect(page.get_by_role("heading", level=1)).to_contain_text("อ่านได้ครบ 7 ประเด็น")
        press(page, "ยืนยันนำเข้า")
        expect(page.get_by_role("status")).to_contain_text("นำเข้าแล้ว 7 มาตรการ")
        give_every_unit_an_officer(agency_id)
        db.session.rollback()

        press(page, "มอบหมาย")
        expect(page.get_by_role("heading", level=1)).to_contain_text("มอบหมาย")
        press(page, "รับตามที่ระบบแนะนำ")
        expect(page.get_by_text("เลือกเจ้าหน้าที่ตามที่แนะนำให้แล้ว")).to_be_visible()
        press(page, "บันทึกการมอบหมาย")
        expect(page.get_by_role("status")).to_contain_text("7 งาน")
        page.wait_for_load_state("networkidle")  # before the server goes
