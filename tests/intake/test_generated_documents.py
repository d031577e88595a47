"""Whatever stands in a file, and whatever happened to its bytes: it is read, or refused in words.

Most of them are read inside of the test, where an error of the reader would be an error of the test; some go
through the program that reads office files apart, as all do in the house.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_flow.domain.areas import AREAS
from ita_flow.intake import Reading, read_plan
from ita_flow.intake.draft import Correction
from tests.intake.documents import AGENCY, YEAR, report
from tests.intake.makers import (
    AS_CSV,
    AS_DOCX,
    AS_TEXT,
    AS_XLSX,
    MAKERS,
    Block,
    as_csv,
    as_text,
    bare_docx,
    bare_xlsx,
    blocks_of,
    parts_of,
    zipped,
)

GENERATED = MUTATED = 500
LONG = 5_000
KINDS = (AS_TEXT, AS_CSV, AS_DOCX, AS_XLSX)
APART = 10
"""So many of each kind of office file are read in a program of their own."""

Maker = Callable[[st.DrawFn, Sequence[Block]], bytes]

HEADINGS = [
    "ประเด็น",
    "หัวข้อการวิเคราะห์",
    "ข้อ OIT",
    "ผลการวิเคราะห์",
    "มาตรการ\n/กิจกรรม",
    "วิธีดำเนินการ",
    "ผู้รับผิดชอบ",
    "ระยะเวลา",
    "ที่",
    "งบประมาณ",
    "",
]
SAID = [
    *AREAS.values(),
    *(f"{number}. {name}" for number, name in AREAS.items()),
    "๐11 แผนงาน\n๐12 รายงาน",
    "o19 - o22",
    "ฝ่ายพัสดุ กองคลัง",
    "กองคลัง\nกองช่าง",
    "ทุกกอง",
    "ตลอดปีงบประมาณ",
    "ภายใน 6 เดือนแรก",
    "31/03/2567",
    "31 กุมภาพันธ์ 2567",
    "ไตรมาสที่ 2",
    "ประกาศและอบรม",
    "=A1",
    "#REF!",
    "95.47",
    "ข้อ e4",
    "ไม่มี",
    "-",
    "",
]
# What no part of an office file may hold is of no interest here: it would only ever be damaged.
ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
)
CELLS = st.sampled_from(SAID) | ODD


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=9))
    cells = st.lists(CELLS, min_size=1, max_size=len(headings) + draw(st.integers(0, 1)))
    return [*draw(st.lists(cells, max_size=2)), headings, *draw(st.lists(cells, max_size=8))]


DOCUMENTS: st.SearchStrategy[list[Block]] = st.lists(st.one_of(CELLS, tables()), min_size=1, max_size=8)


def a_text(draw: st.DrawFn, blocks: Sequence[Block]) -> bytes:
    return as_text(blocks)


def a_csv(draw: st.DrawFn, blocks: Sequence[Block]) -> bytes:
    return as_csv(blocks, delimiter=draw(st.sampled_from(",;\t")))


def a_docx(draw: st.DrawFn, blocks: Sequence[Block]) -> bytes:
    return bare_docx("".join(_block(draw, block) for block in blocks))


def _block(draw: st.DrawFn, block: Block) -> str:
    if isinstance(block, str):
        return _paragraph(draw, block)
    rows = ("".join(_cell(draw, cell) for cell in row) for row in block)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _cell(draw: st.DrawFn, text: str) -> str:
    merge = draw(
        st.sampled_from(
            ["", "", "", "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>', "<w:gridSpan/>"]
        )
    )
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{''.join(_paragraph(draw, line) for line in text.split(chr(10)))}</w:tc>"


def _paragraph(draw: st.DrawFn, text: str) -> str:
    run = f"<w:r><w:t>{escape(text)}</w:t></w:r>"
    wrapped = draw(
        st.sampled_from(["{}", "{}", "{}", "<w:ins>{}</w:ins>", "<w:del>{}</w:del>", "<w:r><w:tab/></w:r>{}"])
    )
    return f"<w:p>{wrapped.format(run)}</w:p>"


FORMATS = "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 2, 10, 14, 17, 22, 164)) + "</cellXfs>"


def an_xlsx(draw: st.DrawFn, blocks: Sequence[Block]) -> bytes:
    rows = [row for block in blocks for row in ([[block]] if isinstance(block, str) else block)]
    texts = sorted({cell for row in rows for cell in row})
    sheet = "".join(f"<row>{''.join(_value(draw, texts.index(cell)) for cell in row)}</row>" for row in rows)
    merged = "".join(f'<mergeCell ref="{draw(SPANS)}"/>' for _ in range(draw(st.integers(0, 3))))
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return bare_xlsx(f"<sheetData>{sheet}</sheetData><mergeCells>{merged}</mergeCells>", shared, FORMATS)


SPANS = st.sampled_from(["A1:B1", "A2:A4", "B1:Z999", "A1:XFD1048576", "C3", "", "1:2", "AAAA1:B2"])
NUMBERS = st.floats() | st.integers(-(10**20), 10**20) | st.integers(1, 80_000)


def _value(draw: st.DrawFn, index: int) -> str:
    if draw(st.integers(0, 5)):
        return f'<c t="s"><v>{index}</v></c>'
    kind = draw(st.sampled_from(["n", "b", "e", "str", "d", "s", "?"]))
    formula = draw(st.sampled_from(["", "<f>A1+1</f>"]))
    return f'<c t="{kind}" s="{draw(st.integers(-1, 8))}">{formula}<v>{draw(NUMBERS | st.just(""))}</v></c>'


WRITERS: dict[str, Maker] = {AS_TEXT: a_text, AS_CSV: a_csv, AS_DOCX: a_docx, AS_XLSX: an_xlsx}


def assert_read_or_refused(content: bytes, name: str) -> None:
    reading = read_plan(content, name, YEAR, AGENCY)

    assert_whole(reading)
    if not reading.doubts:
        return
    corrections = [Correction(doubt.line, doubt.found, doubt.proposal or "แก้แล้ว") for doubt in reading.doubts]
    assert_whole(read_plan(content, name, YEAR, AGENCY, corrections))


def assert_whole(reading: Reading) -> None:
    assert (reading.draft is None) == bool(reading.problems)
    assert all(problem.place and problem.found and problem.needed for problem in reading.problems)
    assert all(doubt.suggestion and reading.place_of(doubt.line) for doubt in reading.doubts)


def check_generated(name: str, count: int) -> None:
    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(choices: st.DataObject) -> None:
        blocks = choices.draw(DOCUMENTS)
        content = choices.draw(st.composite(lambda draw: WRITERS[name](draw, blocks))())
        assert_read_or_refused(content, name)

    check()


@pytest.mark.usefixtures("inside_of_the_test")
@pytest.mark.parametrize("name", KINDS)
def test_generated_documents_are_read_or_refused(name: str) -> None:
    check_generated(name, GENERATED // len(KINDS))


@pytest.mark.long
@pytest.mark.usefixtures("inside_of_the_test")
@pytest.mark.parametrize("name", KINDS)
def test_many_generated_documents_are_read_or_refused(name: str) -> None:
    check_generated(name, LONG // len(KINDS))


@pytest.mark.parametrize("name", [AS_DOCX, AS_XLSX])
def test_generated_documents_are_read_or_refused_apart(name: str) -> None:
    check_generated(name, APART)


def a_plan() -> list[Block]:
    """The tables of the report, which are a plan on their own, and the line that says whose it is."""
    tables = [block for block in blocks_of(report()) if not isinstance(block, str)]
    return ["แผนขององค์การบริหารส่วนจังหวัดสายธาร", "", tables[-3], "", tables[-2], "", tables[-1]]


GOOD = {name: MAKERS[name](a_plan()) for name in KINDS}
ODD_BYTES = st.binary(max_size=20) | st.sampled_from([b"<", b"</", b"&#0;", b"&a;", b'"', b"9" * 30, b"\xff" * 4])


def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with some dropped, doubled, replaced or cut off."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        replacement = draw(st.one_of(ODD_BYTES, st.just(content[at : at + length] * 2)))
        rest = content[at + length :] if draw(st.integers(0, 9)) else b""
        content = content[:at] + replacement + rest
    return content


ODD_WORDS = ODD | st.sampled_from([",", '"', '""', ";", "\t", "\n", "\r", '",\n"', "ุ่" * 20, "๐34", "31 กุมภาพันธ์ 2567"])


def with_odd_words(draw: st.DrawFn, content: bytes) -> bytes:
    """The text still a text, with some of it dropped, replaced or interrupted."""
    text = content.decode("utf-8-sig")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(ODD_WORDS) + text[at + draw(st.integers(0, 40)) :]
    return text.encode()


VALUE = re.compile(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)')
ODD_VALUES = st.sampled_from(
    [
        b"",
        b"0",
        b"-1",
        b"1",
        b"99999999999999999999",
        b"1e308",
        b"nan",
        b"A1:XFD1048576",
        b"../../x",
        b"true",
        b"\xe0\xb8\x81",
    ]
)


def with_odd_values(draw: st.DrawFn, content: bytes) -> bytes:
    """The archive and its markup whole, with some values in one of its parts that nobody expects there."""
    parts, name = _a_part(draw, content)
    places = [match.span() for match in VALUE.finditer(parts[name])]
    chosen = draw(st.lists(st.integers(0, max(0, len(places) - 1)), min_size=1, max_size=4, unique=True))
    part = parts[name]
    for start, end in [places[index] for index in sorted(chosen, reverse=True) if places]:
        part = part[:start] + draw(ODD_VALUES) + part[end:]
    return zipped({**parts, name: part})


def _a_part(draw: st.DrawFn, content: bytes) -> tuple[dict[str, bytes], str]:
    """The parts of an archive, and which of those that are read is chosen."""
    parts = parts_of(content)
    names = [name for name in parts if name.endswith((".xml", ".rels")) and not name.startswith(("docProps", "custom"))]
    return parts, draw(st.sampled_from([name for name in names if "theme" not in name]))


def with_mutated_part(draw: st.DrawFn, content: bytes) -> bytes:
    """The archive whole, with the bytes of one of its parts mutated."""
    parts, name = _a_part(draw, content)
    return zipped({**parts, name: mutated(draw, parts[name])})


def check_mutated(name: str, count: int) -> None:
    of_texts, of_archives = [mutated, with_odd_words, with_odd_words], [mutated, with_mutated_part, with_odd_values]
    ways = of_texts if name in (AS_TEXT, AS_CSV) else of_archives

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(choices: st.DataObject) -> None:
        way = choices.draw(st.sampled_from(ways))
        assert_read_or_refused(choices.draw(st.composite(lambda draw: way(draw, GOOD[name]))()), name)

    check()


@pytest.mark.parametrize("name", KINDS)
def test_the_plan_that_is_mutated_is_a_good_one(name: str) -> None:
    assert read_plan(GOOD[name], name, YEAR, AGENCY).draft is not None


@pytest.mark.usefixtures("inside_of_the_test")
@pytest.mark.parametrize("name", KINDS)
def test_mutated_documents_are_read_or_refused(name: str) -> None:
    check_mutated(name, MUTATED // len(KINDS))


@pytest.mark.long
@pytest.mark.usefixtures("inside_of_the_test")
@pytest.mark.parametrize("name", KINDS)
def test_many_mutated_documents_are_read_or_refused(name: str) -> None:
    check_mutated(name, LONG // len(KINDS))


@pytest.mark.parametrize("name", [AS_DOCX, AS_XLSX])
def test_mutated_documents_are_read_or_refused_apart(name: str) -> None:
    check_mutated(name, APART)
