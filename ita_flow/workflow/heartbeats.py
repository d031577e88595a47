"""Leaving a sign of life."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ita_flow.database import insert_missing
from ita_flow.extensions import db
from ita_flow.models.operations import Heartbeat


def beat(name: str, now: datetime) -> None:
    """Note that what is called so runs ``now`` (true clock); two may beat at once."""
    if not insert_missing(Heartbeat, [{"name": name, "beat_at": now}]):
        db.session.execute(sa.update(Heartbeat).where(Heartbeat.name == name).values(beat_at=now))
