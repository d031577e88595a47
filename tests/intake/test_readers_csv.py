"""Tables with commas: what parts the cells, what is prose, and what is not a table at all."""

from __future__ import annotations

import pytest

from ita_flow.intake import read_plan
from ita_flow.intake.readers import read_paper
from ita_flow.intake.readers.csv_table import delimiter_of
from ita_flow.intake.readers.lines import MOST_COLUMNS, MOST_LINES
from ita_flow.workflow.plan_drafts import content_hash
from tests.intake.documents import AGENCY, YEAR, read, report
from tests.intake.makers import as_csv, blocks_of

HEADING = "ประเด็น,มาตรการ,ผู้รับผิดชอบ,ระยะเวลา\n"
ROW = "1,ประกาศ,กองคลัง,ตลอดปี\n"


def cells_of(text: str, name: str = "plan.csv") -> list[tuple[str, ...]]:
    return [line.cells for line in read_paper(text.encode(), name).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_from_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = report().replace("\u0941", "ุ").replace("\u0930", "ร")

    content = as_csv(blocks_of(text), encoding, delimiter)

    reading, as_a_text = read_plan(content, "plan.csv", YEAR, AGENCY), read(text)

    assert reading.draft is not None
    assert as_a_text.draft is not None
    assert content_hash(reading.draft) == content_hash(as_a_text.draft)


@pytest.mark.parametrize(
    ("text", "name", "delimiter"),
    [
        (HEADING + ROW, "plan.csv", ","),
        (HEADING + ROW, "plan.txt", ","),
        ((HEADING + ROW).replace(",", ";"), "ข้อความที่วาง", ";"),
        ((HEADING + ROW).replace(",", ";").replace("ประกาศ", "ก, ข, ค, ง, จ"), "PLAN.CSV", ";"),
        ((HEADING + ROW).replace(",", "\t"), "plan.csv", "\t"),
        ((HEADING + ROW).replace(",", "\t"), "plan.txt", None),
        ("หนึ่ง, สอง, สาม, สี่\nห้า\nหก, เจ็ด\nแปด\n", "plan.txt", None),
        ("หนึ่ง, สอง, สาม, สี่", "plan.txt", None),
        ("ข้อความธรรมดา", "plan.csv", ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table(text: str, name: str, delimiter: str | None) -> None:
    assert delimiter_of(text, name) == delimiter


def test_cells_in_quotes_keep_their_commas_and_lines() -> None:
    text = HEADING + '1,"ประกาศ, อบรม\nและ ""ติดตาม""",กองคลัง,ตลอดปี\n'

    assert cells_of(text)[1] == ("1", 'ประกาศ, อบรม\nและ "ติดตาม"', "กองคลัง", "ตลอดปี")


def test_a_row_is_called_by_the_number_that_a_spreadsheet_gives_it() -> None:
    text = '"แผน\nประจำปี",,,\n,,,\n,,,\n' + HEADING + '1,"ก\nข",กองคลัง,ตลอดปี\n2,ค,กองคลัง,ตลอดปี\n'

    paper = read_paper(text.encode(), "plan.csv")

    assert [paper.place_of(line.number) for line in paper.lines if not line.is_blank] == [
        "แถวที่ 1",
        "แถวที่ 1",
        "แถวที่ 4",
        "แถวที่ 5",
        "แถวที่ 6",
    ]


def test_words_alone_in_a_row_are_prose_above_a_table_and_a_row_within_it() -> None:
    text = f"แผนของปี,,,\n{HEADING}กลุ่มที่หนึ่ง,,,\n{ROW},,,\nหมายเหตุ,,,\n"

    assert cells_of(text) == [
        ("แผนของปี",),
        ("ประเด็น", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา"),
        ("กลุ่มที่หนึ่ง", "", "", ""),
        ("1", "ประกาศ", "กองคลัง", "ตลอดปี"),
        ("",),
        ("หมายเหตุ",),
        ("",),
    ]


def test_columns_to_the_left_of_the_table_are_left_out() -> None:
    assert cells_of(f",,{HEADING},,{ROW}")[0] == ("ประเด็น", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา")


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ('""\n"",""\n', "ไม่มีข้อความ"),
        (HEADING + '1,"ไม่ปิด,กองคลัง,ตลอดปี\n' + ROW * 300, "บรรทัด 2 มีเครื่องหมายคำพูดเปิด"),
        (HEADING + '1,"' + "ก" * 140_000 + "\n", "บรรทัด 2 มีเครื่องหมายคำพูดเปิด"),
        ("," * MOST_COLUMNS + "ก\n" + HEADING, "คอลัมน์"),
        (ROW * (MOST_LINES + 1), "บรรทัด"),
        (HEADING + "1," + "ก" * 100_001 + ",กองคลัง,ตลอดปี\n", "ยาวเกินไป"),
    ],
    ids=["nothing", "open quote", "open to the end", "wide", "many rows", "long row"],
)
def test_what_is_no_plan_is_refused_with_the_need(text: str, needed: str) -> None:
    reading = read_plan(text.encode(), "plan.csv", YEAR, AGENCY)

    (problem,) = reading.problems
    assert needed in problem.needed


def test_thousands_of_empty_columns_are_nothing() -> None:
    assert cells_of(HEADING.strip() + "," * 16_000 + "\n" + ROW)[0] == ("ประเด็น", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา")
