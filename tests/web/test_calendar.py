"""The calendar: the year as a strip and by month, narrowed to whose it is, and taken away as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.extensions import clock, db
from ita_flow.models.calendar import AssessmentWindow
from tests.browser import Browser, Page
from tests.factories import Cast, a_plan, a_task, one_commit
from tests.statements import counted_statements
from tests.year import in_march


@pytest.fixture
def officer(browser: Browser, cast: Cast, today: date) -> Browser:
    """Signed in on 18 March, in a year of seven measures of which two are the officer's."""
    in_march(cast)
    browser.sign_in(cast.officer)
    return browser


def lanes_of(page: Page) -> list[str]:
    return ["".join(one.itertext()) for one in page.of_class("lab")]


def a_window(cast: Cast) -> AssessmentWindow:
    window = AssessmentWindow(
        agency_id=cast.agency.id,
        year=2567,
        kind=AssessmentWindowKind.OIT_UPLOAD,
        starts_on=date(2024, 4, 1),
        ends_on=date(2024, 4, 30),
    )
    db.session.add(window)
    db.session.commit()
    return window


def events_of(page: Page) -> list[Any]:
    return list(Calendar.from_ical(page.response.data).walk("VEVENT"))


def test_it_shows_every_due_date_of_the_year(officer: Browser) -> None:
    page = officer.get("/calendar")

    assert page.heading == "ปฏิทิน ปีงบประมาณ 2567"
    assert len(lanes_of(page)) == 7
    assert [month.text for month in page.tree.iter("h2")] == ["มีนาคม\u00a02567", "กันยายน\u00a02567"]
    assert "อา. 31 มี.ค. สิ้น 6 เดือนแรก ครบกำหนด 5 งาน · วันทำการสุดท้าย ศ. 29 มี.ค." in page.words
    assert "จ. 30 ก.ย. สิ้นปีงบประมาณ ครบกำหนด 2 งาน" in page.words


def test_each_lane_says_in_words_what_it_shows(officer: Browser) -> None:
    lanes = [one.get("aria-label") for one in officer.get("/calendar").of_class("lane")]

    assert lanes[1] == "กำหนด 31\u00a0มี.ค.\u00a02567 · กำลังดำเนินการ"
    assert lanes[4] == "กำหนด 30\u00a0ก.ย.\u00a02567 · ส่งกลับแก้ไข"


def test_the_table_says_what_the_strip_shows(officer: Browser, cast: Cast) -> None:
    a_window(cast)

    page = officer.get("/calendar")

    table = next(page.tree.iter("table"))
    rows = [" ".join("".join(row.itertext()).split()) for row in table.iter("tr")][1:]
    assert rows[0].endswith("1 เม.ย. 2567 – 30 เม.ย. 2567")
    assert len(rows) == len(lanes_of(page)) == 8


def test_an_officer_can_look_at_their_own_and_at_their_division(officer: Browser, cast: Cast) -> None:
    page = officer.get("/calendar?year=2567")

    own, division = page.links["ของฉัน"], page.links["กองยุทธศาสตร์และงบประมาณ"]

    assert lanes_of(officer.get(own)) == ["2 มาตรการตัวอย่างที่ 2", "3 มาตรการตัวอย่างที่ 3"]
    assert lanes_of(officer.get(division)) == ["2 มาตรการตัวอย่างที่ 2", "3 มาตรการตัวอย่างที่ 3"]
    other = officer.get(f"/calendar?year=2567&division={cast.other_division.id}")
    assert lanes_of(other) == ["5 มาตรการตัวอย่างที่ 5"]


def test_who_has_nothing_is_told_so_and_shown_the_way_back(officer: Browser, cast: Cast) -> None:
    officer.sign_in(cast.colleague)

    page = officer.get("/calendar?year=2567&mine=1")

    assert "ไม่มีกำหนดของมาตรการในปี 2567" in page.words
    assert page.links["ดูกำหนดทั้งหมดของปี 2567"] == "/calendar?year=2567"


def test_a_year_without_a_plan_leads_to_its_plan(officer: Browser) -> None:
    page = officer.get("/calendar?year=2568")

    assert page.links["เปิดแผนปี 2568"] == "/plans/2568"


@pytest.mark.parametrize("asked", ["year=next", "division=99999999999", "division=x", "mine=2", "year=99999999999999"])
def test_what_cannot_be_read_is_passed_over(officer: Browser, asked: str) -> None:
    page = officer.get(f"/calendar?{asked}")

    assert page.heading == "ปฏิทิน ปีงบประมาณ 2567"
    assert len(lanes_of(page)) == 7


def test_a_division_of_others_is_not_known(officer: Browser, cast: Cast) -> None:
    page = officer.get(f"/calendar?year=2567&division={cast.strange_task.division_id}")

    assert len(lanes_of(page)) == 7


def test_what_is_overdue_is_told_in_words(officer: Browser) -> None:
    clock.pretend(date(2024, 4, 10))

    lanes = [one.get("aria-label", "") for one in officer.get("/calendar?year=2567").of_class("lane")]

    assert [place for place, words in enumerate(lanes, 1) if words.endswith("เกินกำหนด")] == [2, 7]


def test_the_file_holds_what_is_not_done_and_the_windows(officer: Browser, cast: Cast) -> None:
    window = a_window(cast)

    page = officer.get(officer.get("/calendar").links["เพิ่มลงปฏิทิน (.ics)"])

    assert page.response.mimetype == "text/calendar"
    assert "ita-flow-2567.ics" in page.response.headers["Content-Disposition"]
    events = {str(one["UID"]).split("@")[0]: one for one in events_of(page)}
    assert len(events) == 6
    assert events[f"window-{window.id}"]["DTSTART"].dt == date(2024, 4, 1)
    assert events[f"window-{window.id}"]["DTEND"].dt == date(2024, 5, 1)
    assert events[f"task-{cast.task.id}"]["DTSTART"].dt == date(2024, 3, 31)


def test_the_file_is_as_narrow_as_the_page(officer: Browser) -> None:
    page = officer.get("/calendar?year=2567&mine=1")

    assert len(events_of(officer.get(page.links["เพิ่มลงปฏิทิน (.ics)"]))) == 2


def a_big_year(cast: Cast, how_many: int) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, measures=how_many, version=2).measures:
            a_task(measure, division=cast.division, officers=[cast.officer])


@pytest.mark.parametrize("how_many", [7, 70])
def test_the_page_costs_the_same_for_seven_tasks_and_for_seventy(
    browser: Browser, cast: Cast, today: date, how_many: int
) -> None:
    a_big_year(cast, how_many)
    browser.sign_in(cast.officer)

    with counted_statements() as statements:
        page = browser.get("/calendar")

    assert len(lanes_of(page)) == min(how_many, 12)
    assert len(statements) <= 12, "\n".join(statements)


def test_of_many_tasks_of_a_day_the_rest_stands_behind_a_link(browser: Browser, cast: Cast, today: date) -> None:
    a_big_year(cast, 20)
    browser.sign_in(cast.officer)

    page = browser.get("/calendar?year=2567&mine=1")

    address = page.links["ดูทั้ง 14 งาน"]
    assert "due_on=2024-03-31" in address
    rows = [row for body in browser.get(address).tree.iter("tbody") for row in body.iter("tr")]
    assert len(rows) == 14
