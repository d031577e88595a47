"""The plan as a workbook: texts only, and a page that can be printed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ita_flow.documents.plan_table import DUE_HEADINGS, HEADINGS, SAMPLE, cells_of
from ita_flow.documents.plan_workbook import FACE, HEAD, LONGEST_CELL, as_xlsx
from ita_flow.domain.refusals import Invalid
from tests.documents.tables import AGENCY, a_row_saying, a_table
from tests.factories import NOW

FIRST_ROW, HEADINGS_ROW = HEAD + 2, HEAD + 1
TEXTS = st.builds(
    "".join, st.tuples(st.sampled_from(list("=+-@＝＋－＠'{0h")), st.text("กำ่1=(){}+:/.\"' ", max_size=30))
)


def sheet_in(content: bytes) -> Worksheet:
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return sheet


@pytest.fixture
def sheet() -> Worksheet:
    return sheet_in(as_xlsx(a_table(), NOW))


def test_title_agency_and_headings_stand_above_the_measures(sheet: Worksheet) -> None:
    column = [cell.value for cell in sheet["A"]]

    assert column[:2] == ["แผนมาตรการ ITA ประจำปีงบประมาณ พ.ศ. 2567", AGENCY]
    assert [cell.value for cell in sheet[HEADINGS_ROW]] == [*HEADINGS, *DUE_HEADINGS]
    assert sheet.cell(FIRST_ROW, 4).value == SAMPLE.title


def test_headings_stay_in_sight_and_are_printed_on_every_page(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == f"A{FIRST_ROW}"
    assert sheet.print_title_rows == f"${HEADINGS_ROW}:${HEADINGS_ROW}"


def test_it_prints_on_a4_in_its_whole_width(sheet: Worksheet) -> None:
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # one page wide is the default
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_long_texts_wrap_in_the_official_face(sheet: Worksheet) -> None:
    cell = sheet.cell(FIRST_ROW, 5)

    assert (cell.alignment.wrap_text, cell.alignment.vertical, cell.font.name) == (True, "top", FACE)


def test_the_same_plan_at_the_same_moment_is_the_same_file() -> None:
    assert as_xlsx(a_table(), NOW) == as_xlsx(a_table(), NOW)


@given(TEXTS)
@example("=1+1")
@example("{=SUM(A1)}")
@example("https://example.go.th/=1")
@example("_x0041_")
@settings(max_examples=300)
def test_every_cell_is_a_text(text: str) -> None:
    row = a_row_saying(text)

    sheet = sheet_in(as_xlsx(a_table(row), NOW))

    cells = sheet[FIRST_ROW][: len(HEADINGS)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_the_moment_stands_in_the_file() -> None:
    workbook = load_workbook(io.BytesIO(as_xlsx(a_table(), NOW)))

    assert workbook.properties.created == datetime(2024, 3, 18, 2)  # noqa: DTZ001 - the file knows no zone
    assert workbook.properties.title == "แผนมาตรการ ITA ประจำปีงบประมาณ พ.ศ. 2567"


def test_what_no_cell_can_hold_is_refused_rather_than_left_out() -> None:
    with pytest.raises(Invalid) as refused:
        as_xlsx(a_table(SAMPLE, replace(SAMPLE, method="ก" * (LONGEST_CELL + 1))), NOW)

    assert (refused.value.key, refused.value.values["number"]) == ("text_too_long_for_xlsx", 2)


def test_control_characters_do_not_spoil_the_file() -> None:
    row = replace(SAMPLE, method="ก่อน\x07\x00หลัง\ud800\vบรรทัดใหม่")

    assert sheet_in(as_xlsx(a_table(row), NOW)).cell(FIRST_ROW, 5).value == cells_of(row)[4] == "ก่อนหลัง\nบรรทัดใหม่"
