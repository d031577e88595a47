"""Telling of acting orders: whoever acts and whoever is acted for, when an order begins and when it ends.

An order of today is told at once, a later one by the timetable on its first and on its last day; where that is a
free day, on the last working day before.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from ita_flow.domain.calendar import is_working_day, next_working_day
from ita_flow.domain.notices import NoticeKind
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Agency, Membership, User
from ita_flow.queries.free_days import free_days_of
from ita_flow.workflow import notices

LOOKING_BACK = timedelta(days=14)
"""For how long it is made up for what could not be told on its day."""


def tell_of_the_day(agency: Agency, today: date, at: datetime) -> None:
    """Tell of the orders that begin or end on this working day, or before people work again."""
    free_days = free_days_of(agency)
    if not is_working_day(today, free_days):
        return
    until = last_day_told(today, free_days)
    for order in _running_orders(agency, today - LOOKING_BACK, until):
        entered_by = order.entered_by
        if today - LOOKING_BACK <= order.membership.starts_on and not _is_over(order, today):
            tell_of_beginning(order, actor=entered_by, at=at)
        if order.membership.ends_on and order.membership.ends_on <= until:
            tell_of_end(order, actor=None, at=at)


def tell_of_entering(order: ActingOrder, *, actor: User | None, today: date, at: datetime) -> None:
    """Tell of an order that was entered just now, unless its day is still to come, or is over."""
    agency = db.session.get_one(Agency, order.agency_id)
    is_later = order.membership.starts_on > last_day_told(today, free_days_of(agency))
    if not is_later and not _is_over(order, today):
        tell_of_beginning(order, actor=actor, at=at)


def tell_of_beginning(order: ActingOrder, *, actor: User | None, at: datetime) -> None:
    """Tell both that the order runs."""
    notices.tell(NoticeKind.ACTING_STARTS, _people_of(order), key=str(order.id), at=at, actor=actor, order=order)


def tell_of_end(order: ActingOrder, *, actor: User | None, at: datetime) -> None:
    """Tell both on which day the order ends, or ended."""
    key = f"{order.id}:{order.membership.ends_on}"
    notices.tell(NoticeKind.ACTING_ENDS, _people_of(order), key=key, at=at, actor=actor, order=order)


def last_day_told(today: date, free_days: Container[date]) -> date:
    """What begins or ends until that day is told today: nobody is told of it on a free day."""
    return next_working_day(today + timedelta(days=1), free_days) - timedelta(days=1)


def _is_over(order: ActingOrder, today: date) -> bool:
    return order.membership.ends_on is not None and order.membership.ends_on < today


def _running_orders(agency: Agency, first_day: date, last_day: date) -> Sequence[ActingOrder]:
    """Those that begin or end within these days."""
    held = Membership
    chosen = (
        sa.select(ActingOrder)
        .join(ActingOrder.membership)
        .where(ActingOrder.agency_id == agency.id)
        .where(sa.or_(held.starts_on.between(first_day, last_day), held.ends_on.between(first_day, last_day)))
        .options(
            contains_eager(ActingOrder.membership).joinedload(Membership.user),
            joinedload(ActingOrder.holder),
            joinedload(ActingOrder.entered_by),
        )
        .order_by(ActingOrder.id)
    )
    return db.session.scalars(chosen).all()


def _people_of(order: ActingOrder) -> Iterator[User]:
    yield order.membership.user
    if order.holder:
        yield order.holder
