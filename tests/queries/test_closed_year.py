"""Of a closed year nobody is reminded, and no summary tells; its figures can still be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.reminder_answers import Fact
from ita_flow.domain.reminders import Capacity, Rule, Trigger
from ita_flow.domain.searching import Search
from ita_flow.domain.states import TaskState
from ita_flow.models.people import Agency
from ita_flow.queries.chase import to_chase
from ita_flow.queries.checklist import Need, checklist_of
from ita_flow.queries.dashboard import overview
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.plans import closed_on
from ita_flow.queries.reminder_answers import answer
from ita_flow.queries.reminder_facts import facts_of
from ita_flow.queries.reminder_search import Question
from ita_flow.queries.reminders import expected_mails
from ita_flow.queries.search import search_all
from ita_flow.queries.standings import all_standings
from ita_flow.queries.summaries import figures_for
from ita_flow.queries.tasks import TaskFilter
from ita_flow.queries.years import known_years
from tests.factories import LATE, YEAR, Cast, a_plan, a_task, reminder_rules
from tests.workflow.test_closing import close_it

MONDAY = date(2024, 9, 16)
"""Half a month before the year ends."""

CLOSED_ON = MONDAY
IN_A_YEAR = date(2025, 9, 30)
RULES = (
    Rule(Trigger.BEFORE_DUE, 14),
    LATE,
    Rule(Trigger.OVERDUE_MONDAYS, 4),
    Rule(Trigger.WEEKLY),
    Rule(Trigger.MONTHLY),
)
MORNING = bangkok_moment(MONDAY, 7)


@pytest.fixture
def closed(cast: Cast) -> Cast:
    """The office after it closed its year before the year was over."""
    reminder_rules(cast.agency, *RULES)
    close_it(cast, at=MORNING)
    return cast


def triggers_expected(agency: Agency) -> set[Trigger]:
    mails = expected_mails(agency, MONDAY, IN_A_YEAR)
    return {reminder.occasion.rule.trigger for mail in mails for reminder in mail.reminders}


def test_an_open_year_reminds_and_is_told_of_until_it_is_closed(cast: Cast) -> None:
    reminder_rules(cast.agency, *RULES)
    before = triggers_expected(cast.agency)

    close_it(cast, at=MORNING)

    assert before >= {Trigger.OVERDUE_MONDAYS, Trigger.WEEKLY, Trigger.MONTHLY}
    assert triggers_expected(cast.agency) == set()
    assert not facts_of(cast.agency, MONDAY, MONDAY).tasks


def test_the_year_that_follows_reminds_of_its_own_tasks_alone(closed: Cast) -> None:
    following = a_plan(closed.agency, year=YEAR.buddhist_year + 1)
    task = a_task(following.measures[0], section=closed.section, officers=[closed.officer])

    mails = expected_mails(closed.agency, MONDAY, IN_A_YEAR)

    about = {reminder.task.id for mail in mails for reminder in mail.reminders if reminder.task}
    assert about == {task.id}


def test_no_summary_is_sent_while_only_a_year_to_come_is_worked_on(closed: Cast) -> None:
    following = a_plan(closed.agency, year=YEAR.buddhist_year + 1)
    a_task(following.measures[0], section=closed.section, officers=[closed.officer])

    weeks = [mail.send_on for mail in expected_mails(closed.agency, MONDAY, date(2024, 10, 31)) if mail.reminders]

    assert weeks[0] == following.fiscal_year.starts_on


def test_a_summary_that_waits_tells_nothing_of_it(closed: Cast) -> None:
    summary = figures_for(closed.coordinator, Sections(weekly=Capacity.COORDINATOR), MONDAY).weekly

    assert summary is not None
    assert list(summary.rows) == []


def test_nobody_is_asked_after_its_tasks(closed: Cast) -> None:
    assert list(to_chase(closed.coordinator, YEAR.buddhist_year, MONDAY).rows) == []


@pytest.mark.parametrize(("day", "expected"), [(MONDAY, [Fact.YEAR_CLOSED]), (date(2024, 9, 13), [Fact.NOT_THEIRS])])
def test_who_asks_why_no_mail_comes_hears_that_the_year_is_closed(
    closed: Cast, day: date, expected: Sequence[Fact]
) -> None:
    found = answer(Question(closed.other_officer, closed.task, day), MORNING, is_silent=False)

    assert [told.fact for told in found.facts if told.fact in expected] == list(expected)
    assert Fact.NOT_IN_FORCE not in [told.fact for told in found.facts]


def test_its_tasks_are_still_listed_found_and_counted(closed: Cast) -> None:
    year = YEAR.buddhist_year

    standings = all_standings(closed.auditor, TaskFilter(year), MONDAY)
    seen = overview(closed.auditor, year, MONDAY)

    assert {row.state for row in standings} == {TaskState.UNFINISHED}
    assert (seen.tally.total, seen.tally.done) == (2, 0)
    assert search_all(closed.auditor, Search(closed.task.measure.title), MONDAY)


def test_pages_still_open_with_it_and_know_since_when_it_is_closed(closed: Cast) -> None:
    years = known_years(closed.agency.id)

    assert (years.in_force, years.closed, list(years.worked_on)) == ([2567], [2567], [])
    assert years.opening(2567) == 2567
    assert closed_on(closed.agency.id, 2567) == CLOSED_ON
    assert closed_on(closed.agency.id, 2566) is None


def test_the_plan_of_a_closed_year_is_no_more_to_be_prepared(closed: Cast) -> None:
    assert {Need.PLAN, Need.ASSIGNED} <= checklist_of(closed.agency, MONDAY).met
