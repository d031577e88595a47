"""Tables of measures: which column is which, which rows belong, and what is told when something is not so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear
from ita_flow.intake import Reading, read_plan
from ita_flow.intake.draft import DraftMeasure, Part
from tests.intake.makers import Block, as_csv

HEADING = ["ประเด็น", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา"]
Row = list[str]


def row(number: int) -> Row:
    return [f"{number}. {AREAS[number]}", f"เรื่องที่ {number}", "กองคลัง", "ตลอดปี"]


def table(*more: Row, heading: Sequence[str] = HEADING, made: Callable[[int], Row] = row) -> list[Row]:
    """A table with a row for each area, and these rows after them."""
    return [list(heading), *map(made, AREAS), *more]


def read(*blocks: Block) -> Reading:
    return read_plan(as_csv(blocks), "plan.csv", FiscalYear(2569), None)


def measures(*blocks: Block) -> Sequence[DraftMeasure]:
    reading = read(*blocks)
    assert reading.problems == ()
    assert reading.draft is not None
    return reading.draft.measures


def problems(*blocks: Block) -> list[tuple[str, str]]:
    """What was found, and where, below the seven good rows or instead of them."""
    reading = read(*blocks)
    assert reading.draft is None
    return [(problem.place, problem.found) for problem in reading.problems]


def doubts(*blocks: Block) -> list[str]:
    return [doubt.kind for doubt in read(*blocks).doubts]


@pytest.mark.parametrize(
    "heading",
    [
        ["ประเด็น", "มาตรการ", "หน่วยงาน", "กรอบเวลา"],
        ["ด้าน:", "กิจกรรม", "ส่วนราชการ", "กำหนดแล้วเสร็จ"],
        ["ประเด็น (7 ด้าน)", "โครงการ/กิจกรรม", "กอง/สำนัก", "ระยะเวลา (เดือน)"],
        ["1. ประเด็น", "มาตรการส่งเสริมคุณธรรม", "ผู้รับผิดชอบหลัก", "ระยะเวลาของโครงการ"],
    ],
)
def test_a_heading_means_its_field_in_many_words(heading: Row) -> None:
    first = measures(table(heading=heading))[0]

    assert (first.area, first.title, first.responsible_text, first.window_text) == (1, "เรื่องที่ 1", "กองคลัง", "ตลอดปี")


def test_of_two_columns_of_those_responsible_the_one_with_units_counts() -> None:
    heading = ["ประเด็น", "มาตรการ", "ผู้รับผิดชอบ", "หน่วยงาน", "ระยะเวลา"]

    reading = read(table(heading=heading, made=lambda number: [*row(number)[:2], "นายดี มีสุข", *row(number)[2:]]))

    assert reading.draft is not None
    assert {measure.responsible_text for measure in reading.draft.measures} == {"กองคลัง"}
    assert [(doubt.kind, doubt.found) for doubt in reading.doubts] == [("columns_unused", "ผู้รับผิดชอบ")]


def test_activities_beside_measures_are_how_they_are_done() -> None:
    heading = ["ประเด็น", "กิจกรรม", "มาตรการ", "หน่วยงาน", "ระยะเวลา"]

    reading = read(table(heading=heading, made=lambda number: [row(number)[0], "ตั้งทีม", *row(number)[1:]]))

    assert reading.draft is not None
    assert (reading.draft.measures[0].title, reading.draft.measures[0].method) == ("เรื่องที่ 1", "ตั้งทีม")
    assert reading.draft.holds == {Part.METHOD}


def test_a_heading_with_two_meanings_means_what_stands_below_it() -> None:
    heading = ["หัวข้อการวิเคราะห์", *HEADING]

    found = measures(table(heading=heading, made=lambda number: [f"O{number}", *row(number)]))

    assert [[item.code for item in measure.items] for measure in found] == [[f"O{number}"] for number in AREAS]


@pytest.mark.parametrize(
    ("below", "column", "found"),
    [
        (["", "เรื่องใหม่", "", "ตลอดปี"], "ผู้รับผิดชอบ", "ช่องว่าง"),
        (["", "เรื่องใหม่", "กองคลัง", "-"], "ระยะเวลา", "-"),
        (["7", "", "กองคลัง", "ตลอดปี"], "มาตรการ", "ช่องว่าง"),
        (["8", "เรื่องใหม่", "กองคลัง", "ตลอดปี"], "ประเด็น", "8"),
        (["8. ด้านอื่น", "เรื่องใหม่", "กองคลัง", "ตลอดปี"], "ประเด็น", "8. ด้านอื่น"),
        (["การเลี้ยงปลา", "เรื่องใหม่", "กองคลัง", "ตลอดปี"], "ประเด็น", "การเลี้ยงปลา"),
        (["7", "เรื่องใหม่", "นายก", "ตลอดปี"], "ผู้รับผิดชอบ", "นายก"),
        (["7", "เรื่องใหม่", "กองคลัง", "เร็ว ๆ นี้"], "ระยะเวลา", "เร็ว ๆ นี้"),
        (["7", "เรื่องใหม่", "กองคลัง", "31 กุมภาพันธ์ 2569"], "ระยะเวลา", "31 กุมภาพันธ์ 2569"),
    ],
)
def test_one_bad_cell_is_one_problem(below: Row, column: str, found: str) -> None:
    assert problems(table(below)) == [(f"แถวที่ 9 คอลัมน์ {column}", found)]


def test_two_measures_under_merged_cells_are_never_run_together() -> None:
    assert [found for _, found in problems(table(["", "เรื่องใหม่", "", ""]))] == ["ช่องว่าง", "ช่องว่าง"]


def test_a_row_of_an_eighth_area_is_a_problem() -> None:
    below = [["8. ด้านอื่น ๆ", "", "", ""], ["", "เรื่องใหม่", "กองคลัง", "ตลอดปี"]]

    assert problems(table(*below)) == [("แถวที่ 9", "8. ด้านอื่น ๆ")]


def test_a_table_without_areas_at_all_is_a_problem() -> None:
    found = problems(table(heading=HEADING[1:], made=lambda number: row(number)[1:]))

    assert found[0] == ("แถวที่ 1", "มีคอลัมน์ มาตรการ, ผู้รับผิดชอบ, ระยะเวลา")


@pytest.mark.parametrize("missing", ["มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา"])
def test_a_missing_column_is_named(missing: str) -> None:
    place = HEADING.index(missing)
    heading = [name for name in HEADING if name != missing]

    reading = read(table(heading=heading, made=lambda number: [*row(number)[:place], *row(number)[place + 1 :]]))

    assert [problem.needed.startswith(f"เพิ่มคอลัมน์ {missing}") for problem in reading.problems] == [True]


@pytest.mark.parametrize("between", ["หมายเหตุ ต่อหน้าถัดไป", "- 2 -", "", "รวม 3 มาตรการ"])
def test_what_stands_between_two_pages_does_not_end_the_table(between: str) -> None:
    rows = table()

    assert len(measures(rows[:4], between, rows[4:])) == len(AREAS)


def test_what_follows_the_table_is_left_out_and_told() -> None:
    bill = [["รายการ", "จำนวน", "ผู้เบิก", "ลงวันที่"], ["ค่าน้ำ", "10", "นายดี", "ตามใบ"]]

    reading = read(table(), "ค่าใช้จ่าย", bill)

    assert reading.draft is not None
    assert len(reading.draft.measures) == len(AREAS)
    assert [doubt.kind for doubt in reading.doubts] == ["row_left_out", "row_left_out"]


def test_limitations_in_the_same_sheet_are_limitations() -> None:
    nothing = [["ลำดับ", "ข้อจำกัด", "การวิเคราะห์", "ข้อเสนอแนะ"], ["1", "คนน้อย", "อัตราว่าง", "ขออัตรา"]]

    draft = read([*nothing, ["", "", "", ""], *table()]).draft

    assert draft is not None
    assert [(one.limitation, one.suggestion) for one in draft.limitations] == [("คนน้อย", "ขออัตรา")]
    assert draft.holds == {Part.LIMITATIONS}


def test_a_note_below_the_limitations_is_none() -> None:
    nothing = [["ข้อจำกัดของหน่วยงาน", "การวิเคราะห์", "ข้อเสนอแนะ"], ["ไม่มี", "-", ""], ["หมายเหตุ ไม่มีข้อจำกัด", "", ""]]

    draft = read([*table(), ["", "", "", ""], *nothing]).draft

    assert draft is not None
    assert (draft.limitations, draft.limitations_none) == ((), True)


def test_part_of_the_name_of_an_area_will_do_beside_its_number() -> None:
    with_number, alone = "4. การใช้ทรัพย์สินของราชการ", "การใช้ทรัพย์สินของราชการ"

    assert doubts(table([with_number, "ก", "กองคลัง", "ตลอดปี"])) == ["area_name"]
    assert problems(table([alone, "ก", "กองคลัง", "ตลอดปี"])) == [("แถวที่ 9 คอลัมน์ ประเด็น", alone)]


def test_a_window_of_another_year_means_the_same_part_of_this_one() -> None:
    reading = read(table(["7", "ก", "กองคลัง", "ไตรมาสที่ 2/2568"]))

    assert reading.draft is not None
    assert reading.draft.measures[-1].window.ends_on == FiscalYear(2569).first_half_ends_on
    assert [doubt.kind for doubt in reading.must_be_accepted] == ["window_of_another_year"]


def test_an_area_above_knows_its_own_line() -> None:
    last = measures(table(["", "เรื่องใหม่", "กองคลัง", "ตลอดปี"]))[-1]

    assert (last.area, last.lines["area"], last.lines["title"]) == (7, 8, 9)
