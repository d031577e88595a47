"""Finding what people look for: Thai without spaces between words, digits of either script, codes of items.

A text and what is looked for are folded alike, and compared as letters; so it finds the same on every database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ita_flow.domain.areas import AREAS
from ita_flow.domain.thai import arabic_digits, item_code, tidy

LONGEST_SEARCH = 200
"""Letters of what is looked for; the rest is cut."""

MOST_WORDS = 20
BETWEEN_PARTS = "\n"
"""Stands between the parts of a text of many, so that no word is found across two of them."""

BEFORE_HIT, AFTER_HIT = 60, 120
"""Letters of a passage around the first word that is found in it."""

MOST_MARKS = 8
"""Marks on one letter; where more are piled up, they are cut."""

CUT = "…"
CALLED_MEASURE = ("ข้อ", "ข้อที่", "มาตรการ", "มาตรการที่", "measure")
CALLED_AREA = ("ประเด็น", "ประเด็นที่", "area")
_NUMBERED = re.compile(f"({'|'.join(sorted(CALLED_MEASURE + CALLED_AREA, key=len, reverse=True))}) (?=[0-9๐-๙])", re.I)
_SPACE_BUT_BETWEEN_DIGITS = re.compile(r"(?<![0-9]) | (?![0-9])")


class Findable(StrEnum):
    """What is looked through, in the order in which it is shown."""

    MEASURES = "measures"
    REPORTS = "reports"
    EVIDENCE = "evidence"
    PEOPLE = "people"


def folded(text: str) -> str:
    """The letters by which a text is found: without capitals, and without spaces except between two numbers."""
    return _SPACE_BUT_BETWEEN_DIGITS.sub("", arabic_digits(tidy(text))).casefold()


def folded_parts(parts: Iterable[str]) -> str:
    """The same of a text in parts, such as a title, a method and a name."""
    return BETWEEN_PARTS.join(folded(part) for part in parts)


def names_of_measure(number: int, area: int) -> list[str]:
    """How people call a measure by its number, and its area, in either language."""
    by_number = [f"{called} {number}" for called in CALLED_MEASURE] + [f"{called} {area}" for called in CALLED_AREA]
    return [*by_number, AREAS[area]]


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool


class Search:
    """What somebody looks for: each word of it must be found, in whatever order.

    A number is found whole: 2 finds ข้อ 2 and not 2567. The code of an item is found however its letter is written.
    """

    def __init__(self, typed: str) -> None:
        tidied = tidy(typed)
        self.text = tidied[:LONGEST_SEARCH].strip()
        self.is_cut = len(tidied) > LONGEST_SEARCH
        # "ข้อ 2" is one word here: else it finds whatever has a number 2 somewhere
        words = [word for word in _NUMBERED.sub(r"\1", self.text).split() if folded(word)]
        self._words = [_pattern(word) for word in dict.fromkeys(words[:MOST_WORDS])]

    def __bool__(self) -> bool:
        """Whether anything is looked for at all."""
        return bool(self._words)

    def finds(self, folded_text: str) -> bool:
        """Whether each word stands in this text, which is folded already."""
        return all(word.search(folded_text) for word in self._words)

    def marked(self, text: str) -> Sequence[Piece]:
        """The whole text in pieces, each word that is found in it apart; joined they are the text, tidied."""
        return list(_pieces(_Places(tidy(text)), self._any_word))

    def passage(self, text: str) -> Sequence[Piece]:
        """The part of a long text around the first word that is found in it; none where no word is."""
        places = _Places(tidy(text))
        first = next(_hits(places, self._any_word), None)
        return self.marked(_around(places.text, *first)) if first else []

    @cached_property
    def _any_word(self) -> re.Pattern[str]:
        # the longest alternative first, so that a short word does not hide a longer one that begins alike
        return re.compile("|".join(sorted((word.pattern for word in self._words), key=len, reverse=True)) or r"(?!)")


def _pattern(word: str) -> re.Pattern[str]:
    code = item_code(word)
    writings = dict.fromkeys([folded(word), *(_writings_of(code) if code else ())])
    return re.compile("|".join(_whole_numbers(writing) for writing in writings))


def _writings_of(code: str) -> Sequence[str]:
    """The code as it stands in texts once they are folded: with the letter o, and with the zero typed in its place."""
    return f"o{code[1:]}", f"0{code[1:]}"


def _whole_numbers(writing: str) -> str:
    """The pattern of a writing; where it begins or ends with a digit, no further digit may follow."""
    before = "(?<![0-9])" if writing[0] in "0123456789" else ""
    after = "(?![0-9])" if writing[-1] in "0123456789" else ""
    return f"{before}{re.escape(writing)}{after}"


class _Places:
    """A tidy text folded letter by letter, so that it is known from where each letter came."""

    def __init__(self, text: str) -> None:
        self.text = text
        kept = [place for place, letter in enumerate(text) if letter != " " or self._is_between_digits(place)]
        pairs = [(letter, place) for place in kept for letter in arabic_digits(text[place]).casefold()]
        self.folded = "".join(letter for letter, _ in pairs)
        self.origins = [place for _, place in pairs]

    def _is_between_digits(self, place: int) -> bool:
        around = arabic_digits(self.text[max(place - 1, 0) : place + 2])
        return len(around) == 3 and all(digit in "0123456789" for digit in (around[0], around[2]))


def _hits(places: _Places, word: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where words stand in the text: from, to. Never between a letter and the marks above or below it."""
    for match in word.finditer(places.folded):
        begin, end = places.origins[match.start()], places.origins[match.end() - 1] + 1
        yield _whole_letters(places.text, begin, end)


def _whole_letters(text: str, begin: int, end: int) -> tuple[int, int]:
    first, last = max(begin - MOST_MARKS, 0), min(end + MOST_MARKS, len(text))
    while begin > first and _is_mark(text[begin]):
        begin -= 1
    while end < last and _is_mark(text[end]):
        end += 1
    return begin, end


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def _pieces(places: _Places, word: re.Pattern[str]) -> Iterator[Piece]:
    told = 0
    for begin, end in _hits(places, word):
        begin = max(begin, told)
        if begin > told:
            yield Piece(places.text[told:begin], False)
        if end > begin:
            yield Piece(places.text[begin:end], True)
        told = max(end, told)
    if told < len(places.text):
        yield Piece(places.text[told:], False)


def _around(text: str, begin: int, end: int) -> str:
    first, _ = _whole_letters(text, max(begin - BEFORE_HIT, 0), end)
    _, last = _whole_letters(text, first, min(end + AFTER_HIT, len(text)))
    return f"{CUT if first else ''}{text[first:last].strip()}{CUT if last < len(text) else ''}"
