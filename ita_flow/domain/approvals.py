"""The approval chain: which seats a report passes, whose turn it is, and who may never decide.

A chain is settled when a report is submitted and stays with that version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus

CHAIN = (Seat.SECTION_HEAD, Seat.DIRECTOR)
"""The seats in their order. Only a claim of completion walks them all; other progress ends at the first."""


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


def chain_for(claim: WorkStatus, holders: Mapping[Seat, Collection[int]], authors: Collection[int]) -> tuple[Seat, ...]:
    """The seats that will decide on this claim.

    A seat that is vacant, or held only by people who wrote in the report, is passed over: nobody decides on
    their own work. Raises Invalid when no seat is left.
    """
    able = tuple(seat for seat in CHAIN if set(holders.get(seat, ())) - set(authors))
    if not able:
        raise Invalid("nobody_can_decide")
    return able if claim is WorkStatus.DONE else able[:1]


def seat_to_decide(chain: Sequence[Seat], approvals: int) -> Seat | None:
    """Whose turn it is after so many approvals, or None when the chain is walked."""
    return chain[approvals] if approvals < len(chain) else None


def may_decide(person: int, holders: Collection[int], authors: Collection[int]) -> bool:
    """Separation of duties: a holder of the seat decides, unless they wrote in the report."""
    return person in holders and person not in authors
