"""What a cell of a workbook says: texts as they are, numbers as they are shown, dates as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from ita_flow.domain.calendar import BUDDHIST_ERA_OFFSET
from ita_flow.domain.months import MONTHS
from ita_flow.intake.readers.archive import Archive, attribute, child, is_on, local_name, number_of

EARLIEST_BUDDHIST_YEAR = 2400
"""A sheet that was made without the Thai calendar holds the Buddhist year as if it were a common one."""

_FIRST_DAY, _FIRST_DAY_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_000_000

# The formats that every spreadsheet program knows by number; those from 59 on are the Thai ones.
_DATE_FORMATS = {*range(14, 18), 22, *range(27, 37), *range(50, 59), *range(71, 75), 77, 81}
_MONTH_FORMATS = {17, 74}
_PERCENT_FORMATS = {9: 0, 10: 2, 67: 0, 68: 2}
_DECIMAL_FORMATS = {1: 0, 2: 2, 3: 0, 4: 2, 59: 0, 60: 2, 61: 0, 62: 2}

_NOT_LETTERS_OF_A_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|;.*', re.DOTALL)
_DECIMALS = re.compile(r"0(?:\.(0+))?(?![0#.])")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS, _NUMBER = re.compile(r"([A-Z]{1,3})([0-9]{1,7})"), re.compile(r"-?[0-9.]{1,30}(?:[eE][+-]?[0-9]{1,3})?")
_ERA_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True)
class Format:
    """How a number is shown. ``decimals`` is None where the number itself decides."""

    is_date: bool = False
    has_day: bool = True
    is_percent: bool = False
    decimals: int | None = None


@dataclass
class Cells:
    """The texts and formats that the cells of a workbook share."""

    texts: list[str] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    first_day: date = _FIRST_DAY

    @classmethod
    def of(cls, archive: Archive, workbook: str) -> Cells:
        parts = {kind.rpartition("/")[2]: part for kind, part in archive.relations(workbook).values()}
        cells = cls()
        if archive.holds(parts.get("sharedStrings", "")):
            cells.texts = [_text_in(one) for one in archive.elements(parts["sharedStrings"], "si")]
        if archive.holds(parts.get("styles", "")):
            cells.formats = _formats(archive, parts["styles"])
        for properties in archive.elements(workbook, "workbookPr"):
            if attribute(properties, "date1904") and is_on(properties, "date1904"):
                cells.first_day = _FIRST_DAY_OF_1904
        return cells

    def has_value(self, cell: Element) -> bool:
        """Whether the result of a formula was kept."""
        value = child(cell, "v")
        return value is not None and bool(value.text)

    def text_of(self, cell: Element) -> str:
        kind, value = cell.get("t", "n"), child(cell, "v")
        written = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            return _text_in(child(cell, "is")).strip()
        if not written:
            formula = child(cell, "f")
            return f"={formula.text or ''}" if formula is not None else ""
        return self._shown(kind, written, number_of(cell, "s")).strip()

    def _shown(self, kind: str, written: str, style: int) -> str:
        if kind == "s":
            return self.texts[int(written)] if written.isdecimal() and int(written) < len(self.texts) else ""
        if kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        if kind == "d" and (match := _ERA_DAY.match(written)):
            return _written_day(date(*map(int, match.groups())))
        if kind in ("n", "") and _NUMBER.fullmatch(written):
            return self._number(float(written), self.formats[style] if style < len(self.formats) else Format())
        return _unescaped(written)

    def _number(self, number: float, how: Format) -> str:
        if how.is_date and 1 <= number < _LAST_SERIAL:
            day = self.first_day + timedelta(days=int(number))
            return _written_day(day) if how.has_day else _written_month(day)
        if how.is_percent:
            return f"{_plain_number(number * 100, how.decimals)}%"
        return _plain_number(number, how.decimals)


def _plain_number(number: float, decimals: int | None) -> str:
    """As many digits as a spreadsheet shows: the fifteenth is the last that it can hold."""
    shown = f"{number:.15g}"
    return shown if decimals is None or len(shown.partition(".")[2]) > decimals else f"{number:.{decimals}f}"


def _written_day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{_buddhist_year(day)}"


def _written_month(day: date) -> str:
    """A month without its day, which the sheet holds as its first day."""
    return f"{MONTHS[day.month - 1][0]} {_buddhist_year(day)}"


def _buddhist_year(day: date) -> int:
    return day.year if day.year >= EARLIEST_BUDDHIST_YEAR else day.year + BUDDHIST_ERA_OFFSET


def _formats(archive: Archive, part: str) -> list[Format]:
    """The format of each style by its number."""
    codes: dict[int, str] = {}
    formats: list[Format] = []
    for element in archive.elements(part, "numFmt", "cellXfs"):
        if local_name(element) == "numFmt":
            codes[number_of(element, "numFmtId")] = (element.get("formatCode") or "")[:200]
        else:
            formats = [_format(number_of(style, "numFmtId"), codes) for style in element]
    return formats


def _format(number: int, codes: dict[int, str]) -> Format:
    if number in codes:
        return _format_of(_NOT_LETTERS_OF_A_FORMAT.sub("", codes[number]).lower())
    if number in _DATE_FORMATS:
        return Format(is_date=True, has_day=number not in _MONTH_FORMATS)
    if number in _PERCENT_FORMATS:
        return Format(is_percent=True, decimals=_PERCENT_FORMATS[number])
    return Format(decimals=_DECIMAL_FORMATS.get(number))


def _format_of(code: str) -> Format:
    if "y" in code or "d" in code or "mmm" in code:
        return Format(is_date=True, has_day="d" in code)
    decimals = _DECIMALS.search(code)
    return Format(is_percent="%" in code, decimals=len(decimals[1] or "") if decimals else None)


def _text_in(element: Element | None) -> str:
    """All runs of a text, without the readings that some languages put above it."""
    if element is None:
        return ""
    runs = (one if local_name(one) == "t" else child(one, "t") for one in element if local_name(one) in ("t", "r"))
    return _unescaped("".join(run.text or "" for run in runs if run is not None))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: _letter(int(match[1], 16)), text) if "_x" in text else text


def _letter(code: int) -> str:
    letter = chr(code)
    return letter if letter.isprintable() else " \n"[letter in "\r\n"]


def column_of(reference: str, default: int) -> int:
    """The column of ``C7``, from 1."""
    match = _LETTERS.fullmatch(reference)
    return _column(match[1]) if match else default


def reference_of(span: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of ``A3:C7``; nothing at all for what is no span."""
    first, last = (_LETTERS.fullmatch(end) for end in (*span.split(":"), "", "")[:2])
    if first is None or last is None:
        return 0, 0, 0, 0
    return int(first[2]), _column(first[1]), int(last[2]), _column(last[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
