"""What the record tells of one subject."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent


def deeds_on(agency_id: int, subject: str) -> Iterator[dict[str, Any]]:
    """What was done to this subject, such as ``task:12``, the newest first."""
    chosen = (
        sa.select(AuditEvent.body)
        .where(AuditEvent.agency_id == agency_id, AuditEvent.subject == subject)
        .order_by(AuditEvent.seq.desc())
    )
    return (json.loads(body) for body in db.session.scalars(chosen))
