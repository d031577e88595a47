"""Reading the record of changes in tests."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent


def events_about(subject: str) -> list[dict[str, Any]]:
    """What was recorded of this subject, the oldest first."""
    chosen = sa.select(AuditEvent.body).where(AuditEvent.subject == subject).order_by(AuditEvent.seq)
    return [json.loads(body) for body in db.session.scalars(chosen)]
