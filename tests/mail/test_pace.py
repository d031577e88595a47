"""How many mails leave within a minute, and that leases may be shorter: asked of the outbox itself."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.mail import outbox
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import Delivery, deliver
from tests.factories import NOW, Cast, a_mail, one_commit
from tests.mail.conftest import the_message

A_MINUTE = 7
WORKERS = 4


@pytest.fixture
def many_mails(cast: Cast) -> None:
    with one_commit():
        for _ in range(3 * A_MINUTE):
            a_mail(cast.officer)


def deliver_at(seconds: float) -> int:
    """How many mails left at that second."""
    now = NOW + timedelta(seconds=seconds)
    return deliver(DemoCarrier(), now=lambda: now, at=lambda: now, a_minute=A_MINUTE).sent


@pytest.mark.usefixtures("many_mails")
def test_a_minute_sees_only_so_many_mails() -> None:
    assert [deliver_at(second) for second in (0, 1, 30, 59.9, 60, 61)] == [A_MINUTE, 0, 0, 0, A_MINUTE, 0]


@pytest.mark.usefixtures("many_mails")
def test_the_pace_holds_over_all_workers(app: Flask) -> None:
    together, sent = Barrier(WORKERS), list[int]()

    def work() -> None:
        with app.app_context():
            together.wait()
            sent.append(deliver_at(0))

    workers = [Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert len(sent) == WORKERS
    assert sum(sent) == A_MINUTE


@pytest.mark.usefixtures("app")
def test_a_lease_may_be_short(cast: Cast) -> None:
    message_id = a_mail(cast.officer).id
    short, long = timedelta(seconds=2), timedelta(hours=2)

    with transaction():
        outbox.claim(NOW, length=short)
    with transaction():
        assert outbox.claim(NOW + short).message_ids == []
    with transaction():
        assert outbox.claim(NOW + short * 2, length=long).until == NOW + short * 2 + long
    assert the_message().id == message_id


@pytest.mark.usefixtures("app")
def test_nothing_is_begun_in_the_last_three_quarters_of_a_short_lease(cast: Cast) -> None:
    for _ in range(2):
        a_mail(cast.officer)
    moments = iter(NOW + timedelta(seconds=second) for second in (0, 0, 0, 0.6, 0.7, 0.8))

    outcome = deliver(DemoCarrier(), now=lambda: next(moments), at=lambda: NOW, limit=2, lease=timedelta(seconds=2))

    assert outcome == Delivery(sent=1)
