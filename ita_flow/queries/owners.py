"""Who does the tasks of a plan that was begun from another: what a person should look at before it is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ita_flow.domain.permissions import Role
from ita_flow.domain.thai import comparison_key
from ita_flow.extensions import db
from ita_flow.models.people import Membership, Unit, UnitAlias, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task, task_officers

TasksByMeasure = Mapping[int, Sequence[Task]]


@dataclass(frozen=True)
class OwnerToCheck:
    """A task whose people or whose unit a person should look at."""

    measure: Measure
    task: Task
    gone: Sequence[str]
    """The names of those who did it or are named still, and are officers no more."""

    has_nobody: bool
    former_name: str
    """What the plan's text calls the unit, where that was renamed or merged since; else nothing."""


@dataclass(frozen=True)
class _Officer:
    """Somebody who is named for a task, or for the one of the year before from which it was made."""

    name: str
    is_named: bool
    was_named: bool
    is_officer: bool


def owners_to_check(plan: Plan, tasks: TasksByMeasure, today: date) -> list[OwnerToCheck]:
    """The tasks of the plan that need a look, in its order; two queries. ``tasks``: all of them, with their units."""
    people, former = _officers_of(plan, today), _former_names(plan)
    found = [
        _to_check(measure, task, people.get(task.id, ()), former)
        for measure in plan.measures
        for task in tasks.get(measure.id, ())
    ]
    return [owner for owner in found if owner.gone or owner.has_nobody or owner.former_name]


def _to_check(
    measure: Measure, task: Task, people: Sequence[_Officer], former: Mapping[int, Sequence[str]]
) -> OwnerToCheck:
    """Who went is told until somebody else is named: by then it was looked at."""
    has_successor = any(one.is_named and one.is_officer and not one.was_named for one in people)
    gone = [one.name for one in people if not one.is_officer and (one.is_named or not has_successor)]
    has_nobody = not any(one.is_named for one in people)
    return OwnerToCheck(measure, task, gone, has_nobody, _name_in_text(measure, task, former))


def _officers_of(plan: Plan, today: date) -> Mapping[int, Sequence[_Officer]]:
    old = aliased(Task)
    named = _people(today, is_named=True).join(Task, Task.id == task_officers.c.task_id)
    before = _people(today, is_named=False).join(old, old.id == task_officers.c.task_id)
    before = before.join(Measure, Measure.continues_id == old.measure_id)
    before = before.join(Task, sa.and_(Task.measure_id == Measure.id, Task.division_id == old.division_id))
    of_plan = [
        named.join(Measure, Measure.id == Task.measure_id).where(Measure.plan_id == plan.id),
        before.where(Measure.plan_id == plan.id),
    ]
    rows = db.session.execute(sa.union_all(*(part.add_columns(Task.id.label("task_id")) for part in of_plan)))
    return _by_task(rows)


def _people(today: date, *, is_named: bool) -> sa.Select[*tuple[Any, ...]]:
    held = sa.exists().where(
        Membership.user_id == User.id,
        Membership.role == Role.OFFICER,
        sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    is_officer = sa.and_(User.is_active, held).label("is_officer")
    people: sa.Select[*tuple[Any, ...]] = (
        sa.select(User.id, User.name, sa.literal(is_named).label("is_named"), is_officer)
        .select_from(task_officers)
        .join(User, User.id == task_officers.c.user_id)
    )
    return people


def _by_task(rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> Mapping[int, Sequence[_Officer]]:
    """Each person once a task, in the order of their ids."""
    found: dict[tuple[int, int], list[sa.Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        found.setdefault((row.task_id, row.id), []).append(row)
    by_task: dict[int, list[_Officer]] = {}
    for (task_id, _user), some in sorted(found.items()):
        named = [row.is_named for row in some]
        person = _Officer(some[0].name, any(named), not all(named), some[0].is_officer)
        by_task.setdefault(task_id, []).append(person)
    return by_task


def _former_names(plan: Plan) -> Mapping[int, Sequence[str]]:
    """Other names of the agency's units, by the id of the unit."""
    chosen = sa.select(UnitAlias.unit_id, UnitAlias.name).join(Unit, Unit.id == UnitAlias.unit_id)
    names: dict[int, list[str]] = {}
    for unit_id, name in db.session.execute(chosen.where(Unit.agency_id == plan.agency_id).order_by(UnitAlias.name)):
        names.setdefault(unit_id, []).append(name)
    return names


def _name_in_text(measure: Measure, task: Task, former: Mapping[int, Sequence[str]]) -> str:
    """The name by which the plan knows the division or section of the task, where that is not its name any more."""
    text = comparison_key(measure.responsible_text)
    for unit in (task.division, task.section):
        if unit and comparison_key(unit.name) not in text:
            written = [name for name in former.get(unit.id, ()) if comparison_key(name) in text]
            if written:
                return max(written, key=len)
    return ""
