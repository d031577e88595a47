"""Progress reports: the working copy, the versions that were submitted, and the decisions on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.states import EDITABLE, ReportState, WorkStatus
from ita_flow.extensions import Base, stored_enum
from ita_flow.models.deciding import Decidable, SeatDecision, rules_of_a_decision
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import User
from ita_flow.models.tasks import Task

report_authors = Table(
    "report_authors",
    Base.metadata,
    Column("report_id", ForeignKey("progress_reports.id"), primary_key=True),
    Column("user_id", ForeignKey("users.id"), primary_key=True),
)

report_evidence = Table(
    "report_evidence",
    Base.metadata,
    Column("report_id", ForeignKey("progress_reports.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
)

version_evidence = Table(
    "version_evidence",
    Base.metadata,
    Column("report_version_id", ForeignKey("report_versions.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True, index=True),
)


class ProgressReport(Base):
    """A report on a task: what the officers write, until it is submitted as a version and decided.

    Its text fields are the working copy; what is decided on is always a ``ReportVersion``.
    """

    __tablename__ = "progress_reports"
    __table_args__ = (
        UniqueConstraint("task_id", "number"),
        UniqueConstraint("agency_id", "id"),
        ForeignKeyConstraint(["agency_id", "task_id"], ["tasks.agency_id", "tasks.id"]),
        CheckConstraint("state NOT IN ('submitted', 'approved') OR version > 0", name="submitted_has_a_version"),
        CheckConstraint(
            "claimed_status IS NULL OR claimed_status NOT IN ('cancelled', 'unfinished')",
            name="nobody_claims_cancelled",
        ),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 95", name="a_hundred_only_when_approved"),
        Index(
            "uq_progress_reports_one_open",
            "task_id",
            unique=True,
            sqlite_where=sa.text("state <> 'approved'"),
            postgresql_where=sa.text("state <> 'approved'"),
        ),
        Index("ix_progress_reports_agency_state", "agency_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    task_id: Mapped[int] = mapped_column()
    number: Mapped[int]
    state: Mapped[ReportState] = mapped_column(stored_enum(ReportState), default=ReportState.DRAFT)
    version: Mapped[int] = mapped_column(default=0)
    """The newest version submitted; 0 before the first."""

    claimed_status: Mapped[WorkStatus | None] = mapped_column(stored_enum(WorkStatus))
    done_steps: Mapped[list[Any]] = mapped_column(default=list)
    """Positions of the steps that are ticked."""

    percent: Mapped[int | None] = mapped_column()
    """The officer's own estimate, asked only where the method is one single step."""

    text: Mapped[str] = mapped_column(sa.Text, default="")
    obstacles: Mapped[str] = mapped_column(sa.Text, default="")
    advice: Mapped[str] = mapped_column(sa.Text, default="")
    saved_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}

    task: Mapped[Task] = relationship(primaryjoin=lambda: ProgressReport.task_id == Task.id, foreign_keys=[task_id])
    authors: Mapped[list[User]] = relationship(secondary=report_authors, order_by=User.id)
    evidence: Mapped[list[Evidence]] = relationship(secondary=report_evidence, order_by=Evidence.id)
    versions: Mapped[list[ReportVersion]] = relationship(
        back_populates="report",
        order_by="ReportVersion.version",
        primaryjoin=lambda: ReportVersion.report_id == ProgressReport.id,
        foreign_keys=lambda: ReportVersion.report_id,
    )

    @property
    def current(self) -> ReportVersion | None:
        """The version on which the seats decide, or which they decided on."""
        return self.versions[-1] if self.versions else None

    @property
    def seat_to_decide(self) -> ChainSeat | None:
        """Whose turn it is: nobody's unless the report is submitted."""
        if self.state is not ReportState.SUBMITTED or self.current is None:
            return None
        return self.current.seat_to_decide

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE


class ReportVersion(Decidable["Decision"], Base):
    """What was submitted, exactly, with the seats that decide on it. Only ever added."""

    __tablename__ = "report_versions"
    __table_args__ = (
        UniqueConstraint("report_id", "version"),
        UniqueConstraint("id", "submitted_by_id"),
        ForeignKeyConstraint(["agency_id", "report_id"], ["progress_reports.agency_id", "progress_reports.id"]),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        CheckConstraint("claimed_status NOT IN ('cancelled', 'unfinished')", name="nobody_claims_cancelled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    report_id: Mapped[int] = mapped_column()
    version: Mapped[int]
    claimed_status: Mapped[WorkStatus] = mapped_column(stored_enum(WorkStatus))
    percent: Mapped[int]
    done_steps: Mapped[list[Any]]
    text: Mapped[str] = mapped_column(sa.Text)
    obstacles: Mapped[str] = mapped_column(sa.Text)
    advice: Mapped[str] = mapped_column(sa.Text)
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    report: Mapped[ProgressReport] = relationship(
        back_populates="versions",
        primaryjoin=lambda: ReportVersion.report_id == ProgressReport.id,
        foreign_keys=[report_id],
    )
    submitted_by: Mapped[User] = relationship()
    evidence: Mapped[list[Evidence]] = relationship(secondary=version_evidence, order_by=Evidence.id)
    decisions: Mapped[list[Decision]] = relationship(
        back_populates="report_version",
        order_by="Decision.id",
        primaryjoin=lambda: Decision.report_version_id == ReportVersion.id,
        foreign_keys=lambda: Decision.report_version_id,
    )

    @property
    def author_ids(self) -> Sequence[int]:
        return [author.id for author in self.report.authors]

    @property
    def over(self) -> Task:
        return self.report.task

    @property
    def is_final(self) -> bool:
        return self.claimed_status is WorkStatus.DONE


class Decision(SeatDecision, Base):
    """What a seat decided on a version. Only ever added; the database too refuses a decision on one's own."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("report_version_id", "seat_number", "round"),
        ForeignKeyConstraint(
            ["report_version_id", "submitted_by_id"],
            ["report_versions.id", "report_versions.submitted_by_id"],
            name="fk_decisions_submitter",
        ),
        *rules_of_a_decision("decisions"),
    )

    report_version_id: Mapped[int] = mapped_column()

    report_version: Mapped[ReportVersion] = relationship(
        back_populates="decisions",
        primaryjoin=lambda: Decision.report_version_id == ReportVersion.id,
        foreign_keys=[report_version_id],
    )
