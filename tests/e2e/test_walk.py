"""The whole walk in a real browser: an officer reports with a file, two seats approve, the dashboard counts it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.database import transaction
from ita_flow.demo.build import DOCUMENT, YEAR
from ita_flow.domain.permissions import Role, Seat
from ita_flow.extensions import db
from ita_flow.intake.reading import read_plan
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.workflow.plan_import import Document, import_plan
from tests.factories import NOW, PASSWORD, a_user, an_agency
from tests.served import Server, served

pytestmark = [pytest.mark.browser]


@pytest.fixture
def measure_two(app: Flask) -> Task:
    """The plan of the invented agency, with an officer and two seats over its second measure."""
    agency = an_agency()
    reading = read_plan(DOCUMENT.read_bytes(), DOCUMENT.name, YEAR, agency.name)
    with transaction():
        import_plan(agency, reading, Document(DOCUMENT.name, "0" * 64), is_approved=True, actor=None, at=NOW)
    task: Task = db.session.scalars(sa.select(Task).join(Task.measure).where(Measure.number == 2)).one()
    task.officers = [_somebody(task, "officer@example.go.th", role=Role.OFFICER)]
    _somebody(task, "head@example.go.th", seat=Seat.SECTION_HEAD)
    _somebody(task, "director@example.go.th", seat=Seat.DIRECTOR)
    db.session.commit()
    return task


def _somebody(task: Task, email: str, role: Role | None = None, seat: Seat | None = None) -> User:
    unit = task.division if seat is Seat.DIRECTOR else task.section
    return a_user(
        db.session.get_one(Agency, task.agency_id), email=email, role=role, seat=seat, unit=unit, password=PASSWORD
    )


def sign_in(page: Page, server: Server, email: str) -> None:
    page.goto(server.address + "/sign-in")
    page.get_by_label("อีเมล").fill(email)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_a_report_with_a_file_is_approved_by_two_seats_and_counted(
    page: Page, settings: Settings, measure_two: Task, tmp_path: Path
) -> None:
    title = measure_two.measure.title
    paper = tmp_path / "สรุปผลการเปิดบริการ.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n")
    db.session.rollback()

    with served(settings) as server:
        sign_in(page, server, "officer@example.go.th")
        page.get_by_role("link", name="อัปเดตความก้าวหน้า").first.click()
        with page.expect_request(lambda request: request.method == "HEAD"):  # who writes is not idle
            page.get_by_label("แล้วเสร็จ").check()
        page.get_by_label("สิ่งที่ได้ทำ").fill("เปิดให้บริการครบ 3 งานและสรุปผลแล้ว")
        page.get_by_label("เลือกไฟล์").set_input_files(paper)
        page.get_by_role("button", name="บันทึกและส่งพิจารณา").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("รายงานครั้งที่ 1")
        expect(page.get_by_role("link", name=paper.name)).to_be_visible()
        sign_out(page)

        for seat in ("head@example.go.th", "director@example.go.th"):
            sign_in(page, server, seat)
            page.goto(server.address + "/approvals")
            expect(page.get_by_role("heading", level=1)).to_have_text("รอท่านพิจารณา 1 รายการ")
            page.get_by_role("button", name=f"เห็นชอบ {title}").click()
            expect(page.get_by_role("status")).to_contain_text("เห็นชอบแล้ว")
            sign_out(page)

        sign_in(page, server, "officer@example.go.th")
        page.goto(server.address + "/dashboard?year=2567")
        expect(page.get_by_role("heading", name="แล้วเสร็จ 1 จาก 7 มาตรการ")).to_be_visible()
