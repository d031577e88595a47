"""New versions of a plan beside the one in force: which there are, and what each changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.states import IN_HAND, PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, Plan, PlanArea
from ita_flow.models.tasks import Task


def amendment_in_hand(agency_id: int, year: int) -> Plan | None:
    """The amendment of that year's plan (BE) which is being written or waits for the seats."""
    chosen = sa.select(Plan).where(Plan.agency_id == agency_id, Plan.year == year, Plan.state.in_(IN_HAND))
    return db.session.scalars(chosen.where(Plan.supersedes_id.is_not(None))).one_or_none()


def amendment_of(agency_id: int, year: int, version: int) -> Plan | None:
    """This version of that year's plan (BE), if it amends another."""
    chosen = sa.select(Plan).where(Plan.agency_id == agency_id, Plan.year == year, Plan.version == version)
    return db.session.scalars(chosen.where(Plan.supersedes_id.is_not(None), is_kept())).one_or_none()


def versions_of(agency_id: int, year: int) -> Sequence[Plan]:
    """Every version of that year's plan (BE) that was not given up, the first one first."""
    chosen = sa.select(Plan).where(Plan.agency_id == agency_id, Plan.year == year, is_kept())
    return db.session.scalars(chosen.order_by(Plan.version)).all()


def is_amended(measure: Measure) -> bool:
    """Whether the measure stands in an amendment and goes on one of the version that it amends."""
    amended = measure.plan.supersedes_id
    if amended is None or measure.continues_id is None:
        return False
    return db.session.get_one(Measure, measure.continues_id).plan_id == amended


def continuing_measures(plan: Plan) -> frozenset[int]:
    """The ids of the measures of an amendment that go on one of the version that it amends; none of any other plan."""
    before = sa.select(Measure.id).where(Measure.plan_id == plan.supersedes_id)
    chosen = sa.select(Measure.id).where(Measure.plan_id == plan.id, Measure.continues_id.in_(before))
    return frozenset(db.session.scalars(chosen)) if plan.supersedes_id else frozenset()


def newest_version(agency_id: int, year: int) -> int:
    """The number of the newest version of that year's plan (BE) that was not given up; 0 when there is none."""
    chosen = sa.select(sa.func.max(Plan.version)).where(Plan.agency_id == agency_id, Plan.year == year, is_kept())
    return db.session.scalar(chosen) or 0


def last_number(plan: Plan) -> int:
    """The highest number that a version of this plan's year ever had."""
    chosen = sa.select(sa.func.max(Plan.version)).where(Plan.agency_id == plan.agency_id, Plan.year == plan.year)
    return db.session.scalar(chosen) or 0


def is_kept() -> sa.ColumnElement[bool]:
    """Whether a version was not given up."""
    return Plan.state != PlanState.DISCARDED


TasksOfMeasures = Mapping[int, Mapping[int, Task]]


@dataclass(frozen=True)
class Line:
    """A part that is said otherwise than before; ``unit`` where it is about the task of one."""

    part: str
    was: str
    now: str
    unit: str = ""


class MeasureFate(StrEnum):
    """What a version does to a measure."""

    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    """It stood in a draft; a version that was in force once is never without it."""


@dataclass(frozen=True)
class MeasureChange:
    measure: Measure
    fate: MeasureFate
    lines: Sequence[Line]
    reason: str = ""
    """Why it is cancelled."""


@dataclass(frozen=True)
class AreaChange:
    number: int
    lines: Sequence[Line]


@dataclass(frozen=True)
class Changes:
    """What one version of a plan says otherwise than the version that it amends."""

    before: Plan
    after: Plan
    areas: Sequence[AreaChange]
    measures: Sequence[MeasureChange]
    limitations: Sequence[Line]

    @property
    def count(self) -> int:
        return len(self.areas) + len(self.measures) + bool(self.limitations)


def changes_of(amendment: Plan) -> Changes:
    """The version beside the one that it amends, as both stand now; three statements."""
    whole = _whole((amendment.supersedes_id or 0, amendment.id))
    before, after = whole[amendment.supersedes_id or 0], whole[amendment.id]
    tasks = _tasks(whole)
    measures = [_change_of(one, before, tasks) for one in after.measures]
    kept = {measure.continues_id for measure in after.measures}
    gone = [MeasureChange(one, MeasureFate.REMOVED, ()) for one in before.measures if one.id not in kept]
    return Changes(before, after, _areas(before, after), [*filter(None, measures), *gone], _limitations(before, after))


def _whole(plan_ids: Collection[int]) -> Mapping[int, Plan]:
    measures = selectinload(Plan.measures).joinedload(Measure.items)
    chosen = sa.select(Plan).where(Plan.id.in_(plan_ids)).execution_options(populate_existing=True)
    chosen = chosen.options(joinedload(Plan.areas), joinedload(Plan.limitations), measures)
    return {plan.id: plan for plan in db.session.scalars(chosen).unique()}


