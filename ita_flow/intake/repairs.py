"""Characters that were certainly meant to be others: they are put right and counted, one by one.

Only three kinds: invisible characters, letters of a neighbouring script inside a Thai word, and what
composition (NFC and the two halves of sara am) settles. Words are never corrected here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import ZERO_WIDTH
from ita_flow.intake.draft import Repair
from ita_flow.intake.readers import Line

MOST_MARKS = 30
"""On one letter. Thai has two at most; more than so many are no writing."""

# Each Indian script has a block of 128 places and all blocks are laid out alike, so one table of places
# serves them all; the Thai letter is the one that writes the same sound in words from Pali and Sanskrit.
# Vowels that Thai writes before the consonant are left out: they would come to stand on the wrong side.
_INDIAN_BLOCKS = range(0x0900, 0x0D80, 0x80)
_PLACES = (*range(0x15, 0x29), *range(0x2A, 0x31), 0x32, 0x33, *range(0x35, 0x3A), *range(0x3E, 0x43))
_LETTERS = "กขคฆงจฉชฌญฏฐฑฒณตถทธนปผพภมยรลฬวศษสหาิีุู"
_DIGITS = {0x66 + digit: str(digit) for digit in range(10)}

# The Lao block follows the order of the Thai block, 128 places later.
_THAI_BLOCK = range(0x0E01, 0x0E5A)
_LAO_AFTER_THAI = 0x80


def _look_alikes() -> dict[str, str]:
    by_place = dict(zip(_PLACES, _LETTERS, strict=True)) | _DIGITS
    indian = {chr(block + place): thai for block in _INDIAN_BLOCKS for place, thai in by_place.items()}
    lao = {chr(code + _LAO_AFTER_THAI): chr(code) for code in _THAI_BLOCK if unicodedata.category(chr(code)) != "Cn"}
    return indian | lao


_LOOK_ALIKES = _look_alikes()
_INVISIBLE = re.compile(f"[{ZERO_WIDTH}]")
_FOREIGN = re.compile(
    r"(?<=[\u0e01-\u0e4e])[\u0900-\u0d7f\u0e80-\u0eff]+|(?<![\u0900-\u0d7f\u0e80-\u0eff])[\u0900-\u0d7f\u0e80-\u0eff]++(?=[\u0e01-\u0e4e])"
)
_HALVES_OF_SARA_AM = re.compile(r"\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def mended(lines: Iterable[Line]) -> tuple[list[Line], list[Repair]]:
    """The lines put right, and one repair for each character that was changed."""
    numbers_and_texts = [(line.number, "\t".join(line.cells)) for line in lines]
    texts, repairs = repaired(text for _, text in numbers_and_texts)
    return [Line.of(number, text) for (number, _), text in zip(numbers_and_texts, texts, strict=True)], repairs


def repaired(texts: Iterable[str]) -> tuple[list[str], list[Repair]]:
    """The texts of lines put right. Raises ``PiledMarks`` where letters carry more marks than any writing has."""
    repairs: list[Repair] = []
    lines = [_repaired_letters(number, text, repairs) for number, text in enumerate(texts, start=1)]
    _refuse_piled_marks(lines)
    return [_composed(number, text, repairs) for number, text in enumerate(lines, start=1)], repairs


def _repaired_letters(number: int, text: str, repairs: list[Repair]) -> str:
    if text.isascii():
        return text

    def replaced(found: str, replacement: str) -> str:
        return _replaced(number, found, replacement, repairs)

    text = _INVISIBLE.sub(lambda match: replaced(match[0], ""), text)
    text = _FOREIGN.sub(
        lambda match: "".join(replaced(letter, _LOOK_ALIKES.get(letter, letter)) for letter in match[0]), text
    )
    return _HALVES_OF_SARA_AM.sub(lambda match: replaced(match[0], match[1] + "\u0e33"), text)


def _replaced(line: int, found: str, replacement: str, repairs: list[Repair]) -> str:
    if found != replacement:
        repairs.append(_repair(line, found, replacement))
    return replacement


@lru_cache(maxsize=1024)
def _repair(line: int, found: str, replaced: str) -> Repair:
    # A line pasted from the web can hold thousands of the same invisible character.
    return Repair(line, found, replaced)


class PiledMarks(Invalid):
    """Marks upon marks: putting them in order takes a time that grows with the square of their number."""

    def __init__(self, line: int) -> None:
        super().__init__("document_marks_piled", most=MOST_MARKS)
        self.line = line


def _refuse_piled_marks(lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    marks = "".join(re.escape(letter) for letter in set(text) if _is_mark(letter))
    pile = re.search(f"[{marks}]{{{MOST_MARKS + 1}}}", text) if marks else None
    if pile:
        raise PiledMarks(text.count("\n", 0, pile.start()) + 1)


def _is_mark(letter: str) -> bool:
    """Whether it is put in order among its neighbours; some marks only when they are taken apart."""
    return unicodedata.combining(unicodedata.normalize("NFD", letter)[0]) > 0


def _composed(number: int, text: str, repairs: list[Repair]) -> str:
    """The text in NFC, with each letter and its marks replaced on its own so that they can be counted."""
    if unicodedata.is_normalized("NFC", text):
        return text
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    one_by_one = (_replaced(number, one, unicodedata.normalize("NFC", one), repairs) for one in clusters)
    return unicodedata.normalize("NFC", "".join(one_by_one))
