"""The dashboard: two sentences, a bar, and figures that each open exactly the list they count."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import clock, db
from tests.browser import Browser, Page
from tests.factories import TODAY, Cast, a_plan, a_report, a_task, one_commit
from tests.factories.many import many_tasks
from tests.factories.plans import a_measure, cancel
from tests.statements import MOST_STATEMENTS, counted_statements
from tests.web.test_long_lists import HEAVIEST
from tests.year import in_march

MARKED = re.compile(r"\d+")
A_FEW_DIGITS = 200


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    """Signed in on 18 March, in a year of seven measures."""
    in_march(cast)
    browser.sign_in(cast.coordinator)
    return browser


def figures_of(page: Page) -> Iterator[tuple[int, str]]:
    """The number in each link to a list, with its address; the lanes of the year go by the number of their measure."""
    for link in page.tree.iter("a"):
        if link.get("class") == "lab":
            continue
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
    assert "ไม่มีมาตรการเกินกำหนด · อีก 13 วันสิ้น 6 เดือนแรก ยังขาด 3 มาตรการ" in page.words


def test_the_bar_says_in_words_what_it_shows(coordinator: Browser) -> None:
    bar = next(coordinator.get("/dashboard").of_class("segbar"))

    assert bar.get("aria-label") == "แล้วเสร็จ 2 รอพิจารณา 1 กำลังดำเนินการ 2 ส่งกลับแก้ไข 1 ยังไม่เริ่ม 1"


def in_every_state(cast: Cast) -> None:
    """Beside the seven: a measure given twice, a cancelled one, late ones, one sent in time, one of its own dates."""
    with one_commit():
        plan = cast.task.measure.plan
        plan.measures += [a_measure(plan, number) for number in range(8, 13)]
        a_task(plan.measures[3], division=cast.other_division)
        cancelled, late, sent_late, in_time, own_dates = plan.measures[7:]
        own_dates.window_kind, own_dates.ends_on = WindowKind.CUSTOM, date(2024, 3, 15)
        a_task(cancelled, division=cast.division, work_status=WorkStatus.CANCELLED)
        a_task(late, section=cast.section, work_status=WorkStatus.DONE, due_on=TODAY - timedelta(days=9))
        a_report(a_task(sent_late, section=cast.section, due_on=TODAY - timedelta(days=2)), cast.officer)
        a_report(a_task(in_time, section=cast.other_section), cast.other_officer)
        a_task(own_dates, section=cast.section)


@pytest.mark.parametrize("window", ["", "first_half", "full_year", "custom"])
@pytest.mark.parametrize("day", ["2024-03-18", "2024-04-09"])
def test_every_figure_opens_a_list_of_just_so_many_rows(
    coordinator: Browser, cast: Cast, day: str, window: str
) -> None:
    in_every_state(cast)
    clock.pretend(date.fromisoformat(day))

    figures = set(figures_of(coordinator.get(f"/dashboard?year=2567&window={window}")))

    assert len(figures) >= (8 if window else 30)
    for number, address in figures:
        assert rows_in(coordinator.get(address)) == number, address


def test_what_is_most_urgent_comes_first(coordinator: Browser) -> None:
    urgent = next(coordinator.get("/dashboard").of_class("rows"))

    titles = ["".join(link.itertext()) for link in urgent.iter("a")]
    assert titles == [f"มาตรการตัวอย่างที่ {number}" for number in (2, 7, 5, 4)]


def test_what_is_overdue_is_said_in_the_second_sentence(coordinator: Browser) -> None:
    clock.pretend(date(2024, 4, 2))

    assert "เกินกำหนด 2 มาตรการ · อีก 181 วันสิ้นปีงบประมาณ ยังขาด 5 มาตรการ" in coordinator.get("/dashboard").words


def test_a_cancelled_measure_is_named_beside_the_count(coordinator: Browser, cast: Cast) -> None:
    cancel(cast.other_task)
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


def test_a_half_is_looked_at_alone(coordinator: Browser) -> None:
    page = coordinator.get(coordinator.get("/dashboard").links["6 เดือนแรก"])

    assert "6 เดือนแรก แล้วเสร็จ 2 จาก 5 มาตรการ" in page.words
    assert page.links["ทุกระยะเวลา"] == "/dashboard?year=2567"


@pytest.mark.parametrize("window", ["second_half", "custom"])
def test_a_window_that_is_none_is_passed_over(coordinator: Browser, window: str) -> None:
    assert "แล้วเสร็จ 2 จาก 7 มาตรการ" in coordinator.get(f"/dashboard?window={window}").words


def test_the_end_of_a_half_is_said_when_it_is_over(coordinator: Browser) -> None:
    clock.pretend(date(2024, 4, 2))

    page = coordinator.get("/dashboard?window=first_half")

    assert "สิ้น 6 เดือนแรกแล้ว ยังขาด 3 มาตรการ" in page.words
    assert "จึงไม่มีการคาดการณ์" in page.words


def test_the_forecast_says_what_is_approved_and_what_waits(coordinator: Browser) -> None:
    page = coordinator.get("/dashboard")

    assert "จะแล้วเสร็จ 2 จาก 5 มาตรการ (ความก้าวหน้าเฉลี่ย 50%)" in page.words
    assert "ได้รับความเห็นชอบ จะแล้วเสร็จ 3 จาก 5 มาตรการ (ความก้าวหน้าเฉลี่ย 70%)" in page.words
    assert "114 จาก 123 วัน" in page.words


def test_on_paper_it_says_when_and_by_whom(coordinator: Browser, cast: Cast) -> None:
    printed = next(coordinator.get("/dashboard").of_class("only-print"))

    assert f"โดย {cast.coordinator.name}" in "".join(printed.itertext())


def lines_of(page: Page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.response.data.decode("utf-8-sig"))))


def test_the_csv_holds_every_figure_and_the_tasks_behind(coordinator: Browser) -> None:
    page = coordinator.get("/dashboard.csv?year=2567")

    lines = lines_of(page)
    assert page.response.data.startswith(codecs.BOM_UTF8)
    assert ["ภาพรวม", "ปีงบประมาณ 2567 ทั้งหมด", "แล้วเสร็จ", "2"] in lines
    assert ["สำนัก/กอง", "รวม", "งานทั้งหมด", "7"] in lines
    assert ["ระยะเวลา", "6 เดือนแรก", "ใกล้ครบกำหนด", "2"] in lines
    assert ["ความก้าวหน้าเทียบกับเวลา", "6 เดือนแรก", "คาดการณ์: มาตรการที่แล้วเสร็จ", "2"] in lines
    tasks = lines[lines.index([]) + 2 :]
    assert [task[0] for task in tasks] == ["1", "2", "3", "4", "5", "6", "7"]
    assert tasks[1][6:9] == ["2024-03-31", "31 มีนาคม 2567", "กำลังดำเนินการ"]


def test_the_csv_of_a_half_holds_only_its_tasks(coordinator: Browser) -> None:
    page = coordinator.get(coordinator.get("/dashboard?window=first_half").links["CSV"])

    lines = lines_of(page)
    assert len(lines[lines.index([]) + 2 :]) == 5


def test_the_csv_of_a_division_counts_its_tasks(coordinator: Browser, cast: Cast) -> None:
    lines = lines_of(coordinator.get(f"/dashboard.csv?year=2567&division={cast.division.id}"))

    assert ["ภาพรวม", f"ปีงบประมาณ 2567 {cast.division.name}", "งานทั้งหมด", "2"] in lines
    assert [task[0] for task in lines[lines.index([]) + 2 :]] == ["2", "3"]


def test_the_csv_holds_nothing_of_another_agency(coordinator: Browser, cast: Cast) -> None:
    lines = lines_of(coordinator.get(f"/dashboard.csv?year=2567&division={cast.strange_task.division_id}"))

    assert lines[lines.index([]) + 2 :] == []


def test_no_cell_of_the_csv_is_calculated(coordinator: Browser, cast: Cast) -> None:
    cast.task.measure.title = "=HYPERLINK(1)"
    cast.division.name = "@กอง"
    db.session.commit()

    cells = {cell for line in lines_of(coordinator.get("/dashboard.csv")) for cell in line}

    assert {"'=HYPERLINK(1)", "'@กอง"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("address", ["/dashboard", "/dashboard?window=first_half", "/dashboard.csv"])
@pytest.mark.parametrize("how_many", [7, 700])
def test_the_page_costs_the_same_for_seven_tasks_and_for_seven_hundred(
    browser: Browser, cast: Cast, today: date, how_many: int, address: str
) -> None:
    many_tasks(cast, how_many)
    browser.sign_in(cast.coordinator)

    with counted_statements() as statements:
        browser.get(address)

    assert len(statements) <= MOST_STATEMENTS, "\n".join(statements)


def test_the_page_weighs_the_same_with_seventy_tasks_and_with_seven_hundred(
    browser: Browser, cast: Cast, today: date
) -> None:
    browser.sign_in(cast.coordinator)
    weights = []
    for how_many in (70, 700):
        many_tasks(cast, how_many)
        weights.append(len(gzip.compress(browser.get("/dashboard").response.data)))

    assert weights[1] < HEAVIEST
    assert weights[1] - weights[0] < A_FEW_DIGITS
