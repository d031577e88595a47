"""Evidence: a file by the hash of its content, or a link. Rows are only ever added."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.extensions import Base, stored_enum
from ita_flow.models.people import User


class EvidenceKind(StrEnum):
    FILE = "file"
    LINK = "link"


class Evidence(Base):
    """A file or a link that shows what was done for a task."""

    __tablename__ = "evidence"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"]),
        CheckConstraint(
            "(kind = 'file') = (sha256 IS NOT NULL AND size IS NOT NULL AND media_type IS NOT NULL)",
            name="files_have_content",
        ),
        CheckConstraint("(kind = 'link') = (url IS NOT NULL)", name="links_have_an_address"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    task_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[EvidenceKind] = mapped_column(stored_enum(EvidenceKind))
    name: Mapped[str] = mapped_column(sa.String(255))
    url: Mapped[str | None] = mapped_column(sa.String(2000))
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    size: Mapped[int | None]
    media_type: Mapped[str | None] = mapped_column(sa.String(100))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]

    added_by: Mapped[User] = relationship()
