"""A question about a mail of reminders, with all that was read to answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.reminder_ledger import LONGEST_SPAN
from ita_flow.extensions import db
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.reminder_facts import Facts, facts_of
from ita_flow.queries.reminder_forecast import Forecast
from ita_flow.queries.reminder_rows import LedgerLine, LedgerRow, expected_row, recorded
from ita_flow.queries.reminders import foretold

LOOKING_AHEAD = timedelta(days=45)
"""How far the next mail is looked for."""

AFTER_THE_DUE_DATE = timedelta(days=60)


@dataclass(frozen=True)
class Question:
    """Of whom, of which task if any, and of which day it is asked."""

    person: User
    task: Task | None
    day: date

    def is_about(self, row: LedgerRow) -> bool:
        return self.task is None or row.is_about(self.task.id)

    def lines_of(self, row: LedgerRow) -> Sequence[LedgerLine]:
        """What the mail says of the task, or all that it says."""
        return [line for line in row.lines if self.task is None or line.task is self.task]


class Search:
    """One question, asked at a moment of the office."""

    def __init__(self, question: Question, at: datetime) -> None:
        self.question, self.at, self.today = question, at, bangkok_day(at)
        self.facts = self._read()
        self.expected = [
            expected_row(mail)
            for mail in foretold(Forecast(self.facts), self.today, self._horizon)
            if mail.recipient is question.person
        ]
        """The mails to the person that are still to come."""

    def rows_of_the_day(self) -> list[LedgerRow]:
        """What is recorded for the person that day, and what is still to come."""
        person, day = self.question.person, self.question.day
        known = recorded(person.agency, day, day, of=person.id)
        return [*known, *(row for row in self.expected if row.send_on == day)]

    def following(self) -> LedgerRow | None:
        """The first mail after that day that is still to come."""
        asked = self.question
        return next((row for row in self.expected if row.send_on > asked.day and asked.is_about(row)), None)

    def day_of_a_mail(self, *conditions: sa.ColumnElement[bool], newest: bool = False) -> date | None:
        """The first or the newest such mail to the person, about the task if one is asked about."""
        chosen = sa.select(OutboxMessage.speaks_on).select_from(Reminder).join(Reminder.message)
        chosen = chosen.where(Reminder.recipient_id == self.question.person.id, *conditions)
        if self.question.task:
            chosen = chosen.where(Reminder.task_id == self.question.task.id)
        order = OutboxMessage.speaks_on.desc() if newest else OutboxMessage.speaks_on
        return db.session.scalar(chosen.order_by(order).limit(1))

    def _read(self) -> Facts:
        task, first_day = self.question.task, min(self.question.day, self.today)
        facts = facts_of(self.question.person.agency, first_day, self._horizon)
        return replace(facts, tasks=[one for one in facts.tasks if one.task is task]) if task else facts

    @property
    def _horizon(self) -> date:
        """The last day that is looked at."""
        farther = max(self.question.day, self.today)
        until = farther + LOOKING_AHEAD
        if self.question.task:
            until = max(until, self.question.task.due_on + AFTER_THE_DUE_DATE)
        return min(until, farther + timedelta(days=LONGEST_SPAN))
