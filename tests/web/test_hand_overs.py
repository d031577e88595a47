"""Handing over on one screen: one colleague for all, another for some; what changed meanwhile is told."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.tasks import Task
from tests.browser import Browser, Page
from tests.factories import (
    Cast,
    a_division,
    a_membership,
    a_report,
    a_task,
    a_user,
    an_acting_order,
    one_commit,
    reminder_rules,
)
from tests.factories.many import many_tasks
from tests.record import events_about
from tests.statements import MOST_STATEMENTS, counted_statements
from tests.web.test_long_lists import scanned, sent_statements

pytestmark = pytest.mark.usefixtures("today")

FRIDAY = date(2024, 3, 22)


@pytest.fixture
def director(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.director)
    return browser


@pytest.fixture
def coordinator(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


@pytest.fixture
def second(cast: Cast) -> Task:
    return a_task(section=cast.section, officers=[cast.officer])


def address_of(cast: Cast) -> str:
    return f"/handover/{cast.officer.id}"


def opened(browser: Browser, cast: Cast) -> Page:
    return browser.get(address_of(cast))


def options_of(page: Page, name: str) -> list[str]:
    select = next(one for one in page.tree.iter("select") if one.get("name") == name)
    return [option.get("value", "") for option in select.iter("option")]


def test_all_goes_to_one_colleague_in_one_go(director: Browser, cast: Cast, second: Task) -> None:
    form = opened(director, cast).form()

    page = director.follow(director.submit(form, successor=str(cast.colleague.id)))

    assert "ส่งมอบงานแล้ว 2 งาน" in page.words
    assert "ไม่มีงานที่ต้องส่งมอบ" in page.words
    assert cast.task.officers == second.officers == [cast.colleague]


def test_a_task_may_go_elsewhere_and_another_stay(director: Browser, cast: Cast, second: Task) -> None:
    third = a_user(cast.agency, role=Role.OFFICER, unit=cast.division)
    form = opened(director, cast).form()
    changes = {f"to-{cast.task.id}": "stays", f"to-{second.id}": str(third.id)}

    director.submit(form, 303, successor=str(cast.colleague.id), **changes)

    assert (cast.task.officers, second.officers) == ([cast.officer], [third])


def test_nobody_chosen_is_told_once_and_by_row(director: Browser, cast: Cast, second: Task) -> None:
    form = opened(director, cast).form()

    nobody = director.submit(form, 422)
    not_all = director.submit(nobody.form(), 422, **{f"to-{second.id}": str(cast.colleague.id)})

    assert nobody.errors == ["เลือกว่าจะมอบงานทั้งหมดให้ใคร หรือเลือกผู้รับงานของแต่ละงานในตาราง"]
    assert not_all.errors == ["เลือกผู้รับงาน มาตรการที่ 2 หรือเลือกผู้ที่รับงานทั้งหมดในช่องแรก"]
    assert not_all.form().fields[f"to-{second.id}"] == [str(cast.colleague.id)]
    assert cast.task.officers == [cast.officer]


def test_a_day_that_nobody_can_read_is_told_and_nothing_is_lost(director: Browser, cast: Cast) -> None:
    changes = {"successor": str(cast.colleague.id), "on": "วันหน้า"}

    page = director.submit(opened(director, cast).form(), 422, **changes)

    assert page.form().fields["successor"] == [str(cast.colleague.id)]
    assert page.form().fields["on"] == ["วันหน้า"]
    assert page.errors


def test_what_was_submitted_meanwhile_is_told_and_nothing_is_lost(director: Browser, cast: Cast, second: Task) -> None:
    form = opened(director, cast).form()
    a_report(cast.task, cast.officer)

    page = director.submit(form, 409, **{f"to-{cast.task.id}": str(cast.colleague.id), f"to-{second.id}": "stays"})

    assert page.errors == ["มาตรการที่ 2 เปลี่ยนไปหลังจากท่านเปิดหน้านี้ ตรวจสถานะและผู้รับงานแล้วส่งมอบอีกครั้ง"]
    assert "รอพิจารณา" in page.words
    assert page.form().fields[f"to-{second.id}"] == ["stays"]
    director.submit(page.form())
    assert (cast.task.officers, second.officers) == ([cast.colleague], [cast.officer])


def test_what_is_gone_leaves_the_list(director: Browser, cast: Cast, second: Task) -> None:
    form = opened(director, cast).form()
    cast.task.officers = [cast.other_officer]
    db.session.commit()

    page = director.submit(form, 409, successor=str(cast.colleague.id))

    assert page.errors == ["งานหนึ่งไม่อยู่กับผู้นี้แล้ว จึงนำออกจากรายการ ตรวจทานแล้วส่งมอบอีกครั้ง"]
    assert f"to-{cast.task.id}" not in page.form().fields
    director.submit(page.form())
    assert second.officers == [cast.colleague]


def test_a_second_press_is_harmless(director: Browser, cast: Cast) -> None:
    form = opened(director, cast).form()

    first, again = (director.submit(form, successor=str(cast.colleague.id)) for _ in range(2))

    assert first.goes_to == again.goes_to == address_of(cast)
    assert len(events_about(f"task:{cast.task.id}")) == 1


def test_mails_that_move_are_shown_before_anything_is_saved(coordinator: Browser, cast: Cast) -> None:
    reminder_rules(cast.agency)
    form = opened(coordinator, cast).form()

    shown = coordinator.submit(form, 200, successor=str(cast.colleague.id))
    before = list(cast.task.officers)
    back = coordinator.submit(shown.form(), 200, step="edit")
    coordinator.submit(shown.form(), step="confirmed")

    assert shown.heading == "อีเมลที่จะเปลี่ยน"
    assert f"ส่งมอบงานของ {cast.officer.name} 1 งาน" in shown.words
    assert before == [cast.officer]
    assert back.form().fields["successor"] == [str(cast.colleague.id)]
    assert cast.task.officers == [cast.colleague]


def test_a_coordinator_ends_posts_with_it(coordinator: Browser, cast: Cast) -> None:
    form = opened(coordinator, cast).form()
    post = cast.officer.memberships[0]

    coordinator.submit(form, successor=str(cast.colleague.id), on="22 มี.ค. 2567", posts=[str(post.id)])

    assert cast.officer.memberships[0].ends_on == FRIDAY


def test_posts_may_end_where_no_task_is_left(coordinator: Browser, cast: Cast) -> None:
    reminder_rules(cast.agency)
    post = cast.head.memberships[0]
    form = coordinator.get(f"/handover/{cast.head.id}").form()

    page = coordinator.follow(coordinator.submit(form, 303, on="22 มี.ค. 2567", posts=[str(post.id)]))

    assert "บันทึกแล้ว ไม่มีงานใดเปลี่ยนผู้รับผิดชอบ" in page.words
    assert cast.head.memberships[0].ends_on == FRIDAY


def test_a_director_is_not_offered_to_end_posts(director: Browser, cast: Cast) -> None:
    page = opened(director, cast)

    assert "ตำแหน่งที่สิ้นสุดในวันนั้น" not in page.words
    director.submit(page.form(), 403, successor=str(cast.colleague.id), posts=["1"])
    assert cast.task.officers == [cast.officer]


def test_colleagues_of_the_division_come_first_and_directors_choose_among_them(browser: Browser, cast: Cast) -> None:
    a_user(cast.agency, role=Role.OFFICER, unit=a_division(cast.agency, "กองช่าง"))
    known = {}
    for person in (cast.director, cast.coordinator):
        browser.sign_in(person)
        known[person.id] = options_of(opened(browser, cast), "successor")

    assert known[cast.director.id] == ["", str(cast.colleague.id)]
    assert known[cast.coordinator.id][:2] == ["", str(cast.colleague.id)]
    assert len(known[cast.coordinator.id]) == 4


def test_what_does_not_go_with_the_tasks_is_told(coordinator: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)
    an_acting_order(cast.head, Seat.DIRECTOR, cast.other_division, holder=cast.other_director, order_no="9/2567")

    page = coordinator.get(f"/handover/{cast.head.id}")

    assert "รายงานรอผู้นี้พิจารณา 1" in page.words
    assert "คำสั่งที่ 9/2567" in page.words
    assert "/admin/acting/new" in page.links.values()


def test_a_draft_is_said_to_stay_with_the_task(director: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    assert "มีร่าง" in opened(director, cast).words


def test_tasks_of_other_divisions_are_only_shown(director: Browser, cast: Cast) -> None:
    theirs = a_task(section=cast.other_section, officers=[cast.officer])

    page = opened(director, cast)

    assert "งานของสำนัก/กองอื่น 1" in page.words
    assert f"to-{theirs.id}" not in page.form().fields


def test_the_people_page_leads_here(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get(f"/admin/people/{cast.officer.id}")

    assert page.links["ส่งมอบงาน"] == address_of(cast)


def test_people_of_other_divisions_and_agencies(director: Browser, cast: Cast) -> None:
    director.get(f"/handover/{cast.other_officer.id}", 403)
    director.get(f"/handover/{cast.coordinator.id}", 403)
    for number in (cast.stranger.id, 0, 999_999_999):
        director.get(f"/handover/{number}", 404)


def test_who_left_the_division_but_not_its_tasks_is_still_within_reach(director: Browser, cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = date(2024, 3, 1)
    db.session.commit()

    assert f"to-{cast.task.id}" in opened(director, cast).form().fields


def test_the_page_costs_the_same_for_seven_tasks_and_for_seventy(director: Browser, cast: Cast) -> None:
    with one_commit():
        an_acting_order(cast.officer, Seat.SECTION_HEAD, cast.section, holder=cast.head)
        a_membership(cast.officer, role=Role.AUDITOR)
    address, costs = address_of(cast), []

    for how_many in (7, 70):
        many_tasks(cast, how_many)
        with counted_statements() as sent:
            director.get(address)
        costs.append(len(sent))

    assert costs[0] == costs[1] <= MOST_STATEMENTS, "\n".join(sent)


def test_no_table_of_many_rows_is_read_from_end_to_end(coordinator: Browser, cast: Cast) -> None:
    many_tasks(cast, 70)

    with sent_statements() as sent:
        coordinator.get(address_of(cast))
        coordinator.get(f"/dashboard/divisions/{cast.division.id}")

    assert not [f"{table}: {statement}" for statement, values in sent for table in scanned(statement, values)]
