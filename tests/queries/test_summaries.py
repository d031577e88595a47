"""What the summaries of a week and a month count, for whom."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import Capacity, Rule, Trigger, occasions_of
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.queries.mail_of_the_day import Line, Sections
from ita_flow.queries.summaries import Summary, figures_for
from tests.factories import TODAY, Cast, a_plan, a_report, a_task, an_acting_order
from tests.factories.plans import cancel

OF_ALL = Sections(weekly=Capacity.COORDINATOR)
OF_ONE = Sections(weekly=Capacity.DIRECTOR)
MONTHLY = Sections(is_monthly=True)


def weekly(person: User, sections: Sections = OF_ALL, today: date = TODAY) -> Summary:
    summary = figures_for(person, sections, today).weekly
    assert summary
    return summary


def monthly(person: User, today: date) -> Summary:
    summary = figures_for(person, MONTHLY, today).monthly
    assert summary
    return summary


def tasks_of(summary: Summary) -> set[int]:
    return {row.task.id for row in summary.rows}


def test_what_is_not_asked_for_is_not_counted(cast: Cast) -> None:
    figures = figures_for(cast.coordinator, Sections(), TODAY)

    assert (figures.weekly, figures.monthly, figures.reported_at) == (None, None, {})


def test_the_coordinator_reads_of_the_whole_agency(cast: Cast) -> None:
    a_report(cast.other_task, cast.other_officer, state=ReportState.APPROVED)

    summary = weekly(cast.coordinator)

    assert (summary.year, summary.tally.done, summary.tally.total, summary.tally.due_soon) == (2567, 1, 2, 1)
    assert tasks_of(summary) == {cast.task.id, cast.other_task.id}


def test_a_director_reads_of_the_own_division(cast: Cast) -> None:
    summary = weekly(cast.director, OF_ONE)

    assert tasks_of(summary) == {cast.task.id}
    assert [division.name for division in summary.divisions] == [cast.division.name]


def test_who_acts_for_a_director_reads_of_that_division(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, holder=cast.director)

    assert tasks_of(weekly(cast.other_head, OF_ONE)) == {cast.task.id}


def test_an_order_that_is_over_tells_nothing(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, holder=cast.director, ends_on=date(2024, 3, 17))

    assert tasks_of(weekly(cast.other_head, OF_ONE)) == set()


def test_what_waits_for_a_decision_is_counted(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    assert weekly(cast.coordinator).waiting == 1


def of_2566(cast: Cast, status: WorkStatus) -> Task:
    measure = a_plan(cast.agency, year=2566, measures=1).measures[0]
    return a_task(measure, cast.division, due_on=date(2023, 9, 30), work_status=status)


def test_what_an_earlier_year_left_open_is_told_apart_from_the_year(cast: Cast) -> None:
    old = of_2566(cast, WorkStatus.IN_PROGRESS)

    summary = weekly(cast.coordinator)

    assert (summary.tally.total, summary.tally.overdue, summary.everything.overdue) == (2, 0, 1)
    assert [row.task.id for row in summary.pressing] == [old.id, cast.task.id]


def test_what_an_earlier_year_finished_is_not_read(cast: Cast) -> None:
    old = of_2566(cast, WorkStatus.DONE)

    assert old.id not in tasks_of(weekly(cast.coordinator))


def test_before_the_year_has_a_plan_the_year_before_is_told(cast: Cast) -> None:
    summary = weekly(cast.coordinator, today=date(2024, 10, 7))

    assert (summary.year, summary.tally.total, summary.tally.overdue) == (2567, 2, 2)


def test_the_plan_of_a_year_to_come_is_left_out(cast: Cast) -> None:
    early = a_task(a_plan(cast.agency, year=2568, measures=1).measures[0], cast.division)

    assert early.id not in tasks_of(weekly(cast.coordinator))


def test_the_month_that_is_over_belongs_to_its_own_year(cast: Cast) -> None:
    a_task(a_plan(cast.agency, year=2568, measures=1).measures[0], cast.division)

    assert monthly(cast.executive, date(2024, 10, 1)).year == 2567
    assert monthly(cast.executive, date(2024, 11, 1)).year == 2568


def test_a_month_tells_what_came_due_and_what_is_next(cast: Cast) -> None:
    april = date(2024, 4, 1)

    summary = monthly(cast.executive, april)

    assert [row.measure.number for row in summary.come_due(april)] == [2]
    assert summary.next_due(april) == (date(2024, 9, 30), 1)


def test_when_all_is_done_nothing_is_next(cast: Cast) -> None:
    for task, officer in ((cast.task, cast.officer), (cast.other_task, cast.other_officer)):
        a_report(task, officer, state=ReportState.APPROVED)

    assert monthly(cast.executive, TODAY).next_due(TODAY) is None


def test_a_cancelled_measure_leaves_every_count(cast: Cast) -> None:
    cancel(cast.task)
    db.session.commit()

    summary = monthly(cast.executive, date(2024, 4, 1))

    assert (summary.tally.total, summary.come_due(date(2024, 4, 1))) == (1, [])


def escalated(task: Task) -> Sections:
    (occasion,) = occasions_of(Rule(Trigger.ESCALATE_TO_DIRECTOR, 7), task.due_on)
    return Sections(escalated=[Line(task, occasion, occasion.on, None, Capacity.DIRECTOR)])


@pytest.mark.parametrize(
    ("state", "is_told"),
    [(ReportState.DRAFT, False), (ReportState.WITHDRAWN, False), (ReportState.RETURNED, True)],
)
def test_the_last_report_is_what_was_sent(cast: Cast, state: ReportState, is_told: bool) -> None:
    sent_at = bangkok_moment(date(2024, 3, 1), 10)
    a_report(cast.task, cast.officer, state=state, at=sent_at)

    reported_at = figures_for(cast.director, escalated(cast.task), TODAY).reported_at

    assert reported_at == ({cast.task.id: sent_at} if is_told else {})


def test_of_several_reports_the_last_counts(cast: Cast) -> None:
    for day in (4, 8):
        at = bangkok_moment(date(2024, 3, day), 10)
        a_report(cast.task, cast.officer, state=ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS, at=at)

    reported_at = figures_for(cast.director, escalated(cast.task), TODAY).reported_at

    assert reported_at == {cast.task.id: bangkok_moment(date(2024, 3, 8), 10)}
