"""The numbers by which people call the measures of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, Plan

OUT_OF_THE_WAY = 1_000_000
"""Numbers are unique in a plan: measures wait beyond these for the number that they get."""


def waiting(place: int = 0) -> int:
    """What a new measure has for a number until ``number_measures`` gives it one."""
    return 2 * OUT_OF_THE_WAY + place


def keeps_numbers(plan: Plan) -> bool:
    """Once people know a plan, they call its measures by their numbers; an amendment keeps them."""
    return plan.state is not PlanState.DRAFT or plan.supersedes_id is not None


def place_in(order: Sequence[Measure], plan: Plan, area: int) -> int:
    """Behind the last measure of this area or of one before it; behind all once numbers are known to people."""
    if keeps_numbers(plan):
        return len(order)
    return max((place for place, measure in enumerate(order, 1) if measure.area <= area), default=0)


def number_measures(order: Sequence[Measure], plan: Plan) -> None:
    """Number the measures of a draft from 1 in this order; in any other plan the old keep theirs, the new follow."""
    wanted = (
        _numbers_that_stay(order) if keeps_numbers(plan) else dict(zip(order, range(1, len(order) + 1), strict=True))
    )
    moved = [measure for measure in order if measure.number != wanted[measure]]
    for measure in moved:
        measure.number = wanted[measure] + OUT_OF_THE_WAY
    db.session.flush()
    for measure in moved:
        measure.number = wanted[measure]
    db.session.flush()
    db.session.expire(plan, ["measures"])


def _numbers_that_stay(order: Sequence[Measure]) -> dict[Measure, int]:
    known = [measure.number for measure in order if measure.number < OUT_OF_THE_WAY]
    new = iter(range(max(known, default=0) + 1, max(known, default=0) + 1 + len(order)))
    return {one: one.number if one.number < OUT_OF_THE_WAY else next(new) for one in order}
