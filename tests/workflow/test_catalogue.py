"""The catalogue of items of public disclosure: read in many spellings, taken in by whole years or not at all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake.catalogue_csv import MOST_BYTES, MOST_ROWS, decoded, read_catalogue
from ita_flow.models.people import Agency
from ita_flow.models.plans import MeasureItem, OitItem
from ita_flow.queries.catalogue import CatalogueYear, catalogue_years, citations_of
from ita_flow.workflow.catalogue import CatalogueOutlook, CatalogueRefused, look_ahead, take_in
from tests.factories import NOW, Cast, a_plan
from tests.record import events_about

HEADING = "ปี,รหัส,ชื่อข้อ\n"
TWO = f"{HEADING}2567,O1,โครงสร้าง\n2567,O2,ข้อมูลผู้บริหาร\n"


def taken_in(cast: Cast, text: str) -> CatalogueOutlook:
    with transaction():
        return take_in(cast.agency, text, actor=cast.coordinator, at=NOW)


def kept(agency: Agency) -> list[tuple[int, str, str]]:
    chosen = sa.select(OitItem.year, OitItem.code, OitItem.title).where(OitItem.agency_id == agency.id)
    return sorted((row.year, row.code, row.title) for row in db.session.execute(chosen))


@pytest.mark.parametrize(
    "row",
    [
        "2567,O2,ข้อมูลผู้บริหาร",
        "๒๕๖๗,๐2,ข้อมูลผู้บริหาร",
        "พ.ศ. 2567,๐๒,ข้อมูลผู้บริหาร",
        "2567,02,ข้อมูลผู้บริหาร",
        "2567,2,ข้อมูลผู้บริหาร",
        "2567,OIT 2,ข้อมูล  ผู้บริหาร".replace("  ", ""),
        '2567,"ข้อ o2","ข้อมูลผู้บริหาร"',
    ],
)
def test_a_row_is_read_in_every_spelling(row: str) -> None:
    [line] = read_catalogue(HEADING + row).lines

    assert (line.number, line.year, line.code, line.title) == (2, 2567, "O2", "ข้อมูลผู้บริหาร")


@pytest.mark.parametrize("heading", ["ปี,รหัส,ชื่อข้อ", "year,code,title", "ปี พ.ศ.,ข้อที่,หัวข้อ", "ลำดับ,ปี,รหัสข้อ,หมายเหตุ,ชื่อ"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_are_known_by_several_names(heading: str, sign: str) -> None:
    heads = heading.split(",")
    cells = {"year": "2567", "ปี": "2567", "ปี พ.ศ.": "2567", "title": "ชื่อ", "ชื่อข้อ": "ชื่อ", "หัวข้อ": "ชื่อ", "ชื่อ": "ชื่อ"}
    row = [cells.get(head, "-" if head in ("ลำดับ", "หมายเหตุ") else "O2") for head in heads]

    [line] = read_catalogue("\n".join(sign.join(part) for part in (heads, row))).lines

    assert (line.year, line.code, line.title) == (2567, "O2", "ชื่อ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_file_is_read_as_spreadsheets_write_it(encoding: str) -> None:
    text = decoded(TWO.replace("\n", "\r\n").encode(encoding))

    assert [line.code for line in read_catalogue(text).lines] == ["O1", "O2"]


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"PK\x03\x04\x00\x00", "catalogue_not_text"), (b"a" * (MOST_BYTES + 1), "catalogue_too_large")],
)
def test_what_is_no_such_file_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        decoded(content)

    assert refused.value.key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "catalogue_empty"),
        (HEADING, "catalogue_empty"),
        ("ปี,รหัส\n2567,O1", "catalogue_columns_missing"),
        (HEADING + "2567,O1,ชื่อ\n" * (MOST_ROWS + 1), "catalogue_too_long"),
        (HEADING + "\0", "catalogue_not_text"),
        ("a" * (MOST_BYTES + 1), "catalogue_too_large"),
    ],
)
def test_what_is_no_catalogue_is_refused_whole(text: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_catalogue(text)

    assert refused.value.key == key


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("2024,O1,ชื่อ", "catalogue_year_of_other_era"),
        ("ปีหน้า,O1,ชื่อ", "catalogue_year_unreadable"),
        ("67,O1,ชื่อ", "catalogue_year_unreadable"),
        ("2567,E4,ชื่อ", "catalogue_code_unreadable"),
        ("2567,O1-O4,ชื่อ", "catalogue_code_unreadable"),
        ("2567,,ชื่อ", "catalogue_code_unreadable"),
        ("2567,O3,", "catalogue_title_missing"),
        ("2567", "catalogue_title_missing"),
        ("2567,O3," + "ก" * 501, "text_too_long"),
        ("2567,๐1,ชื่ออื่น", "catalogue_code_twice"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_by_its_number(row: str, key: str) -> None:
    read = read_catalogue(f"{HEADING}2567,O1,โครงสร้าง\n\n{row}\n2567,O2,ข้อมูลผู้บริหาร")

    assert [(problem.number, problem.refusal.key) for problem in read.problems] == [(4, key)]
    assert [line.code for line in read.lines] == ["O1", "O2"]


def test_a_catalogue_is_taken_in_and_recorded(cast: Cast) -> None:
    taken_in(cast, TWO)

    assert kept(cast.agency) == [(2567, "O1", "โครงสร้าง"), (2567, "O2", "ข้อมูลผู้บริหาร")]
    event = events_about(f"agency:{cast.agency.id}")[-1]
    assert event["action"] == "catalogue.taken_in"
    assert event["after"] == {"year": 2567, "items": ["O1 โครงสร้าง", "O2 ข้อมูลผู้บริหาร"]}


def test_a_second_time_changes_nothing(cast: Cast) -> None:
    taken_in(cast, TWO)

    outlook = taken_in(cast, TWO)

    assert outlook.changes == 0
    assert len(events_about(f"agency:{cast.agency.id}")) == 1


def test_a_year_becomes_what_the_file_says_and_other_years_stay(cast: Cast) -> None:
    taken_in(cast, f"{TWO}2566,O9,ข้อของปีก่อน\n")
    newer = f"{HEADING}2567,O1,โครงสร้างหน่วยงาน\n2567,O3,อำนาจหน้าที่\n"

    outlook = look_ahead(cast.agency, newer)
    taken_in(cast, newer)

    assert [line.code for line in outlook.added] == ["O3"]
    assert [(one.line.code, one.before) for one in outlook.retitled] == [("O1", "โครงสร้าง")]
    assert [item.code for item in outlook.removed] == ["O2"]
    assert kept(cast.agency) == [
        (2566, "O9", "ข้อของปีก่อน"),
        (2567, "O1", "โครงสร้างหน่วยงาน"),
        (2567, "O3", "อำนาจหน้าที่"),
    ]
    event = events_about(f"agency:{cast.agency.id}")[-1]
    assert event["before"] == {"items": ["O1 โครงสร้าง", "O2 ข้อมูลผู้บริหาร"]}
    assert event["after"] == {"year": 2567, "items": ["O1 โครงสร้างหน่วยงาน", "O3 อำนาจหน้าที่"]}


def test_with_one_bad_row_nothing_is_taken(cast: Cast) -> None:
    with pytest.raises(CatalogueRefused) as refused:
        taken_in(cast, f"{TWO}2567,what,ชื่อ\n")

    assert [problem.number for problem in refused.value.outlook.problems] == [4]
    assert kept(cast.agency) == []


def test_each_agency_has_its_own(cast: Cast) -> None:
    with transaction():
        take_in(cast.stranger.agency, TWO, actor=cast.stranger, at=NOW)

    assert kept(cast.agency) == []
    assert look_ahead(cast.agency, TWO).changes == 2


def test_years_are_known_by_the_catalogue_or_by_what_plans_cite(cast: Cast) -> None:
    taken_in(cast, TWO)
    measure = cast.task.measure
    measure.items = [MeasureItem(position=1, year=2566, code="O18", title="E - Service")]
    cast.strange_task.measure.items = [MeasureItem(position=1, year=2560, code="O1", title="ของหน่วยงานอื่น")]
    old = a_plan(cast.agency, version=2)
    old.measures[0].items = [MeasureItem(position=1, year=2567, code="O1", title="โครงสร้าง")]
    db.session.commit()

    assert catalogue_years(cast.agency) == [CatalogueYear(2567, 2), CatalogueYear(2566, 0)]
    [cited] = citations_of(cast.agency, 2567)["O1"]
    assert (cited.number, cited.planned_year, cited.title) == (1, 2567, "โครงสร้าง")
    assert citations_of(cast.agency, 2566) == {}  # of a version that is no longer in force


def test_a_first_draft_cites_too(cast: Cast) -> None:
    draft = a_plan(cast.agency, year=2568)
    draft.state, draft.approved_at = PlanState.DRAFT, None
    draft.measures[0].items = [
        MeasureItem(position=place, year=2567, code=code, title="") for place, code in enumerate(("O10", "O9"), 1)
    ]
    db.session.commit()

    assert list(citations_of(cast.agency, 2567)) == ["O9", "O10"]
