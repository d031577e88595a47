"""What has to be known before somebody asks for a later due date."""

from __future__ import annotations

import sqlalchemy as sa

from ita_flow.domain.states import IN_FORCE
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force


def plan_worked_on(task: Task) -> Plan | None:
    """The plan of the task as it stands now, while people work on it; None for one that is a draft, closed or old."""
    chosen = (
        sa.select(Plan)
        .join(Measure, Measure.plan_id == Plan.id)
        .where(Measure.id == task.measure_id, Plan.state.in_(IN_FORCE), is_in_force())
    )
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one_or_none()
