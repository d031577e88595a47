"""Chains, named seats, and people who act in seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ita_flow.domain.approval_chains import ActingScope, ChainSeat
from ita_flow.domain.permissions import ActingKind, Seat
from ita_flow.models.approval_chains import ActingOrder, ApprovalChain, ApprovalSeat
from ita_flow.models.people import Agency, NamedSeat, Unit, User
from ita_flow.models.plans import Plan
from tests.factories.keeping import kept
from tests.factories.people import NOW, YEAR, a_membership


def a_chain(
    agency: Agency,
    *seats: ChainSeat,
    division: Unit | None = None,
    plan: Plan | None = None,
    progress_walks_all: bool = False,
    distinct_deciders: bool = True,
) -> ApprovalChain:
    """The chain of the agency, or of this division or plan."""
    return kept(
        ApprovalChain(
            agency_id=agency.id,
            division_id=division.id if division else None,
            plan_id=plan.id if plan else None,
            progress_walks_all=progress_walks_all,
            distinct_deciders=distinct_deciders,
            seats=_numbered(seats),
        )
    )


def _numbered(seats: Sequence[ChainSeat]) -> list[ApprovalSeat]:
    return [
        ApprovalSeat(
            position=position,
            seat=seat.seat,
            named_seat_id=seat.named_seat,
            verb=seat.verb,
            days_allowed=seat.days_allowed,
            needs_all=seat.needs_all,
        )
        for position, seat in enumerate(seats, 1)
    ]


def a_named_seat(agency: Agency, name: str = "ประธานคณะทำงาน ITA") -> NamedSeat:
    return kept(NamedSeat(agency_id=agency.id, name=name))


def an_acting_order(
    acting: User,
    seat: Seat,
    unit: Unit | None = None,
    holder: User | None = None,
    kind: ActingKind = ActingKind.ACTING,
    order_no: str = "12/2567",
    scope: ActingScope = ActingScope.ALL,
    division: Unit | None = None,
    named_seat: NamedSeat | None = None,
    entered_by: User | None = None,
    starts_on: date = YEAR.starts_on,
    ends_on: date | None = None,
) -> ActingOrder:
    """``acting`` sits in the seat of ``holder``, or in a vacant one, by this order."""
    membership = a_membership(
        acting,
        seat=seat,
        unit=unit,
        post="",
        starts_on=starts_on,
        ends_on=ends_on,
        acting=kind,
        named_seat_id=named_seat.id if named_seat else None,
    )
    return kept(
        ActingOrder(
            agency_id=acting.agency_id,
            membership_id=membership.id,
            acting_id=acting.id,
            holder_id=holder.id if holder else None,
            order_no=order_no,
            scope=scope,
            division_id=division.id if division else None,
            entered_by_id=entered_by.id if entered_by else None,
            entered_at=NOW,
        )
    )
