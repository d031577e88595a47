"""Giving out the tasks of a plan: to which unit, to whom, and until when; many at once, or none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.begun import Trace, may_change_unit
from ita_flow.domain.refusals import Incomplete, Invalid, Stale
from ita_flow.domain.states import CLOSED
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import newest_version
from ita_flow.queries.assignments import Staff, officers_among, posts_today, staff_of, tasks_to_assign
from ita_flow.queries.begun import traces_of
from ita_flow.queries.closing import is_newest_in_force
from ita_flow.queries.units import all_units
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.desk import hold_plans, lock_tasks
from ita_flow.workflow.plan_editing import ChangedMeanwhile, refuse_writing, settle
from ita_flow.workflow.task_editing import give_to, move_due, refuse_due
from ita_flow.workflow.tasks import assign


@dataclass(frozen=True)
class Assignment:
    """To which unit a task is given, to which of its officers, and until when."""

    unit_id: int
    officer_ids: frozenset[int]
    due_on: date

    @classmethod
    def of(cls, task: Task) -> Assignment:
        """As it stands."""
        return cls(task.unit.id, frozenset(officer.id for officer in task.officers), task.due_on)


@dataclass(frozen=True)
class Wish:
    """What a person wants of a task, and how it stood when they looked."""

    task_id: int
    seen: Assignment
    wanted: Assignment

    @property
    def is_change(self) -> bool:
        return self.wanted != self.seen

    @property
    def rewrites_the_plan(self) -> bool:
        """Whether it asks for more than other officers: who does a task, and until when, stands in the plan."""
        return (self.wanted.unit_id, self.wanted.due_on) != (self.seen.unit_id, self.seen.due_on)

    @property
    def moves_mails(self) -> bool:
        """Whether others are written to than before, or on other days; that a first officer hears of it is no news."""
        first = Assignment(self.seen.unit_id, self.wanted.officer_ids, self.seen.due_on)
        return self.is_change and (bool(self.seen.officer_ids) or self.wanted != first)


@dataclass
class _Desk:
    """What is known of the plan while its tasks are given out."""

    plan: Plan
    tasks: Mapping[int, Task]
    traces: Mapping[int, Trace]
    units: Mapping[int, Unit]
    staff: Staff
    officers: set[int]


def give_out(plan: Plan, wishes: Sequence[Wish], *, actor: User, at: datetime, today: date) -> int:
    """Let the tasks be given as wished; returns how many changed. What stands so already is left alone.

    A task that is changed at all must have an officer, if its unit has any; when nothing is changed, every task
    must. Raises Incomplete with all that is wrong, or ChangedMeanwhile.
    """
    hold_plans(db.session.get_one(Agency, plan.agency_id))
    desk = _desk(plan, wishes, today)
    refuse_when_closed_year(plan)
    _refuse_older_version(plan)
    changes = [wish for wish in wishes if wish.is_change and not _stands(desk, wish)]
    problems = [problem for wish in changes or wishes for problem in _problems_with(desk, wish)]
    if problems:
        raise Incomplete(problems)
    is_rewritten = any(wish.rewrites_the_plan for wish in changes)
    if is_rewritten:
        refuse_writing(plan)
    for wish in changes:
        _apply(desk, wish, actor, at)
    if is_rewritten:
        settle(plan)
    return len(changes)


def _refuse_older_version(plan: Plan) -> None:
    """Who did a task in a version that was replaced stays as it was."""
    if not is_newest_in_force(plan):
        raise Stale("plan_has_newer_version", year=plan.year, version=newest_version(plan.agency_id, plan.year))


def _desk(plan: Plan, wishes: Sequence[Wish], today: date) -> _Desk:
    tasks = _held_tasks(plan)
    units = all_units(plan.agency_id)
    wanted = {officer_id for wish in wishes for officer_id in wish.wanted.officer_ids}
    return _Desk(
        plan=plan,
        tasks={task.id: task for task in tasks},
        traces=traces_of(plan),
        units={unit.id: unit for unit in units},
        staff=staff_of(posts_today(plan.agency_id, today), units),
        officers=officers_among(plan.agency_id, wanted, today),
    )


def _held_tasks(plan: Plan) -> Sequence[Task]:
    lock_tasks([task.id for task in tasks_to_assign(plan)])
    return tasks_to_assign(plan)


def _stands(desk: _Desk, wish: Wish) -> bool:
    """Whether it is given so already. Raises ChangedMeanwhile when it is neither that nor what was seen."""
    task = desk.tasks.get(wish.task_id)
    if task is None:
        raise ChangedMeanwhile("plan_changed_meanwhile")
    stands = Assignment.of(task)
    if stands not in (wish.seen, wish.wanted):
        raise ChangedMeanwhile("assignment_changed_meanwhile", number=task.measure.number)
    return stands == wish.wanted


def _problems_with(desk: _Desk, wish: Wish) -> list[Invalid]:
    task = desk.tasks.get(wish.task_id)
    if task is None:
        return []
    number, unit = task.measure.number, desk.units.get(wish.wanted.unit_id)
    if wish.is_change and task.work_status in CLOSED:
        return [Invalid("assignment_is_closed", field=f"unit-{task.id}", number=number)]
    if unit is None:
        return [Invalid("assignment_unit_unknown", field=f"unit-{task.id}", number=number)]
    found = [_wrong_unit(desk, task, unit), _wrong_officers(desk, task, unit, wish), _wrong_day(task, wish)]
    return [problem for problem in found if problem]


def _wrong_unit(desk: _Desk, task: Task, unit: Unit) -> Invalid | None:
    if unit == task.unit:
        return None
    field, number, division = f"unit-{task.id}", task.measure.number, division_of(unit)
    if not may_change_unit(desk.traces[task.id]):
        return Invalid("assignment_has_begun", field=field, number=number, unit=task.unit.name)
    others = [other for other in desk.tasks.values() if other.measure_id == task.measure_id and other != task]
    if division in [other.division for other in others]:
        return Invalid("assignment_unit_taken", field=field, number=number, division=division.name)
    return None


def _wrong_officers(desk: _Desk, task: Task, unit: Unit, wish: Wish) -> Invalid | None:
    field, number, wanted = f"officers-{task.id}", task.measure.number, wish.wanted.officer_ids
    new = wanted - {officer.id for officer in task.officers}
    if not new <= desk.officers:
        strange = db.session.get(User, min(new - desk.officers))
        name = strange.name if strange and strange.agency_id == task.agency_id else ""
        return Invalid("assignment_not_an_officer", field=field, number=number, name=name)
    is_open = task.work_status not in CLOSED
    if not wanted and is_open and desk.staff.candidates(division_of(unit), section_of(unit)):
        return Invalid("assignment_without_officer", field=field, number=number, unit=unit.name)
    return None


def _wrong_day(task: Task, wish: Wish) -> Invalid | None:
    try:
        refuse_due(task, wish.wanted.due_on)
    except Invalid as problem:
        return Invalid(problem.key, f"due-{task.id}", **problem.values)
    return None


def _apply(desk: _Desk, wish: Wish, actor: User, at: datetime) -> None:
    task = desk.tasks[wish.task_id]
    unit = desk.units[wish.wanted.unit_id]
    give_to(task, division_of(unit), section_of(unit), actor=actor, at=at)
    move_due(task, wish.wanted.due_on, actor=actor, at=at)
    if wish.wanted.officer_ids != {officer.id for officer in task.officers}:
        chosen = sa.select(User).where(User.id.in_(wish.wanted.officer_ids)).order_by(User.id)
        assign(task, db.session.scalars(chosen).all(), actor=actor, at=at)


def division_of(unit: Unit) -> Unit:
    """The unit itself, or the division of a section."""
    return unit if unit.kind is UnitKind.DIVISION or unit.parent is None else unit.parent


def section_of(unit: Unit) -> Unit | None:
    return unit if unit.kind is UnitKind.SECTION else None
