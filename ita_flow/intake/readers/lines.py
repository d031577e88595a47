"""Numbered lines of cells: the one form into which every kind of document is brought.

Nothing here may need the rest of the house, for the readers of office files run in a program of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ita_flow.domain.refusals import Invalid

MOST_LINES = 20_000
MOST_LETTERS = 2_000_000
MOST_COLUMNS = 200
LONGEST_LINE = 100_000

_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_MARKS_OF_EMPHASIS = re.compile(r"\*{2,}")


@dataclass(frozen=True)
class Line:
    """A line of the document: its number from 1, and its cells, of which ordinary prose has one.

    A cell of a row may hold ``\\n`` between lines of its own.
    """

    number: int
    cells: tuple[str, ...]

    @classmethod
    def of(cls, number: int, text: str) -> Line:
        cells = tuple(plain(cell) for cell in text.split("\t"))
        return cls(number, cells if len(cells) > 1 else (cells[0].replace("\n", " "),))

    @property
    def text(self) -> str:
        return " ".join(cell for cell in self.cells if cell)

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class Place:
    """Where a line stands in its document: the key of a sentence in ``wording.intake.PLACES`` and its values."""

    key: str
    values: dict[str, str | int]


@dataclass(frozen=True)
class Remark:
    """What a reader left out or took otherwise than it is shown; becomes a doubt of this kind."""

    kind: str
    line: int
    found: str
    sheet: str = ""


@dataclass
class Transcript:
    """The lines of a document while they are read, with their places. Raises ``Invalid`` when they grow too many."""

    lines: list[tuple[str, ...]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    letters: int = 0

    def add(self, cells: Sequence[str], place: Place) -> None:
        """A row of cells, or prose: each line of a single cell becomes a line of its own."""
        clean = tuple(plain(cell) for cell in cells)
        for line in [clean] if len(clean) > 1 else [(part,) for part in clean[0].split("\n")]:
            self._append(line, place)

    def add_blank(self, place: Place) -> None:
        """A blank line, unless there is one already."""
        if self.lines and any(self.lines[-1]):
            self._append(("",), place)

    def remark(self, kind: str, found: str, sheet: str = "") -> None:
        """Note something about the line that was added last."""
        self.remarks.append(Remark(kind, max(1, len(self.lines)), found, sheet))

    def _append(self, cells: tuple[str, ...], place: Place) -> None:
        letters = sum(map(len, cells)) + len(cells) - 1
        if letters > LONGEST_LINE:
            raise Invalid("document_row_too_long", most=LONGEST_LINE)
        self.letters += letters
        refuse_too_much(len(self.lines) + 1, self.letters)
        self.lines.append(cells)
        self.places.append(place)


def plain(cell: str) -> str:
    """A cell without marks of bold print, with single spaces, and ``\\n`` between its lines."""
    parts = (" ".join(part.split()) for part in _BREAK.split(_MARKS_OF_EMPHASIS.sub("", cell)))
    return "\n".join(part for part in parts if part)


def refuse_empty(lines: Iterable[tuple[str, ...]]) -> None:
    if not any(map(any, lines)):
        raise Invalid("document_empty")


def refuse_too_much(lines: int, letters: int) -> None:
    if lines > MOST_LINES:
        raise Invalid("document_too_many_lines", most=MOST_LINES)
    if letters > MOST_LETTERS:
        raise Invalid("document_too_many_letters", most=MOST_LETTERS)
