"""The list of measures as people move about in it: pages, heads that sort, filters that are taken away, the file."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from ita_flow.extensions import db
from tests.browser import Browser, Page
from tests.factories import Cast, a_report, a_task
from tests.factories.many import many_tasks

THE_MARK = "\ufeff"


@pytest.fixture
def officer(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.officer)
    return browser


def titles(page: Page) -> list[str]:
    heads = [head for body in page.tree.iter("tbody") for head in body.iter("th")]
    return ["".join(head.find("a").itertext()) for head in heads]  # type: ignore[union-attr]


def chips(page: Page) -> dict[str, str]:
    """The words of each filter in force with the address without it."""
    return {
        "".join(link.itertext()).strip(): link.get("href", "")
        for bar in page.of_class("chips")
        for link in bar.iter("a")
    }


def rows_of_file(page: Page) -> list[dict[str, str]]:
    text = page.response.data.decode()
    assert text.startswith(THE_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(THE_MARK))))


def test_a_long_list_is_read_page_by_page(officer: Browser, cast: Cast) -> None:
    many_tasks(cast, 120)

    first = officer.get("/tasks?area=1&window=first_half&unfinished=1")
    second = officer.get("/tasks?sort=title&page=2")

    assert "หน้า 1 จาก" not in first.words
    assert "120 งาน · แสดงลำดับที่ 51–100" in second.words
    assert (second.links["หน้าก่อน"], second.links["หน้าถัดไป"]) == (
        "/tasks?year=2567&sort=title",
        "/tasks?year=2567&sort=title&page=3",
    )


def test_the_head_of_a_column_sorts_and_turns_round(officer: Browser) -> None:
    page = officer.get(officer.get("/tasks?mine=1").links["ผู้รับผิดชอบ"])

    (head,) = (head for head in page.tree.iter("th") if head.get("aria-sort"))
    assert head.get("aria-sort") == "ascending"
    assert page.links["ผู้รับผิดชอบ"] == "/tasks?year=2567&mine=1&sort=division&order=desc"
    turned = officer.get(page.links["ผู้รับผิดชอบ"])
    assert next(head for head in turned.tree.iter("th") if head.get("aria-sort")).get("aria-sort") == "descending"
    assert turned.links["ผู้รับผิดชอบ"] == "/tasks?year=2567&mine=1&sort=division"


def test_each_filter_of_the_address_is_seen_and_taken_away_alone(officer: Browser, cast: Cast) -> None:
    address = (
        f"/tasks?area=2&measure=2&division={cast.division.id}&section={cast.section.id}&officer={cast.officer.id}"
        "&window=first_half&state=not_started&deadline=due_soon&mine=1&follow_up=1&unfinished=1&by=measure&q=ตัวอย่าง"
    )

    page = officer.get(address)

    assert list(chips(page)) == [
        "คำค้น “ตัวอย่าง”",
        "นับรายมาตรการ",
        "ประเด็นที่ 2",
        "มาตรการที่ 2",
        cast.division.name,
        cast.section.name,
        cast.officer.name,
        "ระยะเวลา 6 เดือนแรก",
        "สถานะ ยังไม่เริ่ม",
        "กำหนด ใกล้ครบกำหนด",
        "งานของฉัน",
        "ต้องติดตาม",
        "ยังไม่แล้วเสร็จ",
    ]
    assert "1 มาตรการ" in page.words
    for words, without in chips(page).items():
        assert list(chips(officer.get(without))) == [other for other in chips(page) if other != words]


def test_the_bar_keeps_what_it_does_not_offer(officer: Browser, cast: Cast) -> None:
    page = officer.get(f"/tasks?mine=1&officer={cast.officer.id}&order=desc")

    narrowed = officer.submit(page.form("/tasks"), 200, area="2", q="ตัวอย่าง", sort="title")

    assert set(chips(narrowed)) == {"คำค้น “ตัวอย่าง”", "ประเด็นที่ 2", cast.officer.name, "งานของฉัน"}
    assert narrowed.form("/tasks").fields["order"] == ["desc"]


@pytest.mark.parametrize("query", ["officer=99999", "section=99999", "sort=colour", "order=up", "page=x", "officer=x"])
def test_what_names_nothing_is_left_out_and_told(officer: Browser, query: str) -> None:
    page = officer.get(f"/tasks?{query}")

    assert "ไม่ได้กรองตาม “" in page.words
    assert len(titles(page)) == 2


def test_nobody_of_another_agency_is_named(officer: Browser, cast: Cast) -> None:
    page = officer.get(f"/tasks?officer={cast.stranger.id}&section={cast.strange_task.division_id}")

    assert not chips(page)
    assert cast.stranger.name not in page.words


def test_the_list_is_searched(officer: Browser) -> None:
    page = officer.get("/tasks?q=มาตรการที่ ๕")

    assert titles(page) == ["5 มาตรการตัวอย่างที่ 5"]
    assert page.form("/tasks").fields["q"] == ["มาตรการที่ ๕"]


def test_words_that_are_too_long_are_cut_and_told(officer: Browser) -> None:
    assert "ค้นหาจาก 200 ตัวอักษรแรก" in officer.get("/tasks", query_string={"q": "ก" * 3_000}).words


def test_the_file_holds_the_whole_list_in_its_order(officer: Browser, cast: Cast) -> None:
    many_tasks(cast, 120)
    page = officer.get("/tasks?sort=number&order=desc&unfinished=1&page=2")

    rows = rows_of_file(officer.get(page.links["ดาวน์โหลดรายการเหล่านี้เป็น CSV"]))

    assert f"{len(rows)} งาน" in page.words
    assert [row["มาตรการที่"] for row in rows[50:53]] == [title.split()[0] for title in titles(page)[:3]]


def test_the_file_tells_each_task_for_people_and_for_machines(officer: Browser, cast: Cast) -> None:
    cast.task.measure.title = "=1+1"
    db.session.commit()
    a_report(cast.task, cast.officer)

    row = rows_of_file(officer.get("/tasks.csv?area=2"))[0]

    assert row == {
        "มาตรการที่": "2",
        "มาตรการ": "'=1+1",
        "ประเด็นที่": "2",
        "ประเด็น": "การให้บริการและระบบ E-Service",
        "สำนัก/กอง": "กองยุทธศาสตร์และงบประมาณ",
        "ฝ่าย/กลุ่มงาน": "ฝ่ายประชาสัมพันธ์",
        "เจ้าหน้าที่": "เจ้าหน้าที่ ฝ่ายประชาสัมพันธ์",
        "ระยะเวลา": "6 เดือนแรก",
        "กำหนด (ค.ศ.)": "2024-03-31",
        "กำหนด (พ.ศ.)": "31 มีนาคม 2567",
        "กำหนดเดิม (ค.ศ.)": "",
        "กำหนดเดิม (พ.ศ.)": "",
        "เทียบกับกำหนด": "ส่งทันกำหนด",
        "สถานะ": "รอพิจารณา",
        "เหตุผลที่ยกเลิกหรือไม่แล้วเสร็จ": "",
        "ความก้าวหน้า (%)": "0",
        "รายงานว่า (%)": "100",
        "ปรับปรุงล่าสุด (ค.ศ.)": "2024-03-18",
        "ปรับปรุงล่าสุด (พ.ศ.)": "18 มีนาคม 2567",
    }


def test_the_file_of_measures_holds_all_their_tasks(officer: Browser, cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)

    assert len(rows_of_file(officer.get("/tasks.csv?by=measure&area=2"))) == 2
