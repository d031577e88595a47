"""Decisions on a version: whose turn it is, and whom earlier decisions bar."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ita_flow.domain.approval_chains import USUAL, ChainSeat
from ita_flow.domain.approvals import DecisionKind, barred, is_same_turn, seat_to_decide, standing
from ita_flow.domain.permissions import Seat

HEAD, DIRECTOR = USUAL.seats
ALL_DIRECTORS = ChainSeat(Seat.DIRECTOR, needs_all=True)
ANNA, BEN, CARL = 2, 3, 4


@dataclass(frozen=True)
class Taken:
    """A decision of one seat."""

    seat_number: int
    decided_by_id: int
    on_behalf_of_id: int | None = None
    kind: DecisionKind = DecisionKind.APPROVE
    round: int = 1


@pytest.mark.parametrize(("approvals", "seat"), [(0, HEAD), (1, DIRECTOR), (2, None), (3, None)])
def test_the_seats_decide_one_after_the_other(approvals: int, seat: ChainSeat | None) -> None:
    assert seat_to_decide(USUAL.seats, approvals) is seat


def test_what_was_undone_does_not_stand() -> None:
    undone = Taken(1, ANNA, kind=DecisionKind.UNDO, round=2)

    assert standing([Taken(1, ANNA), undone, Taken(2, BEN)]) == [Taken(2, BEN)]


@pytest.mark.parametrize(
    ("seen", "approvals", "is_same"),
    [
        (1, 0, True),
        (1, 1, False),
        (2, 1, True),
        (2, 2, True),
        (3, 2, True),
        (2, 3, False),
        (3, 1, False),
        (0, 1, False),
    ],
)
def test_where_all_are_needed_each_still_has_the_turn_whoever_was_quicker(
    seen: int, approvals: int, is_same: bool
) -> None:
    assert is_same_turn([HEAD, ALL_DIRECTORS, ALL_DIRECTORS], seen, approvals) is is_same


def test_nobody_decides_in_two_seats_where_deciders_differ() -> None:
    taken = [Taken(1, ANNA, on_behalf_of_id=BEN)]

    assert barred(USUAL.seats, taken, DIRECTOR, distinct=True) == {ANNA, BEN}
    assert barred(USUAL.seats, taken, DIRECTOR, distinct=False) == set()


def test_nobody_decides_twice_for_one_seat() -> None:
    chain, taken = [HEAD, ALL_DIRECTORS, ALL_DIRECTORS], [Taken(1, ANNA), Taken(2, BEN)]

    assert barred(chain, taken, ALL_DIRECTORS, distinct=False) == {BEN}
