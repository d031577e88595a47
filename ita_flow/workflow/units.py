"""Divisions and their sections: finding them by any of their names, and the deeds on them.

Within an agency a division, and within a division a section, is the only one of its name and of its other names,
however they are spaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.thai import comparison_key, tidy
from ita_flow.domain.units import LONGEST_NAME, UnitKind
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Agency, Membership, Unit, UnitAlias, User
from ita_flow.models.tasks import Task
from ita_flow.workflow import audit
from ita_flow.workflow.approval_chains import drop_chain_of
from ita_flow.workflow.desk import take_the_desk
from ita_flow.workflow.plan_editing import settle_plans_of


def division_called(agency_id: int, name: str) -> Unit | None:
    """The division that is known by that name, if there is one."""
    return _called(siblings(agency_id, None), name)


def section_called(division: Unit, name: str) -> Unit | None:
    """The section of this division that is known by that name, if there is one."""
    return _called(siblings(division.agency_id, division), name)


def siblings(agency_id: int, parent: Unit | None) -> Sequence[Unit]:
    """The divisions of an agency, or the sections of a division, with their other names."""
    chosen = sa.select(Unit).where(Unit.agency_id == agency_id, Unit.parent_id == (parent.id if parent else None))
    return db.session.scalars(chosen.options(selectinload(Unit.aliases)).order_by(Unit.id)).all()


def names_of(unit: Unit) -> list[str]:
    """The name of a unit and all others under which it is known."""
    return [unit.name, *(alias.name for alias in unit.aliases)]


def keys_of(unit: Unit) -> set[str]:
    return {comparison_key(name) for name in names_of(unit)}


def _called(units: Iterable[Unit], name: str) -> Unit | None:
    key = comparison_key(name)
    return next((unit for unit in units if key in keys_of(unit)), None)


def make(
    agency_id: int, parent: Unit | None, name: str, *, actor: User | None, via: str | None = None, at: datetime
) -> Unit:
    """A new division, or a new section of a division, that nobody else is called; the door has seen to that."""
    unit = _new(agency_id, parent, name)
    after = {"name": unit.name, "parent": unit.parent_id}
    audit.record("unit.added", agency_id, f"unit:{unit.id}", at=at, actor=actor, via=via, after=after)
    return unit


def _new(agency_id: int, parent: Unit | None, name: str) -> Unit:
    kind = UnitKind.SECTION if parent else UnitKind.DIVISION
    unit = Unit(agency_id=agency_id, parent_id=parent.id if parent else None, kind=kind, name=name, aliases=[])
    db.session.add(unit)
    db.session.flush()
    return unit


def add_division(agency: Agency, name: str, *, actor: User | None, via: str | None = None, at: datetime) -> Unit:
    """A new division of the agency."""
    take_the_desk(agency.id)
    return _added(agency.id, None, name, actor, via, at)


def add_section(division: Unit, name: str, *, actor: User | None, via: str | None = None, at: datetime) -> Unit:
    """A new section of the division."""
    return _added(division.agency_id, present(division), name, actor, via, at)


def _added(agency_id: int, parent: Unit | None, name: str, actor: User | None, via: str | None, at: datetime) -> Unit:
    wanted = name_of(name)
    _refuse_taken(wanted, siblings(agency_id, parent))
    return make(agency_id, parent, wanted, actor=actor, via=via, at=at)


def rename(unit: Unit, name: str, *, actor: User, at: datetime) -> None:
    """Give the unit another name; documents that speak of it by the old one still find it."""
    unit, wanted, before = present(unit), name_of(name), unit.name
    if wanted == before:
        return
    _refuse_taken(wanted, _others(unit))
    unit.name = wanted
    if comparison_key(before) != comparison_key(wanted):
        know_as(unit, [before])
    unit.aliases = [alias for alias in unit.aliases if comparison_key(alias.name) != comparison_key(wanted)]
    _record("unit.renamed", unit, actor, at, before={"name": before}, after={"name": wanted})
    settle_plans_of(unit)


def add_alias(unit: Unit, name: str, *, actor: User, at: datetime) -> None:
    """Let documents speak of the unit by this name too."""
    unit, wanted = present(unit), name_of(name)
    if comparison_key(wanted) in keys_of(unit):
        raise Invalid("unit_has_the_name", field="name", name=wanted)
    _refuse_taken(wanted, _others(unit))
    know_as(unit, [wanted])
    _record("unit.alias_added", unit, actor, at, after={"alias": wanted})


def remove_alias(unit: Unit, name: str, *, actor: User, at: datetime) -> None:
    """Documents that say this name no longer mean the unit; a name that is gone already changes nothing."""
    unit = present(unit)
    kept = [alias for alias in unit.aliases if alias.name != name]
    if len(kept) == len(unit.aliases):
        return
    unit.aliases = kept
    _record("unit.alias_removed", unit, actor, at, before={"alias": name})


def remove(unit: Unit, *, actor: User, at: datetime) -> None:
    """Remove a unit that nothing refers to: no section, no task, nobody now or earlier."""
    unit = present(unit)
    if is_in_use(unit):
        raise Invalid("unit_in_use", name=unit.name)
    before = {"name": unit.name, "parent": unit.parent_id, **drop_chain_of(unit)}
    _record("unit.removed", unit, actor, at, before=before)
    db.session.delete(unit)
    db.session.flush()


def is_in_use(unit: Unit) -> bool:
    """Whether a section, a task, somebody's post or an acting order refers to the unit."""
    referring = (
        sa.select(Unit.id).where(Unit.parent_id == unit.id),
        sa.select(Task.id).where(sa.or_(Task.division_id == unit.id, Task.section_id == unit.id)),
        sa.select(Membership.id).where(Membership.unit_id == unit.id),
        sa.select(ActingOrder.id).where(ActingOrder.division_id == unit.id),
    )
    return bool(db.session.scalar(sa.select(sa.or_(*(chosen.exists() for chosen in referring)))))


def present(unit: Unit) -> Unit:
    """The unit as it stands now that the desk is ours; raises Stale when somebody removed it meanwhile."""
    unit_id = unit.id
    take_the_desk(unit.agency_id)
    found = db.session.get(Unit, unit_id, populate_existing=True)
    if found is None:
        raise Stale("someone_was_quicker")
    return found


def name_of(text: str) -> str:
    """The name with single spaces; raises Invalid when it is empty or too long."""
    name = tidy(text)
    if not name:
        raise Invalid("unit_needs_a_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("unit_name_too_long", field="name", most=LONGEST_NAME)
    return name


def _others(unit: Unit) -> list[Unit]:
    """The units among which the name must be the only one of its kind."""
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    return [other for other in siblings(unit.agency_id, parent) if other.id != unit.id]


def _refuse_taken(name: str, others: Iterable[Unit]) -> None:
    other = _called(others, name)
    if other:
        raise Invalid("unit_name_taken", field="name", name=other.name)


def know_as(unit: Unit, names: Iterable[str]) -> None:
    """Add these to the other names of the unit, each once."""
    for name in names:
        if comparison_key(name) not in keys_of(unit):
            unit.aliases = [*unit.aliases, UnitAlias(name=name)]
    db.session.flush()


def _record(
    action: str,
    unit: Unit,
    actor: User | None,
    at: datetime,
    before: audit.Values | None = None,
    after: audit.Values | None = None,
) -> None:
    db.session.flush()
    subject = f"unit:{unit.id}"
    audit.record(action, unit.agency_id, subject, at=at, actor=actor, before=before, after=after)
