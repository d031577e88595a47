"""A mail server on its worst day: what can arrive does, and people hear of the rest."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session

from ita_flow.extensions import db
from ita_flow.mail import smtp
from ita_flow.mail.delivery import deliver
from ita_flow.mail.smtp import SmtpAddress, SmtpCarrier
from ita_flow.models.outbox import Failure, MessageState, OutboxMessage
from ita_flow.queries.mail import WAITING, failing_addresses
from tests.factories import Cast, a_mail, a_user, one_commit
from tests.letterbox import TAKE_AND_HANG_UP, Letterbox, listening

pytestmark = [pytest.mark.faults]

SEED = 2567
NOBODIES = 5
SECONDS_TO_ANSWER = 0.2
SECONDS_OF_SILENCE = 5
SHARES = {"451 try again": 0.25, "421 too busy": 0.2, TAKE_AND_HANG_UP: 0.1, "silence": 0.01}


@dataclass
class BadServer(Letterbox):
    """Answers most letters badly, and knows nobody whose address begins with ``nobody``."""

    did: Counter[str] = field(default_factory=Counter)
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    async def handle_RCPT(  # noqa: N802 - the server calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such person"
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self._answer()
        self.did[answer] += 1
        if answer == "silence":
            await asyncio.sleep(SECONDS_OF_SILENCE)
        self.answers_to_letter = [answer] if answer else []
        return await super().handle_DATA(server, session, envelope)

    def _answer(self) -> str:
        (answer,) = self.chance.choices([*SHARES, ""], [*SHARES.values(), 1 - sum(SHARES.values())])
        return answer


@pytest.fixture
def bad_server() -> Iterator[BadServer]:
    with listening(BadServer()) as server:
        yield server


def deliver_until_nothing_waits(url: str) -> int:
    """Deliver again and again, each time when the turn of all that wait has come; returns how often."""
    runs = 0
    while (turn := _turn_of_all()) is not None:
        deliver(SmtpCarrier(SmtpAddress.read(url)), now=partial(_stands, turn), at=partial(_stands, turn))
        runs += 1
    return runs


def _turn_of_all() -> datetime | None:
    waiting = sa.select(sa.func.max(OutboxMessage.next_attempt_at)).where(OutboxMessage.state.in_(WAITING))
    return db.session.scalars(waiting).one()


def _stands(moment: datetime) -> datetime:
    return moment


@pytest.mark.usefixtures("app")
def test_whatever_the_server_does_what_can_arrive_arrives(
    cast: Cast, bad_server: BadServer, letters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SECONDS_TO_ANSWER", SECONDS_TO_ANSWER)
    with one_commit():
        promised = {a_mail(cast.officer).message_id for _ in range(letters)}
        nobodies = [a_user(cast.agency, email=f"nobody{number}@example.go.th") for number in range(NOBODIES)]
        refused = {a_mail(nobody).message_id for nobody in nobodies}
    began = time.monotonic()

    runs = deliver_until_nothing_waits(bad_server.url)

    received = [str(letter["Message-ID"]) for letter in bad_server.letters]
    duplicates, seconds = len(received) - len(set(received)), time.monotonic() - began
    print(  # noqa: T201
        f"\n{db.engine.dialect.name}: {letters} mails, {dict(bad_server.did)}, {runs} runs, {duplicates} duplicates, "
        f"{seconds:.0f} s"
    )
    assert set(received) == promised == {message.message_id for message in _all_in(MessageState.SENT)}
    assert duplicates <= bad_server.did[TAKE_AND_HANG_UP]
    assert all(bad_server.did[answer] for answer in SHARES)
    dead = _all_in(MessageState.DEAD)
    assert {message.message_id for message in dead} == refused
    assert {(message.attempts, message.failure) for message in dead} == {(1, Failure.REFUSED)}
    assert {message.recipient_id for message in failing_addresses(cast.agency)} == {one.id for one in nobodies}


def _all_in(state: MessageState) -> Sequence[OutboxMessage]:
    return db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.state == state)).all()
