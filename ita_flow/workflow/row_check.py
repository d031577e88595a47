"""Holding a row against the event that told it: what both say, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ita_flow.domain.approval_chains import Verb
from ita_flow.domain.approvals import DecisionKind
from ita_flow.models.deciding import SeatDecision
from ita_flow.workflow.audit import Break
from ita_flow.workflow.record_told import Told

A_BATCH = {"yield_per": 500, "populate_existing": True}


def compared(agency_id: int, row: str, told: Told | None, differs: Mapping[str, bool]) -> Iterator[Break]:
    """A break when the row was never told, or when it says something else by now."""
    if told is None:
        yield Break(agency_id, 0, "row_unrecorded", row)
    elif any(differs.values()):
        yield Break(agency_id, told.seq, "row_altered", row, names_of(differs))


def missing(agency_id: int, untold: Mapping[Any, Told], reason: str) -> Iterator[Break]:
    """What was told and has no row any more."""
    for told in sorted(untold.values(), key=lambda one: one.seq):
        yield Break(agency_id, told.seq, reason)


def names_of(differs: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(name for name, is_other in differs.items() if is_other)


def decision_differs(decision: SeatDecision, kind: DecisionKind, submitted: str, told: Told) -> Mapping[str, bool]:
    """Where a decision is otherwise than told; ``submitted`` is the hash of what lay before the seat."""
    kept = _decided(decision)
    # Of old, seats had neither titles nor verbs in the record, and nobody acted for another.
    silent = {"comment": "", "seat_title": "", "verb": Verb.ENDORSE.value, "own_post": ""}
    heard = {"kind": kind, "decided_by": told.actor, "at": told.at}
    said: dict[str, Any] = {**dict.fromkeys(kept), **silent, **told.after, **heard}
    content = len({decision.content_hash, submitted, told.after["content"]}) > 1
    return {**{name: kept[name] != said[name] for name in kept}, "content": content}


def _decided(decision: SeatDecision) -> dict[str, object]:
    """The decision, called as the record calls it."""
    return {
        "kind": decision.kind,
        "decided_by": f"user:{decision.decided_by_id}",
        "at": decision.decided_at,
        "comment": decision.comment,
        "seat": decision.seat.value,
        "seat_title": decision.seat_title,
        "named_seat": decision.named_seat_id,
        "verb": decision.verb.value,
        "own_post": decision.own_post,
        "on_behalf_of": decision.on_behalf_of_id,
        "acting_order": decision.acting_order_id,
        "order_no": decision.acting_order.order_no if decision.acting_order else None,
    }
