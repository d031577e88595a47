"""The years of which an agency has a plan or an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ita_flow.domain.states import COUNTING, PlanState
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment
from ita_flow.models.plans import Plan


@dataclass(frozen=True)
class KnownYears:
    """Buddhist years, the newest first."""

    planned: Sequence[int]
    in_force: Sequence[int]
    """Those of the planned years whose plan is approved, also of years that are closed by now."""

    assessed: Sequence[int]
    closed: Sequence[int] = ()
    """Those of the planned years that nobody works on any more."""

    @property
    def worked_on(self) -> Sequence[int]:
        """The years whose plan is in force and not closed."""
        return [year for year in self.in_force if year not in self.closed]

    def opening(self, this_year: int) -> int:
        """The year that a page opens with: this one, else the newest in force, else the newest draft."""
        for years in (self.in_force, self.planned):
            if years:
                return this_year if this_year in years else years[0]
        return this_year


NO_YEARS = KnownYears((), (), ())


def known_years(agency_id: int) -> KnownYears:
    """One query for plans and assessments."""
    return years_among((kind, year) for kind, year in db.session.execute(years_chosen(agency_id)))


def years_chosen(agency_id: int) -> sa.CompoundSelect[str, int]:
    """The statement that finds them: what is known of a year, and the year."""
    plans = sa.select(sa.literal("planned"), Plan.year).where(Plan.agency_id == agency_id)
    in_force = sa.select(sa.literal("in_force"), Plan.year).where(Plan.agency_id == agency_id, Plan.state.in_(COUNTING))
    closed = sa.select(sa.literal("closed"), Plan.year).where(
        Plan.agency_id == agency_id, Plan.state == PlanState.CLOSED
    )
    assessments = sa.select(sa.literal("assessed"), Assessment.year).where(Assessment.agency_id == agency_id)
    return sa.union(plans, in_force, closed, assessments)


def years_among(found: Iterable[tuple[str, int]]) -> KnownYears:
    """What that statement found, in order."""
    years: dict[str, list[int]] = {}
    for kind, year in found:
        years.setdefault(kind, []).append(year)
    newest_first = {kind: sorted(some, reverse=True) for kind, some in years.items()}
    return KnownYears(
        planned=newest_first.get("planned", ()),
        in_force=newest_first.get("in_force", ()),
        assessed=newest_first.get("assessed", ()),
        closed=newest_first.get("closed", ()),
    )
