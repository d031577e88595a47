"""The years of which an agency has a plan or an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment
from ita_flow.models.plans import Plan


@dataclass(frozen=True)
class KnownYears:
    """Buddhist years, the newest first."""

    planned: Sequence[int]
    assessed: Sequence[int]


def known_years(agency_id: int) -> KnownYears:
    """One query for both kinds."""
    plans = sa.select(sa.literal(True), Plan.year).where(Plan.agency_id == agency_id)
    assessments = sa.select(sa.literal(False), Assessment.year).where(Assessment.agency_id == agency_id)
    found = db.session.execute(sa.union(plans, assessments)).all()
    newest_first = sorted(found, key=lambda row: row[1], reverse=True)
    return KnownYears(
        planned=[year for is_plan, year in newest_first if is_plan],
        assessed=[year for is_plan, year in newest_first if not is_plan],
    )
