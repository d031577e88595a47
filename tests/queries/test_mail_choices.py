"""When a person's next mail comes."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.domain.states import ReportState
from ita_flow.queries.mail_choices import next_mail_of
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import T7, Cast, a_report, a_task, reminder_rules
from tests.statements import counted_statements, with_nothing_loaded

MONDAY = date(2024, 3, 18)
FRIDAY = date(2024, 3, 22)
"""Nine days before the due date: seven days before it is a Sunday."""


@pytest.fixture
def office(cast: Cast) -> Cast:
    reminder_rules(cast.agency, T7, Rule(Trigger.BEFORE_DUE, 30))
    return cast


def test_the_next_mail_comes_on_the_morning_of_the_first_day_that_has_one(office: Cast) -> None:
    with transaction():
        plan_reminders(office.agency, MONDAY, at=bangkok_moment(MONDAY, 9), now=bangkok_moment(MONDAY, 9))

    assert next_mail_of(office.officer, MONDAY) == bangkok_moment(FRIDAY, 8, 30)


def test_what_is_due_today_and_not_yet_promised_comes_today(office: Cast) -> None:
    assert next_mail_of(office.officer, MONDAY) == bangkok_moment(MONDAY, 8, 30)


def test_the_mails_of_others_do_not_count(office: Cast) -> None:
    assert next_mail_of(office.colleague, MONDAY) is None


def test_who_has_submitted_expects_none(office: Cast) -> None:
    a_report(office.task, office.officer, state=ReportState.SUBMITTED)

    assert next_mail_of(office.officer, MONDAY) is None


def test_what_lies_further_ahead_is_not_told(office: Cast) -> None:
    assert next_mail_of(office.other_officer, MONDAY) is None


@pytest.mark.parametrize("tasks", [1, 20])
def test_it_costs_the_same_for_any_number_of_tasks(office: Cast, tasks: int) -> None:
    for _number in range(tasks):
        a_report(a_task(section=office.section, officers=[office.colleague]), office.colleague)
    person = with_nothing_loaded(office.colleague)

    with counted_statements() as statements:
        next_mail_of(person, MONDAY)

    assert len(statements) <= 14, "\n".join(statements)
