"""Bytes become lines, or a refusal that says what to do."""

from __future__ import annotations

import pytest

from ita_flow.intake import Reading, read_plan
from ita_flow.intake.readers import LONGEST_LINE, MOST_BYTES, MOST_LINES, text_lines
from tests.intake.documents import AGENCY, YEAR, read, report


@pytest.mark.parametrize(
    "content",
    [
        report().encode("utf-8-sig"),
        report().replace("\n", "\r\n").encode(),
        report().replace("\n", "\r").encode(),
        report().replace("\u0941", "ุ").replace("\u0930", "ร").encode("cp874"),
    ],
    ids=["mark of UTF-8", "lines of Windows", "lines of old", "Thai code page"],
)
def test_the_same_text_is_read_from_any_encoding(content: bytes) -> None:
    assert read_plan(content, "report.txt", YEAR, AGENCY).draft == read(report()).draft


@pytest.mark.parametrize(
    ("content", "needed"),
    [
        (b"", "ไฟล์ไม่มีข้อความ"),
        (b" \n\t\n ", "ไฟล์ไม่มีข้อความ"),
        ("ก".encode() + b"\x00", "ไฟล์ไม่ใช่ข้อความ"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ไฟล์ไม่ใช่ข้อความ"),
        (b"PK\x03\x04" + bytes(range(256)), "ไฟล์ไม่ใช่ข้อความ"),
        (report().encode("utf-16"), "ไฟล์ไม่ใช่ข้อความ"),
        ("caf\xe9".encode("latin-1"), "ไฟล์"),
        (b"a" * (MOST_BYTES + 1), "MB"),
        (b"a\n" * MOST_LINES, "บรรทัด"),
        ("ก".encode() * (LONGEST_LINE + 1), "ตัวอักษรต่อบรรทัด"),
    ],
    ids=["empty", "blank", "NUL", "picture", "archive", "UTF-16", "western", "large", "many lines", "long line"],
)
def test_what_is_no_text_is_refused_with_the_file_and_the_need(content: bytes, needed: str) -> None:
    reading = read_plan(content, "แผน.txt", YEAR, AGENCY)

    assert reading.draft is None
    assert_one_problem(reading, place="ไฟล์ แผน.txt", needed=needed)


def assert_one_problem(reading: Reading, place: str, needed: str) -> None:
    (problem,) = reading.problems
    assert place in problem.place
    assert needed in problem.needed


def test_the_limits_themselves_are_allowed() -> None:
    assert len(text_lines(b"a\n" * (MOST_LINES - 1))) == MOST_LINES
    assert text_lines("ก".encode() * LONGEST_LINE) == ["ก" * LONGEST_LINE]


def test_a_foreign_text_lacks_the_table() -> None:
    reading = read("Dear sir,\nplease find enclosed our annual report.\n")

    assert reading.draft is None
    assert_one_problem(reading, place="ทั้งเอกสาร", needed="ตาราง")
