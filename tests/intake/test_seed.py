"""The real document comes in exactly, value by value."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from ita_flow.domain.calendar import FiscalYear, WindowKind
from ita_flow.domain.scoring import Instrument, instrument_scores, level_of, total_of
from ita_flow.intake import Reading, read_plan
from ita_flow.intake.draft import Correction, DraftAssessment, PlanDraft, Responsible
from tests.seed import seed

pytestmark = pytest.mark.seed

AGENCY = "องค์การบริหารส่วนจังหวัดตาก"
STRATEGY, OFFICE = "กองยุทธศาสตร์และงบประมาณ", "สำนักปลัดองค์การบริหารส่วนจังหวัด"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_plan(seed(), "seed.txt", FiscalYear(2567), AGENCY)


@pytest.fixture(scope="module")
def draft(reading: Reading) -> PlanDraft:
    assert reading.problems == ()
    assert reading.draft is not None
    return reading.draft


@pytest.fixture(scope="module")
def assessment(draft: PlanDraft) -> DraftAssessment:
    assert draft.assessment is not None
    return draft.assessment


def test_the_document_says_whose_and_when(draft: PlanDraft, assessment: DraftAssessment) -> None:
    assert draft.agency_name == AGENCY
    assert (assessment.year, assessment.criteria_year) == (2566, 2567)


def test_the_result(assessment: DraftAssessment) -> None:
    assert (assessment.total, assessment.level) == (Decimal("97.14"), "ผ่านดี")
    assert (assessment.rank_province, assessment.rank_national) == (1, 23)
    assert assessment.rank_group == "องค์การบริหารส่วนจังหวัด"
    places = ("total", "level", "rank_province", "rank_national")
    assert {name: assessment.lines[name] for name in places} == dict(zip(places, range(21, 25), strict=True))


def test_ten_scores_and_what_follows_from_them(assessment: DraftAssessment) -> None:
    scores = {indicator.number: indicator.score for indicator in assessment.indicators}
    instruments = instrument_scores(scores)

    assert [str(scores[number]) for number in range(1, 11)] == [
        "100.00", "100.00", "100.00", "100.00", "100.00", "95.47", "91.13", "88.80", "98.00", "100.00",
    ]  # fmt: skip
    assert instruments == {
        Instrument.IIT: Decimal("100.00"),
        Instrument.EIT: Decimal("91.80"),
        Instrument.OIT: Decimal("99.00"),
    }
    assert total_of(scores) == assessment.total
    assert level_of(2566, Decimal("97.14"), instruments) == assessment.level
    assert [indicator.lines["score"] for indicator in assessment.indicators] == list(range(46, 56))


def test_the_analysis_stands_with_the_first_indicator_of_each_instrument(assessment: DraftAssessment) -> None:
    analysed = {
        indicator.number: indicator.lines["analysis"] for indicator in assessment.indicators if indicator.analysis
    }

    assert analysed == {1: 109, 6: 115, 9: 119}


def test_eleven_findings_with_the_items_they_cite(assessment: DraftAssessment) -> None:
    assert [(f.channel.value, f.sequence, f.code, f.items, f.lines["code"]) for f in assessment.findings] == [
        ("eit_public", 1, "e4", ("O34", "O35", "O28", "O27"), 71),
        ("eit_public", 2, "e8", ("O8",), 73),
        ("eit_public", 3, "e10", ("O28",), 75),
        ("eit_public", 4, "e13", ("O18",), 77),
        ("eit_public", 5, "e1", ("O13", "O14"), 79),
        ("eit_survey", 1, "e13", ("O18",), 85),
        ("eit_survey", 2, "e8", ("O8",), 87),
        ("eit_survey", 3, "e10", ("O28",), 89),
        ("eit_survey", 4, "e14", ("O30",), 91),
        ("eit_survey", 5, "e15", ("O36", "O38"), 93),
        ("oit", 1, "o2", ("O2",), 99),
    ]
    cited = [item for finding in assessment.findings for item in finding.items]
    assert (len(cited), len(set(cited))) == (16, 12)


def test_every_finding_has_an_issue_and_advice(assessment: DraftAssessment) -> None:
    assert all(finding.issue and finding.advice for finding in assessment.findings)
    broken = assessment.findings[4]
    assert broken.advice.startswith("หน่วยงาน ควรระบุทั้งขั้นตอน")
    assert (broken.lines["advice"], broken.lines["items"]) == (79, 81)
    oit = assessment.findings[-1]
    assert (oit.title, oit.lines["issue"], oit.lines["response"]) == ("ข้อมูลผู้บริหาร", 101, 103)
    assert oit.response.startswith("ผู้ประเมินขอยืนยันการให้คะแนนตามเดิม")


ITEMS = [
    ["O11"], ["O18"], ["O5", "O7", "O8", "O9"], ["O34", "O35"],
    ["O19", "O20", "O21", "O22"], ["O24", "O40"], ["O27", "O28", "O29"],
]  # fmt: skip


def test_seven_areas_with_their_items(draft: PlanDraft) -> None:
    assert [area.number for area in draft.areas] == [1, 2, 3, 4, 5, 6, 7]
    assert [[item.code for item in area.items] for area in draft.areas] == ITEMS
    assert [area.lines["number"] for area in draft.areas] == [127, 139, 151, 166, 179, 194, 207]
    assert all(area.overview and area.analysis and area.focus for area in draft.areas)
    assert draft.areas[6].focus.startswith("การดำเนินการจัดทำประกาศนโยบายคุ้มครองข้อมูลส่วนบุคคล")
    assert draft.areas[6].analysis.endswith("สามารถร้องเรียนการทุจริตได้")
    assert "**" not in draft.areas[6].overview


def test_seven_measures_with_seventeen_items(draft: PlanDraft) -> None:
    assert [measure.area for measure in draft.measures] == [1, 2, 3, 4, 5, 6, 7]
    assert [[item.code for item in measure.items] for measure in draft.measures] == ITEMS
    assert sum(len(measure.items) for measure in draft.measures) == 17
    assert [measure.lines["title"] for measure in draft.measures] == [225, 226, 227, 228, 231, 232, 233]


def test_items_have_the_same_titles_in_prose_and_table(draft: PlanDraft) -> None:
    in_prose = [(item.code, item.title) for area in draft.areas for item in area.items]
    in_table = [(item.code, item.title) for measure in draft.measures for item in measure.items]

    assert in_prose == in_table


def test_titles_stay_as_they_were_signed(draft: PlanDraft) -> None:
    assert [measure.title for measure in draft.measures] == [
        "การตรวจติดตามและประเมินผลการปฏิบัติงาน โครงการตามแผนดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2567 ในรอบ 6 เดือนแรก ของปีงบประมาณ",
        "พัฒนาระบบ E - Service ขององค์การบริหารส่วนจังหวัดตาก",
        "ส่งเสริมการให้บริการประชาชนในระบบ Social Network",
        "ควบคุมการใช้ทรัพย์สินของทางราชการให้ถูกต้องและมีประสิทธิภาพ",
        "กำหนด นโยบาย การ ชัด กั้น แห่ง ผลประโยชน์ขององค์การบริหารส่วนจังหวัดตาก",
        "การขับเคลื่อนจริยธรรม ขององค์การบริหารส่วนจังหวัดตาก",
        "ช่องทางการร้องเรียนการทุจริตที่ปลอดภัยภายในหน่วยงาน",
    ]


def test_methods_stay_as_they_were_signed(draft: PlanDraft) -> None:
    assert [measure.method[-20:] for measure in draft.measures] == [
        "ตรวจติดตามและประเมินผล"[-20:],
        "การบริการประชาชนมากยิ่งขึ้น"[-20:],
        "Social Network ให้ดียิ่งขึ้น"[-20:],
        "เป็นประโยชน์แก่ทางราชการอยู่เสมอ"[-20:],
        "กระบวนการจัดซื้อจัดจ้างของหน่วยงาน"[-20:],
        "เป้าหมายเป็นบุคลากรภายในหน่วยงาน"[-20:],
        "การทุจริตและประพฤติมิชอบภายในหน่วยงาน"[-20:],
    ]
    assert all(measure.method.startswith("ดำเนินการ") for measure in draft.measures)


def test_sections_and_divisions(draft: PlanDraft) -> None:
    assert [measure.responsible for measure in draft.measures] == [
        (Responsible("ฝ่ายตรวจติดตามและประเมินผล", STRATEGY),),
        (Responsible("ฝ่ายประชาสัมพันธ์", STRATEGY),),
        (Responsible("ฝ่ายประชาสัมพันธ์", STRATEGY),),
        (Responsible("ฝ่ายอำนวยการ", OFFICE),),
        (Responsible("ฝ่ายพัสดุและทรัพย์สิน", "กองคลัง"),),
        (Responsible("ฝ่ายวินัยและส่งเสริมคุณธรรม", "กองการเจ้าหน้าที่"),),
        (Responsible("กลุ่มงานนิติการ", OFFICE),),
    ]
    assert len({one.division for measure in draft.measures for one in measure.responsible}) == 4


def test_windows(draft: PlanDraft) -> None:
    assert Counter(measure.window.ends_on for measure in draft.measures) == {date(2024, 3, 31): 5, date(2024, 9, 30): 2}
    full_year = [measure.area for measure in draft.measures if measure.window.kind is WindowKind.FULL_YEAR]
    assert full_year == [4, 5]


def test_no_limitations_are_declared(draft: PlanDraft) -> None:
    assert (draft.limitations, draft.limitations_none) == ((), True)


def test_two_characters_were_repaired(reading: Reading) -> None:
    assert [(repair.line, repair.found, repair.replaced) for repair in reading.repairs] == [
        (187, "\u0941", "ุ"),
        (187, "\u0930", "ร"),
    ]


def test_doubts_come_from_rules_and_are_few(reading: Reading) -> None:
    assert [(doubt.kind, doubt.line) for doubt in reading.doubts] == [
        ("written_differently", 16),
        ("written_differently", 73),
        ("written_differently", 75),
        ("item_title", 172),
        ("same_analysis", 225),
        ("doubled_word", 227),
        ("written_differently", 231),
    ]
    assert reading.must_be_accepted == ()


def test_each_proposal_takes_the_place_of_what_was_found(reading: Reading) -> None:
    proposed = [doubt for doubt in reading.doubts if doubt.proposal]
    lines = seed().decode().split("\n")
    corrections = [Correction(doubt.line, doubt.found, doubt.proposal) for doubt in proposed]

    again = read_plan(seed(), "seed.txt", FiscalYear(2567), AGENCY, corrections)

    assert [doubt.line for doubt in proposed] == [16, 73, 75, 227, 231]
    assert all(doubt.found in lines[doubt.line - 1] for doubt in proposed)
    assert not {(doubt.line, doubt.found) for doubt in proposed} & {(doubt.line, doubt.found) for doubt in again.doubts}


def test_without_an_expected_agency_nothing_must_be_accepted() -> None:
    assert read_plan(seed(), "seed.txt", FiscalYear(2567), None).must_be_accepted == ()


@pytest.mark.parametrize(("year", "agency"), [(2566, AGENCY), (2568, AGENCY), (2567, "อบจ.ตัวอย่าง")])
def test_another_year_or_agency_must_be_accepted(year: int, agency: str) -> None:
    assert read_plan(seed(), "seed.txt", FiscalYear(year), agency).must_be_accepted
