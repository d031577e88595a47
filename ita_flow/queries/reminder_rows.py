"""The rows of the ledger of reminders: what was promised to one person for one day, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.reminder_ledger import Hindrance, LedgerState
from ita_flow.domain.reminders import Capacity, Occasion, Outcome, Rule, Section, Trigger, WhyNot
from ita_flow.extensions import db
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.chases import Chase
from ita_flow.models.outbox import Failure, MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Agency, User
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.due_reminders import DueReminder, ExpectedMail

LONGEST_WAY = timedelta(days=15)
"""Within which a mail that had to wait was gathered into another, or given up."""

STATES = {MessageState.SENT: LedgerState.SENT, MessageState.DEAD: LedgerState.FAILED}
TRIGGERS = {
    ChaseReason.OVERDUE: Trigger.OVERDUE,
    ChaseReason.SLOW_DECISION: Trigger.SLOW_DECISION,
    ChaseReason.DUE_SOON: Trigger.BEFORE_DUE,
    ChaseReason.SILENT: Trigger.OVERDUE,
}
"""The rule to which each reason of asking by hand comes nearest."""

HINDRANCES = {
    Failure.REFUSED: Hindrance.REFUSED,
    Failure.TRY_LATER: Hindrance.TRY_LATER,
    Failure.UNREACHABLE: Hindrance.UNREACHABLE,
}


@dataclass(frozen=True)
class LedgerLine:
    """One thing that a mail says, said or would have said."""

    capacity: Capacity
    occasion: Occasion
    planned_for: date
    task: Task | None
    window: AssessmentWindow | None
    why_not: WhyNot | None = None
    asked_by: str = ""
    """Who asked by hand, by name, where no rule speaks; the occasion is then the day on which they did."""

    @property
    def section(self) -> Section:
        return Section.CHASE if self.asked_by else self.occasion.rule.section

    @property
    def about(self) -> str:
        """The title of the measure, where it speaks of one."""
        return self.task.measure.title if self.task else ""


@dataclass(frozen=True)
class LedgerRow:
    """A scheduled mail to one person on one day."""

    send_on: date
    recipient: User
    state: LedgerState
    lines: Sequence[LedgerLine]
    message: OutboxMessage | None = None
    """What was promised, or went out; its texts are not loaded."""

    gathered_on: date | None = None
    """The day of the mail that says it all in its place."""

    @property
    def address(self) -> str:
        """Where it went, or where it would go."""
        return (self.message and self.message.sent_to) or self.recipient.email

    @property
    def sent_at(self) -> datetime | None:
        return self.message.sent_at if self.message else None

    @property
    def hindrance(self) -> Hindrance | None:
        message = self.message
        if message is None or message.state is MessageState.SENT:
            return None
        if message.state is MessageState.DROPPED:
            return Hindrance.GATHERED if self.gathered_on else Hindrance.NOTHING_TRUE
        if message.state is MessageState.DEAD and message.failure is not Failure.REFUSED:
            return Hindrance.GIVEN_UP
        return HINDRANCES[message.failure] if message.failure else None

    @property
    def server_said(self) -> str:
        """The words of the server that did not take it."""
        is_told = self.hindrance not in (None, Hindrance.GATHERED, Hindrance.NOTHING_TRUE)
        return (self.message and is_told and self.message.last_error) or ""

    @property
    def sections(self) -> Mapping[Section, Sequence[str]]:
        """Its parts, each with the measures that it names."""
        told: dict[Section, list[str]] = {}
        for line in self.lines:
            told.setdefault(line.section, []).extend([line.about] if line.about else [])
        return {section: list(dict.fromkeys(titles)) for section, titles in told.items()}

    def is_about(self, task_id: int) -> bool:
        return any(line.task is not None and line.task.id == task_id for line in self.lines)


def recorded(agency: Agency, first_day: date, last_day: date, of: int | None = None) -> list[LedgerRow]:
    """What stands in the ledger of these days, of all or of one person; mails in the order they were promised."""
    messages = _messages(agency.id, first_day, last_day + LONGEST_WAY, of)
    told: dict[int, list[Reminder]] = defaultdict(list)
    untold: dict[tuple[date, User, Outcome], list[Reminder]] = defaultdict(list)
    for reminder in _reminders(agency.id, first_day, last_day, of):
        if reminder.message_id is not None:
            told[reminder.message_id].append(reminder)
        else:
            untold[reminder.planned_for, reminder.recipient, reminder.outcome].append(reminder)
    rows = [row for message in messages.values() for row in _rows_of(message, told, messages)]
    rows += _asked_by_hand(agency.id, first_day, last_day, of)
    return [row for row in rows if row.send_on <= last_day] + [
        LedgerRow(day, recipient, LedgerState(outcome.value), _lines(reminders))
        for (day, recipient, outcome), reminders in untold.items()
    ]


def expected_row(mail: ExpectedMail) -> LedgerRow:
    """A mail that will go out if nothing changes until then."""
    return LedgerRow(mail.send_on, mail.recipient, LedgerState.PLANNED, [_expected(one) for one in mail.reminders])


def _rows_of(
    message: OutboxMessage, told: Mapping[int, Sequence[Reminder]], messages: Mapping[int, OutboxMessage]
) -> Iterator[LedgerRow]:
    """The row of a message; its lines stand with the one into which it was gathered. None where it says nothing."""
    lines, gathered_on = told.get(message.id, ()), None
    if message.state is MessageState.DROPPED and not lines:
        last = _followed(message, messages)
        lines = [one for one in told.get(last.id, ()) if one.planned_for <= message.speaks_on]
        gathered_on = last.speaks_on if last is not message else None
    is_dropped = message.state is MessageState.DROPPED
    state = STATES.get(message.state, LedgerState.SUPPRESSED if is_dropped else LedgerState.PLANNED)
    if lines or gathered_on:
        yield LedgerRow(message.speaks_on, message.recipient, state, _lines(lines), message, gathered_on)


def _asked_by_hand(agency_id: int, first_day: date, last_day: date, of: int | None) -> list[LedgerRow]:
    """What coordinators asked in these days: a row for each mail."""
    chosen = (
        sa.select(Chase)
        .where(Chase.agency_id == agency_id, Chase.asked_on.between(first_day, last_day))
        .where(Chase.recipient_id == of if of else sa.true())
        .options(
            joinedload(Chase.task).joinedload(Task.measure),
            joinedload(Chase.recipient),
            joinedload(Chase.asked_by),
            joinedload(Chase.message),
        )
        .order_by(Chase.message_id, Chase.id)
    )
    by_message = groupby(db.session.scalars(chosen).all(), key=lambda chase: chase.message)
    return [_asked_row(message, list(chases)) for message, chases in by_message]


def _asked_row(message: OutboxMessage, chases: Sequence[Chase]) -> LedgerRow:
    is_dropped = message.state is MessageState.DROPPED
    state = STATES.get(message.state, LedgerState.SUPPRESSED if is_dropped else LedgerState.PLANNED)
    lines = [
        LedgerLine(
            one.capacity,
            Occasion(Rule(TRIGGERS[one.reason]), one.asked_on),
            one.asked_on,
            one.task,
            None,
            asked_by=one.asked_by.name,
        )
        for one in chases
    ]
    return LedgerRow(message.speaks_on, message.recipient, state, lines, message)


def _followed(message: OutboxMessage, messages: Mapping[int, OutboxMessage]) -> OutboxMessage:
    """The message that says what this one had to say."""
    while later := messages.get(message.gathered_into or 0):
        message = later
    return message


def _messages(agency_id: int, first_day: date, last_day: date, of: int | None) -> dict[int, OutboxMessage]:
    """The scheduled mails of these days by id, in order."""
    texts = [defer(column, raiseload=True) for column in (OutboxMessage.text, OutboxMessage.html)]
    chosen = (
        sa.select(OutboxMessage)
        .where(*is_scheduled(agency_id), OutboxMessage.speaks_on.between(first_day, last_day))
        .where(OutboxMessage.recipient_id == of if of else sa.true())
        .options(joinedload(OutboxMessage.recipient), *texts)
        .order_by(OutboxMessage.speaks_on, OutboxMessage.id)
    )
    return {message.id: message for message in db.session.scalars(chosen)}


def _reminders(agency_id: int, first_day: date, last_day: date, of: int | None) -> Sequence[Reminder]:
    chosen = (
        sa.select(Reminder)
        .outerjoin(Reminder.message)
        .where(
            Reminder.agency_id == agency_id,
            sa.or_(
                OutboxMessage.speaks_on.between(first_day, last_day + LONGEST_WAY),
                sa.and_(Reminder.message_id.is_(None), Reminder.planned_for.between(first_day, last_day)),
            ),
        )
        .where(Reminder.recipient_id == of if of else sa.true())
        .options(
            joinedload(Reminder.rule),
            joinedload(Reminder.task).joinedload(Task.measure),
            joinedload(Reminder.window),
            joinedload(Reminder.recipient),
        )
        .order_by(Reminder.planned_for, Reminder.id)
    )
    return db.session.scalars(chosen).all()


def is_scheduled(agency_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition that a message is a scheduled mail of the agency."""
    return OutboxMessage.agency_id == agency_id, OutboxMessage.kind == MessageKind.REMINDER


def _lines(reminders: Iterable[Reminder]) -> Sequence[LedgerLine]:
    return [
        LedgerLine(one.capacity, one.spoken, one.planned_for, one.task, one.window, one.why_not) for one in reminders
    ]


def _expected(reminder: DueReminder) -> LedgerLine:
    return LedgerLine(
        reminder.capacity, reminder.occasion, reminder.planned_for, reminder.task, reminder.window, reminder.why_not
    )
