"""The invented report comes in whole, with all its quirks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.findings import Channel
from ita_flow.intake.draft import DraftAssessment, DraftFinding, DraftMeasure, PlanDraft, Responsible
from tests.intake.documents import AGENCY, YEAR, line_of, read, report

FIRST_HALF, FULL_YEAR = WindowKind.FIRST_HALF, WindowKind.FULL_YEAR


@pytest.fixture(scope="module")
def draft() -> PlanDraft:
    reading = read(report())
    assert reading.problems == ()
    assert reading.draft is not None
    return reading.draft


@pytest.fixture(scope="module")
def assessment(draft: PlanDraft) -> DraftAssessment:
    assert draft.assessment is not None
    return draft.assessment


def test_the_document_says_whose_and_when(draft: PlanDraft, assessment: DraftAssessment) -> None:
    assert (draft.agency_name, draft.fiscal_year) == (AGENCY, YEAR)
    assert (assessment.year, assessment.criteria_year) == (2566, 2567)


def test_the_result_is_read_with_its_ranks(assessment: DraftAssessment) -> None:
    assert (assessment.total, assessment.level) == (Decimal("95.57"), "ผ่านดี")
    assert (assessment.rank_province, assessment.rank_national) == (4, 31)
    assert assessment.rank_group == "องค์การบริหารส่วนจังหวัด"
    assert assessment.lines["total"] == line_of("ผลคะแนน 95.57")


def test_ten_scores_are_read_with_the_analysis_of_their_row(assessment: DraftAssessment) -> None:
    scores = {indicator.number: str(indicator.score) for indicator in assessment.indicators}
    analysed = {indicator.number for indicator in assessment.indicators if indicator.analysis}

    assert list(scores.values()) == [
        "98.50", "97.25", "99.00", "96.75", "98.00", "92.40", "90.10", "87.50", "96.00", "100.00",
    ]  # fmt: skip
    assert analysed == {1, 6, 9}
    assert assessment.indicators[5].lines == {
        "score": line_of("6\tคุณภาพ"),
        "analysis": line_of("6. คุณภาพการดำเนินงาน\t"),
    }


def test_findings_stand_in_source_order_with_the_items_they_cite(assessment: DraftAssessment) -> None:
    read_findings = [(f.channel.value, f.sequence, f.code, f.items) for f in assessment.findings]

    assert read_findings == [
        ("eit_public", 1, "e4", ("O34", "O35", "O28")),
        ("eit_public", 2, "e8", ("O8",)),
        ("eit_public", 3, "e13", ("O18",)),
        ("eit_public", 4, "e1", ("O13", "O14")),
        ("eit_survey", 1, "e8", ("O8",)),
        ("eit_survey", 2, "e14", ("O30",)),
        ("eit_survey", 3, "e15", ("O36", "O38")),
        ("oit", 1, "o2", ("O2",)),
    ]


def finding(assessment: DraftAssessment, channel: Channel, code: str) -> DraftFinding:
    return next(f for f in assessment.findings if (f.channel, f.code) == (channel, code))


def test_a_finding_is_parted_into_issue_and_advice(assessment: DraftAssessment) -> None:
    bribes = finding(assessment, Channel.EIT_PUBLIC, "e4")

    assert bribes.issue == "ผู้มาติดต่อบางคนเล่าว่าเคยถูกขอของกำนัล (ไม่นับค่าธรรมเนียมตามกฎหมาย)"
    assert bribes.advice.startswith("ควรประกาศไม่รับของขวัญทุกชนิด")
    assert set(bribes.lines.values()) == {line_of("ข้อ e4")}


def test_a_sentence_broken_across_a_blank_line_is_whole(assessment: DraftAssessment) -> None:
    slow = finding(assessment, Channel.EIT_PUBLIC, "e1")

    assert slow.advice.startswith("หน่วยงาน ควรเขียนขั้นตอน")
    assert slow.advice.endswith("แผ่นพับแจกประชาชน")
    assert (slow.lines["code"], slow.lines["items"]) == (line_of("ข้อ e1 "), line_of("ควรเขียนขั้นตอน"))


def test_an_item_without_marks_keeps_its_title_and_the_answer_to_the_appeal(assessment: DraftAssessment) -> None:
    vacancy = finding(assessment, Channel.OIT, "o2")

    assert vacancy.title == "ข้อมูลผู้บริหาร"
    assert vacancy.issue.startswith("หน้าเว็บไซต์แสดงรองปลัด 1 คน")
    assert vacancy.advice == "จึงไม่ให้คะแนนข้อนี้"
    assert vacancy.response.startswith("ผู้ประเมินขอยืนยันการให้คะแนนตามเดิม")
    assert vacancy.response.endswith("โครงสร้างในข้อ 01")


def test_seven_areas_keep_their_prose(draft: PlanDraft) -> None:
    assert [area.number for area in draft.areas] == [1, 2, 3, 4, 5, 6, 7]
    assert [[item.code for item in area.items] for area in draft.areas] == [
        ["O11"], ["O18"], ["O5", "O7", "O8"], ["O34", "O35"], ["O19", "O21"], ["O24", "O40"], ["O27", "O28"],
    ]  # fmt: skip
    assert draft.areas[4].items[1].title == "สรุปการจัดซื้อพัสดุรายเดือน"
    assert draft.areas[6].overview.startswith("ผลการประเมินในปีงบประมาณ พ.ศ. 2566 ในเรื่องนี้ อยู่ในเกณฑ์ดี")
    assert draft.areas[6].analysis.endswith("การประกาศคุ้มครองผู้แจ้งเบาะแสให้ปลอดภัย")
    assert draft.areas[6].focus == "การประกาศคุ้มครองผู้แจ้งเบาะแสให้ปลอดภัย"


def test_fields_of_an_area_know_their_lines(draft: PlanDraft) -> None:
    heading = line_of("4. กระบวนการกำกับดูแล")

    assert draft.areas[3].lines == {
        "number": heading,
        "overview": heading + 2,
        "items": heading + 6,
        "analysis": heading + 11,
        "focus": heading + 11,
    }


def test_seven_measures_come_from_both_halves_of_the_table(draft: PlanDraft) -> None:
    assert [measure.area for measure in draft.measures] == [1, 2, 3, 4, 5, 6, 7]
    assert [measure.window.kind for measure in draft.measures] == [
        FIRST_HALF, FIRST_HALF, FIRST_HALF, FULL_YEAR, FULL_YEAR, FIRST_HALF, FIRST_HALF,
    ]  # fmt: skip
    assert {measure.window.ends_on for measure in draft.measures} == {date(2024, 3, 31), date(2024, 9, 30)}


def test_a_measure_has_all_that_its_row_says(draft: PlanDraft) -> None:
    measure: DraftMeasure = draft.measures[2]

    assert measure.title == "จัดทีมตอบประชาชนทาง Social Network"
    assert [(item.code, item.title) for item in measure.items] == [
        ("O5", "ที่อยู่และเบอร์ติดต่อ"),
        ("O7", "ข่าวของหน่วยงาน"),
        ("O8", "Q&A"),
    ]
    assert measure.method.endswith("กำหนดเวลาตอบภายในหนึ่งวัน")
    assert measure.responsible_text == "ฝ่ายสื่อสาร กองแผนงาน"
    assert measure.responsible == (Responsible("ฝ่ายสื่อสาร", "กองแผนงาน"),)
    assert measure.window_text == "ภายใน 6 เดือนแรกของปีงบประมาณ"
    assert set(measure.lines.values()) == {line_of("จัดทีมตอบประชาชน")}


def test_a_section_may_be_a_group_and_a_division_an_office(draft: PlanDraft) -> None:
    assert draft.measures[6].responsible == (Responsible("กลุ่มงานกฎหมาย", "สำนักปลัดองค์การบริหารส่วนจังหวัด"),)


def test_no_limitations_is_a_declaration_and_no_row(draft: PlanDraft) -> None:
    assert draft.limitations == ()
    assert draft.limitations_none


def test_reading_again_reads_the_same(draft: PlanDraft) -> None:
    assert read(report()).draft == draft
