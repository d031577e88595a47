"""Who decides on reports of a unit today, seat by seat of the chain that rules there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.approval_chains import USUAL, Chain, ChainSeat
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalChain
from ita_flow.models.people import Membership, Unit
from ita_flow.models.plans import Plan
from ita_flow.queries.assignments import PostToday
from ita_flow.queries.seats import SeatPlace, place_of
from ita_flow.wording.labels import seat_name


@dataclass(frozen=True)
class SeatOver:
    """A seat over a unit, what it is called there, and who can decide in it; nobody where it is vacant."""

    title: str
    holders: Sequence[Membership]


@dataclass(frozen=True)
class Deciders:
    """The chains over one plan, and the people in all seats of the agency."""

    _chains: Mapping[int | None, Chain]
    """By division; the one of all other divisions under None."""

    _people: Mapping[SeatPlace, Sequence[PostToday]]

    def over(self, division: Unit, section: Unit | None) -> list[SeatOver]:
        """The seats that a claim of completion walks there, in their order."""
        chain = self._chains.get(division.id) or self._chains.get(None) or USUAL
        seats = [seat for seat in chain.seats if section or seat.seat is not Seat.SECTION_HEAD]
        return [self._seat_over(seat, division, section) for seat in seats]

    def _seat_over(self, seat: ChainSeat, division: Unit, section: Unit | None) -> SeatOver:
        unit = {Seat.SECTION_HEAD: section, Seat.DIRECTOR: division}.get(seat.seat)
        found = self._people.get((seat.seat, unit.id if unit else None, seat.named_seat), ())
        return SeatOver(seat_name(seat, unit), [one.held for one in found if one.only_division in (None, division.id)])


def deciders_of(plan: Plan, posts: Iterable[PostToday]) -> Deciders:
    """Who decides on the tasks of this plan, of the people in these posts."""
    people: dict[SeatPlace, list[PostToday]] = {}
    for post in posts:
        if post.held.seat:
            people.setdefault(place_of(post.held), []).append(post)
    return Deciders(_chains_over(plan), people)


def _chains_over(plan: Plan) -> Mapping[int | None, Chain]:
    of_others = sa.or_(ApprovalChain.plan_id.is_(None), ApprovalChain.plan_id == plan.id)
    chosen = sa.select(ApprovalChain).where(ApprovalChain.agency_id == plan.agency_id, of_others)
    # The plan's own chain comes last and takes the place of the agency's.
    chosen = chosen.options(joinedload(ApprovalChain.seats)).order_by(ApprovalChain.plan_id.is_not(None))
    return {one.division_id: one.chain for one in db.session.scalars(chosen).unique()}
