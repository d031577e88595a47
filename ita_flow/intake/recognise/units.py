"""Who is responsible: sections and divisions out of one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ita_flow.intake.draft import Responsible

LONGEST_NAME = 150

_SECTION = "ฝ่าย|กลุ่มงาน|กลุ่ม|งาน"
_DIVISION = "กอง(?!ทุน)|สำนัก|หน่วยตรวจสอบ|หน่วยงานตรวจสอบ"
_BEGINS_A_UNIT = re.compile(f"{_SECTION}|{_DIVISION}")
_BEGINS_A_DIVISION = re.compile(_DIVISION)
# A name too long for its cell goes on in the next line.
_NEW_LINE = rf"[-–•*0-9๐-๙.) ]{{0,4}}(?:ผู้อำนวยการ|ผอ|หัวหน้า|หน\.|ทุก|{_SECTION}|{_DIVISION})"
# Names of units hold และ themselves, so it parts two units only before a word that begins another.
_BETWEEN_UNITS = re.compile(
    rf"\s?[,/;+&]\s?|\n(?={_NEW_LINE})|\s(?:และ|ร่วมกับ|กับ)\s?(?={_SECTION}|{_DIVISION}|ทุก)|(?:และ|ร่วมกับ)(?=ฝ่าย|กลุ่มงาน|{_DIVISION}|ทุก)"
)
_BULLET = re.compile(r"(?:[-–•*]|[0-9๐-๙]{1,2}[.)])\s?(?=[ก-๙])")
_POST = re.compile(rf"(?:ผู้อำนวยการ|ผอ\.?|หัวหน้า|หน\.)\s?(?={_SECTION}|{_DIVISION})")
_NOTE = re.compile(r"\s?\((?:หน่วยงาน|เจ้าภาพ)?(?:หลัก|ร่วม|สนับสนุน)?\)")
_EXCEPT = "ยกเว้น"
_KIND = "(?:สำนัก|กอง|ส่วนราชการ|หน่วยงาน)"
_EVERY = re.compile(
    rf"(?:\s?(?:และ|ร่วมกับ|กับ)\s?)?ทุก(?:\s?ๆ)?\s?{_KIND}(?:\s?(?:/|,|และ|หรือ)\s?(?:{_KIND}|ฝ่าย)){{0,3}}(?=[\s,/;()]|$|และ|หรือ|ใน|ภายใน|ของ)"
    r"(?:\s?(?:ใน|ภายใน|ของ)(?:(?!และ|ยกเว้น|ร่วม)[^,/;()\n]){0,80})?"
)


@dataclass(frozen=True)
class NamedUnits:
    """The units that a cell names, each division with its section, in source order."""

    responsible: tuple[Responsible, ...]
    is_every_division: bool = False
    """Whether the cell says that all divisions are responsible; those it names besides stand in ``responsible``."""

    is_by_post: bool = False
    """Whether a unit was named by the post of its head."""


def named_units(text: str) -> NamedUnits | None:
    """What the cell of those responsible says; None when it is no list of units with a division."""
    plain = _NOTE.sub("", text)
    others = _EVERY.sub(",", plain)
    is_every = others != plain
    parts = [part for part in map(_without_bullet, _BETWEEN_UNITS.split(others)) if part]
    if is_every and not parts:
        return NamedUnits((), is_every_division=True)
    lists = [_units(_POST.sub("", part)) for part in parts]
    if not parts or None in lists or _EXCEPT in plain:
        return None
    pairs = _paired_lists([units for units in lists if units])
    return NamedUnits(pairs, is_every, is_by_post=any(map(_POST.search, parts))) if pairs else None


def responsible_units(text: str) -> tuple[Responsible, ...] | None:
    """Each division with its section, in source order; None when the text is no list of units with a division."""
    named = named_units(text)
    return named.responsible if named and not named.is_every_division else None


def _without_bullet(part: str) -> str:
    return _BULLET.sub("", part.strip("() "))


def _units(text: str) -> list[str] | None:
    """The names of units: a word that begins like a unit begins a new one, other words go on with the last."""
    units: list[str] = []
    for word in text.replace("(", " ").replace(")", " ").split():
        if _BEGINS_A_UNIT.match(word):
            units.append(word)
        elif units:
            units[-1] += f" {word}"
        else:
            return None
    return units if all(len(unit) <= LONGEST_NAME for unit in units) else None


def _paired_lists(lists: list[list[str]]) -> tuple[Responsible, ...] | None:
    """Where every part of the cell has a division of its own, sections belong to the one in their part."""
    if all(any(map(_BEGINS_A_DIVISION.match, units)) for units in lists):
        pairs = [_paired(units) for units in lists]
        return None if None in pairs else tuple(one for part in pairs if part for one in part)
    return _paired([unit for units in lists for unit in units])


def _paired(units: list[str]) -> tuple[Responsible, ...] | None:
    """Sections belong to the division after them, or to the one before when divisions are written first."""
    divisions_first = _BEGINS_A_DIVISION.match(units[0]) is not None
    groups = _groups(units if divisions_first else units[::-1])
    if groups is None:
        return None
    pairs = [Responsible(section, group[0]) for group in groups for section in group[1:] or (None,)]
    return tuple(pairs if divisions_first else pairs[::-1])


def _groups(units: list[str]) -> list[list[str]] | None:
    """Each division with the sections that follow it; None when a section has no division before it."""
    groups: list[list[str]] = []
    for unit in units:
        if _BEGINS_A_DIVISION.match(unit):
            groups.append([unit])
        elif groups:
            groups[-1].append(unit)
        else:
            return None
    return groups
