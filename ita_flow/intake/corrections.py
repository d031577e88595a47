"""What a person decided on doubts, put into the lines before anything is recognised in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ita_flow.intake.draft import Correction
from ita_flow.intake.readers import Line
from ita_flow.intake.readers.lines import plain


def corrected(lines: Sequence[Line], corrections: Iterable[Correction]) -> list[Line]:
    """The lines with each correction made wherever its words stand on its line; the others change nothing."""
    by_line: dict[int, list[Correction]] = defaultdict(list)
    for correction in corrections:
        if correction.found:
            by_line[correction.line].append(correction)
    return [_corrected(line, by_line[line.number]) if line.number in by_line else line for line in lines]


def _corrected(line: Line, corrections: Iterable[Correction]) -> Line:
    cells = line.cells
    for correction in corrections:
        cells = tuple(plain(cell.replace(correction.found, correction.replacement)) for cell in cells)
    return Line(line.number, cells)
