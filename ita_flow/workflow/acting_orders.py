"""Orders by which somebody acts in a seat: entered, ended before their time, or taken back before they begin.

Whoever acts never enters the order themselves: it comes from a clerk, or from the holder of the seat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.approval_chains import ActingScope
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import ActingKind, Permission, Seat
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.thai import tidy
from ita_flow.domain.units import OVER_THE_AGENCY, UnitKind, check_place
from ita_flow.extensions import db
from ita_flow.i18n import long_date
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, Unit, User
from ita_flow.queries.acting_orders import ActedSeat, decisions_under
from ita_flow.workflow import acting_notices
from ita_flow.workflow.acting_ends import end_on, take_back, told
from ita_flow.workflow.appointments import overlap
from ita_flow.workflow.desk import take_the_desk
from ita_flow.workflow.people import record_about

LONGEST_NUMBER = 100


@dataclass(frozen=True)
class Order:
    """What an order says: who acts in which seat, by what right, on which days, for what."""

    kind: ActingKind
    seat: ActedSeat
    acting: User
    order_no: str
    starts_on: date
    ends_on: date | None = None
    ordered_on: date | None = None
    """The day on which it was signed."""

    scope: ActingScope = ActingScope.ALL
    division: Unit | None = None
    """For a seat over the whole agency: the one division whose reports it covers."""

    @property
    def days(self) -> tuple[date, date | None]:
        return self.starts_on, self.ends_on

    @property
    def number(self) -> str:
        return tidy(self.order_no)


def enter(order: Order, *, actor: User | None, via: str | None = None, at: datetime) -> ActingOrder:
    """Let the person act in the seat on the days of the order, from this moment on where they have begun."""
    _take_the_desk_for(order)
    _refuse_entering(order, actor, bangkok_day(at))
    _check_words(order, bangkok_day(at))
    _check_place(order)
    _check_people(order)
    _check_right(order)
    _refuse_there_already(order)
    kept = _kept(order, actor, at)
    record_about(order.acting, "person.acting_entered", actor, at, via=via, after=told(kept))
    acting_notices.tell_of_entering(kept, actor=actor, today=bangkok_day(at), at=at)
    return kept


def end_early(order: ActingOrder, ends_on: date | None, *, actor: User, at: datetime) -> None:
    """Let the order end on an earlier day; never before something was decided by it."""
    order = _present(order)
    _refuse_changing(order, actor, bangkok_day(at))
    if ends_on is None:
        raise Invalid("acting_ends_when", field="ends_on")
    _check_end(order, ends_on)
    end_on(order, ends_on, actor=actor, at=at)


def withdraw(order: ActingOrder, *, actor: User, at: datetime) -> None:
    """Take back an order that has not begun yet, as if it had never been entered."""
    order = _present(order)
    _refuse_changing(order, actor, bangkok_day(at))
    if order.membership.starts_on <= bangkok_day(at) or decisions_under(order):
        raise Invalid("acting_has_begun")
    take_back(order, actor=actor, at=at)


def is_clerk(person: User, on: date) -> bool:
    """Whether the person enters orders for the seats of others: coordinators and administrators do."""
    return person.may(Permission.PEOPLE_WRITE, on)


def may_change(order: ActingOrder, person: User, on: date) -> bool:
    """Whether the person may end the order or take it back: a clerk, or whose seat it is."""
    return is_clerk(person, on) or order.holder_id == person.id


def _take_the_desk_for(order: Order) -> None:
    """Take the desk; raises Stale when something that the order names was removed meanwhile."""
    seat = order.seat
    named = [(type(row), row.id) for row in (seat.holder, seat.unit, seat.named_seat, order.division) if row]
    take_the_desk(order.acting.agency_id)
    if any(db.session.get(kind, row_id, populate_existing=True) is None for kind, row_id in named):
        raise Stale("someone_was_quicker")


def _refuse_entering(order: Order, actor: User | None, on: date) -> None:
    """The one rule of who may enter which order."""
    if actor is None:
        return
    if actor.id == order.acting.id:
        raise NotPermitted("no_order_for_oneself")
    holder = order.seat.holder
    is_own_seat = holder is not None and holder.acting is None and holder.user_id == actor.id
    if not is_own_seat and not is_clerk(actor, on):
        raise NotPermitted("order_for_own_seat_only")


def _refuse_changing(order: ActingOrder, actor: User, on: date) -> None:
    if not may_change(order, actor, on):
        raise NotPermitted("acting_order_of_others")


def _check_words(order: Order, on: date) -> None:
    if not order.number:
        raise Invalid("acting_order_without_number", field="order_no")
    if len(order.number) > LONGEST_NUMBER:
        raise Invalid("acting_order_number_too_long", field="order_no", most=LONGEST_NUMBER)
    if order.ordered_on and order.ordered_on > on:
        raise Invalid("acting_order_not_signed_yet", field="ordered_on")
    if order.ends_on and order.ends_on < order.starts_on:
        raise Invalid("post_ends_before_it_begins", field="ends_on")


def _check_place(order: Order) -> None:
    """Raise Invalid unless there can be such a seat, and the order narrows it only where that means something."""
    seat, division = order.seat, order.division
    check_place(seat.seat, seat.unit.kind if seat.unit else None)
    if (seat.seat is Seat.NAMED) != (seat.named_seat is not None):
        raise Invalid("acting_seat_needed", field="seat")
    if any(one and one.agency_id != order.acting.agency_id for one in (seat.unit, seat.named_seat, seat.holder)):
        raise Invalid("acting_seat_needed", field="seat")
    if division and (division.agency_id != order.acting.agency_id or division.kind is not UnitKind.DIVISION):
        raise Invalid("unit_of_another_agency", field="division")
    if division and seat.seat not in OVER_THE_AGENCY:
        raise Invalid("division_of_a_narrow_seat", field="division")


def _check_people(order: Order) -> None:
    holder = order.seat.holder
    if not order.acting.is_active:
        raise Invalid("acting_account_is_closed", field="acting", name=order.acting.name)
    if holder and holder.user_id == order.acting.id:
        raise Invalid("acting_for_oneself", field="acting")
    if holder and not holder.user.is_active:
        raise Invalid("acting_account_is_closed", field="seat", name=holder.user.name)


def _check_right(order: Order) -> None:
    """Raise Invalid unless the kind of the order fits whether somebody holds the seat on its days."""
    holder = order.seat.holder
    if order.kind is ActingKind.IN_POSITION and holder:
        raise Invalid("in_position_needs_a_vacancy", field="kind")
    if order.kind is ActingKind.DELEGATED and not holder:
        raise Invalid("delegation_needs_a_holder", field="kind")
    if holder:
        _check_within(order, holder)
        return
    there = next((one for one in _in_the_seat(order, Membership.acting.is_(None)) if one.user.is_active), None)
    if there:
        raise Invalid("acted_seat_is_held", field="seat", name=there.user.name)


def _check_within(order: Order, holder: Membership) -> None:
    """Nobody is acted for on days on which the seat is not theirs."""
    if holder.acting is not None:
        raise Invalid("acting_seat_needed", field="seat")
    lasts = holder.ends_on is None or (order.ends_on is not None and order.ends_on <= holder.ends_on)
    if order.starts_on < holder.starts_on or not lasts:
        first, last = long_date(holder.starts_on), long_date(holder.ends_on) if holder.ends_on else "–"
        raise Invalid("acting_outlasts_the_holder", field="ends_on", first=first, last=last)


def _refuse_there_already(order: Order) -> None:
    """One person sits in one seat once, by whatever right."""
    for other in _in_the_seat(order, Membership.user_id == order.acting.id):
        number = db.session.scalar(sa.select(ActingOrder.order_no).where(ActingOrder.membership_id == other.id))
        if number == order.number and other.starts_on == order.starts_on:
            raise Invalid("acting_order_entered_already", field="order_no", number=number)
        raise Invalid("acts_there_already", field="acting")


def _in_the_seat(order: Order, which: sa.ColumnElement[bool]) -> list[Membership]:
    """The posts in the seat of the order that share a day with it."""
    seat, unit_id, named_seat_id = order.seat.place
    chosen = sa.select(Membership).where(
        Membership.agency_id == order.acting.agency_id,
        Membership.seat == seat,
        Membership.unit_id == unit_id,
        Membership.named_seat_id == named_seat_id,
        which,
    )
    posts = db.session.scalars(chosen.order_by(Membership.id))
    return [one for one in posts if overlap((one.starts_on, one.ends_on), order.days)]


def _kept(order: Order, actor: User | None, at: datetime) -> ActingOrder:
    seat, unit_id, named_seat_id = order.seat.place
    membership = Membership(
        agency_id=order.acting.agency_id,
        user=order.acting,
        seat=seat,
        unit_id=unit_id,
        named_seat_id=named_seat_id,
        acting=order.kind,
        post=order.seat.title,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
    )
    db.session.add(membership)
    db.session.flush()
    kept = ActingOrder(
        agency_id=membership.agency_id,
        membership=membership,
        membership_id=membership.id,
        acting_id=order.acting.id,
        holder_id=order.seat.holder.user_id if order.seat.holder else None,
        order_no=order.number,
        ordered_on=order.ordered_on,
        scope=order.scope,
        division_id=order.division.id if order.division else None,
        entered_by_id=actor.id if actor else None,
        entered_at=at,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def _check_end(order: ActingOrder, ends_on: date) -> None:
    """Raise Invalid unless the order may end on that day."""
    starts_on, was = order.membership.starts_on, order.membership.ends_on
    if ends_on < starts_on:
        raise Invalid("post_ends_before_it_begins", field="ends_on")
    if was is not None and ends_on >= was:
        raise Invalid("acting_ends_already", field="ends_on", day=long_date(was))
    decided = [bangkok_day(decision.decided_at) for decision in decisions_under(order)]
    if decided and ends_on < decided[-1]:
        raise Invalid("acting_decided_later", field="ends_on", day=long_date(decided[-1]))


def _present(order: ActingOrder) -> ActingOrder:
    """The order as it stands now that the desk is ours; raises Stale when somebody took it back meanwhile."""
    order_id = order.id
    take_the_desk(order.agency_id)
    found = db.session.get(ActingOrder, order_id, populate_existing=True)
    if found is None:
        raise Stale("someone_was_quicker")
    return found
