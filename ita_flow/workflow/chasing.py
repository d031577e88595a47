"""Asking after what is late, by hand: one mail a person at once, and nobody twice a day about one task."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ita_flow.database import insert_missing, take_turns
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.chasing import LONGEST_NOTE, MOST_AT_ONCE, WhyLeftOut
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import tidy
from ita_flow.extensions import true_moment
from ita_flow.mail import outbox
from ita_flow.models.chases import Chase
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import User
from ita_flow.queries.chase import ChaseRow, to_chase
from ita_flow.workflow import audit


@dataclass(frozen=True)
class Chased:
    """What came of it."""

    messages: Sequence[OutboxMessage]
    """One a person."""

    left_out: Mapping[int, WhyLeftOut]
    """By their ids, the tasks that were chosen and are not asked after."""


def chase(seen: Mapping[int, str], year: int, note: str, *, actor: User, at: datetime) -> Chased:
    """Ask whoever is to act on these tasks, ``seen`` as a page showed them (see ``ChaseRow.seen``), of that year (BE).

    What changed since is left out and told; the rest goes through. ``note`` is the actor's own sentence, or empty.
    Raises Invalid when nothing is chosen, or the note is too long.
    """
    note = tidy(note)
    if not 0 < len(seen) <= MOST_AT_ONCE:
        raise Invalid("chase_nothing_chosen" if not seen else "chase_too_many", most=MOST_AT_ONCE)
    if len(note) > LONGEST_NOTE:
        raise Invalid("chase_note_too_long", field="note", most=LONGEST_NOTE, length=len(note))
    # Two who ask at once come one after the other: the second is told of the first.
    take_turns(f"chase:{actor.agency_id}")
    rows = {row.task.id: row for row in to_chase(actor, year, bangkok_day(at), tasks=seen.keys()).rows}
    left_out = {task_id: why for task_id, mark in seen.items() if (why := _why_left_out(rows.get(task_id), mark))}
    return Chased(_ask([row for task_id, row in rows.items() if task_id not in left_out], note, actor, at), left_out)


def _why_left_out(row: ChaseRow | None, mark: str) -> WhyLeftOut | None:
    if row is None:
        return WhyLeftOut.GONE
    if row.seen != mark:
        return WhyLeftOut.CHANGED
    if row.may_be_asked:
        return None
    return WhyLeftOut.ASKED if row.people else WhyLeftOut.NOBODY


def _ask(rows: Sequence[ChaseRow], note: str, actor: User, at: datetime) -> Sequence[OutboxMessage]:
    messages: dict[int, OutboxMessage] = {}
    for row in rows:
        for person, _capacity in row.still_to_ask:
            messages[person.id] = messages.get(person.id) or _message_to(person, at)
    if rows:
        insert_missing(Chase, [line for row in rows for line in _lines(row, messages, note, actor, at)])
    for row in rows:
        _record(row, messages, note, actor, at)
    return list(messages.values())


def _message_to(person: User, at: datetime) -> OutboxMessage:
    key = f"chase:{person.id}:{secrets.token_hex(8)}"
    message = outbox.enqueue(MessageKind.CHASE, key, person, bangkok_day(at), true_moment(at))
    assert message is not None
    return message


def _lines(
    row: ChaseRow, messages: Mapping[int, OutboxMessage], note: str, actor: User, at: datetime
) -> list[Mapping[str, object]]:
    return [
        {
            "agency_id": actor.agency_id,
            "task_id": row.task.id,
            "recipient_id": person.id,
            "asked_by_id": actor.id,
            "reason": row.reason,
            "capacity": capacity,
            "note": note,
            "asked_on": bangkok_day(at),
            "at": at,
            "message_id": messages[person.id].id,
        }
        for person, capacity in row.still_to_ask
    ]


def _record(row: ChaseRow, messages: Mapping[int, OutboxMessage], note: str, actor: User, at: datetime) -> None:
    people = [person.id for person, _capacity in row.still_to_ask]
    after: audit.Values = {
        "chase_reason": row.reason.value,
        "recipients": people,
        "messages": [messages[person].id for person in people],
        "comment": note,
    }
    audit.record("task.chased", actor.agency_id, f"task:{row.task.id}", at=at, actor=actor, after=after)
