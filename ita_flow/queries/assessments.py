"""Assessments as they are read: one year with its indicators and findings."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding
from ita_flow.models.people import Agency


def assessment_of(agency: Agency, year: int) -> Assessment | None:
    """The assessment of that year (BE) with its scores, findings and the items these cite."""
    chosen = (
        sa.select(Assessment)
        .where(Assessment.agency_id == agency.id, Assessment.year == year)
        .options(selectinload(Assessment.indicators), selectinload(Assessment.findings).selectinload(Finding.items))
    )
    return db.session.scalar(chosen)
