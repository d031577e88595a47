"""A later due date: who asks for it and when, how the seats decide, and what becomes of the task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid, NotPermitted, Refusal, Stale
from ita_flow.domain.states import PlanState, ProposalState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.notices import Notice
from ita_flow.models.people import User
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.proposals import seen_now
from ita_flow.queries.reminders import expected_mails
from ita_flow.wording import sentence_of
from ita_flow.workflow import amendments, extensions, proposals, task_editing
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import NOW, T7, T14, Cast, a_plan, a_report, an_acting_order, reminder_rules
from tests.factories.plans import cancel, set_status
from tests.record import events_about

DUE, APRIL, MAY = date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)
WHY = "ผู้รับจ้างส่งมอบงานล่าช้ากว่าสัญญา"


def ask(cast: Cast, due_on: date = APRIL, reason: str = WHY, actor: User | None = None) -> Proposal:
    with transaction():
        return extensions.ask(cast.task, due_on, reason, actor=actor or cast.officer, at=NOW)


def decide(wish: Proposal, *people: User) -> None:
    """They approve, one after the other, each what lies before them."""
    for person in people:
        with transaction():
            proposals.approve(wish, seen_now(wish), actor=person, at=NOW)


def granted(cast: Cast, due_on: date = APRIL) -> Proposal:
    wish = ask(cast, due_on)
    decide(wish, cast.head, cast.director)
    return wish


def told(kind: NoticeKind) -> set[User]:
    return {notice.recipient for notice in db.session.scalars(sa.select(Notice).where(Notice.kind == kind))}


def test_until_all_seats_granted_it_the_date_stays(cast: Cast) -> None:
    wish = ask(cast)
    decide(wish, cast.head)

    assert (cast.task.due_on, cast.task.first_due_on, cast.task.due_version) == (DUE, None, 1)
    assert wish.state is ProposalState.WAITING


def test_what_the_last_seat_grants_is_the_date_and_the_first_one_is_kept(cast: Cast) -> None:
    wish = granted(cast)

    assert (cast.task.due_on, cast.task.first_due_on, cast.task.due_version) == (APRIL, DUE, 2)
    assert (wish.state, wish.settled_at) == (ProposalState.APPROVED, NOW)


def test_after_a_second_one_the_very_first_date_is_kept(cast: Cast) -> None:
    granted(cast)
    granted(cast, MAY)

    assert (cast.task.due_on, cast.task.first_due_on, cast.task.due_version) == (MAY, DUE, 3)


def test_the_record_tells_who_asked_for_what_and_who_granted_it(cast: Cast) -> None:
    wish = granted(cast)

    asked, endorsed, extended, given = events_about(f"task:{cast.task.id}")
    assert [one["action"] for one in (asked, endorsed, extended, given)] == [
        "extension.asked",
        "extension.endorsed",
        "task.extended",
        "extension.granted",
    ]
    assert (asked["actor"], asked["after"]["due_on"], asked["after"]["reason"]) == (
        f"user:{cast.officer.id}",
        "2024-04-30",
        WHY,
    )
    assert (extended["before"], extended["after"]) == (
        {"due_on": "2024-03-31"},
        {"due_on": "2024-04-30", "proposal": wish.id},
    )


def test_a_colleague_of_the_section_may_ask_too(cast: Cast) -> None:
    assert ask(cast, actor=cast.colleague).submitted_by is cast.colleague


@pytest.mark.parametrize("who", ["head", "coordinator", "other_officer", "stranger"])
def test_others_may_neither_ask_nor_take_it_back(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        ask(cast, actor=getattr(cast, who))
    wish = ask(cast)
    with pytest.raises(NotPermitted), transaction():
        extensions.withdraw(wish, actor=getattr(cast, who), at=NOW)

    assert wish.state is ProposalState.WAITING


@pytest.mark.parametrize(
    ("due_on", "key"),
    [
        (DUE, "extension_not_later"),
        (date(2024, 3, 15), "extension_not_later"),
        (date(2024, 10, 1), "extension_after_the_year"),
    ],
)
def test_the_date_is_later_and_in_the_year_of_the_plan(cast: Cast, due_on: date, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(cast, due_on)

    assert (refused.value.key, refused.value.field) == (key, "due_on")


def test_the_last_day_of_the_year_may_be_asked_for(cast: Cast) -> None:
    assert ask(cast, date(2024, 9, 30)).due_on == date(2024, 9, 30)


@pytest.mark.parametrize(("day", "may"), [(18, False), (19, True)])
def test_what_is_overdue_is_asked_for_from_today_on(cast: Cast, day: int, may: bool) -> None:
    cast.task.due_on = date(2024, 2, 29)
    db.session.commit()

    if may:
        assert ask(cast, date(2024, 3, day))
    else:
        with pytest.raises(Invalid) as refused:
            ask(cast, date(2024, 3, day))
        assert refused.value.key == "extension_not_to_come"


@pytest.mark.parametrize(("reason", "key"), [(" \n", "extension_needs_a_reason"), ("ก" * 2001, "text_too_long")])
def test_it_has_a_reason_that_people_can_read(cast: Cast, reason: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(cast, reason=reason)

    assert (refused.value.key, refused.value.field) == (key, "reason")
    assert ask(cast, reason="ก" * 2000)


def is_done(cast: Cast) -> None:
    set_status(cast.task, WorkStatus.DONE, NOW)


def is_cancelled(cast: Cast) -> None:
    cancel(cast.task)


def is_left(cast: Cast) -> None:
    set_status(cast.task, WorkStatus.UNFINISHED, NOW)


def is_drafted(cast: Cast) -> None:
    plan = cast.task.measure.plan
    plan.state, plan.approved_at = PlanState.DRAFT, None


def is_closed(cast: Cast) -> None:
    plan = cast.task.measure.plan
    plan.state, plan.closed_at = PlanState.CLOSED, NOW


def is_replaced(cast: Cast) -> None:
    a_plan(cast.agency, version=2)


def claims_completion(cast: Cast) -> None:
    a_report(cast.task, cast.officer)


def is_due_at_the_end(cast: Cast) -> None:
    cast.task.due_on = date(2024, 9, 30)


@pytest.mark.parametrize(
    ("standing", "key"),
    [
        (is_done, "task_postpone_too_late"),
        (is_cancelled, "task_postpone_too_late"),
        (is_left, "task_postpone_too_late"),
        (is_drafted, "extension_plan_not_in_force"),
        (is_closed, "plan_closed"),
        (is_replaced, "extension_plan_not_in_force"),
        (claims_completion, "extension_claim_waits"),
        (is_due_at_the_end, "extension_year_ends"),
    ],
)
def test_where_there_is_nothing_to_ask_that_is_said(cast: Cast, standing: Callable[[Cast], None], key: str) -> None:
    standing(cast)
    db.session.commit()

    with pytest.raises(Refusal) as refused:
        ask(cast)

    assert refused.value.key == key
    assert sentence_of(refused.value)


def test_a_report_on_the_way_keeps_nobody_from_asking(cast: Cast) -> None:
    a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)

    granted(cast)

    assert cast.task.due_on == APRIL


def test_one_wish_waits_at_a_time(cast: Cast) -> None:
    ask(cast)

    with pytest.raises(Stale) as refused:
        ask(cast, MAY, actor=cast.colleague)

    assert refused.value.key == "extension_waits_already"


def test_what_was_taken_back_can_be_asked_for_again(cast: Cast) -> None:
    wish = ask(cast)
    with transaction():
        extensions.withdraw(wish, actor=cast.colleague, at=NOW)

    assert wish.state is ProposalState.WITHDRAWN
    assert granted(cast, MAY).state is ProposalState.APPROVED


def test_what_came_back_leaves_the_date_and_can_be_asked_for_again(cast: Cast) -> None:
    wish = ask(cast)
    with transaction():
        proposals.return_proposal(wish, seen_now(wish), comment="ขอแผนการทำงานใหม่", actor=cast.head, at=NOW)

    assert (wish.state, cast.task.due_on) == (ProposalState.RETURNED, DUE)
    assert granted(cast).state is ProposalState.APPROVED


def test_whoever_asked_does_not_decide_not_even_for_another(cast: Cast) -> None:
    an_acting_order(cast.officer, seat=Seat.SECTION_HEAD, unit=cast.section, holder=cast.head)
    wish = ask(cast)

    with pytest.raises(NotPermitted) as refused:
        decide(wish, cast.officer)

    assert refused.value.key == "own_report"


@pytest.mark.parametrize("standing", [is_done, is_cancelled, is_left, is_closed, is_replaced])
def test_a_wish_that_was_overtaken_cannot_be_granted_but_given_back(
    cast: Cast, standing: Callable[[Cast], None]
) -> None:
    wish = ask(cast)
    standing(cast)
    db.session.commit()

    with pytest.raises(Stale):
        decide(wish, cast.head)
    with transaction():
        proposals.return_proposal(wish, seen_now(wish), comment="งานสิ้นสุดแล้ว", actor=cast.head, at=NOW)

    assert (wish.state, cast.task.due_on) == (ProposalState.RETURNED, DUE)


def test_a_date_that_the_coordinator_moved_meanwhile_is_not_written_over(cast: Cast) -> None:
    wish = ask(cast)
    move(cast.task, date(2024, 4, 15), cast.coordinator)

    with pytest.raises(Stale) as refused:
        decide(wish, cast.head)

    assert refused.value.key == "extension_due_moved"
    assert (cast.task.due_on, cast.task.first_due_on) == (date(2024, 4, 15), None)


def test_a_claim_that_came_meanwhile_is_judged_by_the_date_that_is_granted(cast: Cast) -> None:
    cast.task.due_on = date(2024, 3, 10)
    db.session.commit()
    wish = ask(cast)
    a_report(cast.task, cast.officer, state=ReportState.SUBMITTED)

    decide(wish, cast.head, cast.director)

    assert cast.task.due_on == APRIL


def test_everybody_whom_it_concerns_is_told_and_nobody_of_their_own_deed(cast: Cast) -> None:
    wish = ask(cast, actor=cast.colleague)
    assert told(NoticeKind.PROPOSED) == {cast.head}

    decide(wish, cast.head)
    assert told(NoticeKind.PROPOSED) == {cast.head, cast.director}

    decide(wish, cast.director)
    assert told(NoticeKind.EXTENDED) == {cast.officer, cast.colleague}


def test_the_new_date_reminds_anew_and_the_old_one_no_more(cast: Cast) -> None:
    reminder_rules(cast.agency, T14, T7)
    assert days_reminded(cast, DUE) == [date(2024, 3, 15), date(2024, 3, 22)]
    with transaction():
        plan_reminders(cast.agency, date(2024, 3, 15), at=NOW, now=NOW)

    granted(cast)

    assert days_reminded(cast, APRIL) == [date(2024, 4, 11), date(2024, 4, 23)]


def test_what_was_overdue_is_so_no_more(cast: Cast) -> None:
    cast.task.due_on = date(2024, 3, 4)
    db.session.commit()

    granted(cast)

    assert cast.task.due_on > NOW.date()


def test_the_copy_in_an_amendment_follows(cast: Cast) -> None:
    with transaction():
        amendment = amendments.begin(cast.task.measure.plan, "ปรับตามงบประมาณ", actor=cast.coordinator, at=NOW)

    granted(cast)

    (copy,) = db.session.scalars(sa.select(Task).where(Task.continues_id == cast.task.id))
    assert (copy.measure.plan, copy.due_on, copy.first_due_on) == (amendment, APRIL, DUE)


def test_nobody_can_decide_where_all_seats_are_empty(cast: Cast) -> None:
    cast.head.memberships[0].ends_on = cast.director.memberships[0].ends_on = NOW.date() - timedelta(days=1)
    db.session.commit()

    with pytest.raises(Invalid) as refused:
        ask(cast)

    assert refused.value.key == "nobody_can_decide"


def test_the_seen_place_in_the_chain_counts(cast: Cast) -> None:
    wish = ask(cast)

    with pytest.raises(Stale), transaction():
        proposals.approve(wish, Seen(wish.revision, 2), actor=cast.director, at=NOW)


def test_the_hash_speaks_of_task_dates_and_reason(cast: Cast) -> None:
    wish = ask(cast)
    before = wish.content_hash

    wish.reason = "อื่น"
    assert extensions.content_hash(wish) != before
    wish.reason, wish.due_on = WHY, MAY
    assert extensions.content_hash(wish) != before
    wish.due_on = APRIL
    assert extensions.content_hash(wish) == before


def move(task: Task, due_on: date, actor: User) -> None:
    with transaction():
        task_editing.move_due(task, due_on, actor=actor, at=NOW)


def days_reminded(cast: Cast, last: date) -> list[date]:
    """On which days until then the officer is reminded, if nothing else happens."""
    mails = expected_mails(cast.agency, date(2024, 3, 15), last)
    return [mail.send_on for mail in mails if mail.recipient is cast.officer]
