"""Seats as a list to choose from sends them: ``director``, or ``named:7`` for one that the agency named itself."""

from __future__ import annotations

from ita_flow.domain.permissions import Seat
from ita_flow.web.forms import chosen_id


def seat_value(seat: Seat, named_seat_id: int | None = None) -> str:
    """What stands for this seat in a form."""
    return seat.value if named_seat_id is None else f"{seat.value}:{named_seat_id}"


def named_seat_in(value: str) -> int | None:
    """The id of the named seat that was chosen; None for any other choice."""
    kind, _colon, number = value.partition(":")
    return chosen_id(number) or None if kind == Seat.NAMED.value else None
