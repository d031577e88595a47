"""What became of the items that the measures of the year before cited, in the plan that was begun from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ita_flow.domain.thai import comparison_key
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, MeasureItem, Plan
from ita_flow.queries.catalogue import Catalogue, KnownItem, catalogue_of


@dataclass(frozen=True)
class ItemMove:
    """An item as the year before cited it, and as this plan does."""

    before: KnownItem
    now: KnownItem | None
    """None where it is cited as before, because nobody knows yet what the year calls it."""

    found: KnownItem | None = None
    """What the catalogue calls it by now."""


@dataclass(frozen=True)
class MeasureMoves:
    measure: Measure
    moves: Sequence[ItemMove]


def item_moves(plan: Plan) -> list[MeasureMoves]:
    """The measures of the plan that cite items which came from another year, or which still bear one; three queries."""
    before = _cited_before(plan)
    cited = {measure.id: [_known(item) for item in measure.items] for measure in plan.measures}
    years = {item.year for items in (*before.values(), *cited.values()) for item in items}
    catalogue = catalogue_of(plan.agency_id, years | {plan.year - 1})
    found = [
        MeasureMoves(measure, _moves(before.get(measure.id, ()), cited[measure.id], plan.year - 1, catalogue))
        for measure in plan.measures
    ]
    return [moved for moved in found if moved.moves]


def _cited_before(plan: Plan) -> Mapping[int, Sequence[KnownItem]]:
    """The items of the measures of earlier years from which this plan's were made, by the id of the new measure."""
    earlier = aliased(Measure)
    chosen = (
        sa.select(Measure.id, MeasureItem.year, MeasureItem.code, MeasureItem.title)
        .join(earlier, earlier.id == Measure.continues_id)
        .join(Plan, sa.and_(Plan.id == earlier.plan_id, Plan.year < plan.year))
        .join(MeasureItem, MeasureItem.measure_id == earlier.id)
        .where(Measure.plan_id == plan.id)
        .order_by(Measure.number, MeasureItem.position)
    )
    items: dict[int, list[KnownItem]] = {}
    for measure_id, year, code, title in db.session.execute(chosen):
        items.setdefault(measure_id, []).append(KnownItem(year, code, title))
    return items


def _known(item: MeasureItem) -> KnownItem:
    return KnownItem(item.year, item.code, item.title)


def _moves(
    before: Iterable[KnownItem], cited: Sequence[KnownItem], usual_year: int, catalogue: Catalogue
) -> list[ItemMove]:
    """Those that were found first in the order of the year before, then those that still bear an older year."""
    moved = [ItemMove(item, now) for item in before if (now := _same_now(item, cited, catalogue))]
    older = [ItemMove(item, None, catalogue.moved(item, usual_year)) for item in cited if item.year < usual_year]
    return [*moved, *older]


def _same_now(item: KnownItem, cited: Sequence[KnownItem], catalogue: Catalogue) -> KnownItem | None:
    """The item of a later year that bears the same title."""
    key = comparison_key(item.title or catalogue.title_of(item.year, item.code))
    return next((one for one in cited if key and one.year > item.year and comparison_key(one.title) == key), None)
