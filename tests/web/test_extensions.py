"""The form in which a later due date is asked for, and where the wish, and the first date, can be seen."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.database import transaction
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.proposals import Proposal
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow import extensions, proposals
from tests.browser import Browser, Page
from tests.factories import NOW, Cast, a_report
from tests.factories.plans import cancel
from tests.statements import counted_statements

APRIL = date(2024, 4, 30)
WHY = "ผู้รับจ้างส่งมอบงานล่าช้ากว่าสัญญา"
LINK = "ขอขยายกำหนดเวลา"


@pytest.fixture
def officer(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.officer)
    return browser


def asked(cast: Cast) -> Proposal:
    with transaction():
        return extensions.ask(cast.task, APRIL, WHY, actor=cast.officer, at=NOW)


def granted(cast: Cast) -> Proposal:
    wish = asked(cast)
    for person in (cast.head, cast.director):
        with transaction():
            proposals.approve(wish, seen_now(wish), actor=person, at=NOW)
    return wish


def returned(cast: Cast) -> Proposal:
    wish = asked(cast)
    with transaction():
        proposals.return_proposal(wish, seen_now(wish), comment="ขอแผนการทำงานใหม่", actor=cast.head, at=NOW)
    return wish


def page_of_task(browser: Browser, cast: Cast) -> Page:
    return browser.get(f"/tasks/{cast.task.id}")


def test_an_officer_asks_from_the_page_of_the_task(officer: Browser, cast: Cast) -> None:
    page = officer.get(page_of_task(officer, cast).links[LINK])
    assert "หัวหน้าฝ่าย" in page.words

    sent = officer.submit(page.form(), due_on="30 เม.ย. 2567", reason=WHY)

    shown = officer.follow(sent)
    assert "ขอขยายถึง อ. 30 เม.ย. 2567 กำหนดปัจจุบันยังใช้อยู่" in shown.words
    assert "รอหัวหน้าฝ่ายพิจารณา ตั้งแต่ 18 มี.ค. 2567 (หัวหน้า ฝ่ายประชาสัมพันธ์)" in shown.words
    assert LINK not in shown.links
    assert "กำหนด อา. 31 มี.ค. 2567" in shown.words


def test_of_a_day_off_the_last_working_day_is_told(officer: Browser, cast: Cast) -> None:
    page = officer.get(f"/tasks/{cast.task.id}/extension")

    sent = officer.submit(page.form(), due_on="30 มิ.ย. 2567", reason=WHY)

    assert "ซึ่งเป็นวันหยุด วันทำการสุดท้ายคือ ศ. 28 มิ.ย." in officer.follow(sent).words


@pytest.mark.parametrize(
    ("due_on", "reason", "errors"),
    [
        ("", " ", ["กรอกกำหนดใหม่ที่ขอ", "กรอกเหตุผลที่ขอขยายกำหนดเวลา"]),
        ("31 มี.ค. 2567", WHY, ["กำหนดใหม่ต้องอยู่หลังกำหนดปัจจุบัน (31 มีนาคม 2567)"]),
        ("1 ต.ค. 2567", WHY, ["กำหนดใหม่ต้องไม่เกินวันสุดท้ายของปีงบประมาณ (30 กันยายน 2567)"]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    officer: Browser, cast: Cast, due_on: str, reason: str, errors: list[str]
) -> None:
    page = officer.get(f"/tasks/{cast.task.id}/extension")

    again = officer.submit(page.form(), status=422, due_on=due_on, reason=reason)

    assert again.errors == errors
    assert (again.form().fields["due_on"], again.form().fields["reason"]) == ([due_on], [reason])


def test_who_comes_second_keeps_what_they_wrote(officer: Browser, cast: Cast) -> None:
    page = officer.get(f"/tasks/{cast.task.id}/extension")
    asked(cast)

    again = officer.submit(page.form(), status=409, due_on="30 พ.ค. 2567", reason="อีกเหตุผล")

    assert again.errors == ["มีคำขอขยายกำหนดเวลาของงานนี้รอพิจารณาอยู่แล้ว รอผลการพิจารณา หรือดึงคำขอเดิมกลับก่อน"]
    assert again.form().fields["reason"] == ["อีกเหตุผล"]


def test_the_wish_is_taken_back_on_the_page_of_the_task(officer: Browser, cast: Cast) -> None:
    asked(cast)
    form = page_of_task(officer, cast).form(f"/tasks/{cast.task.id}/extension/withdrawal")

    shown = officer.follow(officer.submit(form))

    assert "ดึงคำขอขยายกำหนดเวลากลับแล้ว" in shown.words
    assert LINK in shown.links


def test_a_wish_of_another_task_is_not_there(officer: Browser, cast: Cast) -> None:
    wish = asked(cast)
    form = page_of_task(officer, cast).form(f"/tasks/{cast.task.id}/extension/withdrawal")

    officer.post(f"/tasks/{cast.other_task.id}/extension/withdrawal", {**form.fields, "wish": wish.id}, status=404)


def test_why_it_came_back_stands_on_the_page_until_it_is_asked_again(officer: Browser, cast: Cast) -> None:
    returned(cast)

    page = page_of_task(officer, cast)
    assert "ส่งกลับเมื่อ 18 มี.ค. 2567 ขอแผนการทำงานใหม่" in page.words
    officer.submit(officer.get(page.links["ขอขยายกำหนดเวลาอีกครั้ง"]).form(), due_on="15 พ.ค. 2567", reason=WHY)

    assert "ขอแผนการทำงานใหม่ ขอขยาย" not in page_of_task(officer, cast).words


def test_the_first_date_stays_visible_wherever_the_date_is(officer: Browser, cast: Cast) -> None:
    granted(cast)

    page = page_of_task(officer, cast)
    assert "กำหนด อ. 30 เม.ย. 2567 (เดิม 31 มี.ค. 2567)" in page.words
    assert "ให้ขยายกำหนดเวลาตามคำขอ" in page.words
    assert "30 เม.ย. 2567 (เดิม 31 มี.ค. 2567)" in officer.get("/tasks").words
    assert "30 เม.ย. 2567 (เดิม 31 มี.ค. 2567)" in officer.get("/tasks?by=measure").words
    assert "31 มี.ค. 2567" in officer.get("/home").words
    assert "กำหนดเดิม 31 มี.ค. 2567" in officer.get("/calendar").words
    assert "2024-04-30,30 เมษายน 2567,2024-03-31,31 มีนาคม 2567" in officer.get("/tasks.csv").text
    assert "วงกลมเล็กคือกำหนดเดิมก่อนขยายเวลา" in officer.get("/dashboard").words


def test_where_no_date_was_put_off_nothing_is_told_of_it(officer: Browser) -> None:
    assert "เดิม" not in officer.get("/tasks").words
    assert "วงกลมเล็กคือกำหนดเดิม" not in officer.get("/dashboard").words


@pytest.mark.parametrize("who", ["head", "coordinator", "other_officer"])
def test_others_are_offered_nothing(browser: Browser, cast: Cast, today: date, who: str) -> None:
    browser.sign_in(getattr(cast, who))

    assert LINK not in page_of_task(browser, cast).links


@pytest.mark.parametrize("standing", ["cancelled", "claimed", "year_end"])
def test_where_nothing_can_be_asked_nothing_is_offered_and_the_address_says_why(
    officer: Browser, cast: Cast, standing: str
) -> None:
    match standing:
        case "cancelled":
            cancel(cast.task)
        case "claimed":
            a_report(cast.task, cast.officer)
        case _:
            cast.task.due_on = date(2024, 9, 30)
    db.session.commit()

    assert LINK not in page_of_task(officer, cast).links
    assert officer.get(f"/tasks/{cast.task.id}/extension", status=409 if standing == "cancelled" else 422).words


def test_a_report_on_its_way_keeps_the_link(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.SUBMITTED, claim=WorkStatus.IN_PROGRESS)

    assert LINK in page_of_task(officer, cast).links


def test_whoever_has_the_turn_is_led_to_the_wish(browser: Browser, cast: Cast, today: date) -> None:
    wish = asked(cast)
    browser.sign_in(cast.head)

    page = browser.get(page_of_task(browser, cast).links["พิจารณาคำขอ"])

    assert page.address == f"/proposals/{wish.id}"
    for told in (WHY, "อา. 31 มี.ค. 2567", "อ. 30 เม.ย. 2567", "ขยาย 30 วัน"):
        assert told in page.words


def test_the_deciders_are_told_when_the_task_has_another_date_by_now(browser: Browser, cast: Cast, today: date) -> None:
    wish = asked(cast)
    cast.task.due_on = date(2024, 4, 15)
    db.session.commit()
    browser.sign_in(cast.head)

    page = browser.get(f"/proposals/{wish.id}")

    assert "กำหนดของงานนี้เปลี่ยนเป็น จ. 15 เม.ย. 2567 แล้ว" in page.words
    assert [form.action for form in page.forms if "/proposals/" in form.action] == [f"/proposals/{wish.id}/return"]


def test_a_wish_costs_the_page_of_the_task_one_statement(officer: Browser, cast: Cast) -> None:
    page_of_task(officer, cast)
    with counted_statements() as before:
        page_of_task(officer, cast)
    asked(cast)
    with counted_statements() as after:
        page_of_task(officer, cast)

    assert len(after) <= len(before) + 2, "\n".join(after)
