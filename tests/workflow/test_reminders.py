"""Promising reminders: one mail a person a day, every line once for ever."""

from __future__ import annotations

import json
from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.reminders import DEFAULT_RULES, Outcome
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.people import Agency
from ita_flow.models.reminders import Reminder
from ita_flow.queries.reminder_rules import rules_of
from ita_flow.workflow.audit import COMMAND_LINE, broken_chains
from ita_flow.workflow.reminders import Promised, establish_default_rules, plan_reminders
from tests.factories import Cast, a_plan, a_report, a_task, reminder_rules

FRIDAY = date(2024, 3, 15)
SATURDAY = date(2024, 3, 16)
NEXT_MONDAY = date(2024, 3, 18)
NEXT_FRIDAY = date(2024, 3, 22)
LAST_FRIDAY = date(2024, 3, 29)
HALF_YEAR = date(2024, 3, 31)
NOTHING = Promised()


@pytest.fixture
def office(cast: Cast) -> Cast:
    """The cast, with the rules that every agency begins with."""
    reminder_rules(cast.agency)
    return cast


def run(agency: Agency, today: date) -> Promised:
    """What a run on that morning promises, committed."""
    morning = bangkok_moment(today, 8, 30)
    with transaction():
        return plan_reminders(agency, today, at=morning, now=morning)


def messages() -> list[OutboxMessage]:
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))


def ledger() -> set[tuple[int, Outcome]]:
    """Each recorded rule by its offset from the due date, and what became of it."""
    lines = db.session.scalars(sa.select(Reminder))
    return {((line.occasion - HALF_YEAR).days, line.outcome) for line in lines}


def sent(message: OutboxMessage) -> None:
    """As the sender leaves it."""
    message.state, message.sent_at, message.text = MessageState.SENT, bangkok_moment(message.speaks_on, 9), "…"
    db.session.commit()


def test_the_five_first_half_tasks_are_due_on_the_friday_before_the_fourteenth_day(office: Cast) -> None:
    plan = a_plan(office.agency, version=2)
    for measure in plan.measures:
        a_task(measure, section=office.section, officers=[office.colleague])

    promised = run(office.agency, FRIDAY)

    assert promised == Promised(messages=1, reminders=5)
    assert {line.task.due_on for line in messages()[0].reminders if line.task} == {HALF_YEAR}


def test_each_officer_of_a_task_gets_a_mail_of_their_own(office: Cast) -> None:
    office.task.officers = [office.officer, office.colleague]
    db.session.commit()

    run(office.agency, FRIDAY)

    assert {message.recipient for message in messages()} == {office.officer, office.colleague}


def test_a_second_run_promises_nothing_more(office: Cast) -> None:
    run(office.agency, FRIDAY)

    assert run(office.agency, FRIDAY) == NOTHING
    assert len(messages()) == 1


def test_a_task_that_becomes_due_while_the_mail_waits_joins_it(office: Cast) -> None:
    run(office.agency, FRIDAY)
    a_task(section=office.section, officers=[office.officer], due_on=FRIDAY)

    assert run(office.agency, FRIDAY) == Promised(messages=1, reminders=1)
    assert [len(message.reminders) for message in messages()] == [2]


def test_a_task_that_becomes_due_after_the_mail_has_left_waits_for_the_next_working_day(office: Cast) -> None:
    run(office.agency, FRIDAY)
    sent(messages()[0])
    late = a_task(section=office.section, officers=[office.officer], due_on=FRIDAY)

    assert run(office.agency, FRIDAY) == NOTHING
    assert run(office.agency, NEXT_MONDAY) == Promised(messages=1, reminders=1)
    assert [line.task for line in messages()[1].reminders] == [late]


@pytest.mark.parametrize("free_day", [SATURDAY, date(2024, 3, 17), date(2024, 4, 8)])
def test_nothing_is_promised_on_a_free_day(office: Cast, free_day: date) -> None:
    assert run(office.agency, free_day) == NOTHING
    assert ledger() == set()


def test_what_was_missed_is_made_up_for_on_the_next_working_day(office: Cast) -> None:
    run(office.agency, SATURDAY)

    assert run(office.agency, NEXT_MONDAY) == Promised(messages=1, reminders=1)


def test_of_two_rules_on_one_day_the_more_urgent_speaks(office: Cast) -> None:
    for day in (FRIDAY, NEXT_FRIDAY, LAST_FRIDAY):
        run(office.agency, day)

    assert ledger() == {
        (-14, Outcome.QUEUED),
        (-7, Outcome.QUEUED),
        (-1, Outcome.SUPERSEDED),
        (0, Outcome.QUEUED),
    }


def test_after_a_long_silence_only_the_most_urgent_speaks(office: Cast) -> None:
    assert run(office.agency, date(2024, 4, 3)) == Promised(messages=1, reminders=1)

    assert {offset for offset, outcome in ledger() if outcome is Outcome.QUEUED} == {1}
    assert {offset for offset, outcome in ledger() if outcome is Outcome.SUPERSEDED} == {-14, -7, -1, 0}


def test_after_an_outage_of_the_mail_server_one_mail_says_it_all(office: Cast) -> None:
    run(office.agency, FRIDAY)

    run(office.agency, NEXT_FRIDAY)

    assert [message.state for message in messages()] == [MessageState.DROPPED, MessageState.PENDING]
    assert {line.rule.days for line in messages()[1].reminders} == {14, 7}


def test_a_new_due_date_reminds_anew(office: Cast) -> None:
    run(office.agency, FRIDAY)
    sent(messages()[0])
    office.task.due_on, office.task.due_version = date(2024, 4, 1), 2
    db.session.commit()

    assert run(office.agency, NEXT_MONDAY) == Promised(messages=1, reminders=1)


def test_who_has_submitted_is_left_in_peace(office: Cast) -> None:
    a_report(office.task, office.officer)

    assert run(office.agency, FRIDAY) == NOTHING


def test_a_run_that_promised_something_stands_in_the_record(office: Cast) -> None:
    morning = bangkok_moment(FRIDAY, 8, 30)
    with transaction():
        plan_reminders(office.agency, FRIDAY, at=morning, now=morning, via=COMMAND_LINE)
    run(office.agency, FRIDAY)

    bodies = [json.loads(event.body) for event in db.session.scalars(sa.select(AuditEvent))]
    assert [(body["action"], body["actor"], body["after"]) for body in bodies] == [
        ("reminders.queued", COMMAND_LINE, {"on": "2024-03-15", "messages": [messages()[0].id], "reminders": 1})
    ]
    assert not list(broken_chains())


def test_a_new_agency_gets_the_default_rules_once(cast: Cast) -> None:
    for _ in range(2):
        with transaction():
            establish_default_rules(cast.agency)

    assert [row.rule for row in rules_of(cast.agency)] == list(DEFAULT_RULES)
