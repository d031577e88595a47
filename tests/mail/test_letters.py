"""The letter on the wire: its headers, and that no name can add one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from icalendar import Calendar

from ita_flow.database import reading
from ita_flow.extensions import db
from ita_flow.mail.letters import letter_of
from ita_flow.models.outbox import OutboxMessage
from tests.factories import Cast, a_plan, a_task
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import FRIDAY, MORNING, PostRoom, promise, the_message
from tests.statements import counted_statements

NEXT_FRIDAY = date(2024, 3, 22)
HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "In-Reply-To",
    "References",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
}
INJECTIONS = [
    "สมหญิง\r\nBcc: thief@example.com",
    "สมหญิง\nX-Evil: 1",
    "สมหญิง\r\n\r\n<html>",
    "สมหญิง\x0bBcc: thief@example.com",
    "สมหญิง\u2028Bcc: thief@example.com",
    "สมหญิง\x00",
    '"สมหญิง" <thief@example.com>,',
]


def test_the_headers_say_who_writes_to_whom(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    post_room.send()

    [letter] = letterbox.letters
    assert _who(letter, "From") == "ITA อบจ.ตัวอย่าง <ita@127.0.0.1>"
    assert _who(letter, "To") == f"{office.officer.name} <{office.officer.email}>"
    assert _who(letter, "Reply-To") == f"{office.coordinator.name} <{office.coordinator.email}>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "th"
    assert letter["Message-ID"] == the_message().message_id
    assert letter["Date"].datetime == MORNING
    assert [part.get_content_type() for part in letter.iter_parts()] == ["multipart/alternative", "text/calendar"]
    assert set(letter.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == HEADERS


def _who(letter: EmailMessage, header: str) -> str:
    """The header as mail programs read it; Python's own reader puts spaces between the parts of a long name."""
    return str(make_header(decode_header(dict(letter.raw_items())[header])))


def test_every_line_fits_on_the_wire(office: Cast) -> None:
    lines = _letter_as_bytes().split(b"\r\n")

    assert max(map(len, lines)) <= 998
    assert all(line.isascii() for line in lines)


def _letter_as_bytes() -> bytes:
    with reading():
        letter = letter_of(db.session.scalars(sa.select(OutboxMessage.id)).one(), MORNING)
        assert letter
        return letter.envelope.as_bytes()


@pytest.mark.parametrize("name", INJECTIONS)
def test_a_name_cannot_add_a_header_or_a_recipient(
    office: Cast, post_room: PostRoom, letterbox: Letterbox, name: str
) -> None:
    office.officer.name = name.replace("\x00", "\x01")  # PostgreSQL keeps no NUL
    office.agency.short_name = office.officer.name
    db.session.commit()

    post_room.send()

    [letter] = letterbox.letters
    assert set(letter.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == HEADERS
    assert [address.addr_spec for address in letter["To"].addresses] == [office.officer.email]
    assert text_of(letter).startswith("เรียน คุณสมหญิง" if name.startswith("ส") else "เรียน")


def test_the_sender_can_be_set(office: Cast, app: Flask, post_room: PostRoom, letterbox: Letterbox) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_from="no-reply@ita.example.go.th")

    post_room.send()

    assert letterbox.letters[0]["From"].addresses[0].addr_spec == "no-reply@ita.example.go.th"


@pytest.mark.parametrize("how_many", [1, 50])
def test_making_a_letter_costs_the_same_for_one_task_and_for_fifty(
    office: Cast, post_room: PostRoom, letterbox: Letterbox, how_many: int
) -> None:
    for measure in a_plan(office.agency, year=2566, measures=how_many).measures:
        a_task(measure, section=office.section, officers=[office.officer], due_on=FRIDAY)
    promise(office)
    message_id = the_message().id

    with reading(), counted_statements() as statements:
        letter = letter_of(message_id, MORNING)

    assert letter
    assert letter.message.text.count("ครบกำหนดวันนี้") == how_many
    assert len(statements) == 10


def test_the_text_of_a_letter_is_the_text_of_the_message(
    office: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    post_room.send()

    assert text_of(letterbox.letters[0]).splitlines() == str(the_message().text).splitlines()


def test_the_first_reminder_of_a_date_brings_it_as_a_file(
    office: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    post_room.send()
    promise(office, NEXT_FRIDAY, post_room.now)
    post_room.send()

    first, second = letterbox.letters
    assert _dates_in(first) == [office.task.due_on]
    assert _dates_in(second) == []


def test_a_moved_date_is_brought_again(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    post_room.send()
    office.task.due_on, office.task.due_version = date(2024, 4, 5), 2
    db.session.commit()
    promise(office, NEXT_FRIDAY, post_room.now)
    post_room.send()

    assert [_dates_in(letter) for letter in letterbox.letters] == [[date(2024, 3, 31)], [date(2024, 4, 5)]]


def test_a_date_that_did_not_arrive_is_brought_by_the_next_letter(
    office: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    letterbox.answers_to_recipient = ["550 no such person"]
    post_room.send()
    promise(office, NEXT_FRIDAY, post_room.now)
    post_room.send()

    [letter] = letterbox.letters
    assert _dates_in(letter) == [office.task.due_on]


def test_a_date_that_is_past_is_not_brought(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    office.task.due_on = date(2024, 3, 14)
    db.session.commit()

    post_room.send()

    [letter] = letterbox.letters
    assert _dates_in(letter) == []


def _dates_in(letter: EmailMessage) -> list[date]:
    files = [Calendar.from_ical(file.get_content()) for file in letter.iter_attachments()]
    events: list[Any] = [event for file in files for event in file.walk("VEVENT")]
    return [event["DTSTART"].dt for event in events]
