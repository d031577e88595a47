"""The mail that tells of a later due date: to whom, in which words, with the date for their calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from ita_flow.database import transaction
from ita_flow.domain.notices import GATHERING
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow import extensions, proposals, task_editing
from tests.factories import NOW, TODAY, Cast
from tests.factories.plans import cancel
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import PostRoom

JUNE = date(2024, 6, 30)


@pytest.fixture
def mail_room(post_room: PostRoom) -> PostRoom:
    """It is a quarter of an hour later."""
    post_room.now = NOW + GATHERING
    return post_room


def granted(cast: Cast, asked_by: User) -> None:
    with transaction():
        wish = extensions.ask(cast.task, JUNE, "รอผลการตรวจรับ", actor=asked_by, at=NOW)
    for person in (cast.head, cast.director):
        with transaction():
            proposals.approve(wish, seen_now(wish), actor=person, at=NOW)


def letter_to(person: User, letterbox: Letterbox) -> EmailMessage:
    (letter,) = (one for one in letterbox.letters if person.email in str(one["To"]))
    return letter


def test_who_asked_and_who_does_the_task_read_of_the_new_date_and_the_old(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    granted(cast, cast.colleague)

    mail_room.send()

    letters = [letter_to(person, letterbox) for person in (cast.officer, cast.colleague)]
    assert {str(letter["Subject"]) for letter in letters} == {"[ITA] ขยายกำหนดถึง 30 มิ.ย.: มาตรการตัวอย่างที่ 2"}
    for letter in letters:
        for line in ("อา. 30 มิ.ย. 2567 เหลือ 104 วัน", "วันทำการสุดท้าย ศ. 28 มิ.ย. 2567", "กำหนดก่อนขยาย 31 มี.ค. 2567"):
            assert line in text_of(letter).replace("\u00a0", " ")
    assert "เป็นผู้ขอขยายกำหนดเวลา" in text_of(letters[1])


def test_the_date_moves_in_the_calendar_of_who_does_the_task(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    granted(cast, cast.officer)

    mail_room.send()

    (attached,) = letter_to(cast.officer, letterbox).iter_attachments()
    calendar: Any = Calendar.from_ical(attached.get_content())
    (event,) = calendar.walk("VEVENT")
    assert (event.start, int(event["SEQUENCE"])) == (JUNE, 2)


def move(cast: Cast) -> None:
    with transaction():
        task_editing.move_due(cast.task, date(2024, 5, 31), actor=cast.coordinator, at=NOW)


def call_off(cast: Cast) -> None:
    cancel(cast.task)
    db.session.commit()


def leave(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = TODAY - timedelta(days=1)
    db.session.commit()


@pytest.mark.parametrize("meanwhile", [move, call_off, leave])
def test_what_is_no_longer_true_is_not_said(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox, meanwhile: Callable[[Cast], None]
) -> None:
    granted(cast, cast.officer)
    meanwhile(cast)

    mail_room.send()

    assert cast.officer.email not in letterbox.recipients
