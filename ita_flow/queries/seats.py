"""Who holds which seat for a task on a day, in their own right or by an acting order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ita_flow.domain.approval_chains import ChainSeat, Holder, SeatKey, may_decide, spares
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.units import OVER_THE_AGENCY
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.deciding import Decidable
from ita_flow.models.people import Membership, User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task

Day = date | sa.ColumnElement[date]
"""A day, or a place in a statement in which one is put later."""

SeatPlace = tuple[Seat, int | None, int | None]
"""A seat with the ids of its unit and of its name, where it has them."""


NO_DIVISION = 0
"""No unit has this number: neither a director nor an order for one division reaches what is of no division."""


@dataclass(frozen=True)
class SeatHolder:
    """A person in a post, most often a seat; with an order they act in it."""

    user: User
    membership: Membership
    order: ActingOrder | None

    @property
    def acting(self) -> ActingKind | None:
        return self.membership.acting

    @property
    def holder(self) -> Holder:
        """What the rules want to know."""
        if self.order is None:
            return Holder(self.user.id)
        return Holder(self.user.id, self.order.holder_id, self.order.id, self.order.scope)

    def reaches(self, section_id: int | None, division_id: int) -> bool:
        """Whether the seat is over work of this section and division, as ``is_over`` says it to the database."""
        seat, unit_id = self.membership.seat, self.membership.unit_id
        if seat is Seat.SECTION_HEAD:
            return unit_id is not None and unit_id == section_id
        if seat is Seat.DIRECTOR:
            return unit_id == division_id
        return self.order is None or self.order.division_id in (None, division_id)


SeatHolders = Mapping[SeatKey, Sequence[SeatHolder]]


def place_of(membership: Membership) -> SeatPlace:
    """Which seat it is that somebody has by this post."""
    assert membership.seat is not None
    return membership.seat, membership.unit_id, membership.named_seat_id


class AgencyPosts:
    """The posts that people hold in an agency on some day of a span, those of their own right first.

    What was found is kept for all days until somebody comes or goes, for many tasks of many days ask the same.
    """

    def __init__(self, held: Sequence[SeatHolder]) -> None:
        self._held = held
        self._turning_days = sorted({day for one in held for day in _turning_days_of(one.membership)})
        self._found: dict[tuple[int | None, int, int], SeatHolders] = {}
        self._there: dict[int, Sequence[SeatHolder]] = {}
        self._in_office: dict[int, frozenset[int]] = {}

    def stretch(self, day: date) -> int:
        """A number that stays the same from day to day until somebody comes or goes."""
        return bisect_right(self._turning_days, day)

    def over(self, section_id: int | None, division_id: int, day: date) -> SeatHolders:
        """The people who can decide that day on work of this section and division, seat by seat."""
        place = section_id, division_id, self.stretch(day)
        if place not in self._found:
            self._found[place] = self._holders_over(section_id, division_id, day)
        return self._found[place]

    def over_the_agency(self, day: date) -> SeatHolders:
        """The people who can decide that day on what concerns the whole agency, such as its plan."""
        return self.over(None, NO_DIVISION, day)

    def with_role(self, role: Role, day: date) -> list[User]:
        return list(dict.fromkeys(one.user for one in self._on(day) if one.membership.role is role))

    def holds_seat(self, person: User, seat: Seat, day: date) -> bool:
        return any(one.user is person and one.membership.seat is seat for one in self._sitting_on(day))

    def in_office(self, day: date) -> frozenset[int]:
        """The people who hold any post that day, by their ids."""
        stretch = self.stretch(day)
        if stretch not in self._in_office:
            self._in_office[stretch] = frozenset(one.user.id for one in self._on(day))
        return self._in_office[stretch]

    def _on(self, day: date) -> Sequence[SeatHolder]:
        stretch = self.stretch(day)
        if stretch not in self._there:
            self._there[stretch] = [one for one in self._held if one.membership.is_held_on(day)]
        return self._there[stretch]

    def _holders_over(self, section_id: int | None, division_id: int, day: date) -> SeatHolders:
        holders: dict[SeatKey, list[SeatHolder]] = {}
        for one in self._sitting_on(day):
            if one.membership.seat is not None and one.reaches(section_id, division_id):
                key = one.membership.seat, one.membership.named_seat_id
                holders.setdefault(key, []).append(one)
        return holders

    def _sitting_on(self, day: date) -> Iterator[SeatHolder]:
        """As ``sits_on`` says it to the database."""
        there = [one for one in self._on(day) if one.membership.seat is not None]
        taken = {place_of(one.membership) for one in there if one.acting is None}
        for one in there:
            is_for_a_vacancy = one.order is not None and one.order.holder_id is None
            if not is_for_a_vacancy or place_of(one.membership) not in taken:
                yield one


def _turning_days_of(membership: Membership) -> Iterator[date]:
    """The day on which somebody comes, and the first on which they are gone."""
    yield membership.starts_on
    if membership.ends_on:
        yield membership.ends_on + timedelta(days=1)


def posts_of(agency_id: int, first_day: date, last_day: date, *which: sa.ColumnElement[bool]) -> AgencyPosts:
    """One statement. Who may not sign in holds no post."""
    chosen = (
        sa.select(Membership, User, ActingOrder)
        .join(User, User.id == Membership.user_id)
        .outerjoin(ActingOrder, ActingOrder.membership_id == Membership.id)
        .where(
            Membership.agency_id == agency_id,
            Membership.starts_on <= last_day,
            sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= first_day),
            User.is_active,
            *which,
        )
        .order_by(ActingOrder.id.is_not(None), User.id, Membership.id)
    )
    found = db.session.execute(chosen)
    return AgencyPosts([SeatHolder(user, membership, order) for membership, user, order in found])


def holders_of(task: Task, on: date) -> SeatHolders:
    """The people who can decide on this task, seat by seat: of its section, of its division, and over the agency."""
    posts = posts_of(task.agency_id, on, on, Membership.seat.is_not(None))
    return posts.over(task.section_id, task.division_id, on)


def holders_over_the_agency(agency_id: int, on: date) -> SeatHolders:
    """The people who can decide on a plan of this agency, seat by seat."""
    return posts_of(agency_id, on, on, Membership.seat.is_not(None)).over_the_agency(on)


def holders_for(thing: Decidable[Any], agency_id: int, on: date) -> SeatHolders:
    """The people who can decide on this report or proposal of the agency, seat by seat."""
    return holders_of(thing.over, on) if thing.over else holders_over_the_agency(agency_id, on)


def is_over(
    section_id: sa.ColumnExpressionArgument[int | None], division_id: sa.ColumnExpressionArgument[int]
) -> sa.ColumnElement[bool]:
    """The condition that a membership is a seat over work of this section and division, as far as an order reaches.

    Where there is no section, no section head stands over the work.
    """
    reaches = sa.or_(ActingOrder.division_id.is_(None), ActingOrder.division_id == division_id)
    return sa.or_(
        sa.and_(Membership.seat == Seat.SECTION_HEAD, Membership.unit_id == section_id),
        sa.and_(Membership.seat == Seat.DIRECTOR, Membership.unit_id == division_id),
        sa.and_(Membership.seat.in_(sorted(OVER_THE_AGENCY)), reaches),
    )


def deciders(thing: Decidable[Any], holders: SeatHolders) -> Iterator[SeatHolder]:
    """Those who may take the decision that is due on this report or proposal: in their own right first."""
    turn = thing.seat_to_decide
    return _able_in(turn, thing, holders) if turn else iter(())


def is_spared(one: SeatHolder, thing: Decidable[Any], holders: SeatHolders) -> bool:
    """Whether somebody of their own is left for every seat further up when this holder approves now."""
    if not thing.distinct_deciders:
        return True
    rest = thing.seats[thing.approvals + 1 :]
    able = {seat.key: [other.holder for other in _able_in(seat, thing, holders)] for seat in rest}
    return spares(rest, able, one.holder)


def _able_in(seat: ChainSeat, thing: Decidable[Any], holders: SeatHolders) -> Iterator[SeatHolder]:
    """Those in this seat who may decide as things stand, whether it is their turn or not."""
    authors, barred = thing.author_ids, thing.barred
    for one in holders.get(seat.key, ()):
        if one.holder.covers(final=thing.is_final) and may_decide(one.holder, authors, barred):
            yield one


def has_the_turn(person: User, report: ProgressReport | None, holders: SeatHolders) -> bool:
    """Whether the report waits for a seat that this person holds and may decide from."""
    if report is None or report.seat_to_decide is None or report.current is None:
        return False
    return any(one.user.id == person.id for one in deciders(report.current, holders))


def sits_on(day: Day) -> sa.ColumnElement[bool]:
    """The condition that a membership, with its order, puts its person into the seat on that day.

    An order for a vacant seat rests while somebody holds the seat, however they came to it: else it would let a
    friend decide in the seat of an author without being told to act for them.
    """
    is_for_a_vacancy = sa.and_(ActingOrder.id.is_not(None), ActingOrder.holder_id.is_(None))
    return sa.and_(held_on(day), ~sa.and_(is_for_a_vacancy, _is_held_by_its_own(day)))


def _is_held_by_its_own(day: Day) -> sa.ColumnElement[bool]:
    own, holder = aliased(Membership), aliased(User)
    return (
        sa.exists()
        .where(
            own.agency_id == Membership.agency_id,
            own.seat == Membership.seat,
            sa.func.coalesce(own.unit_id, 0) == sa.func.coalesce(Membership.unit_id, 0),
            sa.func.coalesce(own.named_seat_id, 0) == sa.func.coalesce(Membership.named_seat_id, 0),
            own.acting.is_(None),
            held_on(day, own),
            holder.id == own.user_id,
            holder.is_active,
        )
        .correlate(Membership)
    )


def held_on(day: Day, held: type[Membership] = Membership) -> sa.ColumnElement[bool]:
    """The condition that a membership is held on that day; ``held`` is what it is called in the statement."""
    return sa.and_(held.starts_on <= day, sa.or_(held.ends_on.is_(None), held.ends_on >= day))
