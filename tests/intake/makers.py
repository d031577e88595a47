"""The same document written as text, as a table with commas, for Word and for a spreadsheet program.

A document is a list of blocks: a text is a line of prose, a list of rows is a table. Cells may hold ``\\n``.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import docx
import xlsxwriter

Row = Sequence[str]
Block = str | Sequence[Row]

AS_TEXT, AS_CSV, AS_DOCX, AS_XLSX = "plan.txt", "plan.csv", "plan.docx", "plan.xlsx"


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text whose tables are lines with tabs."""
    blocks: list[Block] = []
    for is_table, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        whole = list(lines)
        blocks += [[line.split("\t") for line in whole]] if is_table else whole
    return blocks


def as_text(blocks: Sequence[Block]) -> bytes:
    return "\n".join("\t".join(map(_quoted, row)) for row in _rows(blocks)).encode()


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "\n" in cell else cell


def as_csv(blocks: Sequence[Block], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """As a spreadsheet program writes it: every row has the same number of cells."""
    rows = _rows(blocks)
    width = max(map(len, rows))
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return written.getvalue().encode(encoding)


def _rows(blocks: Sequence[Block]) -> list[Row]:
    return [row for block in blocks for row in ([[block]] if isinstance(block, str) else block)]


def as_docx(blocks: Sequence[Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        for row, cells in enumerate(block):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
    return saved(document.save)


def as_xlsx(blocks: Sequence[Block], sheet: str = "แผน") -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for row, cells in enumerate(_rows(blocks)):
            for column, cell in enumerate(cells):
                page.write_string(row, column, cell)
    return stream.getvalue()


MAKERS: Mapping[str, Callable[[Sequence[Block]], bytes]] = {
    AS_TEXT: as_text,
    AS_CSV: as_csv,
    AS_DOCX: as_docx,
    AS_XLSX: as_xlsx,
}
"""By the name that such a file has."""


def saved(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one of its parts changed."""
    parts = parts_of(content)
    return zipped({**parts, name: change(parts[name])})


_TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(**targets: str) -> str:
    """The part that names other parts, by their kind."""
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATION}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return (
        f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{listed}</Relationships>"
    )


def bare_docx(body: str) -> bytes:
    """The least of a Word document, around the markup of its body."""
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations(officeDocument="word/document.xml"),
            "word/document.xml": f"<w:document xmlns:w='urn:w'><w:body>{body}</w:body></w:document>",
        }
    )


def bare_xlsx(sheet: str, texts: str = "", formats: str = "") -> bytes:
    """The least of a workbook, around the markup of its only sheet, its shared texts and its styles."""
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": "<workbook xmlns:r='r'><sheets><sheet name='แผน' r:id='worksheet'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _relations(
                worksheet="sheet.xml", sharedStrings="texts.xml", styles="/xl/styles.xml"
            ),
            "xl/sheet.xml": f"<worksheet>{sheet}</worksheet>",
            "xl/texts.xml": f"<sst>{texts}</sst>",
            "xl/styles.xml": f"<styleSheet>{formats}</styleSheet>",
        }
    )
