"""The search as people use it: from every page, with each hit leading to where it is seen."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser import Browser, Page
from tests.factories import Cast, a_link, a_report, a_task
from tests.factories.many import many_tasks


@pytest.fixture
def officer(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.officer)
    return browser


def marks(page: Page) -> list[str]:
    return ["".join(mark.itertext()) for mark in page.tree.iter("mark")]


def first_hit(page: Page) -> str:
    (found, *_) = page.of_class("hits")
    return next(found.iter("a")).get("href", "")


def test_every_page_leads_to_the_search(officer: Browser) -> None:
    page = officer.submit(officer.get("/dashboard").form("/search"), 200, q="ตัวอย่างที่ 2")

    assert "มาตรการ 1" in page.words
    assert marks(page)[:3] == ["2", "ตัวอย่างที่", "2"]
    assert page.title.startswith("ค้นหา “ตัวอย่างที่ 2”")


def test_each_hit_leads_to_where_it_is_seen(officer: Browser, cast: Cast) -> None:
    piece = a_link(cast.task, cast.officer, name="แบบสำรวจความเห็น")
    a_report(cast.task, cast.officer, text="สำรวจแล้ว", evidence=[piece])
    task = f"/tasks/{cast.task.id}"

    assert first_hit(officer.get("/search?q=ตัวอย่างที่ 2")) == task
    assert first_hit(officer.get("/search?q=สำรวจแล้ว")) == f"{task}/reports/1"
    assert first_hit(officer.get("/search?q=แบบสำรวจ")) == f"{task}#evidence"
    assert first_hit(officer.get("/search?q=สมหญิง")) == f"/tasks?officer={cast.colleague.id}"


def test_a_measure_of_several_divisions_leads_to_all_its_tasks(officer: Browser, cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)

    address = first_hit(officer.get("/search?q=ตัวอย่างที่ 2"))

    assert "2 งาน" in officer.get(address).words


def test_who_looks_after_accounts_is_led_to_the_person(browser: Browser, cast: Cast, today: date) -> None:
    browser.sign_in(cast.administrator)

    assert first_hit(browser.get("/search?q=สมหญิง")) == f"/admin/people/{cast.colleague.id}"


def test_all_of_one_kind_are_read_page_by_page(officer: Browser, cast: Cast) -> None:
    many_tasks(cast, 70)

    page = officer.get(officer.get("/search?q=ลำดับที่").links["ดูทั้งหมด 70 รายการ"])

    assert "หน้า 1 จาก 3" in page.words
    assert "หน้า 3 จาก 3" in officer.get("/search?q=ลำดับที่&in=measures&page=3").words
    assert page.links["ดูผลทุกประเภท"].startswith("/search?q=")


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "</mark>", "&lt;", "%", "_", "'\"", "{{ 7*7 }}", "ก" * 10_000, "\u200b"]
)
def test_what_is_typed_stays_words(officer: Browser, cast: Cast, typed: str) -> None:
    a_report(cast.task, cast.officer, text="ก <b>หนา</b> & </mark> <script>")

    page = officer.get("/search", query_string={"q": typed})

    assert not [script for script in page.tree.iter("script") if script.get("src") is None]
    assert "<b>หนา" not in page.text


def test_a_hit_keeps_its_letters_and_is_escaped(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, text="ลง <b>นาม</b> คำสั่ง ๑๑๒")

    page = officer.get("/search?q=b>นาม 112")

    assert marks(page) == ["b>นาม", "๑๑๒"]


def test_nothing_found_says_what_to_try(officer: Browser) -> None:
    assert "ไม่พบ “ไม่มีคำนี้”" in officer.get("/search?q=ไม่มีคำนี้").words


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?in=measures", "?q=ก&in=colours", "?q=ก&in=people&page=-4"])
def test_any_address_of_the_search_is_a_page(officer: Browser, query: str) -> None:
    assert officer.get(f"/search{query}").heading == "ค้นหา"


def test_words_that_are_too_long_are_cut_and_told(officer: Browser) -> None:
    assert "200 ตัวอักษรแรก" in officer.get("/search", query_string={"q": "ก" * 3_000}).words
