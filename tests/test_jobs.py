"""The timetable: jobs are called, never waited for; one test sees the real scheduler begin and end."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from threading import Event

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from ita_flow import jobs
from ita_flow.config import MEGABYTE, Settings
from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import db
from ita_flow.mail.outbox import BATCH
from ita_flow.models.evidence import EvidenceCheck
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.people import Agency
from ita_flow.workflow.evidence import store
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import Cast, a_file, a_mail, a_task, a_user, an_acting_order, an_agency, reminder_rules
from tests.letterbox import Letterbox
from tests.source import ROOT

FRIDAY = date(2024, 3, 15)
HALF_PAST_EIGHT = bangkok_moment(FRIDAY, 8, 30)
SECONDS_TO_END = 25


@pytest.fixture
def office(cast: Cast) -> Cast:
    reminder_rules(cast.agency)
    return cast


@pytest.fixture
def with_mail(app: Flask, letterbox: Letterbox) -> Letterbox:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=letterbox.url)
    return letterbox


def states() -> list[MessageState]:
    found = list(db.session.scalars(sa.select(OutboxMessage.state).order_by(OutboxMessage.id)))
    db.session.commit()
    return found


def remind_at(app: Flask, moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        jobs.remind(app)


@pytest.mark.usefixtures("office")
def test_before_half_past_eight_nothing_is_promised(app: Flask) -> None:
    remind_at(app, bangkok_moment(FRIDAY, 8, 29))

    assert states() == []


@pytest.mark.usefixtures("office")
def test_from_half_past_eight_the_mails_of_the_day_are_promised_once(app: Flask) -> None:
    remind_at(app, HALF_PAST_EIGHT)
    remind_at(app, bangkok_moment(FRIDAY, 8, 31))

    assert states() == [MessageState.PENDING]


def test_an_acting_order_is_told_on_its_first_day_when_the_hour_has_come(app: Flask, cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, cast.head, starts_on=FRIDAY)

    remind_at(app, bangkok_moment(FRIDAY, 8, 29))
    before = states()
    remind_at(app, HALF_PAST_EIGHT)

    assert before == []
    assert states() == [MessageState.PENDING, MessageState.PENDING]


@pytest.mark.usefixtures("office")
def test_the_morning_begins_in_bangkok_and_not_in_utc(app: Flask) -> None:
    remind_at(app, datetime(2024, 3, 14, 18, 0, tzinfo=UTC))  # one o'clock at night on Friday in Bangkok

    assert states() == []


def test_every_agency_is_reminded(app: Flask, office: Cast) -> None:
    elsewhere = office.stranger.agency
    reminder_rules(elsewhere)
    office.strange_task.officers = [office.stranger]
    db.session.commit()

    remind_at(app, HALF_PAST_EIGHT)

    agencies = set(db.session.scalars(sa.select(OutboxMessage.agency_id)))
    assert agencies == {office.agency.id, elsewhere.id}


@pytest.mark.usefixtures("office")
def test_what_is_promised_is_delivered_at_the_next_beat(app: Flask, with_mail: Letterbox) -> None:
    with time_machine.travel(HALF_PAST_EIGHT, tick=True):
        jobs.remind(app)
        jobs.deliver(app)

    assert states() == [MessageState.SENT]
    assert len(with_mail.letters) == 1


@pytest.mark.usefixtures("office")
def test_without_a_server_mails_wait(app: Flask) -> None:
    remind_at(app, HALF_PAST_EIGHT)

    jobs.deliver(app)

    assert states() == [MessageState.PENDING]


@pytest.mark.usefixtures("office")
def test_the_demo_never_opens_a_connection(app: Flask, with_mail: Letterbox) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], is_demo=True)
    remind_at(app, HALF_PAST_EIGHT)

    jobs.deliver(app)

    assert (states(), with_mail.connections) == ([MessageState.SENT], 0)


def test_a_beat_delivers_a_batch_so_that_no_server_is_flooded(app: Flask, office: Cast, with_mail: Letterbox) -> None:
    for _ in range(BATCH + 1):
        a_task(officers=[a_user(office.agency, role=office.officer.memberships[0].role)], section=office.section)
    with transaction():
        plan_reminders(office.agency, date(2024, 9, 30), at=HALF_PAST_EIGHT, now=HALF_PAST_EIGHT)

    jobs.deliver(app)

    assert len(with_mail.letters) == BATCH


def test_the_pace_of_the_settings_is_kept(app: Flask, office: Cast, with_mail: Letterbox) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mails_per_minute=2)
    for _ in range(BATCH):
        a_mail(office.officer)

    jobs.deliver(app)
    jobs.deliver(app)

    assert len(with_mail.letters) == 2


def test_when_told_to_stop_nothing_is_begun(app: Flask, office: Cast, with_mail: Letterbox) -> None:
    remind_at(app, HALF_PAST_EIGHT)

    jobs.deliver(app, may_go_on=lambda: False)

    assert (states(), with_mail.letters) == ([MessageState.PENDING], [])


def test_the_timetable_is_on_one_page(app: Flask) -> None:
    scheduler = jobs.start(app)
    try:
        timetable = {job.func.__name__: job.trigger.interval.total_seconds() for job in scheduler.get_jobs()}
        habits = {(job.coalesce, job.max_instances, job.misfire_grace_time) for job in scheduler.get_jobs()}
    finally:
        scheduler.shutdown()

    assert timetable == {"remind": 60, "remember": 60, "deliver": 2, "check_evidence": 600}
    assert habits == {(True, 1, None)}
    assert str(scheduler.timezone) == "Asia/Bangkok"


def test_a_job_that_fails_is_logged_and_comes_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    beats = [Event(), Event()]
    coming = iter(beats)

    def fails(_app: Flask, _may_go_on: object) -> None:
        next(coming).set()
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "deliver", fails)
    monkeypatch.setattr(jobs, "SECONDS_BETWEEN_DELIVERIES", 0.05)
    scheduler = jobs.start(app)
    try:
        assert all(beat.wait(10) for beat in beats)
    finally:
        scheduler.shutdown()

    assert any(record.levelno == logging.ERROR and record.exc_info for record in caplog.records)


def test_a_part_of_the_evidence_is_read_and_leftovers_go(app: Flask, cast: Cast) -> None:
    whole = store().put(BytesIO(b"%PDF-1.4 example"), MEGABYTE)
    a_file(cast.task, cast.officer)
    left = store().folder / "tmp" / "left"
    left.write_bytes(b"half of a file")
    os.utime(left, (0, 0))
    db.session.rollback()

    jobs.check_evidence(app)

    assert [check.sha256 for check in db.session.scalars(sa.select(EvidenceCheck))] == [whole.sha256]
    assert not left.exists()


@pytest.fixture
def worker(office: Cast, settings: Settings, letterbox: Letterbox) -> Iterator[subprocess.Popen[str]]:
    """The worker as a process of its own, with a mail waiting for it."""
    with transaction():
        plan_reminders(office.agency, FRIDAY, at=HALF_PAST_EIGHT, now=HALF_PAST_EIGHT)
    environment = os.environ | {
        "ITA_FLOW_INSTANCE": str(settings.instance),
        "ITA_FLOW_DATABASE_URL": settings.database_url,
        "ITA_FLOW_SMTP_URL": letterbox.url,
    }
    command = [sys.executable, "-c", "from ita_flow.cli import main; main()", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_worker_delivers_and_ends_when_told(worker: subprocess.Popen[str], letterbox: Letterbox) -> None:
    assert letterbox.arrived.wait(30)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(SECONDS_TO_END) == 0
    assert len(letterbox.letters) == 1


def test_trouble_in_one_agency_keeps_no_other_waiting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    agencies = [an_agency(f"หน่วยงานที่ {number}", code=f"number-{number}") for number in range(2)]
    first, second = (agency.id for agency in agencies)
    reached = []

    def plan(agency: Agency, *_moments: object) -> None:
        reached.append(agency.id)
        if agency.id == first:
            raise RuntimeError("trouble")

    monkeypatch.setattr("ita_flow.jobs.reminders.plan_reminders", plan)
    monkeypatch.setattr("ita_flow.jobs.is_time_to_remind", lambda _at: True)
    db.session.rollback()

    jobs.remind(app)

    assert reached == [first, second]
