"""What happened to tasks after a page was read: the events of the record that came later."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.drafts import may_see_draft
from ita_flow.queries.task_details import DRAFT_SAVED, HistoryEntry, history_entry, people_named_in

MOST_TOLD = 50
MOST_READ = 1000
"""Events that are looked at, the newest; after more than these, a page is told when its form is sent."""

FOLLOWS = ("task.counted", "task.extended")
"""What only follows from another event, which is told."""

CHASED = "task.chased"
"""Somebody asked after the task: it stands as it stood, and only who would ask too needs to know."""


@dataclass(frozen=True)
class Change:
    """Something that was done to a task or to one of its reports."""

    task: Task
    deed: HistoryEntry


@dataclass(frozen=True)
class _Event:
    task_id: int
    report_number: int | None
    body: Mapping[str, Any]


def changes_since(
    user: User, task_ids: Collection[int], recorded: int, today: date, *, with_chases: bool = False
) -> Sequence[Change]:
    """What was done after that number of the record, the oldest first. One query where nothing was done."""
    left_out = FOLLOWS if with_chases else (*FOLLOWS, CHASED)
    events = [one for one in _events_since(user, task_ids, recorded) if one.body["action"] not in left_out]
    if not events:
        return []
    tasks = _tasks_of(user, {event.task_id for event in events})
    told = [event for event in events if event.task_id in tasks and _may_hear(event, tasks[event.task_id], user, today)]
    newest = told[-MOST_TOLD:]
    people = people_named_in([event.body for event in newest])
    return [Change(tasks[one.task_id], history_entry(one.body, people, one.report_number)) for one in newest]


def _events_since(user: User, task_ids: Collection[int], recorded: int) -> Sequence[_Event]:
    recent = _newest_since(user, recorded)
    of_a_report = sa.literal("progress_report:") + sa.cast(ProgressReport.id, sa.String)
    is_one_of_theirs = sa.and_(ProgressReport.task_id.in_(task_ids), recent.c.subject == of_a_report)
    subjects = [f"task:{task_id}" for task_id in task_ids]
    chosen = (
        sa.select(recent.c.subject, recent.c.body, ProgressReport.task_id, ProgressReport.number)
        .outerjoin_from(recent, ProgressReport, is_one_of_theirs)
        .where(sa.or_(recent.c.subject.in_(subjects), ProgressReport.id.is_not(None)))
        .order_by(recent.c.seq)
    )
    return [
        _Event(task_id or int(subject.removeprefix("task:")), number, json.loads(body))
        for subject, body, task_id, number in db.session.execute(chosen)
    ]


def _newest_since(user: User, recorded: int) -> sa.Subquery:
    events = sa.select(AuditEvent.seq, AuditEvent.subject, AuditEvent.body)
    chosen = events.where(AuditEvent.agency_id == user.agency_id, AuditEvent.seq > recorded)
    return chosen.order_by(AuditEvent.seq.desc()).limit(MOST_READ).subquery()


def _tasks_of(user: User, ids: Collection[int]) -> Mapping[int, Task]:
    chosen = sa.select(Task).where(Task.agency_id == user.agency_id, Task.id.in_(ids))
    tasks = db.session.scalars(chosen.options(joinedload(Task.measure), joinedload(Task.officers)))
    return {task.id: task for task in tasks.unique()}


def _may_hear(event: _Event, task: Task, user: User, today: date) -> bool:
    """A draft is for the section that writes it."""
    return event.body["action"] != DRAFT_SAVED or may_see_draft(task, user, today)
