"""What a person chose of the mails, and when the next one comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.notices import MailOption
from ita_flow.domain.reminders import SENDING_HOUR, SENDING_MINUTE
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.reminders import MailChoice
from ita_flow.queries.reminder_facts import facts_of
from ita_flow.queries.reminder_forecast import Forecast
from ita_flow.queries.reminders import foretold

LOOKING_AHEAD = timedelta(days=30)


def declined_by(person: User) -> frozenset[MailOption]:
    """The kinds of mail that the person has less often than usual."""
    return frozenset(db.session.scalars(sa.select(MailChoice.option).where(MailChoice.user_id == person.id)))


def next_mail_of(person: User, today: date) -> datetime | None:
    """When the person's next mail of the day goes out if nothing changes; None when there is none within 30 days."""
    last_day = today + LOOKING_AHEAD
    forecast = Forecast(facts_of(person.agency, today, last_day))
    day = today
    while day <= last_day:
        if any(mail.recipient.id == person.id for mail in foretold(forecast, day, day)):
            return bangkok_moment(day, SENDING_HOUR, SENDING_MINUTE)
        day += timedelta(days=1)
    return None


def person_asking(person_id: int) -> User | None:
    """The person of a link that was signed by us, wherever they work."""
    return db.session.get(User, person_id)
