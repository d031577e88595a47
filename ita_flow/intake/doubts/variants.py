"""One phrase written differently in two places: the same letters around a small difference inside a word.

Wording that differs by whole words is a choice; a difference that begins or ends inside a word is most
likely a slip of the pen in one of the two places. Which of them, only a person can say: the rarer one is
shown as the doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product, takewhile

from ita_flow.domain.thai import comparison_key
from ita_flow.intake.doubts.places import place_of_letters
from ita_flow.intake.notebook import MOST_DOUBTS_OF_A_KIND, Notebook
from ita_flow.intake.readers import Line

LONG_SIDE = 10
SHORT_SIDE = 3
LETTERS_ALIKE = 20
LONGEST_DIFFERENCE = 6
REACH = SHORT_SIDE + LONGEST_DIFFERENCE
MOST_CHANGES = 2
LETTERS_SHOWN, LETTERS_AROUND = 10, 2

# The rule remembers every place of what it has read, so it reads no more than this of a document.
MOST_LETTERS = 200_000
MOST_PLACES_COMPARED = 24

_THAI_RUN = re.compile(r"[\u0e01-\u0e4e]+")
_INSIDE_A_WORD = re.compile(r"[ะ-ูๅ็-๎]")
_MARKS_IN_FRONT = re.compile(r"^[ะ-ูๅ็-๎]+")
_WORD_GOES_ON = re.compile(r"(?:[เ-ไ]|ั[่-๋]?|็)$")
_EACH_LENGTH = range(LONGEST_DIFFERENCE + 1)
_LENGTHS = sorted(((one, other) for one in _EACH_LENGTH for other in _EACH_LENGTH), key=sum)
_LITTLE_WORDS = re.compile(
    "ใน|บน|จน|ณ|ที่|ซึ่ง|อัน|ของ|จาก|โดย|ด้วย|ต่อ|แก่|กับ|และ|หรือ|ว่า|จะ|จึง|ก็|ได้|ให้|ไป|มา|มี|เป็น|ตาม|การ|ความ|นี้|นั้น"
)


@dataclass(frozen=True)
class _Variant:
    """What stands between the same letters in one place."""

    line: int
    before: str
    between: str
    after: str

    @property
    def whole(self) -> str:
        return f"{self.before}{self.between}{self.after}"

    @property
    def shown(self) -> str:
        """The whole without the marks of a letter that is not shown."""
        return _MARKS_IN_FRONT.sub("", self.whole)

    @property
    def core(self) -> str:
        return self.with_letters(LETTERS_AROUND, LETTERS_AROUND)

    def with_letters(self, before: int, after: int) -> str:
        """What stands between, with so many of the letters before and after it."""
        return self.before[len(self.before) - before :] + self.between + self.after[:after]

    def is_near(self, other: _Variant) -> bool:
        """Whether both speak of the same place; the same difference is found from both of its sides."""
        return self.line == other.line and (self.core in other.whole or other.core in self.whole)

    def mirrored(self) -> _Variant:
        return _Variant(self.line, self.after[::-1], self.between[::-1], self.before[::-1])


_Place = tuple[int, str, int]
_Pair = tuple[_Variant, _Variant]


def doubt_variants(lines: Sequence[Line], notebook: Notebook) -> None:
    cells = {line.number: line.cells for line in lines}
    runs = _runs(lines)
    told: list[_Variant] = []
    for pair in _pairs(runs):
        if len(told) == MOST_DOUBTS_OF_A_KIND:
            return
        if _is_slip(*pair) and not any(earlier.is_near(variant) for earlier in told for variant in pair):
            rarer, usual = sorted(pair, key=lambda variant: (_count(runs, variant), variant.line))
            told.append(rarer)
            _doubt(rarer, usual, cells, notebook)


def _doubt(rarer: _Variant, usual: _Variant, cells: Mapping[int, Sequence[str]], notebook: Notebook) -> None:
    stands, other = (place_of_letters(cells[one.line], one.before, one.between, one.after) for one in (rarer, usual))
    notebook.doubt(
        "written_differently",
        rarer.line,
        stands.text if stands else rarer.shown,
        elsewhere=usual.line,
        proposal=stands.with_letters(usual.between) if stands else "",
        other=other.text if other else usual.shown,
    )


def _runs(lines: Iterable[Line]) -> dict[str, list[int]]:
    """Runs of Thai letters with the spaces in them dropped, each with the lines on which it stands."""
    runs: dict[str, list[int]] = defaultdict(list)
    letters = 0
    for line in lines:
        for run in _THAI_RUN.findall("\t".join(map(comparison_key, line.cells))):
            letters += 0 if run in runs else len(run)
            if letters > MOST_LETTERS:
                return runs
            runs[run].append(line.number)
    return runs


def _pairs(runs: dict[str, list[int]]) -> Iterator[_Pair]:
    """Places with much the same after them and a little before them, and the other way round."""
    first_lines = {run: lines[0] for run, lines in runs.items()}
    yield from _differences(first_lines)
    for one, other in _differences({run[::-1]: line for run, line in first_lines.items()}):
        yield one.mirrored(), other.mirrored()


def _differences(first_lines: dict[str, int]) -> Iterator[_Pair]:
    for places in _places_by_side(first_lines).values():
        for (line, run, at), (other_line, other_run, other_at) in combinations(places[:MOST_PLACES_COMPARED], 2):
            lengths = _difference(_before(run, at, REACH), _before(other_run, other_at, REACH))
            if lengths and _are_alike(run, at, lengths[0], other_run, other_at, lengths[1]):
                yield _variant(line, run, at, lengths[0]), _variant(other_line, other_run, other_at, lengths[1])


def _places_by_side(first_lines: dict[str, int]) -> dict[str, list[_Place]]:
    """Places by the letters after them; of those with the same letters before, one is enough."""
    sides: dict[str, dict[str, _Place]] = defaultdict(dict)
    for run, line in first_lines.items():
        for at in range(1, len(run) - LONG_SIDE + 1):
            sides[run[at : at + LONG_SIDE]].setdefault(_before(run, at, REACH), (line, run, at))
    return {side: list(places.values()) for side, places in sides.items() if len(places) > 1}


def _difference(one: str, other: str) -> tuple[int, int] | None:
    """How many letters at the ends of two texts differ, until the same letters stand in both again."""
    if one[-1] == other[-1]:
        return None
    for length, other_length in _LENGTHS:
        side = one[: len(one) - length][-SHORT_SIDE:]
        if len(side) == SHORT_SIDE and other[: len(other) - other_length].endswith(side):
            return length, other_length
    return None


def _are_alike(run: str, at: int, length: int, other_run: str, other_at: int, other_length: int) -> bool:
    """Whether so many letters around the difference are equal that both must be the same phrase."""
    ending = _before(run, at - length, LETTERS_ALIKE)
    other_ending = _before(other_run, other_at - other_length, LETTERS_ALIKE)
    following, other_following = run[at : at + LETTERS_ALIKE], other_run[other_at : other_at + LETTERS_ALIKE]
    return _alike(ending[::-1], other_ending[::-1]) + _alike(following, other_following) >= LETTERS_ALIKE


def _before(run: str, at: int, letters: int) -> str:
    """So many letters before a place, or all there are. Never the whole of a long run."""
    return run[max(0, at - letters) : at]


def _alike(one: str, other: str) -> int:
    """How many letters at the start of two texts are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _variant(line: int, run: str, at: int, length: int) -> _Variant:
    start = at - length
    return _Variant(line, _before(run, start, LETTERS_SHOWN), run[start:at], run[at : at + LETTERS_SHOWN])


