"""Two wordings of one text beside each other: which pieces of each stand in it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

HARDLY_ALIKE = 0.3
"""Below this likeness a text counts as written anew: scattered words that stayed would only confuse."""

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    text: str
    is_changed: bool = False


Pieces = Sequence[Piece]


def beside(was: str, now: str) -> tuple[Pieces, Pieces]:
    """The pieces of both wordings, in order; Thai is divided where it has spaces."""
    before, after = _WORD.findall(was), _WORD.findall(now)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < HARDLY_ALIKE:
        return whole(was, now)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, n in matcher.get_opcodes():
        left += _pieces(before[i:j], tag != "equal")
        right += _pieces(after[k:n], tag != "equal")
    return left, right


def whole(was: str, now: str) -> tuple[Pieces, Pieces]:
    """The same where only the whole means something, such as a day."""
    return _whole(was), _whole(now)


def _whole(text: str) -> Pieces:
    return [Piece(text, is_changed=True)] if text else []


def _pieces(words: Sequence[str], is_changed: bool) -> Pieces:
    return [Piece("".join(words), is_changed)] if words else []
