"""Holidays: the days of the list, those of the agency's own, and the two that offices differ on."""

from __future__ import annotations

import json
from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.domain.reminders import DEFAULT_RULES
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.calendar import Holiday
from ita_flow.models.people import Agency
from ita_flow.queries.free_days import free_days_of
from tests.browser import Browser, Form, Page
from tests.factories import Cast, reminder_rules
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

PAGE = "/admin/holidays"
CHAKRI_DAY, CHAKRI_IS_MADE_UP = date(2024, 4, 6), date(2024, 4, 8)
THURSDAY = date(2024, 3, 28)


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def is_closed(cast: Cast, day: date) -> bool:
    db.session.expire_all()
    return day in free_days_of(db.session.get_one(Agency, cast.agency.id))


def row_form(page: Page, action: str, day: date) -> Form:
    return next(one for one in page.forms if one.action.endswith(action) and one.fields.get("day") == [day.isoformat()])


def actions() -> list[str]:
    bodies = db.session.scalars(sa.select(AuditEvent.body).order_by(AuditEvent.seq))
    return [json.loads(body)["action"] for body in bodies]


def confirm(desk: Browser, page: Page) -> Page:
    return desk.follow(desk.submit(page.form(), step="confirmed"))


def test_a_year_shows_the_government_days_and_what_their_source_is(desk: Browser) -> None:
    page = desk.get(PAGE)

    assert page.heading == "วันหยุด พ.ศ. 2567"
    assert "ส. 6 เม.ย. 2567" in page.words
    assert "จ. 8 เม.ย. 2567" in page.words
    assert "พ. 1 พ.ค. 2567" in page.words


def test_another_year_is_one_press_away(desk: Browser) -> None:
    page = desk.get(desk.get(PAGE).links["พ.ศ. 2568"])

    assert page.heading == "วันหยุด พ.ศ. 2568"


@pytest.mark.parametrize("year", ["2400", "9999999", "abc", ""])
def test_a_year_out_of_reach_shows_this_one(desk: Browser, year: str) -> None:
    assert desk.get(f"{PAGE}?year={year}").heading == "วันหยุด พ.ศ. 2567"


def test_a_day_of_ones_own_closes_the_office(desk: Browser, cast: Cast) -> None:
    form = desk.get(PAGE).form(PAGE)
    page = desk.submit(form, 200, day="28 มี.ค. 2567", name="วันหยุดพิเศษ")
    assert not is_closed(cast, THURSDAY)

    shown = confirm(desk, page)

    assert is_closed(cast, THURSDAY)
    assert "พฤ. 28 มี.ค. 2567" in shown.words
    assert actions() == ["holiday.added"]


def test_the_mails_of_that_day_are_shown_to_move(desk: Browser, cast: Cast) -> None:
    reminder_rules(cast.agency, *DEFAULT_RULES)
    form = desk.get(PAGE).form(PAGE)

    page = desk.submit(form, 200, day="1 เม.ย. 2567", name="วันหยุดพิเศษ")  # the Monday after the due date

    assert "เลื่อนวันส่ง" in page.words
    assert "จ. 1 เม.ย. 2567" in page.words
    assert "อ. 2 เม.ย. 2567" in page.words


def test_where_no_mail_moves_the_page_says_so(desk: Browser) -> None:
    page = desk.submit(desk.get(PAGE).form(PAGE), 200, day="28 มี.ค. 2567", name="วันหยุดพิเศษ")

    assert "ไม่มีอีเมลใดเปลี่ยน" in page.words


@pytest.mark.parametrize(
    ("day", "name", "error"),
    [
        ("", "วันหยุด", "กรอกวันที่"),
        ("พรุ่งนี้", "วันหยุด", "อ่านวันที่"),
        ("28 มี.ค. 2567", " ", "กรอกชื่อวันหยุด"),
        ("28 มี.ค. 2567", "ก" * 101, "ไม่เกิน 100 ตัวอักษร"),
        ("8 เม.ย. 2567", "ซ้ำ", "เป็นวันหยุดอยู่แล้ว"),
        ("28 มี.ค. 2590", "ไกล", "ตรวจปีอีกครั้ง"),
    ],
)
def test_what_cannot_be_a_holiday_is_told_and_kept_in_its_field(desk: Browser, day: str, name: str, error: str) -> None:
    page = desk.submit(desk.get(PAGE).form(PAGE), 422, day=day, name=name)

    assert len(page.errors) == 1
    assert error in page.errors[0]
    assert page.form(PAGE).fields["day"] == [day]


