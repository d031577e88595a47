"""The mail of a coordinator on its way: what it asks, and what drops out of it when it is no longer true."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.reminder_ledger import LedgerState
from ita_flow.domain.reminders import Section
from ita_flow.mail.letters import Letter, letter_of
from ita_flow.models.outbox import OutboxMessage
from ita_flow.queries.chase import to_chase
from ita_flow.queries.reminder_ledger import ledger, mail_of
from ita_flow.workflow import chasing
from tests.factories import NOW, TODAY, Cast, a_report, a_task
from tests.letterbox import let_break
from tests.snapshot import Snapshot


@pytest.fixture
def promised(cast: Cast) -> OutboxMessage:
    """The coordinator asks the officer after two tasks."""
    a_task(section=cast.section, officers=[cast.officer])
    seen = {row.task.id: row.seen for row in to_chase(cast.coordinator, 2567, TODAY, division=cast.division.id).rows}
    with transaction():
        done = chasing.chase(seen, 2567, "ขอผลก่อนวันศุกร์", actor=cast.coordinator, at=NOW)
    (message,) = done.messages
    return message


def letter(message: OutboxMessage) -> Letter:
    found = letter_of(message.id, NOW)
    assert found
    return found


def test_it_says_who_asks_after_what_in_their_own_words(promised: OutboxMessage, cast: Cast) -> None:
    mail = letter(promised)

    assert mail.message.subject == "[ITA] ขอติดตาม 2 มาตรการ: ใกล้ครบกำหนด"
    for words in (cast.coordinator.name, cast.task.measure.title, "ขอผลก่อนวันศุกร์", "/home"):
        assert words in mail.message.text
        assert words in let_break(mail.message.html)


def test_it_reads_as_agreed(promised: OutboxMessage, cast: Cast, snapshot: Snapshot) -> None:
    asked = letter(promised).message

    snapshot("chase.txt", f"Subject: {asked.subject}\n\n{asked.text}")


def test_whoever_has_a_report_too_long_is_asked_to_decide(cast: Cast, snapshot: Snapshot) -> None:
    a_report(cast.task, cast.officer, at=NOW - timedelta(days=20))
    seen = {row.task.id: row.seen for row in to_chase(cast.coordinator, 2567, TODAY).rows if row.row.is_submitted}

    with transaction():
        (message,) = chasing.chase(seen, 2567, "", actor=cast.coordinator, at=NOW).messages

    asked = letter(message)
    assert asked.message.subject.startswith("[ITA]")
    assert message.recipient is cast.head
    snapshot("chase_decider.txt", f"Subject: {asked.message.subject}\n\n{asked.message.text}")


def test_what_was_sent_in_time_is_not_late_to_whoever_decides(cast: Cast) -> None:
    task = a_task(section=cast.section, officers=[cast.officer], due_on=TODAY - timedelta(days=5))
    a_report(task, cast.officer, at=NOW - timedelta(days=20))
    seen = {row.task.id: row.seen for row in to_chase(cast.coordinator, 2567, TODAY).rows if row.row.is_submitted}

    with transaction():
        (message,) = chasing.chase(seen, 2567, "", actor=cast.coordinator, at=NOW).messages

    told = letter(message).message.text
    assert "ส่งทันกำหนด" in told
    assert "เกินกำหนด 5" not in told.replace("\u00a0", " ")


def test_what_was_sent_in_meanwhile_drops_out_and_the_rest_is_one_conversation(
    promised: OutboxMessage, cast: Cast
) -> None:
    a_report(cast.task, cast.officer)

    mail = letter(promised)

    assert cast.task.measure.title not in mail.message.text
    assert "ขอติดตาม 1 มาตรการ" in mail.message.subject
    assert mail.envelope["In-Reply-To"]


def test_nothing_is_sent_to_whom_it_no_longer_concerns(promised: OutboxMessage, cast: Cast) -> None:
    cast.officer.is_active = False

    assert letter_of(promised.id, NOW) is None


def test_the_ledger_shows_it_with_who_asked(promised: OutboxMessage, cast: Cast) -> None:
    (row,) = [row for row in ledger(cast.agency, TODAY, TODAY, TODAY) if row.message is not None]

    assert (row.recipient, row.state, set(row.sections)) == (cast.officer, LedgerState.PLANNED, {Section.CHASE})
    assert {line.asked_by for line in row.lines} == {cast.coordinator.name}
    assert mail_of(cast.agency.id, promised.id) is promised
