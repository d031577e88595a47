"""Kinds of units, which posts are held in them, and what the name of an agency or a unit tells."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid

LONGEST_NAME = 200


class UnitKind(StrEnum):
    DIVISION = "division"
    SECTION = "section"


_ANYWHERE: frozenset[UnitKind | None] = frozenset({None, *UnitKind})

PLACES: Mapping[Role | Seat, frozenset[UnitKind | None]] = {
    Role.OFFICER: frozenset(UnitKind),
    Role.COORDINATOR: _ANYWHERE,
    Role.AUDITOR: _ANYWHERE,
    Role.ADMINISTRATOR: _ANYWHERE,
    Seat.SECTION_HEAD: frozenset({UnitKind.SECTION}),
    Seat.DIRECTOR: frozenset({UnitKind.DIVISION}),
    Seat.CHIEF: frozenset({None}),
    Seat.EXECUTIVE: frozenset({None}),
    Seat.NAMED: frozenset({None}),
}
"""The kinds of unit in which a post is held; None stands for the agency as a whole."""

OVER_THE_AGENCY = frozenset(seat for seat in Seat if None in PLACES[seat])
"""Seats over the whole agency; each of the others is over one unit."""

_OUT_OF_PLACE: Mapping[Role | Seat, str] = {
    Role.OFFICER: "officer_needs_a_unit",
    Seat.SECTION_HEAD: "head_needs_a_section",
    Seat.DIRECTOR: "director_needs_a_division",
    Seat.CHIEF: "post_of_the_whole_agency",
    Seat.EXECUTIVE: "post_of_the_whole_agency",
    Seat.NAMED: "post_of_the_whole_agency",
}


def check_place(post: Role | Seat, kind: UnitKind | None) -> None:
    """Raise Invalid with what to choose when this post is not held in a unit of that kind, or in none."""
    if kind not in PLACES[post]:
        raise Invalid(_OUT_OF_PLACE[post], field="unit")


_HEADS: Mapping[str, str] = {
    "สำนักปลัด": "หัวหน้าสำนักปลัด",
    "สำนัก": "ผู้อำนวยการสำนัก",
    "กองทุน": "ผู้จัดการกองทุน",
    "กอง": "ผู้อำนวยการกอง",
    "โรงเรียน": "ผู้อำนวยการโรงเรียน",
    "ศูนย์": "หัวหน้าศูนย์",
    "กลุ่มงาน": "หัวหน้ากลุ่มงาน",
    "กลุ่ม": "หัวหน้ากลุ่ม",
    "ฝ่าย": "หัวหน้าฝ่าย",
    "งาน": "หัวหน้างาน",
}
"""What whoever heads a unit is called, by the word with which the name of the unit begins."""


def head_of_such(unit_name: str) -> str | None:
    """What the heads of units of this sort are called: ``ผู้อำนวยการกอง``; None when the name does not tell."""
    return next((title for word, title in _HEADS.items() if unit_name.startswith(word)), None)


def head_of(unit_name: str) -> str | None:
    """What the head of this very unit is called: ``ผู้อำนวยการกองคลัง``; None when the name does not tell."""
    return next(
        (title + unit_name.removeprefix(word) for word, title in _HEADS.items() if unit_name.startswith(word)), None
    )


AGENCY_TYPES: dict[str, str] = {
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
    "องค์การบริหารส่วนตำบล": "อบต.",
    "เทศบาลนคร": "ทน.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลตำบล": "ทต.",
}
"""Types of agency with the short form that stands before a name."""


def agency_type_of(name: str) -> str | None:
    """The type that the full or short name begins with, or None: unknown stays unknown."""
    for full, short in AGENCY_TYPES.items():
        if name.startswith((full, short)):
            return full
    return None


def full_name_of(name: str) -> str:
    """``อบจ.ตัวอย่าง`` written out; a name that is not shortened stays as it is."""
    for full, short in AGENCY_TYPES.items():
        if name.startswith(short):
            return full + name.removeprefix(short).strip()
    return name.strip()


def short_name_of(name: str) -> str:
    """The name with its type shortened, as people say it."""
    for full, short in AGENCY_TYPES.items():
        if name.startswith(full):
            return short + name.removeprefix(full).strip()
    return name.strip()


def province_called(text: str) -> str:
    """The name of a province alone: ``จังหวัดตัวอย่าง`` and ``จ.ตัวอย่าง`` are both ``ตัวอย่าง``."""
    return text.removeprefix("จังหวัด").removeprefix("จ.").strip()
