"""The outbox: promised in the transaction of a deed, claimed under a lease, settled once.

Nothing here sends. All waits run on the true clock, which callers pass as ``now``. A claim that nobody settles,
because its process died, is offered again when its lease ends.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from ita_flow.database import insert_missing, take_turns
from ita_flow.extensions import db
from ita_flow.mail.sender import new_message_id
from ita_flow.models.notices import Notice
from ita_flow.models.outbox import GATHERED_INTO, Failure, MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.reminders import Reminder

BATCH = 5
LEASE = timedelta(seconds=120)
LONGEST_WAIT = timedelta(minutes=45)
"""With what is added to spread the waits, and the pace: when a server returns, all has left within the hour."""

A_MINUTE = timedelta(minutes=1)
GIVEN_UP_AFTER = timedelta(days=14)
WAIT_FOR_THE_SERVER = timedelta(seconds=60)
LONGEST_ERROR = 500


@dataclass(frozen=True)
class Lease:
    """The right to send these messages until a moment of the true clock."""

    token: str
    until: datetime
    message_ids: Sequence[int]


@dataclass(frozen=True)
class Setback:
    """Why a message did not leave: in which way, none where it could not even be made, and in whose words."""

    failure: Failure | None
    error: str

    def tell(self, message: OutboxMessage) -> None:
        message.failure, message.last_error = self.failure, self.error[:LONGEST_ERROR]


@dataclass(frozen=True)
class Sent:
    """What went out, to whom, and when by the office's clock."""

    subject: str
    text: str
    html: str
    to: str
    at: datetime


def enqueue(kind: MessageKind, key: str, recipient: User, speaks_on: date, now: datetime) -> OutboxMessage | None:
    """The message of this key, new or promised before, held while lines are added; None once it has left."""
    message = {
        "agency_id": recipient.agency_id,
        "key": key,
        "kind": kind,
        "recipient_id": recipient.id,
        "speaks_on": speaks_on,
        "message_id": new_message_id(),
        "state": MessageState.PENDING,
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
    }
    insert_missing(OutboxMessage, [message])
    chosen = sa.select(OutboxMessage).where(OutboxMessage.key == key, OutboxMessage.state == MessageState.PENDING)
    return db.session.scalars(chosen.with_for_update().execution_options(populate_existing=True)).one_or_none()


def gather(message: OutboxMessage) -> None:
    """Take over what older mails of this kind to the person still wait to say: after an outage nobody gets several."""
    _gather(message, Reminder)


def gather_notices(message: OutboxMessage, now: datetime) -> None:
    """The same for what happened: from mails that should have left by now, or that a server did not take."""
    is_late = sa.or_(OutboxMessage.attempts > 0, OutboxMessage.next_attempt_at <= now)
    _gather(message, Notice, is_late)


def _gather(message: OutboxMessage, lines: type[Reminder] | type[Notice], *which: sa.ColumnElement[bool]) -> None:
    older = sa.select(OutboxMessage).where(
        OutboxMessage.recipient_id == message.recipient_id,
        OutboxMessage.kind == message.kind,
        OutboxMessage.state == MessageState.PENDING,
        OutboxMessage.id != message.id,
        *which,
    )
    for waiting in db.session.scalars(older.with_for_update(skip_locked=True)).all():
        db.session.execute(sa.update(lines).where(lines.message_id == waiting.id).values(message_id=message.id))
        waiting.state = MessageState.DROPPED
        waiting.last_error = f"{GATHERED_INTO}{message.id}"


def claim(now: datetime, limit: int = BATCH, length: timedelta = LEASE, a_minute: int | None = None) -> Lease:
    """Lease the messages whose turn has come; commit before sending. Others skip what we hold.

    At most ``a_minute`` are claimed within a minute, over all workers.
    """
    messages = _due(now, limit if a_minute is None else min(limit, _left_of_the_minute(now, a_minute)))
    lease = Lease(secrets.token_hex(16), now + length, [message.id for message in messages])
    for message in messages:
        message.state, message.attempts, message.attempted_at = MessageState.LEASED, message.attempts + 1, now
        message.lease_token, message.lease_until = lease.token, lease.until
    return lease


