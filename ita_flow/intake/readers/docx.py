"""Word documents: paragraphs and tables in the order of the document.

What is deleted under tracked changes or hidden is not read; neither are headers, footers and text boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers.archive import Archive, attribute, child, is_on, local_name, number_of
from ita_flow.intake.readers.lines import MOST_COLUMNS, Place, Transcript
from ita_flow.intake.readers.numbering import Numbering

_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
_OF_A_PARAGRAPH = _WRAPPERS | {"r", "hyperlink", "fldSimple", "dir", "bdo"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# A tab after the sign or number of an item is the space that Word puts there.
_TAB_AFTER_A_NUMBER = re.compile(r"([-–•*]|\(?[0-9๐-๙]{1,2}[.)])\t")


def read_document(archive: Archive, part: str, transcript: Transcript) -> None:
    _Reader(transcript, Numbering.of(archive, part)).read(archive.elements(part, "p", "tbl"))


@dataclass
class _Reader:
    transcript: Transcript
    numbering: Numbering
    paragraphs: int = 0
    tables: int = 0

    def read(self, blocks: Iterable[Element]) -> None:
        for block in blocks:
            if local_name(block) == "p":
                self._read_paragraph(block)
            elif _is_box(block):
                self.read(inner for row in _rows(block) for cell in _cells(row) for inner in _blocks(cell))
            else:
                self._read_table(block)

    def _read_paragraph(self, paragraph: Element) -> None:
        text = _TAB_AFTER_A_NUMBER.sub(r"\1 ", self._written(paragraph).strip("\t "), count=1)
        self.paragraphs += bool(text)
        place = Place("place_paragraph", {"number": max(1, self.paragraphs)})
        for line in text.split("\n"):
            self.transcript.add(line.split("\t"), place)

    def _written(self, paragraph: Element) -> str:
        return self.numbering.mark_of(paragraph) + "".join(_letters(paragraph)).lstrip("\t")

    def _read_table(self, table: Element) -> None:
        self.tables += 1
        for number, row in enumerate(_rows(table), start=1):
            self.transcript.add(self._row(row), self._place_of_row(number))
        self.transcript.add_blank(self._place_of_row(len(_rows(table))))

    def _place_of_row(self, number: int) -> Place:
        return Place("place_table_row", {"table": self.tables, "row": number})

    def _row(self, row: Element) -> list[str]:
        """The cells in their columns: merged ones have their text in the first, nothing in the others."""
        cells = [""] * min(number_of(child(child(row, "trPr"), "gridBefore")), MOST_COLUMNS)
        for cell in _cells(row):
            properties = child(cell, "tcPr")
            text = "" if _goes_on_from_above(properties) else self._cell(cell)
            span = number_of(child(properties, "gridSpan"), default=1)
            cells += [text, *[""] * (min(span, MOST_COLUMNS) - 1)]
            if len(cells) > MOST_COLUMNS:
                raise Invalid("document_too_wide", most=MOST_COLUMNS)
        return cells or [""]

    def _cell(self, cell: Element) -> str:
        """A line for each line of its paragraphs; a table inside of the cell gives a line for each of its rows."""
        lines = []
        for block in _blocks(cell):
            if local_name(block) == "p":
                lines.append(self._written(block))
            else:
                lines += [" ".join(self._row(row)).replace("\n", " ") for row in _rows(block)]
        return "\n".join(lines)


def _is_box(table: Element) -> bool:
    """A table of a single column is a frame around what stands in it."""
    return all(len(_cells(row)) == 1 for row in _rows(table))


def _rows(table: Element) -> list[Element]:
    return [row for row in _within(table, {"tr"}) if child(child(row, "trPr"), "del") is None]


def _cells(row: Element) -> list[Element]:
    return list(_within(row, {"tc"}))


def _blocks(cell: Element) -> Iterator[Element]:
    return _within(cell, {"p", "tbl"})


def _within(element: Element, names: set[str]) -> Iterator[Element]:
    for one in element:
        if local_name(one) in names:
            yield one
        elif local_name(one) in _WRAPPERS:
            yield from _within(one, names)


def _goes_on_from_above(properties: Element | None) -> bool:
    merge = child(properties, "vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def _letters(element: Element) -> Iterator[str]:
    for one in element:
        name = local_name(one)
        if name == "t":
            yield one.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name in _OF_A_PARAGRAPH and not _is_hidden(one):
            yield from _letters(one)


def _is_hidden(run: Element) -> bool:
    return is_on(child(child(run, "rPr"), "vanish"))
