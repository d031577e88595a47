"""Workbooks: what a person sees who opens them, and what was left out."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ita_flow.domain.refusals import Invalid
from ita_flow.intake import read_plan
from ita_flow.intake.readers import Paper, read_paper
from ita_flow.intake.readers.lines import MOST_COLUMNS, MOST_LINES
from ita_flow.intake.readers.office import transcribed
from tests.intake.documents import AGENCY, YEAR, report
from tests.intake.makers import as_xlsx, bare_xlsx, blocks_of, saved, with_part

NAME = "แผน.xlsx"


class Book:
    """A workbook with the sheet ``แผน``."""

    def __init__(self, *rows: tuple[object, ...]) -> None:
        self.book = openpyxl.Workbook()
        self.sheet: Worksheet = self.book.active
        self.sheet.title = "แผน"
        for row in rows:
            self.sheet.append(row)

    @property
    def content(self) -> bytes:
        return saved(self.book.save)

    @property
    def lines(self) -> list[tuple[str, ...]]:
        return [cells for cells in transcribed(self.content).lines if any(cells)]

    @property
    def paper(self) -> Paper:
        return read_paper(self.content, NAME)


def shown(value: object, number_format: str = "General") -> str:
    """What a cell of this value and format says."""
    book = Book(("หัว", "หัว"), ("ก", value))
    book.sheet["B2"].number_format = number_format
    return book.lines[1][1]


def test_rows_come_in_their_columns() -> None:
    assert Book(("ประเด็น", "มาตรการ"), ("ก", None), (None, "ข")).lines == [
        ("ประเด็น", "มาตรการ"),
        ("ก", ""),
        ("", "ข"),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (95, "General", "95"),
        (95.47, "General", "95.47"),
        (0.1 + 0.2, "General", "0.3"),
        (98.5, "0.00", "98.50"),
        (95.476, "0.00", "95.476"),
        (1234.5, "#,##0.00", "1234.50"),
        (-3, "General", "-3"),
        (0.9547, "0.00%", "95.47%"),
        (True, "General", "TRUE"),
        (date(2026, 3, 31), "dd/mm/yyyy", "31/03/2569"),
        (datetime(2026, 3, 31, 16, 30), "[$-107041E]d mmmm yyyy;@", "31/03/2569"),  # noqa: DTZ001
        (date(2569, 3, 31), "d/m/yyyy", "31/03/2569"),
        (date(2026, 3, 1), "mmm yy", "มีนาคม 2569"),
        (46112, 'd" วันที่ "mmm', "31/03/2569"),
        (46112, '0" days"', "46112"),
        (46112, "General", "46112"),
        ("บรรทัดแรก\r\nบรรทัดสอง", "General", "บรรทัดแรก\nบรรทัดสอง"),
        ("  ๐34  ", "@", "๐34"),
    ],
)
def test_a_value_is_written_as_people_see_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(14, "31/03/2569"), (71, "31/03/2569"), (17, "มีนาคม 2569"), (74, "มีนาคม 2569"), (20, "46112"), (62, "46112.00")],
)
def test_a_format_may_be_known_by_its_number(number: int, text: str) -> None:
    row = '<row><c t="inlineStr"><is><t>ก</t></is></c><c s="1"><v>46112</v></c></row>'
    formats = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'

    assert transcribed(bare_xlsx(f"<sheetData>{row}</sheetData>", formats=formats)).lines[0] == ("ก", text)


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    book = Book(("หัว", "หัว"), ("ก", 46112 - 1462))
    book.sheet["B2"].number_format = "dd/mm/yyyy"
    content = with_part(
        book.content, "xl/workbook.xml", lambda part: part.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    )

    assert transcribed(content).lines[1][1] == "31/03/2569"


def test_a_merged_cell_has_its_text_in_its_first_place_only() -> None:
    book = Book(("ประเด็น", "มาตรการ", "วิธี"), ("ก", "ข", "ค"), ("ซ้ำ", "ง", "จ"))
    content = with_part(
        book.content,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
    )

    assert transcribed(content).lines[1:3] == [("ก", "ข", "ค"), ("", "ง", "จ")]


def test_sheets_come_in_their_order_and_name_the_places() -> None:
    book = Book(("ก", "ข"))
    book.book.create_sheet("อื่น ๆ").append(("ค", "ง"))
    book.book.move_sheet("อื่น ๆ", -1)

    paper = book.paper

    assert [(line.text, paper.place_of(line.number)) for line in paper.lines if not line.is_blank] == [
        ("ค ง", "แผ่นงาน “อื่น ๆ” แถวที่ 1"),
        ("ก ข", "แผ่นงาน “แผน” แถวที่ 1"),
    ]


def test_a_gap_between_rows_is_one_blank_line() -> None:
    book = Book(("ก", "ข"))
    book.sheet.cell(1_000_000, 1).value = "ค"
    book.sheet.cell(1_000_000, 2).value = "ง"

    paper = book.paper

    assert [line.cells for line in paper.lines] == [("ก", "ข"), ("",), ("ค", "ง"), ("",)]
    assert paper.place_of(3) == "แผ่นงาน “แผน” แถวที่ 1000000"


def test_a_title_in_any_column_is_prose() -> None:
    book = Book((None, None, "แผนประจำปี"), (None, "ประเด็น", "มาตรการ"), (None, "ก", "ข"))

    assert book.lines == [("แผนประจำปี",), ("ประเด็น", "มาตรการ"), ("ก", "ข")]


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    book = Book(("ประเด็น", "เก่า", "มาตรการ"), ("ก", "x", "ข"), ("ค", "x", "ง"))
    book.sheet.row_dimensions[2].hidden = True
    book.sheet.column_dimensions["B"].hidden = True
    book.book.create_sheet("สำรอง").sheet_state = "hidden"

    reading = read_plan(book.content, NAME, YEAR, AGENCY)

    assert book.lines == [("ประเด็น", "มาตรการ"), ("ค", "ง")]
    assert {(doubt.kind, doubt.found) for doubt in reading.doubts} >= {
        ("hidden_rows", "2"),
        ("hidden_columns", "2"),
        ("hidden_sheet", "สำรอง"),
    }


def test_an_empty_hidden_row_or_column_is_nothing_to_tell() -> None:
    book = Book(("ประเด็น", "มาตรการ"), (None, None), ("ก", "ข"))
    book.sheet.row_dimensions[2].hidden = True
    book.sheet.column_dimensions["D"].hidden = True

    assert book.paper.remarks == ()


def test_a_formula_is_its_result_or_its_text_with_a_doubt() -> None:
    book = Book(("ประเด็น", "มาตรการ"), ("ก", "=A2&1"), ("ข", "=A3&1"))
    content = with_part(
        book.content,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<f>A2&amp;1</f><v></v>", b"<f>A2&amp;1</f><v>ok</v>"),
    )

    transcript = transcribed(content)

    assert transcript.lines[1:3] == [("ก", "ok"), ("ข", "=A3&1")]
    assert [(remark.kind, remark.line, remark.found) for remark in transcript.remarks] == [("formula", 3, "=A3&1")]


def test_an_error_of_the_sheet_stays_visible() -> None:
    book = Book(("ประเด็น", "มาตรการ"), ("ก", "#REF!"))

    assert book.lines[1] == ("ก", "#REF!")


def test_rich_text_and_escaped_letters_are_read() -> None:
    runs = "<r><t>จัด_x000D_\n</t></r><r><t>ซื้อ</t></r><rPh><t>y</t></rPh>"
    content = with_part(
        as_xlsx([[["ก", "xx"]]]),
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"<t>xx</t>", runs.encode()),
    )

    assert transcribed(content).lines[0] == ("ก", "จัด\nซื้อ")


@pytest.mark.parametrize(
    ("row", "column", "key"), [(1, MOST_COLUMNS + 1, "document_too_wide"), (1, 16_384, "document_too_wide")]
)
def test_text_far_to_the_right_is_refused(row: int, column: int, key: str) -> None:
    book = Book(("ก", "ข"))
    book.sheet.cell(row, column).value = "ไกล"

    with pytest.raises(Invalid) as refused:
        transcribed(book.content)

    assert refused.value.key == key


def test_empty_cells_of_any_number_are_nothing() -> None:
    book = Book(("ก", "ข"))
    row = "".join(f'<row r="{number}"><c r="XFD{number}" s="0"/></row>' for number in range(2, MOST_LINES + 100))
    content = with_part(
        book.content,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", f"{row}</sheetData>".encode()),
    )

    assert transcribed(content).lines == [("ก", "ข"), ("",)]


def test_more_rows_than_any_plan_are_refused() -> None:
    row = "".join(f"<row><c><v>{number}</v></c><c><v>2</v></c></row>" for number in range(MOST_LINES + 1))
    content = with_part(
        Book(("ก", "ข")).content,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", f"{row}</sheetData>".encode()),
    )

    with pytest.raises(Invalid) as refused:
        transcribed(content)

    assert refused.value.key == "document_too_many_lines"


@pytest.mark.parametrize(
    ("day", "number_format", "ends_on"),
    [
        (date(2024, 6, 28), "dd/mm/yyyy", date(2024, 6, 28)),
        (date(2567, 6, 28), "[$-D070000]d mmm yyyy", date(2024, 6, 28)),
        (date(2024, 6, 1), "mmm yy", date(2024, 6, 30)),
    ],
)
def test_a_cell_with_a_date_ends_the_window_of_its_measure(day: date, number_format: str, ends_on: date) -> None:
    book = openpyxl.load_workbook(BytesIO(as_xlsx(blocks_of(report()))))
    row = next(cells for cells in book["แผน"].iter_rows() if "รถและครุภัณฑ์" in str(cells[3].value))
    row[6].value, row[6].number_format = day, number_format

    reading = read_plan(saved(book.save), NAME, YEAR, AGENCY)

    assert reading.draft is not None
    assert reading.draft.measures[3].window.ends_on == ends_on