def _due(now: datetime, limit: int) -> Sequence[OutboxMessage]:
    is_due = sa.and_(OutboxMessage.state == MessageState.PENDING, OutboxMessage.next_attempt_at <= now)
    is_abandoned = sa.and_(OutboxMessage.state == MessageState.LEASED, OutboxMessage.lease_until < now)
    chosen = (
        sa.select(OutboxMessage)
        .where(sa.or_(is_due, is_abandoned))
        # Without an invitation somebody cannot begin: the mails of a morning, which leave at a pace, come after it.
        .order_by(OutboxMessage.kind != MessageKind.INVITE, OutboxMessage.next_attempt_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(chosen).all()


def _left_of_the_minute(now: datetime, a_minute: int) -> int:
    """How many messages may still be claimed; whoever asks is alone until the transaction ends."""
    take_turns("outbox.pace")
    # What lies ahead of a clock that was set back was not claimed just now, and must not hold up a day's mails.
    is_recent = sa.and_(OutboxMessage.attempted_at > now - A_MINUTE, OutboxMessage.attempted_at < now + A_MINUTE)
    counted = sa.select(sa.func.count()).select_from(OutboxMessage).where(is_recent)
    return max(0, a_minute - db.session.scalars(counted).one())


def finish(lease: Lease, message_id: int, sent: Sent) -> bool:
    """Keep the text as it went out; False when the lease was lost and somebody else owns the message now."""
    message = _settled(lease, message_id, MessageState.SENT)
    if message:
        message.subject, message.text, message.html = sent.subject, sent.text, sent.html
        message.sent_to, message.sent_at = sent.to, sent.at
        message.last_error, message.failure = None, None
    return message is not None


def drop(lease: Lease, message_id: int, reason: str) -> None:
    """Nothing of it is true any more."""
    message = _settled(lease, message_id, MessageState.DROPPED)
    if message:
        message.last_error = reason


def fail(lease: Lease, message_id: int, setback: Setback, now: datetime, jitter: float) -> bool:
    """Try again later, each time after a longer wait; after fourteen days give up. Returns whether there is hope."""
    message = _settled(lease, message_id, MessageState.PENDING)
    if message is None:
        return True
    setback.tell(message)
    message.next_attempt_at = now + wait_after(message.attempts, jitter)
    if now - message.tried_since >= GIVEN_UP_AFTER:
        message.state = MessageState.DEAD
    return message.state is MessageState.PENDING


def bury(lease: Lease, message_id: int, setback: Setback, to: str | None = None) -> None:
    """It was refused for good at the address ``to``, or at the person's address as it stands."""
    message = _settled(lease, message_id, MessageState.DEAD)
    if message:
        setback.tell(message)
        message.sent_to = to or message.recipient.email


def release(
    lease: Lease, message_ids: Sequence[int], next_attempt_at: datetime, setback: Setback | None = None
) -> None:
    """Give messages back that nobody tried to hand over: it counts as no attempt."""
    for message_id in message_ids:
        message = _settled(lease, message_id, MessageState.PENDING)
        if message:
            message.attempts -= 1
            message.next_attempt_at = next_attempt_at
            if setback:
                setback.tell(message)


def offer_again(message: OutboxMessage, now: datetime) -> None:
    """Begin anew with a message that was given up, at its turn from ``now`` on.

    What was last said of it stays until it arrives: an address that refused it is no better for being asked again.
    """
    message.state, message.attempts = MessageState.PENDING, 0
    message.next_attempt_at = message.offered_again_at = now


def waiting_count() -> int:
    """How many mails are promised and not yet gone."""
    is_waiting = OutboxMessage.state.in_((MessageState.PENDING, MessageState.LEASED))
    return db.session.scalars(sa.select(sa.func.count()).select_from(OutboxMessage).where(is_waiting)).one()


def wait_after(attempts: int, jitter: float) -> timedelta:
    """1, 2, 4 … 45 minutes; ``jitter`` from 0 to 1 adds up to a tenth, so that they do not come at once."""
    wait = min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)
    return wait * (1 + jitter / 10)


def _settled(lease: Lease, message_id: int, state: MessageState) -> OutboxMessage | None:
    """The message, free of our lease and in its new state, if the lease is still ours."""
    chosen = sa.select(OutboxMessage).where(
        OutboxMessage.id == message_id,
        OutboxMessage.state == MessageState.LEASED,
        OutboxMessage.lease_token == lease.token,
    )
    message = db.session.scalars(chosen.with_for_update()).one_or_none()
    if message:
        message.state, message.lease_token, message.lease_until = state, None, None
    return message
