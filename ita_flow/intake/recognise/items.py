"""The items in a cell: codes in many spellings, with or without titles, listed or as ranges.

Two bare codes joined by a dash are a range; codes followed by titles are a list, whatever stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ita_flow.domain.thai import HIGHEST_ITEM, ITEM_CODE, arabic_digits, item_code
from ita_flow.intake.draft import CitedItem
from ita_flow.intake.recognise.layout import SIGNS_OF_NOTHING, has_bullet, without_bullet

ENDS_OF_A_RANGE = 2
LONGEST_RANGE_OF_COURSE = 10
"""Longer ranges are read as they stand, but a person should look at them."""

_DASH = "[-–—~]"
_NUMBER = "[0-9๐-๙]{1,2}"
_ENDS = "(?![0-9๐-๙])"
_ITEM_WORD = r"(?:(?i:m?oit)\s?)?(?:หัว)?ข้อ(?:ที่)?\s?"

_JOINED_BY_DASH = re.compile(rf"\s?{_DASH}\s?")
_WORD = re.compile(_ITEM_WORD)
_ONLY_CODES = re.compile(r"(?:[0-9๐-๙oO0,;/()\s–—~-]|และ|ถึง|(?i:m?oit)|(?:หัว)?ข้อ(?:ที่)?)+")
_NUMBER_AND_TITLE = re.compile(rf"({_NUMBER})\s((?![0-9๐-๙]).+)")


class _Grammar(NamedTuple):
    """How codes are written in a column; whether a number alone is one depends on what the column is called."""

    between: re.Pattern[str]
    item: re.Pattern[str]
    range: re.Pattern[str]
    bare: re.Pattern[str]


def _grammar(code: str) -> _Grammar:
    numbering = r"[0-9๐-๙]{1,2}[.)]\s?"
    before = rf"(?:^|\s){_DASH}\s?|\s?[,;/•]\s?(?:{_DASH}\s?)?|\s?และ\s?|\s(?={numbering})"
    return _Grammar(
        between=re.compile(rf"({before})(?=(?:{numbering})?(?:{code}){_ENDS})"),
        item=re.compile(rf"(?:{numbering})?({code}){_ENDS}[\s:.]{{0,3}}(.*)"),
        range=re.compile(rf"({code})\s?(?:{_DASH}|จนถึง|ถึง)\s?({code}|{_NUMBER})"),
        bare=re.compile(rf"({code}){_ENDS}\s?"),
    )


_WITH_CODES = _grammar(rf"{ITEM_CODE}|{_ITEM_WORD}(?:{ITEM_CODE}|{_NUMBER})")
_WITH_NUMBERS = _grammar(rf"{ITEM_CODE}|{_ITEM_WORD}(?:{ITEM_CODE}|{_NUMBER})|{_NUMBER}")
_RANGE_AND_TITLE = re.compile(rf"(?:{ITEM_CODE})\s?{_DASH}\s?(?:{ITEM_CODE}){_ENDS}\s?[^\s,;/–—~-].*")


@dataclass
class ReadItems:
    """What stands in a cell of items, with the parts that are no items and the ranges that are none or doubtful."""

    line: int
    items: list[CitedItem] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    bad_ranges: list[str] = field(default_factory=list)
    doubtful_ranges: dict[str, int] = field(default_factory=dict)
    """With the number of items that they were read as."""

    doubtful_lists: list[str] = field(default_factory=list)
    """Two codes and one title: two items, of which the first has no title, or a range with one."""

    _codes: set[str] = field(default_factory=set)

    def add(self, code: str, title: str) -> None:
        """Take an item in; a bare code that is there already says nothing new."""
        if title or code not in self._codes:
            self.items.append(CitedItem(code, title, self.line))
            self._codes.add(code)

    def go_on(self, text: str) -> None:
        """Words on a line of their own belong to the title above; without one they are no item."""
        if not self.items or has_bullet(text):
            self.unreadable.append(text)
            return
        last = self.items.pop()
        self.items.append(CitedItem(last.code, f"{last.title} {text}".strip(), last.line))


def read_items(cell: str, line: int, are_numbers_codes: bool = False) -> ReadItems:
    """The items of a cell in their order. ``are_numbers_codes``: the column says that a number alone is a code."""
    read = ReadItems(line)
    for text in (part.strip() for part in cell.split("\n")):
        if text not in SIGNS_OF_NOTHING:
            _read_line(text, are_numbers_codes, read)
    return read


def holds_items(cell: str) -> bool:
    """Whether everything in the cell is an item with a code."""
    read = read_items(cell, 0, are_numbers_codes=True)
    return bool(read.items) and not read.unreadable


def _read_line(text: str, are_numbers_codes: bool, read: ReadItems) -> None:
    plain = without_bullet(text[1:-1] if text.startswith("(") and text.endswith(")") else text)
    begins_with_code = _WITH_CODES.item.match(plain) is not None
    # Behind a code, ข้อ or OIT the numbers that follow are codes as well: ข้อ 11, 18 และ 34.
    if _ONLY_CODES.fullmatch(text) and (are_numbers_codes or begins_with_code):
        _read_parts(text.strip("()"), _WITH_NUMBERS, read)
    elif are_numbers_codes and not begins_with_code and (match := _NUMBER_AND_TITLE.fullmatch(plain)):
        _add(match[1], match[2], text, read)
    else:
        if _RANGE_AND_TITLE.fullmatch(plain):
            read.doubtful_lists.append(text)
        _read_parts(text, _WITH_CODES, read)


def _read_parts(text: str, grammar: _Grammar, read: ReadItems) -> None:
    """Parts joined by dashes are taken together, because two bare codes among them mean a range."""
    first, *rest = grammar.between.split(text)
    parts = [("", first.strip()), *zip(rest[::2], map(str.strip, rest[1::2]), strict=True)]
    for run in _runs_of_bare_codes([part for part in parts if part[1]], grammar):
        if len(run) == ENDS_OF_A_RANGE:
            # Behind a bullet the second dash may be a bullet as well.
            _read_range(run[0], run[1], _as_written(run, text), read, is_doubtful=not first)
        else:
            for part in run:
                _read_part(part, grammar, read)


def _runs_of_bare_codes(parts: list[tuple[str, str]], grammar: _Grammar) -> Iterator[list[str]]:
    """Bare codes with dashes between them stay together; everything else stands alone."""
    run: list[str] = []
    for separator, part in parts:
        is_bare = grammar.bare.fullmatch(part) is not None
        if run and not (is_bare and _JOINED_BY_DASH.fullmatch(separator)):
            yield run
            run = []
        if is_bare:
            run.append(part)
        else:
            yield [part]
    if run:
        yield run


def _read_part(part: str, grammar: _Grammar, read: ReadItems) -> None:
    if ends := grammar.range.fullmatch(part):
        _read_range(ends[1], ends[2], part, read, is_doubtful=False)
    elif not grammar.bare.sub("", part):
        for code in grammar.bare.findall(part):
            _add(code, "", part, read)
    elif match := grammar.item.fullmatch(part):
        _add(match[1], match[2].strip(), part, read)
    else:
        read.go_on(part)


def _as_written(ends: list[str], text: str) -> str:
    """Both ends of a range with what stands between them."""
    start = text.index(ends[0])
    return text[start : text.index(ends[1], start + len(ends[0])) + len(ends[1])]


def _read_range(first: str, last: str, text: str, read: ReadItems, *, is_doubtful: bool) -> None:
    start, end = _number_of(first), _number_of(last)
    if not 0 < start < end <= HIGHEST_ITEM:
        read.bad_ranges.append(text)
        return
    if is_doubtful or end - start >= LONGEST_RANGE_OF_COURSE:
        read.doubtful_ranges[text] = end - start + 1
    for number in range(start, end + 1):
        read.add(f"O{number}", "")


def _add(written: str, title: str, part: str, read: ReadItems) -> None:
    number = _number_of(written)
    if 0 < number <= HIGHEST_ITEM:
        read.add(f"O{number}", title)
    else:
        read.unreadable.append(part)


def _number_of(written: str) -> int:
    """The number in a code, with or without the word for an item before it; 0 for none."""
    bare = _WORD.sub("", written, count=1).strip()
    digits = (item_code(bare) or arabic_digits(bare)).lstrip("O")
    return int(digits) if digits.isdecimal() else 0
