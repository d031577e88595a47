"""What cannot be read is named with its place, what stands there, and what is needed."""

from __future__ import annotations

import pytest

from ita_flow.intake.draft import Part, Problem
from ita_flow.intake.notebook import MOST_PROBLEMS
from tests.intake.documents import line_of, read, report, with_cell, with_line, without

AREA, ITEMS, TITLE, METHOD, RESPONSIBLE, WINDOW = 0, 1, 3, 4, 5, 6
ROW = "4. กระบวนการกำกับดูแล"
LINE = line_of("คุมการใช้รถ")
HEADING = "หัวข้อการวิเคราะห์\t"


def problems_of(text: str) -> tuple[Problem, ...]:
    reading = read(text)
    assert reading.draft is None
    return reading.problems


def the_problem_of(text: str) -> Problem:
    (problem,) = problems_of(text)
    return problem


@pytest.mark.parametrize(
    ("column", "name"), [(TITLE, "มาตรการ /กิจกรรม"), (RESPONSIBLE, "ผู้รับผิดชอบ"), (WINDOW, "ระยะเวลาดำเนินการ")]
)
def test_an_empty_cell_is_named_by_line_and_column(column: int, name: str) -> None:
    problem = the_problem_of(with_cell(ROW, column, " "))

    assert problem == Problem(f"บรรทัด {LINE} คอลัมน์ {name}", "ช่องว่าง", f"กรอกช่อง {name}")


@pytest.mark.parametrize(
    ("column", "written", "needed"),
    [
        (AREA, "8. ด้านอื่น ๆ", "ชื่อของประเด็น"),
        (AREA, "4. การเลี้ยงปลา", "ชื่อของประเด็น"),
        (ITEMS, "- แผนของปี", "รหัสข้อ"),
        (RESPONSIBLE, "เจ้าหน้าที่ทุกคน", "สำนัก/กอง"),
        (RESPONSIBLE, "ฝ่ายธุรการ", "สำนัก/กอง"),
        (WINDOW, "ภายในวันที่ 31 กุมภาพันธ์ 2567", "ไม่มีอยู่จริง"),
        (WINDOW, "ภายในวันที่ 1 ตุลาคม 2567", "30 กันยายน 2567"),
        (WINDOW, "เร็ว ๆ นี้", "เขียนระยะเวลา"),
    ],
)
def test_an_unreadable_cell_is_quoted(column: int, written: str, needed: str) -> None:
    first = problems_of(with_cell(ROW, column, written))[0]

    assert f"บรรทัด {LINE} คอลัมน์" in first.place
    assert first.found in written
    assert needed in first.needed


def test_an_area_without_a_row_is_missing() -> None:
    problem = the_problem_of(with_line(LINE, lambda _: ""))

    assert problem.place == f"ตารางมาตรการที่เริ่มจากบรรทัด {line_of(HEADING)}"
    assert "ประเด็นที่ 4 กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ" in problem.found


def test_an_area_without_its_prose_is_missing() -> None:
    problem = the_problem_of(with_line(line_of(ROW), lambda _: ""))

    assert problem.place == "ส่วนวิเคราะห์รายประเด็น"
    assert "ประเด็นที่ 4" in problem.found


def test_a_table_without_a_column_says_which() -> None:
    text = report().replace("\tผู้รับผิดชอบ\t", "\tหมายเหตุ\t")

    first = problems_of(text)[0]

    assert first.place == f"บรรทัด {line_of(HEADING)}"
    assert first.found.startswith("มีคอลัมน์ หัวข้อการวิเคราะห์, ")
    assert first.needed == "เพิ่มคอลัมน์ ผู้รับผิดชอบ"


def test_a_cell_too_many_is_a_problem() -> None:
    problem = the_problem_of(with_line(LINE, lambda line: f"{line}\tอีกช่อง"))

    assert (problem.place, problem.found) == (f"บรรทัด {LINE}", "มี 8 ช่อง")


def test_no_table_at_all_is_one_problem() -> None:
    text = report()[: report().index("หัวข้อการวิเคราะห์\t")]

    assert "ตารางที่มีหัวคอลัมน์" in the_problem_of(text).needed


