"""Tables and cells in forms that a page break, a habit or another agency gives them."""

from __future__ import annotations

import pytest

from ita_flow.intake.draft import PlanDraft, Responsible
from tests.intake.documents import line_of, read, report, with_cell, with_line

ROW = "4. กระบวนการกำกับดูแล"
LINE = line_of("คุมการใช้รถ")


def draft_of(text: str) -> PlanDraft:
    reading = read(text)
    assert reading.problems == ()
    assert reading.draft is not None
    return reading.draft


@pytest.mark.parametrize("between", ["", "\n", "- 12 -\n", "๑๒\n", "รายงานประจำปี หน้า 12\n"])
def test_a_page_break_without_a_repeated_heading_does_not_end_the_table(between: str) -> None:
    text = with_line(LINE, lambda line: f"{between}{line}")

    assert len(draft_of(text).measures) == 7


def test_a_row_cut_by_a_page_break_is_joined() -> None:
    text = with_line(LINE, lambda line: f"{line}\n\t\t\t\tและรายงานทุกไตรมาส\t\t")

    measure = draft_of(text).measures[3]

    assert measure.method.endswith("ตรวจบัญชีทุกเดือน และรายงานทุกไตรมาส")


def test_a_second_measure_may_leave_the_area_to_the_row_above() -> None:
    text = with_line(LINE, lambda line: f"{line}\n\t- ๐35 การลดจุดเสี่ยง\t\tตรวจนับครุภัณฑ์\tตรวจทุกปี\tกองคลัง\tตลอดปี")

    measures = draft_of(text).measures

    assert [measure.area for measure in measures] == [1, 2, 3, 4, 4, 5, 6, 7]
    assert measures[4].responsible == (Responsible(None, "กองคลัง"),)


def test_an_area_is_known_by_a_name_that_is_nearly_right() -> None:
    reading = read(with_cell(ROW, 0, "4. กระบวนการกำกับดูแลการใช้ทรัพย์สินราชการ"))

    assert reading.draft is not None
    assert [doubt.line for doubt in reading.doubts if doubt.kind == "area_name"] == [LINE]


def test_the_name_of_an_area_weighs_more_than_its_number() -> None:
    reading = read(with_cell(ROW, 0, "3. กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ"))

    assert reading.draft is not None
    assert reading.draft.measures[3].area == 4
    assert [doubt.kind for doubt in reading.doubts if doubt.line == LINE] == ["area_name"]


def test_an_empty_method_is_only_a_doubt() -> None:
    reading = read(with_cell(ROW, 4, ""))

    assert reading.draft is not None
    assert [doubt.kind for doubt in reading.doubts if doubt.line == LINE] == ["empty_cell"]


def test_named_limitations_are_rows() -> None:
    text = report().replace("ไม่มี\tไม่มี\tไม่มี", "คนน้อย\tอัตรากำลังไม่ครบ\tขออัตราเพิ่ม")

    draft = draft_of(text.replace("***หมายเหตุ ไม่มีข้อจำกัดของหน่วยงาน", ""))

    (limitation,) = draft.limitations
    assert (limitation.limitation, limitation.analysis, limitation.suggestion) == (
        "คนน้อย",
        "อัตรากำลังไม่ครบ",
        "ขออัตราเพิ่ม",
    )
    assert not draft.limitations_none


def test_silence_about_limitations_is_no_declaration() -> None:
    draft = draft_of(report()[: report().index("การวิเคราะห์ข้อจำกัด")])

    assert (draft.limitations, draft.limitations_none) == ((), False)


def test_a_table_of_scores_may_number_its_rows_first() -> None:
    text = report().replace("ตัวชี้วัดที่\tรายละเอียดตัวชี้วัด\tคะแนน", "ที่\tตัวชี้วัด\tคะแนน")

    assessment = draft_of(text).assessment

    assert assessment is not None
    assert assessment.indicators[0].lines["score"] == line_of("1\tการปฏิบัติหน้าที่")


def test_the_table_of_measures_may_follow_the_scores_at_once() -> None:
    lines = report().split("\n")
    table = lines[line_of("หัวข้อการวิเคราะห์\t") - 1 : line_of("การวิเคราะห์ข้อจำกัด") - 1]
    scores = line_of("10\tการป้องกันการทุจริต")

    draft = draft_of("\n".join([*lines[:scores], "", *table]))

    assert draft.assessment is not None
    assert len(draft.measures) == 7


def test_the_name_of_the_agency_may_run_into_the_next_word() -> None:
    text = report().replace("องค์การบริหารส่วนจังหวัดสายธาร", "หน่วยงาน")
    text = text.replace("พร้อมมาตรการ", "องค์การบริหารส่วนจังหวัดสายธารพร้อมมาตรการ")

    assert read(text).must_be_accepted == ()
