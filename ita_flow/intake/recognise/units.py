"""Who is responsible: sections and divisions out of one cell."""

from __future__ import annotations

import re

from ita_flow.intake.draft import Responsible

SECTION_WORDS = ("ฝ่าย", "กลุ่มงาน", "กลุ่ม", "งาน")
DIVISION_WORDS = ("กอง", "สำนัก", "หน่วยตรวจสอบ")

LONGEST_NAME = 150

_BEGINS_A_UNIT = SECTION_WORDS + DIVISION_WORDS
_BETWEEN_UNITS = re.compile(rf"\s?[,/;]\s?|\sและ\s?(?={'|'.join(_BEGINS_A_UNIT)})")


def responsible_units(text: str) -> tuple[Responsible, ...] | None:
    """Each division with its section, in source order; None when the text is no list of units with a division."""
    units = _units(text)
    if not units or not all(unit.startswith(_BEGINS_A_UNIT) and len(unit) <= LONGEST_NAME for unit in units):
        return None
    return _paired(units)


def _units(text: str) -> list[str]:
    """The names of units: a word that begins like a unit begins a new one, other words go on with the last."""
    units: list[str] = []
    for part in _BETWEEN_UNITS.split(text):
        is_new = True
        for word in part.split():
            if is_new or word.startswith(_BEGINS_A_UNIT):
                units.append(word)
            else:
                units[-1] += f" {word}"
            is_new = False
    return units


def _paired(units: list[str]) -> tuple[Responsible, ...] | None:
    """Sections belong to the division after them, or to the one before when divisions are written first."""
    divisions_first = units[0].startswith(DIVISION_WORDS)
    groups = _groups(units if divisions_first else units[::-1])
    if groups is None:
        return None
    pairs = [Responsible(section, group[0]) for group in groups for section in group[1:] or (None,)]
    return tuple(pairs if divisions_first else pairs[::-1])


def _groups(units: list[str]) -> list[list[str]] | None:
    """Each division with the sections that follow it; None when a section has no division before it."""
    groups: list[list[str]] = []
    for unit in units:
        if unit.startswith(DIVISION_WORDS):
            groups.append([unit])
        elif groups:
            groups[-1].append(unit)
        else:
            return None
    return groups
