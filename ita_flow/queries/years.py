"""The years of which an agency has a plan or an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ita_flow.domain.states import IN_FORCE
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment
from ita_flow.models.plans import Plan


@dataclass(frozen=True)
class KnownYears:
    """Buddhist years, the newest first."""

    planned: Sequence[int]
    in_force: Sequence[int]
    """Those of the planned years whose plan is approved."""

    assessed: Sequence[int]

    def opening(self, this_year: int) -> int:
        """The year that a page opens with: this one, else the newest in force, else the newest draft."""
        for years in (self.in_force, self.planned):
            if years:
                return this_year if this_year in years else years[0]
        return this_year


NO_YEARS = KnownYears((), (), ())


def known_years(agency_id: int) -> KnownYears:
    """One query for plans and assessments."""
    plans = sa.select(sa.literal("planned"), Plan.year).where(Plan.agency_id == agency_id)
    in_force = sa.select(sa.literal("in_force"), Plan.year).where(Plan.agency_id == agency_id, Plan.state.in_(IN_FORCE))
    assessments = sa.select(sa.literal("assessed"), Assessment.year).where(Assessment.agency_id == agency_id)
    found: dict[str, list[int]] = {}
    for kind, year in db.session.execute(sa.union(plans, in_force, assessments)):
        found.setdefault(kind, []).append(year)
    newest_first = {kind: sorted(years, reverse=True) for kind, years in found.items()}
    return KnownYears(
        planned=newest_first.get("planned", ()),
        in_force=newest_first.get("in_force", ()),
        assessed=newest_first.get("assessed", ()),
    )
