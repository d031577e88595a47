"""Decisions on a submitted version: which of them hold, whose turn it is, and whom they bar from deciding again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from ita_flow.domain.approval_chains import ChainSeat

UNDO_WITHIN = timedelta(minutes=15)


class Seen(NamedTuple):
    """What lay before a person when they decided: a decision holds for nothing else."""

    version: int
    seat_number: int
    """The place in the chain whose turn it was, counted from 1."""


class DecisionKind(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    UNDO = "undo"
    """A decision of its own, which takes the one before it on that seat back and opens the next round."""


class Taken(Protocol):
    """A decision as the chain sees it. ``round`` counts the decisions of one seat on one version from 1."""

    @property
    def kind(self) -> DecisionKind: ...

    @property
    def seat_number(self) -> int: ...

    @property
    def round(self) -> int: ...


T = TypeVar("T", bound=Taken)


def standing(decisions: Iterable[T]) -> list[T]:
    """The decisions that hold, in the order of their seats: the last of each seat, unless it was an undo."""
    last: dict[int, T] = {}
    for decision in sorted(decisions, key=lambda one: (one.seat_number, one.round)):
        last[decision.seat_number] = decision
    return [decision for decision in last.values() if decision.kind is not DecisionKind.UNDO]


def may_still_undo(decided_at: datetime, at: datetime) -> bool:
    """Whether the time in which one may take one's own decision back still runs."""
    return decided_at <= at <= decided_at + UNDO_WITHIN


def seat_to_decide(chain: Sequence[ChainSeat], approvals: int) -> ChainSeat | None:
    """Whose turn it is after so many approvals, or None when the chain is walked."""
    return chain[approvals] if approvals < len(chain) else None


def is_same_turn(chain: Sequence[ChainSeat], seen: int, approvals: int) -> bool:
    """Whether the seat that was seen at place ``seen`` still has the turn.

    Where a seat needs all its holders, each of them finds the same version, whoever of the others was quicker.
    """
    now = approvals + 1
    if seen == now:
        return True
    is_within = 1 <= seen < now <= len(chain)
    return is_within and chain[seen - 1].needs_all and chain[seen - 1].key == chain[now - 1].key


class TakenBy(Taken, Protocol):
    """A decision with the people it is a decision of."""

    @property
    def decided_by_id(self) -> int: ...

    @property
    def on_behalf_of_id(self) -> int | None: ...


def barred(chain: Sequence[ChainSeat], standing: Iterable[TakenBy], turn: ChainSeat, *, distinct: bool) -> set[int]:
    """The people who may not decide at this turn because they decided before.

    Nobody decides twice for one seat; with ``distinct`` nobody decides in two seats either.
    """
    counting = [one for one in standing if distinct or chain[one.seat_number - 1].key == turn.key]
    return {person for one in counting for person in (one.decided_by_id, one.on_behalf_of_id) if person is not None}
