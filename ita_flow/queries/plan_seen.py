"""What tells one state of a plan, or of a part of it, from the next: a mark for forms to carry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.plans import Limitation, Measure, Plan, PlanArea
from ita_flow.models.tasks import Step, Task


def seen_plan(plan: Plan) -> str:
    """The mark of all that is proposed: what the plan says, and its tasks with their steps, due dates and ends.

    The plan's own hash does not know the latter.
    """
    columns = (Task.id, Task.due_on, Task.work_status, Task.ending_reason, Step.position, Step.text)
    of_plan = sa.select(*columns).join(Measure, Measure.id == Task.measure_id).outerjoin(Step, Step.task_id == Task.id)
    chosen = of_plan.where(Measure.plan_id == plan.id).order_by(Task.id, Step.position)
    return _mark(plan.content_hash, [tuple(row) for row in db.session.execute(chosen)])


def seen_measure(measure: Measure, tasks: Iterable[Task]) -> str:
    """The mark of a measure."""
    units = sorted((task.division_id, task.section_id or 0) for task in tasks)
    items = [(item.year, item.code, item.title) for item in measure.items]
    texts = (measure.area, measure.title, measure.analysis, measure.method, measure.window_text, measure.ends_on)
    return _mark(texts, items, units)


def seen_area(area: PlanArea | None) -> str:
    """The mark of what is said about an area."""
    return _mark(area and (area.overview, area.analysis, area.focus, [_cited(item) for item in area.items]))


def _cited(item: Mapping[str, Any]) -> tuple[str, ...]:
    """An item of an area; its year only where it is not the usual one."""
    return (item["code"], item["title"], *([str(item["year"])] if "year" in item else []))


def seen_limitations(plan: Plan) -> str:
    """The mark of the limitations."""
    return _mark(plan.has_no_limitations, [_words_of(row) for row in plan.limitations])


def seen_task(task: Task) -> str:
    """The mark of the steps and the due date of a task."""
    return _mark(task.due_on, [step.text for step in task.steps])


def _words_of(row: Limitation) -> tuple[str, str, str]:
    return row.limitation, row.analysis, row.suggestion


def _mark(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
