"""Reminding: which mails are promised on a day, written once for ever in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ita_flow.database import insert_missing
from ita_flow.domain.reminders import DEFAULT_RULES, Outcome
from ita_flow.mail import outbox
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import Agency, User
from ita_flow.models.reminders import Reminder, ReminderRule
from ita_flow.queries import reminders as queries
from ita_flow.queries.due_reminders import DueReminder
from ita_flow.workflow import audit


@dataclass(frozen=True)
class Promised:
    """What a run added to the outbox."""

    messages: int = 0
    """Mails that are new or say more than before."""

    reminders: int = 0
    """Lines in these mails, for each recipient."""

    def __add__(self, later: Promised) -> Promised:
        return Promised(self.messages + later.messages, self.reminders + later.reminders)


def establish_default_rules(agency: Agency) -> None:
    """The rules of a new agency; those it has already stay as they are."""
    rows = [{"agency_id": agency.id, "trigger": rule.trigger, "days": rule.days} for rule in DEFAULT_RULES]
    insert_missing(ReminderRule, rows)


def plan_reminders(agency: Agency, today: date, at: datetime, now: datetime, via: str = audit.SYSTEM) -> Promised:
    """Promise to each person one mail with all that is due and not yet in the ledger.

    ``at`` is the office's moment for the record, ``now`` the true one from which the outbox counts. On a free day
    nothing is promised: notices wait for the next working day. Who already got the mail of the day waits for the
    next one too. The ledger's unique key decides when two run at once.
    """
    promised: dict[int, int] = {}
    for person, reminders in queries.due_on(agency, today).items():
        message = _message_for(person, reminders, today, now)
        if message or not _speaks(reminders):
            spoken = _record(agency, reminders, message, at)
            if message and spoken:
                promised[message.id] = spoken
    if promised:
        _note(agency, today, promised, at, via)
    return Promised(len(promised), sum(promised.values()))


def _message_for(person: User, reminders: Sequence[DueReminder], today: date, now: datetime) -> OutboxMessage | None:
    """The person's mail of the day while more may be written in it."""
    if not _speaks(reminders):
        return None
    message = outbox.enqueue(MessageKind.REMINDER, f"reminder:{person.id}:{today}", person, today, now)
    if message:
        outbox.gather(message)
    return message


def _speaks(reminders: Sequence[DueReminder]) -> bool:
    return any(reminder.is_spoken for reminder in reminders)


def _record(agency: Agency, reminders: Sequence[DueReminder], message: OutboxMessage | None, at: datetime) -> int:
    """Write the lines into the ledger; returns how many of them speak and were not there yet."""
    rows = [{"agency_id": agency.id, "at": at, **_row(reminder, message)} for reminder in reminders]
    return sum(row.outcome is Outcome.QUEUED for row in insert_missing(Reminder, rows))


def _row(reminder: DueReminder, message: OutboxMessage | None) -> dict[str, object]:
    return {
        "rule_id": reminder.rule.id,
        "task_id": reminder.task.id if reminder.task else None,
        "window_id": reminder.window.id if reminder.window else None,
        "recipient_id": reminder.recipient.id,
        "capacity": reminder.capacity,
        "due_version": reminder.due_version,
        "occasion": reminder.occasion.on,
        "planned_for": reminder.planned_for,
        "outcome": reminder.outcome,
        "why_not": reminder.why_not,
        "message_id": message.id if message and reminder.is_spoken else None,
    }


def _note(agency: Agency, today: date, promised: Mapping[int, int], at: datetime, via: str) -> None:
    after: audit.Values = {"on": today.isoformat(), "messages": sorted(promised), "reminders": sum(promised.values())}
    audit.record("reminders.queued", agency.id, f"agency:{agency.id}", at=at, actor=None, via=via, after=after)
