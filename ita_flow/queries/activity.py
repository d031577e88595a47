"""The record as an auditor reads it: the newest first, narrowed to what is asked for, a page at a time."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day, bangkok_moment
from ita_flow.domain.deeds import BEGINNINGS, DeedKind
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Membership
from ita_flow.queries.activity_subjects import Names, is_id, names_of, subjects_of_measure

A_PAGE = 50
A_BATCH = 1_000
"""Events that are read at a time where all of them are wanted."""

LONGEST_SEARCH = 100
CHECKED = "record.checked"
"""The deed by which somebody lets the whole record be looked at."""

LIKE_ESCAPE = "!"
AT = '},"at":"'
"""What stands before the moment in the text of an event; no word that a person typed can read like this."""

LENGTH_OF_MOMENT = 32


@dataclass(frozen=True)
class ActivityFilter:
    """Which events a list shows."""

    starts_on: date | None = None
    ends_on: date | None = None
    person: int | None = None
    kind: DeedKind | None = None
    measure: int | None = None
    """The number of a measure in its plan."""

    text: str = ""
    """Part of what was recorded, such as the words of a comment or the number of an order."""


@dataclass(frozen=True)
class Entry:
    """One event, read as far as it can be read."""

    seq: int
    hash: str
    at: datetime | None
    """None when somebody put there what is no event."""

    action: str
    actor: str
    """As in the record: ``user:12``, or the door through which it came."""

    post: str
    """How the actor was introduced that day."""

    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class ActivityPage:
    """Some events with the names of what they speak of."""

    entries: Sequence[Entry]
    names: Names = field(default_factory=Names)
    older: int | None = None
    """The number before which the next page begins; None on the last one."""


def activity_page(
    agency_id: int, chosen: ActivityFilter, before: int | None = None, size: int = A_PAGE
) -> ActivityPage:
    """The newest events that the filter lets through, of those before this number."""
    conditions = _conditions(agency_id, chosen)
    if before:
        conditions.append(AuditEvent.seq < before)
    rows = sa.select(AuditEvent.seq, AuditEvent.hash, AuditEvent.body, AuditEvent.subject).where(*conditions)
    events = db.session.execute(rows.order_by(AuditEvent.seq.desc()).limit(size + 1)).all()
    entries = _with_posts([_entry(*event) for event in events[:size]])
    older = entries[-1].seq if len(events) > size else None
    return ActivityPage(entries, names_of(agency_id, [entry.subject for entry in entries]), older)


def all_activity(agency_id: int, chosen: ActivityFilter) -> Iterator[ActivityPage]:
    """Every event that the filter lets through, the newest first, batch by batch."""
    before: int | None = None
    while True:
        page = activity_page(agency_id, chosen, before, A_BATCH)
        yield page
        if page.older is None:
            return
        before = page.older


def last_check(agency_id: int) -> Entry | None:
    """The last time that somebody let the whole record be looked at."""
    chosen = (
        sa.select(AuditEvent.seq, AuditEvent.hash, AuditEvent.body, AuditEvent.subject)
        .where(AuditEvent.agency_id == agency_id, AuditEvent.subject == f"record:{agency_id}", _begins(CHECKED))
        .order_by(AuditEvent.seq.desc())
    )
    event = db.session.execute(chosen.limit(1)).one_or_none()
    entry = _entry(*event) if event else None
    return entry if entry and _tells_of_a_check(entry) else None


def _tells_of_a_check(entry: Entry) -> bool:
    """Whether the event can be read as what ``workflow.record_check`` keeps: an attacker may have put another there."""
    said = entry.after
    if entry.at is None or not isinstance(said.get("events"), int):
        return False
    parts = {"seq": int, "reason": str, "row": str, "differs": list}
    return said.get("whole") is True or all(isinstance(said.get(part), kind) for part, kind in parts.items())


def _conditions(agency_id: int, chosen: ActivityFilter) -> list[sa.ColumnElement[bool]]:
    conditions = [AuditEvent.agency_id == agency_id]
    if chosen.kind:
        conditions.append(sa.or_(*(_begins(beginning) for beginning in BEGINNINGS[chosen.kind])))
    if chosen.person:
        conditions.append(AuditEvent.body.like(f'{{"action":"%","actor":"user:{chosen.person}","after":{{%'))
    if chosen.starts_on:
        conditions.append(_moment() >= _written(chosen.starts_on))
    if chosen.ends_on:
        conditions.append(_moment() < _written(chosen.ends_on + timedelta(days=1)))
    if chosen.measure:
        conditions.append(AuditEvent.subject.in_(subjects_of_measure(agency_id, chosen.measure)))
    if chosen.text:
        words = json.dumps(unicodedata.normalize("NFC", chosen.text), ensure_ascii=False)[1:-1]
        conditions.append(AuditEvent.body.icontains(words, autoescape=True))
    return conditions


def _begins(action: str) -> sa.ColumnElement[bool]:
    """Whether the name of the deed begins like this; the name is what a body begins with."""
    return AuditEvent.body.startswith(f'{{"action":"{action}', autoescape=True)


def _moment() -> sa.ColumnElement[str]:
    """The moment of an event out of its text. Read as letters, so that no text of an attacker breaks the page."""
    place = sa.func.instr if db.session.get_bind().dialect.name == "sqlite" else sa.func.strpos
    return sa.func.substr(AuditEvent.body, place(AuditEvent.body, AT) + len(AT), LENGTH_OF_MOMENT)


def _written(day: date) -> str:
    return bangkok_moment(day).isoformat(timespec="microseconds")


def _entry(seq: int, hash_: str, body: str, subject: str) -> Entry:
    with suppress(ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        said = json.loads(body)
        at = datetime.fromisoformat(said["at"])
        bangkok_day(at)
        before, after = dict(said["before"]), dict(said["after"])
        return Entry(seq, hash_, at, str(said["action"]), str(said["actor"]), "", subject, before, after)
    return Entry(seq, hash_, None, "", "", "", subject, {}, {})


def _with_posts(entries: Sequence[Entry]) -> list[Entry]:
    """The same, each with the post that its actor held then: of a decision, as it was put on record."""
    ids = {_number(entry.actor) for entry in entries} - {0}
    chosen = sa.select(Membership).where(Membership.user_id.in_(ids), Membership.acting.is_(None))
    held: dict[int, list[Membership]] = {}
    for membership in db.session.scalars(chosen.order_by(Membership.id)):
        held.setdefault(membership.user_id, []).append(membership)
    return [_with_post(entry, held.get(_number(entry.actor), ())) for entry in entries]


def _with_post(entry: Entry, held: Sequence[Membership]) -> Entry:
    recorded = entry.after.get("own_post")
    if entry.at is None or recorded:
        return _posted(entry, str(recorded or ""))
    day = bangkok_day(entry.at)
    return _posted(entry, next((one.post for one in held if one.is_held_on(day)), ""))


def _posted(entry: Entry, post: str) -> Entry:
    return Entry(**{**vars(entry), "post": post})


def _number(actor: str) -> int:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "user" and is_id(number) else 0
