"""The approval chain: which seats a report passes, whose turn it is, and who may never decide.

A chain is settled when a report is submitted and stays with that version.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus

CHAIN = (Seat.SECTION_HEAD, Seat.DIRECTOR)
"""The seats in their order. Only a claim of completion walks them all; other progress ends at the first."""


class Seen(NamedTuple):
    """What lay before a person when they decided: a decision holds for nothing else."""

    version: int
    seat_number: int
    """The place in the chain whose turn it was, counted from 1."""


class DecisionKind(StrEnum):
    APPROVE = "approve"
    RETURN = "return"


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
