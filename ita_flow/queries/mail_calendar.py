"""For which tasks a mail brings the due date as a file.

With the assignment, with a later date that was granted, and with the first reminder of a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.reminders import TO_THE_RESPONSIBLE
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageState, OutboxMessage
from ita_flow.models.reminders import Reminder, ReminderRule
from ita_flow.models.tasks import Task
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.notice_mails import News

WITH_A_DATE = (NoticeKind.ASSIGNED, NoticeKind.EXTENDED)


def newly_due(news: Iterable[News], today: date) -> Sequence[Task]:
    """The tasks that became the reader's own, or were given a later date, and are still to come; each once."""
    dated = (one.task for one in news if one.kind in WITH_A_DATE and one.is_own)
    return list(dict.fromkeys(task for task in dated if task and task.due_on >= today))


def first_reminded(message: OutboxMessage, sections: Sections, today: date) -> Sequence[Task]:
    """The tasks still to come of whose due date, as it stands, the recipient has not been reminded before."""
    coming = [line.task for line in sections.due if line.task.due_on >= today]
    before = _reminded_before(message, coming) if coming else ()
    return [task for task in coming if task.id not in before]


def _reminded_before(message: OutboxMessage, tasks: Iterable[Task]) -> frozenset[int]:
    chosen = (
        sa.select(Reminder.task_id)
        .join(Reminder.message)
        .join(Reminder.rule)
        .join(Task, Task.id == Reminder.task_id)
        .where(
            Reminder.recipient_id == message.recipient_id,
            Reminder.task_id.in_([task.id for task in tasks]),
            Reminder.due_version == Task.due_version,
            ReminderRule.trigger.in_(TO_THE_RESPONSIBLE),
            OutboxMessage.id != message.id,
            OutboxMessage.state == MessageState.SENT,
        )
    )
    return frozenset(task_id for task_id in db.session.scalars(chosen) if task_id is not None)
