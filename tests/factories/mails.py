"""Mails in the outbox, as a delivery left them."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.reminders import Capacity
from ita_flow.mail.sender import new_message_id
from ita_flow.models.chases import Chase
from ita_flow.models.outbox import Failure, MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from tests.factories.keeping import kept
from tests.factories.people import NOW

_numbers = itertools.count(1)
REFUSAL = "550 no such person"


def a_mail(
    to: User,
    state: MessageState = MessageState.PENDING,
    failure: Failure | None = None,
    at: datetime = NOW,
    **columns: Any,
) -> OutboxMessage:
    """A mail that says that mails arrive, promised and last tried ``at``, to the address that the person has."""
    has_gone = state is MessageState.SENT
    settled = {
        "speaks_on": bangkok_day(at),
        "next_attempt_at": at,
        "attempted_at": None if state is MessageState.PENDING else at,
        "sent_to": to.email if has_gone or failure is Failure.REFUSED else None,
        "last_error": REFUSAL if failure else None,
        **({"sent_at": at, "subject": "…", "text": "…", "html": "…"} if has_gone else {}),
    }
    return kept(
        OutboxMessage(
            agency_id=to.agency_id,
            key=f"test:{to.id}:{next(_numbers)}",
            kind=MessageKind.TEST,
            recipient_id=to.id,
            message_id=new_message_id(),
            state=state,
            failure=failure,
            created_at=at,
            **{**settled, **columns},
        )
    )


def a_chase(to: User, task: Task, by: User, reason: ChaseReason = ChaseReason.OVERDUE, at: datetime = NOW) -> Chase:
    """Somebody asked about the task, in a mail that is still to go."""
    return kept(
        Chase(
            agency_id=to.agency_id,
            task_id=task.id,
            recipient_id=to.id,
            asked_by_id=by.id,
            reason=reason,
            capacity=Capacity.OFFICER,
            asked_on=bangkok_day(at),
            at=at,
            message_id=a_mail(to).id,
        )
    )
