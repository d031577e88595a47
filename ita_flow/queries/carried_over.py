"""What the year before left for this one: tasks that were carried over, and the measures that take them up again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import Unit
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import is_in_force


@dataclass(frozen=True)
class LeftTask:
    """A task of the year before, with the unit that did it."""

    id: int
    unit: str


@dataclass(frozen=True)
class LeftMeasure:
    """A measure of the year before with those of its tasks that are spoken of."""

    id: int
    number: int
    title: str
    tasks: Sequence[LeftTask]


@dataclass(frozen=True)
class CarriedOver:
    """What came over from the year before into a plan."""

    taken_up: Mapping[int, LeftMeasure]
    """What was carried over, by the id of the measure of this plan that goes on with it."""

    left: Sequence[LeftMeasure]
    """What was carried over, and no measure of this plan goes on with."""

    cancelled: Sequence[LeftMeasure]
    """What was cancelled there, and no measure of this plan goes on with."""


NOTHING_CARRIED = CarriedOver({}, (), ())


def carried_into(plan: Plan) -> CarriedOver:
    """What became of the measures of the year before, as this plan stands; one query."""
    return carried_among(db.session.execute(measures_of_both_years(plan)).all(), plan)


def carried_among(rows: Sequence[sa.Row[*tuple[Any, ...]]], plan: Plan) -> CarriedOver:
    """The same, of the rows that ``measures_of_both_years`` found."""
    before = {row.id: row.continues_id for row in rows}
    ours = {row.id: _origin(row.id, before) for row in rows if row.plan_id == plan.id}
    carried = {_origin(one.id, before): one for one in _measures(row for row in rows if row.carries_over)}
    cancelled = _all_cancelled([row for row in rows if row.task_id])
    goes_on = set(ours.values())
    return CarriedOver(
        taken_up={measure_id: carried[origin] for measure_id, origin in ours.items() if origin in carried},
        left=[one for origin, one in carried.items() if origin not in goes_on],
        cancelled=[one for one in cancelled if _origin(one.id, before) not in goes_on],
    )


def measures_of_both_years(plan: Plan) -> sa.Select[*tuple[Any, ...]]:
    """The measures of this year and the one before, whatever the version; those in force before with their tasks."""
    division, section = aliased(Unit), aliased(Unit)
    was_done = sa.and_(Task.measure_id == Measure.id, Plan.year == plan.year - 1, is_in_force())
    unit = sa.func.coalesce(section.name, division.name).label("unit")
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(Measure.id, Measure.continues_id, Measure.plan_id, Measure.number, Measure.title)
        .add_columns(Task.id.label("task_id"), Task.work_status, Task.carries_over, unit)
        .join(Measure.plan)
        .outerjoin(Task, was_done)
        .outerjoin(division, division.id == Task.division_id)
        .outerjoin(section, section.id == Task.section_id)
        .where(Plan.agency_id == plan.agency_id, Plan.year.in_((plan.year - 1, plan.year)))
        .where(Plan.state != PlanState.DISCARDED)
        .order_by(Measure.number, Measure.id, Task.id)
    )
    return chosen


def _all_cancelled(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> list[LeftMeasure]:
    """The measures of which nobody does any task."""
    done = {row.id for row in rows if row.work_status is not WorkStatus.CANCELLED}
    return _measures(row for row in rows if row.id not in done)


def _measures(rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> list[LeftMeasure]:
    by_measure: dict[int, list[sa.Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        by_measure.setdefault(row.id, []).append(row)
    return [
        LeftMeasure(measure_id, some[0].number, some[0].title, [LeftTask(row.task_id, row.unit) for row in some])
        for measure_id, some in by_measure.items()
    ]


def _origin(measure_id: int, before: Mapping[int, int | None]) -> int:
    """The first of these measures from which it was made."""
    earlier = before.get(measure_id)
    while earlier is not None and earlier in before:
        measure_id, earlier = earlier, before[earlier]
    return measure_id
