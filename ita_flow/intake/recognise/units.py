"""Who is responsible: sections and divisions out of one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ita_flow.domain.units import LONGEST_NAME
from ita_flow.intake.draft import Responsible
from ita_flow.intake.recognise.known_units import NOBODY, KnownUnits, Restore

_SECTION = "ฝ่าย|กลุ่มงาน|กลุ่ม|งาน"
_DIVISION = "กอง(?!ทุน)|สำนัก|หน่วยตรวจสอบ|หน่วยงานตรวจสอบ"
# In small offices these are divisions, in large ones parts of a division.
_PART = "ส่วน(?!ราชการ|ที่|ร่วม|รวม|กลาง|ตัว|งาน|ใหญ่|ตำบล|จังหวัด|ท้องถิ่น|ภูมิภาค|หนึ่ง|ได้|เสีย)"
_CENTRE = "ศูนย์(?!กลาง)"
_UNIT = f"{_SECTION}|{_DIVISION}|{_PART}|{_CENTRE}"
_BEGINS_A_UNIT = re.compile(_UNIT)
_BEGINS_A_DIVISION = re.compile(_DIVISION)
_BEGINS_A_PART = re.compile(f"{_PART}|{_CENTRE}")
_HAS_NO_PARTS = re.compile("สำนัก(?:งาน)?ปลัด|หน่วย")
# A name too long for its cell goes on in the next line.
_NEW_LINE = rf"[-–•*0-9๐-๙.) ]{{0,4}}(?:ผู้อำนวยการ|ผอ|หัวหน้า|หน\.|ทุก|{_UNIT})"
# Names of units hold และ themselves, so it parts two units only before a word that begins another.
_BETWEEN_UNITS = re.compile(
    rf"\s?[,/;+&]\s?|\n(?={_NEW_LINE})|\s(?:และ|ร่วมกับ|กับ)\s?(?={_UNIT}|ทุก)"
    rf"|(?:และ|ร่วมกับ)(?=ฝ่าย|กลุ่มงาน|{_DIVISION}|{_PART}|ทุก)"
)
_BULLET = re.compile(r"(?:[-–•*]|[0-9๐-๙]{1,2}[.)])\s?(?=[ก-๙])")
_POST = re.compile(rf"(?:ผู้อำนวยการ|ผอ\.?|หัวหน้า|หน\.)\s?(?={_UNIT})")
_NOTE = re.compile(r"\s?\((?:หน่วยงาน|เจ้าภาพ)?(?:หลัก|ร่วม|สนับสนุน)?\)")
_EXCEPT = "ยกเว้น"
_KIND = "(?:สำนัก|กอง|ส่วนราชการ|หน่วยงาน)"
_OR = r"(?:\s?(?:/|,|และ|หรือ)\s?|\s)"
_KINDS = rf"{_KIND}(?:{_OR}(?:{_KIND}|ฝ่าย)){{0,3}}"
_WITHIN = r"(?:\s?(?:ใน|ภายใน|ของ)(?:(?!และ|ยกเว้น|ร่วม)[^,/;()\n]){0,80})?"
_EVERY = re.compile(
    rf"(?:\s?(?:และ|ร่วมกับ|กับ)\s?)?ทุก(?:\s?ๆ)?\s?{_KINDS}(?=[\s,/;()]|$|และ|หรือ|ใน|ภายใน|ของ){_WITHIN}"
    rf"|(?<![^\s,/;(]){_KINDS}\s?(?:ทุกแห่ง|ทั้งหมด){_WITHIN}"
)
# The word for a kind of unit names none.
_NAMELESS = re.compile(
    r"(?:กอง|สำนัก|ส่วน|ศูนย์|ฝ่าย|กลุ่มงาน|กลุ่ม|งาน|ส่วนราชการ|หน่วยงาน)"
    r"(?:\s?(?:ที่เกี่ยวข้อง|ที่รับผิดชอบ|เจ้าของ|ต่าง\s?ๆ|อื่น|ใด|นั้น|ดังกล่าว).*)?"
)
_OF_ALL = re.compile(r"(?:^|\s)(?:ทุก|ทั้งหมด)")


@dataclass(frozen=True)
class NamedUnits:
    """The units that a cell names, each division with its section, in source order."""

    responsible: tuple[Responsible, ...]
    is_every_division: bool = False
    """Whether the cell says that all divisions are responsible; those it names besides stand in ``responsible``."""

    is_by_post: bool = False
    """Whether a unit was named by the post of its head."""


@dataclass(frozen=True)
class _Unit:
    name: str
    is_division: bool


def named_units(text: str, known: KnownUnits = NOBODY) -> NamedUnits | None:
    """What the cell of those responsible says; None when it is no list of units with a division.

    Units that are ``known`` may be called anything; others begin with the word for a unit, which alone names none.
    """
    plain, restored = known.masked(_NOTE.sub("", text))
    others = _EVERY.sub(",", plain)
    is_every = others != plain
    parts = [part for part in map(_without_bullet, _BETWEEN_UNITS.split(others)) if part]
    if is_every and not parts:
        return NamedUnits((), is_every_division=True)
    lists = [_units(_POST.sub("", part), restored) for part in parts]
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


def _units(text: str, restored: Restore) -> list[_Unit] | None:
    """The units of a part: a word that begins like a unit begins a new one, other words go on with the last."""
    words: list[str] = []
    for word in text.replace("(", " ").replace(")", " ").split():
        if _BEGINS_A_UNIT.match(word):
            words.append(word)
        elif words:
            words[-1] += f" {word}"
        else:
            return None
    has_parts = any(_BEGINS_A_DIVISION.match(word) and not _HAS_NO_PARTS.match(word) for word in words)
    units = [_Unit(restored(word), _is_division(word, has_parts)) for word in words]
    return units if all(_is_name(unit.name) for unit in units) else None


def _is_division(word: str, has_parts: bool) -> bool:
    """``has_parts``: beside it stands a division of which it may be a part."""
    return bool(_BEGINS_A_DIVISION.match(word) or (_BEGINS_A_PART.match(word) and not has_parts))


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and not _NAMELESS.fullmatch(text) and not _OF_ALL.search(text)


def _paired_lists(lists: list[list[_Unit]]) -> tuple[Responsible, ...] | None:
    """Where every part of the cell has a division of its own, sections belong to the one in their part."""
    if all(any(unit.is_division for unit in units) for units in lists):
        pairs = [_paired(units) for units in lists]
        return None if None in pairs else tuple(one for part in pairs if part for one in part)
    return _paired([unit for units in lists for unit in units])


def _paired(units: list[_Unit]) -> tuple[Responsible, ...] | None:
    """Sections belong to the division after them, or to the one before when divisions are written first."""
    divisions_first = units[0].is_division
    groups = _groups(units if divisions_first else units[::-1])
    if groups is None:
        return None
    pairs = [Responsible(section, group[0]) for group in groups for section in group[1:] or (None,)]
    return tuple(pairs if divisions_first else pairs[::-1])


def _groups(units: list[_Unit]) -> list[list[str]] | None:
    """Each division with the sections that follow it; None when a section has no division before it."""
    groups: list[list[str]] = []
    for unit in units:
        if unit.is_division:
            groups.append([unit.name])
        elif groups:
            groups[-1].append(unit.name)
        else:
            return None
    return groups
