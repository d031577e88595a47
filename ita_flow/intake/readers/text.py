"""Text files, and text that was pasted: a line is a line, and tabs part its cells."""

from __future__ import annotations

import codecs
import re

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers.lines import LONGEST_LINE, Line, refuse_too_much
from ita_flow.intake.readers.paper import Paper, at_line

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_THAI_LETTER = re.compile(r"[\u0e01-\u0e2e]")
# White space is no sign of a foreign file; every other control character is.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# A spreadsheet pastes a cell with lines of its own in quotes. The quotes touch the tabs on both sides, and one
# side is a tab: prose that begins or ends with a quotation is left alone.
_CELL_OF_LINES = re.compile(r'(?:(?<=\t)"((?:[^"\t]|"")++)"(?=\t|\n|\Z)|(?m:^)"((?:[^"\t]|"")++)"(?=\t))')
_SWALLOWED = "\u2028"


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else UTF-16 with it or the Thai code page, when Thai comes out of it."""
    try:
        return _checked(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _checked(_decoded(content, "utf-16" if content.startswith(_MARKS_OF_UTF_16) else "cp874"))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid("document_not_text") from None
    # Nearly any bytes are some letters in these.
    if not _THAI_LETTER.search(text):
        raise Invalid("document_not_text")
    return text


def _checked(text: str) -> str:
    if not text.strip():
        raise Invalid("document_empty")
    if _CONTROL.search(text):
        raise Invalid("document_not_text")
    return text


def paper_of_text(text: str) -> Paper:
    """The lines of the text, each at the place where it begins."""
    lines: list[Line] = []
    places = []
    begins = 1
    whole = _with_whole_cells(text).split("\n")
    refuse_too_much(len(whole), len(text))
    for number, written in enumerate(whole, start=1):
        if len(written) > LONGEST_LINE:
            raise Invalid("document_line_too_long", line=begins, most=LONGEST_LINE)
        lines.append(Line.of(number, written))
        places.append(at_line(begins))
        begins += 1 + written.count(_SWALLOWED)
    return Paper(tuple(lines), tuple(places))


def _with_whole_cells(text: str) -> str:
    """The text with one sign for the end of a line, and another for one inside of a quoted cell."""
    text = _LINE_BREAK.sub("\n", text.replace(_SWALLOWED, "\v"))
    return _CELL_OF_LINES.sub(_unquoted, text) if '"' in text and "\t" in text else text


def _unquoted(match: re.Match[str]) -> str:
    cell: str = match[1] or match[2]
    return cell.replace('""', '"').replace("\n", _SWALLOWED) if "\n" in cell else match[0]
