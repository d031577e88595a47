"""Delivering: claim and commit, make the letter, hand it over, settle and commit.

No transaction is open while a server is spoken to. A process that dies with a letter in hand leaves its lease
behind, and the letter is offered again; it then carries the same Message-ID.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ita_flow.database import reading, transaction
from ita_flow.mail import links, outbox
from ita_flow.mail.carriers import Carrier
from ita_flow.mail.failures import NotCarried, Refused, Unreachable
from ita_flow.mail.letters import Letter, letter_of
from ita_flow.mail.outbox import LEASE, Lease, Sent, Setback
from ita_flow.mail.sender import BadAddress
from ita_flow.models.outbox import Failure

Clock = Callable[[], datetime]

ENOUGH_OF_A_LEASE = 3 / 4
"""What must be left of it before another letter is begun: a conversation has eight answers to wait for."""

logger = logging.getLogger(__name__)


@dataclass
class Delivery:
    """What became of the messages of a run."""

    sent: int = 0
    dropped: int = 0
    """No longer true."""

    delayed: int = 0
    """Tried, and to be tried again."""

    dead: int = 0
    """Refused for good, or given up."""

    trouble: str | None = None
    """Why the server could not be reached, if it could not."""

    def __add__(self, later: Delivery) -> Delivery:
        return Delivery(
            sent=self.sent + later.sent,
            dropped=self.dropped + later.dropped,
            delayed=self.delayed + later.delayed,
            dead=self.dead + later.dead,
            trouble=later.trouble,
        )


def deliver(
    carrier: Carrier,
    now: Clock,
    at: Clock,
    limit: int | None = None,
    may_go_on: Callable[[], bool] = lambda: True,
    *,
    a_minute: int | None = None,
    lease: timedelta = LEASE,
) -> Delivery:
    """Send what is due, at most ``limit`` messages; ``now`` is the true clock, ``at`` the office's.

    Stops before the next letter when ``may_go_on`` says no, when the server cannot be reached, and when ``a_minute``
    letters have been begun within a minute, by whomever. A ``lease`` is how long a batch is ours.
    """
    run = _Run(carrier, now, at, may_go_on, lease)
    left = limit
    try:
        while left != 0 and may_go_on() and run.delivery.trouble is None:
            claimed = run.claimed(outbox.BATCH if left is None else min(left, outbox.BATCH), a_minute)
            if not claimed.message_ids:
                break
            run.deliver_all(claimed)
            left = None if left is None else left - len(claimed.message_ids)
    finally:
        carrier.close()
    return run.delivery


class _Run:
    """One delivery: a carrier, its clocks, and the count of what became of the messages."""

    def __init__(
        self, carrier: Carrier, now: Clock, at: Clock, may_go_on: Callable[[], bool], length: timedelta
    ) -> None:
        self.delivery = Delivery()
        self._carrier, self._now, self._at, self._may_go_on = carrier, now, at, may_go_on
        self._length = length

    def claimed(self, limit: int, a_minute: int | None) -> Lease:
        with transaction():
            return outbox.claim(self._now(), limit, self._length, a_minute)

    def deliver_all(self, lease: Lease) -> None:
        """Send the messages of the lease one after the other; give back those that cannot be begun."""
        for place, message_id in enumerate(lease.message_ids):
            if not self._may_go_on() or lease.until - self._now() < self._length * ENOUGH_OF_A_LEASE:
                self._give_back(lease, place, timedelta())
                return
            try:
                self._deliver(lease, message_id)
            except Unreachable as trouble:
                logger.warning("the mail server cannot be reached: %s", trouble)
                self.delivery.trouble = str(trouble)
                self._give_back(lease, place, outbox.WAIT_FOR_THE_SERVER, Setback(trouble.failure, str(trouble)))
                return

    def _deliver(self, lease: Lease, message_id: int) -> None:
        letter: Letter | None = None
        try:
            letter = self._letter(message_id)
            if letter is None:
                self._drop(lease, message_id)
                return
            self._carry(letter)
        except Unreachable:
            raise
        except (Refused, BadAddress) as error:
            self._bury(lease, message_id, str(error), letter)
        except NotCarried as error:
            self._delay(lease, message_id, Setback(error.failure, str(error)))
        except Exception as error:
            # A message that cannot be made must not hold up the others; it comes back after its wait.
            logger.exception("message %s could not be sent", message_id)
            self._delay(lease, message_id, Setback(None, f"{type(error).__name__}: {error}"))
        else:
            self._finish(lease, message_id, letter)

    def _letter(self, message_id: int) -> Letter | None:
        with reading():
            return letter_of(message_id, self._now())

    def _carry(self, letter: Letter) -> None:
        """Hand the letter over. A link in it is made now, and taken back where it certainly reached nobody."""
        if letter.opens_account_of is None:
            self._carrier.carry(letter.envelope)
            return
        with transaction():
            token = links.make(letter.opens_account_of, self._now())
        try:
            self._carrier.carry(letter.with_link(token))
        except (Refused, Unreachable):
            with transaction():
                links.take_back(token)
            raise

    def _finish(self, lease: Lease, message_id: int, letter: Letter) -> None:
        message = letter.message
        with transaction():
            outbox.finish(lease, message_id, Sent(message.subject, message.text, message.html, letter.to, self._at()))
        self.delivery.sent += 1

    def _drop(self, lease: Lease, message_id: int) -> None:
        with transaction():
            outbox.drop(lease, message_id, "nothing of it was true any more")
        self.delivery.dropped += 1

    def _bury(self, lease: Lease, message_id: int, error: str, letter: Letter | None) -> None:
        logger.warning("message %s was refused for good: %s", message_id, error)
        with transaction():
            outbox.bury(lease, message_id, Setback(Failure.REFUSED, error), letter.to if letter else None)
        self.delivery.dead += 1

    def _delay(self, lease: Lease, message_id: int, setback: Setback) -> None:
        with transaction():
            has_hope = outbox.fail(lease, message_id, setback, self._now(), random.random())
        if has_hope:
            self.delivery.delayed += 1
        else:
            self.delivery.dead += 1

    def _give_back(self, lease: Lease, place: int, wait: timedelta, setback: Setback | None = None) -> None:
        with transaction():
            outbox.release(lease, lease.message_ids[place:], self._now() + wait, setback)
