"""A table that a spreadsheet program wrote, or that was pasted: its text, and its rows with their numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from ita_flow.domain.refusals import Invalid

DELIMITERS = ",;\t"
ENCODINGS = ("utf-8-sig", "cp874")
"""UTF-8 with or without its mark, else the older Thai code page."""

_BYTE_ORDER_MARK = "\ufeff"


def text_of(content: bytes) -> str | None:
    """The text of a file, its lines ended in one way; None where it is no text that we know."""
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return None


def rows_of(text: str, is_heading: Callable[[str], bool], *, unreadable: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, each with its number as a spreadsheet counts it: the first is 1.

    ``is_heading`` knows the headings of the table. Raises Invalid for a quote that is never closed, and with the key
    ``unreadable`` for what is no table.
    """
    text = text.removeprefix(_BYTE_ORDER_MARK)
    delimiter = _delimiter(text, is_heading)
    try:
        _refuse_open_quote(text, delimiter)
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        raise Invalid(unreadable, field="text") from None


def _refuse_open_quote(text: str, delimiter: str) -> None:
    """A quote that is never closed takes in the rows that follow, until another one stands in them.

    A cell of two lines that is closed well is none; nor is a quote that is wrong within its line.
    """
    lines, ended = text.splitlines(keepends=True), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _cells in reader:
        row = "".join(lines[ended : reader.line_num])
        if reader.line_num > ended + 1 and not _is_whole(row, delimiter):
            raise Invalid("document_quote_open", field="text", line=ended + 1)
        ended = reader.line_num


def _is_whole(row: str, delimiter: str) -> bool:
    """Whether a strict reader finds one row in it."""
    try:
        return len(list(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _delimiter(text: str, is_heading: Callable[[str], bool]) -> str:
    """What stands between the cells: the sign that takes the first line apart into the most headings."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda sign: sum(is_heading(cell) for cell in first.split(sign)))
