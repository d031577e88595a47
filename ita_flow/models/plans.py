"""The plan of measures of a fiscal year, and the documents from which plans were read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from ita_flow.domain.calendar import FiscalYear, Window, WindowKind, bangkok_day
from ita_flow.domain.states import PlanState
from ita_flow.extensions import Base, stored_enum


class Plan(Base):
    """One version of an agency's plan for a fiscal year (BE)."""

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "version"),
        UniqueConstraint("agency_id", "id"),
        CheckConstraint("year BETWEEN 2500 AND 2700", name="buddhist_year"),
        ForeignKeyConstraint(
            ["agency_id", "supersedes_id"], ["plans.agency_id", "plans.id"], name="fk_plans_supersedes"
        ),
        CheckConstraint(
            "(state IN ('approved', 'published', 'closed')) = (approved_at IS NOT NULL)",
            name="approved_at_iff_approved",
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_iff_closed"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_has_a_moment"),
        CheckConstraint("(published_at IS NULL) = (published_link IS NULL)", name="published_somewhere"),
        CheckConstraint("(supersedes_id IS NULL) = (amendment_reason IS NULL)", name="an_amendment_says_why"),
        CheckConstraint("amendment_reason <> ''", name="the_reason_says_something"),
        CheckConstraint("supersedes_id <> id", name="supersedes_another"),
        Index(
            "uq_plans_one_in_hand",
            "agency_id",
            "year",
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'proposed')"),
            postgresql_where=sa.text("state IN ('draft', 'proposed')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[PlanState] = mapped_column(stored_enum(PlanState), default=PlanState.DRAFT)
    approved_at: Mapped[datetime | None]
    supersedes_id: Mapped[int | None] = mapped_column()
    """The version that this one amends, of the same agency and year."""

    amendment_reason: Mapped[str | None] = mapped_column(sa.Text)
    published_at: Mapped[datetime | None]
    published_link: Mapped[str | None] = mapped_column(sa.Text)
    """Where the agency's own site shows it."""

    closed_at: Mapped[datetime | None]
    has_no_limitations: Mapped[bool] = mapped_column(default=False)
    """The agency declared that it has none; with False and no rows, nothing was said."""

    content_hash: Mapped[str] = mapped_column(sa.String(64))

    areas: Mapped[list[PlanArea]] = relationship(order_by="PlanArea.number", cascade="all, delete-orphan")
    measures: Mapped[list[Measure]] = relationship(
        back_populates="plan",
        order_by="Measure.number",
        cascade="all, delete-orphan",
        primaryjoin=lambda: Measure.plan_id == Plan.id,
        foreign_keys=lambda: Measure.plan_id,
    )
    limitations: Mapped[list[Limitation]] = relationship(order_by="Limitation.position", cascade="all, delete-orphan")

    @property
    def fiscal_year(self) -> FiscalYear:
        return FiscalYear(self.year)

    @property
    def closed_on(self) -> date | None:
        """The day on which the year was closed; None while it is open."""
        return bangkok_day(self.closed_at) if self.closed_at else None


class PlanArea(Base):
    """What the plan says about one of the seven areas before it names measures."""

    __tablename__ = "plan_areas"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 7", name="one_of_seven"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    overview: Mapped[str] = mapped_column(sa.Text, default="")
    analysis: Mapped[str] = mapped_column(sa.Text, default="")
    focus: Mapped[str] = mapped_column(sa.Text, default="")
    items: Mapped[list[Any]] = mapped_column(default=list)
    """The items that the prose names, as ``{"code", "title", "line"}``; the measures hold theirs as rows."""

    source: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Measure(Base):
    """What the agency sets out to do in one area, and until when."""

    __tablename__ = "measures"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        UniqueConstraint("agency_id", "id"),
        ForeignKeyConstraint(["agency_id", "plan_id"], ["plans.agency_id", "plans.id"]),
        ForeignKeyConstraint(
            ["agency_id", "continues_id"], ["measures.agency_id", "measures.id"], name="fk_measures_continues"
        ),
        CheckConstraint("area BETWEEN 1 AND 7", name="one_of_seven"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("title <> ''", name="has_a_title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    plan_id: Mapped[int] = mapped_column()
    number: Mapped[int]
    area: Mapped[int]
    title: Mapped[str] = mapped_column(sa.Text)
    method: Mapped[str] = mapped_column(sa.Text)
    analysis: Mapped[str] = mapped_column(sa.Text, default="")
    responsible_text: Mapped[str] = mapped_column(sa.Text)
    window_text: Mapped[str] = mapped_column(sa.Text)
    window_kind: Mapped[WindowKind] = mapped_column(stored_enum(WindowKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    continues_id: Mapped[int | None] = mapped_column()
    """The measure of the version before, or of the year before, from which this one was made."""

    source: Mapped[dict[str, Any]] = mapped_column(default=dict)

    plan: Mapped[Plan] = relationship(
        back_populates="measures", primaryjoin=lambda: Measure.plan_id == Plan.id, foreign_keys=[plan_id]
    )
    items: Mapped[list[MeasureItem]] = relationship(order_by="MeasureItem.position", cascade="all, delete-orphan")
    continued_by: Mapped[list[Measure]] = relationship(
        primaryjoin=lambda: Measure.id == remote(foreign(Measure.continues_id))
    )
    """The measures that were made from this one: when it goes, they forget it."""

    @property
    def window(self) -> Window:
        return Window(self.window_kind, self.starts_on, self.ends_on)


class MeasureItem(Base):
    """An item of public disclosure that a measure rests on. A code means something only with its year."""

    __tablename__ = "measure_items"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(8), index=True)
    title: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)


class OitItem(Base):
    """What a code of public disclosure means in one year (BE), as the ITA's own catalogue of that year says."""

    __tablename__ = "oit_items"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2500 AND 2700", name="buddhist_year"),
        CheckConstraint("title <> ''", name="has_a_title"),
    )

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    title: Mapped[str] = mapped_column(sa.Text)


class Limitation(Base):
    """A limitation that the agency named, with its analysis and what is suggested."""

    __tablename__ = "limitations"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    limitation: Mapped[str] = mapped_column(sa.Text)
    analysis: Mapped[str] = mapped_column(sa.Text, default="")
    suggestion: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportJob(Base):
    """A document that was read into a plan: its bytes stand in the store under their SHA-256."""

    __tablename__ = "import_jobs"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "plan_id"], ["plans.agency_id", "plans.id"]),
        Index("ix_import_jobs_plan_at", "plan_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    plan_id: Mapped[int] = mapped_column()
    file_name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
    issues: Mapped[list[ImportIssue]] = relationship(order_by="ImportIssue.position", cascade="all, delete-orphan")


class ImportDraft(Base):
    """A document in hand: brought in and looked at, nothing of it in the plan until a person confirms.

    Its bytes stand in the store under their SHA-256; it is read anew with the corrections whenever it is looked at.
    """

    __tablename__ = "import_drafts"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "brought_by_id"], ["users.agency_id", "users.id"]),
        CheckConstraint("year BETWEEN 2500 AND 2700", name="buddhist_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    file_name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    brought_by_id: Mapped[int] = mapped_column()
    at: Mapped[datetime]
    corrections: Mapped[list[Any]] = mapped_column(default=list)
    """What people decided on doubts, as ``{"line", "found", "replacement"}``."""

    unit_names: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Names of divisions as read, each with the name of the division that is meant."""


class ImportIssue(Base):
    """A repair that was made, or a doubt that a person should look at, with its place in the document."""

    __tablename__ = "import_issues"

    import_job_id: Mapped[int] = mapped_column(ForeignKey("import_jobs.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(32))
    line: Mapped[int | None]
    original: Mapped[str] = mapped_column(sa.Text)
    suggestion: Mapped[str] = mapped_column(sa.Text)
