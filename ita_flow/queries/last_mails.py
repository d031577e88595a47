"""The mail that last spoke of a task: a reminder of the calendar, or what a coordinator asked by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from ita_flow.domain.reminder_ledger import LedgerState
from ita_flow.extensions import db
from ita_flow.models.chases import Chase
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.reminders import Reminder
from ita_flow.queries.reminder_rows import STATES, LedgerRow


def last_mails(task_ids: Collection[int]) -> Mapping[int, LedgerRow]:
    """By its id, for each task of which a mail ever spoke; one statement. What was dropped never spoke."""
    said = sa.union_all(
        *(
            sa.select(line.task_id.label("task_id"), line.message_id.label("message_id")).where(
                line.task_id.in_(task_ids), line.message_id.is_not(None)
            )
            for line in (Reminder, Chase)
        )
    ).subquery()
    newest = (
        sa.select(said.c.task_id, sa.func.max(said.c.message_id).label("message_id"))
        .join(OutboxMessage, OutboxMessage.id == said.c.message_id)
        .where(OutboxMessage.state != MessageState.DROPPED)
        .group_by(said.c.task_id)
        .subquery()
    )
    texts = [defer(column, raiseload=True) for column in (OutboxMessage.text, OutboxMessage.html)]
    chosen = (
        sa.select(newest.c.task_id, OutboxMessage)
        .join(OutboxMessage, OutboxMessage.id == newest.c.message_id)
        .options(joinedload(OutboxMessage.recipient), *texts)
    )
    return {task_id: _row(message) for task_id, message in db.session.execute(chosen)}


def _row(message: OutboxMessage) -> LedgerRow:
    state = STATES.get(message.state, LedgerState.PLANNED)
    return LedgerRow(message.speaks_on, message.recipient, state, (), message)
