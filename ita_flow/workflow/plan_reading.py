"""How the import would read what we ourselves write."""

from __future__ import annotations

from collections.abc import Sequence

from ita_flow.documents.plan_table import HEADINGS, PlanRow, cells_of, printable
from ita_flow.domain.calendar import FiscalYear
from ita_flow.intake.draft import DraftMeasure
from ita_flow.intake.notebook import Notebook
from ita_flow.intake.readers import Line
from ita_flow.intake.readers.lines import plain
from ita_flow.intake.recognise.known_units import NOBODY, KnownUnits
from ita_flow.intake.recognise.measures import measures_of
from ita_flow.intake.repairs import PiledMarks, mended


def as_read(text: str) -> str:
    """The text as it comes out of a cell: repaired, each line with single spaces, none of them blank."""
    return _cells_as_read([text])[0]


def read_row(row: PlanRow, fiscal_year: FiscalYear, known: KnownUnits = NOBODY) -> DraftMeasure | None:
    """The measure that the import finds in this row; None when it would refuse it."""
    lines = [Line(1, HEADINGS), Line(2, tuple(_cells_as_read(cells_of(row))))]
    return next(iter(measures_of(lines, fiscal_year, Notebook(), known).measures), None)


def _cells_as_read(texts: Sequence[str]) -> Sequence[str]:
    cells = tuple(plain(printable(text)) for text in texts)
    try:
        # A line of one cell would be prose, which has no line breaks of its own.
        lines, _repairs = mended([Line(1, (*cells, ""))])
    except PiledMarks:
        return cells
    return lines[0].cells[:-1]
