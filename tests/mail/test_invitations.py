"""An invitation: its link is made when it is sent, opens the account once, and stands in nothing that is kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import reading, transaction
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.sessions import LINK_HOLDS
from ita_flow.extensions import db
from ita_flow.mail import outbox
from ita_flow.mail.delivery import Delivery
from ita_flow.mail.links import MASK
from ita_flow.mail.messages import invitation
from ita_flow.models.accounts import SignInLink
from ita_flow.models.outbox import MessageKind, MessageState
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.queries.accounts import open_link
from ita_flow.workflow import accounts, audit
from tests.factories import Cast, a_user
from tests.letterbox import TAKE_AND_HANG_UP, Letterbox, text_of
from tests.mail.conftest import FRIDAY, MORNING, PostRoom, the_message
from tests.snapshot import Snapshot

LINK = re.compile(r"http://127\.0\.0\.1:5000/sign-in/link/([\w-]+)")


@pytest.fixture
def newcomer(cast: Cast) -> User:
    """A person whose invitation waits in the outbox."""
    person = a_user(cast.agency, "สมหญิง ใจดี", "somying@example.go.th", role=Role.OFFICER, unit=cast.section)
    _invite(person, cast.coordinator)
    return person


def _invite(person: User, inviter: User) -> None:
    with transaction():
        outbox.enqueue(MessageKind.INVITE, f"invite:{person.id}:1", person, FRIDAY, MORNING)
        audit.record("person.invited", person.agency_id, f"user:{person.id}", at=MORNING, actor=inviter)


def tokens(letterbox: Letterbox) -> list[str]:
    return [match[1] for letter in letterbox.letters if (match := LINK.search(text_of(letter)))]


def links() -> int:
    with reading():
        return db.session.scalars(sa.select(sa.func.count(SignInLink.id))).one()


def opens(token: str, at: timedelta = timedelta()) -> bool:
    with reading():
        return open_link(token, MORNING + at) is not None


def test_it_brings_a_link_by_which_a_password_is_set(newcomer: User, post_room: PostRoom, letterbox: Letterbox) -> None:
    assert post_room.send() == Delivery(sent=1)

    [token] = tokens(letterbox)
    assert opens(token)
    assert letterbox.recipients == ["somying@example.go.th"]
    assert letterbox.letters[0]["Subject"] == "[ITA] เชิญใช้งานระบบติดตามมาตรการ ITA"
    assert not opens(token, LINK_HOLDS)


def test_both_forms_of_the_letter_bring_the_same_link(
    newcomer: User, post_room: PostRoom, letterbox: Letterbox
) -> None:
    post_room.send()

    html = letterbox.letters[0].get_body(("html",))
    assert html is not None
    assert LINK.findall(str(html.get_content())) == tokens(letterbox)


def test_what_is_kept_opens_nothing(newcomer: User, post_room: PostRoom, letterbox: Letterbox) -> None:
    post_room.send()

    [token], kept = tokens(letterbox), the_message()
    assert token not in f"{kept.text}{kept.html}{kept.subject}"
    assert f"/sign-in/link/{MASK}" in str(kept.text)
    assert MASK not in text_of(letterbox.letters[0])


def test_it_says_who_invites_and_what_to_do_here(newcomer: User, post_room: PostRoom, letterbox: Letterbox) -> None:
    post_room.send()

    text = text_of(letterbox.letters[0])
    assert "ผู้ประสานงาน ITA เชิญท่านใช้งาน" in text
    assert "เจ้าหน้าที่ ฝ่ายประชาสัมพันธ์: รายงานความก้าวหน้า" in text


def test_who_has_set_a_password_meanwhile_is_not_asked_to(
    newcomer: User, post_room: PostRoom, letterbox: Letterbox
) -> None:
    newcomer.password_hash = "set meanwhile"
    db.session.commit()

    assert post_room.send() == Delivery(dropped=1)
    assert (letterbox.letters, links()) == ([], 0)


def test_who_has_left_is_not_invited(newcomer: User, post_room: PostRoom, letterbox: Letterbox) -> None:
    newcomer.is_active = False
    db.session.commit()

    assert post_room.send() == Delivery(dropped=1)
    assert (letterbox.letters, links()) == ([], 0)


def test_a_retry_brings_a_fresh_link_and_the_first_that_may_have_arrived_stays_good(
    newcomer: User, post_room: PostRoom, letterbox: Letterbox
) -> None:
    letterbox.answers_to_letter = [TAKE_AND_HANG_UP]
    assert post_room.send() == Delivery(delayed=1)
    post_room.wait(minutes=1.2)
    assert post_room.send() == Delivery(sent=1)

    first, second = tokens(letterbox)
    assert first != second
    assert opens(first)
    assert opens(second)


def test_one_password_spends_every_link(newcomer: User, post_room: PostRoom, letterbox: Letterbox) -> None:
    letterbox.answers_to_letter = [TAKE_AND_HANG_UP]
    post_room.send()
    post_room.wait(minutes=1.2)
    post_room.send()
    first, second = tokens(letterbox)

    with transaction():
        accounts.use_link(second, "hash", at=MORNING, now=MORNING)

    with pytest.raises(Invalid, match="link_spent"), transaction():
        accounts.use_link(first, "another hash", at=MORNING, now=MORNING)


def test_a_letter_that_reached_nobody_leaves_no_link(newcomer: User, letterbox: Letterbox) -> None:
    PostRoom("smtp://127.0.0.1:1").send()

    assert links() == 0
    letterbox.answers_to_recipient = ["550 no such person"]
    assert PostRoom(letterbox.url, MORNING + outbox.WAIT_FOR_THE_SERVER).send() == Delivery(dead=1)
    assert links() == 0


def test_after_a_refusal_the_message_is_given_up(newcomer: User, post_room: PostRoom, letterbox: Letterbox) -> None:
    letterbox.answers_to_recipient = ["550 no such person"]
    post_room.send()

    assert (the_message().state, the_message().last_error) == (MessageState.DEAD, "550 no such person")


@pytest.fixture
def person() -> User:
    agency = Agency(
        name="องค์การบริหารส่วนจังหวัดตัวอย่าง", short_name="อบจ.ตัวอย่าง", contact="งานนิติการ โทร. 0 2000 0000 ต่อ 12"
    )
    person = User(name="สมหญิง <ใจดี>", email="somying@example.go.th", agency=agency)
    person.memberships = [
        Membership(role=Role.OFFICER, post="นักประชาสัมพันธ์", unit=Unit(name="ฝ่ายประชาสัมพันธ์"), starts_on=FRIDAY),
        Membership(seat=Seat.DIRECTOR, post="ผู้อำนวยการกองคลัง", unit=Unit(name="กองคลัง"), starts_on=date(2024, 10, 1)),
        Membership(role=Role.AUDITOR, post="ผู้ตรวจสอบภายใน", starts_on=date(2023, 10, 1), ends_on=date(2024, 3, 14)),
    ]
    return person


@pytest.mark.usefixtures("app_alone")
def test_the_invitation_reads_as_agreed(snapshot: Snapshot, person: User) -> None:
    message = invitation(person, FRIDAY, User(name="มานะ ตั้งใจ"), User(name="อรุณี แก้วใส"))

    snapshot("invite.txt", f"{message.subject}\n\n{message.text}")
    snapshot("invite.html.txt", message.html)


@pytest.mark.usefixtures("app_alone")
def test_from_the_command_line_nobody_invites_by_name(snapshot: Snapshot, person: User) -> None:
    person.memberships, person.agency.contact = [], None

    message = invitation(person, FRIDAY, None, None)

    snapshot("invite_bare.txt", f"{message.subject}\n\n{message.text}")


def test_it_says_in_whose_seat_somebody_acts(app_alone: Flask, person: User) -> None:
    person.memberships[1].acting, person.memberships[1].post = ActingKind.ACTING, ""

    message = invitation(person, FRIDAY, None, None)

    assert "รักษาราชการแทนผู้อำนวยการกองคลัง: เห็นชอบ" in message.text


def test_there_is_one_link_in_each_form(app_alone: Flask, person: User) -> None:
    message = invitation(person, FRIDAY, None, None)

    assert message.html.count("href=") == 1
    assert message.text.count("http") == 1
    assert "สมหญิง <ใจดี>" in message.text
    assert "สมหญิง &lt;ใจดี&gt;" in message.html
