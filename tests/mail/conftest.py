"""An office with a mail to send, a server to send it to, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow import create_app
from ita_flow.config import Settings
from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.extensions import db
from ita_flow.mail.delivery import Delivery, deliver
from ita_flow.mail.smtp import SmtpAddress, SmtpCarrier
from ita_flow.models.outbox import OutboxMessage
from ita_flow.workflow.reminders import plan_reminders
from tests.databases import close
from tests.factories import Cast, a_task, reminder_rules
from tests.letterbox import Letterbox

FRIDAY = date(2024, 3, 15)
MORNING = bangkok_moment(FRIDAY, 8, 30)


@dataclass
class PostRoom:
    """Sends to the letterbox; ``now`` is the true moment, which stands until the test moves it."""

    url: str
    now: datetime = MORNING

    def send(self, limit: int | None = None) -> Delivery:
        carrier = SmtpCarrier(SmtpAddress.read(self.url))
        return deliver(carrier, now=lambda: self.now, at=lambda: self.now, limit=limit)

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def post_room(letterbox: Letterbox) -> PostRoom:
    return PostRoom(letterbox.url)


@pytest.fixture
def office(cast: Cast) -> Cast:
    """The cast, with a mail to the officer waiting in the outbox."""
    reminder_rules(cast.agency)
    promise(cast)
    return cast


def promise(cast: Cast, today: date = FRIDAY, at: datetime = MORNING) -> None:
    with transaction():
        plan_reminders(cast.agency, today, at=at, now=at)


def promise_to_both(cast: Cast) -> None:
    """A mail to the colleague as well."""
    a_task(section=cast.section, officers=[cast.colleague])
    promise(cast)


def the_message() -> OutboxMessage:
    return db.session.scalars(sa.select(OutboxMessage).execution_options(populate_existing=True)).one()


@pytest.fixture
def app_alone(tmp_path: Path) -> Iterator[Flask]:
    """The application without a row: for what needs words only."""
    app = create_app(Settings(instance=tmp_path, database_url="sqlite://", secret_key="only for tests"))
    with app.app_context():
        yield app
    close(app)
