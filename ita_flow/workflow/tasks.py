"""Giving the measures of a plan to their divisions as tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus
from ita_flow.domain.steps import steps_of
from ita_flow.extensions import db
from ita_flow.intake.draft import DraftMeasure
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Step, Task
from ita_flow.queries.assignments import officers_among
from ita_flow.workflow import audit
from ita_flow.workflow.plan_drafts import one_for_each_division
from ita_flow.workflow.units import division_named, section_named


def give_out(plan: Plan, read: Sequence[DraftMeasure], before: Sequence[DraftMeasure | None]) -> list[str]:
    """Let every measure have one task for each division that its draft names; returns the names of units made.

    ``before`` says what each measure was until now, None for a new one: a task follows only what changed, so that
    steps and due dates that were set by hand stay. Tasks of divisions that are no longer responsible go away:
    refuse that first where anything speaks of them.
    """
    made: list[str] = []
    for measure, draft, was in zip(plan.measures, read, before, strict=True):
        _give_out_one(measure, draft, was, made)
    return made


def take_back(measure: Measure) -> None:
    """Remove the tasks of a measure that the document no longer holds."""
    for task in _tasks_of(measure):
        db.session.delete(task)
    db.session.flush()


def assign(task: Task, officers: Sequence[User], *, actor: User | None, via: str | None = None, at: datetime) -> None:
    """Name the officers who do this task. Naming those who do it already changes nothing."""
    if any(officer.agency_id != task.agency_id for officer in officers):
        raise Invalid("officer_of_another_agency")
    before = [officer.id for officer in task.officers]
    if set(before) == {officer.id for officer in officers}:
        return
    _refuse_without_the_role(task, [officer for officer in officers if officer.id not in before], at)
    task.officers = list(officers)
    audit.record(
        "task.assigned",
        task.agency_id,
        f"task:{task.id}",
        at=at,
        actor=actor,
        via=via,
        before={"officers": before},
        after={"officers": [officer.id for officer in officers]},
    )


def _refuse_without_the_role(task: Task, new: Sequence[User], at: datetime) -> None:
    """Only officers of today or of a coming day are told what to do; whoever lost the role since may stay named."""
    known = officers_among(task.agency_id, [officer.id for officer in new], bangkok_day(at))
    for officer in new:
        if officer.id not in known:
            raise Invalid("assignment_not_an_officer", number=task.measure.number, name=officer.name)


def _give_out_one(measure: Measure, draft: DraftMeasure, was: DraftMeasure | None, made: list[str]) -> None:
    """Let the measure have one task for each division that its draft names; ``was`` is what it said until now."""
    kept = {task.division_id: task for task in _tasks_of(measure)}
    for responsible in one_for_each_division(draft.responsible):
        division = division_named(measure.agency_id, responsible.division, made)
        section = section_named(division, responsible.section, made) if responsible.section else None
        if division.id in kept:
            _follow(kept.pop(division.id), measure, section, was)
        else:
            _begin(_new_task(measure, division), measure, section)
    for task in kept.values():
        db.session.delete(task)
    db.session.flush()


def _begin(task: Task, measure: Measure, section: Unit | None) -> None:
    task.section = section
    _write_steps(task, measure)


def _follow(task: Task, measure: Measure, section: Unit | None, was: DraftMeasure | None) -> None:
    """Let the task follow what changed in its measure, and nothing else."""
    task.section = section
    if (was is None or was.window != measure.window) and task.due_on != measure.ends_on:
        task.due_on, task.due_version = measure.ends_on, task.due_version + 1
    if was is None or was.method != measure.method:
        _write_steps(task, measure)


def _write_steps(task: Task, measure: Measure) -> None:
    wanted = steps_of(measure.method)
    if [step.text for step in task.steps] != list(wanted):
        task.steps = []
        db.session.flush()
        task.steps = [Step(position=position, text=text, is_done=False) for position, text in enumerate(wanted, 1)]


def _new_task(measure: Measure, division: Unit) -> Task:
    task = Task(
        agency_id=measure.agency_id,
        measure=measure,
        division=division,
        due_on=measure.ends_on,
        due_version=1,
        work_status=WorkStatus.NOT_STARTED,
        percent=0,
    )
    db.session.add(task)
    return task


def _tasks_of(measure: Measure) -> Sequence[Task]:
    return db.session.scalars(sa.select(Task).where(Task.measure_id == measure.id).order_by(Task.id)).all()
