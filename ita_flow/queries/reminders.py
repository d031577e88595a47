"""Whom to remind of what: tasks that wait for their officers, the ledger, and the mails that will go out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager

from ita_flow.domain.calendar import is_working_day
from ita_flow.domain.reminders import Outcome, Rule, choose, planned_for
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.free_days import free_days_around
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Agency, Membership, User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder, ReminderRule
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.seats import held_on

CLOSED = (WorkStatus.DONE, WorkStatus.CANCELLED)

Ledger = dict[tuple[int, int, int], set[Rule]]
"""The rules recorded for a task, a recipient and a version of the due date."""


@dataclass(frozen=True)
class Assignment:
    """A task that waits for a report of this officer."""

    task: Task
    officer: User

    @property
    def ledger_key(self) -> tuple[int, int, int]:
        return self.task.id, self.officer.id, self.task.due_version


@dataclass(frozen=True)
class DueReminder:
    """A rule whose day has come for an assignment, and what becomes of it."""

    assignment: Assignment
    rule: ReminderRule
    planned_for: date
    outcome: Outcome

    @property
    def task(self) -> Task:
        return self.assignment.task

    @property
    def officer(self) -> User:
        return self.assignment.officer


@dataclass(frozen=True)
class ExpectedMail:
    """A mail that will go out if nothing changes until then."""

    send_on: date
    recipient: User
    reminders: tuple[DueReminder, ...]


def rules_of(agency: Agency) -> Sequence[ReminderRule]:
    chosen = sa.select(ReminderRule).where(ReminderRule.agency_id == agency.id).order_by(ReminderRule.id)
    return db.session.scalars(chosen).all()


def assignments_on(agency: Agency, today: date) -> list[Assignment]:
    """Every task of the agency that waits for a report, with each of its officers who is in office that day."""
    chosen = (
        sa.select(Task, User)
        .join(Task.measure)
        .join(Measure.plan)
        .join(task_officers, task_officers.c.task_id == Task.id)
        .join(User, User.id == task_officers.c.user_id)
        .where(Task.agency_id == agency.id, *waits_for_a_report(), is_in_office(today))
        .options(contains_eager(Task.measure))
        .order_by(User.id, Task.due_on, Task.id)
    )
    return [Assignment(task, officer) for task, officer in db.session.execute(chosen)]


def ledger_of(agency: Agency) -> Ledger:
    """What was recorded for the open tasks of the agency and their present due dates."""
    chosen = (
        sa.select(Reminder.task_id, Reminder.recipient_id, Reminder.due_version, ReminderRule)
        .join(Reminder.rule)
        .join(Reminder.task)
        .where(Reminder.agency_id == agency.id, Task.work_status.not_in(CLOSED))
        .where(Reminder.due_version == Task.due_version)
    )
    ledger: Ledger = defaultdict(set)
    for task_id, recipient_id, due_version, rule in db.session.execute(chosen):
        ledger[task_id, recipient_id, due_version].add(rule.rule)
    return ledger


def due_on(agency: Agency, today: date) -> dict[User, list[DueReminder]]:
    """The reminders of the agency whose day has come and that are not in the ledger, by officer."""
    return _due_by_officer(assignments_on(agency, today), rules_of(agency), ledger_of(agency), today)


def _due_by_officer(
    assignments: Iterable[Assignment], rules: Sequence[ReminderRule], ledger: Ledger, today: date
) -> dict[User, list[DueReminder]]:
    """Nothing on a free day: it waits for the next working day."""
    due: dict[User, list[DueReminder]] = defaultdict(list)
    if is_working_day(today, free_days_around(today)):
        for assignment in assignments:
            found = list(_due(assignment, rules, ledger.get(assignment.ledger_key, set()), today))
            if found:
                due[assignment.officer] += found
    return due


def _due(
    assignment: Assignment, rules: Sequence[ReminderRule], recorded: Collection[Rule], today: date
) -> Iterator[DueReminder]:
    due_on = assignment.task.due_on
    holidays = free_days_around(due_on)
    rows = {row.rule: row for row in rules}
    choice = choose(rows, recorded, due_on, today, holidays)
    if choice.spoken:
        day = planned_for(choice.spoken, due_on, holidays)
        yield DueReminder(assignment, rows[choice.spoken], day, Outcome.QUEUED)
    for rule in choice.superseded:
        yield DueReminder(assignment, rows[rule], planned_for(rule, due_on, holidays), Outcome.SUPERSEDED)


def expected_mails(agency: Agency, first_day: date, last_day: date) -> list[ExpectedMail]:
    """The mails of these days if nobody reports, moves or changes anything meanwhile. Writes nothing."""
    rules = rules_of(agency)
    ledger = ledger_of(agency)
    expected = []
    for number in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=number)
        served = _served_on(agency, day)
        for officer, due in _due_by_officer(assignments_on(agency, day), rules, ledger, day).items():
            if officer.id not in served:
                expected += _mail_of(officer, due, day)
                _note_in(ledger, due)
    return expected


def _mail_of(officer: User, due: Iterable[DueReminder], day: date) -> list[ExpectedMail]:
    spoken = tuple(reminder for reminder in due if reminder.outcome is Outcome.QUEUED)
    return [ExpectedMail(day, officer, spoken)] if spoken else []


def _note_in(ledger: Ledger, due: Iterable[DueReminder]) -> None:
    for reminder in due:
        ledger.setdefault(reminder.assignment.ledger_key, set()).add(reminder.rule.rule)


def _served_on(agency: Agency, day: date) -> set[int]:
    """The people whose mail of that day has left the outbox, so that more waits for the next day."""
    chosen = sa.select(OutboxMessage.recipient_id).where(
        OutboxMessage.agency_id == agency.id,
        OutboxMessage.kind == MessageKind.REMINDER,
        OutboxMessage.speaks_on == day,
        OutboxMessage.state != MessageState.PENDING,
    )
    return set(db.session.scalars(chosen))


def waits_for_a_report() -> tuple[sa.ColumnElement[bool], ...]:
    """Not done, not cancelled, of a plan in force, and nothing submitted: who has submitted is not reminded."""
    report = aliased(ProgressReport)
    is_submitted = sa.exists().where(report.task_id == Task.id, report.state == ReportState.SUBMITTED)
    return Task.work_status.not_in(CLOSED), ~is_submitted, is_in_force()


def is_in_office(today: date) -> sa.ColumnElement[bool]:
    """Whether the person may sign in and holds a post that day."""
    return sa.and_(User.is_active, sa.exists().where(Membership.user_id == User.id, held_on(today)))
