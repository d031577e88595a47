"""What a person should look at, found by rules about writing and not by knowing the document."""

from __future__ import annotations

import pytest

from ita_flow.domain.calendar import FiscalYear
from ita_flow.intake.doubts.spelling import doubled_words, doubt_spelling
from ita_flow.intake.draft import Correction, Doubt
from ita_flow.intake.notebook import MOST_DOUBTS_OF_A_KIND, Notebook
from ita_flow.intake.readers import Line
from tests.intake.documents import AGENCY, line_of, read, report, with_cell, with_line


def doubts(text: str, kind: str, year: int = 2567, agency: str | None = AGENCY) -> list[Doubt]:
    return [doubt for doubt in read(text, FiscalYear(year), agency).doubts if doubt.kind == kind]


def the_doubt(text: str, kind: str) -> Doubt:
    (doubt,) = doubts(text, kind)
    return doubt


def test_the_report_gives_these_doubts_and_no_other() -> None:
    reading = read(report())

    assert [(doubt.kind, doubt.line) for doubt in reading.doubts] == [
        ("written_differently", line_of("ช่องทางกรรับฟัง")),
        ("item_title", line_of("- ๐34")),
        ("written_differently", line_of("ทับช้อน")),
        ("same_analysis", line_of("ติดตามโครงการของปี 2567")),
        ("impossible_marks", line_of("เว็บไซต์์")),
        ("doubled_word", line_of("แต่งตั้งแต่งตั้ง")),
        ("item_title", line_of("แผนจัดหาพัสดุ")),
    ]
    assert reading.must_be_accepted == ()


def test_a_doubt_says_what_stands_and_what_may_be_meant() -> None:
    doubt = the_doubt(report(), "doubled_word")

    assert doubt.found == "แต่งตั้งแต่งตั้ง"
    assert doubt.suggestion == "คำซ้ำ อาจตั้งใจเขียนว่า แต่งตั้ง"


def test_a_proposal_takes_the_place_of_what_was_found() -> None:
    reading = read(report())
    proposed = [doubt for doubt in reading.doubts if doubt.proposal]

    again = read(report(), corrections=[Correction(one.line, one.found, one.proposal) for one in proposed])

    assert [doubt.kind for doubt in proposed] == [
        "written_differently", "written_differently", "impossible_marks", "doubled_word", "item_title",
    ]  # fmt: skip
    assert [doubt.kind for doubt in again.doubts] == ["item_title", "same_analysis"]


@pytest.mark.parametrize(
    ("one", "other", "found", "proposal"),
    [
        ("รายงานการป้อง กน ผลประโยชน์ทั้งหมด", "รายงานการป้องกันผลประโยชน์ทั้งหมด", "ป้อง กน ผล", "ป้อง กัน ผล"),
        ("เปิดช่องทางกรรับฟังเสียงของทุกคน", "เปิดช่องทางการรับฟังเสียงของทุกคน", "ทางกรรับ", "ทางการรับ"),
    ],
)
def test_a_proposal_keeps_the_spaces_of_the_writer(one: str, other: str, found: str, proposal: str) -> None:
    text = f"{one}\n\n{other}\n\n{other}\n\n{report()}"

    (doubt,) = [doubt for doubt in doubts(text, "written_differently") if doubt.line == 1]

    assert found in doubt.found
    assert doubt.found in one
    assert doubt.proposal == doubt.found.replace(found, proposal)


def test_what_is_broken_over_two_lines_of_a_cell_is_left_to_a_person() -> None:
    row = 'ก\t"รายงานการป้องกั\nณ\nผลประโยชน์ทั้งหมด"'

    (doubt,) = doubts(f"{row}\n\nรายงานการป้องกันผลประโยชน์ทั้งหมด\n\n{report()}", "written_differently")[:1]

    assert (doubt.line, doubt.proposal) == (1, "")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("มอบหมายมอบหมายเจ้าหน้าที่", ["มอบหมาย"]),
        ("ดำเนินการ ดำเนินการ ต่อไป", ["ดำเนินการ"]),
        ("คำสั่งแต่งตั้งแต่งตั้งผู้ดูแล", ["แต่งตั้ง"]),
        ("การใช้ทรัพย์สิน การใช้ทรัพย์สินให้คุ้ม", []),
        ("ดำเนินการการตรวจ", []),
        ("ต่าง ๆ นานา", []),
        ("100.00 100.00", []),
    ],
)
def test_a_doubled_word_is_long_and_stands_twice_in_a_row(cell: str, words: list[str]) -> None:
    assert [once for _, once in doubled_words(cell)] == words


@pytest.mark.parametrize("word", ["เว็บไซต์์", "กิ่่ง", "ก้ิน", "เเผน", "แ ผน", "กาาน", "่าน", "ไ", "กัิน", "นำ้"])
def test_marks_that_cannot_stand_are_doubtful(word: str) -> None:
    assert kinds_of_spelling(word) == {"impossible_marks"}


@pytest.mark.parametrize(
    "text",
    [
        "เบาะแสและเหตุ",
        "พันธุ์ สิทธิ์ ทรัพย์",
        "ฤกษ์ ฤๅษี พฤกษา",
        "ก็ เม็ด เป็น",
        "น้ำ กล้ำ เข้า ไม้ ใต้ โต๊ะ",
        "เกี๊ยะ ผัวะ เจ้าค่ะ",
        "กัมมันตรังสี ฯลฯ ๆ",
    ],
)
def test_good_spelling_is_not_doubted(text: str) -> None:
    assert kinds_of_spelling(text) == set()


