"""Delivering over a real server: each mail at least once, most exactly once, none lost."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.mail import delivery, outbox
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import Delivery, deliver
from ita_flow.mail.letters import Letter, letter_of
from ita_flow.mail.outbox import BATCH, LEASE, wait_after
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from tests.factories import Cast, a_report, a_task, a_user
from tests.letterbox import HANG_UP, TAKE_AND_HANG_UP, Letterbox, text_of
from tests.mail.conftest import FRIDAY, MORNING, PostRoom, promise, promise_to_both, the_message

A_MOMENT = timedelta(milliseconds=1)


def test_a_promised_mail_arrives_and_its_text_is_kept(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    assert post_room.send() == Delivery(sent=1)

    message = the_message()
    [letter] = letterbox.letters
    assert (message.state, message.sent_to, message.sent_at) == (MessageState.SENT, office.officer.email, MORNING)
    assert message.subject == letter["Subject"] == "[ITA] เหลือ 16 วัน: 1 มาตรการ"
    assert message.text == text_of(letter).replace("\r\n", "\n")
    assert message.html
    assert "<html" in message.html


def test_nothing_is_sent_twice(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    post_room.send()

    assert post_room.send() == Delivery()
    assert len(letterbox.letters) == 1


def test_a_batch_goes_over_one_connection(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    promise_to_both(office)

    assert post_room.send() == Delivery(sent=2)
    assert letterbox.connections == 1


def test_a_limit_holds(office: Cast, post_room: PostRoom) -> None:
    promise_to_both(office)

    assert post_room.send(limit=1) == Delivery(sent=1)
    assert post_room.send(limit=1) == Delivery(sent=1)


def test_more_than_a_batch_is_sent_in_one_run(office: Cast, post_room: PostRoom) -> None:
    for _ in range(BATCH):
        officer = a_user(office.agency, role=Role.OFFICER, unit=office.section)
        a_task(section=office.section, officers=[officer], due_on=FRIDAY)
    promise(office)

    assert post_room.send() == Delivery(sent=BATCH + 1)


@pytest.mark.parametrize("answer", ["451 try again", "421 too busy", "452 no room"])
@pytest.mark.parametrize("place", ["answers_to_recipient", "answers_to_letter"])
def test_a_letter_not_taken_for_now_is_tried_again(
    office: Cast, post_room: PostRoom, letterbox: Letterbox, place: str, answer: str
) -> None:
    setattr(letterbox, place, [answer])

    assert post_room.send() == Delivery(delayed=1)
    assert answer.split()[0] in str(the_message().last_error)
    assert the_message().failure is Failure.TRY_LATER
    assert post_room.send() == Delivery()
    post_room.wait(minutes=1.2)
    assert post_room.send() == Delivery(sent=1)


def test_the_waits_grow(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    waits = []
    for _ in range(4):
        letterbox.answers_to_recipient = ["451 try again"]
        post_room.send()
        waits.append(the_message().next_attempt_at - post_room.now)
        post_room.now = the_message().next_attempt_at

    assert waits == sorted(waits)
    assert [round(wait / timedelta(minutes=1)) for wait in waits[:3]] == [1, 2, 4]
    assert the_message().attempts == 4


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 45), (8, 45), (5000, 45)])
def test_no_wait_is_longer_than_three_quarters_of_an_hour(attempts: int, minutes: int) -> None:
    assert wait_after(attempts, jitter=0) == timedelta(minutes=minutes)


def test_waits_are_spread_by_a_tenth() -> None:
    assert wait_after(1, jitter=1) == timedelta(seconds=66)
    assert wait_after(7, jitter=1) == timedelta(minutes=49.5)


@pytest.mark.parametrize("place", ["answers_to_recipient", "answers_to_letter"])
def test_a_refusal_for_good_ends_it_at_once(
    office: Cast, post_room: PostRoom, letterbox: Letterbox, place: str
) -> None:
    setattr(letterbox, place, ["550 no such person"])

    assert post_room.send() == Delivery(dead=1)
    post_room.wait(days=1)
    assert post_room.send() == Delivery()
    assert (the_message().state, the_message().last_error) == (MessageState.DEAD, "550 no such person")
    assert (the_message().failure, the_message().sent_to) == (Failure.REFUSED, office.officer.email)


def test_after_fourteen_days_of_trying_it_is_given_up(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    letterbox.answers_to_letter = ["451 try again"]
    post_room.wait(days=14)

    assert post_room.send() == Delivery(dead=1)


@pytest.mark.parametrize("ending", [HANG_UP, TAKE_AND_HANG_UP])
def test_when_the_line_breaks_the_letter_goes_again_under_its_old_number(
    office: Cast, post_room: PostRoom, letterbox: Letterbox, ending: str
) -> None:
    promise_to_both(office)
    letterbox.answers_to_letter = [ending]

    assert post_room.send() == Delivery(sent=1, delayed=1)
    assert sorted(str(row.failure) for row in _messages()) == ["None", Failure.UNREACHABLE]
    post_room.wait(minutes=1.2)
    assert post_room.send() == Delivery(sent=1)

    numbers = [letter["Message-ID"] for letter in letterbox.letters]
    assert len(numbers) == (3 if ending is TAKE_AND_HANG_UP else 2)
    assert len(set(numbers)) == 2


def test_a_server_out_of_reach_costs_no_attempt(office: Cast, letterbox: Letterbox) -> None:
    promise_to_both(office)
    nobody = PostRoom("smtp://127.0.0.1:1")

    outcome = nobody.send()

    assert outcome.trouble
    assert (outcome.sent, outcome.delayed, outcome.dead) == (0, 0, 0)
    assert [(row.state, row.attempts) for row in _messages()] == [(MessageState.PENDING, 0)] * 2
    assert {row.failure for row in _messages()} == {Failure.UNREACHABLE}
    back = PostRoom(letterbox.url, now=MORNING + outbox.WAIT_FOR_THE_SERVER)
    assert back.send() == Delivery(sent=2)


def test_a_server_that_refuses_us_says_nothing_about_the_letter(
    office: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    letterbox.answers_to_sender = ["550 you may not send from here"]

    assert "550" in str(post_room.send().trouble)
    assert (the_message().state, the_message().attempts) == (MessageState.PENDING, 0)


@pytest.mark.parametrize("answer", ["530 authentication required", "535 wrong password"])
def test_a_server_that_does_not_know_us_says_nothing_about_the_recipient(
    office: Cast, post_room: PostRoom, letterbox: Letterbox, answer: str
) -> None:
    letterbox.answers_to_recipient = [answer]

    assert answer in str(post_room.send().trouble)
    assert (the_message().state, the_message().failure) == (MessageState.PENDING, Failure.UNREACHABLE)


def test_a_sender_that_is_no_address_is_no_recipients_fault(app: Flask, office: Cast, post_room: PostRoom) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_from="nobody at all")

    assert post_room.send() == Delivery(delayed=1)
    assert "ITA_FLOW_MAIL_FROM" in str(the_message().last_error)
    assert the_message().failure is None


def test_fourteen_days_out_of_reach_lose_nothing(office: Cast, letterbox: Letterbox) -> None:
    nobody = PostRoom("smtp://127.0.0.1:1")
    for _ in range(15):
        nobody.send()
        nobody.wait(days=1)

    assert PostRoom(letterbox.url, now=nobody.now).send() == Delivery(sent=1)
    assert letterbox.letters[0]["Subject"] == "[ITA] เหลือ 1 วัน: 1 มาตรการ"


def test_a_mail_whose_sender_died_is_offered_again_when_the_lease_ends(
    office: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    with transaction():
        lost = outbox.claim(post_room.now)

    post_room.now += LEASE
    assert post_room.send() == Delivery()
    post_room.now += A_MOMENT
    assert post_room.send() == Delivery(sent=1)
    with transaction():
        assert not outbox.finish(lost, lost.message_ids[0], outbox.Sent("late", "late", "late", "late", MORNING))
    assert the_message().text != "late"


def test_a_letter_that_cannot_be_made_does_not_hold_up_the_others(
    office: Cast, post_room: PostRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise_to_both(office)
    first = _messages()[0].id

    def breaking(message_id: int, now: datetime) -> Letter | None:
        if message_id == first:
            raise ZeroDivisionError
        return letter_of(message_id, now)

    monkeypatch.setattr(delivery, "letter_of", breaking)

    assert post_room.send() == Delivery(sent=1, delayed=1)


def test_an_address_that_is_none_ends_it_at_once(office: Cast, post_room: PostRoom) -> None:
    office.officer.email = "nobody at all"
    db.session.commit()

    assert post_room.send() == Delivery(dead=1)
    assert (the_message().failure, the_message().sent_to) == (Failure.REFUSED, "nobody at all")


def test_a_mail_of_which_nothing_is_true_any_more_is_dropped(
    office: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    a_report(office.task, office.officer, state=ReportState.SUBMITTED)

    assert post_room.send() == Delivery(dropped=1)
    assert (the_message().state, letterbox.letters) == (MessageState.DROPPED, [])


def test_days_are_counted_from_the_day_of_sending(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    post_room.wait(days=3)
    post_room.send()

    assert letterbox.letters[0]["Subject"] == "[ITA] เหลือ 13 วัน: 1 มาตรการ"


def test_nothing_is_begun_when_told_to_stop(office: Cast, post_room: PostRoom) -> None:
    promise_to_both(office)
    answers = iter([True, True, False, False])

    outcome = deliver(DemoCarrier(), now=lambda: MORNING, at=lambda: MORNING, may_go_on=lambda: next(answers))

    assert outcome == Delivery(sent=1)
    assert sorted(row.state for row in _messages()) == [MessageState.PENDING, MessageState.SENT]
    assert post_room.send() == Delivery(sent=1)


def test_nothing_is_begun_near_the_end_of_a_lease(office: Cast) -> None:
    promise_to_both(office)
    looks = itertools.count(1)

    outcome = deliver(
        DemoCarrier(), now=lambda: MORNING + next(looks) * timedelta(seconds=20), at=lambda: MORNING, limit=2
    )

    assert outcome == Delivery(sent=1)
    assert [(row.state, row.attempts) for row in _messages()] == [(MessageState.SENT, 1), (MessageState.PENDING, 0)]


def test_the_demo_keeps_its_mails_in_the_house(office: Cast, letterbox: Letterbox) -> None:
    assert deliver(DemoCarrier(), now=lambda: MORNING, at=lambda: MORNING) == Delivery(sent=1)

    assert (the_message().sent_to, letterbox.connections) == (office.officer.email, 0)
    assert "มาตรการตัวอย่างที่ 2" in str(the_message().text)


def _messages() -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))
