"""A division as its director sees it: how its tasks of a year stand, section by section, and who works on them.

Tasks are counted here, not measures. Cancelled tasks leave every count.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Seat
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, Unit, User
from ita_flow.queries.awaiting import count_awaiting_each
from ita_flow.queries.dashboard import Overview, overview
from ita_flow.queries.division_people import Staff, StaffRow, last_active, staff_posts
from ita_flow.queries.officers import officers_of
from ita_flow.queries.seats import sits_on
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.tallies import Tally
from ita_flow.queries.tasks import TaskFilter


@dataclass(frozen=True)
class SectionRow:
    """How the tasks of one section stand; ``section`` is None for what the division does without one."""

    section: Unit | None
    tally: Tally


@dataclass(frozen=True)
class DivisionView:
    """One division in a fiscal year (BE), on a day."""

    division: Unit
    sections: Sequence[Unit]
    seen: Overview
    """Its tasks of the year, counted as the dashboard counts."""

    staff: Staff

    @cached_property
    def by_section(self) -> Sequence[SectionRow]:
        """The sections that have tasks, then what is given to none; empty where there is nothing to tell apart."""
        units: list[Unit | None] = [*self.sections, None]
        rows = [SectionRow(unit, Tally.of(self._tasks_of(unit))) for unit in units]
        told = [row for row in rows if row.tally.total]
        return told if any(row.section for row in told) else []

    @cached_property
    def people(self) -> Sequence[StaffRow]:
        return self.staff.rows([self.division, *self.sections], self.seen.tasks)

    @cached_property
    def most_open(self) -> int:
        """The open tasks of whoever has most of them."""
        return max((row.load.open for row in self.people), default=0)

    @cached_property
    def unassigned(self) -> int:
        """How many open tasks nobody is named for."""
        return sum(row.is_open and not self.staff.officers.get(row.task_id) for row in self.seen.tasks)

    def officers_of(self, row: TaskStanding) -> Sequence[User]:
        return self.staff.officers.get(row.task_id, ())

    def _tasks_of(self, section: Unit | None) -> list[TaskStanding]:
        return [row for row in self.seen.tasks if row.section_id == (section.id if section else None)]


def division_view(user: User, division_id: int, year: int, today: date) -> DivisionView | None:
    """A division of the person's own agency; None when there is none of that number. Nine statements at most."""
    units = _with_sections(user, division_id)
    division = next((unit for unit in units if unit.id == division_id), None)
    if division is None or division.kind is not UnitKind.DIVISION:
        return None
    chosen = TaskFilter(year, division=division_id)
    posts, officers = staff_posts(division, [unit.id for unit in units], today), officers_of(user, chosen)
    people = {one.user.id for one in posts} | {officer.id for named in officers.values() for officer in named}
    return DivisionView(
        division=division,
        sections=[unit for unit in units if unit is not division],
        seen=overview(user, year, today, division=division_id),
        staff=Staff(posts, officers, count_awaiting_each(user.agency_id, people, today), last_active(division)),
    )


def directed_by(person: User, today: date) -> Collection[int]:
    """The ids of the divisions in whose director's seat the person sits today, also for somebody else.

    One statement where the person acts for somebody, none for seats of their own.
    """
    held = [post for post in person.memberships_on(today) if post.seat is Seat.DIRECTOR]
    if not any(post.acting for post in held):
        return {post.unit_id for post in held if post.unit_id}
    chosen = (
        sa.select(Membership.unit_id)
        .outerjoin(ActingOrder, ActingOrder.membership_id == Membership.id)
        .where(Membership.user_id == person.id, Membership.seat == Seat.DIRECTOR, sits_on(today))
    )
    return set(db.session.scalars(chosen))


def _with_sections(user: User, division_id: int) -> Sequence[Unit]:
    """The division and its sections, in the order of the dictionary."""
    is_of_it = sa.or_(Unit.id == division_id, Unit.parent_id == division_id)
    units = db.session.scalars(sa.select(Unit).where(Unit.agency_id == user.agency_id, is_of_it))
    return sorted(units, key=lambda unit: sorting_key(unit.name))
