"""What a person has before them today: to do now, with somebody else, later, done, and in their division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.states import TaskState
from ita_flow.extensions import db
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import held_on
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import rows_where


@dataclass(frozen=True)
class Worklist:
    """The tasks of one person and of their division, each in one group."""

    now: Sequence[TaskRow]
    """Own tasks that need their officer: returned, overdue, nearly due or with a draft; the most urgent first."""

    waiting: Sequence[TaskRow]
    """Own tasks whose report waits for a decision."""

    later: Sequence[TaskRow]
    """Own open tasks with time left, the earliest due date first."""

    done: Sequence[TaskRow]
    division: Sequence[TaskRow]
    """What colleagues of the division do this fiscal year, what needs looking after first."""

    @property
    def is_empty(self) -> bool:
        """Whether the person has no task of their own, open or done."""
        return not (self.now or self.waiting or self.later or self.done)

    @property
    def divisions(self) -> Sequence[Unit]:
        """The divisions whose tasks stand under ``division``."""
        return list(dict.fromkeys(row.task.division for row in self.division))

    @property
    def follow_up(self) -> int:
        """How many of the tasks of colleagues need looking after."""
        return sum(row.needs_follow_up for row in self.division)

    @property
    def division_done(self) -> int:
        return sum(row.state is TaskState.DONE for row in self.division)


def worklist_of(user: User, today: date) -> Worklist:
    """What this person finds under งานของฉัน: own tasks of every year, the division's of this one."""
    year = FiscalYear.containing(today).buddhist_year
    divisions = divisions_of(user, today)
    is_own = Task.officers.any(User.id == user.id)
    is_near = sa.and_(Task.division_id.in_(divisions), Plan.year == year)
    rows = rows_where([Task.agency_id == user.agency_id, sa.or_(is_own, is_near)], today)
    own = [row for row in rows if user in row.task.officers]
    return Worklist(
        now=sorted((row for row in own if row.needs_its_officer), key=lambda row: row.urgency),
        waiting=[row for row in own if row.is_submitted],
        later=sorted((row for row in own if row.is_for_later), key=lambda row: row.task.due_on),
        done=[row for row in own if row.state is TaskState.DONE],
        division=sorted((row for row in rows if _is_of_colleagues(row, user)), key=_what_needs_looking_after_first),
    )


def _is_of_colleagues(row: TaskRow, user: User) -> bool:
    return user not in row.task.officers and row.state is not TaskState.CANCELLED


def _what_needs_looking_after_first(row: TaskRow) -> tuple[bool, Any]:
    """The others stay in the order of the plan."""
    return (False, row.urgency) if row.needs_follow_up else (True, ())


def divisions_of(user: User, on: date) -> Sequence[int]:
    """The ids of the divisions in which, or in whose sections, the person holds a post on that day."""
    chosen = (
        sa.select(sa.func.coalesce(Unit.parent_id, Unit.id))
        .join(Membership, Membership.unit_id == Unit.id)
        .where(Membership.user_id == user.id, held_on(on))
        .distinct()
    )
    return db.session.scalars(chosen).all()
