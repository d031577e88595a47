"""Giving out the tasks of a plan in one table: units, officers, due dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.begun import may_change_unit
from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import Incomplete, Invalid, Stale
from ita_flow.domain.states import CLOSED, COUNTING
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.assignments import Staff, plan_to_assign, posts_today, staff_of, tasks_to_assign
from ita_flow.queries.begun import traces_of
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.unit_deciders import Deciders, SeatOver, deciders_of
from ita_flow.queries.units import units_by_division
from ita_flow.web.access import actor, begin_reading, now, requires, today
from ita_flow.web.forms import chosen_id, tell
from ita_flow.web.forms.assignments import AssignmentsForm, Row, sent_rows, stored_row, wish_of
from ita_flow.web.once import once
from ita_flow.web.rehearsals import goes_back, once_seen
from ita_flow.wording import sentence_of
from ita_flow.workflow import assignments
from ita_flow.workflow.assignments import Wish, division_of, section_of

bp = Blueprint("assignments", __name__, url_prefix="/plans/<int:year>/assign")


@dataclass(frozen=True)
class RowShown:
    """One task in the table: what stands in its controls, and what may stand there."""

    task: Task
    row: Row
    unit: Unit
    near: Sequence[User]
    """Officers of the unit, and whoever is chosen."""

    far: Sequence[User]
    """The others of its division."""

    deciders: Sequence[SeatOver]
    is_begun: bool
    working_day: date

    @property
    def is_closed(self) -> bool:
        return self.task.work_status in CLOSED

    @property
    def chosen(self) -> Sequence[User]:
        return [person for person in (*self.near, *self.far) if person.id in self.row.officers]


@dataclass(frozen=True)
class Office:
    """The units of the agency and the people in them."""

    divisions: Sequence[tuple[Unit, Sequence[Unit]]]
    units: Mapping[int, Unit]
    staff: Staff
    deciders: Deciders


@bp.get("")
@requires(Permission.PLAN_WRITE)
def index(year: int) -> str:
    plan = _plan(year)
    if plan is None:
        return render_template("assignments/empty.html", year=year)
    tasks = tasks_to_assign(plan)
    return _table(plan, tasks, {task.id: stored_row(task) for task in tasks}, AssignmentsForm(), _office(plan))


@bp.post("")
@requires(Permission.PLAN_WRITE)
def assign(year: int) -> Response | str | tuple[str, int]:
    form, plan = AssignmentsForm(), _plan_or_404(year)
    if not form.validate():
        abort(400)
    tasks = tasks_to_assign(plan)
    rows = sent_rows(tasks)
    if form.suggest.data:
        office = _office(plan)
        return _table(plan, tasks, _with_suggestions(tasks, rows, office), form, office)
    if goes_back():
        return _table(
            plan, tasks, {task.id: rows.get(task.id) or stored_row(task) for task in tasks}, form, _office(plan)
        )
    changed: list[int] = []
    try:
        location = _assign_seen(year, _wishes(tasks, rows), changed)
    except (Incomplete, Stale) as refusal:
        return _table_again(year, rows, form, refusal)
    flash(_told(changed[-1] if changed else None), "success")
    return redirect(location, code=303)


def _assign_seen(year: int, wishes: Sequence[Wish], changed: list[int]) -> str:
    """Other officers and other due dates move mails, which are shown before they are saved."""
    moving = sum(wish.moves_mails for wish in wishes)
    if not moving:
        return once(lambda: _assign(year, wishes, changed))
    about = _("เปลี่ยนผู้รับผิดชอบหรือกำหนดของ %(count)s งาน", count=moving)
    return once_seen(lambda: _assign(year, wishes, changed), about, always=False)


def _assign(year: int, wishes: Sequence[Wish], changed: list[int]) -> str:
    plan = _plan_or_404(year)
    changed.append(assignments.give_out(plan, wishes, actor=actor(), at=now(), today=today()))
    return url_for(".index", year=year, version=_version_beside(plan))


def _version_beside(plan: Plan) -> int | None:
    """The version that addresses name, for an amendment that is being written."""
    return plan.version if plan.supersedes_id and plan.state not in COUNTING else None


def _told(changed: int | None) -> str:
    if changed is None:
        return _("บันทึกการมอบหมายแล้ว")
    return _("บันทึกการมอบหมายแล้ว %(count)s งาน", count=changed) if changed else _("ไม่มีอะไรเปลี่ยน")


def _wishes(tasks: Sequence[Task], rows: Mapping[int, Row]) -> list[Wish]:
    """What the rows ask for. Raises Incomplete for dates that cannot be read."""
    wishes, problems = [], []
    for task in tasks:
        if task.id not in rows:
            continue
        try:
            wishes.append(wish_of(task, rows[task.id]))
        except Invalid as problem:
            problems.append(problem)
        except ValueError:
            abort(400)
    if problems:
        raise Incomplete(problems)
    return wishes


def _with_suggestions(tasks: Sequence[Task], rows: Mapping[int, Row], office: Office) -> dict[int, Row]:
    """The rows as typed; those of open tasks that name nobody name whom the system suggests."""
    return {task.id: _suggested(task, rows.get(task.id) or stored_row(task), office) for task in tasks}


def _suggested(task: Task, row: Row, office: Office) -> Row:
    if row.officers or task.work_status in CLOSED:
        return row
    unit = office.units.get(row.unit_id, task.unit)
    return replace(row, officers=[one.id for one in office.staff.suggested(division_of(unit), section_of(unit))])


def _table_again(
    year: int, rows: Mapping[int, Row], form: AssignmentsForm, refusal: Incomplete | Stale
) -> tuple[str, int]:
    begin_reading()
    plan = _plan_or_404(year)
    tasks = tasks_to_assign(plan)
    problems = refusal.problems if isinstance(refusal, Incomplete) else [Invalid(refusal.key, None, **refusal.values)]
    for problem in problems:
        tell(form, problem)
    stored = {task.id: stored_row(task) for task in tasks}
    shown = {**stored, **{number: row for number, row in rows.items() if number in stored}}
    if isinstance(refusal, Stale):  # the next press is weighed against what is shown now
        shown = {number: replace(row, seen=stored[number].seen) for number, row in shown.items()}
    return _table(plan, tasks, shown, form, _office(plan), problems), 422 if isinstance(refusal, Incomplete) else 409


def _table(
    plan: Plan,
    tasks: Sequence[Task],
    rows: Mapping[int, Row],
    form: AssignmentsForm,
    office: Office,
    problems: Sequence[Invalid] = (),
) -> str:
    traces = traces_of(plan)
    return render_template(
        "assignments/index.html",
        year=plan.year,
        plan=plan,
        version=_version_beside(plan),
        form=form,
        rows=[_shown(task, rows[task.id], office, not may_change_unit(traces[task.id])) for task in tasks],
        divisions=office.divisions,
        problems=[(problem.field, sentence_of(problem)) for problem in problems],
        named=sum(bool(rows[task.id].officers) and not task.officers for task in tasks),
        without=sum(not task.officers and task.work_status not in CLOSED for task in tasks),
    )


def _shown(task: Task, row: Row, office: Office, is_begun: bool) -> RowShown:
    unit, staff = office.units.get(row.unit_id, task.unit), office.staff
    everybody = staff.candidates(division_of(unit), section_of(unit))
    known = {one.id for one in everybody}
    everybody += [officer for officer in task.officers if officer.id not in known]
    own = {one.id for one in staff.of(unit)}
    near = [one for one in everybody if one.id in own or one.id in row.officers]
    return RowShown(
        task=task,
        row=row,
        unit=unit,
        near=near,
        far=[one for one in everybody if one not in near],
        deciders=office.deciders.over(division_of(unit), section_of(unit)),
        is_begun=is_begun,
        working_day=last_working_day(task.due_on, free_days_of(actor().agency)),
    )


def _office(plan: Plan) -> Office:
    divisions = units_by_division(plan.agency_id)
    units = [unit for division, sections in divisions for unit in (division, *sections)]
    posts = posts_today(plan.agency_id, today())
    by_id = {unit.id: unit for unit in units}
    return Office(divisions, by_id, staff_of(posts, units), deciders_of(plan, posts))


def _plan_or_404(year: int) -> Plan:
    return _plan(year) or abort(404)


def _plan(year: int) -> Plan | None:
    """The version in force, or the amendment that the form names."""
    version = request.values.get("version")
    return plan_to_assign(actor().agency_id, year, None if version is None else chosen_id(version))
