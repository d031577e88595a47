"""What the page of approval chains shows: each chain as steps, with who sits where today and where nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ita_flow.domain.approval_chains import USUAL, USUAL_OF_PLANS, Chain, ChainSeat, Subject
from ita_flow.domain.permissions import Seat
from ita_flow.models.approval_chains import ApprovalChain
from ita_flow.models.people import NamedSeat, Unit
from ita_flow.models.plans import Plan
from ita_flow.queries.approval_chains import chains_settled, plans_to_rule
from ita_flow.queries.seating import Occupancy, Seating, named_seats_of, seating_of
from ita_flow.wording.labels import seat_name


@dataclass(frozen=True)
class Step:
    """One seat of a chain: what it is called there, and who sits in it."""

    seat: ChainSeat
    title: str
    held: Occupancy


@dataclass(frozen=True)
class ChainShown:
    """A chain with its steps; without ``settled`` it is the usual one."""

    chain: Chain
    steps: Sequence[Step]
    settled: ApprovalChain | None = None


@dataclass(frozen=True)
class SettingsShown:
    """Everything on the page: the chains that rule, and what has none of its own."""

    agencys: ChainShown
    for_plans: ChainShown
    """That which decides on the plan itself."""

    of_divisions: Sequence[tuple[Unit, ChainShown]]
    of_plans: Sequence[tuple[Plan, ChainShown]]
    other_divisions: Sequence[Unit]
    other_plans: Sequence[Plan]
    named_seats: Sequence[tuple[NamedSeat, Occupancy]]


def seat_title(seat: ChainSeat, division: Unit | None = None) -> str:
    """What the seat is called, of a certain division as it is called there: หัวหน้าสำนักปลัด."""
    return seat_name(seat, division if seat.seat is Seat.DIRECTOR else None)


def settings_shown(agency_id: int, today: date) -> SettingsShown:
    """The chains of the agency as they are today; the same number of statements however many there are."""
    settled, seating, plans = chains_settled(agency_id), seating_of(agency_id, today), plans_to_rule(agency_id)
    by_division = {chain.division_id: chain for chain in settled if chain.division_id}
    by_plan = {chain.plan_id: chain for chain in settled if chain.plan_id}
    divisions = [division for division, _sections in seating.divisions]
    others = [one for one in divisions if one.id not in by_division]
    own = {one.subject: one for one in settled if one.division_id is None and one.plan_id is None}
    return SettingsShown(
        agencys=_shown(own.get(Subject.REPORTS), seating, others),
        for_plans=_shown(own.get(Subject.PLANS), seating, others, usual=USUAL_OF_PLANS),
        of_divisions=[
            (one, _shown(by_division[one.id], seating, [one], one)) for one in divisions if one.id in by_division
        ],
        of_plans=[(one, _shown(by_plan[one.id], seating, others)) for one in plans if one.id in by_plan],
        other_divisions=others,
        other_plans=[one for one in plans if one.id not in by_plan],
        named_seats=[(one, seating.in_seat((Seat.NAMED, one.id), ())) for one in named_seats_of(agency_id)],
    )


def _shown(
    settled: ApprovalChain | None,
    seating: Seating,
    over: Iterable[Unit],
    division: Unit | None = None,
    usual: Chain = USUAL,
) -> ChainShown:
    chain = settled.chain if settled else usual
    ids = [unit.id for unit in over]
    steps = [Step(seat, seat_title(seat, division), seating.in_seat(seat.key, ids)) for seat in chain.seats]
    return ChainShown(chain, steps, settled)
