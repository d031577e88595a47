"""Telling of acting orders: on the day, or on the last working day before, and never twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.permissions import ActingKind, Seat
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.notices import Notice
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.people import User
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.workflow.acting_notices import tell_of_the_day
from ita_flow.workflow.acting_orders import Order, end_early, enter, withdraw
from tests.factories import NOW, TODAY, Cast, an_acting_order

DAY = timedelta(days=1)
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2024, 3, day) for day in (22, 23, 24, 25))
STARTS, ENDS = NoticeKind.ACTING_STARTS, NoticeKind.ACTING_ENDS


def told() -> list[tuple[NoticeKind, str]]:
    chosen = sa.select(Notice.kind, User.email).join(Notice.recipient).order_by(Notice.id)
    return [(kind, email.split("@")[0]) for kind, email in db.session.execute(chosen)]


def the_day_comes(cast: Cast, day: date) -> None:
    with transaction():
        tell_of_the_day(cast.agency, day, bangkok_moment(day, 8, 30))


def entered(cast: Cast, starts_on: date, ends_on: date | None = None, by: User | None = None) -> ActingOrder:
    """The other head acts for ours."""
    with transaction():
        order = Order(
            ActingKind.ACTING,
            ActedSeat.of(cast.head.memberships[0]),
            cast.other_head,
            "12/2567",
            starts_on,
            ends_on,
        )
        return enter(order, actor=by or cast.coordinator, at=NOW)


def test_both_hear_at_once_of_an_order_of_today(cast: Cast) -> None:
    entered(cast, TODAY)

    assert told() == [(STARTS, "other_head"), (STARTS, "head")]


def test_an_order_of_a_coming_day_is_told_on_that_day_once(cast: Cast) -> None:
    entered(cast, FRIDAY)
    the_day_comes(cast, FRIDAY - DAY)
    before = told()

    the_day_comes(cast, FRIDAY)
    the_day_comes(cast, FRIDAY)

    assert before == []
    assert told() == [(STARTS, "other_head"), (STARTS, "head")]


@pytest.mark.parametrize("starts_on", [SATURDAY, SUNDAY])
def test_an_order_of_a_free_day_is_told_on_the_last_working_day_before(cast: Cast, starts_on: date) -> None:
    entered(cast, starts_on)

    the_day_comes(cast, FRIDAY)

    assert told() == [(STARTS, "other_head"), (STARTS, "head")]


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY])
def test_nobody_is_told_on_a_free_day(cast: Cast, day: date) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, cast.head, starts_on=day)

    the_day_comes(cast, day)

    assert told() == []


def test_the_last_day_is_told_too(cast: Cast) -> None:
    entered(cast, TODAY, ends_on=SUNDAY)

    the_day_comes(cast, FRIDAY)

    assert told()[2:] == [(ENDS, "other_head"), (ENDS, "head")]


def test_an_order_that_ends_early_is_told_at_once_and_not_again(cast: Cast) -> None:
    order = entered(cast, TODAY, ends_on=FRIDAY)

    with transaction():
        end_early(order, TODAY, actor=cast.coordinator, at=NOW)
    the_day_comes(cast, TODAY + DAY)
    the_day_comes(cast, FRIDAY)

    assert told()[2:] == [(ENDS, "other_head"), (ENDS, "head")]


def test_what_was_missed_is_made_up_for(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, cast.head, starts_on=FRIDAY)

    the_day_comes(cast, MONDAY)

    assert told() == [(STARTS, "other_head"), (STARTS, "head")]


def test_an_order_that_is_over_before_anybody_was_told_is_told_as_ended(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, cast.head, starts_on=FRIDAY, ends_on=FRIDAY)

    the_day_comes(cast, MONDAY)

    assert told() == [(ENDS, "other_head"), (ENDS, "head")]


def test_an_order_of_long_ago_is_told_no_more(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, cast.head)

    the_day_comes(cast, MONDAY)

    assert told() == []


def test_the_holder_who_enters_the_order_knows_of_it(cast: Cast) -> None:
    entered(cast, FRIDAY, by=cast.head)

    the_day_comes(cast, FRIDAY)

    assert told() == [(STARTS, "other_head")]


def test_a_vacant_seat_has_nobody_else_to_tell(cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, kind=ActingKind.IN_POSITION, starts_on=FRIDAY)

    the_day_comes(cast, FRIDAY)

    assert told() == [(STARTS, "other_head")]


def test_an_order_can_be_taken_back_after_it_was_told(cast: Cast) -> None:
    order = entered(cast, SATURDAY)
    the_day_comes(cast, FRIDAY)
    afternoon: datetime = bangkok_moment(FRIDAY, 15)

    with transaction():
        withdraw(order, actor=cast.coordinator, at=afternoon)

    assert told() == []


def test_after_one_was_taken_back_the_next_is_told_in_a_mail_of_its_own(cast: Cast) -> None:
    order = entered(cast, SATURDAY)
    the_day_comes(cast, FRIDAY)
    for mail in db.session.scalars(sa.select(OutboxMessage)):
        mail.state = MessageState.DROPPED  # its turn came, and nothing of it was true any more
    db.session.commit()
    with transaction():
        withdraw(order, actor=cast.coordinator, at=bangkok_moment(FRIDAY, 9))

    entered(cast, SATURDAY)
    the_day_comes(cast, FRIDAY)

    assert told() == [(STARTS, "other_head"), (STARTS, "head")]
    states = [notice.message.state for notice in db.session.scalars(sa.select(Notice)) if notice.message]
    assert states == [MessageState.PENDING, MessageState.PENDING]
