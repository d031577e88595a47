"""Lists of tasks and of measures: searched, sorted, and a page at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ita_flow.domain.listing import ListOrder, SortBy
from ita_flow.domain.searching import Search
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import MeasureItem
from ita_flow.queries.chosen_names import names_of_chosen
from ita_flow.queries.officers import officers_of
from ita_flow.queries.task_lists import A_PAGE, TaskList, listed, listed_tasks, task_page
from ita_flow.queries.tasks import TaskFilter
from tests.factories import NOW, TODAY, YEAR, Cast, a_report, a_task
from tests.factories.many import many_tasks

THIS_YEAR = TaskFilter(YEAR.buddhist_year)
WHOLE = TaskList(THIS_YEAR)


def numbers(cast: Cast, wanted: TaskList) -> list[int]:
    return [row.number for row in listed(cast.officer, wanted, TODAY)]


def found(cast: Cast, typed: str) -> list[int]:
    return numbers(cast, replace(WHOLE, search=Search(typed)))


def sorted_by(cast: Cast, by: SortBy, *, is_falling: bool = False) -> list[int]:
    return numbers(cast, replace(WHOLE, order=ListOrder(by, is_falling)))


@pytest.mark.parametrize(
    "typed",
    [
        "ข้อ 2",
        "มาตรการตัวอย่าง ๒",
        "มาตรการที่2",
        "e-service",
        "การให้บริการ และระบบ",
        "ประชุมคณะทำงาน มาตรการที่ 2",
        "เจ้าหน้าที่ ฝ่ายประชา",
        "ฝ่าย ประชาสัมพันธ์",
        "กองยุทธ",
        "O34",
        "o๓๔",
        "๐34",
        "034",
        "บัญชี​ข้อ",
        "สำคัญ",
    ],
)
def test_a_task_is_found_by_all_that_people_know_of_it(cast: Cast, typed: str) -> None:
    item = MeasureItem(measure_id=cast.task.measure_id, position=1, year=2566, code="O34", title="บัญชีข้อส\u0e4d\u0e32คัญ")
    db.session.add(item)
    db.session.commit()

    assert found(cast, typed) == [2]


@pytest.mark.parametrize(
    "typed", ["%", "_", "'", '"', "\\", "' OR 1=1 --", "*", "[", ".*", "ไม่มีคำนี้", "ก" * 10_000, "O35", "2 5", "ของแห่งอื่น"]
)
def test_what_is_not_there_is_not_found_whatever_is_typed(cast: Cast, typed: str) -> None:
    assert found(cast, typed) == []


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\ufeff"])
def test_nothing_typed_narrows_nothing(cast: Cast, typed: str) -> None:
    assert found(cast, typed) == [2, 5]


def test_a_measure_is_found_by_any_of_its_tasks_and_stands_whole(cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)

    (row,) = listed(cast.officer, TaskList(THIS_YEAR, Search("กองคลัง ข้อ 2"), by_measure=True), TODAY)

    assert len(listed_tasks(cast.officer, TaskList(THIS_YEAR, Search("กองคลัง ข้อ 2"), by_measure=True), TODAY)) == 2
    assert row.number == 2


def test_titles_stand_in_the_order_of_the_dictionary(cast: Cast) -> None:
    cast.task.measure.title, cast.other_task.measure.title = "แผนจัดซื้อ", "บัญชีทรัพย์สิน"
    db.session.commit()

    assert sorted_by(cast, SortBy.TITLE) == [5, 2]
    assert sorted_by(cast, SortBy.TITLE, is_falling=True) == [2, 5]


def test_divisions_stand_in_the_order_of_the_dictionary(cast: Cast) -> None:
    assert sorted_by(cast, SortBy.DIVISION) == [5, 2]


def test_by_due_date_the_earliest_comes_first(cast: Cast) -> None:
    cast.other_task.due_on = cast.task.due_on - timedelta(days=1)
    db.session.commit()

    assert sorted_by(cast, SortBy.DUE) == [5, 2]


def test_by_urgency_what_is_late_comes_first_and_what_is_closed_last(cast: Cast) -> None:
    done = a_task(division=cast.division, due_on=date(2024, 1, 1), work_status=WorkStatus.DONE)
    late = a_task(division=cast.division, due_on=date(2024, 3, 1))

    assert sorted_by(cast, SortBy.URGENCY) == [late.measure.number, 2, 5, done.measure.number]


def test_by_progress_what_was_approved_counts(cast: Cast) -> None:
    a_report(cast.other_task, cast.other_officer, claim=WorkStatus.IN_PROGRESS, state=ReportState.APPROVED)

    assert sorted_by(cast, SortBy.PROGRESS, is_falling=True) == [5, 2]


def test_what_was_never_reported_on_counts_as_the_longest_ago(cast: Cast) -> None:
    a_report(cast.task, cast.officer, at=NOW)

    assert sorted_by(cast, SortBy.UPDATED) == [5, 2]


@pytest.mark.parametrize("by", list(SortBy))
@pytest.mark.parametrize("by_measure", [False, True])
def test_every_order_holds_every_row(cast: Cast, by: SortBy, by_measure: bool) -> None:
    many_tasks(cast, 70)

    rising = numbers(cast, TaskList(THIS_YEAR, order=ListOrder(by), by_measure=by_measure))
    falling = numbers(cast, TaskList(THIS_YEAR, order=ListOrder(by, is_falling=True), by_measure=by_measure))

    assert sorted(rising) == sorted(falling) == list(range(1, 71))


def test_the_officer_and_the_section_of_a_filter_narrow_the_list(cast: Cast) -> None:
    assert numbers(cast, TaskList(replace(THIS_YEAR, officer=cast.other_officer.id))) == [5]
    assert numbers(cast, TaskList(replace(THIS_YEAR, section=cast.section.id))) == [2]


def test_pages_follow_each_other_to_the_last(cast: Cast) -> None:
    many_tasks(cast, 2 * A_PAGE + 7)

    pages = [task_page(cast.officer, WHOLE, number, TODAY) for number in (1, 2, 3)]

    assert [(page.count, page.first, page.last, page.pages) for page in pages] == [
        (107, 1, 50, 3),
        (107, 51, 100, 3),
        (107, 101, 107, 3),
    ]
    shown = [row.measure.number for page in pages for row in page.rows]
    assert shown == list(range(1, 108))


@pytest.mark.parametrize(("asked", "shown"), [(-3, 1), (0, 1), (99, 2), (10**12, 2)])
def test_a_page_that_is_not_there_is_the_nearest(cast: Cast, asked: int, shown: int) -> None:
    many_tasks(cast, A_PAGE + 1)

    assert task_page(cast.officer, WHOLE, asked, TODAY).number == shown


def test_a_page_shows_each_task_in_the_state_by_which_it_was_listed(cast: Cast) -> None:
    many_tasks(cast, 42)
    flat = listed_tasks(cast.officer, WHOLE, TODAY)
    wholly = [(row.task_id, row.state, row.deadline, row.percent) for row in flat]

    page = task_page(cast.officer, WHOLE, 1, TODAY)

    assert [(row.task.id, row.state, row.deadline, row.percent) for row in page.rows] == wholly  # type: ignore[union-attr]


def test_each_task_has_its_officers(cast: Cast) -> None:
    assert officers_of(cast.officer, THIS_YEAR) == {
        cast.task.id: [cast.officer],
        cast.other_task.id: [cast.other_officer],
    }


def test_what_a_filter_names_by_number_is_named_only_within_the_agency(cast: Cast) -> None:
    own = replace(THIS_YEAR, officer=cast.head.id, section=cast.section.id)

    assert names_of_chosen(cast.officer, own) == {"officer": cast.head.name, "section": cast.section.name}
    assert names_of_chosen(cast.stranger, own) == {}
    assert names_of_chosen(cast.officer, replace(THIS_YEAR, section=cast.division.id)) == {}
