"""Plans, their measures, the tasks given out for them, and when these remind."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear, Window, bangkok_moment
from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.domain.states import ENDED_WITH_A_REASON, PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import Measure, Plan, PlanArea
from ita_flow.models.reminders import ReminderRule
from ita_flow.models.tasks import Step, Task
from tests.factories.keeping import keep, kept
from tests.factories.people import NOW, YEAR, a_division, an_agency

FULL_YEAR_AREAS = (4, 5)
REASON = "ยุบรวมกับมาตรการอื่นของหน่วยงาน"
"""Why a task came to an end."""


def a_plan(agency: Agency, year: int = YEAR.buddhist_year, measures: int = 7, version: int = 1) -> Plan:
    """An approved plan with measures in the areas 1, 2, 3 … in turn: areas 4 and 5 have the whole year."""
    plan = Plan(
        agency_id=agency.id,
        year=year,
        version=version,
        state=PlanState.APPROVED,
        approved_at=bangkok_moment(FiscalYear(year).starts_on, 9),
        has_no_limitations=True,
        content_hash=sha256(f"{agency.id}:{year}:{version}"),
        areas=[PlanArea(number=number) for number in AREAS],
    )
    plan.measures = [a_measure(plan, number) for number in range(1, measures + 1)]
    return kept(plan)


def a_measure(plan: Plan, number: int) -> Measure:
    """A measure of that number, in the area whose turn it is; not in the plan yet."""
    area = (number - 1) % len(AREAS) + 1
    window = plan.fiscal_year.full_year if area in FULL_YEAR_AREAS else plan.fiscal_year.first_half
    return Measure(
        agency_id=plan.agency_id,
        number=number,
        area=area,
        title=f"มาตรการตัวอย่างที่ {number}",
        method=f"ประชุมคณะทำงานและดำเนินการตามมาตรการที่ {number}",
        responsible_text="กองที่รับผิดชอบ",
        window_text="ตลอดปีงบประมาณ" if area in FULL_YEAR_AREAS else "ภายใน 6 เดือนแรก",
        **_days_of(window),
    )


def _days_of(window: Window) -> dict[str, object]:
    return {"window_kind": window.kind, "starts_on": window.starts_on, "ends_on": window.ends_on}


def a_task(
    measure: Measure | None = None,
    division: Unit | None = None,
    section: Unit | None = None,
    officers: Sequence[User] = (),
    due_on: date | None = None,
    steps: Sequence[str] = ("ประชุมคณะทำงาน", "ดำเนินการและสรุปผล"),
    work_status: WorkStatus = WorkStatus.NOT_STARTED,
    at: datetime = NOW,
) -> Task:
    """A task of the division, or of one of its sections; without a measure, for the next one the division lacks."""
    division = division or (section.parent if section else None) or a_division(an_agency())
    measure = measure or _measure_without_task_of(division)
    task = Task(
        agency_id=division.agency_id,
        measure=measure,
        division=division,
        section=section,
        due_on=due_on or measure.ends_on,
        officers=list(officers),
        steps=[Step(position=position, text=text) for position, text in enumerate(steps, start=1)],
    )
    set_status(task, work_status, at)
    return kept(task)


def _measure_without_task_of(division: Unit) -> Measure:
    given = sa.select(Task.measure_id).where(Task.division_id == division.id)
    free = sa.select(Measure).where(Measure.agency_id == division.agency_id, Measure.id.not_in(given))
    measure = db.session.scalars(free.order_by(Measure.plan_id, Measure.number).limit(1)).one_or_none()
    if measure:
        return measure
    versions = sa.select(sa.func.count()).select_from(Plan).where(Plan.agency_id == division.agency_id)
    agency = db.session.get_one(Agency, division.agency_id)
    return a_plan(agency, version=db.session.scalars(versions).one() + 1).measures[0]


def cancel(*tasks: Task) -> None:
    """As the coordinator does, whatever was done of them."""
    for task in tasks:
        task.work_status, task.ending_reason = WorkStatus.CANCELLED, REASON


def set_status(task: Task, status: WorkStatus, at: datetime) -> None:
    is_done = status is WorkStatus.DONE
    task.work_status, task.ending_reason = status, REASON if status in ENDED_WITH_A_REASON else None
    task.percent = {WorkStatus.DONE: 100, WorkStatus.IN_PROGRESS: 50}.get(status, 0)
    task.completed_at = at if is_done else None
    task.claimed_done_on = at.date() if is_done else None


T14, T7, T1, T0 = (Rule(Trigger.BEFORE_DUE, days) for days in (14, 7, 1, 0))
LATE = Rule(Trigger.OVERDUE, 1)


def reminder_rules(agency: Agency, *rules: Rule) -> list[ReminderRule]:
    """Unless said otherwise, the plainest: a fortnight, a week, a day before, on the day, and the day after."""
    wanted = rules or (T14, T7, T1, T0, LATE)
    rows = [ReminderRule(agency_id=agency.id, trigger=rule.trigger, days=rule.days) for rule in wanted]
    db.session.add_all(rows)
    keep()
    return rows


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
