"""Writing into the record: each deed appends one event to its agency's chain of hashes, in its own transaction."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from ita_flow.database import insert_missing
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent, AuditHead
from ita_flow.models.people import User

DOMAIN = b"ita-flow-audit-v1\n"
BEGINNING = "0" * 64
COMMAND_LINE = "command_line"
SYSTEM = "system"


Values = Mapping[str, str | int | bool | list[str] | list[int] | None]
"""Values in the record: no floats and no dates, which could be written in two ways."""


def record(
    action: str,
    agency_id: int,
    subject: str,
    *,
    at: datetime,
    actor: User | None,
    via: str | None = None,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Append what was done to the chain of the agency; ``subject`` is like ``task:12``.

    The actor stands in the record by number, so that a name can be erased and the chain stays whole. A deed
    without a signed-in person says through which door it came (``command_line`` or ``system``).
    The head is locked last in a transaction: call this after all other rows are written.
    """
    doer = f"user:{actor.id}" if actor else (via or SYSTEM)
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    changed = {"before": dict(before or {}), "after": dict(after or {})}
    _append(
        agency_id, subject, canonical({"at": moment, "actor": doer, "action": action, "object": subject, **changed})
    )


def _append(agency_id: int, subject: str, body: str) -> None:
    db.session.flush()
    head = _locked_head(agency_id)
    head.seq, prev = head.seq + 1, head.hash
    head.hash = link_hash(prev, body)
    db.session.add(AuditEvent(agency_id=agency_id, seq=head.seq, prev=prev, hash=head.hash, body=body, subject=subject))
    db.session.flush()


def canonical(content: Mapping[str, object]) -> str:
    """The one way in which this content is written: sorted keys, no spaces, NFC."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text)


def link_hash(prev: str, body: str) -> str:
    return hashlib.sha256(DOMAIN + prev.encode() + b"\n" + body.encode()).hexdigest()


def _locked_head(agency_id: int) -> AuditHead:
    """The end of the chain, held until the transaction ends; the first two to record may both try to make it."""
    chosen = sa.select(AuditHead).where(AuditHead.agency_id == agency_id).with_for_update()
    chosen = chosen.execution_options(populate_existing=True)
    head = db.session.scalars(chosen).one_or_none()
    if head is None:
        insert_missing(AuditHead, [{"agency_id": agency_id, "seq": 0, "hash": BEGINNING}])
        head = db.session.scalars(chosen).one()
    return head


@dataclass(frozen=True)
class Break:
    """The first place at which an agency's chain does not hold."""

    agency_id: int
    seq: int
    """The event that does not hold, or with which a row does not agree; 0 when there is none."""

    reason: str
    row: str = ""
    """The row that does not agree with the record, such as ``decision:12``."""

    differs: tuple[str, ...] = ()
    """What in the row is otherwise than in the record."""


def broken_chains() -> Iterator[Break]:
    """The first break of every agency whose record was altered; nothing when all chains hold."""
    ids = sa.union(sa.select(AuditHead.agency_id), sa.select(AuditEvent.agency_id))
    for agency_id in sorted(db.session.scalars(ids)):
        found = break_in_chain(agency_id)
        if found:
            yield found


def break_in_chain(agency_id: int) -> Break | None:
    """The first break in the chain of this agency; one without any record has none."""
    head = db.session.get(AuditHead, agency_id, populate_existing=True)
    if head is None:
        has_events = sa.select(sa.exists().where(AuditEvent.agency_id == agency_id))
        return Break(agency_id, 0, "head_missing") if db.session.scalar(has_events) else None
    chosen = sa.select(AuditEvent).where(AuditEvent.agency_id == agency_id).order_by(AuditEvent.seq)
    with db.session.scalars(chosen.execution_options(yield_per=500, populate_existing=True)) as events:
        return _break_among(events, head)


def _break_among(events: Iterable[AuditEvent], head: AuditHead) -> Break | None:
    prev, seq = BEGINNING, 0
    for event in events:
        seq += 1
        if event.seq != seq:
            return Break(head.agency_id, seq, "event_missing")
        if event.prev != prev:
            return Break(head.agency_id, seq, "link_broken")
        if event.hash != link_hash(prev, event.body):
            return Break(head.agency_id, seq, "body_altered")
        if event.subject != _subject_in(event.body):
            return Break(head.agency_id, seq, "subject_altered")
        prev = event.hash
    return None if (head.seq, head.hash) == (seq, prev) else Break(head.agency_id, seq, "head_altered")


def _subject_in(body: str) -> str | None:
    """What the event is about; None when somebody put there what no event says."""
    with suppress(ValueError, TypeError, KeyError):
        return str(json.loads(body)["object"])
    return None
