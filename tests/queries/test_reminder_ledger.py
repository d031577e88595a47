"""The ledger as people read it: what was sent, what was not and why, and what is to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import Frequency, MailOption
from ita_flow.domain.permissions import Role
from ita_flow.domain.reminder_ledger import Hindrance, LedgerState
from ita_flow.domain.reminders import Rule, Section, Trigger, WhyNot
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from ita_flow.models.reminders import MailChoice
from ita_flow.queries.reminder_ledger import coming, ledger, mail_of, page_of
from ita_flow.queries.reminder_rows import LedgerRow
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import T1, T7, T14, Cast, a_report, a_task, a_user, one_commit, reminder_rules
from tests.statements import counted_statements, with_nothing_loaded

FRIDAY = date(2024, 3, 15)
"""Fourteen days before the due date is a Sunday, so it is told today."""

MONDAY = date(2024, 3, 18)
NEXT_FRIDAY = date(2024, 3, 22)
LAST_FRIDAY = date(2024, 3, 29)


def morning(day: date) -> datetime:
    return bangkok_moment(day, 9)


def run(cast: Cast, day: date) -> None:
    with transaction():
        plan_reminders(cast.agency, day, at=morning(day), now=morning(day))


def send(day: date) -> None:
    deliver(DemoCarrier(), lambda: morning(day) + timedelta(minutes=1), lambda: morning(day))


def the_mail() -> OutboxMessage:
    return db.session.scalars(sa.select(OutboxMessage)).one()


def told(rows: list[LedgerRow]) -> list[tuple[date, str, LedgerState]]:
    return [(row.send_on, row.recipient.email, row.state) for row in rows]


@pytest.fixture
def office(cast: Cast) -> Cast:
    reminder_rules(cast.agency, T14, T7)
    return cast


def test_before_the_day_a_mail_is_planned(office: Cast) -> None:
    rows = ledger(office.agency, FRIDAY, NEXT_FRIDAY, FRIDAY)

    officer = office.officer.email
    assert told(rows) == [(FRIDAY, officer, LedgerState.PLANNED), (NEXT_FRIDAY, officer, LedgerState.PLANNED)]
    assert rows[0].sections == {Section.REMINDER: [office.task.measure.title]}


def test_what_was_promised_and_has_not_left_is_planned_once(office: Cast) -> None:
    run(office, FRIDAY)

    [row] = ledger(office.agency, FRIDAY, FRIDAY, FRIDAY)

    assert (row.state, row.message, row.hindrance, len(row.lines)) == (LedgerState.PLANNED, the_mail(), None, 1)


def test_what_comes_due_meanwhile_joins_the_mail_that_still_waits(office: Cast) -> None:
    run(office, FRIDAY)
    a_task(section=office.section, officers=[office.officer], due_on=office.task.due_on)

    [row] = ledger(office.agency, FRIDAY, FRIDAY, FRIDAY)

    assert (row.state, len(row.lines)) == (LedgerState.PLANNED, 2)


def test_what_was_sent_tells_when_and_to_which_address(office: Cast) -> None:
    run(office, FRIDAY)
    send(FRIDAY)
    office.officer.email = "moved@example.go.th"
    db.session.commit()

    [row] = ledger(office.agency, FRIDAY, FRIDAY, MONDAY)

    assert told([row])[0][2] is LedgerState.SENT
    assert (row.address, row.sent_at) == ("officer@example.go.th", morning(FRIDAY))


def test_a_mail_that_was_refused_has_failed_with_the_words_of_the_server(office: Cast) -> None:
    run(office, FRIDAY)
    mail = the_mail()
    mail.state, mail.failure, mail.last_error = MessageState.DEAD, Failure.REFUSED, "550 no such user"
    db.session.commit()

    [row] = ledger(office.agency, FRIDAY, FRIDAY, FRIDAY)

    assert (row.state, row.hindrance) == (LedgerState.FAILED, Hindrance.REFUSED)
    assert row.server_said == "550 no such user"


@pytest.mark.parametrize("failure", [Failure.TRY_LATER, Failure.UNREACHABLE])
def test_a_mail_given_up_after_a_fortnight_says_so(office: Cast, failure: Failure) -> None:
    run(office, FRIDAY)
    mail = the_mail()
    mail.state, mail.failure, mail.last_error = MessageState.DEAD, failure, "timed out"
    db.session.commit()

    [row] = ledger(office.agency, FRIDAY, FRIDAY, FRIDAY)

    assert (row.state, row.hindrance) == (LedgerState.FAILED, Hindrance.GIVEN_UP)


def test_a_mail_of_which_nothing_was_true_any_more_was_suppressed(office: Cast) -> None:
    run(office, FRIDAY)
    a_report(office.task, office.officer, state=ReportState.SUBMITTED)
    send(FRIDAY)

    [row] = ledger(office.agency, FRIDAY, FRIDAY, FRIDAY)

    assert (row.state, row.hindrance, row.server_said) == (LedgerState.SUPPRESSED, Hindrance.NOTHING_TRUE, "")


def test_a_mail_gathered_into_later_ones_leads_to_the_last(office: Cast) -> None:
    a_task(section=office.section, officers=[office.officer], due_on=date(2024, 4, 2))
    days = (FRIDAY, date(2024, 3, 19), NEXT_FRIDAY)
    for day in days:
        run(office, day)
    send(NEXT_FRIDAY)

    rows = ledger(office.agency, FRIDAY, NEXT_FRIDAY, NEXT_FRIDAY)

    mails = [row for row in rows if row.message]
    assert [(row.send_on, row.state, row.gathered_on) for row in mails] == [
        (FRIDAY, LedgerState.SUPPRESSED, NEXT_FRIDAY),
        (days[1], LedgerState.SUPPRESSED, NEXT_FRIDAY),
        (NEXT_FRIDAY, LedgerState.SENT, None),
    ]
    assert [len(row.lines) for row in mails] == [1, 2, 3]


def test_a_gathered_mail_is_followed_beyond_the_days_asked_for(office: Cast) -> None:
    run(office, FRIDAY)
    run(office, NEXT_FRIDAY)

    [row] = ledger(office.agency, FRIDAY, MONDAY, NEXT_FRIDAY)

    assert (row.gathered_on, len(row.lines)) == (NEXT_FRIDAY, 1)


def test_after_an_outage_the_less_urgent_stand_on_their_own_days(office: Cast) -> None:
    run(office, NEXT_FRIDAY)

    rows = ledger(office.agency, FRIDAY, NEXT_FRIDAY, NEXT_FRIDAY)

    officer = office.officer.email
    assert told(rows) == [(FRIDAY, officer, LedgerState.SUPERSEDED), (NEXT_FRIDAY, officer, LedgerState.PLANNED)]


def test_who_has_submitted_was_not_written_to(office: Cast) -> None:
    a_report(office.task, office.officer, state=ReportState.SUBMITTED)
    run(office, FRIDAY)

    [row] = [row for row in ledger(office.agency, FRIDAY, FRIDAY, FRIDAY) if row.recipient == office.officer]

    assert (row.state, row.lines[0].why_not, row.message) == (LedgerState.SUPPRESSED, WhyNot.SUBMITTED, None)


def test_who_asked_for_fewer_was_not_written_to(cast: Cast) -> None:
    reminder_rules(cast.agency, Rule(Trigger.WEEKLY))
    choice = MailChoice(
        user_id=cast.coordinator.id, option=MailOption.WEEKLY, frequency=Frequency.OFF, chosen_at=morning(FRIDAY)
    )
    db.session.add(choice)
    db.session.commit()
    run(cast, MONDAY)

    states = {row.recipient: row.state for row in ledger(cast.agency, MONDAY, MONDAY, MONDAY)}

    assert states[cast.coordinator] is LedgerState.SUPPRESSED
    assert states[cast.director] is LedgerState.PLANNED


def test_days_that_are_over_are_not_foretold(office: Cast) -> None:
    assert ledger(office.agency, FRIDAY, MONDAY, NEXT_FRIDAY) == []


def test_days_to_come_know_what_the_days_before_them_will_say(office: Cast) -> None:
    assert ledger(office.agency, date(2024, 3, 25), LAST_FRIDAY, FRIDAY) == []


def test_a_rehearsal_of_later_days_knows_what_is_said_before_them(office: Cast) -> None:
    run(office, FRIDAY)

    assert ledger(office.agency, date(2024, 3, 25), LAST_FRIDAY, date(2026, 1, 1), is_rehearsal=True) == []


def test_a_rehearsal_foretells_them_after_all_that_was_promised(office: Cast) -> None:
    run(office, FRIDAY)
    send(FRIDAY)
    later = date(2026, 1, 1)

    rows = ledger(office.agency, date(2024, 3, 1), NEXT_FRIDAY, later, is_rehearsal=True)

    assert [row.state for row in rows] == [LedgerState.SENT, LedgerState.PLANNED]


def test_the_next_fortnight_holds_what_has_not_left(office: Cast) -> None:
    run(office, FRIDAY)
    send(FRIDAY)

    assert [row.send_on for row in coming(office.agency, FRIDAY)] == [NEXT_FRIDAY]


def test_other_agencies_keep_their_own(office: Cast) -> None:
    run(office, FRIDAY)

    assert ledger(office.stranger.agency, FRIDAY, FRIDAY, FRIDAY) == []
    assert mail_of(office.stranger.agency_id, the_mail().id) is None
    assert mail_of(office.agency.id, the_mail().id) is the_mail()


@pytest.mark.parametrize("people", [1, 5])
def test_it_costs_the_same_for_any_number_of_mails(cast: Cast, people: int) -> None:
    reminder_rules(cast.agency, T14, T7, T1)
    with one_commit():
        for _number in range(people):
            officer = a_user(cast.agency, role=Role.OFFICER, unit=cast.section)
            a_task(section=cast.section, officers=[officer], due_on=cast.task.due_on)
    run(cast, FRIDAY)
    agency = with_nothing_loaded(cast.coordinator).agency

    with counted_statements() as statements:
        rows = ledger(agency, FRIDAY, LAST_FRIDAY, FRIDAY)
        said = [(row.recipient.name, row.sections) for row in rows]

    assert len(said) >= 3 * people
    assert len(statements) <= 15


def test_pages_are_counted_from_one_and_never_run_out(office: Cast) -> None:
    [row] = ledger(office.agency, FRIDAY, FRIDAY, FRIDAY)

    page = page_of([row] * 120, 9)

    assert (page.number, page.pages, page.count, len(page.rows)) == (3, 3, 120, 20)
    assert page_of([], 0).number == 1
