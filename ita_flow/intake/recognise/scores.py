"""The ten scores, from the table of scores and from the table of their analysis, which repeats them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_flow.domain.scoring import INDICATORS
from ita_flow.domain.thai import arabic_digits, comparison_key
from ita_flow.intake.draft import DraftIndicator
from ita_flow.intake.notebook import Notebook, found, needed
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.headings import is_table_heading
from ita_flow.intake.recognise.layout import numbered

HIGHEST_SCORE = 100
INDICATOR, SCORE = "ตัวชี้วัด", "คะแนน"
LONGEST_HEADING = 60

_SCORE = re.compile(r"(?:คะแนน\s?)?:?\s?([0-9]{1,3}(?:\.[0-9]{1,2})?)(?:\s?คะแนน)?")
_NUMBER = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class _Row:
    """A row that speaks of an indicator: two cells name it, or one; the score comes after, the analysis last."""

    line: int
    number: int
    name: str
    score: str
    analysis: str


def score_of(text: str) -> Decimal | None:
    """A score with at most two places, such as ``คะแนน 95.47``."""
    match = _SCORE.fullmatch(arabic_digits(text.strip()))
    score = Decimal(match[1]) if match else None
    return score if score is not None and score <= HIGHEST_SCORE else None


def indicators_of(lines: Sequence[Line], notebook: Notebook) -> tuple[DraftIndicator, ...]:
    """The indicators that have a readable score, by number."""
    indicators: dict[int, DraftIndicator] = {}
    for row in _rows(lines):
        score = score_of(row.score)
        if row.number not in INDICATORS:
            notebook.problem(notebook.place_of(row.line), f"{row.number} {row.name}", needed("needed_indicator"))
        elif score is None:
            notebook.problem(notebook.place_of(row.line), row.score or found("found_empty"), needed("needed_score"))
        else:
            _doubt_name(row, notebook)
            indicators[row.number] = _merged(indicators.get(row.number), row, score, notebook)
    return tuple(indicators[number] for number in sorted(indicators))


def _rows(lines: Iterable[Line]) -> Iterator[_Row]:
    is_open = False
    for line in lines:
        if not line.is_row:
            is_open = is_open and line.is_blank
        elif _is_heading(line):
            is_open = True
        elif is_table_heading(line):
            is_open = False
        elif is_open and (row := _row(line)):
            yield row


def _is_heading(line: Line) -> bool:
    """The first column is about indicators; or numbers come first, and a later column has the scores."""
    if line.cells[0].startswith(INDICATOR):
        return True
    names = [cell for cell in line.cells if len(cell) <= LONGEST_HEADING]
    return len(names) == len(line.cells) and all(
        any(name.startswith(word) for name in names) for word in (INDICATOR, SCORE)
    )


def _row(line: Line) -> _Row | None:
    first, second, third = (*line.cells, "", "")[:3]
    number = arabic_digits(first).rstrip(".")
    if _NUMBER.fullmatch(number):
        return _Row(line.number, int(number), second, third, "")
    named = numbered(first)
    return _Row(line.number, *named, second, third) if named else None


def _doubt_name(row: _Row, notebook: Notebook) -> None:
    if comparison_key(row.name) != comparison_key(INDICATORS[row.number]):
        notebook.doubt(
            "indicator_name",
            row.line,
            row.name,
            proposal=INDICATORS[row.number],
            number=row.number,
            name=INDICATORS[row.number],
        )


def _merged(known: DraftIndicator | None, row: _Row, score: Decimal, notebook: Notebook) -> DraftIndicator:
    """The first score that was read stands; another one beside it is a doubt."""
    lines = {"score": row.line} | ({"analysis": row.line} if row.analysis else {})
    if known is None:
        return DraftIndicator(row.number, score, row.analysis, lines)
    if known.score != score:
        notebook.doubt(
            "score_twice",
            row.line,
            str(score),
            elsewhere=known.lines["score"],
            other=str(known.score),
        )
    return DraftIndicator(row.number, known.score, known.analysis or row.analysis, {**lines, **known.lines})
