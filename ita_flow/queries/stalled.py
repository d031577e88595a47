"""What does not move: open tasks of which nothing was heard for long, and decisions that take longer than they may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.chasing import SILENT_AFTER
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.reminders import Rule, Trigger, slow_occasion
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.free_days import FreeDays
from ita_flow.models.notices import Notice
from ita_flow.models.people import Agency
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.standings import TaskStanding

AT_ONCE = Rule(Trigger.SLOW_DECISION, 0)
"""A decision is slow from the first day after those that its seat is allowed."""


def silent_since(rows: Iterable[TaskStanding], today: date) -> Mapping[int, date]:
    """By its id, each open task of which nothing was heard for 30 days, with the day on which something last was.

    Heard of is what was submitted or decided, the giving out to an officer, and the approval of the plan. At most one
    statement.
    """
    reported = {row.task_id: bangkok_day(row.updated_at) if row.updated_at else date.min for row in rows if row.is_open}
    begun = _begun_on([task_id for task_id, day in reported.items() if today - day >= SILENT_AFTER])
    last = {task_id: max(day, reported[task_id]) for task_id, day in begun.items()}
    return {task_id: day for task_id, day in last.items() if today - day >= SILENT_AFTER}


def _begun_on(task_ids: Collection[int]) -> Mapping[int, date]:
    """When the first version that had the task was approved, or it was last given out where that was later."""
    if not task_ids:
        return {}
    given_out = sa.select(sa.func.max(Notice.at)).where(Notice.task_id == Task.id, Notice.kind == NoticeKind.ASSIGNED)
    chosen = (
        sa.select(Task.id, sa.func.coalesce(_first_approved(), Plan.approved_at), given_out.scalar_subquery())
        .join(Task.measure)
        .join(Measure.plan)
        .where(Task.id.in_(task_ids))
    )
    found = db.session.execute(chosen)
    return {task_id: max(bangkok_day(at) for at in moments if at) for task_id, *moments in found if any(moments)}


def _first_approved() -> sa.ScalarSelect[datetime | None]:
    """When the first of the versions before came into force that had the task; nothing where there is none."""
    before, of_measure, version = aliased(Task), aliased(Measure), aliased(Plan)
    chosen = (
        sa.select(sa.func.min(version.approved_at))
        .join(of_measure, of_measure.plan_id == version.id)
        .join(before, before.measure_id == of_measure.id)
        .where(before.continues_id == Task.id)
    )
    return chosen.correlate(Task).scalar_subquery()


def slow_since(agency: Agency, rows: Iterable[TaskStanding], today: date) -> Mapping[int, date]:
    """By its id, each task whose seat has had the report longer than it is allowed, with the day on which it got it.

    At most one statement, and one for the agency's free days where they are not known yet.
    """
    waiting = _waiting_on([row.task_id for row in rows if row.is_submitted])
    free_days = free_days_of(agency)
    since = {task_id: waits_too_long_since(version, free_days, today) for task_id, version in waiting.items()}
    return {task_id: day for task_id, day in since.items() if day}


def waits_too_long_since(version: ReportVersion, free_days: FreeDays, today: date) -> date | None:
    """The day on which the seat got what was submitted; None while it may still have it, or where none decides."""
    since, turn = bangkok_day(version.waiting_since), version.seat_to_decide
    if turn is None or slow_occasion(AT_ONCE, since, turn.days_allowed, free_days).on > today:
        return None
    return since


def _waiting_on(task_ids: Collection[int]) -> Mapping[int, ReportVersion]:
    """By task: what was last submitted, with its decisions."""
    if not task_ids:
        return {}
    # A version has few decisions, so one wide statement is cheaper than two.
    chosen = (
        sa.select(ProgressReport.task_id, ReportVersion)
        .join(ReportVersion.report)
        .where(ProgressReport.task_id.in_(task_ids), ProgressReport.state == ReportState.SUBMITTED)
        .where(ReportVersion.version == ProgressReport.version)
        .options(joinedload(ReportVersion.decisions))
    )
    return {row[0]: row[1] for row in db.session.execute(chosen).unique()}
