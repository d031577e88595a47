"""The mails that tell of a plan on its way: to whose turn it is, to whom it came back, and in the morning's mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ita_flow.database import reading, transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import GATHERING
from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.mail.letters import letter_of
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.plans import Plan
from ita_flow.models.proposals import Proposal
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow import proposals
from ita_flow.workflow.plan_editing import settle
from tests.factories import NOW, TODAY, Cast, a_task, reminder_rules
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import PostRoom, promise

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def mail_room(post_room: PostRoom) -> PostRoom:
    """It is a quarter of an hour later."""
    post_room.now = NOW + GATHERING
    return post_room


@pytest.fixture
def plan(cast: Cast) -> Plan:
    plan = cast.task.measure.plan
    for measure in plan.measures:
        if measure not in (cast.task.measure, cast.other_task.measure):
            a_task(measure, section=cast.section)
    plan.state, plan.approved_at = PlanState.DRAFT, None
    settle(plan)
    db.session.commit()
    return plan


@pytest.fixture
def proposal(plan: Plan, cast: Cast) -> Proposal:
    with transaction():
        return proposals.propose_plan(plan, seen=seen_plan(plan), actor=cast.coordinator, at=NOW)


def give_back(proposal: Proposal, actor: User) -> None:
    with transaction():
        proposals.return_proposal(proposal, seen_now(proposal), comment="ขาดข้อจำกัด", actor=actor, at=NOW)


def withdraw(proposal: Proposal, cast: Cast) -> None:
    with transaction():
        proposals.withdraw(proposal, actor=cast.coordinator, at=NOW)


def leave(proposal: Proposal, cast: Cast) -> None:
    cast.chief.memberships[0].ends_on = TODAY - timedelta(days=1)
    db.session.commit()


def test_whose_turn_it_is_reads_of_the_plan(
    cast: Cast, proposal: Proposal, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    mail_room.send()

    (letter,) = letterbox.letters
    assert (cast.chief.email in str(letter["To"]), str(letter["Subject"])) == (
        True,
        "[ITA] รอท่านพิจารณา: แผนมาตรการ ปีงบประมาณ 2567",
    )
    assert f"/proposals/{proposal.id}" in text_of(letter)
    assert "เรียน ปลัด" in text_of(letter)


@pytest.mark.parametrize("meanwhile", [withdraw, leave])
def test_what_is_no_longer_true_is_not_said(
    cast: Cast,
    proposal: Proposal,
    mail_room: PostRoom,
    letterbox: Letterbox,
    meanwhile: Callable[[Proposal, Cast], None],
) -> None:
    meanwhile(proposal, cast)

    mail_room.send()

    assert not letterbox.letters


def test_who_proposed_reads_why_it_came_back(
    cast: Cast, proposal: Proposal, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    give_back(proposal, cast.chief)

    mail_room.send()

    (letter,) = letterbox.letters
    assert (cast.coordinator.email in str(letter["To"]), str(letter["Subject"])) == (
        True,
        "[ITA] ส่งกลับ: แผนมาตรการ ปีงบประมาณ 2567",
    )
    assert "“ขาดข้อจำกัด”" in text_of(letter)
    assert "/plans/2567" in text_of(letter)


def test_who_proposed_reads_that_the_last_seat_approved_it(
    cast: Cast, proposal: Proposal, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    for decider in (cast.chief, cast.executive):
        with transaction():
            proposals.approve(proposal, seen_now(proposal), actor=decider, at=NOW)

    mail_room.send()

    (letter,) = (one for one in letterbox.letters if cast.coordinator.email in str(one["To"]))
    assert str(letter["Subject"]) == "[ITA] อนุมัติแล้ว: แผนมาตรการ ปีงบประมาณ 2567"
    assert "เผยแพร่แผน" in text_of(letter)
    assert "/plans/2567" in text_of(letter)


def test_what_was_proposed_again_is_not_told_as_come_back(
    cast: Cast, plan: Plan, proposal: Proposal, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    give_back(proposal, cast.chief)
    with transaction():
        proposals.propose_plan(plan, seen=seen_plan(plan), actor=cast.coordinator, at=NOW)

    mail_room.send()

    assert cast.coordinator.email not in letterbox.recipients


def test_the_mail_of_the_morning_names_a_plan_that_waits(cast: Cast, proposal: Proposal) -> None:
    reminder_rules(cast.agency, Rule(Trigger.AWAITING))

    promise(cast, TOMORROW, bangkok_moment(TOMORROW, 8, 30))

    message = next(one for one in db.session.query(OutboxMessage) if one.kind is MessageKind.REMINDER)
    assert message.recipient_id == cast.chief.id
    with reading():
        letter = letter_of(message.id, bangkok_moment(TOMORROW, 8, 30))
    assert letter
    assert letter.message.subject == "[ITA] รอท่านพิจารณา 1 รายการ"
    assert "แผนมาตรการ ปีงบประมาณ 2567" in letter.message.text


def test_the_mail_of_the_morning_tells_of_a_plan_that_waits_too_long(cast: Cast, proposal: Proposal) -> None:
    reminder_rules(cast.agency, Rule(Trigger.AWAITING))
    later = TODAY + timedelta(days=7)

    promise(cast, later, bangkok_moment(later, 8, 30))

    message = next(one for one in db.session.query(OutboxMessage) if one.kind is MessageKind.REMINDER)
    with reading():
        letter = letter_of(message.id, bangkok_moment(later, 8, 30))
    assert letter
    assert "รอมาแล้ว 5 วันทำการ (กำหนด 3 วัน)" in letter.message.text
    assert "ดูเรื่องที่รอพิจารณา" in letter.message.text
    assert "รายงาน" not in letter.message.text
