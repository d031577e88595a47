"""Tables whose cells are parted by commas or semicolons."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from ita_flow.domain.formulas import without_defusing
from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers.grid import Row, lines_of
from ita_flow.intake.readers.lines import MOST_COLUMNS, Transcript, refuse_empty, refuse_too_much
from ita_flow.intake.readers.paper import Paper, at_row

SUFFIX = ".csv"
DELIMITERS = ",;\t"
FEWEST_COLUMNS = 4
"""A plan has at least four: area, measure, who is responsible, and until when."""

MOST_LINES_IN_A_ROW = 200


def delimiter_of(text: str, file_name: str) -> str | None:
    """What parts the cells, or None when the text is not a table of that kind.

    Prose has commas too, so without the name of such a table most rows must have the same number of cells.
    """
    if file_name.lower().endswith(SUFFIX):
        return max(DELIMITERS, key=lambda sign: sum(_rows_by_width(text, sign).values()))
    if "\t" in text:
        return None
    return next((sign for sign in DELIMITERS if _is_steady(_widths(text, sign))), None)


def _rows_by_width(text: str, sign: str) -> Counter[int]:
    widths = _widths(text, sign)
    return Counter({width: count for width, count in widths.items() if width >= FEWEST_COLUMNS})


def _widths(text: str, sign: str) -> Counter[int]:
    try:
        return Counter(len(cells) for cells in csv.reader(io.StringIO(text, newline=""), delimiter=sign) if cells)
    except csv.Error:
        return Counter()


def _is_steady(widths: Counter[int]) -> bool:
    usual, count = widths.most_common(1)[0] if widths else (0, 0)
    return usual >= FEWEST_COLUMNS and count > 1 and 2 * count > widths.total()


def paper_of_table(text: str, delimiter: str) -> Paper:
    """The rows as lines; a row is called by the number under which a spreadsheet shows it."""
    transcript = Transcript()
    for number, cells in lines_of(_rows(text, delimiter)):
        if cells:
            transcript.add(cells, at_row(number))
        else:
            transcript.add_blank(at_row(number))
    refuse_empty(transcript.lines)
    return Paper.of(transcript)


def _rows(text: str, delimiter: str) -> Sequence[Row]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    began = 0
    try:
        for number, cells in enumerate(reader, start=1):
            _refuse_open_quote(began + 1, reader.line_num)
            refuse_too_much(number, 0)
            if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                raise Invalid("document_too_wide", most=MOST_COLUMNS)
            rows.append((number, [without_defusing(cell.strip()) for cell in cells[:MOST_COLUMNS]]))
            began = reader.line_num
    except csv.Error:
        raise Invalid("document_quote_open", line=began + 1) from None
    return rows


def _refuse_open_quote(first: int, last: int) -> None:
    """A quote that is never closed takes in all that follows."""
    if last - first >= MOST_LINES_IN_A_ROW:
        raise Invalid("document_quote_open", line=first)
