"""Each rule on its days: whom it speaks to, as what, and when it keeps silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import Chain, ChainSeat
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import LESS_OFTEN, MailOption
from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import Capacity, Outcome, Rule, Trigger, WhyNot
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Agency, User
from ita_flow.models.reminders import MailChoice
from ita_flow.queries.reminders import due_on, expected_mails
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import LATE, NOW, T7, T14, Cast, a_report, a_task, a_user, an_acting_order, reminder_rules
from tests.factories.plans import cancel, set_status

FRIDAY = date(2024, 3, 15)
"""The last working day before the fourteenth before 31 March."""

APRIL, MAY = date(2024, 4, 1), date(2024, 5, 31)
TO_DIRECTOR, TO_CHIEF = Rule(Trigger.ESCALATE_TO_DIRECTOR, 7), Rule(Trigger.ESCALATE_TO_CHIEF, 15)
MONDAYS, AWAITING, SLOW = Rule(Trigger.OVERDUE_MONDAYS, 4), Rule(Trigger.AWAITING), Rule(Trigger.SLOW_DECISION)
WEEKLY, MONTHLY = Rule(Trigger.WEEKLY), Rule(Trigger.MONTHLY)
BEFORE_CLOSING = (Rule(Trigger.WINDOW, 14), Rule(Trigger.WINDOW, 3))


def days_told(agency: Agency, first: date, last: date) -> list[tuple[date, str]]:
    """Who gets a mail on which day of the span if nothing changes."""
    return [(mail.send_on, name_of(mail.recipient)) for mail in expected_mails(agency, first, last)]


def name_of(person: User) -> str:
    return person.email.split("@")[0]


def told_on(agency: Agency, day: date) -> set[tuple[str, Capacity]]:
    due = (one for reminders in due_on(agency, day).values() for one in reminders)
    return {(name_of(one.recipient), one.capacity) for one in due if one.is_spoken}


def plan(agency: Agency, day: date) -> None:
    with transaction():
        plan_reminders(agency, day, at=bangkok_moment(day, 9), now=bangkok_moment(day, 9))


def leaves(person: User) -> None:
    person.memberships[0].ends_on = FRIDAY - timedelta(days=1)


def is_gone(*names: str) -> Callable[[Cast], None]:
    def change(cast: Cast) -> None:
        for name in names:
            leaves(getattr(cast, name))

    return change


def signs_in_no_more(cast: Cast) -> None:
    leaves(cast.officer)
    cast.head.is_active = False


def is_stood_in_for(cast: Cast) -> None:
    """The head is gone, and the colleague acts in the seat."""
    is_gone("officer", "head")(cast)
    an_acting_order(cast.colleague, Seat.SECTION_HEAD, cast.section)


def has_no_section(cast: Cast) -> None:
    leaves(cast.officer)
    cast.task.section = None


@pytest.mark.parametrize(
    ("change", "person", "capacity"),
    [
        (lambda _cast: None, "officer", Capacity.OFFICER),
        (is_gone("officer"), "head", Capacity.SECTION_HEAD),
        (is_stood_in_for, "colleague", Capacity.SECTION_HEAD),
        (is_gone("officer", "head"), "director", Capacity.DIRECTOR),
        (signs_in_no_more, "director", Capacity.DIRECTOR),
        (has_no_section, "director", Capacity.DIRECTOR),
        (is_gone("officer", "head", "director"), "coordinator", Capacity.COORDINATOR),
    ],
)
def test_where_no_officer_is_the_next_one_up_hears(
    cast: Cast, change: Callable[[Cast], None], person: str, capacity: Capacity
) -> None:
    reminder_rules(cast.agency, T14)
    change(cast)
    db.session.commit()

    assert told_on(cast.agency, FRIDAY) == {(person, capacity)}


def test_who_takes_a_task_over_late_hears_the_newest_only(cast: Cast) -> None:
    reminder_rules(cast.agency, T14, T7)
    plan(cast.agency, FRIDAY)
    cast.task.officers = [cast.colleague]
    db.session.commit()

    (due,) = due_on(cast.agency, date(2024, 3, 22)).values()

    assert {(one.recipient, one.occasion.rule, one.outcome) for one in due} == {
        (cast.colleague, T7, Outcome.QUEUED),
        (cast.colleague, T14, Outcome.SUPERSEDED),
    }


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2024, 4, 5), set()),
        (date(2024, 4, 9), {("director", Capacity.DIRECTOR)}),  # the seventh day was a Sunday, the Monday free
        (
            date(2024, 4, 17),
            {("director", Capacity.DIRECTOR), ("chief", Capacity.CHIEF), ("coordinator", Capacity.COORDINATOR)},
        ),
    ],
)
def test_what_stays_overdue_is_told_further_up(cast: Cast, day: date, told: set[tuple[str, Capacity]]) -> None:
    reminder_rules(cast.agency, TO_DIRECTOR, TO_CHIEF)

    assert told_on(cast.agency, day) == told


@pytest.mark.parametrize(
    ("state", "is_told"),
    [
        (None, True),
        (ReportState.DRAFT, True),
        (ReportState.SUBMITTED, False),
        (ReportState.RETURNED, True),
        (ReportState.APPROVED, False),
    ],
)
def test_above_hears_only_while_a_report_is_to_come(cast: Cast, state: ReportState | None, is_told: bool) -> None:
    reminder_rules(cast.agency, TO_DIRECTOR)
    if state:
        a_report(cast.task, cast.officer, state=state)

    assert told_on(cast.agency, date(2024, 4, 9)) == ({("director", Capacity.DIRECTOR)} if is_told else set())


def test_above_hears_of_a_report_that_came_back_too_late_after_all(cast: Cast) -> None:
    reminder_rules(cast.agency, TO_DIRECTOR)
    report = a_report(cast.task, cast.officer)
    plan(cast.agency, date(2024, 4, 9))
    report.state = ReportState.RETURNED
    db.session.commit()

    assert told_on(cast.agency, date(2024, 4, 10)) == {("director", Capacity.DIRECTOR)}


def test_on_four_mondays_and_no_more_what_is_overdue_is_told(cast: Cast) -> None:
    reminder_rules(cast.agency, LATE, MONDAYS)

    mornings = [date(2024, 4, 1), date(2024, 4, 9), date(2024, 4, 17), date(2024, 4, 22), date(2024, 4, 29)]
    assert days_told(cast.agency, APRIL, MAY) == [(day, "officer") for day in mornings]


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.CANCELLED])
@pytest.mark.parametrize("rule", [MONDAYS, TO_DIRECTOR])
def test_of_a_closed_task_nothing_is_said_or_noted_after_its_date(cast: Cast, status: WorkStatus, rule: Rule) -> None:
    reminder_rules(cast.agency, rule)
    set_status(cast.task, status, NOW)
    db.session.commit()

    assert due_on(cast.agency, date(2024, 4, 17)) == {}


@pytest.mark.parametrize(
    ("status", "why"), [(WorkStatus.IN_PROGRESS, WhyNot.SUBMITTED), (WorkStatus.CANCELLED, WhyNot.CANCELLED)]
)
def test_what_nobody_needed_is_noted_once(cast: Cast, status: WorkStatus, why: WhyNot) -> None:
    reminder_rules(cast.agency, T14)
    set_status(cast.task, status, NOW)
    if why is WhyNot.SUBMITTED:
        a_report(cast.task, cast.officer)

    (noted,) = due_on(cast.agency, FRIDAY)[cast.officer]
    plan(cast.agency, FRIDAY)

    assert (noted.outcome, noted.why_not) == (Outcome.SUPPRESSED, why)
    assert due_on(cast.agency, date(2024, 3, 18)) == {}


@pytest.mark.parametrize(
    ("days_allowed", "day"), [(1, date(2024, 3, 20)), (3, date(2024, 3, 22)), (5, date(2024, 3, 26))]
)
def test_a_decision_is_slow_when_the_days_of_its_seat_are_over(cast: Cast, days_allowed: int, day: date) -> None:
    reminder_rules(cast.agency, SLOW)
    a_report(cast.task, cast.officer, chain=Chain((ChainSeat(Seat.SECTION_HEAD, days_allowed=days_allowed),)))

    assert days_told(cast.agency, NOW.date(), MAY) == [(day, "head")]


def test_who_acts_hears_of_a_slow_decision_too(cast: Cast) -> None:
    reminder_rules(cast.agency, SLOW)
    an_acting_order(cast.colleague, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    a_report(cast.task, cast.officer)

    assert told_on(cast.agency, date(2024, 3, 22)) == {("head", Capacity.DECIDER), ("colleague", Capacity.DECIDER)}


def test_a_decision_that_was_slow_months_ago_is_not_told_again(cast: Cast) -> None:
    reminder_rules(cast.agency, SLOW)
    a_report(cast.task, cast.officer)
    plan(cast.agency, date(2024, 3, 22))

    assert due_on(cast.agency, date(2024, 8, 1)) == {}


def test_the_next_seat_has_days_of_its_own(cast: Cast) -> None:
    reminder_rules(cast.agency, SLOW)
    a_report(cast.task, cast.officer, approvals=1)

    assert days_told(cast.agency, NOW.date(), MAY) == [(date(2024, 3, 22), "director")]


def less_often(person: User, option: MailOption) -> None:
    db.session.add(MailChoice(user_id=person.id, option=option, frequency=LESS_OFTEN[option], chosen_at=NOW))
    db.session.commit()


def test_what_waits_is_told_every_working_day(cast: Cast) -> None:
    reminder_rules(cast.agency, AWAITING)
    a_report(cast.task, cast.officer)

    told = days_told(cast.agency, date(2024, 4, 4), date(2024, 4, 10))

    assert told == [(date(2024, 4, day), "head") for day in (4, 5, 9, 10)]


def test_who_wants_it_weekly_is_told_on_the_first_working_day_of_the_week(cast: Cast) -> None:
    reminder_rules(cast.agency, AWAITING)
    a_report(cast.task, cast.officer)
    less_often(cast.head, MailOption.AWAITING)

    told = days_told(cast.agency, date(2024, 4, 1), date(2024, 4, 12))

    assert told == [(date(2024, 4, 1), "head"), (date(2024, 4, 9), "head")]
    assert [one.why_not for one in due_on(cast.agency, date(2024, 4, 10))[cast.head]] == [WhyNot.DECLINED]


def a_window(agency: Agency) -> AssessmentWindow:
    window = AssessmentWindow(
        agency_id=agency.id,
        year=2567,
        kind=AssessmentWindowKind.OIT_UPLOAD,
        starts_on=APRIL,
        ends_on=date(2024, 4, 30),
    )
    db.session.add(window)
    db.session.commit()
    return window


def test_before_a_window_closes_the_coordinator_hears_twice(cast: Cast) -> None:
    reminder_rules(cast.agency, *BEFORE_CLOSING)
    a_window(cast.agency)

    told = days_told(cast.agency, APRIL, MAY)

    assert told == [(date(2024, 4, 11), "coordinator"), (date(2024, 4, 26), "coordinator")]


def test_a_window_that_closes_later_is_told_anew(cast: Cast) -> None:
    reminder_rules(cast.agency, *BEFORE_CLOSING)
    window = a_window(cast.agency)
    plan(cast.agency, date(2024, 4, 11))
    window.ends_on, window.version = date(2024, 5, 15), 2
    db.session.commit()

    told = days_told(cast.agency, date(2024, 4, 17), MAY)

    assert told == [(date(2024, 5, 1), "coordinator"), (date(2024, 5, 9), "coordinator")]


def test_a_window_that_has_closed_is_not_told(cast: Cast) -> None:
    reminder_rules(cast.agency, *BEFORE_CLOSING)
    a_window(cast.agency)

    assert due_on(cast.agency, date(2024, 5, 2)) == {}


def test_every_week_coordinators_and_the_directors_of_what_is_open_hear(cast: Cast) -> None:
    reminder_rules(cast.agency, WEEKLY)
    cancel(cast.other_task)
    db.session.commit()

    told = days_told(cast.agency, date(2024, 4, 1), date(2024, 4, 14))

    weeks = [(date(2024, 4, day), person) for day in (1, 9) for person in ("coordinator", "director")]
    assert sorted(told) == weeks


def test_where_nothing_is_open_there_is_nothing_to_sum_up(cast: Cast) -> None:
    reminder_rules(cast.agency, WEEKLY)
    for task in (cast.task, cast.other_task):
        cancel(task)
    db.session.commit()

    assert due_on(cast.agency, date(2024, 4, 1)) == {}


def test_every_month_the_executive_hears_on_its_first_working_day(cast: Cast) -> None:
    reminder_rules(cast.agency, MONTHLY)

    told = days_told(cast.agency, date(2024, 6, 1), date(2024, 12, 31))

    firsts = [date(2024, 6, 4), date(2024, 7, 1), date(2024, 8, 1), date(2024, 9, 2), date(2024, 10, 1)]
    assert told == [(day, "executive") for day in firsts]


@pytest.mark.parametrize(
    ("rule", "option", "person", "day"),
    [
        (WEEKLY, MailOption.WEEKLY, "director", date(2024, 4, 1)),
        (MONTHLY, MailOption.MONTHLY, "executive", date(2024, 4, 1)),
        (BEFORE_CLOSING[0], MailOption.WINDOW, "coordinator", date(2024, 4, 11)),
    ],
)
def test_who_does_without_a_kind_gets_none_and_the_ledger_says_why(
    cast: Cast, rule: Rule, option: MailOption, person: str, day: date
) -> None:
    reminder_rules(cast.agency, rule)
    a_window(cast.agency)
    recipient = getattr(cast, person)
    less_often(recipient, option)

    (noted,) = due_on(cast.agency, day)[recipient]

    assert (noted.outcome, noted.why_not) == (Outcome.SUPPRESSED, WhyNot.DECLINED)


def test_nothing_obligatory_can_be_declined(cast: Cast) -> None:
    reminder_rules(cast.agency, T14)
    for option in MailOption:
        less_often(cast.officer, option)

    assert told_on(cast.agency, FRIDAY) == {("officer", Capacity.OFFICER)}


def test_two_heads_of_an_unmanned_task_both_hear(cast: Cast) -> None:
    reminder_rules(cast.agency, T14)
    a_user(cast.agency, email="second@example.go.th", seat=Seat.SECTION_HEAD, unit=cast.section)
    a_task(section=cast.section)
    leaves(cast.officer)
    db.session.commit()

    assert told_on(cast.agency, FRIDAY) == {("head", Capacity.SECTION_HEAD), ("second", Capacity.SECTION_HEAD)}
