"""A list of people is read however a spreadsheet program writes it, or refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.intake.people_csv import MOST_BYTES, MOST_ROWS, PersonLine, decoded, read_people

HEADING = "email,name,post,section,division,role,seat,starts_on,ends_on\n"
ROW = "a@example.go.th,ก ข,นักวิชาการ,ฝ่ายสถิติ,กองแผน,officer,,2566-10-01,30 ก.ย. 2567\n"
LINE = PersonLine(
    number=2,
    email="a@example.go.th",
    name="ก ข",
    title="นักวิชาการ",
    division="กองแผน",
    section="ฝ่ายสถิติ",
    held=Role.OFFICER,
    starts_on=date(2023, 10, 1),
    ends_on=date(2024, 9, 30),
)


@pytest.fixture(scope="module", autouse=True)
def thai() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="th")
    with app.app_context():
        yield


def refused(text: str) -> str:
    with pytest.raises(Invalid) as refusal:
        read_people(text)
    return refusal.value.key


def problems(row: str) -> list[tuple[int, str]]:
    return [(problem.number, problem.refusal.key) for problem in read_people(HEADING + row).problems]


def test_a_row_is_read() -> None:
    assert list(read_people(HEADING + ROW).lines) == [LINE]


@pytest.mark.parametrize(
    "text",
    [
        "อีเมล,ชื่อ,ตำแหน่ง,ฝ่าย/กลุ่มงาน,สำนัก/กอง,บทบาท,ที่นั่ง,เริ่ม,สิ้นสุด\n" + ROW,
        "\ufeff" + HEADING + ROW,
        (HEADING + ROW).replace(",", ";"),
        (HEADING + ROW).replace(",", "\t"),
        (HEADING + ROW).replace("\n", "\r\n"),
        HEADING.upper() + ROW.replace("officer", " เจ้าหน้าที่ "),
        HEADING + ROW.replace("ก ข", '"ก  ข"').replace("2566-10-01", "๑ ตุลาคม ๒๕๖๖"),
        HEADING.replace("ends_on", "ends_on,หมายเหตุ") + ROW.replace("2567\n", "2567,ย้ายมา\n"),
    ],
    ids=["Thai heading", "mark", "semicolons", "tabs", "CRLF", "labels", "quotes", "a column of theirs"],
)
def test_it_may_be_written_in_many_ways(text: str) -> None:
    assert list(read_people(text).lines) == [LINE]


def test_columns_stand_in_any_order() -> None:
    (line,) = read_people("ที่นั่ง,ชื่อ-สกุล,กอง,อีเมล\nผอ.กอง,ก ข,กองแผน,a@example.go.th\n").lines

    assert (line.held, line.name, line.division, line.email) == (Seat.DIRECTOR, "ก ข", "กองแผน", "a@example.go.th")


def test_rows_are_counted_as_in_the_spreadsheet() -> None:
    assert problems("\n" + ROW + "b@example.go.th,ค ง,,,,boss,,,\n") == [(4, "role_or_seat_unknown")]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("a@example.go.th,ก ข,,,,,,,\n", "role_or_seat_needed"),
        ("a@example.go.th,ก ข,,,กองแผน,officer,director,,\n", "role_and_seat_both_named"),
        ("a@example.go.th,ก ข,,,กองแผน,officer,,31 ก.พ. 2567,\n", "date_impossible"),
        ("a@example.go.th,ก ข,,,กองแผน,officer,,เร็ว ๆ นี้,\n", "date_unreadable"),
        ("a@example.go.th,ก ข,,,กองแผน,officer,,,,,เกิน\n", "row_has_too_many_cells"),
    ],
)
def test_what_is_wrong_with_a_row_is_told(row: str, key: str) -> None:
    assert problems(row) == [(2, key)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "people_list_empty"),
        ("\n \n", "people_list_empty"),
        ("name,role\nก ข,officer\n", "people_columns_missing"),
        ("email,อีเมล,name\n", "people_columns_twice"),
        ("a\0b", "people_list_not_text"),
        (HEADING + "x" * 200_000, "people_list_not_text"),
        (HEADING + "x" * MOST_BYTES, "people_list_too_large"),
        (HEADING + ROW * (MOST_ROWS + 1), "people_list_too_long"),
    ],
)
def test_what_is_no_list_is_refused(text: str, key: str) -> None:
    assert refused(text) == key


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_the_file_may_come_from_an_older_program(encoding: str) -> None:
    assert decoded((HEADING + ROW).encode(encoding)) == HEADING + ROW


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(line_end: str) -> None:
    content = (HEADING + ROW).replace("\n", line_end).encode()

    assert list(read_people(decoded(content)).lines) == [LINE]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"PK\x03\x04" + bytes(40), "people_list_is_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(40), "people_list_is_a_workbook"),
        (b"\xff\xfe\xfd", "people_list_not_text"),
        (b"a" * (MOST_BYTES + 1), "people_list_too_large"),
    ],
)
def test_a_file_of_another_kind_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(Invalid) as refusal:
        decoded(content)

    assert refusal.value.key == key


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, HEADING + text):
        with suppress(Invalid):
            read = read_people(candidate)
            assert len(read.lines) + len(read.problems) <= MOST_ROWS
