"""The pages on which units are set up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.models.people import Unit
from ita_flow.workflow.units import division_called, names_of
from tests.browser import Browser, Page
from tests.factories import Cast, a_division, a_section, a_task, an_agency, one_commit
from tests.factories.people import a_user
from tests.statements import counted_statements


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def known_as(name: str) -> dict[str, Any]:
    return {"alias-name": name}


def lines(page: Page) -> list[str]:
    rows = [row for body in page.tree.iter("tbody") for row in body.iter("tr")]
    return [" ".join("".join(row.itertext()).split()) for row in rows]


def test_the_tree_tells_who_heads_a_unit_and_what_is_open(coordinator: Browser, cast: Cast) -> None:
    cast.other_head.is_active = False
    db.session.commit()

    told = lines(coordinator.get("/admin/units"))

    assert len(told) == 4
    assert cast.director.name in told[2]
    assert cast.head.name in told[3]
    assert "ว่าง" in told[1]
    assert told[3].endswith("งานที่ยังไม่เสร็จ1")


def test_an_agency_without_units_is_told_what_to_do(browser: Browser, app: Flask) -> None:
    browser.sign_in(a_user(an_agency(), role=Role.COORDINATOR))

    page = browser.get("/admin/units")

    assert "ยังไม่มีสำนัก/กอง" in page.words
    assert page.links["เพิ่มสำนัก/กอง"] == "/admin/units/new"


def test_a_section_is_added_from_its_division(coordinator: Browser, cast: Cast) -> None:
    beside = coordinator.get(f"/admin/units/{cast.division.id}").links["เพิ่มฝ่าย/กลุ่มงาน"]
    form = coordinator.get(beside).form()

    page = coordinator.follow(coordinator.submit(form, name="ฝ่ายสถิติ"))

    assert form.fields["division"] == [str(cast.division.id)]
    assert "เพิ่ม ฝ่ายสถิติ แล้ว" in page.words
    assert any(line.startswith("ฝ่ายสถิติ") for line in lines(page))


def test_a_name_that_is_taken_is_told_beside_the_field(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/admin/units/new").form()

    page = coordinator.submit(form, 422, name="กอง คลัง")

    assert page.errors == ["กองคลัง ใช้ชื่อนี้อยู่แล้ว ตั้งชื่อไม่ให้ซ้ำ หากเป็นแห่งเดียวกันให้รวมกับ กองคลัง"]
    assert page.form().fields["name"] == ["กอง คลัง"]


def test_a_renamed_unit_keeps_its_old_name_beside(coordinator: Browser, cast: Cast) -> None:
    address = f"/admin/units/{cast.other_division.id}"
    form = coordinator.get(address).form(f"{address}/name")

    page = coordinator.follow(coordinator.submit(form, name="กองการเงิน"))

    assert page.heading == "กองการเงิน"
    assert names_of(cast.other_division) == ["กองการเงิน", "กองคลัง"]


def test_other_names_come_and_go(coordinator: Browser, cast: Cast) -> None:
    address = f"/admin/units/{cast.division.id}"
    form = coordinator.get(address).form(f"{address}/aliases")

    page = coordinator.follow(coordinator.submit(form, **known_as("กองแผน")))
    assert division_called(cast.agency.id, "กองแผน") == cast.division

    coordinator.submit(page.form(f"{address}/aliases/removal"))
    assert division_called(cast.agency.id, "กองแผน") is None


def test_a_refused_other_name_stands_where_it_was_typed(coordinator: Browser, cast: Cast) -> None:
    address = f"/admin/units/{cast.division.id}"
    form = coordinator.get(address).form(f"{address}/aliases")

    page = coordinator.submit(form, 422, **known_as("กองคลัง"))

    assert len(page.errors) == 1
    assert page.form(f"{address}/aliases").fields["alias-name"] == ["กองคลัง"]
    assert page.form(f"{address}/name").fields["name"] == [cast.division.name]


def test_merging_shows_what_moves_and_then_moves_it(coordinator: Browser, cast: Cast) -> None:
    twin = a_division(cast.agency, "กองแผน")
    task = a_task(section=a_section(twin, "ฝ่ายสถิติ"))
    address = f"/admin/units/{twin.id}/merging"
    page = coordinator.submit(coordinator.get(address).form(), 200, into=str(cast.division.id))
    assert "1 งาน" in page.words
    assert task.division == twin

    page = coordinator.follow(coordinator.submit(page.form()))

    assert page.heading == cast.division.name
    assert "ฝ่ายสถิติ" in page.words
    assert task.division_id == cast.division.id


def test_what_may_not_merge_is_told_before_anything_is_confirmed(coordinator: Browser, cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)
    form = coordinator.get(f"/admin/units/{cast.other_division.id}/merging").form()

    page = coordinator.submit(form, 422, into=str(cast.division.id))

    assert page.errors[0].startswith("ยังรวมไม่ได้")


def test_merging_with_nothing_asks_for_a_choice(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(f"/admin/units/{cast.other_division.id}/merging").form()

    page = coordinator.submit(form, 422, into="")

    assert len(page.errors) == 1


def test_only_a_unit_that_nothing_refers_to_can_be_removed(coordinator: Browser, cast: Cast) -> None:
    spare = a_division(cast.agency, "กองสาธารณสุข")
    removal = f"/admin/units/{spare.id}/removal"
    page = coordinator.get(f"/admin/units/{spare.id}")
    in_use = coordinator.get(f"/admin/units/{cast.division.id}")

    coordinator.submit(page.form(removal))

    assert "กองสาธารณสุข" not in db.session.scalars(sa.select(Unit.name)).all()
    assert f"/admin/units/{cast.division.id}/removal" not in [form.action for form in in_use.forms]


def test_the_tree_costs_the_same_for_many_units(coordinator: Browser, cast: Cast) -> None:
    with counted_statements() as few:
        coordinator.get("/admin/units")
    with one_commit():
        for number in range(20):
            a_section(a_division(cast.agency, f"กองที่ {number}"), "ฝ่ายแรก")

    with counted_statements() as many:
        coordinator.get("/admin/units")

    assert len(many) == len(few) <= 12
