"""The table in which tasks are given out: what was typed in each of its rows, and how the row stood before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from flask_wtf import FlaskForm
from wtforms import SubmitField

from ita_flow.domain.dates import read_date
from ita_flow.domain.refusals import Invalid
from ita_flow.i18n import buddhist_year, short_date
from ita_flow.models.tasks import Task
from ita_flow.web.forms import chosen_id, typed
from ita_flow.workflow.assignments import Assignment, Wish

APART, BETWEEN = ";", ","


class AssignmentsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The form around the table; each row has fields of its own, named by its task."""

    suggest = SubmitField()


@dataclass(frozen=True)
class Row:
    """What stands in the controls of one task."""

    unit: str
    officers: Sequence[int]
    due: str
    seen: str
    """How the task stood when the page was made, as ``stamp`` writes it."""

    @property
    def unit_id(self) -> int:
        """0 for what is no unit at all."""
        return chosen_id(self.unit)


def stamp(assignment: Assignment) -> str:
    """How a task stands, in a hidden field of its row."""
    officers = BETWEEN.join(str(number) for number in sorted(assignment.officer_ids))
    return APART.join((str(assignment.unit_id), officers, assignment.due_on.isoformat()))


def stored_row(task: Task) -> Row:
    """The controls of a task as it stands."""
    stands = Assignment.of(task)
    return Row(str(stands.unit_id), sorted(stands.officer_ids), short_date(stands.due_on), stamp(stands))


def sent_rows(tasks: Sequence[Task]) -> Mapping[int, Row]:
    """The rows that came with the request, by task."""
    return {task.id: _sent(task) for task in tasks if f"seen-{task.id}" in request.form}


def wish_of(task: Task, row: Row) -> Wish:
    """What the row asks for. Raises Invalid for a date that cannot be read, ValueError for no row of ours."""
    seen = _seen(row)
    return Wish(task.id, seen, Assignment(row.unit_id, frozenset(row.officers), _day(task, row, seen)))


def _sent(task: Task) -> Row:
    def field(name: str) -> str:
        return typed(request.form.get(f"{name}-{task.id}"))

    officers = [chosen_id(one) for one in request.form.getlist(f"officers-{task.id}") if chosen_id(one)]
    return Row(field("unit"), officers, field("due").strip(), field("seen"))


def _seen(row: Row) -> Assignment:
    unit, officers, due_on = row.seen.split(APART)
    ids = frozenset(int(one) for one in officers.split(BETWEEN) if one)
    return Assignment(int(unit), ids, date.fromisoformat(due_on))


def _day(task: Task, row: Row, seen: Assignment) -> date:
    if row.due == short_date(seen.due_on):
        return seen.due_on
    try:
        return read_date(row.due)
    except Invalid:
        values = {"number": task.measure.number, "text": row.due, "year": buddhist_year(seen.due_on)}
        raise Invalid("assignment_date_unreadable", field=f"due-{task.id}", **values) from None