def _is_slip(one: _Variant, other: _Variant) -> bool:
    if _changes(one.between, other.between) > MOST_CHANGES:
        return False
    if not (one.between and other.between):
        return not _is_inserted_word(one if one.between else other)
    return not (_is_word(one) and _is_word(other)) and not _is_choice_of_little_words(one, other)


def _is_inserted_word(variant: _Variant) -> bool:
    """Whether the inserted letters are whole words, wherever among equal letters the insertion is thought to begin."""
    whole = variant.whole
    start, length = len(variant.before), len(variant.between)
    while start and whole[start - 1] == whole[start + length - 1]:
        start -= 1
    while True:
        moved = _Variant(variant.line, whole[:start], whole[start : start + length], whole[start + length :])
        if length > 1 and _is_word(moved):
            return True
        if not moved.after or whole[start] != moved.after[0]:
            return False
        start += 1


def _is_word(variant: _Variant) -> bool:
    """Whether the letters between may be whole words: nothing before, in or after them is torn from its syllable."""
    return not (
        len(variant.between) < 2
        or _INSIDE_A_WORD.match(variant.between)
        or _INSIDE_A_WORD.match(variant.after)
        or _WORD_GOES_ON.search(variant.between)
        or _WORD_GOES_ON.search(variant.before)
    )


def _is_choice_of_little_words(one: _Variant, other: _Variant) -> bool:
    return any(
        all(_LITTLE_WORDS.fullmatch(variant.with_letters(before, after)) for variant in (one, other))
        for before, after in product(range(LETTERS_AROUND + 1), repeat=2)
    )


def _changes(one: str, other: str) -> int:
    """The number of letters to insert, drop or replace to come from one to the other."""
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, start=1):
        previous, row[0] = row[0], index
        for place, wanted in enumerate(other, start=1):
            previous, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, previous + (letter != wanted))
    return row[-1]


def _count(runs: dict[str, list[int]], variant: _Variant) -> int:
    return sum(len(lines) for run, lines in runs.items() if variant.core in run)
