"""Mails about events on their way: what is no longer true is left out, and what hangs on the letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from ita_flow.database import reading, transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.notices import GATHERING
from ita_flow.domain.permissions import ActingKind
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.mail.letters import letter_of
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.workflow import acting_orders, approvals, progress_reports, tasks, undoing
from tests.factories import NOW, TODAY, Cast, a_report, a_task
from tests.factories.plans import cancel
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import PostRoom
from tests.statements import counted_statements

FIRST, SECOND = Seen(version=1, seat_number=1), Seen(version=1, seat_number=2)
GATHERED = NOW + GATHERING
Deed = Callable[[Cast], None]


@pytest.fixture
def mail_room(post_room: PostRoom) -> PostRoom:
    """It is a quarter of an hour later."""
    post_room.now = GATHERED
    return post_room


def report_on_it() -> ProgressReport:
    return db.session.scalars(sa.select(ProgressReport)).one()


def returned(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    with transaction():
        approvals.return_for_revision(report, FIRST, comment="ขอภาพถ่าย", actor=cast.head, at=NOW)


def approved(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)
    with transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)


def assigned(cast: Cast) -> None:
    with transaction():
        tasks.assign(cast.task, [], actor=None, at=NOW - timedelta(days=1))
        tasks.assign(cast.task, [cast.officer], actor=cast.head, at=NOW)


def awaiting(cast: Cast) -> None:
    cast.task.due_on = TODAY
    report = a_report(cast.task, cast.officer)
    with transaction():
        approvals.approve(report, FIRST, actor=cast.head, at=NOW)


def acting(cast: Cast) -> None:
    seat = ActedSeat.of(cast.head.memberships[0])
    order = acting_orders.Order(ActingKind.ACTING, seat, cast.officer, "12/2567", TODAY)
    with transaction():
        acting_orders.enter(order, actor=cast.head, at=NOW)


def undo(cast: Cast) -> None:
    with transaction():
        version = report_on_it().current
        assert version
        assert version.last_standing
        undoing.undo(version.last_standing, actor=cast.head, at=NOW)


def submit_again(cast: Cast) -> None:
    with transaction():
        report = progress_reports.open_report(cast.task, cast.officer, NOW)
        progress_reports.submit(report, actor=cast.officer, at=NOW)


def give_to_another(cast: Cast) -> None:
    with transaction():
        tasks.assign(cast.task, [cast.colleague], actor=cast.colleague, at=NOW)


def leave(cast: Cast) -> None:
    cast.officer.memberships[0].ends_on = TODAY - timedelta(days=1)
    db.session.commit()


def call_off(cast: Cast) -> None:
    cancel(cast.task)
    db.session.commit()


def decide(cast: Cast) -> None:
    with transaction():
        approvals.approve(report_on_it(), SECOND, actor=cast.director, at=NOW)


def close_the_account(cast: Cast) -> None:
    cast.officer.is_active = False
    db.session.commit()


TRUE = pytest.mark.parametrize(
    ("deed", "said"),
    [
        (returned, "[ITA] ส่งกลับแก้ไข: มาตรการตัวอย่างที่ 2"),
        (approved, "[ITA] เห็นชอบแล้ว: มาตรการตัวอย่างที่ 2"),
        (assigned, "[ITA] ได้รับมอบหมาย 1 มาตรการ กำหนด 31 มี.ค."),
        (awaiting, "[ITA] รอท่านพิจารณา 1 รายการ กำหนด 18 มี.ค."),
        (acting, "[ITA] ท่านรักษาราชการแทนตั้งแต่ 18 มี.ค."),
    ],
)
NO_LONGER = [
    (returned, undo),
    (returned, submit_again),
    (returned, leave),
    (returned, call_off),
    (approved, undo),
    (approved, leave),
    (assigned, give_to_another),
    (assigned, leave),
    (assigned, call_off),
    (acting, close_the_account),
]


@TRUE
def test_what_happened_arrives_after_a_quarter_of_an_hour(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox, deed: Deed, said: str
) -> None:
    deed(cast)

    mail_room.now = GATHERED - timedelta(seconds=1)
    mail_room.send()
    too_early = list(letterbox.letters)
    mail_room.now = GATHERED
    mail_room.send()

    assert too_early == []
    assert [str(letter["Subject"]) for letter in letterbox.letters] == [said]


@pytest.mark.parametrize(("deed", "meanwhile"), NO_LONGER)
def test_what_is_no_longer_true_is_not_said(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox, deed: Deed, meanwhile: Deed
) -> None:
    deed(cast)
    meanwhile(cast)

    mail_room.send()

    assert cast.officer.email not in letterbox.recipients
    states = db.session.scalars(sa.select(OutboxMessage.state).where(OutboxMessage.recipient_id == cast.officer.id))
    assert set(states) == {MessageState.DROPPED}


def test_a_decision_that_was_taken_meanwhile_is_asked_for_no_more(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    awaiting(cast)
    decide(cast)

    mail_room.send()

    assert letterbox.recipients == [cast.officer.email]


def test_a_report_that_was_sent_again_and_came_back_again_is_told_once(
    cast: Cast, mail_room: PostRoom, letterbox: Letterbox
) -> None:
    returned(cast)
    submit_again(cast)
    with transaction():
        again = Seen(version=2, seat_number=1)
        approvals.return_for_revision(report_on_it(), again, comment="ขอวันที่", actor=cast.head, at=NOW)

    mail_room.send()

    [letter] = letterbox.letters
    assert report_on_it().state is ReportState.RETURNED
    assert "“ขอวันที่”" in text_of(letter)
    assert "ขอภาพถ่าย" not in text_of(letter)


def test_letters_about_one_task_answer_to_the_same(cast: Cast, mail_room: PostRoom, letterbox: Letterbox) -> None:
    assigned(cast)
    mail_room.send()
    returned(cast)
    mail_room.send()

    threads = {letter["In-Reply-To"] for letter in letterbox.letters}
    assert threads == {f"<task-{cast.task.id}.example@127.0.0.1>"}
    assert {letter["References"] for letter in letterbox.letters} == threads
    assert len({letter["Message-ID"] for letter in letterbox.letters}) == 2


def test_a_letter_about_several_tasks_answers_to_none(cast: Cast, mail_room: PostRoom, letterbox: Letterbox) -> None:
    other = a_task(section=cast.section)
    assigned(cast)
    with transaction():
        tasks.assign(other, [cast.officer], actor=cast.head, at=NOW)

    mail_room.send()

    [letter] = letterbox.letters
    assert letter["In-Reply-To"] is None


def test_only_what_can_be_done_without_offers_it(cast: Cast, mail_room: PostRoom, letterbox: Letterbox) -> None:
    approved(cast)
    mail_room.send()
    returned_too = a_report(a_task(section=cast.section, officers=[cast.officer]), cast.officer)
    with transaction():
        approvals.return_for_revision(returned_too, FIRST, comment="ขอภาพถ่าย", actor=cast.head, at=NOW)
    mail_room.send()

    optional, needed = letterbox.letters
    assert optional["List-Unsubscribe"].startswith("<http://127.0.0.1:5000/unsubscribe/")
    assert optional["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert needed["List-Unsubscribe"] is None


def test_an_assignment_brings_its_dates_in_one_file(cast: Cast, mail_room: PostRoom, letterbox: Letterbox) -> None:
    other = a_task(section=cast.section, due_on=date(2024, 9, 30))
    assigned(cast)
    with transaction():
        tasks.assign(other, [cast.officer], actor=cast.head, at=NOW)

    mail_room.send()

    [letter] = letterbox.letters
    [file] = letter.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "ita-flow.ics")
    assert file["Content-Type"].params["method"] == "PUBLISH"
    events = Calendar.from_ical(file.get_content()).walk("VEVENT")
    assert {event["UID"] for event in events} == {f"task-{task.id}@127.0.0.1" for task in (cast.task, other)}


def test_the_head_of_the_section_gets_no_date_of_others(cast: Cast, mail_room: PostRoom, letterbox: Letterbox) -> None:
    with transaction():
        tasks.assign(cast.task, [cast.officer, cast.colleague], actor=cast.coordinator, at=NOW)

    mail_room.send()

    letters = {letter["To"].addresses[0].addr_spec: letter for letter in letterbox.letters}
    assert list(letters[cast.head.email].iter_attachments()) == []
    assert list(letters[cast.colleague.email].iter_attachments()) != []


@pytest.mark.parametrize("how_many", [1, 12])
def test_making_a_letter_costs_the_same_for_one_event_and_for_twelve(cast: Cast, how_many: int) -> None:
    for _ in range(how_many):
        task = a_task(section=cast.section, officers=[cast.officer])
        report = a_report(task, cast.officer)
        with transaction():
            approvals.return_for_revision(report, FIRST, comment="ขอภาพถ่าย", actor=cast.head, at=NOW)
    message_id = db.session.scalars(sa.select(OutboxMessage.id)).one()

    with reading(), counted_statements() as statements:
        letter = letter_of(message_id, GATHERED)

    assert letter
    assert letter.message.text.count("“ขอภาพถ่าย”") == how_many
    assert len(statements) == 10
