"""The windows of the assessment: those of a year, and those that have not closed yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.extensions import db
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Agency


def windows_of_year(agency: Agency, year: int) -> Mapping[AssessmentWindowKind, AssessmentWindow]:
    """The windows of a fiscal year that are set. One statement."""
    chosen = sa.select(AssessmentWindow).where(AssessmentWindow.agency_id == agency.id, AssessmentWindow.year == year)
    return {window.kind: window for window in db.session.scalars(chosen)}


def windows_ahead(agency: Agency, day: date) -> Sequence[AssessmentWindow]:
    """The windows that have not closed by that day, the next to close first. One statement."""
    chosen = sa.select(AssessmentWindow).where(AssessmentWindow.agency_id == agency.id, AssessmentWindow.ends_on >= day)
    return db.session.scalars(chosen.order_by(AssessmentWindow.ends_on, AssessmentWindow.id)).all()


def seen_windows(windows: Mapping[AssessmentWindowKind, AssessmentWindow]) -> str:
    """The windows as a page shows them, to tell later whether they are still so."""
    return " ".join(f"{kind}:{one.starts_on}:{one.ends_on}" for kind, one in sorted(windows.items()))
