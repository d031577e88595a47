"""Assessments as they are read: one year with its indicators and findings."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding
from ita_flow.models.people import Agency


def assessment_of(agency: Agency, year: int) -> Assessment | None:
    """The assessment of that year (BE) with its scores, findings and the items these cite."""
    chosen = (
        sa.select(Assessment)
        .where(Assessment.agency_id == agency.id, Assessment.year == year)
        .options(joinedload(Assessment.indicators), selectinload(Assessment.findings).joinedload(Finding.items))
    )
    return db.session.scalars(chosen).unique().one_or_none()


def finding_of(agency: Agency, year: int, finding_id: int) -> Finding | None:
    """A finding of that year's assessment (BE) with the items that it cites."""
    chosen = (
        sa.select(Finding)
        .join(Finding.assessment)
        .where(Finding.id == finding_id, Assessment.agency_id == agency.id, Assessment.year == year)
        .options(selectinload(Finding.items))
    )
    return db.session.scalar(chosen)
