"""Why somebody got a mail on a day, or none: the answer names the fact, its day, and when the next mail comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import Frequency, MailOption
from ita_flow.domain.reminder_answers import Fact, Told, Verdict
from ita_flow.domain.reminders import Capacity, Rule, Trigger
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.calendar import Holiday
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.reminders import MailChoice, ReminderRule
from ita_flow.models.tasks import Task
from ita_flow.queries.reminder_answers import ReminderAnswer, answer, people_to_ask_about, tasks_to_ask_about
from ita_flow.queries.reminder_search import Question
from ita_flow.wording.reminder_answers import told_sentence
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import LATE, T7, T14, Cast, a_report, a_task, a_user, reminder_rules
from tests.factories.plans import cancel, set_status
from tests.statements import counted_statements, with_nothing_loaded

THURSDAY = date(2024, 3, 14)
FRIDAY = date(2024, 3, 15)
SATURDAY = date(2024, 3, 16)
MONDAY = date(2024, 3, 18)
NEXT_FRIDAY = date(2024, 3, 22)
THE_DAY_AFTER = date(2024, 4, 1)


def morning(day: date) -> datetime:
    return bangkok_moment(day, 9)


def run(cast: Cast, day: date) -> None:
    with transaction():
        plan_reminders(cast.agency, day, at=morning(day), now=morning(day))


def run_and_send(cast: Cast, day: date) -> None:
    run(cast, day)
    deliver(DemoCarrier(), lambda: morning(day) + timedelta(minutes=1), lambda: morning(day))


def asked(
    person: User, task: Task | None = None, day: date = FRIDAY, at: date | datetime = MONDAY, is_silent: bool = False
) -> ReminderAnswer:
    moment = at if isinstance(at, datetime) else morning(at)
    return answer(Question(person, task, day), moment, is_silent=is_silent)


def facts(found: ReminderAnswer) -> list[Fact]:
    return [told.fact for told in found.facts]


def days(found: ReminderAnswer, fact: Fact) -> object:
    return next(told.values for told in found.facts if told.fact is fact).get("day")


@pytest.fixture
def office(cast: Cast) -> Cast:
    reminder_rules(cast.agency, T14, T7, LATE)
    return cast


def test_who_got_one_hears_when_it_left_where_to_and_as_what(office: Cast) -> None:
    run_and_send(office, FRIDAY)

    found = asked(office.officer, office.task)

    assert found.verdict is Verdict.GOT
    assert found.facts == [
        Told(Fact.SENT, {"address": office.officer.email, "moment": morning(FRIDAY)}),
        Told(Fact.AS, {"capacity": Capacity.OFFICER}),
    ]
    assert [line.task for line in found.lines] == [office.task]


def test_who_hears_because_nobody_is_responsible_is_told_so(office: Cast) -> None:
    office.task.officers = []
    db.session.commit()
    run_and_send(office, FRIDAY)

    assert facts(asked(office.head, office.task)) == [Fact.SENT, Fact.AS, Fact.NOBODY_ASSIGNED]


def test_who_will_get_one_hears_by_which_rule(office: Cast) -> None:
    found = asked(office.officer, office.task, day=NEXT_FRIDAY, at=MONDAY)

    assert (found.verdict, found.lines[0].occasion.rule) == (Verdict.WILL_GET, T7)


@pytest.mark.parametrize(("is_silent", "fact"), [(True, Fact.NOT_RUNNING), (False, Fact.LATE_TODAY)])
def test_after_the_hour_it_is_told_whether_the_timetable_runs(office: Cast, is_silent: bool, fact: Fact) -> None:
    found = asked(office.officer, office.task, at=FRIDAY, is_silent=is_silent)

    assert (found.verdict, facts(found)[-1]) == (Verdict.WILL_GET, fact)


def test_before_the_hour_nobody_complains(office: Cast) -> None:
    found = asked(office.officer, at=bangkok_moment(FRIDAY, 7), is_silent=True)

    assert (found.verdict, facts(found)) == (Verdict.WILL_GET, [Fact.AS])


@pytest.mark.parametrize(
    ("state", "failure", "verdict", "fact"),
    [
        (MessageState.DEAD, Failure.REFUSED, Verdict.FAILED, Told(Fact.SERVER_SAID, {"words": "no answer"})),
        (MessageState.PENDING, Failure.UNREACHABLE, Verdict.WAITS, Told(Fact.SERVER_AWAY)),
    ],
)
def test_what_the_server_said_is_told(
    office: Cast, state: MessageState, failure: Failure, verdict: Verdict, fact: Told
) -> None:
    run(office, FRIDAY)
    mail = db.session.scalars(sa.select(OutboxMessage)).one()
    mail.state, mail.failure, mail.last_error = state, failure, "no answer"
    db.session.commit()

    found = asked(office.officer)

    assert (found.verdict, found.facts[0]) == (verdict, fact)


def test_on_a_weekend_nothing_goes_out(office: Cast) -> None:
    run_and_send(office, FRIDAY)

    found = asked(office.officer, day=SATURDAY)

    assert (found.verdict, facts(found)) == (Verdict.NONE, [Fact.WEEKEND, Fact.NEXT])
    assert found.facts[0].values["following"] == MONDAY


def test_a_holiday_is_named(office: Cast) -> None:
    office.agency.holidays.append(Holiday(day=FRIDAY, name="วันสถาปนาจังหวัด", is_free=True))
    db.session.commit()

    found = asked(office.officer)

    assert found.facts[0] == Told(Fact.HOLIDAY, {"name": "วันสถาปนาจังหวัด", "following": MONDAY})


def test_a_closed_account_gets_nothing_any_more(office: Cast) -> None:
    office.officer.is_active = False
    db.session.commit()

    assert facts(asked(office.officer, office.task)) == [Fact.CLOSED]


def test_without_a_post_that_day_there_is_nothing_to_tell(office: Cast) -> None:
    newcomer = a_user(office.agency)

    assert facts(asked(newcomer, office.task))[0] is Fact.NO_POST


def test_of_the_task_of_others_it_names_who_is_told(office: Cast) -> None:
    found = asked(office.colleague, office.task)

    assert found.facts[0] == Told(Fact.NOT_THEIRS, {"name": office.colleague.name, "names": office.officer.name})


def test_those_above_hear_of_it_only_when_it_is_late(cast: Cast) -> None:
    reminder_rules(cast.agency, T14, Rule(Trigger.ESCALATE_TO_DIRECTOR, 7))

    found = asked(cast.director, cast.task)

    assert facts(found) == [Fact.HEARS_WHEN_LATE, Fact.NEXT]
    assert found.facts[1].values == {"day": date(2024, 4, 9), "rule": Rule(Trigger.ESCALATE_TO_DIRECTOR, 7)}


def test_who_has_submitted_is_told_since_when(office: Cast) -> None:
    a_report(office.task, office.officer, at=morning(THURSDAY))
    run(office, FRIDAY)

    found = asked(office.officer, office.task)

    assert (found.verdict, found.facts[0]) == (Verdict.NONE, Told(Fact.SUBMITTED, {"day": THURSDAY}))


def test_what_was_submitted_later_is_no_reason(office: Cast) -> None:
    run_and_send(office, FRIDAY)
    a_report(office.task, office.officer, at=morning(MONDAY))

    assert asked(office.officer, office.task).verdict is Verdict.GOT
    assert Fact.SUBMITTED not in facts(asked(office.officer, office.task, day=THURSDAY))


def test_what_is_done_is_told_with_its_day(office: Cast) -> None:
    set_status(office.task, WorkStatus.DONE, morning(THURSDAY))
    db.session.commit()

    found = asked(office.officer, office.task)

    assert found.facts == [Told(Fact.DONE, {"day": THURSDAY}), Told(Fact.NO_NEXT)]


def test_what_was_cancelled_needs_no_mail(office: Cast) -> None:
    cancel(office.task)
    db.session.commit()

    assert facts(asked(office.officer, office.task))[0] is Fact.CANCELLED


def test_a_plan_that_is_not_in_force_reminds_nobody(office: Cast) -> None:
    plan = office.task.measure.plan
    plan.state, plan.approved_at = PlanState.DRAFT, None
    db.session.commit()

    assert facts(asked(office.officer, office.task))[0] is Fact.NOT_IN_FORCE


def test_a_rule_that_is_switched_off_is_named(office: Cast) -> None:
    row = db.session.scalars(
        sa.select(ReminderRule).where(ReminderRule.trigger == Trigger.BEFORE_DUE, ReminderRule.days == 14)
    ).one()
    row.is_on = False
    db.session.commit()

    assert Told(Fact.RULE_OFF, {"rule": T14}) in asked(office.officer, office.task).facts
    assert Fact.RULE_OFF not in facts(asked(office.officer, office.task, day=THURSDAY))


def test_who_asked_for_fewer_is_told_so(cast: Cast) -> None:
    reminder_rules(cast.agency, Rule(Trigger.WEEKLY))
    choice = MailChoice(option=MailOption.WEEKLY, frequency=Frequency.OFF, chosen_at=morning(FRIDAY))
    choice.user_id = cast.coordinator.id
    db.session.add(choice)
    db.session.commit()
    run(cast, MONDAY)

    assert facts(asked(cast.coordinator, day=MONDAY))[0] is Fact.DECLINED


def test_when_nothing_ran_the_mail_that_came_instead_is_named(office: Cast) -> None:
    run_and_send(office, MONDAY)

    found = asked(office.officer, office.task)

    assert found.facts[0] == Told(Fact.DID_NOT_RUN, {"day": FRIDAY, "later": MONDAY})


def test_after_an_outage_the_more_urgent_mail_is_named(office: Cast) -> None:
    run_and_send(office, NEXT_FRIDAY)

    found = asked(office.officer, office.task, at=NEXT_FRIDAY)

    assert (found.verdict, found.facts[0]) == (Verdict.NONE, Told(Fact.TOLD_IN, {"day": NEXT_FRIDAY}))


def test_what_came_due_after_the_mail_of_the_day_waits_for_the_next(office: Cast) -> None:
    run_and_send(office, FRIDAY)
    late = a_task(section=office.section, officers=[office.officer], due_on=office.task.due_on)
    run_and_send(office, MONDAY)

    found = asked(office.officer, late)

    assert facts(found)[:2] == [Fact.OTHER_MAIL, Fact.AFTER_THE_MAIL]


def test_between_two_mails_both_are_named(office: Cast) -> None:
    run_and_send(office, FRIDAY)

    found = asked(office.officer, office.task, day=MONDAY)

    assert facts(found) == [Fact.NOTHING_DUE, Fact.ALREADY_TOLD, Fact.NEXT]
    assert (days(found, Fact.ALREADY_TOLD), days(found, Fact.NEXT)) == (FRIDAY, NEXT_FRIDAY)


def test_a_day_to_come_is_spoken_of_as_such(office: Cast) -> None:
    assert asked(office.officer, day=NEXT_FRIDAY - timedelta(days=1)).verdict is Verdict.WILL_NOT_GET


def test_every_fact_can_be_told(office: Cast) -> None:
    everything: dict[str, date | datetime | Rule | Capacity | str] = {
        "day": FRIDAY, "later": MONDAY, "following": MONDAY, "moment": morning(FRIDAY), "rule": T14,
        "capacity": Capacity.CHIEF, "name": "ก", "names": "ข", "address": "a@b", "words": "550",
    }  # fmt: skip

    sentences = [told_sentence(Told(fact, everything)) for fact in Fact]

    assert all(sentences)
    assert not any("%(" in sentence or "None" in sentence for sentence in sentences)


@pytest.mark.parametrize("tasks", [1, 5])
def test_an_answer_costs_the_same_for_any_number_of_tasks(office: Cast, tasks: int) -> None:
    for _number in range(tasks):
        a_task(section=office.section, officers=[office.officer], due_on=office.task.due_on)
    run_and_send(office, FRIDAY)
    person = with_nothing_loaded(office.officer)

    with counted_statements() as statements:
        asked(person, day=MONDAY)

    assert len(statements) <= 18


def test_only_the_own_people_and_tasks_can_be_asked_about(office: Cast) -> None:
    assert office.stranger not in people_to_ask_about(office.agency)
    assert [task.agency_id for task in tasks_to_ask_about(office.agency)] == [office.agency.id] * 2