def _tasks(plan_ids: Collection[int]) -> TasksOfMeasures:
    """By measure, and by the task in force for which each stands; itself where it is that."""
    chosen = sa.select(Task).join(Task.measure).where(Measure.plan_id.in_(plan_ids)).order_by(Task.id)
    chosen = chosen.options(joinedload(Task.division), joinedload(Task.section), joinedload(Task.steps))
    found: dict[int, dict[int, Task]] = {}
    for task in db.session.scalars(chosen).unique():
        found.setdefault(task.measure_id, {})[task.continues_id or task.id] = task
    return found


def _change_of(measure: Measure, before: Plan, tasks: TasksOfMeasures) -> MeasureChange | None:
    """None where the measure stays as it was."""
    was = next((one for one in before.measures if one.id == measure.continues_id), None)
    theirs = tasks.get(measure.id, {})
    if was is None:
        return MeasureChange(measure, MeasureFate.NEW, ())
    known = tasks.get(was.id, {})
    if _all_cancelled(theirs) and not _all_cancelled(known):
        reasons = dict.fromkeys(task.ending_reason or "" for task in theirs.values())
        return MeasureChange(measure, MeasureFate.CANCELLED, (), " · ".join(reasons))
    lines = [*_lines(_said(was), _said(measure)), *_lines_of_tasks(known, theirs, was.method == measure.method)]
    return MeasureChange(measure, MeasureFate.CHANGED, lines) if lines else None


def _all_cancelled(tasks: Mapping[int, Task]) -> bool:
    return bool(tasks) and all(task.work_status is WorkStatus.CANCELLED for task in tasks.values())


def _said(measure: Measure) -> dict[str, str]:
    return {
        "area": str(measure.area),
        "title": measure.title,
        "items": "\n".join(f"{item.code} ({item.year}) {item.title}".strip() for item in measure.items),
        "analysis": measure.analysis,
        "method": measure.method,
        "window_text": measure.window_text,
        "ends_on": measure.ends_on.isoformat(),
    }


def _lines(was: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    return [Line(part, was[part], now[part]) for part in now if was[part] != now[part]]


def _lines_of_tasks(old: Mapping[int, Task], new: Mapping[int, Task], steps_are_news: bool) -> Iterator[Line]:
    for number, task in new.items():
        was, unit = old.get(number), task.unit.name
        if was is None:
            yield Line("responsible", "", _unit(task))
        elif task.work_status is WorkStatus.CANCELLED and was.work_status is not WorkStatus.CANCELLED:
            yield Line("cancelled", "", task.ending_reason or "", was.unit.name)
        else:
            yield from _lines_of_task(was, task, unit, steps_are_news)


def _lines_of_task(was: Task, task: Task, unit: str, steps_are_news: bool) -> Iterator[Line]:
    """Steps follow the method: they are told only where that stays as it was."""
    if _unit(was) != _unit(task):
        yield Line("responsible", _unit(was), _unit(task))
    if was.due_on != task.due_on:
        yield Line("due_on", was.due_on.isoformat(), task.due_on.isoformat(), unit)
    before, after = ("\n".join(step.text for step in one.steps) for one in (was, task))
    if steps_are_news and before != after:
        yield Line("steps", before, after, unit)


def _unit(task: Task) -> str:
    return f"{task.section.name} {task.division.name}" if task.section else task.division.name


def _areas(before: Plan, after: Plan) -> list[AreaChange]:
    was, now = ({area.number: _said_of_area(area) for area in plan.areas} for plan in (before, after))
    nothing = dict.fromkeys(("overview", "items", "analysis", "focus"), "")
    numbers = sorted(was.keys() | now.keys())
    changes = [AreaChange(one, _lines(was.get(one, nothing), now.get(one, nothing))) for one in numbers]
    return [change for change in changes if change.lines]


def _said_of_area(area: PlanArea) -> dict[str, str]:
    items = "\n".join(f"{item['code']} {item['title']}".strip() for item in area.items)
    return {"overview": area.overview, "items": items, "analysis": area.analysis, "focus": area.focus}


def _limitations(before: Plan, after: Plan) -> list[Line]:
    was, now = (_said_of_limitations(plan) for plan in (before, after))
    return _lines(was, now)


def _said_of_limitations(plan: Plan) -> dict[str, str]:
    rows = (filter(None, (row.limitation, row.analysis, row.suggestion)) for row in plan.limitations)
    none = str(plan.has_no_limitations or "")
    return {"limitations": "\n".join(" · ".join(row) for row in rows), "limitations_none": none}
