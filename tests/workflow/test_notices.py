"""Telling of events: who hears of what, once, in one mail for a quarter of an hour; never of one's own deed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.approvals import Seen
from ita_flow.domain.begun import Trace
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import GATHERING, Frequency, MailOption, NoticeKind
from ita_flow.domain.permissions import Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.extensions import clock, db
from ita_flow.models.notices import Notice
from ita_flow.models.outbox import Failure, MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import MailChoice
from ita_flow.models.tasks import Task
from ita_flow.queries.begun import traces_on
from ita_flow.workflow import approvals, assignments, progress_reports, tasks, undoing
from ita_flow.workflow.assignments import Assignment, Wish
from ita_flow.workflow.plan_approval import record_approval
from tests.factories import NOW, TODAY, Cast, a_chain, a_link, a_report, a_task, a_user

FIRST, SECOND = Seen(version=1, seat_number=1), Seen(version=1, seat_number=2)
MINUTE = timedelta(minutes=1)


def told() -> set[tuple[NoticeKind, str]]:
    """Who was told of what, by the part of the address before the @."""
    chosen = sa.select(Notice.kind, User.email).join(Notice.recipient)
    return {(kind, email.split("@")[0]) for kind, email in db.session.execute(chosen)}


def mails_to(person: User) -> list[OutboxMessage]:
    chosen = sa.select(OutboxMessage).where(OutboxMessage.recipient_id == person.id).order_by(OutboxMessage.id)
    return list(db.session.scalars(chosen.execution_options(populate_existing=True)))


def lines_of(message: OutboxMessage) -> list[NoticeKind]:
    chosen = sa.select(Notice.kind).where(Notice.message_id == message.id).order_by(Notice.id)
    return list(db.session.scalars(chosen))


def sent(message: OutboxMessage) -> None:
    """As the sender leaves it."""
    message.state, message.sent_at, message.text = MessageState.SENT, NOW, "…"
    db.session.commit()


def give(task: Task, *officers: User, by: User | None = None, after: timedelta = timedelta()) -> None:
    with transaction():
        tasks.assign(task, officers, actor=by, at=NOW + after)


def approve(report: ProgressReport, by: User, seen: Seen = FIRST, after: timedelta = timedelta()) -> None:
    with transaction():
        approvals.approve(report, seen, actor=by, at=NOW + after)


def return_it(report: ProgressReport, by: User, after: timedelta = timedelta()) -> None:
    with transaction():
        approvals.return_for_revision(report, FIRST, comment="ขอภาพถ่าย", actor=by, at=NOW + after)


def submit(task: Task, by: User) -> ProgressReport:
    with transaction():
        report = progress_reports.open_report(task, by, NOW)
        claim = Claim(WorkStatus.DONE, "ดำเนินการแล้ว", (1, 2))
        progress_reports.save(report, claim, link="https://example.go.th/", actor=by, at=NOW)
        progress_reports.submit(report, actor=by, at=NOW)
    return report


# Who hears of what.


def test_a_new_officer_and_the_head_of_the_section_hear_of_a_task(cast: Cast) -> None:
    give(cast.task, cast.officer, cast.colleague, by=cast.coordinator)

    assert told() == {(NoticeKind.ASSIGNED, "colleague"), (NoticeKind.ASSIGNED, "head")}


def test_nobody_hears_of_an_assignment_that_changes_nothing_or_takes_away(cast: Cast) -> None:
    give(cast.task, cast.officer, by=cast.coordinator)
    give(cast.task, by=cast.coordinator)

    assert told() == set()


def test_the_officers_of_a_draft_hear_of_it_when_the_plan_comes_into_force(cast: Cast) -> None:
    plan_id = cast.task.measure.plan_id
    _let_the_plan_be(plan_id, PlanState.DRAFT)
    give(cast.task, cast.colleague, by=cast.coordinator)
    before = told()

    _let_the_plan_be(plan_id, PlanState.APPROVED)
    with transaction():
        record_approval(db.session.get_one(Plan, plan_id), TODAY, "1/2567", actor=cast.coordinator, at=NOW)

    assert before == set()
    assert told() == {(NoticeKind.ASSIGNED, who) for who in ("colleague", "head", "other_officer", "other_head")}


def _let_the_plan_be(plan_id: int, state: PlanState) -> None:
    plan = db.session.get_one(Plan, plan_id)
    plan.state, plan.approved_at = state, NOW if state is PlanState.APPROVED else None
    db.session.commit()


def test_the_officers_and_the_authors_hear_that_a_report_came_back(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.colleague])

    return_it(report, cast.head)

    assert told() == {(NoticeKind.RETURNED, "officer"), (NoticeKind.RETURNED, "colleague")}


def test_only_the_last_approval_is_told(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    approve(report, cast.head)
    after_the_first = told()
    approve(report, cast.director, SECOND)

    assert after_the_first == set()
    assert told() == {(NoticeKind.APPROVED, "officer")}


def test_whoever_does_without_hears_of_no_approval_and_it_is_known_that_they_did(cast: Cast) -> None:
    db.session.add(
        MailChoice(user_id=cast.officer.id, option=MailOption.APPROVED, frequency=Frequency.OFF, chosen_at=NOW)
    )
    db.session.commit()
    report = a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)

    approve(report, cast.head)

    assert told() == {(NoticeKind.APPROVED, "officer")}
    assert mails_to(cast.officer) == []


@pytest.mark.parametrize(("days", "hears"), [(3, True), (4, False), (-1, True)])
def test_a_seat_hears_at_once_of_what_is_due_within_three_days(cast: Cast, days: int, hears: bool) -> None:
    cast.task.due_on = TODAY + timedelta(days=days)
    db.session.commit()

    submit(cast.task, cast.officer)

    assert told() == ({(NoticeKind.AWAITING_SOON, "head")} if hears else set())


def test_the_next_seat_hears_when_its_turn_comes(cast: Cast) -> None:
    cast.task.due_on = TODAY
    report = a_report(cast.task, cast.officer)

    approve(report, cast.head)

    assert told() == {(NoticeKind.AWAITING_SOON, "director")}


def test_a_seat_that_needs_all_its_holders_hears_of_a_report_once(cast: Cast) -> None:
    a_user(cast.agency, email="second_head@example.go.th", seat=Seat.SECTION_HEAD, unit=cast.section)
    a_chain(cast.agency, ChainSeat(Seat.SECTION_HEAD, needs_all=True))
    cast.task.due_on = TODAY
    db.session.commit()
    report = submit(cast.task, cast.officer)

    approve(report, cast.head)

    assert told() == {(NoticeKind.AWAITING_SOON, "head"), (NoticeKind.AWAITING_SOON, "second_head")}
    assert len(db.session.scalars(sa.select(Notice.id)).all()) == 2


def test_nobody_is_told_of_their_own_deed(cast: Cast) -> None:
    give(cast.task, cast.officer, cast.colleague, by=cast.head)

    assert told() == {(NoticeKind.ASSIGNED, "colleague")}


def test_who_may_not_sign_in_is_told_nothing(cast: Cast) -> None:
    cast.officer.is_active = False
    report = a_report(cast.task, cast.officer)

    return_it(report, cast.head)

    assert told() == set()


# One mail for a quarter of an hour.


def test_what_happens_within_a_quarter_of_an_hour_goes_in_one_mail(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    task = a_task(section=cast.section)

    return_it(report, cast.head)
    give(task, cast.officer, by=cast.coordinator, after=14 * MINUTE)

    [mail] = mails_to(cast.officer)
    assert lines_of(mail) == [NoticeKind.RETURNED, NoticeKind.ASSIGNED]
    assert (mail.kind, mail.created_at, mail.next_attempt_at) == (MessageKind.EVENT, NOW, NOW + GATHERING)


def test_what_happens_later_goes_in_the_next_mail(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    task = a_task(section=cast.section)
    return_it(report, cast.head)
    sent(*mails_to(cast.officer))

    give(task, cast.officer, by=cast.coordinator, after=16 * MINUTE)

    assert [lines_of(mail) for mail in mails_to(cast.officer)] == [[NoticeKind.RETURNED], [NoticeKind.ASSIGNED]]


def test_a_deed_on_many_tasks_is_one_mail(cast: Cast) -> None:
    given = [a_task(section=cast.section) for _ in range(3)]
    wishes = [
        Wish(
            task.id,
            Assignment.of(task),
            Assignment(cast.section.id, frozenset({cast.colleague.id}), task.due_on),
        )
        for task in given
    ]

    with transaction():
        plan = given[0].measure.plan
        assignments.give_out(plan, wishes, actor=cast.coordinator, at=NOW, today=TODAY)

    assert [lines_of(mail) for mail in mails_to(cast.colleague)] == [[NoticeKind.ASSIGNED] * 3]
    assert [lines_of(mail) for mail in mails_to(cast.head)] == [[NoticeKind.ASSIGNED] * 3]


def test_a_mail_that_no_server_took_says_it_with_the_next_one(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    task = a_task(section=cast.section)
    return_it(report, cast.head)
    [waiting] = mails_to(cast.officer)
    waiting.attempts, waiting.next_attempt_at = 3, NOW + 60 * MINUTE
    db.session.commit()

    give(task, cast.officer, by=cast.coordinator, after=30 * MINUTE)

    old, new = mails_to(cast.officer)
    assert (old.state, lines_of(old)) == (MessageState.DROPPED, [])
    assert lines_of(new) == [NoticeKind.RETURNED, NoticeKind.ASSIGNED]


def test_no_mail_tells_of_an_approval_that_may_still_be_taken_back(cast: Cast) -> None:
    first, second = (
        a_report(task, cast.officer, claim=WorkStatus.IN_PROGRESS)
        for task in (cast.task, a_task(section=cast.section, officers=[cast.officer]))
    )

    approve(first, cast.head)
    approve(second, cast.head, after=14 * MINUTE)

    [mail] = mails_to(cast.officer)
    assert lines_of(mail) == [NoticeKind.APPROVED] * 2
    assert mail.next_attempt_at == NOW + 14 * MINUTE + GATHERING


def test_an_approval_lets_nothing_more_urgent_wait(cast: Cast) -> None:
    returned = a_report(cast.task, cast.officer)
    approved = a_report(
        a_task(section=cast.section, officers=[cast.officer]), cast.officer, claim=WorkStatus.IN_PROGRESS
    )

    return_it(returned, cast.head)
    approve(approved, cast.head, after=14 * MINUTE)

    urgent, other = mails_to(cast.officer)
    assert (lines_of(urgent), urgent.next_attempt_at) == ([NoticeKind.RETURNED], NOW + GATHERING)
    assert (lines_of(other), other.next_attempt_at) == ([NoticeKind.APPROVED], NOW + 14 * MINUTE + GATHERING)


def test_an_approval_that_was_taken_back_and_given_again_is_told_anew(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)
    approve(report, cast.head)
    with transaction():
        assert report.current
        decision = report.current.last_standing
        assert decision
        undoing.undo(decision, actor=cast.head, at=NOW + MINUTE)

    approve(report, cast.head, after=2 * MINUTE)

    [mail] = mails_to(cast.officer)
    assert lines_of(mail) == [NoticeKind.APPROVED] * 2


def test_a_deed_that_is_rolled_back_tells_nobody(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    approvals.return_for_revision(report, FIRST, comment="ขอภาพถ่าย", actor=cast.head, at=NOW)
    db.session.rollback()

    assert told() == set()
    assert mails_to(cast.officer) == []


@pytest.mark.usefixtures("app")
def test_the_mail_waits_on_the_true_clock_where_the_office_has_another(cast: Cast, today: date) -> None:
    at = bangkok_moment(today, 10)

    with transaction():
        tasks.assign(cast.task, [cast.officer, cast.colleague], actor=cast.coordinator, at=at)

    [mail] = mails_to(cast.colleague)
    assert mail.created_at == clock.true_moment(at) != at
    assert mail.speaks_on == today


# A task that goes.


@contextmanager
def a_told_task(cast: Cast) -> Iterator[Task]:
    task = a_task(section=cast.section)
    give(task, cast.officer, by=cast.coordinator)
    yield task


def test_what_nobody_was_told_yet_goes_with_the_task(cast: Cast) -> None:
    with a_told_task(cast) as task:
        traces = traces_on(task.measure)

        with transaction():
            tasks.take_back(task.measure)

    assert set(traces.values()) == {Trace.NONE}
    assert told() == set()


def test_a_task_that_somebody_was_told_of_has_begun(cast: Cast) -> None:
    with a_told_task(cast) as task:
        for person in (cast.officer, cast.head):
            sent(*mails_to(person))

        assert traces_on(task.measure)[task.id] is Trace.REMINDED


def test_a_mail_that_was_never_taken_is_no_trace(cast: Cast) -> None:
    with a_told_task(cast) as task:
        for person in (cast.officer, cast.head):
            [mail] = mails_to(person)
            mail.state = MessageState.DEAD
        db.session.commit()

        assert traces_on(task.measure)[task.id] is Trace.NONE


def test_a_mail_that_may_have_arrived_is_a_trace(cast: Cast) -> None:
    with a_told_task(cast) as task:
        for person in (cast.officer, cast.head):
            [mail] = mails_to(person)
            mail.attempts, mail.failure = 1, Failure.UNREACHABLE  # the line broke with the letter in hand
        db.session.commit()

        assert traces_on(task.measure)[task.id] is Trace.REMINDED


def test_a_report_under_way_is_more_than_a_trace_of_a_mail(cast: Cast) -> None:
    with a_told_task(cast) as task:
        a_report(task, cast.officer, ReportState.DRAFT, evidence=[a_link(task, cast.officer)])

        assert traces_on(task.measure)[task.id] is Trace.REPORTED
