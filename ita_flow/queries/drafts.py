"""Whose eyes a draft is for."""

from __future__ import annotations

from datetime import date

from ita_flow.models.people import User
from ita_flow.models.tasks import Task


def may_see_draft(task: Task, user: User, day: date) -> bool:
    """A draft is seen by the officers of the task and by the people of the unit that does the work."""
    units = {membership.unit_id for membership in user.memberships_on(day)}
    return user in task.officers or task.unit.id in units
