"""Bad luck that would make a mail come twice, late or never: a holiday moved, a clock set back, a crowded morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.mail import outbox
from ita_flow.mail.carriers import DemoCarrier
from ita_flow.mail.delivery import deliver
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.reminders import Reminder
from ita_flow.workflow.holidays import add_holiday, remove_holiday
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import NOW, TODAY, Cast, a_mail, a_report, a_user, one_commit, reminder_rules

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WEDNESDAY = date(2024, 3, 20)
A_MINUTE = 10


def a_morning(cast: Cast, day: date) -> None:
    """Promised and sent, as the timetable does it."""
    at = bangkok_moment(day, 8, 30)
    with transaction():
        plan_reminders(cast.agency, day, at=at, now=at)
    deliver(DemoCarrier(), now=lambda: at, at=lambda: at)


def days_told() -> list[date]:
    return list(db.session.scalars(sa.select(Reminder.planned_for).order_by(Reminder.id)))


def sent_at(now: datetime) -> int:
    return deliver(DemoCarrier(), now=lambda: now, at=lambda: now, a_minute=A_MINUTE).sent


def test_a_decision_is_called_slow_once_though_a_holiday_moves_the_day(cast: Cast) -> None:
    reminder_rules(cast.agency, Rule(Trigger.SLOW_DECISION))
    a_report(cast.task, cast.officer)
    mornings = [TODAY + number * DAY for number in range(14)]
    for day in mornings[:7]:
        a_morning(cast, day)
    before = days_told()

    with transaction():
        add_holiday(cast.agency, WEDNESDAY, "วันหยุดพิเศษ", actor=cast.coordinator, at=NOW)
    for day in mornings[7:10]:
        a_morning(cast, day)
    with transaction():
        remove_holiday(cast.agency, WEDNESDAY, actor=cast.coordinator, at=NOW)
    for day in mornings[10:]:
        a_morning(cast, day)

    assert len(before) == 1
    assert days_told() == before


def test_the_next_report_that_waits_as_long_is_called_slow_anew(cast: Cast) -> None:
    reminder_rules(cast.agency, Rule(Trigger.SLOW_DECISION))
    first = a_report(cast.task, cast.officer)
    for number in range(7):
        a_morning(cast, TODAY + number * DAY)
    first.state = ReportState.APPROVED
    a_report(cast.task, cast.officer, at=bangkok_moment(TODAY + 7 * DAY, 10))

    for number in range(7, 14):
        a_morning(cast, TODAY + number * DAY)

    assert len(days_told()) == 2


@pytest.mark.usefixtures("app")
def test_a_clock_that_is_set_back_does_not_stop_the_mails_for_a_day(cast: Cast) -> None:
    with one_commit():
        for _ in range(A_MINUTE):
            a_mail(cast.officer)
    ahead = sent_at(NOW)
    back = NOW - DAY
    with one_commit():
        a_mail(cast.officer, at=back)

    assert (ahead, sent_at(back)) == (A_MINUTE, 1)


def test_an_invitation_leaves_before_a_crowd_of_reminders(cast: Cast) -> None:
    with one_commit():
        for _ in range(3 * A_MINUTE):
            a_mail(cast.officer).kind = MessageKind.REMINDER
    with transaction():
        outbox.enqueue(MessageKind.INVITE, "invite:new", a_user(cast.agency), TODAY, NOW + MINUTE)

    with transaction():
        lease = outbox.claim(NOW + MINUTE, limit=A_MINUTE)

    invitation = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.key == "invite:new")).one()
    assert (invitation.id, invitation.state) == (lease.message_ids[0], MessageState.LEASED)
