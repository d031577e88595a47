"""Who does which task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from ita_flow.domain.collation import sorting_key
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.tasks import TaskFilter, stored_part_of


def officers_of(user: User, chosen: TaskFilter) -> Mapping[int, Sequence[User]]:
    """The officers of each task of plans in force that the stored part of the filter lets through."""
    return officers_by_task([*stored_part_of(user, chosen), is_in_force()])


def officers_by_task(conditions: Iterable[sa.ColumnElement[bool]]) -> Mapping[int, Sequence[User]]:
    """The officers of each task that meets these conditions, by its id, in the order of the dictionary. One statement.

    A task that nobody is named for is missing. The conditions may speak of the measure and of the plan too.
    """
    named = (
        sa.select(task_officers.c.task_id, User)
        .join(User, User.id == task_officers.c.user_id)
        .join(Task, Task.id == task_officers.c.task_id)
        .join(Task.measure)
        .join(Measure.plan)
        .where(*conditions)
        .order_by(User.id)
    )
    found: dict[int, list[User]] = {}
    for task_id, officer in sorted(db.session.execute(named), key=lambda pair: sorting_key(pair[1].name)):
        found.setdefault(task_id, []).append(officer)
    return found
