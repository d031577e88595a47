"""The dashboard: two sentences, a bar, and figures that each open exactly the list they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import clock, db
from tests.browser import Browser, Page
from tests.factories import Cast, a_plan, a_task, one_commit
from tests.statements import counted_statements
from tests.year import in_march

MARKED = re.compile(r"\d+")


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    """Signed in on 18 March, in a year of seven measures."""
    in_march(cast)
    browser.sign_in(cast.coordinator)
    return browser


def figures_of(page: Page) -> Iterator[tuple[int, str]]:
    """The number in each link to a list, with its address."""
    for link in page.tree.iter("a"):
        words, address = " ".join("".join(link.itertext()).split()), link.get("href", "")
        number = MARKED.search(words)
        if address.startswith("/tasks?") and number:
            yield int(number[0]), address


def rows_in(page: Page) -> int:
    return sum(len(list(body.iter("tr"))) for body in page.tree.iter("tbody"))


def test_it_says_how_many_measures_are_done(coordinator: Browser) -> None:
    page = coordinator.get("/dashboard")

    assert page.title == "ภาพรวม ปีงบประมาณ 2567 — ITA Flow"
    assert "แล้วเสร็จ 2 จาก 7 มาตรการ" in page.words
    assert "ไม่มีมาตรการเกินกำหนด · อีก 13 วัน จะสิ้น 6 เดือนแรก ยังไม่แล้วเสร็จ 3 มาตรการ" in page.words


def test_the_bar_says_in_words_what_it_shows(coordinator: Browser) -> None:
    bar = next(coordinator.get("/dashboard").of_class("segbar"))

    assert bar.get("aria-label") == "แล้วเสร็จ 2 รอพิจารณา 1 กำลังดำเนินการ 2 ส่งกลับแก้ไข 1 ยังไม่เริ่ม 1"


@pytest.mark.parametrize("day", ["2024-03-18", "2024-04-09"])
def test_every_figure_opens_a_list_of_just_so_many_rows(coordinator: Browser, cast: Cast, day: str) -> None:
    given_twice = cast.task.measure.plan.measures[3]
    a_task(given_twice, division=cast.other_division)
    clock.pretend(date.fromisoformat(day))

    figures = list(figures_of(coordinator.get("/dashboard?year=2567")))

    assert len(figures) > 15
    for number, address in figures:
        assert rows_in(coordinator.get(address)) == number, address


def test_what_is_most_urgent_comes_first(coordinator: Browser) -> None:
    urgent = next(coordinator.get("/dashboard").of_class("rows"))

    titles = ["".join(link.itertext()) for link in urgent.iter("a")]
    assert titles == ["มาตรการตัวอย่างที่ 2", "มาตรการตัวอย่างที่ 7", "มาตรการตัวอย่างที่ 5"]


def test_what_is_overdue_is_said_in_the_second_sentence(coordinator: Browser) -> None:
    clock.pretend(date(2024, 4, 2))

    assert "เกินกำหนด 2 มาตรการ · อีก 181 วัน จะสิ้นปีงบประมาณ ยังไม่แล้วเสร็จ 5 มาตรการ" in coordinator.get("/dashboard").words


def test_a_cancelled_measure_is_named_beside_the_count(coordinator: Browser, cast: Cast) -> None:
    cast.other_task.work_status = WorkStatus.CANCELLED
    db.session.commit()

    page = coordinator.get("/dashboard")

    assert "แล้วเสร็จ 2 จาก 6 มาตรการ" in page.words
    assert rows_in(coordinator.get(page.links["1 มาตรการที่ยกเลิก"])) == 1


def test_a_year_without_a_plan_says_what_to_do(coordinator: Browser) -> None:
    page = coordinator.get("/dashboard?year=2568")

    assert "ยังไม่มีแผนของปี 2568" in page.words
    assert page.links["ดูภาพรวม ปี 2567"] == "/dashboard?year=2567"


def test_a_draft_plan_is_not_yet_counted(coordinator: Browser, cast: Cast) -> None:
    draft = a_plan(cast.agency, year=2568, measures=1)
    draft.state, draft.approved_at = PlanState.DRAFT, None
    db.session.commit()

    page = coordinator.get("/dashboard?year=2568")

    assert "แผนของปี 2568 ยังไม่ได้รับอนุมัติ" in page.words
    assert page.links["ดูแผน ปี 2568"] == "/plans/2568"


@pytest.mark.parametrize("asked", ["next", "99999999999999999999"])
def test_a_year_that_is_none_is_passed_over(coordinator: Browser, asked: str) -> None:
    page = coordinator.get("/dashboard", query_string={"year": asked})

    assert page.heading == "ภาพรวม ปีงบประมาณ 2567"


def test_without_a_year_it_opens_with_the_newest_plan(coordinator: Browser) -> None:
    clock.pretend(date(2026, 11, 22))

    assert coordinator.get("/dashboard").heading == "ภาพรวม ปีงบประมาณ 2567"


@pytest.mark.parametrize("how_many", [7, 70])
def test_the_page_costs_the_same_for_seven_tasks_and_for_seventy(
    browser: Browser, cast: Cast, today: date, how_many: int
) -> None:
    with one_commit():
        plan = a_plan(cast.agency, measures=how_many, version=2)
        for measure in plan.measures:
            a_task(measure, division=cast.division, officers=[cast.officer])
    browser.sign_in(cast.coordinator)

    with counted_statements() as statements:
        page = browser.get("/dashboard")

    assert f"จาก {how_many} มาตรการ" in page.words
    assert len(statements) <= 12, "\n".join(statements)
