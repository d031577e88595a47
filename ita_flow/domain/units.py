"""Kinds of units, and what the name of an agency or a unit tells."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    DIVISION = "division"
    SECTION = "section"


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
