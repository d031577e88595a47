"""Last year's assessment: scores, level, ranks, and what the assessor advised."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ita_flow.domain.findings import Channel
from ita_flow.domain.scoring import Instrument, instrument_scores
from ita_flow.extensions import Base, stored_enum


class Assessment(Base):
    """The result of one assessed year (BE) as published. Unknown is NULL, never 0."""

    __tablename__ = "assessments"
    __table_args__ = (
        UniqueConstraint("agency_id", "year"),
        UniqueConstraint("agency_id", "id"),
        CheckConstraint("total IS NULL OR total BETWEEN 0 AND 10000", name="total_in_range"),
        CheckConstraint("year BETWEEN 2500 AND 2700", name="buddhist_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    criteria_year: Mapped[int | None]
    total: Mapped[Decimal | None]
    level: Mapped[str | None] = mapped_column(sa.String(32))
    rank_province: Mapped[int | None]
    rank_national: Mapped[int | None]
    rank_group: Mapped[str | None] = mapped_column(sa.String(200))
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The line of the imported document from which each field was read."""

    indicators: Mapped[list[IndicatorScore]] = relationship(
        back_populates="assessment", order_by="IndicatorScore.number", cascade="all, delete-orphan"
    )
    findings: Mapped[list[Finding]] = relationship(
        back_populates="assessment", order_by="Finding.position", cascade="all, delete-orphan"
    )

    @property
    def scores(self) -> dict[int, Decimal]:
        """The known scores of the ten indicators."""
        return {indicator.number: indicator.score for indicator in self.indicators if indicator.score is not None}

    @property
    def instruments(self) -> dict[Instrument, Decimal]:
        return instrument_scores(self.scores)


class IndicatorScore(Base):
    __tablename__ = "indicator_scores"
    __table_args__ = (
        CheckConstraint("number BETWEEN 1 AND 10", name="one_of_ten"),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 10000", name="score_in_range"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    score: Mapped[Decimal | None]
    analysis: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)

    assessment: Mapped[Assessment] = relationship(back_populates="indicators")


class Finding(Base):
    """One piece of advice from the assessor, in the order of the document."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("assessment_id", "channel", "code"),
        UniqueConstraint("assessment_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))
    channel: Mapped[Channel] = mapped_column(stored_enum(Channel))
    position: Mapped[int]
    """Place in the document, over all channels."""

    sequence: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(8))
    title: Mapped[str] = mapped_column(sa.Text, default="")
    issue: Mapped[str] = mapped_column(sa.Text)
    advice: Mapped[str] = mapped_column(sa.Text)
    response: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)

    assessment: Mapped[Assessment] = relationship(back_populates="findings")
    items: Mapped[list[FindingItem]] = relationship(order_by="FindingItem.position", cascade="all, delete-orphan")


class FindingItem(Base):
    """An item of public disclosure that a finding cites; its code belongs to the assessed year."""

    __tablename__ = "finding_items"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(sa.String(8), index=True)