def test_letters_of_another_script_that_stand_apart_are_doubtful() -> None:
    assert kinds_of_spelling("คำว่า \u0930\u093e\u092e") == {"foreign_script"}


def kinds_of_spelling(text: str) -> set[str]:
    notebook = Notebook()
    doubt_spelling([Line.of(1, text)], notebook)
    return {doubt.kind for doubt in notebook.doubts}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ให้ประชาชนร่วมคิดร่วมทำทุกเดือน", "ให้ประชาชนไปร่วมคิดร่วมทำทุกเดือน"),
        ("ให้ชุมชนไปร่วมคิดร่วมทำกับหน่วยงาน", "ให้ชุมชนมาร่วมคิดร่วมทำกับหน่วยงาน"),
        ("ลงข้อมูลของหน่วยงานบนเว็บไซต์กลาง", "ลงข้อมูลของหน่วยงานในเว็บไซต์กลาง"),
        ("ประกาศแนวทางของหน่วยงานให้ทราบ", "ประกาศ แนว ทาง ของหน่วย งานให้ทราบ"),
    ],
)
def test_a_choice_of_words_or_spaces_is_no_doubt(one: str, other: str) -> None:
    lines = [doubt.line for doubt in doubts(f"{one}\n\n{other}\n\n{report()}", "written_differently")]

    assert not {1, 3}.intersection(lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("รายงานการป้องกันผลประโยชน์ทั้งหมด", "รายงานการป้องกนผลประโยชน์ทั้งหมด"),
        ("รายงานการป้องกันผลประโยชน์ทั้งหมด", "รายงานการป้อง กัณ ผลประโยชน์ทั้งหมด"),
    ],
)
def test_a_difference_inside_a_word_is_doubtful(one: str, other: str) -> None:
    lines = [doubt.line for doubt in doubts(f"{one}\n\n{other}\n\n{report()}", "written_differently")]

    assert {1, 3}.intersection(lines)


@pytest.mark.parametrize(
    ("before", "after", "kind", "found", "suggestion"),
    [
        ("- ผลคะแนน 95.57", "- ผลคะแนน 95.75", "total", "95.75", "95.57"),
        ("- ระดับ ผ่านดี", "- ระดับ ผ่านดีเยี่ยม", "level", "ผ่านดีเยี่ยม", "ผ่านดี"),
        ("อยู่ที่ 95.57", "อยู่ที่ 95.55", "score_twice", "95.55", "95.57"),
        ("คะแนน 92.40", "คะแนน 92.04", "score_twice", "92.04", "92.40"),
        ("6\tคุณภาพการดำเนินงาน", "6\tคุณภาพงาน", "indicator_name", "คุณภาพงาน", "คุณภาพการดำเนินงาน"),
        ("2. ข้อ e14 ", "5. ข้อ e14 ", "sequence", "5. e14", "2"),
    ],
)
def test_parts_that_contradict_each_other_are_shown_with_both(
    before: str, after: str, kind: str, found: str, suggestion: str
) -> None:
    doubt = the_doubt(report().replace(before, after), kind)

    assert doubt.line == line_of(before)
    assert doubt.found == found
    assert suggestion in doubt.suggestion
    assert not doubt.must_be_accepted


def test_an_assessed_year_that_changes_in_the_document_is_doubtful() -> None:
    text = with_line(3, lambda line: line.replace("๒๕๖๖", "๒๕๖๕"))

    assert the_doubt(text, "assessed_years").line == 3


def test_another_agency_must_be_accepted() -> None:
    (doubt,) = doubts(report(), "another_agency", agency="องค์การบริหารส่วนจังหวัดตัวอย่าง")

    assert doubt.must_be_accepted
    assert doubt.found == AGENCY


@pytest.mark.parametrize("agency", [None, AGENCY, "อบจ.สายธาร", "อบจ. สายธาร"])
def test_the_agency_itself_or_none_is_no_doubt(agency: str | None) -> None:
    assert read(report(), agency=agency).must_be_accepted == ()


def test_an_agency_that_is_only_mentioned_need_not_be_accepted() -> None:
    text = f"{report()}\n\nขอบคุณ เทศบาลเมืองปลายน้ำ ที่ให้ข้อมูล"

    (doubt,) = doubts(text, "other_agency_named")

    assert (doubt.found, doubt.must_be_accepted) == ("เทศบาลเมืองปลายน้ำ", False)


@pytest.mark.parametrize("year", [2566, 2568])
def test_another_year_must_be_accepted(year: int) -> None:
    reading = read(report(), FiscalYear(year))

    assert [doubt.kind for doubt in reading.must_be_accepted] == [
        "another_year", "window_of_another_year", "window_of_another_year",
    ]  # fmt: skip


def test_an_accepted_other_year_takes_the_same_part_of_it() -> None:
    draft = read(report(), FiscalYear(2568)).draft

    assert draft is not None
    assert {measure.window for measure in draft.measures} == {FiscalYear(2568).first_half, FiscalYear(2568).full_year}


def test_a_day_in_another_year_cannot_be_accepted() -> None:
    text = with_cell("4. กระบวนการกำกับดูแล", 6, "31 มีนาคม 2567")

    assert read(text, FiscalYear(2568)).draft is None


def test_the_same_doubt_is_told_once_and_a_kind_not_without_end() -> None:
    notebook = Notebook()

    for line in [*range(MOST_DOUBTS_OF_A_KIND * 2), 1]:
        notebook.doubt("impossible_marks", line, "่")
        notebook.doubt("foreign_script", 1, "\u0930")

    assert len(notebook.doubts) == MOST_DOUBTS_OF_A_KIND + 1
