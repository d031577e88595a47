"""The pages on which it is settled who acts in whose seat, and what other pages tell of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.approval_chains import ActingScope, ChainSeat
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.permissions import ActingKind, Seat
from ita_flow.extensions import clock, db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import User
from ita_flow.models.progress_reports import Decision
from ita_flow.queries.acting_orders import ActedSeat
from tests.browser import Browser, Page
from tests.factories import TODAY, Cast, a_chain, a_report, a_user, an_acting_order, one_commit
from tests.statements import counted_statements

ACTING = "/admin/acting"
NEW = f"{ACTING}/new"
DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def signed_in(app: Flask, person: User) -> Browser:
    browser = Browser(app)
    browser.sign_in(person)
    return browser


def filled_in(cast: Cast, **differently: str) -> dict[str, Any]:
    """The other head acts for the head of our section until Friday."""
    return {
        "seat": ActedSeat.of(cast.head.memberships[0]).key,
        "acting": str(cast.other_head.id),
        "kind": "acting",
        "order_no": "12/2567",
        "ordered_on": "15 มี.ค. 2567",
        "ends_on": "22 มี.ค. 2567",
        **differently,
    }


def orders() -> list[ActingOrder]:
    return list(db.session.scalars(sa.select(ActingOrder).order_by(ActingOrder.id)))


def rows(page: Page) -> list[str]:
    lines = [row for body in page.tree.iter("tbody") for row in body.iter("tr")]
    return [" ".join("".join(line.itertext()).split()) for line in lines]


def offered(page: Page, field: str) -> list[Element]:
    """The choices of this field."""
    return [
        option for select in page.tree.iter("select") if select.get("name") == field for option in select.iter("option")
    ]


def test_nobody_acts_yet(coordinator: Browser) -> None:
    page = coordinator.get(coordinator.get("/admin").links["ผู้รักษาราชการแทน"])

    assert "ไม่มีผู้รักษาราชการแทนในขณะนี้" in page.words
    assert page.links["เพิ่มคำสั่ง"] == NEW


def test_an_order_is_entered_with_three_choices_and_a_number(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(NEW).form()

    sent = coordinator.submit(form, **filled_in(cast))
    again = coordinator.submit(form, **filled_in(cast))
    page = coordinator.follow(sent)

    assert again.goes_to == sent.goes_to == ACTING
    (order,) = orders()
    assert (order.membership.starts_on, order.membership.ends_on) == (TODAY, date(2024, 3, 22))
    assert (order.ordered_on, order.scope, order.division) == (date(2024, 3, 15), ActingScope.ALL, None)
    (row,) = rows(page)
    assert cast.other_head.name in row
    assert "รักษาราชการแทนหัวหน้าฝ่ายประชาสัมพันธ์" in row
    assert f"แทน {cast.head.name}" in row
    assert "คำสั่งที่ 12/2567 ลงวันที่ 15 มี.ค. 2567" in row
    assert f"บันทึกโดย {cast.coordinator.name}" in row


def test_an_order_may_cover_less_than_the_seat(coordinator: Browser, cast: Cast) -> None:
    chief = ActedSeat.of(cast.chief.memberships[0]).key
    narrow = {"seat": chief, "kind": "delegated", "scope": "progress", "division": str(cast.division.id)}

    coordinator.submit(coordinator.get(NEW).form(), **filled_in(cast, **narrow))

    (order,) = orders()
    assert (order.scope, order.division, order.holder) == (ActingScope.PROGRESS, cast.division, cast.chief)


def test_a_vacant_seat_is_offered_as_vacant(coordinator: Browser, cast: Cast) -> None:
    cast.director.memberships[0].ends_on = TODAY - DAY
    db.session.commit()
    vacant = ActedSeat(Seat.DIRECTOR, cast.division).key

    coordinator.submit(coordinator.get(NEW).form(), **filled_in(cast, seat=vacant, kind="in_position"))

    (order,) = orders()
    assert (order.holder, order.membership.unit, order.membership.acting) == (
        None,
        cast.division,
        ActingKind.IN_POSITION,
    )


def test_what_is_missing_is_told_at_once_and_nothing_is_lost(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(NEW).form()
    form.fields.pop("kind", None)

    page = coordinator.submit(form, 422, order_no="", ordered_on="เมื่อวาน", starts_on="20 มี.ค. 2567")

    assert len(page.errors) == 5
    kept = page.form().fields
    assert (kept["ordered_on"], kept["starts_on"]) == (["เมื่อวาน"], ["20 มี.ค. 2567"])


@pytest.mark.parametrize(
    ("differently", "field"),
    [
        ({"ends_on": "1 มี.ค. 2567"}, "ends_on"),
        ({"ordered_on": "1 เม.ย. 2567"}, "ordered_on"),
        ({"kind": "in_position"}, "kind-0"),
        ({"kind": "king"}, "kind-0"),
        ({"seat": "director-0-0"}, "seat"),
        ({"acting": "9999"}, "acting"),
        ({"division": "9999"}, "division"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    coordinator: Browser, cast: Cast, differently: dict[str, str], field: str
) -> None:
    sent = filled_in(cast, **differently)

    page = coordinator.submit(coordinator.get(NEW).form(), 422, **sent)

    (summary,) = page.of_class("errsum")
    assert [link.get("href") for link in summary.iter("a")] == [f"#{field}"]
    assert page.form().fields["order_no"] == ["12/2567"]
    assert orders() == []


def test_a_clerk_is_not_offered_and_may_not_send_themselves(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get(NEW)

    assert cast.coordinator.name not in [option.text for option in page.tree.iter("option")]
    coordinator.submit(page.form(), 403, **filled_in(cast, acting=str(cast.coordinator.id)))
    assert orders() == []


def test_the_holder_of_a_seat_hands_it_over_from_the_account_menu(app: Flask, today: date, cast: Cast) -> None:
    head = signed_in(app, cast.head)
    menu = head.get("/home").links
    form = head.get(head.get(menu["มอบผู้ทำหน้าที่แทน"]).links["เพิ่มคำสั่ง"]).form()

    head.submit(form, **filled_in(cast))
    others = head.submit(form, 422, **filled_in(cast, seat=ActedSeat.of(cast.director.memberships[0]).key))

    (order,) = orders()
    assert order.entered_by == order.holder == cast.head
    assert [seat.get("value") for seat in offered(others, "seat")] == ["", ActedSeat.of(cast.head.memberships[0]).key]


def test_people_see_the_orders_that_concern_them(app: Flask, today: date, cast: Cast) -> None:
    with one_commit():
        mine = an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)
        other = an_acting_order(cast.other_director, Seat.DIRECTOR, cast.division, holder=cast.director)
    address = f"{ACTING}/{mine.id}"

    holder, acting = signed_in(app, cast.head), signed_in(app, cast.other_head)

    assert len(rows(holder.get(ACTING))) == len(rows(acting.get(ACTING))) == 1
    assert [form.action for form in holder.get(address).forms if form.action.startswith(address)] == [
        f"{address}/ending"
    ]
    assert not [form for form in acting.get(address).forms if form.action.startswith(address)]
    holder.get(f"{ACTING}/{other.id}", 404)
    acting.get(f"{ACTING}/{other.id}", 404)


def test_somebody_who_only_acts_hands_nothing_on(app: Flask, today: date, cast: Cast) -> None:
    guest = a_user(cast.agency)
    an_acting_order(guest, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    browser = signed_in(app, guest)

    page = browser.get(ACTING)

    assert "มอบผู้ทำหน้าที่แทน" not in page.links
    assert "เพิ่มคำสั่ง" not in page.links
    browser.get(NEW, 403)


def test_orders_stand_by_their_days(coordinator: Browser, cast: Cast) -> None:
    with one_commit():
        for number, (first, last) in enumerate([(-9, -5), (-20, -10), (0, 0), (1, None)]):
            day = TODAY + first * DAY
            ends_on = None if last is None else TODAY + last * DAY
            who = a_user(cast.agency, f"ผู้แทน {number}")
            an_acting_order(who, Seat.SECTION_HEAD, cast.section, holder=cast.head, starts_on=day, ends_on=ends_on)

    page = coordinator.get(ACTING)

    assert [row.split("ตำแหน่ง")[0].strip() for row in rows(page)] == ["ผู้แทน 2", "ผู้แทน 3", "ผู้แทน 0", "ผู้แทน 1"]
    assert "สิ้นสุดแล้ว 2 คำสั่ง" in page.words


def test_an_order_is_ended_on_its_page(coordinator: Browser, cast: Cast) -> None:
    order = an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    address = f"{ACTING}/{order.id}"
    form = coordinator.get(address).form(f"{address}/ending")

    refused = coordinator.submit(form, 422, ends_on="1 ม.ค. 2500")
    coordinator.submit(refused.form(f"{address}/ending"), ends_on="20 มี.ค. 2567")

    assert refused.form(f"{address}/ending").fields["ends_on"] == ["1 ม.ค. 2500"]
    assert order.membership.ends_on == date(2024, 3, 20)


def test_an_order_that_has_not_begun_is_removed_on_its_page(coordinator: Browser, cast: Cast) -> None:
    order = an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head, starts_on=TODAY + DAY)
    address = f"{ACTING}/{order.id}"

    page = coordinator.submit(coordinator.get(address).form(f"{address}/removal"))

    assert page.goes_to == ACTING
    assert orders() == []


def test_a_decision_by_order_keeps_both_posts(app: Flask, today: date, coordinator: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    coordinator.submit(coordinator.get(NEW).form(), **filled_in(cast))
    acting = signed_in(app, cast.other_head)

    acting.submit(acting.get("/approvals").form(f"/approvals/{report.id}/approval"))

    (decision,) = db.session.scalars(sa.select(Decision))
    assert (decision.kind, decision.decided_by, decision.on_behalf_of_id) == (
        DecisionKind.APPROVE,
        cast.other_head,
        cast.head.id,
    )
    assert (decision.own_post, decision.seat_title) == ("หัวหน้า", "หัวหน้าฝ่ายประชาสัมพันธ์")
    assert decision.acting_order == orders()[0]
    assert "1 ครั้ง" in coordinator.get(f"{ACTING}/{orders()[0].id}").words


def test_access_by_an_order_ends_with_its_last_day(app: Flask, today: date, cast: Cast) -> None:
    guest = a_user(cast.agency)
    an_acting_order(guest, Seat.SECTION_HEAD, cast.section, holder=cast.head, ends_on=TODAY)
    browser = signed_in(app, guest)
    assert "รักษาราชการแทนหัวหน้าฝ่ายประชาสัมพันธ์" in browser.get("/approvals").words

    clock.pretend(TODAY + DAY)

    browser.get("/approvals", 403)


def test_the_number_of_statements_does_not_grow(coordinator: Browser, cast: Cast) -> None:
    order = an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    addresses = (ACTING, NEW, f"{ACTING}/{order.id}")
    few = [_cost(coordinator, address) for address in addresses]
    with one_commit():
        for _number in range(20):
            an_acting_order(a_user(cast.agency), Seat.DIRECTOR, cast.division, holder=cast.director)

    many = [_cost(coordinator, address) for address in addresses]

    assert many == few
    assert max(many) <= 12


def _cost(browser: Browser, address: str) -> int:
    with counted_statements() as sent:
        browser.get(address)
    return len(sent)


def test_a_post_by_order_leads_from_the_person_to_the_order(coordinator: Browser, cast: Cast) -> None:
    order = an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    person = f"/admin/people/{cast.other_head.id}"

    post = coordinator.get(person).links["รักษาราชการแทนหัวหน้าฝ่ายประชาสัมพันธ์"]
    opened = coordinator.get(post, 302)
    refused = coordinator.post(post, {"title": "ก", "form_key": "once-and-only"}, 422)

    assert opened.goes_to == f"{ACTING}/{order.id}"
    assert refused.errors == ["ตำแหน่งนี้มาจากคำสั่งให้ทำหน้าที่แทน โปรดแก้ไขที่หน้าผู้รักษาราชการแทน"]


def test_a_unit_whose_head_is_acted_for_is_vacant_and_names_who_acts(coordinator: Browser, cast: Cast) -> None:
    cast.director.memberships[0].ends_on = TODAY - DAY
    an_acting_order(cast.other_director, Seat.DIRECTOR, cast.division)

    tree = rows(coordinator.get("/admin/units"))
    people = coordinator.get(f"/admin/people?unit={cast.division.id}")

    assert f"ว่าง{cast.other_director.name} (รักษาราชการแทน)" in next(
        row for row in tree if row.startswith(cast.division.name)
    )
    assert cast.other_director.name not in people.words


def test_giving_out_tasks_names_those_who_decide_by_the_chain(coordinator: Browser, cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.CHIEF, holder=cast.chief, division=cast.division)
    a_chain(cast.agency, ChainSeat(Seat.CHIEF))
    a_chain(cast.agency, ChainSeat(Seat.SECTION_HEAD), ChainSeat(Seat.EXECUTIVE), division=cast.other_division)

    ours, others = sorted(
        (row for row in rows(coordinator.get("/plans/2567/assign")) if "ปลัด" in row or "สูงสุด" in row),
        key=lambda row: "สูงสุด" in row,
    )

    assert f"ปลัด{cast.chief.name}, {cast.other_head.name} (รักษาราชการแทน)" in ours
    assert f"หัวหน้าฝ่าย{cast.other_head.name}ผู้บริหารสูงสุด{cast.executive.name}" in others
