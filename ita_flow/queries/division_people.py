"""The people of a division in the order of their posts, each with what they have before them; vacant seats too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.states import DeadlineState
from ita_flow.domain.units import head_of
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import SeatHolder, sits_on
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.units import HEADS

RANKS: Sequence[Role | Seat] = (Seat.DIRECTOR, Seat.SECTION_HEAD, Role.OFFICER)
"""In which order people stand; all others come after these."""


@dataclass(frozen=True)
class Load:
    """How many open tasks somebody has, and how many of these are overdue or nearly due."""

    open: int = 0
    overdue: int = 0
    due_soon: int = 0

    @classmethod
    def of(cls, rows: Iterable[TaskStanding]) -> Load:
        deadlines = [row.deadline for row in rows if row.is_open]
        return cls(len(deadlines), deadlines.count(DeadlineState.OVERDUE), deadlines.count(DeadlineState.DUE_SOON))


@dataclass(frozen=True)
class StaffRow:
    """Somebody who works in the division, or a seat of it that nobody holds: then ``user`` is None."""

    user: User | None
    posts: Sequence[Membership]
    """In the division today, those of their own first; none where somebody only does a task of it."""

    vacant: Unit | None = None
    """The unit whose head is missing."""

    load: Load = Load()
    waiting: int = 0
    """How many reports wait for this person's decision, of other divisions too."""

    active_at: datetime | None = None
    """When they last submitted or decided something on a task of the division."""

    @property
    def title(self) -> str | None:
        """What a vacant seat is called, if the name of its unit tells."""
        return head_of(self.vacant.name) if self.vacant else None

    @property
    def order(self) -> tuple[int, tuple[str, str], tuple[str, str]]:
        """Sorts by post, then by unit and name as a dictionary does."""
        unit = self.vacant or next((post.unit for post in self.posts if post.unit), None)
        names = unit.name if unit else "", self.user.name if self.user else ""
        return self._rank, sorting_key(names[0]), sorting_key(names[1])

    @property
    def _rank(self) -> int:
        if self.vacant:
            return RANKS.index(HEADS[self.vacant.kind])
        own = [post for post in self.posts if post.acting is None] or self.posts
        held = [post.role or post.seat for post in own]
        return min((RANKS.index(one) for one in held if one in RANKS), default=len(RANKS) + (not held))


@dataclass(frozen=True)
class Staff:
    """Who sits in a division, who does its tasks, and what waits for each of them."""

    posts: Sequence[SeatHolder]
    officers: Mapping[int, Sequence[User]]
    """Who does each task, by its id."""

    waiting: Mapping[int, int]
    active_at: Mapping[int, datetime]

    def rows(self, units: Iterable[Unit], tasks: Iterable[TaskStanding]) -> list[StaffRow]:
        """Everybody, and the vacant seats of these units, in the order of the posts."""
        theirs = self._tasks_by_person(tasks)
        people = {one.user.id: one.user for one in self.posts}
        people |= {user.id: user for user, rows in theirs.values() if Load.of(rows).open}
        staffed = [self._row(user, theirs[user.id][1] if user.id in theirs else ()) for user in people.values()]
        vacant = [StaffRow(None, (), vacant=unit) for unit in units if not self._is_headed(unit)]
        return sorted([*staffed, *vacant], key=lambda row: row.order)

    @property
    def acting(self) -> Sequence[SeatHolder]:
        """Who sits today in a seat of the division that is not their own."""
        return [one for one in self.posts if one.order]

    def _row(self, user: User, tasks: Iterable[TaskStanding]) -> StaffRow:
        return StaffRow(
            user=user,
            posts=[one.membership for one in self.posts if one.user.id == user.id],
            load=Load.of(tasks),
            waiting=self.waiting.get(user.id, 0),
            active_at=self.active_at.get(user.id),
        )

    def _tasks_by_person(self, tasks: Iterable[TaskStanding]) -> Mapping[int, tuple[User, list[TaskStanding]]]:
        found: dict[int, tuple[User, list[TaskStanding]]] = {}
        for row in tasks:
            for officer in self.officers.get(row.task_id, ()):
                found.setdefault(officer.id, (officer, []))[1].append(row)
        return found

    def _is_headed(self, unit: Unit) -> bool:
        held = (one.membership for one in self.posts if one.order is None)
        return any(post.unit_id == unit.id and post.seat is HEADS[unit.kind] for post in held)


def staff_posts(division: Unit, units: Collection[int], today: date) -> list[SeatHolder]:
    """Who holds a post in these units of the division today, or acts in a seat of theirs; people of their own first."""
    chosen = (
        sa.select(Membership, ActingOrder)
        .join(Membership.user)
        .outerjoin(ActingOrder, ActingOrder.membership_id == Membership.id)
        .where(Membership.agency_id == division.agency_id, Membership.unit_id.in_(units), User.is_active)
        .where(sits_on(today))
        .options(contains_eager(Membership.user), joinedload(ActingOrder.holder))
        .order_by(ActingOrder.id.is_not(None), Membership.id)
    )
    return [SeatHolder(held.user, held, order) for held, order in db.session.execute(chosen)]


def last_active(division: Unit) -> Mapping[int, datetime]:
    """By person, when they last submitted or decided something on a task of the division."""
    sent = sa.select(ReportVersion.submitted_by_id, sa.func.max(ReportVersion.submitted_at))
    decided = sa.select(Decision.decided_by_id, sa.func.max(Decision.decided_at)).join(Decision.report_version)
    sent = _on_tasks_of(division, sent).group_by(ReportVersion.submitted_by_id)
    decided = _on_tasks_of(division, decided).group_by(Decision.decided_by_id)
    found: dict[int, datetime] = {}
    for person_id, at in db.session.execute(sa.union_all(sent, decided)):
        found[person_id] = max(at, found.get(person_id, at))
    return found


def _on_tasks_of(division: Unit, chosen: sa.Select[int, datetime]) -> sa.Select[int, datetime]:
    on_tasks = chosen.join(ProgressReport, ProgressReport.id == ReportVersion.report_id)
    return on_tasks.join(Task, Task.id == ProgressReport.task_id).where(Task.division_id == division.id)
