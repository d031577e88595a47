"""The words by which tasks are found: one statement for all tasks of a year, or of all years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from ita_flow.domain.searching import Search, folded_parts, names_of_measure
from ita_flow.extensions import db
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure, MeasureItem
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.plans import is_in_force


def found_among(conditions: Iterable[sa.ColumnElement[bool]], search: Search) -> set[int]:
    """The ids of the tasks of plans in force that meet these conditions and have each word that is looked for."""
    return {task_id for task_id, text in _texts(list(conditions)).items() if search.finds(text)}


def _texts(conditions: list[sa.ColumnElement[bool]]) -> Mapping[int, str]:
    """By task: numbers, title, area, method, units, officers and items, folded."""
    parts: dict[int, list[str]] = {}
    for task_id, number, area, *texts in db.session.execute(_parts(conditions)):
        told = parts.setdefault(task_id, [])
        if number and area:
            told += names_of_measure(number, area)
        told += [text for text in texts if text]
    return {task_id: folded_parts(told) for task_id, told in parts.items()}


def _parts(conditions: list[sa.ColumnElement[bool]]) -> sa.CompoundSelect[int, int | None, int | None, str, str]:
    section = sa.orm.aliased(Unit)
    nothing, no_number = sa.literal("", sa.Text), sa.null()
    chosen = [
        sa.select(Task.id, Measure.number, Measure.area, Measure.title, Measure.method)
        .join(Task.measure)
        .join(Measure.plan),
        sa.select(Task.id, no_number, no_number, Unit.name, sa.func.coalesce(section.name, ""))
        .join(Task.measure)
        .join(Measure.plan)
        .join(Unit, Unit.id == Task.division_id)
        .outerjoin(section, section.id == Task.section_id),
        sa.select(Task.id, no_number, no_number, User.name, nothing)
        .join(Task.measure)
        .join(Measure.plan)
        .join(task_officers, task_officers.c.task_id == Task.id)
        .join(User, User.id == task_officers.c.user_id),
        sa.select(Task.id, no_number, no_number, MeasureItem.code, MeasureItem.title)
        .join(Task.measure)
        .join(Measure.plan)
        .join(MeasureItem, MeasureItem.measure_id == Measure.id),
    ]
    return sa.union_all(*(one.where(*conditions, is_in_force()) for one in chosen))


def in_any_year(user: User) -> list[sa.ColumnElement[bool]]:
    """The condition of the tasks of the person's agency, whatever their year."""
    return [Task.agency_id == user.agency_id]
