"""The mail server is away for a fortnight: when it is back all leaves within the hour, one digest to each person.

The office's clock is shifted by a year, so that whatever waits by the wrong clock is found out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_day, bangkok_moment
from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.mail import outbox
from ita_flow.mail.delivery import Delivery, deliver
from ita_flow.mail.failures import TryLater, Unreachable
from ita_flow.models.people import Agency
from ita_flow.queries.mail import mail_state
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import Cast, a_plan, a_task, a_user, one_commit, reminder_rules

ALSO_POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.long])

pytestmark = [pytest.mark.faults, pytest.mark.parametrize("database", ["sqlite", ALSO_POSTGRES], indirect=True)]

SHIFT = timedelta(weeks=52)
"""By how much the true clock is ahead of the office's; whole weeks, so that weekdays are the same."""

WENT_ON = bangkok_moment(date(2024, 3, 11), 8, 30) + SHIFT
CAME_BACK = bangkok_moment(date(2024, 3, 25), 10, 0) + SHIFT
OFFICERS = 10
A_MINUTE = 6
BETWEEN_BEATS = timedelta(seconds=20)


class Server:
    """Takes no letter for now, then cannot be reached at all, and at last is back and notes who got what when."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.arrived: list[tuple[datetime, str]] = []

    def carry(self, letter: EmailMessage) -> None:
        moment = self._now()
        if moment < WENT_ON + timedelta(days=12):
            raise TryLater("451 try again")
        if moment < CAME_BACK - timedelta(minutes=10):
            raise Unreachable("nobody listens")
        if moment < CAME_BACK:
            raise TryLater("451 still starting")
        self.arrived.append((moment, str(letter["To"])))

    def close(self) -> None:
        pass


class Post:
    """Promises and sends by a clock that the test moves."""

    def __init__(self, agency: Agency) -> None:
        self.now = WENT_ON
        self.server = Server(lambda: self.now)
        self._agency_id = agency.id

    def promise(self) -> None:
        at = self.now - SHIFT
        with transaction():
            plan_reminders(db.session.get_one(Agency, self._agency_id), bangkok_day(at), at=at, now=self.now)

    def send(self, limit: int | None = None, a_minute: int | None = None) -> Delivery:
        return deliver(self.server, now=lambda: self.now, at=lambda: self.now - SHIFT, limit=limit, a_minute=a_minute)


@pytest.fixture
def post(cast: Cast) -> Post:
    """An office in which each of many officers is reminded of a task of their own."""
    with one_commit():
        reminder_rules(cast.agency)
        for number, measure in enumerate(a_plan(cast.agency, version=2, measures=OFFICERS).measures):
            officer = a_user(cast.agency, email=f"officer{number}@example.go.th", role=Role.OFFICER, unit=cast.section)
            a_task(measure, section=cast.section, officers=[officer], due_on=date(2024, 3, 18 + number % 5))
    return Post(cast.agency)


def moments_of_trying() -> Iterator[datetime]:
    """Twice on each day of the fortnight; on the last one the second time is right before the server is back."""
    for day in range((CAME_BACK - WENT_ON).days + 1):
        morning = WENT_ON + timedelta(days=day)
        yield from (morning, morning + timedelta(hours=1, minutes=29, seconds=50))


def is_busiest_minute_within(arrived: list[datetime], most: int) -> bool:
    """Whether no minute, wherever it begins, saw more arrivals than that."""
    return all(sum(begin <= one < begin + outbox.A_MINUTE for one in arrived) <= most for begin in arrived)


def test_when_it_is_back_all_leaves_within_the_hour_at_the_pace_of_the_server(post: Post, cast: Cast) -> None:
    for moment in moments_of_trying():
        post.now = moment
        post.promise()
        post.send()
    assert post.server.arrived == []

    post.now = CAME_BACK
    while post.now <= CAME_BACK + timedelta(hours=1) and mail_state(cast.agency).waiting:
        post.send(limit=outbox.BATCH, a_minute=A_MINUTE)
        post.now += BETWEEN_BEATS

    print(f"\n{db.engine.dialect.name}: all left within {post.now - CAME_BACK}")  # noqa: T201
    letters = Counter(to for _moment, to in post.server.arrived)
    assert len(letters) >= OFFICERS
    assert set(letters.values()) == {1}
    assert mail_state(cast.agency).waiting == 0
    assert is_busiest_minute_within([moment for moment, _to in post.server.arrived], A_MINUTE)
