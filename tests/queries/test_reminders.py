"""Who is reminded, what will go out, and what a promised mail may still say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import Role
from ita_flow.domain.reminders import Capacity, Outcome, Trigger
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import Agency
from ita_flow.models.reminders import Reminder, ReminderRule
from ita_flow.queries.mail_of_the_day import sections_of
from ita_flow.queries.reminders import due_on, expected_mails
from tests.factories import Cast, a_membership, a_plan, a_report, a_task, a_user, reminder_rules
from tests.statements import counted_statements

FRIDAY = date(2024, 3, 15)
AT = bangkok_moment(FRIDAY, 9)


def reminded(agency: Agency, today: date = FRIDAY) -> set[tuple[int, str]]:
    reminder_rules(agency)
    due = (one for person in due_on(agency, today).values() for one in person if one.is_spoken and one.task)
    return {(one.task.id, one.recipient.email) for one in due if one.task}


def test_officers_of_open_tasks_are_reminded(cast: Cast) -> None:
    assert reminded(cast.agency) == {(cast.task.id, cast.officer.email)}


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.CANCELLED])
def test_nobody_is_reminded_of_a_closed_task(cast: Cast, status: WorkStatus) -> None:
    a_task(section=cast.section, officers=[cast.colleague], work_status=status)

    assert cast.colleague.email not in {email for _, email in reminded(cast.agency)}


@pytest.mark.parametrize(
    ("state", "is_reminded"),
    [(ReportState.DRAFT, True), (ReportState.SUBMITTED, False), (ReportState.RETURNED, True)],
)
def test_who_has_submitted_is_not_reminded(cast: Cast, state: ReportState, is_reminded: bool) -> None:
    a_report(cast.task, cast.officer, state=state)

    assert ((cast.task.id, cast.officer.email) in reminded(cast.agency)) is is_reminded


def test_approved_progress_without_completion_is_followed_by_reminders(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)

    assert (cast.task.id, cast.officer.email) in reminded(cast.agency)


def leaves(cast: Cast) -> None:
    cast.officer.is_active = False


def moves_on(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = FRIDAY - timedelta(days=1)


def begins_later(cast: Cast) -> None:
    cast.officer.memberships[0].starts_on = FRIDAY + timedelta(days=1)


def is_relieved(cast: Cast) -> None:
    cast.task.officers = []


def plan_becomes_a_draft(cast: Cast) -> None:
    cast.task.measure.plan.state, cast.task.measure.plan.approved_at = PlanState.DRAFT, None


OUT_OF_OFFICE = [leaves, moves_on, begins_later, is_relieved, plan_becomes_a_draft]


@pytest.mark.parametrize("change", OUT_OF_OFFICE)
def test_who_does_not_hold_the_task_that_day_is_not_reminded(cast: Cast, change: Callable[[Cast], None]) -> None:
    change(cast)
    db.session.commit()

    assert (cast.task.id, cast.officer.email) not in reminded(cast.agency)


def test_a_newer_version_of_the_plan_silences_the_tasks_of_the_older_one(cast: Cast) -> None:
    a_plan(cast.agency, version=2)

    assert reminded(cast.agency) == set()


def test_other_agencies_are_let_be(cast: Cast) -> None:
    reminder_rules(cast.agency)
    elsewhere = cast.stranger.agency
    a_task(division=cast.strange_task.division, officers=[a_user(elsewhere, role=Role.OFFICER)])

    assert {officer.agency_id for officer in due_on(cast.agency, FRIDAY)} == {cast.agency.id}


@pytest.mark.parametrize("how_many", [1, 50])
def test_looking_for_what_is_due_costs_the_same_for_one_task_and_for_fifty(cast: Cast, how_many: int) -> None:
    reminder_rules(cast.agency)
    plan = a_plan(cast.agency, year=2566, measures=how_many)
    for measure in plan.measures:
        a_task(measure, section=cast.section, officers=[cast.colleague])
    agency_id = cast.agency.id
    db.session.expunge_all()
    agency = db.session.get_one(Agency, agency_id)

    with counted_statements() as statements:
        due = due_on(agency, FRIDAY)
        titles = [one.task.measure.title for reminders in due.values() for one in reminders if one.task]

    assert len(statements) == 10
    assert len(titles) >= how_many


def test_the_mails_of_a_span_are_foretold_each_once(cast: Cast) -> None:
    reminder_rules(cast.agency)

    mails = expected_mails(cast.agency, date(2024, 3, 1), date(2024, 4, 30))

    assert [(mail.send_on, mail.recipient.email) for mail in mails] == [
        (date(2024, 3, 15), cast.officer.email),
        (date(2024, 3, 22), cast.officer.email),
        (date(2024, 3, 29), cast.officer.email),
        (date(2024, 4, 1), cast.officer.email),
    ]


def test_foretelling_writes_nothing(cast: Cast) -> None:
    reminder_rules(cast.agency)

    expected_mails(cast.agency, date(2024, 3, 1), date(2024, 4, 30))
    db.session.commit()

    assert db.session.query(Reminder).count() == 0
    assert db.session.query(OutboxMessage).count() == 0


def a_promise(cast: Cast, how_many_rules: int = 1) -> OutboxMessage:
    """A pending mail to the officer about their task, of so many rules."""
    message = OutboxMessage(
        agency_id=cast.agency.id,
        key="reminder:1",
        kind=MessageKind.REMINDER,
        recipient=cast.officer,
        speaks_on=FRIDAY,
        message_id="<1@example>",
        next_attempt_at=AT,
        created_at=AT,
        reminders=[a_line(cast, rule) for rule in reminder_rules(cast.agency)[:how_many_rules]],
    )
    db.session.add(message)
    db.session.commit()
    return message


def a_line(cast: Cast, rule: ReminderRule) -> Reminder:
    return Reminder(
        agency_id=cast.agency.id,
        rule=rule,
        task=cast.task,
        recipient=cast.officer,
        due_version=cast.task.due_version,
        capacity=Capacity.OFFICER,
        occasion=FRIDAY - timedelta(days=rule.days),
        planned_for=FRIDAY,
        outcome=Outcome.QUEUED,
        at=AT,
    )


def test_a_promised_mail_says_what_is_still_true(cast: Cast) -> None:
    message = a_promise(cast)

    assert [line.task.id for line in sections_of(message, FRIDAY).due] == [cast.task.id]


def is_done(cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.APPROVED)


def is_submitted(cast: Cast) -> None:
    a_report(cast.task, cast.officer)


def is_dated_anew(cast: Cast) -> None:
    cast.task.due_on, cast.task.due_version = date(2024, 6, 30), 2


@pytest.mark.parametrize("change", [is_done, is_submitted, is_dated_anew, *OUT_OF_OFFICE])
def test_what_is_no_longer_true_is_left_out(cast: Cast, change: Callable[[Cast], None]) -> None:
    message = a_promise(cast)
    change(cast)
    db.session.commit()

    assert not sections_of(message, FRIDAY)


def test_who_is_no_longer_the_director_is_not_told_as_one_for_having_another_post(cast: Cast) -> None:
    message = a_promise(cast)
    (line,) = message.reminders
    line.rule.trigger = Trigger.ESCALATE_TO_DIRECTOR
    message.recipient = line.recipient = cast.director
    a_membership(cast.director, role=Role.COORDINATOR)
    db.session.commit()
    told_before = [one.task.id for one in sections_of(message, FRIDAY).escalated]

    cast.director.memberships[0].ends_on = FRIDAY - timedelta(days=1)
    db.session.commit()

    assert told_before == [cast.task.id]
    assert not sections_of(message, FRIDAY)


def test_a_mail_that_gathered_two_reminders_of_a_task_speaks_of_it_once(cast: Cast) -> None:
    message = a_promise(cast, how_many_rules=3)

    assert [line.rule.days for line in sections_of(message, FRIDAY).due] == [1]
