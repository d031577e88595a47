"""What work has begun on, and may therefore not be changed by a document any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ita_flow.domain.begun import Trace, fixed_of_measure, may_be_taken_back, may_change_unit
from ita_flow.domain.thai import comparison_key
from ita_flow.intake.draft import DraftMeasure, PlanDraft
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.begun import traces_of
from ita_flow.workflow.plan_completion import continued
from ita_flow.workflow.plan_drafts import Difference, differences, one_for_each_division


@dataclass(frozen=True)
class _Work:
    """The tasks of a plan, and what happened to them already."""

    tasks: Sequence[Task]
    traces: Mapping[int, Trace]

    def of(self, measure: Measure) -> list[Task]:
        return [task for task in self.tasks if task.measure_id == measure.id]


def in_the_way(plan: Plan, kept: PlanDraft, read: PlanDraft, tasks: Sequence[Task]) -> list[Difference]:
    """Where the draft changes a task that was reported on, or leaves one out of which something speaks."""
    work = _Work(tasks, traces_of(plan))
    if all(map(may_be_taken_back, work.traces.values())):
        return []
    numbers = {place: number for number, place in enumerate(continued(kept.measures, read.measures), 1)}
    found: list[Difference] = []
    for place, (measure, was) in enumerate(zip(plan.measures, kept.measures, strict=True)):
        number = numbers.get(place)
        if number:
            found += _changed(work, work.of(measure), number, was, read.measures[number - 1])
        elif not all(may_be_taken_back(work.traces[task.id]) for task in work.of(measure)):
            found.append(Difference(("measures", measure.number, "title"), was.title, None))
    return found


def _changed(
    work: _Work, tasks: Sequence[Task], number: int, was: DraftMeasure, now: DraftMeasure
) -> Iterator[Difference]:
    changed = differences(was, now, ("measures", number))
    fixed = fixed_of_measure([str(one.path[2]) for one in changed], [work.traces[task.id] for task in tasks])
    yield from (one for one in changed if one.path[2] in fixed)
    sections = {comparison_key(one.division): one.section for one in one_for_each_division(now.responsible)}
    for task in tasks:
        yield from _moved(task, number, sections, work)


def _moved(task: Task, number: int, sections: dict[str, str | None], work: _Work) -> Iterator[Difference]:
    """The division that loses a task of which something speaks, or the section that loses one it reported on."""
    key = comparison_key(task.division.name)
    if key not in sections:
        if not may_be_taken_back(work.traces[task.id]):
            yield Difference(("measures", number, "division"), task.division.name, None)
    elif not may_change_unit(work.traces[task.id]):
        section = task.section.name if task.section else None
        if comparison_key(section or "") != comparison_key(sections[key] or ""):
            yield Difference(("measures", number, "section"), section, sections[key])
