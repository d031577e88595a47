"""The timetable: what runs by itself, one line each.

APScheduler only beats the time. What is due stands in the tables, whose unique keys and leases decide, so a
second scheduler or a missed beat does no harm.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event, Thread

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from ita_flow.config import settings
from ita_flow.database import reading, transaction
from ita_flow.domain.calendar import BANGKOK, bangkok_day
from ita_flow.domain.clock import real_now
from ita_flow.domain.reminders import is_time_to_remind
from ita_flow.extensions import clock, db
from ita_flow.mail import delivery, outbox
from ita_flow.mail.carriers import carrier_of
from ita_flow.models.operations import TIMETABLE
from ita_flow.models.people import Agency
from ita_flow.queries.anchors import anchors_at
from ita_flow.workflow import acting_notices, daily_anchors, evidence_checks, heartbeats, reminders
from ita_flow.workflow.evidence import store

SECONDS_BETWEEN_REMINDING = 60
SECONDS_BETWEEN_DELIVERIES = 2
SECONDS_BETWEEN_CHECKS = 600
SECONDS_BETWEEN_REMEMBERING = 60
SECONDS_TO_FINISH = 22
"""For the letter in hand when the worker is told to stop; its lease makes leaving earlier safe as well."""

logger = logging.getLogger(__name__)


def start(app: Flask) -> BackgroundScheduler:
    """Begin the timetable in threads of its own; its ``shutdown()`` finishes the letter in hand and begins no other."""
    scheduler = BackgroundScheduler(
        timezone=BANGKOK,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(remind, "interval", [app], seconds=SECONDS_BETWEEN_REMINDING)
    scheduler.add_job(remember, "interval", [app], seconds=SECONDS_BETWEEN_REMEMBERING)
    scheduler.add_job(deliver, "interval", [app, lambda: scheduler.running], seconds=SECONDS_BETWEEN_DELIVERIES)
    scheduler.add_job(check_evidence, "interval", [app], seconds=SECONDS_BETWEEN_CHECKS)
    scheduler.start()
    return scheduler


def remind(app: Flask) -> None:
    """Leave a sign of life, and promise the mails of the day in every agency, once the hour has come."""
    with app.app_context():
        with transaction():
            heartbeats.beat(TIMETABLE, real_now())
        at = clock.now()
        if is_time_to_remind(at):
            for agency_id in _agency_ids():
                _remind_in(agency_id, at)


def _remind_in(agency_id: int, at: datetime) -> None:
    """The mails of one agency; its trouble is logged and keeps no other agency waiting."""
    try:
        with transaction():
            agency = db.session.get_one(Agency, agency_id)
            reminders.plan_reminders(agency, bangkok_day(at), at, real_now())
            acting_notices.tell_of_the_day(agency, bangkok_day(at), at)
    except Exception:
        logger.exception("no reminders in agency %s this time", agency_id)


def remember(app: Flask) -> None:
    """Once a day: where every record ends, promised in a mail to each auditor, then written into a file."""
    with app.app_context():
        at = clock.now()
        file = daily_anchors.file_of(settings().anchors_folder, bangkok_day(at))
        if file.exists() or not daily_anchors.is_time_to_remember(at):
            return
        with transaction():
            daily_anchors.promise_mails(bangkok_day(at), real_now())
        with reading():
            anchors = anchors_at(at)
        if anchors:
            daily_anchors.keep_in_file(file, anchors)


def deliver(app: Flask, may_go_on: Callable[[], bool] = lambda: True) -> None:
    """Hand over a batch of what the outbox holds, at the pace that the mail server bears."""
    with app.app_context():
        carrier = carrier_of(settings())
        if carrier:
            a_minute = settings().mails_per_minute
            delivery.deliver(carrier, real_now, clock.now, outbox.BATCH, may_go_on, a_minute=a_minute)


def check_evidence(app: Flask) -> None:
    """Read a part of the evidence again; with the first part of a day, clear away what broken uploads left."""
    with app.app_context():
        at = clock.now()
        if evidence_checks.is_first_today(at):
            evidence_checks.sweep(store(), real_now())
        evidence_checks.check_some(store(), at)


def _agency_ids() -> Sequence[int]:
    with reading():
        return db.session.scalars(sa.select(Agency.id).order_by(Agency.id)).all()


def run_until_told_to_stop(app: Flask) -> None:
    """The worker: keeps the timetable until SIGTERM or SIGINT, then finishes the letter in hand and leaves."""
    told_to_stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: _stop(told_to_stop))
    scheduler = start(app)
    told_to_stop.wait()
    ending = Thread(target=scheduler.shutdown, daemon=True)
    ending.start()
    ending.join(SECONDS_TO_FINISH)
    if ending.is_alive():
        _leave_now()


def _stop(told_to_stop: Event) -> None:
    """The first time: finish. The second time: leave, for whoever says it twice does not want to wait."""
    if told_to_stop.is_set():
        _leave_now()
    told_to_stop.set()


def _leave_now() -> None:
    logger.warning("left with a letter in hand; it is offered again when its lease ends")
    os._exit(0)
