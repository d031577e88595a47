"""The start of a year by the pages alone: from an empty installation without any document, and with the real one."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ita_flow.config import Settings
from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, bangkok_day
from ita_flow.domain.clock import real_now
from ita_flow.i18n import long_date
from tests.e2e.hand import Hand
from tests.letterbox import Letterbox, text_of
from tests.seed import seed
from tests.served import COMMAND, Server

BOTH = ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.long])]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("empty_database", BOTH, indirect=True)]

PASSWORD = "สายน้ำใสไหลเย็นทุกวัน-2567"
PEOPLE = """email,name,post,section,division,role,seat
officer@example.go.th,สมหญิง ใจดี,นักประชาสัมพันธ์,ฝ่ายประชาสัมพันธ์,กองยุทธศาสตร์และงบประมาณ,เจ้าหน้าที่,
head@example.go.th,สมชาย ตั้งใจ,หัวหน้าฝ่ายประชาสัมพันธ์,ฝ่ายประชาสัมพันธ์,กองยุทธศาสตร์และงบประมาณ,,หัวหน้าฝ่าย
director@example.go.th,มานะ มั่นคง,ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ,,กองยุทธศาสตร์และงบประมาณ,,ผู้อำนวยการกอง
"""


@dataclass(frozen=True)
class Office:
    """A machine on which nothing ran yet, its server, and the letters that reached people."""

    server: Server
    letterbox: Letterbox

    def command(self, *arguments: str) -> Any:
        told = subprocess.run(
            [COMMAND, *arguments, "--json"], env=self.server.environment, capture_output=True, text=True, check=True
        )
        return json.loads(told.stdout)

    def link_mailed_to(self, email: str) -> str:
        """The address in the newest letter to this person."""
        self.command("mail", "deliver")
        letters = [letter for letter in self.letterbox.letters if email in str(letter["To"])]
        found = re.search(rf"{re.escape(self.server.address)}/sign-in/link/\S+", text_of(letters[-1]))
        assert found, text_of(letters[-1])
        return found[0]


@pytest.fixture
def office(empty_database: str, tmp_path: Path, letterbox: Letterbox) -> Iterator[Office]:
    settings = Settings(instance=tmp_path, database_url=empty_database, secret_key="only for tests")
    server = Server(settings, ITA_FLOW_SMTP_URL=letterbox.url)
    yield Office(server, letterbox)
    server.stop()


def established(office: Office, page: Page, agency: str) -> Hand:
    """The administrator of a new installation, signed in by the link that ``init`` printed."""
    made = office.command("init", "--agency", agency, "--admin", "admin@example.go.th")
    office.server.start()
    choose_password(page, made["link"])
    return Hand(page)


def choose_password(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="ตั้งรหัสผ่านและเข้าสู่ระบบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")


def come_by_invitation(office: Office, page: Page, email: str) -> None:
    page.context.clear_cookies()
    choose_password(page, office.link_mailed_to(email))


def appoint_a_coordinator(hand: Hand) -> None:
    """What the administrator does before the coordinator takes over."""
    hand.link("ตั้งค่า")
    hand.link("บุคลากร")
    hand.link("เพิ่มบุคลากร")
    hand.fill("ชื่อและนามสกุล", "อรุณี แก้วใส")
    hand.fill("อีเมล", "coordinator@example.go.th")
    hand.page.get_by_label("บทบาทในระบบ").select_option(label="ผู้ประสานงาน ITA")
    hand.button("เพิ่มและส่งคำเชิญ")


def bring_people_in(hand: Hand, people: str) -> None:
    hand.page.goto(re.sub(r"(://[^/]+).*", r"\1/admin/people/import", hand.page.url))
    hand.page.get_by_text("วางตารางแทนไฟล์").click()
    hand.fill("รายชื่อ", people)
    hand.button("ตรวจสอบรายชื่อ")
    hand.button("ยืนยัน")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("บุคลากร")


def go_home(hand: Hand) -> None:
    hand.page.get_by_role("link", name="งานของฉัน").first.click()


def write_a_measure(hand: Hand, address: str, area: int) -> None:
    hand.page.goto(f"{address}?area={area}")
    hand.fill("มาตรการ/กิจกรรม", f"มาตรการของประเด็นที่ {area}")
    hand.fill("หัวข้อที่ใช้ในการวิเคราะห์", f"O{area} หัวข้อ")
    hand.fill("ขั้นตอนและวิธีการปฏิบัติ", "ประชุมคณะทำงาน\nสรุปผล")
    hand.page.get_by_label("กองยุทธศาสตร์และงบประมาณ", exact=True).select_option(label="ฝ่ายประชาสัมพันธ์")
    hand.page.get_by_label("ภายใน 6 เดือนแรก").check()
    hand.page.locator("main form button[type=submit]").first.click()
    expect(hand.page.get_by_role("status")).to_be_visible()


@pytest.mark.long  # the year of the real document walks the same way
def test_a_year_begins_without_any_document(office: Office, page: Page) -> None:
    today = bangkok_day(real_now())
    year, thai_day = FiscalYear.containing(today).buddhist_year, long_date(today)
    hand = established(office, page, "องค์การบริหารส่วนจังหวัดสายธาร")
    expect(page.get_by_role("heading", name="เตรียมระบบแล้ว")).to_be_visible()
    hand.link("กรอกข้อมูลหน่วยงาน")
    hand.fill("จังหวัด", "สายธาร")
    hand.fill("ช่องทางติดต่อ", "งานนิติการ โทร. 0 2000 0000")
    hand.button("บันทึกข้อมูลหน่วยงาน")
    appoint_a_coordinator(hand)

    come_by_invitation(office, page, "coordinator@example.go.th")
    bring_people_in(hand, PEOPLE)
    page.goto(office.server.address + "/admin/mail")
    hand.button("ส่งอีเมลทดสอบถึงฉัน")
    office.command("mail", "deliver")
    page.goto(office.server.address + "/admin/mail")
    expect(page.get_by_text("ส่งอีเมลทดสอบถึง coordinator@example.go.th แล้ว")).to_be_visible()

    page.goto(office.server.address + f"/plans/{year}/start")
    hand.button("เริ่มแผนเปล่า")
    for area in AREAS:
        write_a_measure(hand, f"{office.server.address}/plans/{year}/measures/new", area)
    page.goto(office.server.address + f"/plans/{year}")
    assign_in_three_presses(hand, 7)
    page.goto(office.server.address + f"/plans/{year}/approval")
    hand.fill("วันที่ลงนามอนุมัติ", thai_day)
    hand.button("บันทึกว่าแผนได้รับอนุมัติแล้ว")
    expect(page.get_by_role("status")).to_be_visible()
    go_home(hand)
    expect(page.get_by_role("heading", name="เตรียมระบบแล้ว")).to_have_count(0)

    come_by_invitation(office, page, "officer@example.go.th")
    expect(page.get_by_role("link", name="มาตรการของประเด็นที่ 7")).to_be_visible()
    assert office.command("audit", "verify") == {"whole": True, "broken": []}


def assign_in_three_presses(hand: Hand, tasks: int) -> None:
    """From the page of the plan."""
    before = hand.presses
    hand.link("มอบหมาย")
    hand.button("รับตามที่ระบบแนะนำ")
    hand.button("บันทึกการมอบหมาย")
    expect(hand.page.get_by_role("status")).to_contain_text(f"{tasks} งาน")
    assert hand.presses - before == 3


SEED_PEOPLE = """email,name,post,section,division,role,seat
o1@example.go.th,เจ้าหน้าที่ หนึ่ง,นักวิเคราะห์,ฝ่ายตรวจติดตามและประเมินผล,กองยุทธศาสตร์และงบประมาณ,officer,
o2@example.go.th,เจ้าหน้าที่ สอง,นักประชาสัมพันธ์,ฝ่ายประชาสัมพันธ์,กองยุทธศาสตร์และงบประมาณ,officer,
o3@example.go.th,เจ้าหน้าที่ สาม,นักจัดการ,ฝ่ายอำนวยการ,สำนักปลัดองค์การบริหารส่วนจังหวัด,officer,
o4@example.go.th,เจ้าหน้าที่ สี่,นักวิชาการพัสดุ,ฝ่ายพัสดุและทรัพย์สิน,กองคลัง,officer,
o5@example.go.th,เจ้าหน้าที่ ห้า,นักทรัพยากรบุคคล,ฝ่ายวินัยและส่งเสริมคุณธรรม,กองการเจ้าหน้าที่,officer,
o6@example.go.th,เจ้าหน้าที่ หก,นิติกร,กลุ่มงานนิติการ,สำนักปลัดองค์การบริหารส่วนจังหวัด,officer,
"""


@pytest.mark.seed
def test_a_year_begins_with_the_real_document(office: Office, page: Page, tmp_path: Path) -> None:
    document = tmp_path / "รายงาน.txt"
    document.write_bytes(seed())
    hand = established(office, page, "องค์การบริหารส่วนจังหวัดตาก")
    appoint_a_coordinator(hand)
    come_by_invitation(office, page, "coordinator@example.go.th")

    page.goto(office.server.address + "/plans/2567")
    hand.presses = 0
    hand.link("นำเข้า")
    page.get_by_label("ไฟล์แผนของหน่วยงาน").set_input_files(document)
    hand.presses += 1
    hand.button("ตรวจสอบไฟล์")
    expect(page.get_by_role("heading", level=1)).to_have_text("อ่านได้ครบ 7 ประเด็น 7 มาตรการ")
    hand.button("ยืนยันนำเข้า 7 มาตรการ")
    expect(page.get_by_role("status")).to_contain_text("นำเข้าแล้ว 7 มาตรการ")
    assert hand.presses == 4

    bring_people_in(hand, SEED_PEOPLE)
    page.goto(office.server.address + "/plans/2567")
    assign_in_three_presses(hand, 7)
    tasks = office.command("task", "list", "--year", "2567")
    assert sorted(task["due_on"] for task in tasks) == ["2024-03-31"] * 5 + ["2024-09-30"] * 2
    assert office.command("audit", "verify") == {"whole": True, "broken": []}
