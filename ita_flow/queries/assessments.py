"""Assessments as they are read: one year with its indicators and findings, and the scores of the last years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


YEARS_BACK = 5
"""How many years a history shows, known or not."""


@dataclass(frozen=True)
class ScoreHistory:
    """The results of the last years, the newest last, and how many pieces of advice came with the newest."""

    assessments: Sequence[Assessment]
    """At least one, by year."""

    advice: int

    @property
    def newest(self) -> Assessment:
        return self.assessments[-1]

    @property
    def years(self) -> Sequence[tuple[int, Assessment | None]]:
        """Each of the last years (BE), up to that of the newest, with its result where there is one."""
        known = {one.year: one for one in self.assessments}
        return [(year, known.get(year)) for year in range(self.newest.year - YEARS_BACK + 1, self.newest.year + 1)]

    @property
    def unknown_years(self) -> Sequence[tuple[int, int]]:
        """The years (BE) of which no total is known, as spans from the first to the last."""
        years = [year for year, one in self.years if one is None or one.total is None]
        firsts = [year for year in years if year - 1 not in years]
        lasts = [year for year in years if year + 1 not in years]
        return list(zip(firsts, lasts, strict=True))


def score_history(agency_id: int) -> ScoreHistory | None:
    """The results of the agency; None when it has none. One statement."""
    advice = sa.select(sa.func.count()).where(Finding.assessment_id == Assessment.id).correlate(Assessment)
    chosen = sa.select(Assessment, advice.scalar_subquery()).where(Assessment.agency_id == agency_id)
    chosen = chosen.options(joinedload(Assessment.indicators)).order_by(Assessment.year)
    found = db.session.execute(chosen).unique().all()
    return ScoreHistory([one for one, _advice in found], found[-1][1]) if found else None
