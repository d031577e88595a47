"""The record of every change: a chain of hashes for each agency, in which nothing can be altered unseen."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ita_flow.extensions import Base


class AuditHead(Base):
    """The end of an agency's chain; locked last in each transaction, so that the chain never forks."""

    __tablename__ = "audit_heads"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64))


class AuditEvent(Base):
    """Something that somebody did. ``body`` is kept and hashed as text, so that nothing is re-written to verify it."""

    __tablename__ = "audit_events"
    __table_args__ = (UniqueConstraint("agency_id", "prev"), Index("ix_audit_events_subject", "agency_id", "subject"))

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    prev: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))
    body: Mapped[str] = mapped_column(sa.Text)
    subject: Mapped[str] = mapped_column(sa.String(64))
    """What the event is about, such as ``task:12``: a copy out of the body, to find it by."""
