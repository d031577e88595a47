"""The catalogue of items of public disclosure on its pages: read by everybody, brought by the coordinator."""

from __future__ import annotations

import io
from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.plans import MeasureItem, OitItem
from tests.browser import Browser, Page
from tests.factories import Cast
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

TWO = "ปี,รหัส,ชื่อข้อ\n2567,O1,โครงสร้าง\n2567,O2,ข้อมูลผู้บริหาร"


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


def know(cast: Cast, *items: tuple[str, str], year: int = 2567) -> None:
    db.session.add_all([OitItem(agency_id=cast.agency.id, year=year, code=code, title=title) for code, title in items])
    db.session.commit()


def previewed(coordinator: Browser, text: str, status: int = 200) -> Page:
    form = coordinator.get("/items/import").form("/items/import")
    return coordinator.submit(form, status, text=text)


def kept() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.execute(sa.select(OitItem.code, OitItem.title).order_by(OitItem.code))
    return [(row.code, row.title) for row in rows]


def test_a_year_without_a_catalogue_says_what_plans_cite(coordinator: Browser, cast: Cast) -> None:
    cast.task.measure.items = [MeasureItem(position=1, year=2566, code="O18", title="E - Service")]
    db.session.commit()

    page = coordinator.get("/items/2566")

    assert "ยังไม่มีบัญชีข้อปี 2566" in page.words
    assert "O18" in page.words
    assert page.links["มาตรการที่ 2 ปี 2567"] == f"/plans/2567#measure-{cast.task.measure_id}"
    assert page.links["นำเข้าบัญชีข้อ"] == "/items/import"


def test_items_stand_in_the_order_of_their_numbers(coordinator: Browser, cast: Cast) -> None:
    know(cast, ("O10", "ข้อสิบ"), ("O9", "ข้อเก้า"))

    words = coordinator.get("/items/2567").words

    assert words.index("O9 (2567)") < words.index("O10 (2567)")


def test_it_leads_to_the_plan_that_cites_its_codes(coordinator: Browser, cast: Cast) -> None:
    know(cast, ("O9", "ข้อเก้า"), year=2566)
    know(cast, ("O9", "ข้อเก้า"), year=2567)

    assert coordinator.get("/items/2566").links["ตรวจรหัสข้อในแผนปี 2567"] == "/plans/2567/items"
    assert "ตรวจรหัสข้อในแผน" not in coordinator.get("/items/2567").words  # there is no plan of 2568


def test_an_officer_reads_and_does_not_bring(browser: Browser, cast: Cast) -> None:
    know(cast, ("O9", "ข้อเก้า"))
    browser.sign_in(cast.officer)

    page = browser.get("/items/2567")

    assert "ข้อเก้า" in page.words
    assert "นำเข้าบัญชีข้อ" not in page.words


def test_nobody_sees_the_catalogue_of_another_agency(browser: Browser, cast: Cast) -> None:
    know(cast, ("O9", "ข้อเก้า"))
    browser.sign_in(cast.stranger)

    assert "ข้อเก้า" not in browser.get("/items/2567").words


@pytest.mark.parametrize("year", [2499, 2701])
def test_a_year_that_is_none_is_not_found(coordinator: Browser, year: int) -> None:
    coordinator.get(f"/items/{year}", 404)


def test_nothing_is_kept_before_it_is_confirmed(coordinator: Browser, cast: Cast) -> None:
    know(cast, ("O2", "ผู้บริหาร"), ("O3", "อำนาจหน้าที่"))

    page = previewed(coordinator, TWO)

    assert "เพิ่ม 1 ข้อ · เปลี่ยนชื่อ 1 ข้อ · นำออก 1 ข้อ" in page.words
    assert kept() == [("O2", "ผู้บริหาร"), ("O3", "อำนาจหน้าที่")]


def test_what_was_seen_is_what_is_kept(coordinator: Browser) -> None:
    form = previewed(coordinator, TWO).form("/items/import/confirmation")

    page = coordinator.follow(coordinator.submit(form))

    assert (page.address, kept()) == ("/items/2567", [("O1", "โครงสร้าง"), ("O2", "ข้อมูลผู้บริหาร")])
    assert "บันทึกบัญชีข้อแล้ว" in page.words


def test_a_file_is_read_as_well(coordinator: Browser) -> None:
    form = coordinator.get("/items/import").form("/items/import")

    page = coordinator.submit(form, 200, file=(io.BytesIO(TWO.encode("utf-8-sig")), "items.csv"))

    assert "ยืนยันบันทึก 2 รายการ" in page.words


def test_the_same_again_says_that_nothing_changes(coordinator: Browser, cast: Cast) -> None:
    know(cast, ("O1", "โครงสร้าง"), ("O2", "ข้อมูลผู้บริหาร"))

    assert "ทั้ง 2 ข้อตรงกับที่บันทึกไว้แล้ว ไม่มีอะไรเปลี่ยน" in previewed(coordinator, TWO).words


def test_bad_rows_are_told_and_the_text_stays_to_be_mended(coordinator: Browser) -> None:
    page = previewed(coordinator, f"{TWO}\n2024,O3,อำนาจหน้าที่", 422)

    assert "แถว 4: ปี 2024 เป็นปี ค.ศ. หากหมายถึง พ.ศ. 2567 ให้กรอก 2567" in page.words
    mend = page.form("/items/import")
    assert "2024,O3,อำนาจหน้าที่" in mend.fields["text"][0]
    assert kept() == []


@pytest.mark.parametrize("text", ["", "ชื่อ,นามสกุล\nก,ข"])
def test_what_is_no_catalogue_is_told_beside_the_field(coordinator: Browser, text: str) -> None:
    page = previewed(coordinator, text, 422)

    assert page.form("/items/import").fields["text"] == [text]
    assert list(page.of_class("errsum"))


def test_bad_rows_sent_past_the_preview_are_not_kept(coordinator: Browser) -> None:
    form = previewed(coordinator, TWO).form("/items/import/confirmation")

    coordinator.submit(form, 422, text=f"{TWO}\n2567,what,ชื่อ")
    coordinator.submit(form, 422, text="")

    assert kept() == []


def test_the_template_comes_in_as_it_is(coordinator: Browser) -> None:
    template = coordinator.get("/items/template.csv").response.data.decode()

    assert "เพิ่ม 1 ข้อ" in previewed(coordinator, template).words


def test_the_page_costs_the_same_for_many_items(coordinator: Browser, cast: Cast) -> None:
    costs = []
    for items in ([("O1", "โครงสร้าง")], [(f"O{number}", f"ข้อที่ {number}") for number in range(2, 44)]):
        know(cast, *items)
        with counted_statements() as statements:
            coordinator.get("/items/2567")
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 12
