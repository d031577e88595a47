"""Evidence: a file by the hash of its content, or a link. Rows are only ever added; a newer one supersedes another."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, remote

from ita_flow.domain.files import StoreOutcome
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
        ForeignKeyConstraint(
            ["task_id", "supersedes_id"],
            ["evidence.task_id", "evidence.id"],
            name="fk_evidence_supersedes",
            use_alter=True,  # its key is an index, which is there only when the table is
        ),
        CheckConstraint("(supersedes_id IS NULL) = (supersede_reason IS NULL)", name="superseding_has_a_reason"),
        CheckConstraint("supersede_reason <> ''", name="the_reason_says_something"),
        CheckConstraint("supersedes_id <> id", name="supersedes_another"),
        Index("uq_evidence_task_id_id", "task_id", "id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    task_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[EvidenceKind] = mapped_column(stored_enum(EvidenceKind))
    name: Mapped[str] = mapped_column(sa.String(255))
    url: Mapped[str | None] = mapped_column(sa.String(2000))
    sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    size: Mapped[int | None]
    media_type: Mapped[str | None] = mapped_column(sa.String(100))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]

    supersedes_id: Mapped[int | None] = mapped_column()
    """The earlier evidence in whose place this one stands; that one stays readable."""

    supersede_reason: Mapped[str | None] = mapped_column(sa.String(500))

    added_by: Mapped[User] = relationship()
    supersedes: Mapped[Evidence | None] = relationship(
        primaryjoin=lambda: Evidence.supersedes_id == remote(Evidence.id), foreign_keys=[supersedes_id]
    )
    check: Mapped[EvidenceCheck | None] = relationship(
        primaryjoin=lambda: Evidence.sha256 == EvidenceCheck.sha256,
        foreign_keys=lambda: Evidence.sha256,
        viewonly=True,
        lazy="joined",  # every list of evidence tells what is damaged, and none may pay a statement for it
    )

    @property
    def number(self) -> int:
        """Which version of the piece this is, counted from 1; see ``queries.evidence.load_predecessors``."""
        return self.supersedes.number + 1 if self.supersedes else 1

    @property
    def damage(self) -> StoreOutcome | None:
        """What the worker found wrong with the bytes of this file, if anything."""
        outcome = self.check.outcome if self.check else StoreOutcome.WHOLE
        return None if outcome is StoreOutcome.WHOLE else outcome


class EvidenceCheck(Base):
    """When the bytes under a hash were last read again, and whether they still have that hash."""

    __tablename__ = "evidence_checks"

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[StoreOutcome] = mapped_column(stored_enum(StoreOutcome), index=True)
