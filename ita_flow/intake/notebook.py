"""Where the readers of a document write down what they could not read and what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ita_flow.domain.refusals import Refusal
from ita_flow.intake.draft import Doubt, Problem
from ita_flow.intake.readers import Line
from ita_flow.wording import sentence_of
from ita_flow.wording.intake import DOUBTS, FOUND, NEEDED, PLACES, say

LONGEST_SNIPPET = 120
MOST_DOUBTS_OF_A_KIND = 50
MOST_PROBLEMS = 100


def place(key: str, **values: object) -> str:
    return say(PLACES, key, **values)


def line_of_text(line: int) -> str:
    """How a line of a text file is called; other kinds of document have places of their own."""
    return place("place_line", line=line)


def found(key: str, **values: object) -> str:
    return say(FOUND, key, **values)


def needed(key: str, **values: object) -> str:
    return say(NEEDED, key, **values)


def snippet(text: str) -> str:
    """So much of a text that a person recognises it."""
    return text if len(text) <= LONGEST_SNIPPET else text[: LONGEST_SNIPPET - 1] + "…"


@dataclass
class Notebook:
    """Problems stop an import, doubts do not (save those that must be accepted)."""

    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    place_of_line: Callable[[int], str] = line_of_text
    _told: Counter[str] = field(default_factory=Counter)

    def place_of(self, line: Line | int, column: str | None = None) -> str:
        """Where in the document a person finds this line, or the cell of that column in it."""
        row = self.place_of_line(line if isinstance(line, int) else line.number)
        return place("place_cell", row=row, column=column) if column else row

    def problem(self, place: str, found: str, needed: str) -> None:
        # A foreign file can be wrong on every line; nobody reads more than the first of it.
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(place, snippet(found), needed))

    def refuse(self, place: str, found: str, refusal: Refusal) -> None:
        self.problem(place, found, sentence_of(refusal))

    def doubt(
        self,
        kind: str,
        line: int,
        found: str,
        must_be_accepted: bool = False,
        proposal: str = "",
        elsewhere: int | None = None,
        **values: object,
    ) -> None:
        """A doubt in words; the same doubt is written down once. ``elsewhere`` is another line of which they speak."""
        if self._told[kind] >= MOST_DOUBTS_OF_A_KIND:
            return
        if elsewhere is not None:
            values["elsewhere"] = self.place_of(elsewhere)
        doubt = Doubt(kind, line, snippet(found), snippet(say(DOUBTS, kind, **values)), must_be_accepted, proposal)
        if doubt not in self.doubts:
            self.doubts.append(doubt)
            self._told[kind] += 1