def test_a_day_is_entered_once(desk: Browser, cast: Cast) -> None:
    db.session.add(Holiday(agency_id=cast.agency.id, day=THURSDAY, name="วันหยุดพิเศษ", is_free=True))
    db.session.commit()

    page = desk.submit(desk.get(PAGE).form(PAGE), 422, day="28 มี.ค. 2567", name="อีกครั้ง")

    assert "นำรายการเดิมออกก่อน" in page.errors[0]


def test_a_sunday_may_be_entered_and_is_said_to_change_nothing(desk: Browser) -> None:
    page = desk.submit(desk.get(PAGE).form(PAGE), 200, day="31 มี.ค. 2567", name="วันหยุดพิเศษ")

    assert "ซึ่งเป็นวันหยุดอยู่แล้ว" in confirm(desk, page).words


def test_the_office_may_work_on_a_day_of_the_list_and_take_that_back(desk: Browser, cast: Cast) -> None:
    form = desk.get(PAGE).form(f"{PAGE}/opening")
    page = confirm(desk, desk.submit(form, 200, day=CHAKRI_IS_MADE_UP.isoformat()))
    assert not is_closed(cast, CHAKRI_IS_MADE_UP)

    confirm(desk, desk.submit(row_form(page, "/removal", CHAKRI_IS_MADE_UP), 200))

    assert is_closed(cast, CHAKRI_IS_MADE_UP)
    assert actions() == ["holiday.opened", "holiday.removed"]


@pytest.mark.parametrize("action", ["opening", "removal"])
def test_what_the_list_and_the_table_do_not_name_is_refused(desk: Browser, action: str) -> None:
    page = desk.post(f"{PAGE}/{action}", {"day": THURSDAY.isoformat(), "form_key": "once-and-only"}, 422)

    assert "เปิดหน้านี้ใหม่" in page.errors[0]


@pytest.mark.parametrize("day", ["", "28 มี.ค.", "2024-13-01"])
def test_a_row_that_was_tampered_with_is_not_understood(desk: Browser, day: str) -> None:
    desk.post(f"{PAGE}/opening", {"day": day, "form_key": "once-and-only"}, 400)


def test_labour_day_is_switched_for_all_years(desk: Browser, cast: Cast) -> None:
    form = desk.get(PAGE).form(f"{PAGE}/switches")

    confirm(desk, desk.submit(form, 200, labour_day="y"))

    assert [is_closed(cast, date(year, 5, 1)) for year in (2024, 2026)] == [True, True]
    assert not is_closed(cast, date(2024, 1, 13))
    assert actions() == ["holiday.switched"]


def test_going_back_from_the_mails_keeps_what_was_typed(desk: Browser) -> None:
    page = desk.submit(desk.get(PAGE).form(PAGE), 200, day="28 มี.ค. 2567", name="วันหยุดพิเศษ")

    again = desk.submit(page.form(), 200, step="edit")

    assert (again.form(PAGE).fields["day"], again.form(PAGE).fields["name"]) == (["28 มี.ค. 2567"], ["วันหยุดพิเศษ"])


def test_of_two_who_enter_the_same_day_the_second_is_told(desk: Browser, cast: Cast) -> None:
    page = desk.submit(desk.get(PAGE).form(PAGE), 200, day="28 มี.ค. 2567", name="ของคนที่สอง")
    db.session.add(Holiday(agency_id=cast.agency.id, day=THURSDAY, name="ของคนแรก", is_free=True))
    db.session.commit()

    again = desk.submit(page.form(), 422, step="confirmed")

    assert "หน่วยงานกำหนดวันที่" in again.errors[0]


@pytest.mark.parametrize("how_many", [1, 60])
def test_the_page_costs_the_same_for_many_days(desk: Browser, cast: Cast, how_many: int) -> None:
    for number in range(how_many):
        day = date.fromordinal(THURSDAY.toordinal() + number)
        db.session.add(Holiday(agency_id=cast.agency.id, day=day, name="วันหยุด", is_free=True))
    db.session.commit()

    with counted_statements() as statements:
        desk.get(PAGE)

    assert len(statements) <= 12, "\n".join(statements)
