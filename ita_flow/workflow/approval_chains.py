"""Approval chains settled, and given up for the wider one. Reports under way keep the one they were sent with."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from ita_flow.domain.approval_chains import Chain, ChainSeat, Subject
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.units import OVER_THE_AGENCY, UnitKind
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalChain, ApprovalSeat
from ita_flow.models.people import NamedSeat, Unit, User
from ita_flow.queries.approval_chains import ChainScope, chain_settled
from ita_flow.workflow import audit
from ita_flow.workflow.desk import take_the_desk

NONE_YET = 0
"""The revision of a chain that is not there."""


def save_chain(scope: ChainScope, chain: Chain, revision: int, *, actor: User, at: datetime) -> ApprovalChain:
    """Let this chain rule over the scope from here on.

    Raises Stale when the chain is not the one of that revision any more, Invalid when it cannot be one.
    """
    take_the_desk(scope.agency_id)
    chain.check()
    _refuse_foreign_seats(scope, chain)
    _refuse_seats_below(scope, chain)
    settled = _present(scope, revision)
    before = told(settled) if settled else None
    settled = settled or _new(scope)
    _reseat(settled, chain)
    if told(settled) != before:
        _record("approval_chain.saved", settled, actor, at, before=before, after=told(settled))
    return settled


def drop_chain(scope: ChainScope, revision: int, *, actor: User, at: datetime) -> None:
    """Let the wider chain rule over the scope again: the agency's, or for the agency the usual one."""
    take_the_desk(scope.agency_id)
    settled = _present(scope, revision)
    if settled is None:
        return
    before = told(settled)
    db.session.delete(settled)
    _record("approval_chain.dropped", settled, actor, at, before=before)


def drop_chain_of(unit: Unit) -> dict[str, int]:
    """A unit that comes to an end takes its chain along, which is said in the record of its end."""
    settled = chain_settled(ChainScope(unit.agency_id, division_id=unit.id))
    if settled is None:
        return {}
    db.session.delete(settled)
    db.session.flush()
    return {"dropped_chain": settled.id}


def told(settled: ApprovalChain) -> audit.Values:
    """The chain as it stands in the record."""
    about: audit.Values = {} if settled.subject is Subject.REPORTS else {"decides_on": settled.subject.value}
    return {
        **about,
        "division": settled.division_id,
        "plan": settled.plan_id,
        "seats": [_seat_told(seat) for seat in settled.chain.seats],
        "progress_walks_all": settled.progress_walks_all,
        "distinct_deciders": settled.distinct_deciders,
    }


def _seat_told(seat: ChainSeat) -> str:
    """``director approve 3 any``, or ``named:7 endorse 5 all``."""
    name = f"{seat.seat.value}:{seat.named_seat}" if seat.named_seat else seat.seat.value
    return f"{name} {seat.verb.value} {seat.days_allowed} {'all' if seat.needs_all else 'any'}"


def _present(scope: ChainScope, revision: int) -> ApprovalChain | None:
    """The chain as it stands now that the desk is ours."""
    _refuse_no_place(scope)
    settled = chain_settled(scope)
    if (settled.revision if settled else NONE_YET) != revision:
        raise Stale("chain_changed_meanwhile")
    return settled


def _refuse_no_place(scope: ChainScope) -> None:
    """A chain of its own has a division, not a section; one that was removed or merged meanwhile has none."""
    division = db.session.get(Unit, scope.division_id) if scope.division_id else None
    if scope.division_id and (division is None or division.kind is not UnitKind.DIVISION):
        raise Stale("someone_was_quicker")


def _refuse_foreign_seats(scope: ChainScope, chain: Chain) -> None:
    wanted = {seat.named_seat for seat in chain.seats if seat.named_seat is not None}
    chosen = sa.select(sa.func.count()).where(NamedSeat.agency_id == scope.agency_id, NamedSeat.id.in_(wanted))
    if wanted and db.session.scalar(chosen) != len(wanted):
        raise Invalid("named_seat_is_gone", field="seats")


def _refuse_seats_below(scope: ChainScope, chain: Chain) -> None:
    """A plan is the whole agency's: a section head or a director sits over a part of it only."""
    if scope.subject is Subject.PLANS and any(seat.seat not in OVER_THE_AGENCY for seat in chain.seats):
        raise Invalid("chain_of_plans_has_unit_seats", field="seats")


def _new(scope: ChainScope) -> ApprovalChain:
    settled = ApprovalChain(
        agency_id=scope.agency_id,
        division_id=scope.division_id,
        plan_id=scope.plan_id,
        subject=scope.subject,
        seats=[],
    )
    db.session.add(settled)
    return settled


def _reseat(settled: ApprovalChain, chain: Chain) -> None:
    kept = settled.chain
    if kept.seats and _alike(kept, chain):
        return
    settled.progress_walks_all, settled.distinct_deciders = chain.progress_walks_all, chain.distinct_deciders
    flag_modified(settled, "distinct_deciders")  # seats alone would not move the revision
    settled.seats.clear()
    db.session.flush()  # the old seats leave before the new ones, which may be the same in another order
    settled.seats = [_seat(position, seat) for position, seat in enumerate(chain.seats, 1)]
    db.session.flush()


def _alike(one: Chain, other: Chain) -> bool:
    def of(chain: Chain) -> tuple[object, ...]:
        return [_seat_told(seat) for seat in chain.seats], chain.progress_walks_all, chain.distinct_deciders

    return of(one) == of(other)


def _seat(position: int, seat: ChainSeat) -> ApprovalSeat:
    return ApprovalSeat(
        position=position,
        seat=seat.seat,
        named_seat_id=seat.named_seat,
        verb=seat.verb,
        days_allowed=seat.days_allowed,
        needs_all=seat.needs_all,
    )


def _record(
    action: str,
    settled: ApprovalChain,
    actor: User,
    at: datetime,
    before: audit.Values | None = None,
    after: audit.Values | None = None,
) -> None:
    db.session.flush()
    subject = f"approval_chain:{settled.id}"
    audit.record(action, settled.agency_id, subject, at=at, actor=actor, before=before, after=after)
