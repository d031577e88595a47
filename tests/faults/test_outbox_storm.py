"""Senders are killed while they send, and three letters in ten fail: every mail arrives, and none stays behind."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from ita_flow.config import Settings
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageState, OutboxMessage
from tests.factories import Cast, a_mail, one_commit
from tests.faults.senders import Senders, senders

pytestmark = [pytest.mark.faults]

AT_ONCE = 3
SEED = 2567
SECONDS_TO_END = 240


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + SECONDS_TO_END
    while not is_so():
        assert time.monotonic() < give_up_at, "the mails stopped arriving"
        time.sleep(0.02)


def kill_again_and_again(at_work: Senders, mails: int, times: int) -> None:
    """The kills are spread over the mails: each comes when so many more have arrived."""
    chance = random.Random(SEED)
    for number in range(1, times + 1):
        arrived = mails * number // (times + 1)
        wait_until(lambda arrived=arrived: len(at_work.received()) >= arrived)  # type: ignore[misc]
        at_work.kill_one(chance)


def is_all_sent() -> bool:
    others = db.session.scalars(sa.select(OutboxMessage.id).where(OutboxMessage.state != MessageState.SENT)).first()
    db.session.rollback()  # on SQLite whoever holds a transaction keeps everybody out
    return others is None


@pytest.mark.usefixtures("app")
def test_every_mail_arrives_though_senders_are_killed(
    settings: Settings, cast: Cast, tmp_path: Path, mails: int, sender_kills: int
) -> None:
    with one_commit():
        promised = {a_mail(cast.officer).message_id for _ in range(mails)}
    began = time.monotonic()

    with senders(settings, tmp_path / "mailbox", AT_ONCE) as at_work:
        kill_again_and_again(at_work, mails, sender_kills)
        wait_until(is_all_sent)

    received = at_work.received()
    duplicates, seconds = len(received) - len(set(received)), time.monotonic() - began
    tries = db.session.scalars(sa.select(sa.func.sum(OutboxMessage.attempts))).one()
    print(  # noqa: T201
        f"\n{db.engine.dialect.name}: {mails} mails, {sender_kills} kills, {tries} tries, {duplicates} duplicates, "
        f"{seconds:.0f} s"
    )
    assert set(received) == promised
    assert duplicates <= at_work.kills == sender_kills
    assert tries > 1.2 * mails, "hardly anything failed"
