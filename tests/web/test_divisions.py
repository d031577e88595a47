"""The page of a division: every figure opens exactly the list it counts, and the director hands over from here."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from tests.browser import Browser, Page
from tests.factories import TODAY, Cast, a_report, a_task, an_acting_order, one_commit
from tests.factories.many import many_tasks
from tests.statements import MOST_STATEMENTS, counted_statements
from tests.web.test_long_lists import HEAVIEST

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def director(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.director)
    return browser


def address_of(cast: Cast, year: int = 2567) -> str:
    return f"/dashboard/divisions/{cast.division.id}?year={year}"


def figures_of(page: Page) -> Iterator[tuple[int, str]]:
    """Every link whose words hold just one number, with that number, which leads to a list of tasks."""
    main = page.tree.find(".//main")
    assert main is not None
    for link in main.iter("a"):
        numbers = re.findall(r"\d+", "".join(link.itertext()))
        if link.get("href", "").startswith("/tasks?") and len(numbers) == 1:
            yield int(numbers[0]), link.get("href", "")


def count_line(page: Page) -> int:
    told = next(element for element in page.tree.iter("p") if element.get("role") == "status")
    found = re.search(r"\d+", "".join(told.itertext()))
    assert found
    return int(found[0])


@pytest.fixture
def busy(cast: Cast) -> Cast:
    with one_commit():
        a_task(section=cast.section, officers=[cast.officer], due_on=TODAY - timedelta(days=3))
        a_task(section=cast.section, officers=[cast.officer, cast.colleague], due_on=TODAY + timedelta(days=3))
        a_task(section=cast.section, officers=[cast.colleague], work_status=WorkStatus.DONE)
        a_task(section=cast.section, officers=[cast.colleague], work_status=WorkStatus.CANCELLED)
        a_task(division=cast.division, due_on=TODAY + timedelta(days=90))
        a_report(cast.task, cast.officer, state=ReportState.RETURNED)
    return cast


@pytest.mark.parametrize("year", [2567, 2568])
def test_every_figure_opens_a_list_of_just_so_many_tasks(director: Browser, busy: Cast, year: int) -> None:
    page = director.get(address_of(busy, year))

    figures = list(figures_of(page))

    assert len(figures) >= 16 or year == 2568
    for number, address in figures:
        assert count_line(director.get(address)) == number, address


def test_the_sentence_counts_tasks(director: Browser, busy: Cast) -> None:
    page = director.get(address_of(busy))

    assert page.heading == busy.division.name
    assert "แล้วเสร็จ 1 จาก 5 งาน" in page.words
    assert "เกินกำหนด 1 งาน" in page.words
    assert "ไม่นับ 1 งานที่ยกเลิก" in page.words
    assert "ยังไม่มอบหมายเจ้าหน้าที่ 1 งาน" in page.words


def test_who_acts_and_which_seat_is_vacant_is_told(director: Browser, cast: Cast) -> None:
    cast.head.memberships[0].ends_on = TODAY - timedelta(days=1)
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, order_no="7/2567", ends_on=date(2024, 3, 31))
    db.session.commit()

    page = director.get(address_of(cast))

    assert f"ว่างหัวหน้า{cast.section.name}" in page.words
    assert f"รักษาราชการแทนหัวหน้า{cast.section.name}{cast.other_head.name} · คำสั่งที่ 7/2567" in page.words


def test_what_waits_for_the_director_leads_to_the_queue(director: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, approvals=1)

    page = director.get(address_of(cast))

    assert ("1", "/approvals") in [("".join(link.itertext()), link.get("href")) for link in page.tree.iter("a")]


def test_who_may_hand_over_is_led_there(browser: Browser, cast: Cast) -> None:
    led = {}
    for person in (cast.director, cast.coordinator, cast.other_director, cast.officer, cast.chief):
        browser.sign_in(person)
        links = browser.get(address_of(cast)).links
        led[person.email.split("@")[0]] = any(address.startswith("/handover/") for address in links.values())

    assert [name for name, is_led in led.items() if is_led] == ["director", "coordinator"]


def test_a_year_without_tasks_still_shows_the_people(director: Browser, cast: Cast) -> None:
    page = director.get(address_of(cast, 2568))

    assert "ยังไม่มีงานของสำนัก/กองนี้" in page.words
    assert cast.officer.name in page.words


@pytest.mark.parametrize("asked", ["", "?year=", "?year=abc", "?year=99999"])
def test_a_year_that_is_none_is_passed_over(director: Browser, cast: Cast, asked: str) -> None:
    assert "ปีงบประมาณ 2567" in director.get(f"/dashboard/divisions/{cast.division.id}{asked}").words


def test_sections_and_other_agencies_have_no_such_page(director: Browser, cast: Cast) -> None:
    for number in (cast.section.id, cast.strange_task.division_id, 0, 999_999_999):
        director.get(f"/dashboard/divisions/{number}", 404)


def test_the_page_costs_the_same_for_seven_tasks_and_for_seven_hundred(director: Browser, cast: Cast) -> None:
    address, costs, weights = address_of(cast), [], []
    for how_many in (70, 700):
        many_tasks(cast, how_many)
        with counted_statements() as sent:
            page = director.get(address)
        costs.append(len(sent))
        weights.append(len(gzip.compress(page.response.data, mtime=0)))

    assert costs[0] == costs[1] <= MOST_STATEMENTS, "\n".join(sent)
    assert weights[1] < min(weights[0] + 100, HEAVIEST)
