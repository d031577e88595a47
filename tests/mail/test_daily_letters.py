"""The mail of a day from the ledger to the letter: all sections at once, and what it costs to make it."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.database import reading
from ita_flow.domain.approval_chains import Chain, ChainSeat
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import DEFAULT_RULES
from ita_flow.extensions import db
from ita_flow.mail.letters import letter_of
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from tests.factories import Cast, a_membership, a_plan, a_report, a_task, one_commit, reminder_rules
from tests.mail.conftest import promise
from tests.statements import counted_statements

MONDAY = date(2024, 4, 1)
"""The first working day of its month, and the day after the half year."""

MORNING = bangkok_moment(MONDAY, 8, 30)
LONG_AGO = bangkok_moment(date(2024, 3, 12), 10)
ON_FRIDAY = bangkok_moment(date(2024, 3, 29), 10)
BY_DIRECTOR = Chain((ChainSeat(Seat.DIRECTOR),))


def arrange(cast: Cast, how_many: int) -> User:
    """An office on that Monday, with so many tasks of each sort; the director of it is everything else as well."""
    person = cast.director
    for post in (cast.coordinator.memberships[0], cast.executive.memberships[0]):
        a_membership(person, role=post.role, seat=post.seat, post=post.post)
    with one_commit():
        db.session.add(
            AssessmentWindow(
                agency_id=cast.agency.id,
                year=2567,
                kind=AssessmentWindowKind.OIT_UPLOAD,
                starts_on=date(2024, 3, 1),
                ends_on=date(2024, 4, 15),
            )
        )
        measures = iter(a_plan(cast.agency, year=2566, measures=6 * how_many).measures)
        for _number in range(how_many):
            a_task(next(measures), cast.division, officers=[person], due_on=date(2024, 4, 8))
            a_task(next(measures), cast.division, officers=[person], due_on=date(2024, 3, 31))
            a_task(next(measures), cast.division, cast.section, [cast.officer], due_on=date(2024, 3, 24))
            a_task(next(measures), cast.division, due_on=date(2024, 4, 15))
            waiting = a_task(next(measures), cast.division, cast.section, [cast.officer])
            a_report(waiting, cast.officer, at=LONG_AGO, chain=BY_DIRECTOR)
            fresh = a_task(next(measures), cast.division, cast.section, [cast.officer])
            a_report(fresh, cast.officer, at=ON_FRIDAY, chain=BY_DIRECTOR)
    reminder_rules(cast.agency, *DEFAULT_RULES)
    promise(cast, MONDAY, MORNING)
    return person


def the_promise_to(person: User) -> int:
    return next(message.id for message in db.session.query(OutboxMessage) if message.recipient_id == person.id)


def headings_of(text: str) -> list[str]:
    return [line.removeprefix("■ ") for line in text.splitlines() if line.startswith("■")]


@pytest.mark.parametrize("how_many", [1, 12])
def test_a_mail_with_everything_costs_the_same_for_few_tasks_and_for_many(cast: Cast, how_many: int) -> None:
    message_id = the_promise_to(arrange(cast, how_many))
    db.session.expunge_all()

    with reading(), counted_statements() as statements:
        letter = letter_of(message_id, MORNING)

    assert letter
    assert headings_of(letter.message.text) == [
        "เกินกำหนด",
        "ใกล้ครบกำหนด",
        "ใกล้ครบกำหนด และยังไม่มีผู้รับผิดชอบ",
        "เกินกำหนดหลายวัน",
        "ค้างพิจารณา",
        "รอท่านพิจารณา",
        "กำหนดเวลาของระบบ ITA",
        "สรุปประจำสัปดาห์",
        "สรุปประจำเดือน",
    ]
    assert len(statements) == 27
