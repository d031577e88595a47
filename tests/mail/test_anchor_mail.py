"""The mail with the end of the record: an auditor keeps it, and it alone shows whether the record was altered."""

from __future__ import annotations

from datetime import UTC

import pytest

from ita_flow.database import transaction
from ita_flow.extensions import db
from ita_flow.mail.delivery import Delivery
from ita_flow.mail.messages import anchor
from ita_flow.models.people import Agency, User
from ita_flow.queries.anchors import Anchor, anchors_at
from ita_flow.workflow import audit
from ita_flow.workflow.anchors import anchors_in
from ita_flow.workflow.daily_anchors import promise_mails
from tests.factories import Cast
from tests.letterbox import Letterbox, text_of
from tests.mail.conftest import FRIDAY, MORNING, PostRoom
from tests.snapshot import Snapshot


@pytest.fixture
def office(cast: Cast) -> Cast:
    """The cast, with something on record and a mail promised to the auditor."""
    with transaction():
        audit.record("task.edited", cast.agency.id, "task:1", at=MORNING, actor=cast.officer)
        promise_mails(FRIDAY, MORNING)
    return cast


@pytest.mark.usefixtures("office")
def test_it_holds_the_very_line_that_verifying_reads(post_room: PostRoom, letterbox: Letterbox) -> None:
    assert post_room.send() == Delivery(sent=1)

    lines = [line for line in text_of(letterbox.letters[0]).splitlines() if line.startswith("{")]
    assert anchors_in(lines) == anchors_at(MORNING)


def test_it_tells_the_end_as_it_stands_when_it_leaves(office: Cast, post_room: PostRoom, letterbox: Letterbox) -> None:
    with transaction():
        audit.record("task.edited", office.agency.id, "task:1", at=MORNING, actor=office.officer)

    post_room.send()

    assert "บันทึกถึงลำดับที่: 2" in text_of(letterbox.letters[0])


def test_who_audits_no_more_gets_none(office: Cast, post_room: PostRoom) -> None:
    office.auditor.memberships[0].ends_on = office.auditor.memberships[0].starts_on
    db.session.commit()

    assert post_room.send() == Delivery(dropped=1)


@pytest.mark.usefixtures("app_alone")
def test_it_reads_as_agreed(snapshot: Snapshot) -> None:
    agency = Agency(name="องค์การบริหารส่วนจังหวัดตัวอย่าง", short_name="อบจ.ตัวอย่าง")
    end = Anchor("example", 1234, "0123456789abcdef" * 4, MORNING.astimezone(UTC).isoformat(timespec="seconds"))

    message = anchor(User(name="สุดา ตรวจการ", agency=agency), end)

    snapshot("anchor.txt", f"{message.subject}\n\n{message.text}")
    snapshot("anchor.html.txt", message.html)
