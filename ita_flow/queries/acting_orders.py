"""Orders by which somebody acts in a seat: those of now, to come and past, and the seats and people for a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Seat
from ita_flow.domain.units import head_of
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, NamedSeat, Unit, User
from ita_flow.models.progress_reports import Decision
from ita_flow.queries.seating import named_seats_of
from ita_flow.queries.seats import SeatPlace, place_of
from ita_flow.queries.units import units_by_division
from ita_flow.wording.labels import label_of


@dataclass(frozen=True)
class OrderLists:
    """Orders by their days: those that run today, those to come, and those that are over, the last first."""

    now: Sequence[ActingOrder]
    coming: Sequence[ActingOrder]
    past: Sequence[ActingOrder]


@dataclass(frozen=True)
class ActedSeat:
    """A seat in which somebody can act: somebody's own, or one that is vacant."""

    seat: Seat
    unit: Unit | None = None
    named_seat: NamedSeat | None = None
    holder: Membership | None = None
    """The post of whoever holds it; None when it is vacant."""

    @classmethod
    def of(cls, holder: Membership) -> ActedSeat:
        """The seat that somebody holds by this post."""
        assert holder.seat is not None
        return cls(holder.seat, holder.unit, holder.named_seat, holder)

    @property
    def key(self) -> str:
        """What tells it from all others in a form."""
        where = self.unit or self.named_seat
        return f"{self.seat.value}-{where.id if where else 0}-{self.holder.id if self.holder else 0}"

    @property
    def place(self) -> SeatPlace:
        return self.seat, self.unit.id if self.unit else None, self.named_seat.id if self.named_seat else None

    @property
    def title(self) -> str:
        """What the seat is called: by its unit or its name, else as its holder is called."""
        by_place = head_of(self.unit.name) if self.unit else self.named_seat and self.named_seat.name
        return by_place or (self.holder and self.holder.post) or label_of(self.seat)


def orders_of(agency_id: int, today: date, only_of: User | None = None) -> OrderLists:
    """The orders of the agency; with ``only_of``, those in which that person acts, or is acted for."""
    chosen = sa.select(ActingOrder).join(Membership, Membership.id == ActingOrder.membership_id)
    chosen = chosen.where(ActingOrder.agency_id == agency_id).options(*_shown_with())
    if only_of:
        chosen = chosen.where(_concerns(only_of))
    orders = db.session.scalars(chosen.order_by(Membership.starts_on, ActingOrder.id)).all()
    return OrderLists(
        now=[one for one in orders if one.membership.is_held_on(today)],
        coming=[one for one in orders if one.membership.starts_on > today],
        past=sorted((one for one in orders if _is_over(one.membership, today)), key=_last_day, reverse=True),
    )


def order_of(user: User, order_id: int) -> ActingOrder | None:
    """An order of the person's own agency."""
    chosen = sa.select(ActingOrder).where(ActingOrder.id == order_id, ActingOrder.agency_id == user.agency_id)
    chosen = chosen.options(*_shown_with())
    return db.session.scalars(chosen).one_or_none()


def order_behind(membership: Membership) -> ActingOrder | None:
    """The order by which this post is acted in; None for a post of one's own."""
    return db.session.scalars(sa.select(ActingOrder).where(ActingOrder.membership_id == membership.id)).one_or_none()


def decisions_under(order: ActingOrder) -> Sequence[Decision]:
    """What was decided by this order, in the order of time."""
    chosen = sa.select(Decision).where(Decision.acting_order_id == order.id)
    return db.session.scalars(chosen.order_by(Decision.decided_at, Decision.id)).all()


def seats_by_division(agency_id: int, today: date) -> list[tuple[Unit | None, list[ActedSeat]]]:
    """Every seat of the agency with its holders, or as vacant: those over the whole agency, then by division."""
    held = _holders(agency_id, today)
    named = [ActedSeat(Seat.NAMED, named_seat=one) for one in named_seats_of(agency_id)]
    whole = [ActedSeat(Seat.EXECUTIVE), ActedSeat(Seat.CHIEF), *named]
    groups: list[tuple[Unit | None, list[ActedSeat]]] = [(None, list(_filled(whole, held, today)))]
    for division, sections in units_by_division(agency_id):
        empty = [ActedSeat(Seat.DIRECTOR, division), *(ActedSeat(Seat.SECTION_HEAD, unit) for unit in sections)]
        groups.append((division, list(_filled(empty, held, today))))
    return groups


def own_seats(user: User, today: date) -> list[ActedSeat]:
    """The seats that the person holds in their own right, today or later."""
    posts = (one for one in user.memberships if one.seat and one.acting is None)
    return [ActedSeat.of(one) for one in posts if not _is_over(one, today)]


def people_to_act(agency_id: int, except_for: User) -> list[User]:
    """Everybody else of the agency who signs in, in the order of the dictionary, with their posts."""
    chosen = sa.select(User).where(User.agency_id == agency_id, User.is_active, User.id != except_for.id)
    people = db.session.scalars(chosen.options(selectinload(User.memberships).joinedload(Membership.unit)))
    return sorted(people, key=lambda person: (sorting_key(person.name), person.id))


def person_to_act(user: User, person_id: int) -> User | None:
    """A person of the same agency."""
    chosen = sa.select(User).where(User.id == person_id, User.agency_id == user.agency_id)
    return db.session.scalars(chosen).one_or_none()


def _holders(agency_id: int, today: date) -> Mapping[SeatPlace, Sequence[Membership]]:
    """Who holds which seat in their own right, today or later."""
    chosen = (
        sa.select(Membership)
        .join(Membership.user)
        .where(Membership.agency_id == agency_id, Membership.seat.is_not(None), Membership.acting.is_(None))
        .where(User.is_active, sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today))
        .options(contains_eager(Membership.user), joinedload(Membership.named_seat), joinedload(Membership.unit))
        .order_by(Membership.starts_on, Membership.id)
    )
    found: dict[SeatPlace, list[Membership]] = {}
    for membership in db.session.scalars(chosen):
        found.setdefault(place_of(membership), []).append(membership)
    return found


def _filled(
    seats: Iterable[ActedSeat], held: Mapping[SeatPlace, Sequence[Membership]], today: date
) -> Iterator[ActedSeat]:
    """Each seat once for each holder; and as vacant unless somebody sits there for good."""
    for one in seats:
        holders = held.get(one.place, ())
        yield from (ActedSeat.of(holder) for holder in holders)
        if not any(holder.starts_on <= today and holder.ends_on is None for holder in holders):
            yield one


def _concerns(user: User) -> sa.ColumnElement[bool]:
    return sa.or_(ActingOrder.acting_id == user.id, ActingOrder.holder_id == user.id)


def _shown_with() -> Sequence[ORMOption]:
    membership = joinedload(ActingOrder.membership)
    return (
        membership.joinedload(Membership.user).selectinload(User.memberships).joinedload(Membership.unit),
        membership.joinedload(Membership.unit),
        joinedload(ActingOrder.holder),
        joinedload(ActingOrder.entered_by),
        joinedload(ActingOrder.division),
    )


def _is_over(membership: Membership, today: date) -> bool:
    return membership.ends_on is not None and membership.ends_on < today


def _last_day(order: ActingOrder) -> date:
    return order.membership.ends_on or date.max
