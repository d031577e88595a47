"""Choosing which mails come less often."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from ita_flow.database import insert_missing
from ita_flow.domain.notices import LESS_OFTEN, MailOption
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.reminders import MailChoice
from ita_flow.queries.mail_choices import declined_by
from ita_flow.workflow import audit


def choose_mails(person: User, less: Collection[MailOption], usual: Collection[MailOption], *, at: datetime) -> None:
    """From now on the person has the kinds in ``less`` less often and those in ``usual`` as usual.

    Other kinds stay as they were chosen; what changes nothing leaves no trace.
    """
    begun = _decline(person, less, at)
    ended = _take_up_again(person, usual)
    if begun or ended:
        after = declined_by(person)
        before = after - begun | ended
        audit.record(
            "mail.chosen",
            person.agency_id,
            f"user:{person.id}",
            at=at,
            actor=person,
            before={"fewer_mails": sorted(option.value for option in before)},
            after={"fewer_mails": sorted(option.value for option in after)},
        )


def _decline(person: User, options: Collection[MailOption], at: datetime) -> set[MailOption]:
    """The kinds that were not declined before; when two ask at once, one of them is told of it."""
    rows = [
        {"user_id": person.id, "option": option, "frequency": LESS_OFTEN[option], "chosen_at": at}
        for option in sorted(options)
    ]
    return {row.option for row in insert_missing(MailChoice, rows)} if rows else set()


def _take_up_again(person: User, options: Collection[MailOption]) -> set[MailOption]:
    """The kinds that were declined until now."""
    declined = sa.delete(MailChoice).where(MailChoice.user_id == person.id, MailChoice.option.in_(options))
    return set(db.session.scalars(declined.returning(MailChoice.option)))
