"""What a document leaves out of a plan that cannot go away: measures of an amendment, and tasks that were cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from ita_flow.domain.states import WorkStatus
from ita_flow.domain.thai import comparison_key
from ita_flow.extensions import db
from ita_flow.intake.draft import DraftMeasure, PlanDraft
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import continuing_measures
from ita_flow.workflow.copied_units import cancel_copy
from ita_flow.workflow.copies import is_cancelled
from ita_flow.workflow.plan_completion import continued
from ita_flow.workflow.plan_drafts import Difference
from ita_flow.workflow.tasks import Giving


@dataclass(frozen=True)
class Kept:
    """A plan as it is kept, with its tasks."""

    plan: Plan
    draft: PlanDraft
    tasks: Sequence[Task]

    def of(self, measure: Measure) -> list[Task]:
        return [task for task in self.tasks if task.measure_id == measure.id]


def left_out(kept: Kept, read: PlanDraft) -> list[Measure]:
    """The measures that go on those of the version in force, and of which the document says nothing."""
    continuing = continuing_measures(kept.plan)
    named = continued(kept.draft.measures, read.measures)
    return [
        measure for place, measure in enumerate(kept.plan.measures) if measure.id in continuing and place not in named
    ]


def with_what_stays(kept: Kept, read: PlanDraft) -> PlanDraft:
    """The draft with the measures that were left out as they are kept, and without divisions that were cancelled."""
    places = continued(kept.draft.measures, read.measures)
    ended = _ended_in_force(kept)
    measures = tuple(
        measure if place is None else _without(measure, ended.get(kept.plan.measures[place].id, set()))
        for measure, place in zip(read.measures, places, strict=True)
    )
    gone = left_out(kept, read)
    stay = (draft for row, draft in zip(kept.plan.measures, kept.draft.measures, strict=True) if row in gone)
    return replace(read, measures=(*measures, *stay))


def differences_of_ends(kept: Kept, gone: Sequence[Measure]) -> list[Difference]:
    """The measures that would be cancelled because the document leaves them out."""
    places = {measure.id: place for place, measure in enumerate(kept.plan.measures, 1)}
    still = [measure for measure in gone if not all(map(is_cancelled, kept.of(measure)))]
    return [Difference(("measures", places[one.id], "title"), one.title, None) for one in still]


def cancel_left_out(kept: Kept, gone: Sequence[Measure], giving: Giving) -> None:
    """Let the tasks of these measures be cancelled once the amendment is approved."""
    for task in (task for measure in gone for task in kept.of(measure)):
        cancel_copy(task, actor=giving.actor, via=giving.via, at=giving.at)


def _ended_in_force(kept: Kept) -> dict[int, set[str]]:
    """For each measure the divisions whose task was cancelled in force: a document may still name them."""
    cancelled = [task for task in kept.tasks if is_cancelled(task)]
    originals = [task.continues_id for task in cancelled if task.continues_id]
    chosen = sa.select(Task.id).where(Task.id.in_(originals), Task.work_status == WorkStatus.CANCELLED)
    ended = set(db.session.scalars(chosen)) if originals else set()
    by_measure: dict[int, set[str]] = {}
    for task in cancelled:
        if task.continues_id is None or task.continues_id in ended:
            by_measure.setdefault(task.measure_id, set()).add(comparison_key(task.division.name))
    return by_measure


def _without(measure: DraftMeasure, ended: set[str]) -> DraftMeasure:
    left = tuple(one for one in measure.responsible if comparison_key(one.division) not in ended)
    return replace(measure, responsible=left) if left else measure
