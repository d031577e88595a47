"""The plan as CSV: Thai in Excel, dates for programs, and no cell that calculates."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ita_flow.documents.plan_csv import as_csv
from ita_flow.documents.plan_table import DUE_HEADINGS, HEADINGS, SAMPLE, cells_of
from ita_flow.domain.formulas import without_defusing
from tests.documents.tables import a_row_saying, a_table

FIRST_OF_A_FORMULA = tuple("=+-@\t\r\0＝＋－＠")
ODD_TEXTS = st.builds(
    "".join,
    st.tuples(st.sampled_from(["", "'", "''", *FIRST_OF_A_FORMULA]), st.text("กำ่า๐1\"',;\n\r\t=+-@＝' ", max_size=30)),
)


def rows_in(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_sees_that_it_is_utf_8() -> None:
    assert as_csv(a_table()).startswith(b"\xef\xbb\xbf")


def test_the_headings_come_first_and_each_measure_is_a_line() -> None:
    rows = rows_in(as_csv(a_table(SAMPLE, replace(SAMPLE, area=7))))

    assert rows[0] == [*HEADINGS, *DUE_HEADINGS]
    assert [row[0] for row in rows[1:]] == [
        "1. กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
        "7. กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน",
    ]


def test_days_stand_in_both_eras() -> None:
    [_, row] = rows_in(as_csv(a_table(replace(SAMPLE, due_on=(date(2024, 3, 31), date(2024, 9, 30))))))

    assert row[-2:] == ["31 มีนาคม 2567\n30 กันยายน 2567", "2024-03-31\n2024-09-30"]


def test_each_item_has_a_line_of_its_cell() -> None:
    [_, row] = rows_in(as_csv(a_table(replace(SAMPLE, items=("O5 ข้อมูล\nการติดต่อ", "O7")))))

    assert row[1] == "O5 ข้อมูล การติดต่อ\nO7"


@given(ODD_TEXTS)
@example("'=1+1")
@example("''=1+1")
@settings(max_examples=300)
def test_no_cell_begins_a_formula_and_every_text_comes_back(text: str) -> None:
    row = a_row_saying(text)

    [_, cells] = rows_in(as_csv(a_table(row)))

    assert not any(cell.startswith(FIRST_OF_A_FORMULA) for cell in cells)
    assert tuple(map(without_defusing, cells[: len(HEADINGS)])) == cells_of(row)
