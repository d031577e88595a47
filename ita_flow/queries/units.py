"""The units of an agency as people see them: a tree with its heads, its people and its open tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import CLOSED
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_worked_on
from ita_flow.queries.seats import held_on

HEADS = {UnitKind.DIVISION: Seat.DIRECTOR, UnitKind.SECTION: Seat.SECTION_HEAD}


@dataclass(frozen=True)
class UnitRow:
    """A unit with who heads it today; a division counts the people and tasks of its sections too."""

    unit: Unit
    heads: Sequence[User]
    acting: Sequence[Membership]
    """Those who act as head of the unit; where there are only these, the post itself is vacant."""

    people: int
    open_tasks: int
    sections: Sequence[UnitRow] = ()


def unit_tree(agency_id: int, today: date) -> list[UnitRow]:
    """The divisions of the agency, each with its sections."""
    units = all_units(agency_id)
    posts = _posts_in(agency_id, today)
    tasks = _open_tasks_of(agency_id)
    sections: dict[int | None, list[UnitRow]] = {}
    for unit in units:
        if unit.parent_id is not None:
            sections.setdefault(unit.parent_id, []).append(_row(unit, (), posts, tasks))
    return [_row(unit, sections.get(unit.id, ()), posts, tasks) for unit in units if unit.parent_id is None]


def all_units(agency_id: int) -> list[Unit]:
    """Every unit of the agency with its other names, in the order of the dictionary."""
    chosen = sa.select(Unit).where(Unit.agency_id == agency_id)
    units = db.session.scalars(chosen.options(selectinload(Unit.aliases), joinedload(Unit.parent))).all()
    return sorted(units, key=lambda unit: sorting_key(unit.name))


def units_by_division(agency_id: int) -> list[tuple[Unit, list[Unit]]]:
    """Every division with its sections, to choose from."""
    units = all_units(agency_id)
    return [(one, [other for other in units if other.parent_id == one.id]) for one in units if one.parent_id is None]


def unit_of(user: User, unit_id: int) -> Unit | None:
    """A unit of the person's own agency."""
    chosen = sa.select(Unit).where(Unit.id == unit_id, Unit.agency_id == user.agency_id)
    return db.session.scalars(chosen.options(selectinload(Unit.aliases), joinedload(Unit.parent))).one_or_none()


def row_of(unit: Unit, today: date) -> tuple[UnitRow, list[Unit]]:
    """The unit as its own page shows it, and the units of its kind beside it."""
    tree = unit_tree(unit.agency_id, today)
    level = next((one.sections for one in tree if one.unit.id == unit.parent_id), tree)
    row = next(one for one in level if one.unit.id == unit.id)
    return row, [one.unit for one in level if one is not row]


def _row(
    unit: Unit, sections: Sequence[UnitRow], posts: Iterable[Membership], tasks: Mapping[tuple[int, int | None], int]
) -> UnitRow:
    within = {unit.id, *(row.unit.id for row in sections)}
    heads = [post for post in posts if post.unit_id == unit.id and post.seat is HEADS[unit.kind]]
    return UnitRow(
        unit=unit,
        heads=[post.user for post in heads if post.acting is None],
        acting=[post for post in heads if post.acting],
        people=len({post.user_id for post in posts if post.unit_id in within and post.acting is None}),
        open_tasks=sum(count for units, count in tasks.items() if unit.id in units),
        sections=sections,
    )


def _posts_in(agency_id: int, today: date) -> Sequence[Membership]:
    """The posts that somebody holds in a unit today."""
    chosen = (
        sa.select(Membership)
        .join(Membership.user)
        .where(Membership.agency_id == agency_id, Membership.unit_id.is_not(None), User.is_active, held_on(today))
        .options(joinedload(Membership.user))
        .order_by(Membership.id)
    )
    return db.session.scalars(chosen).all()


def _open_tasks_of(agency_id: int) -> Mapping[tuple[int, int | None], int]:
    """How many tasks of plans in force are not done, by division and section."""
    chosen = (
        sa.select(Task.division_id, Task.section_id, sa.func.count())
        .join(Task.measure)
        .join(Measure.plan)
        .where(Task.agency_id == agency_id, Task.work_status.not_in(CLOSED))
        .where(is_worked_on())
        .group_by(Task.division_id, Task.section_id)
    )
    return {(division, section): count for division, section, count in db.session.execute(chosen)}
