"""Writing measures by hand, and giving each to its divisions as tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ita_flow.domain.begun import Trace, fixed_of_measure, may_be_taken_back, may_change_unit
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import IN_FORCE
from ita_flow.domain.steps import steps_of
from ita_flow.extensions import db
from ita_flow.intake.by_hand import TypedItem, items_as_typed, read_items, read_text
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Measure, MeasureItem, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.amendments import is_amended
from ita_flow.queries.begun import begun_measures, traces_on
from ita_flow.queries.plan_editing import responsible_of, tasks_of
from ita_flow.queries.plan_seen import seen_measure
from ita_flow.workflow import audit, notices
from ita_flow.workflow.copied_units import make_room
from ita_flow.workflow.copies import is_cancelled, is_closed
from ita_flow.workflow.measure_numbers import OUT_OF_THE_WAY, keeps_numbers, number_measures, place_in, waiting
from ita_flow.workflow.measure_texts import MeasureText, ReadMeasure, Responsible, read_measure
from ita_flow.workflow.plan_editing import changed, forget_lines, refuse_when_changed, refuse_writing, settle
from ita_flow.workflow.task_editing import give_to, move_due, new_task, write_steps
from ita_flow.workflow.tasks import take_back

FIELD_OF = {"window": "window_kind"}


def add_measure(plan: Plan, agency: Agency, text: MeasureText, *, actor: User, at: datetime) -> Measure:
    """Add a measure behind the last of its area, and a task of each responsible division. Raises Incomplete."""
    refuse_writing(plan)
    read = read_measure(text, agency, plan.fiscal_year, None)
    order = list(plan.measures)
    measure = Measure(agency_id=plan.agency_id, number=waiting(), source={})
    _write(measure, read)
    plan.measures.append(measure)
    db.session.flush()
    order.insert(place_in(order, plan, read.area), measure)
    number_measures(order, plan)
    _give_out(measure, read.responsible)
    _settle_and_record("measure.added", measure, {}, _told(measure, tasks_of(measure)), actor, at)
    return measure


def edit_measure(measure: Measure, agency: Agency, text: MeasureText, *, seen: str, actor: User, at: datetime) -> bool:
    """Let the measure say this; returns whether anything changed. Raises Incomplete, Invalid or ChangedMeanwhile."""
    refuse_writing(measure.plan)
    read = read_measure(text, agency, measure.plan.fiscal_year, measure)
    tasks = tasks_of(measure)
    refuse_when_changed(seen, seen_measure(measure, tasks))
    before = _told(measure, tasks)
    wanted = _told_of_read(read)
    if wanted == before:
        return False
    names = [name for name in wanted if wanted[name] != before[name]]
    _refuse_when_begun(measure, read, names, tasks)
    if "area" in names:
        _refuse_emptying_area(measure, "area")
    _write(measure, read, keeps_responsible_text="responsible" not in names)
    forget_lines(measure, names)
    _change_tasks(measure, read, names, actor, at)
    _settle_and_record("measure.edited", measure, before, _told(measure, tasks_of(measure)), actor, at)
    return True


def reword_measure(measure: Measure, items: str, analysis: str, *, seen: str, actor: User, at: datetime) -> bool:
    """Change what the measure rests on, and nothing that anybody was told to do; returns whether anything changed."""
    refuse_writing(measure.plan)
    tasks = tasks_of(measure)
    refuse_when_changed(seen, seen_measure(measure, tasks))
    before = _told(measure, tasks)
    usual = measure.plan.year - 1
    _write_items(measure, read_items(items, usual, kept=items_as_typed(measure.items, usual)))
    measure.analysis = read_text(analysis, "analysis", kept=measure.analysis)
    after = _told(measure, tasks)
    if after == before:
        return False
    forget_lines(measure, [name for name in after if after[name] != before[name]])
    _settle_and_record("measure.edited", measure, before, after, actor, at)
    return True


def remove_measure(measure: Measure, *, seen: str, actor: User, at: datetime) -> None:
    """Take the measure and its tasks out of the plan. Raises Invalid once anybody worked on it or was reminded."""
    plan, tasks = measure.plan, tasks_of(measure)
    refuse_writing(plan)
    refuse_when_changed(seen, seen_measure(measure, tasks))
    refuse_removal(measure)
    before, subject = _told(measure, tasks), f"measure:{measure.id}"
    take_back(measure)
    plan.measures.remove(measure)
    db.session.flush()
    number_measures(list(plan.measures), plan)
    settle(plan)
    audit.record("measure.removed", plan.agency_id, subject, at=at, actor=actor, before=before)


def refuse_removal(measure: Measure) -> None:
    """Raise Invalid when something speaks of a task of the measure, or when its area would be left without any."""
    traces = traces_on(measure).values()
    if Trace.REPORTED in traces:
        raise Invalid("measure_has_reports")
    if not all(map(may_be_taken_back, traces)):
        raise Invalid("measure_was_reminded")
    if is_amended(measure):
        raise Invalid("measure_continues")
    _refuse_emptying_area(measure)


def _refuse_emptying_area(measure: Measure, field: str | None = None) -> None:
    """A plan in force was approved with a measure in every area, and keeps one in each."""
    plan, area = measure.plan, measure.area
    if plan.state in IN_FORCE and [one for one in plan.measures if one.area == area] == [measure]:
        raise Invalid("area_would_be_empty", field, area=area)


def move_measure(measure: Measure, by: int, *, seen: str, actor: User, at: datetime) -> None:
    """Let the measure change places with its neighbour in the same area: -1 the one before, 1 the one after."""
    refuse_writing(measure.plan)
    refuse_when_changed(seen, str(measure.number))
    plan = measure.plan
    if keeps_numbers(plan):
        raise Invalid("measure_number_stays")
    kin = [one for one in plan.measures if one.area == measure.area]
    place = kin.index(measure) + by
    if not 0 <= place < len(kin):
        return
    other = kin[place]
    if begun_measures(plan) & {measure.id, other.id}:
        raise Invalid("measure_number_is_known")
    mine, theirs = measure.number, other.number
    measure.number = mine + OUT_OF_THE_WAY  # numbers are unique in a plan
    db.session.flush()
    other.number = mine
    db.session.flush()
    measure.number = theirs
    db.session.flush()
    db.session.expire(plan, ["measures"])
    _settle_and_record("measure.moved", measure, {"number": mine}, {"number": theirs}, actor, at)


def _write(measure: Measure, read: ReadMeasure, keeps_responsible_text: bool = False) -> None:
    measure.area, measure.title, measure.analysis, measure.method = read.area, read.title, read.analysis, read.method
    measure.window_text, measure.window_kind = read.window_text, read.window.kind
    measure.starts_on, measure.ends_on = read.window.starts_on, read.window.ends_on
    if not keeps_responsible_text:
        measure.responsible_text = read.responsible_text
    _write_items(measure, read.items)


def _write_items(measure: Measure, read: Sequence[TypedItem]) -> None:
    wanted = [(item.year, item.code, item.title) for item in read]
    if wanted != [(item.year, item.code, item.title) for item in measure.items]:
        lines = {(item.year, item.code, item.title): item.source for item in measure.items}
        measure.items = []
        db.session.flush()  # the old rows go before new ones take their places
        measure.items = [
            MeasureItem(position=position, year=year, code=code, title=title, source=lines.get((year, code, title), {}))
            for position, (year, code, title) in enumerate(wanted, 1)
        ]


def _give_out(measure: Measure, responsible: Sequence[Responsible]) -> None:
    for pair in responsible:
        new_task(measure, pair.division, pair.section)
    db.session.flush()


def _change_tasks(measure: Measure, read: ReadMeasure, names: Sequence[str], actor: User, at: datetime) -> None:
    """Divisions that are no longer responsible lose their task; the others follow window and method."""
    if "responsible" in names:
        make_room(measure, tasks_of(measure), [pair.division for pair in read.responsible], actor=actor, at=at)
    kept = {task.division_id: task for task in tasks_of(measure)}
    wanted = {pair.division.id: pair for pair in read.responsible}
    for division_id, task in kept.items():
        if division_id not in wanted and not is_cancelled(task):
            notices.forget_task(task)
            db.session.delete(task)
    db.session.flush()
    for division_id, task in kept.items():
        if division_id in wanted and not is_closed(task):
            _follow(task, measure, wanted[division_id], names, actor, at)
    _give_out(measure, [pair for pair in read.responsible if pair.division.id not in kept])


def _follow(task: Task, measure: Measure, pair: Responsible, names: Sequence[str], actor: User, at: datetime) -> None:
    give_to(task, pair.division, pair.section, actor=actor, at=at)
    if "window" in names:
        move_due(task, measure.ends_on, actor=actor, at=at)
    if "method" in names:
        write_steps(task, steps_of(measure.method), actor=actor, at=at)


def _refuse_when_begun(measure: Measure, read: ReadMeasure, names: Sequence[str], tasks: Sequence[Task]) -> None:
    traces = traces_on(measure)
    fixed = fixed_of_measure(names, traces.values())
    if fixed:
        raise Invalid("measure_has_begun", FIELD_OF.get(fixed[0], fixed[0]))
    sections = {pair.division.id: pair.section_id for pair in read.responsible}
    for task in responsible_of(tasks):
        _refuse_moving(task, sections, traces[task.id])


def _refuse_moving(task: Task, sections: Mapping[int, int | None], trace: Trace) -> None:
    """Raise Invalid where a task that something speaks of would go to others, or away."""
    is_kept = task.division_id in sections
    if not may_change_unit(trace) and not (is_kept and sections[task.division_id] == task.section_id):
        raise Invalid("measure_has_begun", "responsible")
    if not is_kept and not may_be_taken_back(trace):
        raise Invalid("measure_was_reminded", "responsible")


def _told(measure: Measure, tasks: Sequence[Task]) -> dict[str, Any]:
    """The measure in the words of the record."""
    return {
        "area": measure.area,
        "title": measure.title,
        "items": [_item_told(item.code, item.year, item.title) for item in measure.items],
        "analysis": measure.analysis,
        "method": measure.method,
        "window": f"{measure.window_text} ({measure.starts_on}/{measure.ends_on})",
        "responsible": sorted(unit_told(task.division_id, task.section_id) for task in responsible_of(tasks)),
    }


def _told_of_read(read: ReadMeasure) -> dict[str, Any]:
    return {
        "area": read.area,
        "title": read.title,
        "items": [_item_told(item.code, item.year, item.title) for item in read.items],
        "analysis": read.analysis,
        "method": read.method,
        "window": f"{read.window_text} ({read.window.starts_on}/{read.window.ends_on})",
        "responsible": sorted(unit_told(one.division.id, one.section_id) for one in read.responsible),
    }


def _item_told(code: str, year: int, title: str) -> str:
    return f"{code} ({year}) {title}".strip()


def unit_told(division_id: int, section_id: int | None) -> str:
    """Who is responsible, in the words of the record."""
    return f"unit:{division_id}" + (f"/unit:{section_id}" if section_id else "")


def _settle_and_record(
    action: str, measure: Measure, before: dict[str, Any], after: dict[str, Any], actor: User, at: datetime
) -> None:
    settle(measure.plan)
    was, now = changed(before, after)
    was = was if before else {}
    audit.record(action, measure.agency_id, f"measure:{measure.id}", at=at, actor=actor, before=was, after=now)
