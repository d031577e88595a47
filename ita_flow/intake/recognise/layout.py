"""The layout that all readers share: paragraphs, captions of tables, citations of items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from ita_flow.domain.thai import ITEM_CODE, arabic_digits, comparison_key, item_code
from ita_flow.intake.draft import CitedItem
from ita_flow.intake.readers import Line

Paragraph = list[Line]

SIGNS_OF_NOTHING = frozenset({"", "-", "–", "—", "ไม่มี"})
"""What people write into a cell to say that nothing belongs there."""

_NUMBERED = re.compile(r"([0-9]{1,2})\s?[.)]\s?(.+)", re.DOTALL)
_BULLET = re.compile(r"[-–•]\s?")
_ITEM = re.compile(rf"({ITEM_CODE})(?![0-9๐-๙])[\s:.]{{0,3}}(.*)", re.DOTALL)


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """Runs of lines of prose; blank lines and rows of tables stand between them."""
    runs = groupby(lines, key=lambda line: line.is_row or line.is_blank)
    return [list(run) for is_between, run in runs if not is_between]


def before_a_table(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines of paragraphs that stand right above a table, as its caption does."""
    numbers: set[int] = set()
    above: list[int] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if line.is_row:
            numbers.update(above)
            above = []
        elif line.is_blank:
            above = above if following and (following.is_blank or following.is_row) else []
        else:
            above.append(line.number)
    return numbers


def joined(lines: Iterable[Line]) -> str:
    return " ".join(line.text for line in lines if not line.is_blank)


def numbered(text: str) -> tuple[int, str] | None:
    """Number and rest of ``3. ช่องทาง…``."""
    match = _NUMBERED.fullmatch(text)
    if not match:
        return None
    return int(arabic_digits(match[1])), match[2]


def without_bullet(text: str) -> str:
    return text[match.end() :] if (match := _BULLET.match(text)) else text


def has_bullet(text: str) -> bool:
    return _BULLET.match(text) is not None


def cited_item(text: str, line: int) -> CitedItem | None:
    """The item that begins with its code, as in ``๐11 แผนดำเนินงาน``."""
    match = _ITEM.fullmatch(without_bullet(text.strip()))
    code = item_code(match[1]) if match else None
    return CitedItem(code, match[2].strip(), line) if match and code else None


def is_heading(line: Line, *names: str) -> bool:
    """Whether the line holds nothing but one of these names."""
    return not line.is_row and comparison_key(line.text).rstrip(":") in map(comparison_key, names)
