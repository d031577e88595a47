"""Doubts about single places: a word written twice, marks that cannot follow one another, foreign letters."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from ita_flow.intake.notebook import Notebook
from ita_flow.intake.readers import Line

SHORTEST_DOUBLED, LONGEST_DOUBLED = 5, 20
LETTERS_AROUND = 8
MOST_IN_A_CELL = 10
LEADING_VOWELS = "เแโใไ"

_THAI_RUN = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_FOREIGN = re.compile(r"[\u0900-\u0dff\u0e80-\u109f\u1780-\u17ff]+")
_IMPOSSIBLE = re.compile(
    r"(?<![ก-ฮ])[ัิ-ู็ํ]"  # a vowel above or below stands on a consonant
    r"|(?<![ก-ฮัิ-ู])[่-๋]"  # a tone on a consonant or on such a vowel
    r"|(?<![ก-ฮิุ])์"
    r"|(?<![ก-ฮฤฦ่-๋])[าำ]"
    r"|(?<![ก-ฮา่-๋])ะ"
    r"|[เ-ไ](?![ก-ฮฤ])"  # these are written before their consonant
)


def doubt_spelling(lines: Iterable[Line], notebook: Notebook) -> None:
    for line in lines:
        for text in (part for cell in line.cells for part in cell.split("\n")):
            if not text.isascii():
                _doubt_text(text, line.number, notebook)


def _doubt_text(text: str, line: int, notebook: Notebook) -> None:
    for twice, once in doubled_words(text):
        notebook.doubt("doubled_word", line, twice, proposal=once, once=once)
    for match in islice(_IMPOSSIBLE.finditer(text), MOST_IN_A_CELL):
        notebook.doubt("impossible_marks", line, _around(text, match), proposal=_typed_once(text, match))
    for match in islice(_FOREIGN.finditer(text), MOST_IN_A_CELL):
        notebook.doubt("foreign_script", line, _around(text, match))


def doubled_words(text: str) -> Iterator[tuple[str, str]]:
    """Thai words that stand twice in a row, as they stand and once. Short ones may be meant."""
    words = text.split()
    yield from ((f"{word} {word}", word) for word, following in pairwise(words) if word == following and _is_long(word))
    for run in _THAI_RUN.findall(text):
        if word := _doubled_within(run):
            yield word * 2, word


def _is_long(word: str) -> bool:
    return len(word) >= SHORTEST_DOUBLED and _THAI_RUN.fullmatch(word) is not None


def _doubled_within(run: str) -> str | None:
    for length in range(SHORTEST_DOUBLED, min(LONGEST_DOUBLED, len(run) // 2) + 1):
        # One comparison of the run with itself, moved on by the length: a doubled word is a row of hits.
        hits = bytes(map(operator.eq, run, run[length:]))
        start = hits.find(b"\x01" * length)
        if start >= 0:
            last = hits.find(b"\x00", start)
            return _likeliest_word(run, range(start, (last if last >= 0 else len(hits)) - length + 1), length)
    return None


def _likeliest_word(run: str, starts: range, length: int) -> str:
    """Of the places where the doubled letters may be cut, one where a word can begin, the last of them if need be."""
    words = [run[start : start + length] for start in starts]
    return next((word for word in words if word[0] in LEADING_VOWELS), words[-1])


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - LETTERS_AROUND) : match.end() + LETTERS_AROUND]


def _typed_once(text: str, match: re.Match[str]) -> str:
    """What stands around with a mark that was typed twice typed once; for other slips only a person can say."""
    start = match.start()
    if text[start] == text[start - 1 : start]:
        return text[max(0, start - LETTERS_AROUND) : start] + text[start + 1 : match.end() + LETTERS_AROUND]
    if text[start : start + 2] == "เเ":
        return text[max(0, start - LETTERS_AROUND) : start] + "แ" + text[start + 2 : match.end() + LETTERS_AROUND]
    return ""
