"""The letter on the wire: its headers, and that no name can add one."""

from __future__ import annotations

from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import reading
from ita_flow.extensions import db
from ita_flow.mail.letters import letter_of
from ita_flow.models.outbox import OutboxMessage
from tests.factories import Cast, a_plan, a_task
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import FRIDAY, MORNING, PostRoom, promise, the_message
from tests.statements import counted_statements

HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
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
    assert letter.get_content_type() == "multipart/alternative"
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
    assert len(statements) == 9


def test_the_text_of_a_letter_is_the_text_of_the_message(
    office: Cast, post_room: PostRoom, letterbox: Letterbox
) -> None:
    post_room.send()

    assert text_of(letterbox.letters[0]).splitlines() == str(the_message().text).splitlines()
