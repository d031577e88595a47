"""The page of approval chains: put together without any script, told in words, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import Chain, ChainSeat, Verb
from ita_flow.domain.permissions import Role, Seat
from ita_flow.models.people import NamedSeat
from ita_flow.queries.approval_chains import ChainScope, chain_over, chain_settled
from ita_flow.queries.seating import named_seats_of
from ita_flow.workflow.approval_chains import NONE_YET, save_chain
from tests.browser import Browser, Page
from tests.factories import (
    NOW,
    Cast,
    a_chain,
    a_division,
    a_membership,
    a_named_seat,
    a_section,
    a_user,
    an_agency,
    one_commit,
)
from tests.statements import counted_statements

HEAD, DIRECTOR, CHIEF = ChainSeat(Seat.SECTION_HEAD), ChainSeat(Seat.DIRECTOR), ChainSeat(Seat.CHIEF)
AGENCY = "/admin/chains/agency"
NAME = "ประธานคณะทำงาน ITA"


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: object) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def save(browser: Browser, address: str = AGENCY, status: int = 303, **changes: Any) -> Page:
    """Fill in the table of a chain: ``seat_2="chief"`` is the seat of its second line."""
    form = browser.get(address).form(address)
    return browser.submit(form, status, **{name.replace("_", "-"): value for name, value in changes.items()})


def steps(page: Page, chain: int = 0) -> list[str]:
    """The steps of the n-th chain on the page, each in words."""
    lines = list(page.of_class("track"))[chain].iter("li")
    return [" ".join("".join(line.itertext()).replace("\u00a0", " ").split()) for line in lines]


def options(page: Page, name: str) -> list[str]:
    (select,) = [one for one in page.tree.iter("select") if one.get("name") == name]
    return ["".join(option.itertext()) for option in select.iter("option")]


def test_the_settings_lead_to_the_chains(coordinator: Browser) -> None:
    assert coordinator.get("/admin").links["สายการพิจารณา"] == "/admin/chains"


def test_without_a_chain_the_usual_one_is_shown_with_who_sits_there(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get("/admin/chains")

    heads, directors = (
        f"{cast.other_head.name} · {cast.head.name}",
        f"{cast.other_director.name} · {cast.director.name}",
    )
    assert steps(page) == [
        f"หัวหน้าฝ่ายเห็นชอบ ภายใน 3 วันทำการ {heads}",
        f"ผู้อำนวยการกองเห็นชอบ ภายใน 3 วันทำการ {directors}",
    ]
    assert "ยังไม่มีสำนัก/กองใดมีสายของตนเอง" in page.words
    assert "ยังไม่มีแผนใดมีสายของตนเอง" in page.words


def test_a_chain_is_put_together_in_the_table(coordinator: Browser, cast: Cast) -> None:
    changes: dict[str, Any] = {"seat_3": "chief", "verb_3": "approve", "days_3": "7", "holders_3": "all"}

    page = coordinator.follow(save(coordinator, **changes))

    assert chain_over(cast.task) == Chain((HEAD, DIRECTOR, ChainSeat(Seat.CHIEF, Verb.APPROVE, 7, needs_all=True)))
    assert steps(page)[2].startswith("ปลัดอนุมัติ ภายใน 7 วันทำการ")
    assert "ทุกคนต้องพิจารณา" in steps(page)[2]


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ({"place_3": "1"}, [Seat.CHIEF, Seat.SECTION_HEAD, Seat.DIRECTOR]),
        ({"place_1": "3"}, [Seat.DIRECTOR, Seat.CHIEF, Seat.SECTION_HEAD]),
        ({"place_1": "2"}, [Seat.DIRECTOR, Seat.SECTION_HEAD, Seat.CHIEF]),
        ({"place_1": "2", "place_2": "1"}, [Seat.DIRECTOR, Seat.SECTION_HEAD, Seat.CHIEF]),
        ({"place_1": "5"}, [Seat.DIRECTOR, Seat.CHIEF, Seat.SECTION_HEAD]),
        ({"place_2": "first"}, [Seat.SECTION_HEAD, Seat.DIRECTOR, Seat.CHIEF]),
        ({"seat_1": "", "place_3": "1"}, [Seat.CHIEF, Seat.DIRECTOR]),
    ],
)
def test_a_line_goes_where_it_is_told(
    coordinator: Browser, cast: Cast, moves: dict[str, Any], order: list[Seat]
) -> None:
    a_chain(cast.agency, HEAD, DIRECTOR, CHIEF)

    save(coordinator, **moves)

    assert [seat.seat for seat in chain_over(cast.task).seats] == order


def test_both_settings_are_kept_and_told(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(AGENCY).form(AGENCY)
    assert ("progress_walks_all" in form.fields, "distinct_deciders" in form.fields) == (False, True)
    del form.fields["distinct_deciders"]

    page = coordinator.follow(coordinator.submit(form, progress_walks_all="y"))

    chain = chain_over(cast.task)
    assert (chain.progress_walks_all, chain.distinct_deciders) == (True, False)
    assert "รายงานทุกฉบับผ่านทั้ง 2 ลำดับ" in page.words
    assert "คนเดียวกันพิจารณาได้หลายลำดับ" in page.words
    again = coordinator.get(AGENCY).form(AGENCY)
    assert ("progress_walks_all" in again.fields, "distinct_deciders" in again.fields) == (True, False)


def test_empty_lines_wait_for_more_seats_but_never_beyond_the_most(coordinator: Browser, cast: Cast) -> None:
    seats = [ChainSeat(Seat.NAMED, named_seat=a_named_seat(cast.agency, f"ตำแหน่ง {n}").id) for n in range(8)]
    fields = coordinator.get(AGENCY).form(AGENCY).fields
    assert [name for name in fields if name.startswith("seat-")] == ["seat-1", "seat-2", "seat-3", "seat-4"]

    a_chain(cast.agency, *seats)

    fields = coordinator.get(AGENCY).form(AGENCY).fields
    assert [name for name in fields if name.startswith("seat-")][-1] == "seat-8"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"days_2": "สาม"}, "กรอกจำนวนวันทำการเป็นตัวเลข 1 ถึง 60"),
        ({"days_2": ""}, "กรอกจำนวนวันทำการเป็นตัวเลข 1 ถึง 60"),
        ({"days_2": "61"}, "จำนวนวันทำการต้องอยู่ระหว่าง 1 ถึง 60"),
        ({"seat_2": "section_head"}, "ตำแหน่งนี้อยู่ในลำดับอื่นแล้ว แต่ละตำแหน่งพิจารณาได้ลำดับเดียว โปรดเลือกตำแหน่งอื่น"),
        ({"seat_2": "emperor"}, "ไม่พบตำแหน่งที่เลือก โปรดเลือกใหม่"),
        ({"seat_2": "named"}, "ไม่พบตำแหน่งที่เลือก โปรดเลือกใหม่"),
        ({"seat_2": "named:99999"}, "มีผู้นำตำแหน่งที่เลือกออกแล้ว โปรดเลือกตำแหน่งอื่น"),
        ({"seat_1": "", "seat_2": ""}, "เลือกตำแหน่งที่พิจารณาอย่างน้อยหนึ่งลำดับ"),
    ],
)
def test_what_is_wrong_is_told_and_all_that_was_typed_stays(
    coordinator: Browser, cast: Cast, typed: dict[str, Any], error: str
) -> None:
    page = save(coordinator, status=422, **{"verb_1": "approve", "days_1": "9", **typed})

    assert page.errors == [error]
    kept = page.form(AGENCY).fields
    assert (kept["verb-1"], kept["days-1"]) == (["approve"], ["9"])
    assert chain_settled(ChainScope(cast.agency.id)) is None


def test_thai_digits_are_days_too(coordinator: Browser, cast: Cast) -> None:
    save(coordinator, days_1="๑๐")

    assert chain_over(cast.task).seats[0].days_allowed == 10


def test_whoever_comes_second_sees_what_they_typed_and_may_press_again(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(AGENCY).form(AGENCY)
    with transaction():
        save_chain(ChainScope(cast.agency.id), Chain((CHIEF,)), NONE_YET, actor=cast.administrator, at=NOW)

    told = coordinator.submit(form, 409, **{"days-1": "9"})

    assert "มีผู้แก้ไขสายการพิจารณานี้ก่อนท่านเพียงครู่เดียว" in told.words
    coordinator.submit(told.form(AGENCY))
    assert [seat.days_allowed for seat in chain_over(cast.task).seats] == [9, 3]


def test_a_second_press_is_answered_like_the_first(coordinator: Browser) -> None:
    form = coordinator.get(AGENCY).form(AGENCY)

    answers = [coordinator.submit(form, 303, **{"days-1": "9"}) for _press in range(2)]

    assert [answer.goes_to for answer in answers] == ["/admin/chains", "/admin/chains"]


def test_a_division_gets_its_own_chain_and_gives_it_up(coordinator: Browser, cast: Cast) -> None:
    address = coordinator.get("/admin/chains").links[cast.division.name]

    page = coordinator.follow(save(coordinator, address, seat_1="executive", seat_2=""))

    assert [seat.seat for seat in chain_over(cast.task).seats] == [Seat.EXECUTIVE]
    assert cast.executive.name in steps(page, 1)[0]
    coordinator.submit(coordinator.get(address).form(f"{address}/removal"))
    assert chain_settled(ChainScope(cast.agency.id, division_id=cast.division.id)) is None


def test_before_divisions_are_merged_it_is_told_that_a_chain_ends(coordinator: Browser, cast: Cast) -> None:
    a_chain(cast.agency, CHIEF, division=cast.other_division)

    told = coordinator.get(f"/admin/units/{cast.other_division.id}/merging?into={cast.division.id}")

    assert f"สายของ{cast.other_division.name}จะสิ้นสุด" in told.words


def test_a_plan_gets_its_own_chain(coordinator: Browser, cast: Cast) -> None:
    address = coordinator.get("/admin/chains").links["แผนปี 2567"]

    save(coordinator, address, seat_2="")

    assert [seat.seat for seat in chain_over(cast.task).seats] == [Seat.SECTION_HEAD]


def test_a_chain_of_its_own_begins_as_the_agencys(coordinator: Browser, cast: Cast) -> None:
    a_chain(cast.agency, CHIEF, progress_walks_all=True)

    fields = coordinator.get(f"/admin/chains/divisions/{cast.division.id}").forms[-1].fields

    assert (fields["seat-1"], fields["progress_walks_all"]) == (["chief"], ["y"])


def test_a_seat_is_called_as_it_is_in_its_division(coordinator: Browser, cast: Cast) -> None:
    office = a_division(cast.agency, "สำนักปลัด")

    page = coordinator.get(f"/admin/chains/divisions/{office.id}")

    assert "หัวหน้าสำนักปลัด" in options(page, "seat-1")


@pytest.mark.parametrize("address", ["divisions/{section}", "divisions/{strange}", "plans/2560"])
def test_what_has_no_chain_of_its_own_has_no_page(coordinator: Browser, cast: Cast, address: str) -> None:
    known = {"section": cast.section.id, "strange": cast.strange_task.division_id}

    coordinator.get("/admin/chains/" + address.format(**known), 404)


def test_a_seat_in_which_nobody_sits_is_marked(coordinator: Browser, cast: Cast) -> None:
    a_chain(cast.agency, HEAD, ChainSeat(Seat.NAMED, named_seat=a_named_seat(cast.agency, NAME).id))
    with transaction():
        cast.head.is_active = False

    told = steps(coordinator.get("/admin/chains"))

    assert f"ว่าง: {cast.section.name}" in told[0]
    assert told[1].startswith(NAME)
    assert "ไม่มีผู้ดำรงตำแหน่ง" in told[1]


def test_a_named_seat_is_added_chosen_and_given_to_somebody(coordinator: Browser, cast: Cast) -> None:
    add = coordinator.get("/admin/chains").form("/admin/chains/seats")
    coordinator.submit(add, name=NAME)
    (seat,) = named_seats_of(cast.agency.id)
    save(coordinator, seat_3=f"named:{seat.id}")
    form = coordinator.get(f"/admin/people/{cast.chief.id}/posts/new").form()

    shown = coordinator.follow(coordinator.submit(form, held=f"named:{seat.id}"))

    assert NAME in shown.words
    assert "ตำแหน่งที่หน่วยงานกำหนด" not in shown.words
    assert cast.chief.name in steps(coordinator.get("/admin/chains"))[2]


def test_somebody_new_may_be_given_a_named_seat(coordinator: Browser, cast: Cast) -> None:
    seat = a_named_seat(cast.agency, NAME)
    page = coordinator.get("/admin/people/new")
    assert options(page, "held")[-1] == NAME

    fields: dict[str, Any] = {"name": "คน ใหม่", "email": "new@example.go.th", "held": f"named:{seat.id}"}
    shown = coordinator.follow(coordinator.submit(page.form(), **fields))

    assert shown.heading == "คน ใหม่"
    assert NAME in shown.words


@pytest.mark.parametrize("held", ["named", "named:99999"])
def test_a_named_seat_that_is_none_is_refused_beside_the_field(coordinator: Browser, cast: Cast, held: str) -> None:
    form = coordinator.get(f"/admin/people/{cast.chief.id}/posts/new").form()

    page = coordinator.submit(form, 422, held=held)

    assert len(page.errors) == 1


def test_a_named_seat_is_renamed_and_removed_on_its_page(coordinator: Browser, cast: Cast) -> None:
    seat = a_named_seat(cast.agency, NAME)
    address = f"/admin/chains/seats/{seat.id}"

    told = coordinator.follow(coordinator.submit(coordinator.get(address).form(address), name="เลขานุการ"))
    coordinator.submit(coordinator.get(address).form(f"{address}/removal"))

    assert told.links["เลขานุการ"] == address
    assert named_seats_of(cast.agency.id) == []


def test_a_seat_in_use_offers_no_removal(coordinator: Browser, cast: Cast) -> None:
    seat = a_named_seat(cast.agency)
    a_membership(cast.chief, seat=Seat.NAMED, named_seat_id=seat.id)

    page = coordinator.get(f"/admin/chains/seats/{seat.id}")

    assert [form.action for form in page.forms if "removal" in form.action] == []


@pytest.mark.parametrize("page", ["index", "seat"])
def test_a_name_that_is_taken_is_told_where_it_was_typed(coordinator: Browser, cast: Cast, page: str) -> None:
    a_named_seat(cast.agency, NAME)
    other = a_named_seat(cast.agency, "เลขานุการ")
    shown = coordinator.get("/admin/chains" if page == "index" else f"/admin/chains/seats/{other.id}")
    action = "/admin/chains/seats" if page == "index" else f"/admin/chains/seats/{other.id}"

    told = coordinator.submit(shown.form(action), 422, name=NAME)

    assert told.errors == [f"มีตำแหน่ง {NAME} อยู่แล้ว โปรดใช้ชื่ออื่น"]
    assert told.form(action).fields["name"] == [NAME]


def test_an_agency_that_has_nothing_yet_sees_what_would_rule(browser: Browser, app: Flask) -> None:
    browser.sign_in(a_user(an_agency(), role=Role.COORDINATOR))

    page = browser.get("/admin/chains")

    assert len(steps(page)) == 2


def many_chains(cast: Cast, number: int) -> list[NamedSeat]:
    with one_commit():
        seats = [a_named_seat(cast.agency, f"ตำแหน่งที่ {n}") for n in range(number)]
        for n, seat in enumerate(seats):
            division = a_division(cast.agency, f"กองที่ {n}")
            a_section(division, f"ฝ่ายที่ {n}")
            a_chain(cast.agency, HEAD, ChainSeat(Seat.NAMED, named_seat=seat.id), division=division)
    return seats


@pytest.mark.parametrize("number", [1, 6])
def test_the_pages_cost_the_same_however_many_chains_there_are(coordinator: Browser, cast: Cast, number: int) -> None:
    many_chains(cast, number)

    with counted_statements() as index:
        coordinator.get("/admin/chains")
    with counted_statements() as table:
        coordinator.get(f"/admin/chains/divisions/{cast.division.id}")

    assert max(len(index), len(table)) <= 12


def test_a_place_of_ever_so_many_digits_is_no_place(coordinator: Browser, cast: Cast) -> None:
    save(coordinator, place_1="9" * 5000)

    assert chain_over(cast.task).seats == (HEAD, DIRECTOR)


def test_a_ninth_seat_is_told_and_not_left_out(coordinator: Browser, cast: Cast) -> None:
    with one_commit():
        seats = [a_named_seat(cast.agency, f"ที่ปรึกษาคนที่ {number}") for number in range(1, 10)]
    rows = {f"seat-{number}": f"named:{seat.id}" for number, seat in enumerate(seats, 1)}
    form = coordinator.get(AGENCY).form(AGENCY)
    form.fields.update({f"days-{number}": ["3"] for number in range(1, 10)})
    form.fields.update({name: [seat] for name, seat in rows.items()})

    refused = coordinator.submit(form, 422)

    assert refused.form(AGENCY).fields["seat-9"] == [rows["seat-9"]]
    assert chain_settled(ChainScope(cast.agency.id)) is None
