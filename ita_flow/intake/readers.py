"""From the bytes of a file to numbered lines of cells. Other kinds of file join here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ita_flow.domain.refusals import Invalid

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_LINE = 100_000

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_THAI_LETTER = re.compile(r"[\u0e01-\u0e2e]")
# White space is no sign of a foreign file; every other control character is.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKS_OF_EMPHASIS = re.compile(r"\*{2,}")


@dataclass(frozen=True)
class Line:
    """A line of the document: its number from 1, and its cells, of which ordinary prose has one."""

    number: int
    cells: tuple[str, ...]

    @classmethod
    def of(cls, number: int, text: str) -> Line:
        return cls(number, tuple(_plain(cell) for cell in text.split("\t")))

    @property
    def text(self) -> str:
        return " ".join(cell for cell in self.cells if cell)

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


def text_lines(content: bytes) -> list[str]:
    """The lines of a text file. Raises ``Invalid`` with a key ``document_…`` for what is no readable text."""
    if len(content) > MOST_BYTES:
        raise Invalid("document_too_large", size=_megabytes(len(content)), most=_megabytes(MOST_BYTES))
    text = _decoded(content)
    if not text.strip():
        raise Invalid("document_empty")
    if _CONTROL.search(text):
        raise Invalid("document_not_text")
    lines = _LINE_BREAK.split(text)
    if len(lines) > MOST_LINES:
        raise Invalid("document_too_many_lines", count=len(lines), most=MOST_LINES)
    if max(map(len, lines)) > LONGEST_LINE:
        raise Invalid("document_line_too_long", line=_first_long_line(lines), most=LONGEST_LINE)
    return lines


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else the Thai code page of older programs when Thai comes out of it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp874")
    except UnicodeDecodeError:
        raise Invalid("document_not_text") from None
    if not _THAI_LETTER.search(text):
        raise Invalid("document_not_text")
    return text


def _first_long_line(lines: list[str]) -> int:
    return next(number for number, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}"


def _plain(cell: str) -> str:
    """A cell without marks of bold print and with single spaces."""
    return " ".join(_MARKS_OF_EMPHASIS.sub("", cell).split())
