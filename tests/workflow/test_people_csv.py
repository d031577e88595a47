"""A list of people comes in whole or not at all, by the same rules as by hand, and again changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Role, Seat
from ita_flow.extensions import db
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import Unit, User
from ita_flow.workflow import units
from ita_flow.workflow.accounts import person_called
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.people_csv import ListRefused, take_in
from ita_flow.workflow.people_outlook import Change, Outlook, look_ahead
from tests.factories import NOW, TODAY, Cast, a_named_seat, a_section, a_user
from tests.record import events_about
from tests.web.test_access import fingerprint

HEADING = "email,name,post,section,division,role,seat,starts_on,ends_on\n"
TWO_PEOPLE = (
    HEADING
    + "new@example.go.th,คนใหม่ ใจดี,นักวิชาการเงิน,ฝ่ายการเงิน,กองคลัง,officer,,1 ต.ค. 2566,\n"
    + "chief2@example.go.th,รองปลัด คนหนึ่ง,รองปลัด,,,,chief,,\n"
    + "new@example.go.th,คนใหม่ ใจดี,,,,auditor,,,30/9/2567\n"
)


def outlook(cast: Cast, rows: str, actor: User | None = None) -> Outlook:
    return look_ahead(cast.agency, HEADING + rows, actor=actor or cast.coordinator, at=NOW)


def changes(cast: Cast, rows: str) -> list[Change]:
    found = outlook(cast, rows)
    assert [problem.refusal.key for problem in found.problems] == []
    return [entry.change for entry in found.entries]


def problems(cast: Cast, rows: str, actor: User | None = None) -> list[tuple[int, str]]:
    return [(one.number, one.refusal.key) for one in outlook(cast, rows, actor).problems]


def taken_in(cast: Cast, text: str) -> Outlook:
    with transaction():
        return take_in(cast.agency, text, actor=cast.coordinator, at=NOW, now=real_now())


def person(email: str) -> User:
    user = person_called(email)
    assert user is not None
    return user


def test_a_list_brings_in_people_posts_and_units(cast: Cast) -> None:
    done = taken_in(cast, TWO_PEOPLE)

    assert (done.changes, done.new_units) == (3, ["ฝ่ายการเงิน กองคลัง"])
    posts = [
        (post.role or post.seat, post.post, post.starts_on, post.ends_on)
        for post in person("new@example.go.th").memberships
    ]
    assert posts == [
        (Role.OFFICER, "นักวิชาการเงิน", date(2023, 10, 1), None),
        (Role.AUDITOR, "ผู้ตรวจสอบ", TODAY, date(2024, 9, 30)),
    ]
    section = units.section_called(cast.other_division, "ฝ่ายการเงิน")
    assert section is not None
    assert person("new@example.go.th").memberships[0].unit_id == section.id
    assert person("chief2@example.go.th").posts_on(TODAY) == [Seat.CHIEF]


def test_everybody_new_is_invited_once(cast: Cast) -> None:
    taken_in(cast, TWO_PEOPLE)

    recipients = db.session.scalars(sa.select(OutboxMessage.recipient_id)).all()
    assert sorted(recipients) == sorted(person(f"{name}@example.go.th").id for name in ("new", "chief2"))
    assert list(broken_chains()) == []


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    taken_in(cast, TWO_PEOPLE)
    before = fingerprint()

    again = taken_in(cast, TWO_PEOPLE)

    assert (again.changes, len(again.of(Change.NONE)), again.new_units) == (0, 3, [])
    assert fingerprint() == before


def test_one_wrong_row_keeps_all_out(cast: Cast) -> None:
    before = fingerprint()

    with pytest.raises(ListRefused) as refused:
        taken_in(cast, TWO_PEOPLE + "bad,ใคร,,,กองคลัง,officer,,,\n")

    assert [problem.number for problem in refused.value.outlook.problems] == [5]
    assert fingerprint() == before


def test_looking_ahead_changes_nothing(cast: Cast) -> None:
    before = fingerprint()

    outlook(cast, TWO_PEOPLE.removeprefix(HEADING))

    assert fingerprint() == before


def test_what_the_list_did_is_told_in_the_record(cast: Cast) -> None:
    taken_in(cast, TWO_PEOPLE)

    (event,) = events_about(f"agency:{cast.agency.id}")
    assert event["after"] == {"new_person": 2, "new_post": 1, "post_changed": 0, "none": 0}
    assert event["actor"] == f"user:{cast.coordinator.id}"


@pytest.mark.parametrize(
    ("row", "change"),
    [
        ("officer@example.go.th,{officer},,ฝ่ายประชาสัมพันธ์,กองยุทธศาสตร์และงบประมาณ,officer,,,", Change.NONE),
        ("OFFICER@example.go.th,{officer},,ฝ่าย ประชาสัมพันธ์,,officer,,2566-10-01,", Change.NONE),
        ("officer@example.go.th,{officer},นักวิชาการ,ฝ่ายประชาสัมพันธ์,,officer,,,", Change.POST_CHANGED),
        ("officer@example.go.th,{officer},,ฝ่ายประชาสัมพันธ์,,officer,,,30 ก.ย. 2567", Change.POST_CHANGED),
        ("officer@example.go.th,{officer},,ฝ่ายพัสดุและทรัพย์สิน,กองคลัง,officer,,,", Change.NEW_POST),
        ("officer@example.go.th,{officer},,,,auditor,,,", Change.NEW_POST),
    ],
)
def test_a_row_is_held_against_what_is_on_file(cast: Cast, row: str, change: Change) -> None:
    assert changes(cast, row.format(officer=cast.officer.name) + "\n") == [change]


def test_a_row_that_does_not_say_when_a_post_ends_leaves_that_alone(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = date(2024, 9, 30)
    db.session.commit()

    row = f"officer@example.go.th,{cast.officer.name},,ฝ่ายประชาสัมพันธ์,,officer,,1/10/66,\n"

    assert changes(cast, row) == [Change.NONE]


def test_a_changed_end_is_written(cast: Cast) -> None:
    row = f"officer@example.go.th,{cast.officer.name},,ฝ่ายประชาสัมพันธ์,,officer,,,30 ก.ย. 2567\n"

    taken_in(cast, HEADING + row)

    assert cast.officer.memberships[0].ends_on == date(2024, 9, 30)


def test_a_unit_is_found_by_its_other_name(cast: Cast) -> None:
    with transaction():
        units.add_alias(cast.other_division, "สำนักการคลัง", actor=cast.coordinator, at=NOW)

    found = outlook(cast, "new@example.go.th,คน ใหม่,,,สำนัก การคลัง,,director,,\n")

    assert (found.new_units, found.entries[0].place.unit) == ([], cast.other_division)


def test_two_new_units_of_one_name_are_made_once(cast: Cast) -> None:
    rows = "".join(f"n{number}@example.go.th,คน ใหม่,,ฝ่าย ก,กองใหม่,officer,,,\n" for number in range(3))

    taken_in(cast, HEADING + rows)

    made = db.session.scalars(sa.select(Unit.name).where(Unit.agency_id == cast.agency.id, Unit.name == "กองใหม่"))
    assert made.all() == ["กองใหม่"]


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ("x@,คน ใหม่,,,กองคลัง,officer,,,\n", "email_unfit"),
        ("x@example.go.th,,,,กองคลัง,officer,,,\n", "person_needs_a_name"),
        ("officer@example.go.th,คนอื่น ไกล,,,กองคลัง,officer,,,\n", "email_of_another_name"),
        ("stranger@example.go.th,คน ใหม่,,,กองคลัง,officer,,,\n", "person_of_another_agency"),
        ("x@example.go.th,คน ใหม่,,,,officer,,,\n", "officer_needs_a_unit"),
        ("x@example.go.th,คน ใหม่,,ฝ่ายไม่มี,,officer,,,\n", "section_needs_its_division"),
        ("x@example.go.th,คน ใหม่,,ฝ่ายพัสดุและทรัพย์สิน,กองคลัง,,director,,\n", "director_needs_a_division"),
        ("x@example.go.th,คน ใหม่,,,กองคลัง,,section_head,,\n", "head_needs_a_section"),
        ("x@example.go.th,คน ใหม่,,,กองคลัง,,chief,,\n", "post_of_the_whole_agency"),
        ("x@example.go.th,คน ใหม่,,,,administrator,,,\n", "administrators_appoint_administrators"),
        ("x@example.go.th,คน ใหม่,,,กองคลัง,officer,,2567-01-02,2567-01-01\n", "post_ends_before_it_begins"),
        ("x@example.go.th,คน ใหม่,,," + "ก" * 201 + ",officer,,,\n", "unit_name_too_long"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cast: Cast, rows: str, key: str) -> None:
    assert problems(cast, rows) == [(2, key)]


def test_a_row_that_says_what_another_said_is_told(cast: Cast) -> None:
    row = "x@example.go.th,คน ใหม่,,,กองคลัง,officer,,,\n"

    assert problems(cast, row + row) == [(3, "row_repeats_another")]


def test_one_address_has_one_name(cast: Cast) -> None:
    rows = "x@example.go.th,คน ใหม่,,,กองคลัง,officer,,,\nx@example.go.th,อีก คน,,,,auditor,,,\n"

    assert problems(cast, rows) == [(3, "email_of_another_name")]


def test_a_post_on_file_does_not_begin_twice(cast: Cast) -> None:
    row = f"officer@example.go.th,{cast.officer.name},,ฝ่ายประชาสัมพันธ์,,officer,,1 ม.ค. 2567,\n"

    assert problems(cast, row) == [(2, "post_is_held_already")]


def test_the_same_section_in_two_divisions_must_be_told_apart(cast: Cast) -> None:
    a_section(cast.other_division, cast.section.name)

    row = f"x@example.go.th,คน ใหม่,,{cast.section.name},,officer,,,\n"

    assert problems(cast, row) == [(2, "section_needs_its_division")]


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_nobody_gives_themselves_a_seat_by_a_list(cast: Cast, who: str) -> None:
    actor: User = getattr(cast, who)

    row = f"{actor.email},{actor.name},,,กองคลัง,,director,,\n"

    assert problems(cast, row, actor) == [(2, "no_seat_for_oneself")]


def test_a_list_does_not_end_an_administrators_post(cast: Cast) -> None:
    row = f"{cast.administrator.email},{cast.administrator.name},,,,administrator,,,30 ก.ย. 2567\n"

    assert problems(cast, row) == [(2, "administrators_look_after_their_own")]


def test_who_looks_after_the_machine_may_do_everything(cast: Cast) -> None:
    text = HEADING + "x@example.go.th,คน ใหม่,,,,administrator,,,\n"

    with transaction():
        take_in(cast.agency, text, actor=None, via="command_line", at=NOW, now=real_now())

    assert person("x@example.go.th").has_role_on(Role.ADMINISTRATOR, TODAY)


def test_a_list_gives_no_post_to_a_closed_account_and_holds_none_longer(cast: Cast) -> None:
    a_user(cast.agency, "คน เก่า", "old@example.go.th", role=Role.AUDITOR, is_active=False, ends_on=date(2024, 4, 30))
    rows = "old@example.go.th,คน เก่า,,,กองคลัง,officer,,,\nold@example.go.th,คน เก่า,,,,auditor,,,30 ก.ย. 2567\n"

    key = "appointed_account_is_closed"
    assert problems(cast, rows) == [(2, key), (3, key)]


def test_a_list_that_says_what_stands_of_a_closed_account_changes_nothing(cast: Cast) -> None:
    a_user(cast.agency, "คน เก่า", "old@example.go.th", role=Role.AUDITOR, is_active=False)

    assert changes(cast, "old@example.go.th,คน เก่า,,,,auditor,,,\n") == [Change.NONE]


def test_a_seat_that_the_agency_named_goes_by_its_name(cast: Cast) -> None:
    seat = a_named_seat(cast.agency, "ประธานคณะทำงาน ITA")
    rows = "new@example.go.th,คนใหม่ ใจดี,,,,,ประธานคณะทำงานITA,,\n"

    taken_in(cast, HEADING + rows)

    (post,) = person("new@example.go.th").memberships
    assert (post.seat, post.named_seat_id, post.post) == (Seat.NAMED, seat.id, "ประธานคณะทำงาน ITA")
    assert changes(cast, rows) == [Change.NONE]


def test_two_named_seats_are_two_posts_and_one_twice_is_not(cast: Cast) -> None:
    a_named_seat(cast.agency, "ประธาน")
    a_named_seat(cast.agency, "เลขานุการ")
    row = "new@example.go.th,คนใหม่ ใจดี,,,,,{},,\n"

    assert changes(cast, row.format("ประธาน") + row.format("เลขานุการ")) == [Change.NEW_PERSON, Change.NEW_POST]
    assert problems(cast, row.format("ประธาน") * 2) == [(3, "row_repeats_another")]


@pytest.mark.parametrize("word", ["named", "ตำแหน่งที่หน่วยงานกำหนด", "ประธานแห่งอื่น"])
def test_a_named_seat_must_be_one_of_this_agency(cast: Cast, word: str) -> None:
    a_named_seat(cast.stranger.agency, "ประธานแห่งอื่น")

    assert problems(cast, f"new@example.go.th,คนใหม่ ใจดี,,,,,{word},,\n") == [(2, "role_or_seat_unknown")]
