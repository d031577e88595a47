"""Word documents: what stands in them, in its order, and nothing that a reader of the page would not see."""

from __future__ import annotations

from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers import Paper, read_paper
from ita_flow.intake.readers.lines import MOST_COLUMNS
from ita_flow.intake.readers.office import transcribed
from tests.intake.makers import saved, with_part

NAME = "แผน.docx"
PART = "word/document.xml"


def lines_of(document: Document) -> list[tuple[str, ...]]:
    return [cells for cells in transcribed(saved(document.save)).lines if any(cells)]


def paper_of(document: Document) -> Paper:
    return read_paper(saved(document.save), NAME)


def a_document(*paragraphs: str) -> Document:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def a_table(document: Document, *rows: str) -> Table:
    """A table of letters: ``ab`` is a row of two cells."""
    table: Table = document.add_table(len(rows), len(rows[0]))
    for row, letters in enumerate(rows):
        for column, letter in enumerate(letters):
            table.cell(row, column).text = letter
    return table


def with_xml(inside_of_body: str) -> Document:
    """A document that holds this markup."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {nsdecls('w')}>{inside_of_body}</w:body>"):
        document.element.body.insert(-1, element)
    return document


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    document = a_document("หนึ่ง")
    a_table(document, "กข", "คง")
    document.add_paragraph("สอง")

    assert lines_of(document) == [("หนึ่ง",), ("ก", "ข"), ("ค", "ง"), ("สอง",)]


def test_places_are_paragraphs_and_rows_of_tables() -> None:
    document = a_document("หนึ่ง", "", "สอง")
    a_table(document, "กข")
    a_table(document, "คง", "จฉ")

    paper = paper_of(document)

    assert [paper.place_of(line.number) for line in paper.lines if not line.is_blank] == [
        "ย่อหน้าที่ 1",
        "ย่อหน้าที่ 2",
        "ตารางที่ 1 แถวที่ 1",
        "ตารางที่ 2 แถวที่ 1",
        "ตารางที่ 2 แถวที่ 2",
    ]


def test_tables_that_touch_are_parted_by_a_blank_line() -> None:
    document = docx.Document()
    a_table(document, "กข")
    a_table(document, "คง")

    assert transcribed(saved(document.save)).lines == [("ก", "ข"), ("",), ("ค", "ง"), ("",)]


def test_lines_and_paragraphs_of_a_cell_stay_apart() -> None:
    document = docx.Document()
    cell = a_table(document, "กข").cell(0, 1)
    cell.text = "หนึ่ง\nสอง"
    cell.add_paragraph("สาม\tสี่")

    assert lines_of(document) == [("ก", "หนึ่ง\nสอง\nสาม สี่")]


def test_lines_of_a_paragraph_are_lines_of_the_same_place() -> None:
    paper = paper_of(a_document("หนึ่ง", "สอง\nสาม"))

    assert [(line.text, paper.place_of(line.number)) for line in paper.lines] == [
        ("หนึ่ง", "ย่อหน้าที่ 1"),
        ("สอง", "ย่อหน้าที่ 2"),
        ("สาม", "ย่อหน้าที่ 2"),
    ]


def test_a_merged_cell_has_its_text_once_and_the_others_keep_their_columns() -> None:
    document = docx.Document()
    table = a_table(document, "กขค", "งจฉ", "ชซฌ")
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))

    assert lines_of(document) == [("ก\nข", "", "ค"), ("ง\nช", "จ", "ฉ"), ("", "ซ", "ฌ")]


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("\tย่อหน้าแรก", ("ย่อหน้าแรก",)),
        ("1.\tกระบวนการ", ("1. กระบวนการ",)),
        ("๒)\tกระบวนการ", ("๒) กระบวนการ",)),
        ("-\t๐11 แผน", ("- ๐11 แผน",)),
        ("คะแนนรวม\t95.57", ("คะแนนรวม", "95.57")),
        ("ประเด็น\t\tมาตรการ\t", ("ประเด็น", "", "มาตรการ")),
    ],
)
def test_tabs_part_cells_unless_they_indent(written: str, cells: tuple[str, ...]) -> None:
    assert lines_of(a_document(written)) == [cells]


def test_a_table_of_one_column_is_a_frame_around_what_it_holds() -> None:
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "ในกรอบ"
    inner = frame.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "ก", "ข"

    assert lines_of(document) == [("ในกรอบ",), ("ก", "ข")]


def test_a_table_in_a_cell_gives_a_line_for_each_row() -> None:
    document = docx.Document()
    cell = a_table(document, "กข").cell(0, 1)
    inner = cell.add_table(2, 2)
    for number, letter in enumerate("คงจฉ"):
        inner.cell(number // 2, number % 2).text = letter

    assert lines_of(document) == [("ก", "ข\nค ง\nจ ฉ")]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:ins><w:r><w:t>แทรก</w:t></w:r></w:ins><w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>", "แทรก"),
        ("<w:moveFrom><w:r><w:t>ที่เก่า</w:t></w:r></w:moveFrom><w:r><w:t>อยู่</w:t></w:r>", "อยู่"),
        ("<w:hyperlink><w:r><w:t>ลิงก์</w:t></w:r></w:hyperlink>", "ลิงก์"),
        ("<w:sdt><w:sdtContent><w:r><w:t>ช่องกรอก</w:t></w:r></w:sdtContent></w:sdt>", "ช่องกรอก"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r><w:r><w:t>เห็น</w:t></w:r>", "เห็น"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>เห็น</w:t></w:r>', "เห็น"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple>", "7"),
        ("<w:r><w:t>E</w:t><w:noBreakHyphen/><w:t>Service</w:t></w:r>", "E-Service"),
        ("<w:r><w:t>จัดซื้อ</w:t></w:r><w:r><w:t>จัดจ้าง</w:t></w:r>", "จัดซื้อจัดจ้าง"),
        ("<w:r><w:drawing><w:p><w:r><w:t>กล่อง</w:t></w:r></w:p></w:drawing><w:t>เนื้อความ</w:t></w:r>", "เนื้อความ"),
    ],
)
def test_what_the_page_shows_is_read(inside: str, text: str) -> None:
    assert lines_of(with_xml(f"<w:p>{inside}</w:p>")) == [(text,)]


def test_controls_around_blocks_rows_and_cells_do_not_hide_them() -> None:
    cell = "<w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell.format('ก')}{cell.format('ข')}</w:tr></w:sdtContent></w:sdt>"

    document = with_xml(f"<w:sdt><w:sdtContent><w:tbl>{row}</w:tbl></w:sdtContent></w:sdt>")

    assert lines_of(document) == [("ก", "ข")]


def test_a_deleted_row_is_gone_and_a_row_may_begin_further_right() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('ลบ')}{cell.format('ลบ')}</w:tr>"
    moved = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell.format("ก")}{cell.format("ข")}</w:tr>'

    assert lines_of(with_xml(f"<w:tbl>{deleted}{moved}</w:tbl>")) == [("", "ก", "ข")]


def test_headers_and_footers_are_not_read() -> None:
    document = a_document("เนื้อความ")
    document.sections[0].header.paragraphs[0].text = "หัวกระดาษ"

    assert lines_of(document) == [("เนื้อความ",)]


@pytest.mark.parametrize(
    ("style", "marks"), [("List Number", ["1. ", "2. ", "3. "]), ("List Bullet", ["- ", "- ", "- "])]
)
def test_numbers_and_bullets_that_word_keeps_apart_are_read(style: str, marks: list[str]) -> None:
    document = docx.Document()
    for text in ("ก", "ข", "ค"):
        document.add_paragraph(text, style=style)

    assert lines_of(document) == [(mark + text,) for mark, text in zip(marks, "กขค", strict=True)]


NUMBERING = (
    "<w:numbering {ns}>"
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%3)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    "</w:numbering>"
)


def test_lists_are_counted_by_level_from_their_own_start() -> None:
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>ก</w:t></w:r></w:p>'
    )
    document = with_xml("".join(item.format(level) for level in (0, 1, 1, 2, 0, 1)))
    # A document of the library brings a part for numbering only once a list is in it.
    document.add_paragraph("ข", style="List Number")

    content = with_part(
        saved(document.save), "word/numbering.xml", lambda _: NUMBERING.format(ns=nsdecls("w")).encode()
    )

    texts = [cells[0] for cells in transcribed(content).lines]
    assert texts[:6] == ["๓. ก", "3.1 ก", "3.2 ก", "ก", "๔. ก", "4.1 ก"]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda part: part.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999999"/>', 1), "document_too_wide"),
        (lambda part: part.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="150"/>'), "document_too_wide"),
        (lambda part: part.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="-5"/>'), None),
        (lambda part: b"<!DOCTYPE w [<!ENTITY a 'b'>]>" + part.partition(b"?>")[2], "document_damaged"),
        (lambda part: part[:-30], "document_damaged"),
        (lambda part: b"<html/>", "document_other_format"),
        (lambda part: b"", "document_damaged"),
    ],
    ids=["one wide cell", "wide row", "negative", "entities", "cut short", "other root", "nothing"],
)
def test_markup_out_of_all_reason_is_refused_or_harmless(change: Callable[[bytes], bytes], key: str | None) -> None:
    document = docx.Document()
    a_table(document, "กข")
    content = with_part(saved(document.save), PART, change)

    if key is None:
        assert len(transcribed(content).lines[0]) <= MOST_COLUMNS + 1
    else:
        with pytest.raises(Invalid) as refused:
            transcribed(content)
        assert refused.value.key == key
