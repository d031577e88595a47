"""Once a day the end of each record is remembered outside the database: in a file, and in mails to auditors."""

from __future__ import annotations

import logging
import stat
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from ita_flow import jobs
from ita_flow.config import settings
from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.queries.anchors import anchors_at
from ita_flow.workflow import audit, daily_anchors
from ita_flow.workflow.anchors import anchors_in, contradictions
from tests.factories import Cast, a_user
from tests.workflow.test_anchors import compute_anew

FRIDAY, SATURDAY = date(2024, 3, 15), date(2024, 3, 16)
SIX = bangkok_moment(FRIDAY, 6)


@pytest.fixture
def office(cast: Cast) -> Cast:
    """An office with something on record, and an auditor."""
    with transaction():
        audit.record("task.edited", cast.agency.id, "task:1", at=SIX, actor=cast.officer, after={"percent": 50})
    return cast


def remember_at(app: Flask, moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        jobs.remember(app)


def files() -> list[str]:
    return sorted(path.name for path in settings().anchors_folder.glob("*"))


def mails() -> list[OutboxMessage]:
    found = list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))
    db.session.commit()
    return found


@pytest.mark.usefixtures("office")
def test_before_six_in_the_morning_nothing_is_remembered(app: Flask) -> None:
    remember_at(app, bangkok_moment(FRIDAY, 5, 59))

    assert (files(), mails()) == ([], [])


def test_from_six_on_the_day_has_one_file_and_each_auditor_one_mail(app: Flask, office: Cast) -> None:
    second = a_user(office.agency, role=Role.AUDITOR)
    a_user(office.agency, role=Role.AUDITOR, is_active=False)
    a_user(office.agency, role=Role.AUDITOR, ends_on=date(2024, 3, 14))

    for minute in range(3):
        remember_at(app, bangkok_moment(FRIDAY, 6, minute))

    assert files() == ["2024-03-15.jsonl"]
    assert [(mail.kind, mail.recipient_id) for mail in mails()] == [
        (MessageKind.ANCHOR, office.auditor.id),
        (MessageKind.ANCHOR, second.id),
    ]


@pytest.mark.usefixtures("office")
def test_the_file_is_for_its_owner_only_and_holds_what_verifying_reads(app: Flask) -> None:
    remember_at(app, SIX)

    path = settings().anchors_folder / "2024-03-15.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert anchors_in(path.read_text().splitlines()) == anchors_at(SIX)


@pytest.mark.usefixtures("office")
def test_a_morning_that_was_missed_is_made_up_for_when_the_worker_is_back(app: Flask) -> None:
    remember_at(app, bangkok_moment(FRIDAY, 17, 40))

    assert files() == ["2024-03-15.jsonl"]


@pytest.mark.usefixtures("office")
def test_after_an_outage_of_the_mail_only_the_newest_goes_out(app: Flask) -> None:
    remember_at(app, SIX)
    remember_at(app, bangkok_moment(SATURDAY, 6))

    assert files() == ["2024-03-15.jsonl", "2024-03-16.jsonl"]
    assert [mail.state for mail in mails()] == [MessageState.DROPPED, MessageState.PENDING]


@pytest.mark.usefixtures("office")
def test_what_stands_in_a_file_is_never_written_over(app: Flask) -> None:
    remember_at(app, SIX)
    path = settings().anchors_folder / "2024-03-15.jsonl"
    before = path.read_text()

    remember_at(app, bangkok_moment(FRIDAY, 9))

    assert path.read_text() == before


def test_without_an_auditor_the_file_alone_remembers_and_the_log_says_so(
    app: Flask, office: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    office.auditor.is_active = False
    db.session.commit()

    with caplog.at_level(logging.INFO):
        remember_at(app, SIX)

    assert (len(files()), mails()) == (1, [])
    assert "has no auditor" in caplog.text


@pytest.mark.usefixtures("app")
def test_where_nothing_was_recorded_there_is_nothing_to_remember(app: Flask) -> None:
    remember_at(app, SIX)

    assert files() == []


def test_a_record_computed_anew_contradicts_the_file_of_the_day(app: Flask, office: Cast) -> None:
    remember_at(app, SIX)

    compute_anew(office.agency, from_seq=1)

    kept = (settings().anchors_folder / "2024-03-15.jsonl").read_text()
    assert [one.reason for one in contradictions(anchors_in(kept.splitlines()))] == ["anchor_differs"]


def test_a_file_is_whole_or_not_there(tmp_path: Path, office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        daily_anchors.keep_in_file(tmp_path / "kept" / "day.jsonl", anchors_at(SIX))

    assert list((tmp_path / "kept").iterdir()) == []
