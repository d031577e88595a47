"""Assessments as they are read: one year with its indicators and findings."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding
from ita_flow.models.people import Agency


def assessment_of(agency: Agency, year: int) -> Assessment | None:
    """The assessment of that year (BE) with its scores, findings and the items these cite."""
    return db.session.scalars(_whole(agency.id).where(Assessment.year == year)).unique().one_or_none()


def assessments_of(agency_id: int) -> Sequence[Assessment]:
    """All assessments of the agency, the earliest first, each with all that it says."""
    return db.session.scalars(_whole(agency_id).order_by(Assessment.year)).unique().all()


def _whole(agency_id: int) -> sa.Select[Assessment]:
    """In one statement: ten indicators and a dozen findings make few rows together."""
    findings = joinedload(Assessment.findings).joinedload(Finding.items)
    chosen = sa.select(Assessment).where(Assessment.agency_id == agency_id)
    return chosen.options(joinedload(Assessment.indicators), findings)


def finding_of(agency: Agency, year: int, finding_id: int) -> Finding | None:
    """A finding of that year's assessment (BE) with the items that it cites."""
    chosen = (
        sa.select(Finding)
        .join(Finding.assessment)
        .where(Finding.id == finding_id, Assessment.agency_id == agency.id, Assessment.year == year)
        .options(selectinload(Finding.items))
    )
    return db.session.scalar(chosen)
