"""Who sits in which seat of the agency on a day, and the seats that the agency named itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from ita_flow.domain.approval_chains import SeatKey
from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Seat
from ita_flow.domain.units import OVER_THE_AGENCY
from ita_flow.extensions import db
from ita_flow.models.people import Membership, NamedSeat, Unit, User
from ita_flow.queries.seats import SeatPlace, held_on, place_of
from ita_flow.queries.units import units_by_division


@dataclass(frozen=True)
class Occupancy:
    """Who sits in one seat of a chain."""

    names: Sequence[str]
    vacant_in: Sequence[Unit] = ()
    """The units whose such seat nobody holds."""

    is_vacant: bool = False
    """Whether nobody at all could decide there."""


@dataclass(frozen=True)
class Seating:
    """The units of an agency, and who sits where, in their own right or by an order."""

    divisions: Sequence[tuple[Unit, Sequence[Unit]]]
    people: Mapping[SeatPlace, Sequence[str]]

    def in_seat(self, key: SeatKey, over: Iterable[int]) -> Occupancy:
        """Who sits in this seat of a chain that rules over these divisions, named by their ids."""
        seat, named_seat_id = key
        if seat in OVER_THE_AGENCY:
            names = self.people.get((seat, None, named_seat_id), ())
            return Occupancy(names, is_vacant=not names)
        units = self._units_under(seat, set(over))
        held = {unit.id: self.people.get((seat, unit.id, named_seat_id), ()) for unit in units}
        names = [name for unit in units for name in held[unit.id]]
        return Occupancy(names, [unit for unit in units if not held[unit.id]], is_vacant=not names)

    def _units_under(self, seat: Seat, over: set[int]) -> list[Unit]:
        ours = [(division, sections) for division, sections in self.divisions if division.id in over]
        if seat is Seat.DIRECTOR:
            return [division for division, _sections in ours]
        return [section for _division, sections in ours for section in sections]


def seating_of(agency_id: int, on: date) -> Seating:
    """Who sits where on that day; people whose accounts are closed do not."""
    chosen = (
        sa.select(Membership, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.agency_id == agency_id, Membership.seat.is_not(None), User.is_active, held_on(on))
        .order_by(Membership.acting.is_not(None), Membership.id)
    )
    people: dict[SeatPlace, list[str]] = {}
    for membership, name in db.session.execute(chosen):
        people.setdefault(place_of(membership), []).append(name)
    return Seating(units_by_division(agency_id), people)


def named_seats_of(agency_id: int) -> list[NamedSeat]:
    """The seats that the agency named itself, in the order of the dictionary."""
    found = db.session.scalars(sa.select(NamedSeat).where(NamedSeat.agency_id == agency_id))
    return sorted(found, key=lambda seat: sorting_key(seat.name))


def named_seat_of(user: User, seat_id: int) -> NamedSeat | None:
    """A named seat of the person's own agency."""
    chosen = sa.select(NamedSeat).where(NamedSeat.id == seat_id, NamedSeat.agency_id == user.agency_id)
    return db.session.scalars(chosen).one_or_none()
