"""The invented report with all its quirks, and small changes to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ita_flow.domain.calendar import FiscalYear
from ita_flow.intake import Reading, read_plan
from ita_flow.intake.draft import Correction

AGENCY = "องค์การบริหารส่วนจังหวัดสายธาร"
YEAR = FiscalYear(2567)
FIXTURE = Path(__file__).parent / "fixtures" / "report_with_quirks.txt"


def report() -> str:
    return FIXTURE.read_text(encoding="utf-8")


def read(
    text: str, year: FiscalYear = YEAR, agency: str | None = AGENCY, corrections: Sequence[Correction] = ()
) -> Reading:
    return read_plan(text.encode(), "report.txt", year, agency, corrections)


def line_of(words: str, text: str | None = None) -> int:
    """The number of the first line that holds these words."""
    lines = (text or report()).split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def with_line(number: int, change: Callable[[str], str]) -> str:
    """The report with one line changed."""
    lines = report().split("\n")
    lines[number - 1] = change(lines[number - 1])
    return "\n".join(lines)


def with_cell(row: str, column: int, text: str) -> str:
    """The report with one cell of the row of the table of measures that begins with these words."""
    number = max(n for n, line in enumerate(report().split("\n"), start=1) if line.startswith(row) and "\t" in line)

    def change(line: str) -> str:
        cells = line.split("\t")
        cells[column] = text
        return "\t".join(cells)

    return with_line(number, change)


def without(*words: str) -> str:
    """The report without the lines that begin with any of these words."""
    return "\n".join(line for line in report().split("\n") if not line.startswith(words))
