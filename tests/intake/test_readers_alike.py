"""The same plan says the same in whatever kind of file it comes."""

from __future__ import annotations

import pytest

from ita_flow.intake import Reading, read_plan
from ita_flow.intake.draft import Correction
from ita_flow.workflow.plan_drafts import content_hash
from tests.intake.documents import AGENCY, YEAR, read, report
from tests.intake.makers import AS_CSV, AS_DOCX, AS_TEXT, AS_XLSX, MAKERS, blocks_of
from tests.seed import seed


def read_as(name: str, text: str, agency: str | None = AGENCY) -> Reading:
    return read_plan(MAKERS[name](blocks_of(text)), name, YEAR, agency)


@pytest.mark.parametrize("name", MAKERS)
def test_the_report_is_the_same_plan_in_every_kind_of_file(name: str) -> None:
    reading, as_it_is = read_as(name, report()), read(report())

    assert reading.draft is not None
    assert as_it_is.draft is not None
    assert content_hash(reading.draft) == content_hash(as_it_is.draft)
    assert len(reading.doubts) == len(as_it_is.doubts)
    assert len(reading.repairs) == len(as_it_is.repairs)


@pytest.mark.seed
@pytest.mark.parametrize("name", MAKERS)
def test_the_real_document_is_the_same_plan_in_every_kind_of_file(name: str) -> None:
    text = seed().decode("utf-8-sig")

    reading, as_it_is = read_as(name, text, agency=None), read(text, agency=None)

    assert reading.draft is not None
    assert as_it_is.draft is not None
    assert content_hash(reading.draft) == content_hash(as_it_is.draft)
    assert len(reading.doubts) == len(as_it_is.doubts)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (AS_TEXT, "บรรทัด 200"),
        (AS_CSV, "แถวที่ 200"),
        (AS_DOCX, "ตารางที่ 3 แถวที่ 4"),
        (AS_XLSX, "แผ่นงาน “แผน” แถวที่ 200"),
    ],
)
def test_a_doubt_and_a_problem_name_the_place_in_words_of_the_kind(name: str, place: str) -> None:
    reading = read_as(name, report())
    wrong = read_as(name, report().replace("หนึ่งวัน\tฝ่ายสื่อสาร กองแผนงาน", "หนึ่งวัน\tใครก็ได้"))

    doubt = next(one for one in reading.doubts if one.kind == "doubled_word")

    assert reading.place_of(doubt.line) == place
    assert [problem.place for problem in wrong.problems] == [f"{place} คอลัมน์ ผู้รับผิดชอบ"]


@pytest.mark.parametrize("name", MAKERS)
def test_a_correction_is_made_before_the_plan_is_recognised(name: str) -> None:
    content = MAKERS[name](blocks_of(report()))
    doubt = next(one for one in read_plan(content, name, YEAR, AGENCY).doubts if one.kind == "doubled_word")

    correction = Correction(doubt.line, doubt.found, "แต่งตั้ง")
    reading = read_plan(content, name, YEAR, AGENCY, [correction])

    assert reading.draft is not None
    assert reading.draft.measures[2].method.startswith("ออกคำสั่งแต่งตั้งผู้ดูแลเพจ")
    assert "doubled_word" not in {one.kind for one in reading.doubts}


@pytest.mark.parametrize(
    "correction",
    [
        Correction(200, "คำที่ไม่มี", "คำ"),
        Correction(1_000_000, "แต่งตั้ง", "คำ"),
        Correction(0, "แต่งตั้ง", "คำ"),
        Correction(200, "", "คำ"),
    ],
)
def test_a_correction_that_no_longer_fits_is_left_out(correction: Correction) -> None:
    content = report().encode()

    assert read_plan(content, AS_TEXT, YEAR, AGENCY, [correction]).draft == read(report()).draft


def test_a_correction_cannot_add_a_column() -> None:
    content = report().encode()
    correction = Correction(200, "แต่งตั้งแต่งตั้ง", "แต่ง\tตั้ง")

    reading = read_plan(content, AS_TEXT, YEAR, AGENCY, [correction])

    assert reading.draft is not None
    assert "แต่ง ตั้งผู้ดูแล" in reading.draft.measures[2].method
