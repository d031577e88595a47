"""งานของฉัน: what each kind of person finds first."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.approval_chains import Chain, ChainSeat, Verb
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import clock
from tests.browser import Browser, Page
from tests.factories import Cast, a_membership, a_plan, a_report, a_task, a_user, an_agency, one_commit
from tests.statements import counted_statements
from tests.year import in_march

pytestmark = pytest.mark.usefixtures("today")


def home_of(browser: Browser, cast: Cast, person: str) -> Page:
    browser.sign_in(getattr(cast, person))
    return browser.get("/home")


def headings(page: Page) -> list[str]:
    return [" ".join("".join(heading.itertext()).split()) for heading in page.tree.iter("h2")]


def test_the_entrance_leads_home(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.officer)

    assert browser.get("/", 302).goes_to == "/home"


def test_an_officer_finds_the_most_urgent_task_first(browser: Browser, cast: Cast) -> None:
    page = home_of(browser, cast, "officer")

    assert page.heading == "งานของฉัน"
    assert "เจ้าหน้าที่ ฝ่ายประชาสัมพันธ์" in page.words
    assert "ต้องทำตอนนี้ 1 งาน มาตรการตัวอย่างที่ 2" in page.words
    assert "ครบกำหนด อา. 31 มี.ค. 2567 วันทำการสุดท้าย ศ. 29 มี.ค. · ทำแล้ว 0 จาก 2 ขั้นตอน" in page.words
    assert page.links["อัปเดตความก้าวหน้า"] == f"/tasks/{cast.task.id}/update"


def test_there_is_one_button_however_many_tasks_press(browser: Browser, cast: Cast) -> None:
    a_task(cast.task.measure.plan.measures[0], section=cast.section, officers=[cast.officer])

    page = home_of(browser, cast, "officer")

    assert "ถัดจากนี้ 1" in headings(page)
    assert len(list(page.of_class("btn-primary"))) == 1


def test_a_returned_report_shows_its_reason_at_once(browser: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.RETURNED)

    page = home_of(browser, cast, "officer")

    assert "โปรดแนบภาพถ่าย" in page.words
    assert "แก้ไขและส่งใหม่" in page.links


def test_a_draft_is_called_to_mind(browser: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    assert "มีร่างที่ยังไม่ส่ง บันทึกเมื่อ 18 มี.ค." in home_of(browser, cast, "officer").words


def test_what_was_sent_waits_for_others(browser: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    page = home_of(browser, cast, "officer")

    assert "ขณะนี้ไม่มีงานที่ต้องทำ" in page.words
    assert "รอผู้อื่น 1" in headings(page)
    assert "รอหัวหน้าฝ่ายพิจารณา ตั้งแต่ 18 มี.ค." in page.words


def test_with_time_left_the_next_due_date_is_named(browser: Browser, cast: Cast) -> None:
    clock.pretend(date(2023, 11, 6))

    page = home_of(browser, cast, "officer")

    assert "ขณะนี้ไม่มีงานที่ต้องทำงานถัดไปครบกำหนด อา. 31 มี.ค. 2567" in page.words
    assert "ยังมีเวลา 1" in headings(page)


def test_done_work_is_folded_away(browser: Browser, cast: Cast) -> None:
    measure = cast.task.measure.plan.measures[0]
    a_task(measure, section=cast.section, officers=[cast.officer], work_status=WorkStatus.DONE)

    assert "เสร็จแล้ว (1) มาตรการตัวอย่างที่ 1 18 มี.ค. 2567" in home_of(browser, cast, "officer").words


def test_colleagues_work_is_seen_under_the_division(browser: Browser, cast: Cast) -> None:
    page = home_of(browser, cast, "colleague")

    assert "สำนัก/กองของฉัน 1" in headings(page)
    assert "ฝ่ายประชาสัมพันธ์ · ยังไม่มีรายงาน" in page.words


def test_a_seat_is_told_how_much_waits_for_it(browser: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    page = home_of(browser, cast, "head")

    assert "รอท่านพิจารณา 1 รายการ" in headings(page)
    assert page.links["พิจารณา"] == "/approvals"


def test_an_officer_who_holds_a_seat_too_still_has_one_main_button(browser: Browser, cast: Cast) -> None:
    a_report(cast.other_task, cast.other_officer)
    a_membership(cast.officer, seat=Seat.SECTION_HEAD, unit=cast.other_section)

    page = home_of(browser, cast, "officer")

    assert "รอท่านพิจารณา 1 รายการ" in headings(page)
    assert len(list(page.of_class("btn-primary"))) == 1


def test_an_executive_for_whom_reports_wait_has_one_main_button(browser: Browser, cast: Cast) -> None:
    a_report(cast.other_task, cast.other_officer, chain=Chain((ChainSeat(Seat.EXECUTIVE, Verb.APPROVE, 3),)))

    page = home_of(browser, cast, "executive")

    assert "รอท่านพิจารณา 1 รายการ" in headings(page)
    assert page.links["ดูภาพรวม"] == "/dashboard?year=2567"
    assert ["".join(button.itertext()) for button in page.of_class("btn-primary")] == ["พิจารณา"]


@pytest.mark.parametrize("person", ["coordinator", "executive", "auditor", "administrator"])
def test_those_without_a_division_find_the_year(browser: Browser, cast: Cast, person: str) -> None:
    in_march(cast)

    page = home_of(browser, cast, person)

    assert "แล้วเสร็จ 2 จาก 7 มาตรการ" in headings(page)
    assert ("ต้องเร่งรัด 3 งาน" if person == "coordinator" else "ต้องติดตาม 4") in headings(page)
    assert page.links["ดูภาพรวม"] == "/dashboard?year=2567"


def test_before_there_is_a_plan_the_page_says_so(browser: Browser, cast: Cast) -> None:
    newcomer = a_user(an_agency("เทศบาลตำบลใหม่", code="new"), seat=Seat.EXECUTIVE)
    browser.sign_in(newcomer)

    assert "ยังไม่มีแผนที่ได้รับอนุมัติ" in headings(browser.get("/home"))


def test_a_person_without_a_post_is_let_no_further(browser: Browser, cast: Cast) -> None:
    browser.sign_in(a_user(cast.agency))

    assert "ท่านไม่มีสิทธิใช้หน้านี้" in browser.get("/home", 403).words


def test_coming_dates_name_the_last_working_day(browser: Browser, cast: Cast) -> None:
    page = home_of(browser, cast, "officer")

    assert "วันนี้ จ. 18 มี.ค.ไม่มีงานเกินกำหนด" in page.words
    assert "ศ. 29 มี.ค. · อีก 11 วันวันทำการสุดท้ายก่อนครบกำหนด" in page.words
    assert "อา. 31 มี.ค. · อีก 13 วันครบกำหนด “มาตรการตัวอย่างที่ 2”" in page.words


def test_what_is_overdue_stands_at_the_head_of_the_dates(browser: Browser, cast: Cast) -> None:
    clock.pretend(date(2024, 4, 2))

    assert "เกินกำหนด 1 งาน" in home_of(browser, cast, "officer").words


@pytest.mark.parametrize("how_many", [1, 50])
def test_the_page_costs_the_same_for_one_task_and_for_fifty(browser: Browser, cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, measures=how_many, version=2).measures:
            a_task(measure, section=cast.section, officers=[cast.officer])
    browser.sign_in(cast.officer)

    with counted_statements() as statements:
        page = browser.get("/home")

    assert page.heading == "งานของฉัน"
    assert len(statements) <= 12, "\n".join(statements)


@pytest.mark.parametrize("how_many", [7, 70])
@pytest.mark.parametrize(
    "person", ["head", "director", "coordinator", "auditor", "administrator", "chief", "executive"]
)
def test_every_home_costs_the_same_for_seven_tasks_and_for_seventy(
    browser: Browser, cast: Cast, person: str, how_many: int
) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, measures=how_many, version=2).measures:
            a_report(a_task(measure, section=cast.section, officers=[cast.officer]), cast.officer)
    browser.sign_in(getattr(cast, person))

    with counted_statements() as statements:
        page = browser.get("/home")

    assert page.heading == "งานของฉัน"
    assert len(statements) <= 12, "\n".join(f"{number}: {one[:150]}" for number, one in enumerate(statements, 1))


def test_a_coordinator_finds_what_to_chase_and_each_number_opens_its_list(browser: Browser, cast: Cast) -> None:
    in_march(cast)

    page = home_of(browser, cast, "coordinator")

    assert "ต้องเร่งรัด 3 งาน" in headings(page)
    assert len(list(page.of_class("btn-primary"))) == 1
    reasons = next(section for section in page.of_class("lead") if "ต้องเร่งรัด" in "".join(section.itertext()))
    counted = {link.get("href", ""): "".join(link.itertext()) for line in reasons.iter("li") for link in line.iter("a")}
    assert sum(int(words.split()[0]) for words in counted.values()) == 3
    for address, words in counted.items():
        assert f"ติดตาม {words}" in browser.get(address).heading


def test_a_coordinator_who_does_a_task_finds_it_beside_the_year(browser: Browser, cast: Cast) -> None:
    in_march(cast)
    a_membership(cast.officer, role=Role.COORDINATOR)

    page = home_of(browser, cast, "officer")

    assert "แล้วเสร็จ 2 จาก 7 มาตรการ" in headings(page)
    assert "อัปเดตความก้าวหน้า" in page.links
    assert len(list(page.of_class("btn-primary"))) == 1


def test_a_director_finds_the_division_with_what_presses_first(browser: Browser, cast: Cast) -> None:
    in_march(cast)

    page = home_of(browser, cast, "director")

    section = next(one for one in page.tree.iter("section") if "สำนัก/กองของฉัน" in "".join(one.itertext()))
    words = " ".join("".join(section.itertext()).split())
    assert "แล้วเสร็จ" in words
    assert f"/dashboard/divisions/{cast.division.id}" in page.links.values()


def test_an_auditor_is_told_how_the_record_stands(browser: Browser, cast: Cast) -> None:
    page = home_of(browser, cast, "auditor")

    assert page.links["บันทึกการเปลี่ยนแปลง"] == "/activity"
    assert "ยังไม่เคยตรวจสอบ" in page.words
    assert page.links["บันทึกอีเมลแจ้งเตือน"].startswith("/admin/reminders")
