"""Merging one unit into another of the same kind: tasks, people, sections and names go over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.workflow import audit
from ita_flow.workflow.approval_chains import drop_chain_of
from ita_flow.workflow.plan_editing import settle_plans_of
from ita_flow.workflow.units import keys_of, know_as, names_of, present


@dataclass(frozen=True)
class Merging:
    """What goes over when ``unit`` is merged into ``into``, sections included."""

    unit: Unit
    into: Unit
    tasks: Sequence[Task]
    memberships: Sequence[Membership]
    joined: Sequence[tuple[Unit, Unit]]
    """Sections that both have: each with the one that it becomes part of."""

    moved: Sequence[Unit]
    """Sections that go over whole."""


def merging_of(unit: Unit, into: Unit) -> Merging:
    """What merging would move; nothing is changed. Raises Invalid when it may not be."""
    _refuse_unlike(unit, into)
    parts = _sections_of((unit, into))
    theirs = [part for part in parts if part.parent_id == into.id]
    sections = [(part, _counterpart(part, theirs)) for part in parts if part.parent_id == unit.id]
    if unit.parent_id is None:
        _refuse_shared_measures(unit, into)
    return Merging(
        unit,
        into,
        tasks=_tasks_of(unit),
        memberships=_memberships_in([unit, *(section for section, _other in sections)]),
        joined=[(section, other) for section, other in sections if other],
        moved=[section for section, other in sections if other is None],
    )


def merge(unit: Unit, into: Unit, *, actor: User, at: datetime) -> Merging:
    """Move everything of ``unit`` to ``into`` and remove it; its names become other names of ``into``."""
    merging = merging_of(present(unit), present(into))
    _refuse_seat(merging, actor, bangkok_day(at))
    # What moves follows the chain of the other from here on.
    dropped = drop_chain_of(merging.unit)
    before: audit.Values = {"unit": merging.unit.id, "names": names_of(merging.unit), **dropped}
    after: audit.Values = {
        "tasks": [task.id for task in merging.tasks],
        "posts": [membership.id for membership in merging.memberships],
        "orders": [order.id for order in _orders_over(merging.unit)],
        "joined_sections": [section.id for section, _other in merging.joined],
        "moved_sections": [section.id for section in merging.moved],
    }
    for section in merging.moved:
        section.parent_id = merging.into.id
    for section, other in merging.joined:
        _absorb(section, other)
    _absorb(merging.unit, merging.into)
    subject = f"unit:{merging.into.id}"
    audit.record("unit.merged", merging.into.agency_id, subject, at=at, actor=actor, before=before, after=after)
    settle_plans_of(merging.into)
    return merging


def _refuse_unlike(unit: Unit, into: Unit) -> None:
    if unit.id == into.id:
        raise Invalid("unit_merged_into_itself", field="into")
    if (unit.agency_id, unit.kind, unit.parent_id) != (into.agency_id, into.kind, into.parent_id):
        raise Invalid("units_unlike", field="into")


def _refuse_seat(merging: Merging, actor: User, today: date) -> None:
    """Nobody lets the unit in which they decide grow by another: that is a seat for oneself."""
    joined = {unit.id for pair in ((merging.unit, merging.into), *merging.joined) for unit in pair}
    seats = [one for one in actor.memberships if one.seat and one.unit_id in joined]
    if any(one.ends_on is None or one.ends_on >= today for one in seats):
        raise Invalid("merging_widens_own_seat", field="into")


def _sections_of(divisions: Sequence[Unit]) -> Sequence[Unit]:
    chosen = sa.select(Unit).where(Unit.parent_id.in_([division.id for division in divisions]))
    return db.session.scalars(chosen.options(selectinload(Unit.aliases)).order_by(Unit.id)).all()


def _counterpart(section: Unit, theirs: Sequence[Unit]) -> Unit | None:
    """The one of their sections that bears one of the same names; raises Invalid when several do."""
    alike = [other for other in theirs if keys_of(other) & keys_of(section)]
    if len(alike) > 1:
        raise Invalid(
            "sections_named_crosswise", field="into", name=section.name, first=alike[0].name, second=alike[1].name
        )
    return alike[0] if alike else None


def _refuse_shared_measures(unit: Unit, into: Unit) -> None:
    """A measure is given to a division once: with two tasks, nobody could say whose report counts."""
    theirs = sa.select(Task.measure_id).where(Task.division_id == into.id)
    chosen = (
        sa.select(Measure)
        .join(Measure.plan)
        .options(contains_eager(Measure.plan))
        .where(Measure.id.in_(sa.select(Task.measure_id).where(Task.division_id == unit.id)), Measure.id.in_(theirs))
        .order_by(Measure.id.desc())
        .limit(1)
    )
    shared = db.session.scalars(chosen).one_or_none()
    if shared:
        raise Invalid("units_share_a_measure", field="into", number=shared.number, year=shared.plan.year)


def _tasks_of(unit: Unit) -> Sequence[Task]:
    chosen = sa.select(Task).where(sa.or_(Task.division_id == unit.id, Task.section_id == unit.id)).order_by(Task.id)
    return db.session.scalars(chosen).all()


def _memberships_in(units: Sequence[Unit]) -> Sequence[Membership]:
    chosen = sa.select(Membership).where(Membership.unit_id.in_([unit.id for unit in units]))
    return db.session.scalars(chosen.order_by(Membership.id)).all()


def _orders_over(unit: Unit) -> Sequence[ActingOrder]:
    """The acting orders that cover reports of this division and of no other."""
    chosen = sa.select(ActingOrder).where(ActingOrder.division_id == unit.id)
    return db.session.scalars(chosen.order_by(ActingOrder.id)).all()


def _absorb(unit: Unit, into: Unit) -> None:
    """Everything that names ``unit`` names ``into`` from here on, and ``unit`` is no more."""
    for task in _tasks_of(unit):
        if task.division_id == unit.id:
            task.division = into
        if task.section_id == unit.id:
            task.section = into
    for membership in _memberships_in([unit]):
        membership.unit_id = into.id
    for order in _orders_over(unit):
        order.division_id = into.id
    names = names_of(unit)
    db.session.flush()
    db.session.delete(unit)
    db.session.flush()
    know_as(into, names)
