"""Signs of life of what runs by itself."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ita_flow.extensions import Base

TIMETABLE = "timetable"


class Heartbeat(Base):
    """When something that runs by itself last did, on the true clock."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    beat_at: Mapped[datetime]
