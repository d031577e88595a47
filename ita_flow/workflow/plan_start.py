"""Beginning a year: with an empty plan, or with that of another year as its pattern."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.calendar import FiscalYear, bangkok_day
from ita_flow.domain.next_year import moved_day, moved_phrase, moved_window
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Limitation, Measure, MeasureItem, Plan, PlanArea
from ita_flow.models.tasks import Task
from ita_flow.queries.plans import plan_of, state_of_plan
from ita_flow.workflow import audit
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.plan_editing import settle
from ita_flow.workflow.task_editing import new_task


def begin_empty(agency: Agency, year: int, *, actor: User, at: datetime) -> Plan:
    """Begin the year with a draft that says nothing yet. Raises Stale when the year has a plan."""
    plan = _new_plan(agency, year)
    settle(plan)
    audit.record("plan.begun", agency.id, f"plan:{plan.id}", at=at, actor=actor, after={"year": year})
    return plan


def begin_as_copy(agency: Agency, year: int, source_year: int, *, actor: User, at: datetime) -> Plan:
    """Begin the year with the measures of another, their windows and dates moved and their progress left behind.

    Raises Stale when the year has a plan, or when the other has none any more.
    """
    plan = _new_plan(agency, year)
    source = plan_of(agency, source_year)
    if source is None:
        raise Stale("source_plan_missing", year=source_year)
    plan.has_no_limitations = source.has_no_limitations
    plan.areas = [_area(area) for area in source.areas]
    plan.limitations = [_limitation(row) for row in source.limitations]
    plan.measures = [_measure(measure, plan, source.fiscal_year) for measure in source.measures]
    db.session.flush()
    tasks = _copy_tasks(source, plan, bangkok_day(at))
    settle(plan)
    copied: audit.Values = {"copied_from": f"plan:{source.id}", "measures": len(plan.measures), "tasks": tasks}
    after: audit.Values = {"year": year, **copied}
    audit.record("plan.begun", agency.id, f"plan:{plan.id}", at=at, actor=actor, after=after)
    return plan


def _new_plan(agency: Agency, year: int) -> Plan:
    hold_plans(agency)
    if state_of_plan(agency, year):
        raise Stale("year_has_a_plan", year=year)
    plan = Plan(agency_id=agency.id, year=year, version=1, state=PlanState.DRAFT, content_hash="")
    db.session.add(plan)
    db.session.flush()
    return plan


def _area(area: PlanArea) -> PlanArea:
    items = [{**item, "line": 0} for item in area.items]
    return PlanArea(
        number=area.number, overview=area.overview, analysis=area.analysis, focus=area.focus, items=items, source={}
    )


def _limitation(row: Limitation) -> Limitation:
    return Limitation(
        position=row.position,
        limitation=row.limitation,
        analysis=row.analysis,
        suggestion=row.suggestion,
        source={},
    )


def _measure(measure: Measure, plan: Plan, since: FiscalYear) -> Measure:
    """The measure in the new year. A cited code means something only with its year, so that stays."""
    window = moved_window(measure.window, plan.fiscal_year)
    items = [
        MeasureItem(position=item.position, year=item.year, code=item.code, title=item.title, source={})
        for item in measure.items
    ]
    return Measure(
        agency_id=measure.agency_id,
        number=measure.number,
        area=measure.area,
        title=measure.title,
        method=measure.method,
        analysis=measure.analysis,
        responsible_text=measure.responsible_text,
        window_text=moved_phrase(measure.window_text, window, since, plan.fiscal_year),
        window_kind=window.kind,
        starts_on=window.starts_on,
        ends_on=window.ends_on,
        items=items,
        source={},
    )


def _copy_tasks(source: Plan, plan: Plan, today: date) -> int:
    """Give out the same tasks in the new plan; returns how many."""
    measures = {measure.number: measure for measure in plan.measures}
    numbers = {measure.id: measure.number for measure in source.measures}
    copies = [_task(task, measures[numbers[task.measure_id]], plan, today) for task in _tasks_of(source)]
    db.session.flush()
    return len(copies)


def _tasks_of(plan: Plan) -> Sequence[Task]:
    chosen = (
        sa.select(Task)
        .join(Task.measure)
        .where(Measure.plan_id == plan.id)
        .options(
            joinedload(Task.division),
            joinedload(Task.section),
            selectinload(Task.steps),
            selectinload(Task.officers).selectinload(User.memberships),
        )
        .order_by(Task.id)
    )
    return db.session.scalars(chosen).all()


def _task(task: Task, measure: Measure, plan: Plan, today: date) -> Task:
    due_on, steps = moved_day(task.due_on, plan.fiscal_year), [step.text for step in task.steps]
    copy = new_task(measure, task.division, task.section, due_on=due_on, steps=steps)
    copy.officers = [officer for officer in task.officers if _is_officer(officer, today)]
    return copy


def _is_officer(person: User, today: date) -> bool:
    """Whether the person still holds the post that the task was given to."""
    return person.is_active and person.has_role_on(Role.OFFICER, today)
