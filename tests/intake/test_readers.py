"""Bytes become lines, or a refusal that says what to do."""

from __future__ import annotations

import pytest

from ita_flow.intake import Reading, read_plan
from ita_flow.intake.readers import MOST_BYTES, MOST_BYTES_OF_OFFICE, read_paper
from ita_flow.intake.readers.lines import LONGEST_LINE, MOST_LETTERS, MOST_LINES
from tests.intake.documents import AGENCY, YEAR, read, report

NAME = "แผน.txt"
PASTED = "ข้อความที่วาง"


def cells_of(text: str, name: str = NAME) -> list[tuple[str, ...]]:
    return [line.cells for line in read_paper(text.encode(), name).lines]


@pytest.mark.parametrize(
    "content",
    [
        report().encode("utf-8-sig"),
        report().replace("\n", "\r\n").encode(),
        report().replace("\n", "\r").encode(),
        report().replace("\u0941", "ุ").replace("\u0930", "ร").encode("cp874"),
        report().encode("utf-16"),
    ],
    ids=["mark of UTF-8", "lines of Windows", "lines of old", "Thai code page", "UTF-16"],
)
def test_the_same_text_is_read_from_any_encoding(content: bytes) -> None:
    assert read_plan(content, "report.txt", YEAR, AGENCY).draft == read(report()).draft


@pytest.mark.parametrize(
    ("content", "needed"),
    [
        (b"", "ไฟล์ไม่มีข้อความ"),
        (b" \n\t\n ", "ไฟล์ไม่มีข้อความ"),
        ("ก".encode() + b"\x00", "อ่านข้อความในไฟล์นี้ไม่ได้"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "รูปภาพ"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "รูปภาพ"),
        (b"%PDF-1.7\n" + "ก".encode(), "PDF"),
        (b"\n \n%PDF-1.7\n" + "ก".encode(), "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "รหัสผ่าน"),
        (b"PK\x03\x04" + bytes(range(256)), "ไฟล์ชำรุด"),
        (b"7z\xbc\xaf\x27\x1c", "ไฟล์บีบอัด"),
        (b"<html><table><tr><td>1", "ไม่รู้จักไฟล์ชนิดนี้"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "ไม่รู้จักไฟล์ชนิดนี้"),
        (b"{\\rtf1\\ansi", "ไม่รู้จักไฟล์ชนิดนี้"),
        ("แผน".encode("utf-16")[:-1], "อ่านข้อความในไฟล์นี้ไม่ได้"),
        ("caf\xe9".encode("latin-1"), "ไฟล์"),
        (b"a" * (MOST_BYTES + 1), "MB"),
        (b"PK\x03\x04" + bytes(MOST_BYTES_OF_OFFICE), "MB"),
        (b"a\n" * MOST_LINES, "บรรทัด ใช้ไฟล์"),
        ("ก".encode() * (LONGEST_LINE + 1), "ตัวอักษรต่อบรรทัด"),
    ],
    ids=[
        "empty",
        "blank",
        "NUL",
        "picture",
        "photograph",
        "PDF",
        "PDF after white space",
        "old Word or encrypted",
        "broken archive",
        "other archive",
        "page of the web",
        "XML of old Word",
        "rich text",
        "half of UTF-16",
        "western",
        "large",
        "large archive",
        "many lines",
        "long line",
    ],
)
def test_what_is_no_document_is_refused_with_the_file_and_the_need(content: bytes, needed: str) -> None:
    reading = read_plan(content, NAME, YEAR, AGENCY)

    assert reading.draft is None
    assert_one_problem(reading, place=f"ไฟล์ {NAME}", needed=needed)


def assert_one_problem(reading: Reading, place: str, needed: str) -> None:
    (problem,) = reading.problems
    assert place in problem.place
    assert needed in problem.needed


def test_the_limits_themselves_are_allowed() -> None:
    assert len(cells_of("a\n" * (MOST_LINES - 1))) == MOST_LINES
    assert cells_of("ก" * LONGEST_LINE) == [("ก" * LONGEST_LINE,)]


def test_a_foreign_text_lacks_the_table() -> None:
    reading = read("Dear sir,\nplease find enclosed our annual report.\n")

    assert reading.draft is None
    assert_one_problem(reading, place="ทั้งเอกสาร", needed="ตาราง")


def test_headings_without_a_row_are_no_plan() -> None:
    reading = read("แผน\nประเด็น\tมาตรการ\tผู้รับผิดชอบ\tระยะเวลา\n")

    assert reading.draft is None
    assert_one_problem(reading, place="บรรทัด 2", needed="มาตรการ")


def test_more_letters_than_any_plan_are_refused() -> None:
    (problem,) = read("\n".join(["a" * 999] * (MOST_LETTERS // 1_000 + 1))).problems

    assert "ตัวอักษร" in problem.needed


def test_a_pasted_cell_in_quotes_keeps_its_lines() -> None:
    pasted = 'ประเด็น\tข้อ\tมาตรการ\n1\t"๐1 โครงสร้าง\n๐2 ""ผู้บริหาร"""\tประกาศ\n2\t๐3\t"ตรวจ\r\nรายงาน"\n'

    assert cells_of(pasted, PASTED)[1:3] == [
        ("1", '๐1 โครงสร้าง\n๐2 "ผู้บริหาร"', "ประกาศ"),
        ("2", "๐3", "ตรวจ\nรายงาน"),
    ]


def test_lines_after_a_pasted_cell_are_counted_as_they_stand_in_the_text() -> None:
    paper = read_paper('1\t"ก\nข\nค"\n2\tง\n'.encode(), PASTED)

    assert [paper.place_of(line.number) for line in paper.lines] == ["บรรทัด 1", "บรรทัด 4", "บรรทัด 5"]


@pytest.mark.parametrize(
    "text", ['เขาว่า\n"ดี\nมาก"\nแล้วไป\tที่อื่น', 'คำว่า "ว่าง"\tและ "ไม่ว่าง"', '"ก"\t"ข"', '1\t"ไม่ปิด\n2\tก']
)
def test_quotation_marks_of_prose_stay(text: str) -> None:
    assert cells_of(text) == [tuple(line.split("\t")) for line in text.split("\n")]


def test_a_line_that_does_not_exist_is_called_by_its_number() -> None:
    assert read_paper("ก".encode(), NAME).place_of(7) == "บรรทัด 7"


def test_piled_up_marks_are_refused_where_they_stand() -> None:
    reading = read("แผน\n\nก" + "ุ่" * 40_000 + "\n")

    assert_one_problem(reading, place="บรรทัด 3", needed="ซ้อนกัน")


@pytest.mark.parametrize("mark", ["\u0f73", "\u0941\u200b่", "\u0301\u0323"], ids=["taken apart", "hidden", "Latin"])
def test_marks_are_piled_in_other_ways(mark: str) -> None:
    reading = read("ก" + mark * 20_000 + "\n")

    assert_one_problem(reading, place="บรรทัด 1", needed="ซ้อนกัน")
