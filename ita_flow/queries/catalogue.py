"""What the codes of public disclosure mean, by year: the catalogue that was brought in, else what plans cite."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ita_flow.domain.states import IN_HAND
from ita_flow.domain.thai import comparison_key
from ita_flow.extensions import db
from ita_flow.models.people import Agency
from ita_flow.models.plans import Measure, MeasureItem, OitItem, Plan
from ita_flow.queries.plans import is_in_force


@dataclass(frozen=True)
class KnownItem:
    """A code with what it means; it means something only with its year (BE)."""

    year: int
    code: str
    title: str


@dataclass(frozen=True)
class CatalogueYear:
    year: int
    items: int
    """How many the catalogue has; 0 where only plans cite items of that year."""


@dataclass(frozen=True)
class Citation:
    """A measure that rests on an item, with the title by which it knows it."""

    measure_id: int
    number: int
    planned_year: int
    title: str


class Catalogue:
    """The items of some years."""

    def __init__(self, items: Iterable[KnownItem]) -> None:
        self._by_code: dict[tuple[int, str], KnownItem] = {}
        self._by_title: dict[tuple[int, str], list[KnownItem]] = {}
        for item in items:
            self._by_code.setdefault((item.year, item.code), item)
            alike = self._by_title.setdefault((item.year, comparison_key(item.title)), [])
            if item.code not in {other.code for other in alike}:
                alike.append(item)

    def title_of(self, year: int, code: str) -> str:
        """What the code means in that year; nothing where nobody said."""
        known = self._by_code.get((year, code))
        return known.title if known else ""

    def same_in(self, year: int, title: str) -> KnownItem | None:
        """The item of that year with the same title; None without one, and where several bear it."""
        alike = self._by_title.get((year, comparison_key(title)), []) if title.strip() else []
        return alike[0] if len(alike) == 1 else None

    def moved(self, item: KnownItem, year: int) -> KnownItem | None:
        """The same item by its code of that year and the title it is cited by; None where a person has to say."""
        found = self.same_in(year, item.title or self.title_of(item.year, item.code))
        return KnownItem(found.year, found.code, item.title or found.title) if found else None


def catalogue_of(agency_id: int, years: Collection[int]) -> Catalogue:
    """What is known of these years: the catalogue of a year, and of a year without one what plans cite; two queries."""
    kept = [KnownItem(row.year, row.code, row.title) for row in _kept(agency_id, years)]
    told = {item.year for item in kept}
    cited = (
        sa.select(MeasureItem.year, MeasureItem.code, MeasureItem.title)
        .join(Measure, Measure.id == MeasureItem.measure_id)
        .where(Measure.agency_id == agency_id, MeasureItem.year.in_(set(years) - told), MeasureItem.title != "")
        .order_by(MeasureItem.measure_id, MeasureItem.position)
    )
    return Catalogue([*kept, *(KnownItem(*row) for row in db.session.execute(cited))])


def _kept(agency_id: int, years: Collection[int]) -> Sequence[OitItem]:
    chosen = sa.select(OitItem).where(OitItem.agency_id == agency_id, OitItem.year.in_(years))
    return sorted(db.session.scalars(chosen), key=lambda item: (item.year, number_of(item.code)))


def items_of_years(agency: Agency, years: Collection[int]) -> Sequence[OitItem]:
    """The catalogue of these years, by number of the code."""
    return _kept(agency.id, years)


def catalogue_years(agency: Agency) -> list[CatalogueYear]:
    """The years of which the agency has a catalogue, or whose items its plans cite; the newest first."""
    kept = sa.select(OitItem.year, sa.func.count()).where(OitItem.agency_id == agency.id).group_by(OitItem.year)
    cited = (
        sa.select(MeasureItem.year, sa.literal(0))
        .join(Measure, Measure.id == MeasureItem.measure_id)
        .where(Measure.agency_id == agency.id)
        .distinct()
    )
    counts: dict[int, int] = {}
    for year, count in db.session.execute(sa.union_all(kept, cited)):
        counts[year] = max(count, counts.get(year, 0))
    return [CatalogueYear(year, counts[year]) for year in sorted(counts, reverse=True)]


def citations_of(agency: Agency, year: int) -> Mapping[str, Sequence[Citation]]:
    """The measures that rest on items of that year, by code: of each year's plan in force, and of first drafts."""
    is_first_draft = sa.and_(Plan.supersedes_id.is_(None), Plan.state.in_(IN_HAND))
    chosen = (
        sa.select(MeasureItem.code, Measure.id, Measure.number, Plan.year, MeasureItem.title)
        .join(Measure, Measure.id == MeasureItem.measure_id)
        .join(Plan, Plan.id == Measure.plan_id)
        .where(Measure.agency_id == agency.id, MeasureItem.year == year, sa.or_(is_in_force(), is_first_draft))
        .order_by(Plan.year.desc(), Measure.number)
    )
    by_code: dict[str, list[Citation]] = {}
    for code, measure_id, number, planned_year, title in db.session.execute(chosen):
        by_code.setdefault(code, []).append(Citation(measure_id, number, planned_year, title))
    return dict(sorted(by_code.items(), key=lambda cited: number_of(cited[0])))


def number_of(code: str) -> int:
    """By this items stand in their order: O9 before O10."""
    return int(code[1:]) if code[1:].isdecimal() else 0