@pytest.mark.parametrize("written", ["๙๘,๕๐", "เก้าสิบ", "100.01", "98.505", "-5", ""])
def test_an_unreadable_score_is_named(written: str) -> None:
    line = line_of("1\tการปฏิบัติหน้าที่")
    text = with_line(line, lambda _: f"1\tการปฏิบัติหน้าที่\t{written}")

    first = problems_of(text)[0]

    assert (first.place, first.found) == (f"บรรทัด {line}", written or "ช่องว่าง")
    assert first.needed.startswith("ระบุคะแนน 0 ถึง 100")


@pytest.mark.parametrize(
    ("before", "after", "needed"),
    [
        ("- ผลคะแนน 95.57", "- ผลคะแนน ดีมาก", "คะแนน 0 ถึง 100"),
        ("- ระดับ ผ่านดี", "- ระดับ พอใช้", "ชื่อระดับ"),
        ("ลำดับที่ 31", "ลำดับที่ ต้น ๆ", "ลำดับเป็นตัวเลข"),
        ("2. ข้อ e14 ", "2. ข้อ ข14 ", "รหัสข้อคำถาม"),
        ("2. ข้อ e14 ", "2. ข้อ e8 ", "ครั้งเดียว"),
        ("10\tการป้องกันการทุจริต", "11\tการป้องกันการทุจริต", "1 ถึง 10"),
    ],
)
def test_an_unreadable_part_of_the_assessment_is_named(before: str, after: str, needed: str) -> None:
    first = problems_of(report().replace(before, after))[0]

    assert first.place == f"บรรทัด {line_of(before)}"
    assert needed in first.needed


def test_a_question_outside_both_parts_of_eit_is_a_problem() -> None:
    needs = [problem.needed for problem in problems_of(without("ส่วนที่ 1"))]

    assert len(needs) == 4
    assert all("EIT Public" in need for need in needs)


def test_half_an_assessment_is_a_problem() -> None:
    text = without("4\tการใช้ทรัพย์สิน", "4. การใช้ทรัพย์สิน")

    assert the_problem_of(text).found == "ไม่พบคะแนนตัวชี้วัดที่ 4"


def test_an_assessment_without_a_year_is_a_problem() -> None:
    text = report().replace("2566", "").replace("๒๕๖๖", "")

    assert "ปี พ.ศ. ของผลการประเมิน" in problems_of(text)[0].needed


def test_a_document_without_any_assessment_is_a_plan() -> None:
    start = report().index("การวิเคราะห์ตามหลักเกณฑ์")

    reading = read(report()[start:])

    assert reading.problems == ()
    assert reading.draft is not None
    assert reading.draft.assessment is None
    assert len(reading.draft.measures) == 7


def test_a_table_alone_is_a_plan_that_does_not_speak_of_the_areas() -> None:
    start = report().index("หัวข้อการวิเคราะห์\t")

    draft = read(report()[start:]).draft

    assert draft is not None
    assert draft.areas == ()
    assert draft.holds == frozenset(Part) - {Part.AREAS}


def test_of_a_wholly_foreign_table_no_more_is_told_than_anybody_reads() -> None:
    lines = report().split("\n")
    foreign = lines[LINE - 1].replace("4. กระบวนการ", "9. นอกเรื่อง")

    assert len(problems_of("\n".join([*lines, lines[line_of(HEADING) - 1], *[foreign] * 400]))) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("column", "text", "found", "most"),
    [
        (3, "ก" * 501, "501", "500"),
        (2, "ก" * 10_001, "10001", "10000"),
        (4, " ".join(f"{number}. ทำ" for number in range(1, 42)), "41", "40"),
        (1, ", ".join(f"O{number}" for number in range(1, 62)), "61", "60"),
    ],
)
def test_what_a_plan_cannot_hold_is_told_with_what_it_can(column: int, text: str, found: str, most: str) -> None:
    [problem] = read(with_cell("4. กระบวนการ", column, text)).problems

    assert str(LINE) in problem.place
    assert found in problem.found
    assert most in problem.needed


def test_what_just_fits_comes_in() -> None:
    steps = " ".join(f"{number}. {'ก' * 200}" for number in range(1, 41))

    assert read(with_cell("4. กระบวนการ", 3, "ก" * 500)).problems == ()
    assert read(with_cell("4. กระบวนการ", 4, steps)).problems == ()
