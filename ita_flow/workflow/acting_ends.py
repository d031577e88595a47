"""Acting orders that end with something else: with the account of whoever acts, or with the post they act for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from ita_flow.domain.calendar import bangkok_day
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.people import Membership, User
from ita_flow.queries.acting_orders import decisions_under
from ita_flow.queries.seats import place_of
from ita_flow.workflow import acting_notices, audit, notices


def end_on(order: ActingOrder, last_day: date, *, actor: User | None, via: str | None = None, at: datetime) -> None:
    """The order runs until that day and no longer; one that would begin later is taken back."""
    before, membership = told(order), order.membership
    if membership.starts_on > last_day:
        take_back(order, actor=actor, via=via, at=at)
        return
    membership.ends_on = last_day
    _record("person.acting_ended", membership.user, actor, via, at, before=before, after=told(order))
    if last_day <= bangkok_day(at):
        acting_notices.tell_of_end(order, actor=actor, at=at)


def take_back(order: ActingOrder, *, actor: User | None, via: str | None = None, at: datetime) -> None:
    """The order leaves with the post that it gave, as if it had never been entered."""
    before, membership = told(order), order.membership
    acting = membership.user
    notices.forget_order(order)
    db.session.delete(order)
    db.session.flush()
    db.session.delete(membership)
    db.session.flush()
    _record("person.acting_withdrawn", acting, actor, via, at, before=before)


def end_with_account(user: User, *, actor: User | None, at: datetime) -> None:
    """Whoever signs in no more acts for nobody from here on, and nobody acts for them."""
    for order in _orders(sa.or_(ActingOrder.acting_id == user.id, ActingOrder.holder_id == user.id)):
        _end_by(bangkok_day(at), order, actor, None, at)


def end_with_post(
    held: Membership, last_day: date | None, *, actor: User | None, via: str | None = None, at: datetime
) -> None:
    """Nobody acts for somebody on days on which the seat is not theirs. Call it before ``held`` ends on that day."""
    if held.seat is None or held.acting is not None or last_day is None:
        return
    for order in _orders(ActingOrder.holder_id == held.user_id):
        if place_of(order.membership) == place_of(held) and held.is_held_on(order.membership.starts_on):
            _end_by(last_day, order, actor, via, at)


def _orders(which: sa.ColumnElement[bool]) -> Sequence[ActingOrder]:
    chosen = sa.select(ActingOrder).join(ActingOrder.membership).where(which)
    return db.session.scalars(chosen.options(contains_eager(ActingOrder.membership)).order_by(ActingOrder.id)).all()


def _end_by(last_day: date, order: ActingOrder, actor: User | None, via: str | None, at: datetime) -> None:
    """Let the order run no longer than that day, or than what was decided by it."""
    last_day = max([last_day, *(bangkok_day(decision.decided_at) for decision in decisions_under(order))])
    ends_on = order.membership.ends_on
    if ends_on is None or ends_on > last_day:
        end_on(order, last_day, actor=actor, via=via, at=at)


def _record(
    action: str,
    acting: User,
    actor: User | None,
    via: str | None,
    at: datetime,
    *,
    before: audit.Values,
    after: audit.Values | None = None,
) -> None:
    subject = f"user:{acting.id}"
    audit.record(action, acting.agency_id, subject, at=at, actor=actor, via=via, before=before, after=after)


def told(order: ActingOrder) -> audit.Values:
    """The order as it stands in the record."""
    held = order.membership
    assert held.seat is not None
    assert held.acting is not None
    return {
        "order": order.id,
        "order_no": order.order_no,
        "ordered_on": order.ordered_on.isoformat() if order.ordered_on else None,
        "kind": held.acting.value,
        "post": held.seat.value,
        "title": held.post,
        "unit": held.unit_id,
        "named_seat": held.named_seat_id,
        "holder": order.holder_id,
        "starts_on": held.starts_on.isoformat(),
        "ends_on": held.ends_on.isoformat() if held.ends_on else None,
        "scope": order.scope.value,
        "division": order.division_id,
    }
