"""The units that an agency has on file, found in a cell by their names, whatever these begin with or hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache

from ita_flow.domain.thai import THAI_DIGITS, comparison_key

DIVISION, SECTION = "กอง", "ฝ่าย"
"""With what a stand-in begins, so that it is read as the one or the other."""

_FIRST_SIGN = 0xF0000
_SIGN = re.compile("[\U000f0000-\U000ffffd]")
_STAND_IN = re.compile(f"(?:{DIVISION}|{SECTION})({_SIGN.pattern})")
_BEFORE = r"(?:(?<![^\s,/;+&()•*.)–-])|(?<=และ)|(?<=กับ)|(?<=ผู้อำนวยการ)|(?<=ผอ)|(?<=หัวหน้า))"
_BEHIND = r"(?=[\s,/;+&()]|และ|ร่วมกับ|$)"
MOST_LETTERS = 20_000
"""No cell of those responsible is longer."""

Restore = Callable[[str], str]


@dataclass(frozen=True)
class KnownUnits:
    """The names and other names of divisions and of sections."""

    divisions: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()

    def masked(self, text: str) -> tuple[str, Restore]:
        """The text with a word without spaces for each unit that it names, and how to get the names back.

        Names may hold what parts units elsewhere, and need not begin as units usually do.
        """
        if _SIGN.search(text) or len(text) > MOST_LETTERS:
            return text, str
        names: list[str] = []
        for word, known in ((DIVISION, self.divisions), (SECTION, self.sections - self.divisions)):
            pattern = _pattern_of(known)
            if pattern:
                text = pattern.sub(lambda match, word=word: _stand_in(word, match[0], names), text)  # type: ignore[misc]
        return text, lambda masked: _STAND_IN.sub(lambda match: names[ord(match[1]) - _FIRST_SIGN], masked)


NOBODY = KnownUnits()


def _stand_in(word: str, name: str, names: list[str]) -> str:
    names.append(" ".join(name.split()))
    return f"{word}{chr(_FIRST_SIGN + len(names) - 1)}"


@lru_cache(maxsize=32)
def _pattern_of(names: Collection[str]) -> re.Pattern[str] | None:
    """Finds the names however they are spaced, the longest first."""
    keys = sorted({comparison_key(name) for name in names} - {""}, key=lambda key: (-len(key), key))
    written = "|".join(r"\s*".join(map(_letter, key)) for key in keys)
    return re.compile(f"{_BEFORE}(?:{written}){_BEHIND}", re.IGNORECASE) if keys else None


def _letter(letter: str) -> str:
    """A digit is the same in both scripts."""
    return f"[{letter}{THAI_DIGITS[int(letter)]}]" if letter in "0123456789" else re.escape(letter)
