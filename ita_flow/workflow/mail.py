"""Trying out whether mails arrive."""

from __future__ import annotations

import secrets
from datetime import datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.mail import outbox
from ita_flow.models.outbox import MessageKind
from ita_flow.models.people import User
from ita_flow.queries.mail import WAITING, last_test_of
from ita_flow.workflow import audit


def send_test(person: User, *, at: datetime, now: datetime) -> None:
    """Promise the person a mail that says that mails arrive, unless an earlier one still waits to be sent."""
    earlier = last_test_of(person)
    if earlier and earlier.state in WAITING:
        return
    key = f"test:{person.id}:{secrets.token_hex(8)}"
    outbox.enqueue(MessageKind.TEST, key, person, bangkok_day(at), now)
    audit.record("mail.tested", person.agency_id, f"user:{person.id}", at=at, actor=person)
