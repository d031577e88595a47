"""On which tasks work has begun."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from ita_flow.domain.begun import Trace
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task


def traces_of(plan: Plan) -> Mapping[int, Trace]:
    """What speaks of each task of the plan, by the ids of the tasks; one statement."""
    return _traces(Measure.plan_id == plan.id)


def traces_on(measure: Measure) -> Mapping[int, Trace]:
    """The same for the tasks of a measure."""
    return _traces(Measure.id == measure.id)


def begun_measures(plan: Plan) -> frozenset[int]:
    """The measures of the plan on whose tasks somebody has written a report, a draft of one included."""
    chosen = sa.select(Measure.id).join(Task, Task.measure_id == Measure.id).where(Measure.plan_id == plan.id)
    reported = sa.exists().where(ProgressReport.task_id == Task.id)
    return frozenset(db.session.scalars(chosen.where(reported).distinct()))


def _traces(condition: sa.ColumnElement[bool]) -> dict[int, Trace]:
    reported = sa.exists().where(ProgressReport.task_id == Task.id)
    reminded = sa.or_(sa.exists().where(Reminder.task_id == Task.id), _was_told())
    chosen = sa.select(Task.id, reported, reminded).join(Measure, Measure.id == Task.measure_id).where(condition)
    return {task_id: _trace(*spoken) for task_id, *spoken in db.session.execute(chosen)}


def _was_told() -> sa.ColumnElement[bool]:
    """Whether a mail about something that happened to the task may have arrived; what waits can still be forgotten."""
    has_left = OutboxMessage.state.in_((MessageState.LEASED, MessageState.SENT))
    broke_off = sa.and_(OutboxMessage.attempts > 0, OutboxMessage.failure == Failure.UNREACHABLE)
    may_have_left = sa.or_(has_left, sa.and_(broke_off, OutboxMessage.state != MessageState.DROPPED))
    is_told = sa.and_(Notice.message_id == OutboxMessage.id, Notice.task_id == Task.id)
    return sa.exists().where(is_told, may_have_left).correlate(Task)


def _trace(is_reported: bool, is_reminded: bool) -> Trace:
    if is_reported:
        return Trace.REPORTED
    return Trace.REMINDED if is_reminded else Trace.NONE
