"""The ledger of reminders knows each once for ever; the outbox never says what did not happen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ita_flow.domain.reminders import Capacity, Outcome, Trigger
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.reminders import Reminder, ReminderRule
from tests.factories import NOW, TODAY, Cast, reminder_rules
from tests.models.refusing import SOMEBODY_ELSES, TWICE, refused


@pytest.fixture
def rule(cast: Cast) -> ReminderRule:
    return reminder_rules(cast.agency)[0]


@pytest.fixture
def message(cast: Cast) -> OutboxMessage:
    message = a_message(cast)
    db.session.add(message)
    db.session.commit()
    return message


def a_message(cast: Cast, key: str = "reminder:1", message_id: str = "<1@example.go.th>") -> OutboxMessage:
    return OutboxMessage(
        agency_id=cast.agency.id,
        key=key,
        kind=MessageKind.REMINDER,
        recipient_id=cast.officer.id,
        speaks_on=TODAY,
        message_id=message_id,
        next_attempt_at=NOW,
        created_at=NOW,
    )


def a_reminder(cast: Cast, rule: ReminderRule, outcome: Outcome = Outcome.SUPERSEDED) -> Reminder:
    return Reminder(
        agency_id=cast.agency.id,
        rule_id=rule.id,
        task_id=cast.task.id,
        recipient_id=cast.officer.id,
        capacity=Capacity.OFFICER,
        due_version=1,
        occasion=TODAY,
        planned_for=TODAY,
        outcome=outcome,
        at=NOW,
    )


def test_a_reminder_stands_in_the_ledger_once(cast: Cast, rule: ReminderRule) -> None:
    db.session.add(a_reminder(cast, rule))
    db.session.commit()

    with refused(TWICE):
        db.session.add(a_reminder(cast, rule))


def test_a_moved_due_date_reminds_anew(cast: Cast, rule: ReminderRule) -> None:
    again = a_reminder(cast, rule)
    again.due_version = 2

    db.session.add_all([a_reminder(cast, rule), again])
    db.session.commit()

    assert again.id


def test_a_queued_reminder_has_its_message(cast: Cast, rule: ReminderRule) -> None:
    with refused("queued_has_a_message"):
        db.session.add(a_reminder(cast, rule, Outcome.QUEUED))


def test_a_reminder_speaks_of_a_task_of_its_agency(cast: Cast, rule: ReminderRule) -> None:
    reminder = a_reminder(cast, rule)
    reminder.task_id = cast.strange_task.id

    with refused(SOMEBODY_ELSES):
        db.session.add(reminder)


@pytest.mark.parametrize(
    ("trigger", "days", "why"),
    [
        (Trigger.BEFORE_DUE, -1, "days_count_forward"),
        (Trigger.OVERDUE, 0, "overdue_starts_the_day_after"),
        (Trigger.BEFORE_DUE, 14, TWICE),
    ],
)
def test_a_rule_makes_sense_and_stands_once(rule: ReminderRule, trigger: Trigger, days: int, why: str) -> None:
    with refused(why):
        db.session.add(ReminderRule(agency_id=rule.agency_id, trigger=trigger, days=days))


@pytest.mark.parametrize(
    ("key", "message_id"), [("reminder:1", "<2@example.go.th>"), ("reminder:2", "<1@example.go.th>")]
)
@pytest.mark.usefixtures("message")
def test_a_mail_is_promised_once(cast: Cast, key: str, message_id: str) -> None:
    with refused(TWICE):
        db.session.add(a_message(cast, key, message_id))


def be_leased(message: OutboxMessage) -> None:
    message.state = MessageState.LEASED


def be_sent(message: OutboxMessage) -> None:
    message.state, message.text = MessageState.SENT, "ข้อความ"


def be_sent_without_text(message: OutboxMessage) -> None:
    message.state, message.sent_at = MessageState.SENT, NOW


def be_sent_while_waiting(message: OutboxMessage) -> None:
    message.sent_at = NOW


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (be_leased, "leased_has_a_token"),
        (be_sent, "sent_has_a_moment"),
        (be_sent_without_text, "sent_keeps_its_text"),
        (be_sent_while_waiting, "sent_has_a_moment"),
    ],
)
def test_the_outbox_says_only_what_happened(
    message: OutboxMessage, change: Callable[[OutboxMessage], None], why: str
) -> None:
    with refused(why):
        change(message)
