"""Mails about tasks that were cancelled, or opened again: to whom, why, and not when it is true no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.notices import GATHERING
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.workflow import endings
from tests.factories import NOW, TODAY, Cast
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import PostRoom

WHY = "รวมงานนี้ไว้กับมาตรการอื่นแล้ว"
AGAIN = "มีงานที่ต้องทำเพิ่มก่อนสิ้นปี"


@pytest.fixture
def mail_room(post_room: PostRoom) -> PostRoom:
    """It is a quarter of an hour later."""
    post_room.now = NOW + GATHERING
    return post_room


def cancel(cast: Cast) -> None:
    with transaction():
        endings.cancel_task(cast.task, WHY, actor=cast.coordinator, at=NOW)


def reopen(cast: Cast) -> None:
    with transaction():
        endings.reopen(cast.task, AGAIN, actor=cast.coordinator, at=NOW + timedelta(minutes=2))


def read_by(letterbox: Letterbox, email: str) -> str:
    [letter] = [letter for letter in letterbox.letters if letter["To"].addresses[0].addr_spec == email]
    return f"{letter['Subject']}\n{text_of(letter)}"


def test_who_does_it_and_who_heads_them_read_why_it_was_cancelled(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    cancel(cast)

    mail_room.send()

    assert set(letterbox.recipients) == {cast.officer.email, cast.head.email}
    officers, heads = read_by(letterbox, cast.officer.email), read_by(letterbox, cast.head.email)
    assert "[ITA] ยกเลิกแล้ว: มาตรการตัวอย่างที่ 2" in officers
    assert f"“{WHY}”" in officers
    assert f"ผู้รับผิดชอบ: คุณ{cast.officer.name}" in heads


def test_of_a_task_that_was_opened_again_meanwhile_that_alone_is_told(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    cancel(cast)
    reopen(cast)

    mail_room.send()

    letter = read_by(letterbox, cast.officer.email)
    assert "[ITA] เปิดดำเนินการอีกครั้ง: มาตรการตัวอย่างที่ 2 กำหนด 31 มี.ค." in letter
    assert f"“{AGAIN}”" in letter
    assert WHY not in letter


def test_who_has_left_meanwhile_is_not_told(cast: Cast, mail_room: PostRoom, letterbox: Letterbox) -> None:
    cancel(cast)
    cast.officer.memberships[0].ends_on = TODAY - timedelta(days=1)
    db.session.commit()

    mail_room.send()

    assert letterbox.recipients == [cast.head.email]


def test_nothing_is_told_of_a_year_that_was_closed_meanwhile(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    cancel(cast)
    plan = cast.task.measure.plan
    plan.state, plan.closed_at = PlanState.CLOSED, NOW
    db.session.commit()

    mail_room.send()

    assert letterbox.letters == []
