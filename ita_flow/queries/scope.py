"""Which rows a person may see at all. Every row a page shows is chosen from one of these."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.sql import Select

from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Membership, User
from ita_flow.models.plans import Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import held_on


def visible_tasks(user: User) -> Select[Task]:
    """All tasks of the person's agency."""
    return sa.select(Task).where(Task.agency_id == user.agency_id)


def visible_plans(user: User) -> Select[Plan]:
    return sa.select(Plan).where(Plan.agency_id == user.agency_id)


def visible_assessments(user: User) -> Select[Assessment]:
    return sa.select(Assessment).where(Assessment.agency_id == user.agency_id)


def visible_reports(user: User, on: date) -> Select[ProgressReport]:
    """Reports of the agency that were submitted at least once, and the drafts of the person's own unit."""
    return (
        sa.select(ProgressReport)
        .join(Task, Task.id == ProgressReport.task_id)
        .where(
            ProgressReport.agency_id == user.agency_id,
            sa.or_(ProgressReport.version > 0, may_see_drafts(user, on)),
        )
    )


def may_see_drafts(user: User, on: date) -> sa.ColumnElement[bool]:
    """The condition on a task that its drafts are open to this person: one of its officers, or a post in its unit."""
    own_units = sa.select(Membership.unit_id).where(Membership.user_id == user.id, held_on(on))
    unit = sa.func.coalesce(Task.section_id, Task.division_id)
    return sa.or_(unit.in_(own_units), Task.officers.any(User.id == user.id))
