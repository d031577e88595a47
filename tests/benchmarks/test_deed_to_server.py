"""How long it takes from a deed to the mail server. The figure is printed and not asserted."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from ita_flow.config import Settings
from ita_flow.database import transaction
from ita_flow.domain.notices import GATHERING, NoticeKind
from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.jobs import SECONDS_BETWEEN_DELIVERIES
from ita_flow.mail.delivery import deliver
from ita_flow.mail.outbox import BATCH
from ita_flow.mail.smtp import SmtpAddress, SmtpCarrier
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.workflow.notices import tell
from tests.factories import NOW, Cast, a_plan, a_task, a_user, one_commit
from tests.letterbox import Letterbox

pytestmark = [pytest.mark.faults, pytest.mark.long]

MAILS = 200
OFFICERS_OF_A_TASK = 10
BETWEEN_DEEDS = timedelta(seconds=1.5)
BEAT = timedelta(seconds=SECONDS_BETWEEN_DELIVERIES)


class Worker:
    """Sends at each beat as the timetable does; only what it would idle between beats is left out."""

    def __init__(self, url: str) -> None:
        self.arrived: dict[str, datetime] = {}
        self._carrier = SmtpCarrier(SmtpAddress.read(url))
        self._beat, self._began = NOW + GATHERING, time.monotonic()

    def now(self) -> datetime:
        return self._beat + timedelta(seconds=time.monotonic() - self._began)

    def beat(self) -> None:
        self._beat, self._began = max(self._beat + BEAT, self.now()), time.monotonic()
        deliver(self, self.now, self.now, BATCH, a_minute=Settings.mails_per_minute)

    def carry(self, letter: EmailMessage) -> None:
        self._carrier.carry(letter)
        self.arrived[str(letter["Message-ID"])] = self.now()

    def close(self) -> None:
        self._carrier.close()


@pytest.fixture
def tasks(cast: Cast) -> Sequence[Task]:
    """Tasks with so many officers each, whom nobody has told yet."""
    with one_commit():
        measures = a_plan(cast.agency, version=2, measures=MAILS // OFFICERS_OF_A_TASK).measures
        return [a_task(measure, section=cast.section, officers=_officers(cast)) for measure in measures]


def _officers(cast: Cast) -> list[User]:
    return [a_user(cast.agency, role=Role.OFFICER, unit=cast.section) for _ in range(OFFICERS_OF_A_TASK)]


def tell_one_after_the_other(tasks: Sequence[Task]) -> None:
    told = [(officer, task) for task in tasks for officer in task.officers]
    for number, (officer, task) in enumerate(told):
        at = NOW + number * BETWEEN_DEEDS
        with transaction():
            tell(NoticeKind.ASSIGNED, [officer], key=str(number), at=at, task=task)


def moments_of_leaving() -> dict[str, datetime]:
    """When each mail may leave: its deed and the quarter of an hour in which it gathers."""
    found = db.session.execute(sa.select(OutboxMessage.message_id, OutboxMessage.next_attempt_at)).all()
    db.session.rollback()
    return dict(found)


@pytest.mark.usefixtures("app")
def test_from_a_deed_to_the_server(tasks: Sequence[Task], letterbox: Letterbox) -> None:
    tell_one_after_the_other(tasks)
    may_leave, worker = moments_of_leaving(), Worker(letterbox.url)

    for _beat in range(MAILS):
        worker.beat()

    seconds = [(worker.arrived[one] - moment).total_seconds() for one, moment in may_leave.items()]
    print(  # noqa: T201
        f"\n{db.engine.dialect.name}: {MAILS} event mails, from the moment they may leave (they gather for "
        f"{GATHERING.seconds // 60} minutes by rule) to the mail server: 95th percentile "
        f"{statistics.quantiles(seconds, n=20)[-1]:.2f} s, longest {max(seconds):.2f} s"
    )
    assert len(letterbox.letters) == MAILS
