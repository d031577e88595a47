"""What a promised mail may still say when its turn comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from ita_flow.domain.permissions import Role
from ita_flow.domain.reminders import Rule
from ita_flow.domain.states import ReportState, TaskState, task_state
from ita_flow.extensions import db
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import Agency, Membership, User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.record import deeds_on
from ita_flow.queries.reminders import is_in_office, waits_for_a_report
from ita_flow.queries.seats import held_on

INVITED = "person.invited"
"""The deed by which somebody invites a person."""


@dataclass(frozen=True)
class Line:
    """What a mail says about one task: why it is mentioned, and what was last known of it."""

    task: Task
    rule: Rule
    planned_for: date
    report_state: ReportState | None

    @property
    def state(self) -> TaskState:
        return task_state(self.task.work_status, self.report_state)


def lines_of(message: OutboxMessage, today: date) -> list[Line]:
    """What is still true of a mail, a task once: nothing done, reported, re-dated or given to others meanwhile."""
    chosen = (
        sa.select(Reminder, ProgressReport.state)
        .join(Reminder.task)
        .join(Task.measure)
        .join(Measure.plan)
        .join(
            task_officers, sa.and_(task_officers.c.task_id == Task.id, task_officers.c.user_id == Reminder.recipient_id)
        )
        .join(User, User.id == Reminder.recipient_id)
        .outerjoin(ProgressReport, _is_under_way())
        .where(Reminder.message_id == message.id, Reminder.due_version == Task.due_version)
        .where(*waits_for_a_report(), is_in_office(today))
        .options(
            joinedload(Reminder.rule),
            contains_eager(Reminder.task).contains_eager(Task.measure),
            contains_eager(Reminder.task).selectinload(Task.steps),
        )
    )
    lines = [
        Line(reminder.task, reminder.rule.rule, reminder.planned_for, state)
        for reminder, state in db.session.execute(chosen)
    ]
    return sorted(_most_urgent_by_task(lines), key=lambda line: (line.task.due_on, line.task.measure.number))


def _most_urgent_by_task(lines: Iterable[Line]) -> Iterable[Line]:
    """Lines gathered from messages that had to wait may speak of a task twice: the last word counts."""
    by_urgency = sorted(lines, key=lambda line: line.rule.offset)
    return {line.task.id: line for line in by_urgency}.values()


def message_with_recipient(message_id: int) -> OutboxMessage:
    chosen = sa.select(OutboxMessage).where(OutboxMessage.id == message_id)
    return db.session.scalars(chosen.options(joinedload(OutboxMessage.recipient).joinedload(User.agency))).one()


def coordinator_of(agency: Agency, today: date) -> User | None:
    """Whom the people of the agency may ask that day."""
    chosen = (
        sa.select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(User.agency_id == agency.id, User.is_active, Membership.role == Role.COORDINATOR, held_on(today))
        .order_by(Membership.id)
        .limit(1)
    )
    return db.session.scalars(chosen).one_or_none()


def is_still_invited(person: User) -> bool:
    """Whether an invitation still has a purpose: nobody is asked twice to set a password."""
    return person.is_active and person.password_hash is None


def inviter_of(person: User) -> User | None:
    """Who invited the person last, as the record tells; None for the command line, or when nobody did."""
    deeds = deeds_on(person.agency_id, f"user:{person.id}")
    invited_by = next((deed["actor"] for deed in deeds if deed["action"] == INVITED), "")
    kind, _, number = invited_by.partition(":")
    return db.session.get(User, int(number)) if kind == "user" else None


def _is_under_way() -> sa.ColumnElement[bool]:
    return sa.and_(ProgressReport.task_id == Task.id, ProgressReport.state != ReportState.APPROVED)
