"""What work has begun on, and may therefore not be changed by a document any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ita_flow.domain.thai import comparison_key
from ita_flow.extensions import db
from ita_flow.intake.draft import DraftMeasure, PlanDraft
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.workflow.plan_completion import continued
from ita_flow.workflow.plan_drafts import Difference, differences, one_for_each_division

WORK = {"title", "method", "window"}
"""What people report on. Items, analysis and the words of the document may still be put right."""


@dataclass(frozen=True)
class _Work:
    """The tasks of a plan, and what happened to them already."""

    tasks: Sequence[Task]
    reported: frozenset[int]
    mentioned: frozenset[int]
    """Tasks of which a report or the ledger of reminders speaks: their rows stay for ever."""

    def of(self, measure: Measure) -> list[Task]:
        return [task for task in self.tasks if task.measure_id == measure.id]


def in_the_way(plan: Plan, kept: PlanDraft, read: PlanDraft, tasks: Sequence[Task]) -> list[Difference]:
    """Where the draft changes a task that was reported on, or leaves one out of which something speaks."""
    work = _work_on(tasks)
    if not work.mentioned:
        return []
    numbers = {place: number for number, place in enumerate(continued(kept.measures, read.measures), 1)}
    found: list[Difference] = []
    for place, (measure, was) in enumerate(zip(plan.measures, kept.measures, strict=True)):
        number = numbers.get(place)
        if number:
            found += _changed(work, work.of(measure), number, was, read.measures[number - 1])
        elif any(task.id in work.mentioned for task in work.of(measure)):
            found.append(Difference(("measures", measure.number, "title"), was.title, None))
    return found


def _work_on(tasks: Sequence[Task]) -> _Work:
    reported = sa.exists().where(ProgressReport.task_id == Task.id)
    reminded = sa.exists().where(Reminder.task_id == Task.id)
    chosen = sa.select(Task.id, reported, reminded).where(Task.id.in_([task.id for task in tasks]))
    rows = db.session.execute(chosen).all()
    return _Work(
        tasks,
        frozenset(task_id for task_id, is_reported, _is_reminded in rows if is_reported),
        frozenset(task_id for task_id, *is_mentioned in rows if any(is_mentioned)),
    )


def _changed(
    work: _Work, tasks: Sequence[Task], number: int, was: DraftMeasure, now: DraftMeasure
) -> Iterator[Difference]:
    if any(task.id in work.reported for task in tasks):
        changed = differences(was, now, ("measures", number))
        yield from (one for one in changed if one.path[2] in WORK)
    sections = {comparison_key(one.division): one.section for one in one_for_each_division(now.responsible)}
    for task in tasks:
        yield from _moved(task, number, sections, work)


def _moved(task: Task, number: int, sections: dict[str, str | None], work: _Work) -> Iterator[Difference]:
    """The division that loses a task of which something speaks, or the section that loses one it reported on."""
    key = comparison_key(task.division.name)
    if key not in sections:
        if task.id in work.mentioned:
            yield Difference(("measures", number, "division"), task.division.name, None)
    elif task.id in work.reported:
        section = task.section.name if task.section else None
        if comparison_key(section or "") != comparison_key(sections[key] or ""):
            yield Difference(("measures", number, "section"), section, sections[key])
