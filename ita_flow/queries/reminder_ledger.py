"""The ledger as people read it: every scheduled mail of some days, what became of it, and those still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.reminder_ledger import LONGEST_SPAN, SHOWN_AHEAD, LedgerState
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import Agency
from ita_flow.queries.due_reminders import ExpectedMail
from ita_flow.queries.pages import nearest_page
from ita_flow.queries.reminder_rows import LedgerRow, expected_row, is_scheduled, recorded
from ita_flow.queries.reminders import expected_mails

A_PAGE = 50
SHOWN = (MessageKind.CHASE, MessageKind.REMINDER)


@dataclass(frozen=True)
class LedgerPage:
    """One page of a list of mails; pages are counted from 1."""

    rows: Sequence[LedgerRow]
    count: int
    number: int
    pages: int


def page_of(rows: Sequence[LedgerRow], number: int) -> LedgerPage:
    """That page of these mails, or the nearest there is."""
    shown, pages = nearest_page(number, len(rows), A_PAGE)
    return LedgerPage(rows[(shown - 1) * A_PAGE : shown * A_PAGE], len(rows), shown, pages)


def ledger(
    agency: Agency, first_day: date, last_day: date, today: date, *, is_rehearsal: bool = False
) -> list[LedgerRow]:
    """The mails of these days: what was promised so far, and from ``today`` on what will be if nothing changes.

    A constant number of statements. In a rehearsal also days that are over are foretold, as far as they come after
    all that was ever promised: so a year can be looked at before the office's clock reaches it, or after.
    """
    rows = recorded(agency, first_day, last_day)
    begin = _foretold_from(agency, first_day, last_day, today, is_rehearsal)
    if begin:
        expected = expected_mails(agency, begin, last_day)
        rows = _joined(rows, [mail for mail in expected if mail.send_on >= first_day])
    return sorted(rows, key=lambda row: row.send_on)


def coming(agency: Agency, today: date) -> list[LedgerRow]:
    """The mails of the next two weeks, today's among them as far as they have not left."""
    rows = ledger(agency, today, today + SHOWN_AHEAD, today)
    return [row for row in rows if row.state is LedgerState.PLANNED]


def mail_of(agency_id: int, message_id: int) -> OutboxMessage | None:
    """A scheduled mail of the agency with its texts, or one that a coordinator asked for."""
    is_shown = sa.and_(OutboxMessage.agency_id == agency_id, OutboxMessage.kind.in_(SHOWN))
    chosen = sa.select(OutboxMessage).where(OutboxMessage.id == message_id, is_shown)
    return db.session.scalars(chosen.options(joinedload(OutboxMessage.recipient))).one_or_none()


def _foretold_from(agency: Agency, first_day: date, last_day: date, today: date, is_rehearsal: bool) -> date | None:
    """The first day of which more may be promised, for what it says is known to the next; None where all is over."""
    begin = today
    if last_day < today:
        promised = sa.select(sa.func.max(OutboxMessage.speaks_on)).where(*is_scheduled(agency.id))
        begin = db.session.scalar(promised) or first_day
    may_be_promised = begin <= last_day and (is_rehearsal or last_day >= today)
    return max(begin, first_day - timedelta(days=LONGEST_SPAN)) if may_be_promised else None


def _takes_more(row: LedgerRow) -> bool:
    """Whether more of the same day goes into this mail, which was promised and still waits."""
    is_waiting = row.message is not None and row.state is LedgerState.PLANNED
    return is_waiting and not any(line.asked_by for line in row.lines)


def _joined(rows: Sequence[LedgerRow], expected: Sequence[ExpectedMail]) -> list[LedgerRow]:
    """What was promised with what is expected: more of the same day goes into the mail that still waits."""
    waiting = {(row.send_on, row.recipient): row for row in rows if _takes_more(row)}
    more = {(row.send_on, row.recipient): row for row in map(expected_row, expected)}
    fuller = [
        replace(row, lines=[*row.lines, *more[row.send_on, row.recipient].lines])
        if waiting.get((row.send_on, row.recipient)) is row and (row.send_on, row.recipient) in more
        else row
        for row in rows
    ]
    return fuller + [row for key, row in more.items() if key not in waiting]
