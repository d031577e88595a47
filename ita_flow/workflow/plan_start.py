"""Beginning a year: with an empty plan, or with that of another year as its pattern."""

from __future__ import annotations

from datetime import date, datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Plan
from ita_flow.queries.plans import plan_of, state_of_plan
from ita_flow.workflow import audit
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.plan_copies import Copying, measures_to_copy, tasks_to_copy
from ita_flow.workflow.plan_editing import settle


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
    told = _copy(source, plan, bangkok_day(at))
    settle(plan)
    after: audit.Values = {"year": year, "copied_from": f"plan:{source.id}", **told}
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


def _copy(source: Plan, plan: Plan, today: date) -> audit.Values:
    """Write it all anew; returns what the record tells of it, such as the cancelled measures that were left out."""
    copying, tasks = Copying.between(source, plan), tasks_to_copy(source)
    wanted = measures_to_copy(source, tasks)
    plan.has_no_limitations = source.has_no_limitations
    plan.areas = [copying.area(area) for area in source.areas]
    plan.limitations = [copying.limitation(row) for row in source.limitations]
    plan.measures = [copying.measure(measure, number) for number, measure in enumerate(wanted, 1)]
    db.session.flush()
    copies = [
        copying.task(task, copy, today)
        for measure, copy in zip(wanted, plan.measures, strict=True)
        for task in tasks.get(measure.id, ())
        if task.work_status is not WorkStatus.CANCELLED
    ]
    db.session.flush()
    left_out = [measure.number for measure in source.measures if measure not in wanted]
    counted: audit.Values = {"measures": len(wanted), "tasks": len(copies)}
    return {**counted, "left_out": left_out} if left_out else counted
