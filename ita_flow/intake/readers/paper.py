"""What every reader hands on: the lines of a document, and how the place of each is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_flow.intake.readers.lines import Line, Place, Remark, Transcript
from ita_flow.wording.intake import PLACES, say


@dataclass(frozen=True)
class Paper:
    """A document as lines numbered from 1."""

    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def of(cls, transcript: Transcript) -> Paper:
        lines = tuple(Line(number, cells) for number, cells in enumerate(transcript.lines, start=1))
        return cls(lines, tuple(transcript.places), tuple(transcript.remarks))

    def place_of(self, line: int) -> str:
        """Where a person finds the line of this number, in words."""
        return in_words(self.places, line)


def in_words(places: Sequence[Place], line: int) -> str:
    place = places[line - 1] if 1 <= line <= len(places) else at_line(line)
    return say(PLACES, place.key, **place.values)


def at_line(number: int) -> Place:
    return Place("place_line", {"line": number})


def at_row(number: int) -> Place:
    return Place("place_row", {"row": number})
