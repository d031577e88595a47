"""The days of an agency: holidays of its own, and the windows of the assessment."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.extensions import Base, stored_enum


class Holiday(Base):
    """A day of which the agency says itself whether it is closed, over the list that comes with the program."""

    __tablename__ = "holidays"
    __table_args__ = (CheckConstraint("name <> ''", name="says_something"),)

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    is_free: Mapped[bool]
    """False for a holiday of the list on which this agency works."""


class AssessmentWindow(Base):
    """Until when something may be done in the assessment of a fiscal year, as its organisers announced it."""

    __tablename__ = "assessment_windows"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "kind"),
        UniqueConstraint("agency_id", "id"),
        CheckConstraint("year BETWEEN 2500 AND 2700", name="buddhist_year"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("version > 0", name="versions_count_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    kind: Mapped[AssessmentWindowKind] = mapped_column(stored_enum(AssessmentWindowKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    """Grows when its end moves, so that a new end reminds anew."""
