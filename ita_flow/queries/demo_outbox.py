"""The outbox as a demo shows it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.extensions import db
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import Agency

SHOWN = 50


def newest_messages(agency: Agency) -> Sequence[OutboxMessage]:
    """The agency's newest mails with their recipients, sent or still waiting."""
    chosen = (
        sa.select(OutboxMessage)
        .where(OutboxMessage.agency_id == agency.id)
        .options(joinedload(OutboxMessage.recipient))
        .order_by(OutboxMessage.id.desc())
        .limit(SHOWN)
    )
    return db.session.scalars(chosen).all()
