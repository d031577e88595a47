"""Giving the measures of a plan to their divisions as tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.steps import steps_of
from ita_flow.domain.thai import comparison_key
from ita_flow.extensions import db
from ita_flow.intake.draft import DraftMeasure, Responsible
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.assignments import officers_among
from ita_flow.queries.import_drafts import UnitsOnFile
from ita_flow.queries.plan_editing import responsible_of
from ita_flow.workflow import audit, notices
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.copied_units import make_room
from ita_flow.workflow.copies import is_cancelled, is_closed
from ita_flow.workflow.plan_drafts import one_for_each_division
from ita_flow.workflow.task_editing import give_to, move_due, new_task, write_steps
from ita_flow.workflow.units import make


@dataclass
class Giving:
    """A document at work: on whose word its tasks are given, and which units it finds or makes."""

    on_file: UnitsOnFile
    actor: User | None
    via: str | None
    at: datetime
    units_made: list[str] = field(default_factory=list)
    _made: dict[tuple[int | None, str], Unit] = field(default_factory=dict)

    def division(self, agency_id: int, name: str) -> Unit:
        """The division that is known by that name, however it is spaced; a new one when there is none."""
        return self.on_file.division(name) or self._new(agency_id, None, name)

    def section(self, division: Unit, name: str) -> Unit:
        """The same for a section of this division."""
        return self.on_file.section(division, name) or self._new(division.agency_id, division, name)

    def _new(self, agency_id: int, parent: Unit | None, name: str) -> Unit:
        key = (parent.id if parent else None, comparison_key(name))
        if key not in self._made:
            self._made[key] = make(agency_id, parent, name, actor=self.actor, via=self.via, at=self.at)
            self.units_made.append(f"{name} {parent.name}" if parent else name)
        return self._made[key]

    def record(
        self, action: str, task: Task, before: audit.Values | None = None, after: audit.Values | None = None
    ) -> None:
        subject, who = f"task:{task.id}", {"actor": self.actor, "via": self.via}
        audit.record(action, task.agency_id, subject, at=self.at, before=before, after=after, **who)  # type: ignore[arg-type]


def give_out(plan: Plan, read: Sequence[DraftMeasure], before: Sequence[DraftMeasure | None], giving: Giving) -> None:
    """Let every measure have one task for each division that its draft names.

    ``before`` says what each measure was until now, None for a new one: a task follows only what changed, so that
    steps and due dates that were set by hand stay. Tasks of divisions that are no longer responsible go away:
    refuse that first where anything speaks of them.
    """
    for measure, draft, was in zip(plan.measures, read, before, strict=True):
        _give_out_one(measure, draft, was, giving)


def take_back(measure: Measure, giving: Giving | None = None) -> None:
    """Remove the tasks of a measure that goes; ``giving`` puts each on record."""
    for task in _tasks_of(measure):
        _remove(task, giving)
    db.session.flush()


def assign(task: Task, officers: Sequence[User], *, actor: User | None, via: str | None = None, at: datetime) -> None:
    """Name the officers who do this task. Naming those who do it already changes nothing."""
    if any(officer.agency_id != task.agency_id for officer in officers):
        raise Invalid("officer_of_another_agency")
    refuse_when_closed_year(task.measure.plan)
    before = [officer.id for officer in task.officers]
    if set(before) == {officer.id for officer in officers}:
        return
    new = [officer for officer in officers if officer.id not in before]
    _refuse_without_the_role(task, new, at)
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
    notices.tell_of_assignment(task, new, actor=actor, at=at)


def _refuse_without_the_role(task: Task, new: Sequence[User], at: datetime) -> None:
    """Only officers of today or of a coming day are told what to do; whoever lost the role since may stay named."""
    known = officers_among(task.agency_id, [officer.id for officer in new], bangkok_day(at))
    for officer in new:
        if officer.id not in known:
            raise Invalid("assignment_not_an_officer", number=task.measure.number, name=officer.name)


def _give_out_one(measure: Measure, draft: DraftMeasure, was: DraftMeasure | None, giving: Giving) -> None:
    """Let the measure have one task for each division that its draft names; ``was`` is what it said until now."""
    pairs = [_units(responsible, measure, giving) for responsible in one_for_each_division(draft.responsible)]
    divisions = [division for division, _section in pairs]
    if {task.division for task in responsible_of(_tasks_of(measure))} != set(divisions):
        make_room(measure, _tasks_of(measure), divisions, actor=giving.actor, via=giving.via, at=giving.at)
    kept = {task.division_id: task for task in _tasks_of(measure)}
    for division, section in pairs:
        if division.id in kept:
            _follow(kept.pop(division.id), measure, section, was, giving)
        else:
            _give(measure, division, section, giving)
    for task in kept.values():
        if not is_cancelled(task):
            _remove(task, giving)
    db.session.flush()


def _units(responsible: Responsible, measure: Measure, giving: Giving) -> tuple[Unit, Unit | None]:
    division = giving.division(measure.agency_id, responsible.division)
    return division, giving.section(division, responsible.section) if responsible.section else None


def _give(measure: Measure, division: Unit, section: Unit | None, giving: Giving) -> None:
    task = new_task(measure, division, section)
    db.session.flush()
    giving.record("task.given", task, after=_told(task))


def _remove(task: Task, giving: Giving | None) -> None:
    before = {**_told(task), "officers": [officer.id for officer in task.officers]}
    notices.forget_task(task)
    db.session.delete(task)
    if giving:
        giving.record("task.taken_back", task, before=before)


def _follow(task: Task, measure: Measure, section: Unit | None, was: DraftMeasure | None, giving: Giving) -> None:
    """Let the task follow what changed in its measure, and nothing else; what is done or cancelled stays."""
    if is_closed(task):
        return
    actor, via, at = giving.actor, giving.via, giving.at
    give_to(task, task.division, section, actor=actor, via=via, at=at)
    if was is None or was.window != measure.window:
        move_due(task, measure.ends_on, actor=actor, via=via, at=at)
    if was is None or was.method != measure.method:
        write_steps(task, steps_of(measure.method), actor=actor, via=via, at=at)


def _told(task: Task) -> dict[str, str | int | list[str] | list[int] | None]:
    return {
        "measure": task.measure_id,
        "division": task.division.id,
        "section": task.section.id if task.section else None,
        "due_on": task.due_on.isoformat(),
    }


def _tasks_of(measure: Measure) -> Sequence[Task]:
    return db.session.scalars(sa.select(Task).where(Task.measure_id == measure.id).order_by(Task.id)).all()
