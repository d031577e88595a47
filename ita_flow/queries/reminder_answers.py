"""Why a person got a mail about reminders on a day, or none: the short answer, and the facts that explain it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.reminder_answers import Fact, Told, Verdict
from ita_flow.domain.reminder_ledger import LedgerState
from ita_flow.domain.reminders import IN_PLACE_OF_OFFICERS, TO_THE_RESPONSIBLE, is_time_to_remind
from ita_flow.extensions import db
from ita_flow.models.outbox import Failure
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.reminder_rows import LedgerLine, LedgerRow
from ita_flow.queries.reminder_search import Question, Search
from ita_flow.queries.reminder_silence import Silence

VERDICTS = {
    LedgerState.SENT: Verdict.GOT,
    LedgerState.PLANNED: Verdict.WAITS,
    LedgerState.FAILED: Verdict.FAILED,
}
"""The most telling first, where a day has several."""


@dataclass(frozen=True)
class ReminderAnswer:
    """The short answer, the mail in question if there is one, and what explains it."""

    question: Question
    verdict: Verdict
    row: LedgerRow | None
    facts: Sequence[Told]

    @property
    def lines(self) -> Sequence[LedgerLine]:
        """What the mail says of the task, or all that it says."""
        return self.question.lines_of(self.row) if self.row else ()


def answer(question: Question, at: datetime, *, is_silent: bool) -> ReminderAnswer:
    """The answer at a moment of the office; ``is_silent``: what runs by itself does not run just now."""
    search = Search(question, at)
    rows = search.rows_of_the_day()
    about = [row for row in rows if question.is_about(row)]
    for state in VERDICTS:
        for row in about:
            if row.state is state:
                return ReminderAnswer(question, _verdict_of(row), row, [*_about(row, search, is_silent)])
    verdict = Verdict.WILL_NOT_GET if question.day > search.today else Verdict.NONE
    return ReminderAnswer(question, verdict, next(iter(about), None), [*Silence(search, rows).reasons()])


def people_to_ask_about(agency: Agency) -> Sequence[User]:
    """Everybody of the agency, in the order of the dictionary."""
    people = db.session.scalars(sa.select(User).where(User.agency_id == agency.id))
    return sorted(people, key=lambda person: (sorting_key(person.name), person.id))


def tasks_to_ask_about(agency: Agency) -> Sequence[Task]:
    """The tasks of all plans in force, the newest year first."""
    chosen = (
        sa.select(Task)
        .join(Task.measure)
        .join(Measure.plan)
        .where(Task.agency_id == agency.id, is_in_force())
        .options(contains_eager(Task.measure).contains_eager(Measure.plan), joinedload(Task.division))
        .order_by(Plan.year.desc(), Measure.number, Task.id)
    )
    return db.session.scalars(chosen).all()


def _verdict_of(row: LedgerRow) -> Verdict:
    is_foretold = row.state is LedgerState.PLANNED and row.message is None
    return Verdict.WILL_GET if is_foretold else VERDICTS[row.state]


def _about(row: LedgerRow, search: Search, is_silent: bool) -> Iterator[Told]:
    """What is to be told of a mail that went out, waits, or was not taken."""
    if row.sent_at:
        yield Told(Fact.SENT, {"address": row.address, "moment": row.sent_at})
    if row.message and row.message.failure is Failure.UNREACHABLE and row.state is LedgerState.PLANNED:
        yield Told(Fact.SERVER_AWAY)
    elif row.server_said:
        yield Told(Fact.SERVER_SAID, {"words": row.server_said})
    yield from _capacities(search.question.lines_of(row))
    if row.message is None and row.send_on == search.today and is_time_to_remind(search.at):
        yield Told(Fact.NOT_RUNNING if is_silent else Fact.LATE_TODAY)


def _capacities(lines: Sequence[LedgerLine]) -> Iterator[Told]:
    for capacity in dict.fromkeys(line.capacity for line in lines):
        yield Told(Fact.AS, {"capacity": capacity})
    meant_for_officers = [line for line in lines if line.occasion.rule.trigger in TO_THE_RESPONSIBLE]
    if any(line.capacity in IN_PLACE_OF_OFFICERS for line in meant_for_officers):
        yield Told(Fact.NOBODY_ASSIGNED)
