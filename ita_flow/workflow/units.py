"""Finding a unit by its name, and making it when it is new."""

from __future__ import annotations

import sqlalchemy as sa

from ita_flow.domain.thai import comparison_key
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.people import Unit


def division_named(agency_id: int, name: str, made: list[str]) -> Unit:
    """The division of that name, however it is spaced; a new one is added to ``made``."""
    return _unit(agency_id, None, UnitKind.DIVISION, name, made)


def section_named(division: Unit, name: str, made: list[str]) -> Unit:
    """The section of that name in this division; a new one is added to ``made``."""
    return _unit(division.agency_id, division, UnitKind.SECTION, name, made)


def _unit(agency_id: int, parent: Unit | None, kind: UnitKind, name: str, made: list[str]) -> Unit:
    parent_id = parent.id if parent else None
    chosen = sa.select(Unit).where(Unit.agency_id == agency_id, Unit.kind == kind)
    for unit in db.session.scalars(chosen.order_by(Unit.id)):
        if unit.parent_id == parent_id and comparison_key(unit.name) == comparison_key(name):
            return unit
    unit = Unit(agency_id=agency_id, parent_id=parent_id, kind=kind, name=name)
    db.session.add(unit)
    db.session.flush()
    made.append(name if parent is None else f"{name} {parent.name}")
    return unit
