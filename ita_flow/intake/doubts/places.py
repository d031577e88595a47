"""Where letters that were compared without their spaces stand in the text as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ita_flow.domain.thai import comparison_key

FEWEST_LETTERS_AROUND = 8

_MARKS_IN_FRONT = re.compile(r"^[ะ-ูๅ็-๎ \n]+")


@dataclass(frozen=True)
class Stand:
    """A piece of a cell: what differs, and the letters around it on the same line of the cell."""

    before: str
    between: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before}{self.between}{self.after}"

    def with_letters(self, between: str) -> str:
        """The piece with other letters in the middle."""
        return " ".join(f"{self.before}{between}{self.after}".split(" "))


def place_of_letters(cells: Iterable[str], before: str, between: str, after: str) -> Stand | None:
    """The first place where these letters stand, with the spaces that the writer put between them.

    None where a line of the cell breaks them up: there is no one line on which they could be replaced.
    """
    for cell in cells:
        letters, places = _letters(cell)
        at = letters.find(before + between + after)
        if at >= 0:
            start, end = at + len(before), at + len(before) + len(between)
            first = places[start] if between else places[start - 1] + 1
            last = places[end - 1] + 1 if between else first
            return _stand(cell, (places[at], first, last, places[end + len(after) - 1] + 1))
    return None


def _stand(cell: str, bounds: tuple[int, int, int, int]) -> Stand | None:
    began, first, last, ended = bounds
    before = _MARKS_IN_FRONT.sub("", cell[began:first].rpartition("\n")[2])
    stand = Stand(before, cell[first:last], cell[last:ended].partition("\n")[0])
    # Few letters may stand elsewhere on the line too, where they are right.
    is_clear = len(stand.before) + len(stand.after) >= FEWEST_LETTERS_AROUND
    return stand if is_clear and "\n" not in stand.between else None


def _letters(cell: str) -> tuple[str, list[int]]:
    """The letters by which texts are compared, and where each of them stands in the cell."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(cell):
        for letter in comparison_key(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places
