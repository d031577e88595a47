"""A mail to oneself, to see whether mails arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.extensions import db
from ita_flow.mail.delivery import Delivery
from ita_flow.mail.messages import trial
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.people import Agency, User
from ita_flow.workflow.mail import send_test
from tests.factories import Cast
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import MORNING, PostRoom, the_message
from tests.snapshot import Snapshot

A_YEAR = timedelta(days=365)


def ask(person: User) -> None:
    with transaction():
        send_test(person, at=MORNING, now=MORNING)


def how_many() -> int:
    return db.session.scalars(sa.select(sa.func.count(OutboxMessage.id))).one()


def test_it_goes_to_the_person_who_asks(cast: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    ask(cast.administrator)

    assert post_room.send() == Delivery(sent=1)
    assert letterbox.recipients == [cast.administrator.email]
    assert letterbox.letters[0]["Subject"] == "[ITA] ทดสอบการส่งอีเมล"
    assert "ส่งเมื่อ: 15 มี.ค. 2567 08:30 น." in text_of(letterbox.letters[0]).replace("\u00a0", " ")


def test_it_names_the_server_and_never_its_password(
    cast: Cast, app: Flask, post_room: PostRoom, letterbox: Letterbox
) -> None:
    address = f"smtp://ita:a%20secret@127.0.0.1:{letterbox.port}"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=address)
    ask(cast.coordinator)
    post_room.send()

    text = text_of(letterbox.letters[0])
    assert f"เซิร์ฟเวอร์อีเมล: 127.0.0.1:{letterbox.port}" in text
    assert "secret" not in text


def test_while_one_waits_another_is_not_promised(cast: Cast, post_room: PostRoom) -> None:
    ask(cast.coordinator)
    ask(cast.coordinator)

    assert how_many() == 1
    post_room.send()
    ask(cast.coordinator)
    assert how_many() == 2


def test_everybody_has_a_test_of_their_own(cast: Cast) -> None:
    ask(cast.coordinator)
    ask(cast.administrator)

    assert how_many() == 2


def test_a_server_that_refuses_is_quoted(cast: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    letterbox.answers_to_recipient = ["550 relaying denied"]
    ask(cast.coordinator)
    post_room.send()

    assert (the_message().state, the_message().last_error) == (MessageState.DEAD, "550 relaying denied")


def test_in_an_office_whose_day_is_shifted_it_tells_that_day(
    cast: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    with transaction():
        send_test(cast.coordinator, at=MORNING, now=MORNING + A_YEAR)
    post_room.now = MORNING + A_YEAR
    post_room.send()

    assert "15 มี.ค. 2567 08:30 น." in text_of(letterbox.letters[0]).replace("\u00a0", " ")


def test_who_left_meanwhile_gets_none(cast: Cast, post_room: PostRoom) -> None:
    ask(cast.coordinator)
    cast.coordinator.is_active = False
    db.session.commit()

    assert post_room.send() == Delivery(dropped=1)


@pytest.mark.usefixtures("app_alone")
def test_it_reads_as_agreed(snapshot: Snapshot) -> None:
    agency = Agency(name="องค์การบริหารส่วนจังหวัดตัวอย่าง", short_name="อบจ.ตัวอย่าง")

    message = trial(User(name="อรุณี แก้วใส", agency=agency), MORNING)

    snapshot("test.txt", f"{message.subject}\n\n{message.text}")
    snapshot("test.html.txt", message.html)
