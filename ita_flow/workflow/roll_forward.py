"""From one year into the next: its plan begun from this one, and what was left of this one taken up there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import IN_FORCE
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Measure, Plan, PlanArea
from ita_flow.models.tasks import Task
from ita_flow.queries.carried_over import LeftMeasure, carried_into
from ita_flow.queries.catalogue import Catalogue, KnownItem, catalogue_of
from ita_flow.workflow import audit
from ita_flow.workflow.measure_numbers import number_measures, place_in, waiting
from ita_flow.workflow.measures import unit_told
from ita_flow.workflow.plan_copies import Copying, items_anew, tasks_to_copy
from ita_flow.workflow.plan_editing import item_of_area, refuse_writing, settle


def take_up(plan: Plan, measure_id: int, *, actor: User, at: datetime) -> Measure:
    """Add to the plan the measure of the year before with this id, and the tasks of it that were carried over.

    Raises Stale when the plan is not to be written in, or when it goes on with the measure already.
    """
    refuse_writing(plan)
    left = next((one for one in carried_into(plan).left if one.id == measure_id), None)
    if left is None:
        raise Stale("measure_is_taken_up", year=plan.year)
    before = db.session.get_one(Measure, left.id)
    copying = Copying.between(before.plan, plan)
    measure = _add(copying.measure(before, waiting()), plan)
    tasks = _give_out_again(left, measure, copying, at)
    settle(plan)
    after: audit.Values = {
        "area": measure.area,
        "title": measure.title,
        "continues": left.number,
        "responsible": [unit_told(task.division_id, task.section_id) for task in tasks],
    }
    audit.record("measure.added", plan.agency_id, f"measure:{measure.id}", at=at, actor=actor, after=after)
    return measure


def _add(measure: Measure, plan: Plan) -> Measure:
    order = list(plan.measures)
    plan.measures.append(measure)
    db.session.flush()
    order.insert(place_in(order, plan, measure.area), measure)
    number_measures(order, plan)
    return measure


def _give_out_again(left: LeftMeasure, measure: Measure, copying: Copying, at: datetime) -> Sequence[Task]:
    """The carried-over tasks in the new plan; in one in force people are named, and told of it, by assigning them."""
    carried = {task.id for task in left.tasks}
    tasks = [task for task in tasks_to_copy(copying.source).get(left.id, ()) if task.id in carried]
    copies = [copying.task(task, measure, bangkok_day(at)) for task in tasks]
    if copying.plan.state in IN_FORCE:
        for copy in copies:
            copy.officers = []
    db.session.flush()
    return copies


def recode(plan: Plan, *, actor: User, at: datetime) -> int:
    """Let the measures cite the items of older years as the year before this plan calls them; returns how many could.

    Raises Stale when the plan is not to be written in.
    """
    refuse_writing(plan)
    catalogue = catalogue_of(plan.agency_id, _cited_years(plan) | {plan.year - 1})
    recoded = sum(_recode(measure, plan, catalogue, actor, at) for measure in plan.measures)
    recoded += sum(_recode_area(area, plan, catalogue, actor, at) for area in plan.areas)
    if recoded:
        settle(plan)
    return recoded


def _cited_years(plan: Plan) -> set[int]:
    of_areas = {item["year"] for area in plan.areas for item in area.items if "year" in item}
    return of_areas | {item.year for measure in plan.measures for item in measure.items}


def _recode(measure: Measure, plan: Plan, catalogue: Catalogue, actor: User, at: datetime) -> int:
    """Of one measure: how many of its items were found."""
    cited = [KnownItem(item.year, item.code, item.title) for item in measure.items]
    moved = [_as_called_in(plan.year - 1, item, catalogue) for item in cited]
    changed = sum(now != was for now, was in zip(moved, cited, strict=True))
    if changed:
        measure.items = []
        db.session.flush()  # the old rows go before new ones take their places
        measure.items = items_anew(moved)
        before: audit.Values = {"items": [_told(item) for item in cited]}
        after: audit.Values = {"items": [_told(item) for item in moved]}
        subject = f"measure:{measure.id}"
        audit.record("measure.edited", plan.agency_id, subject, at=at, actor=actor, before=before, after=after)
    return changed


def _recode_area(area: PlanArea, plan: Plan, catalogue: Catalogue, actor: User, at: datetime) -> int:
    """Of what is said about an area: how many of its items were found."""
    usual = plan.year - 1
    cited = [KnownItem(item.get("year", usual), item["code"], item["title"]) for item in area.items]
    moved = [_as_called_in(usual, item, catalogue) for item in cited]
    changed = sum(now != was for now, was in zip(moved, cited, strict=True))
    if changed:
        area.items = [item_of_area(item.code, item.title, item.year, usual) for item in moved]
        before: audit.Values = {"items": [_told(item) for item in cited]}
        after: audit.Values = {"area": area.number, "items": [_told(item) for item in moved]}
        subject = f"plan:{plan.id}"
        audit.record("plan.area_written", plan.agency_id, subject, at=at, actor=actor, before=before, after=after)
    return changed


def _as_called_in(year: int, item: KnownItem, catalogue: Catalogue) -> KnownItem:
    return (catalogue.moved(item, year) if item.year < year else None) or item


def _told(item: KnownItem) -> str:
    return f"{item.code} ({item.year}) {item.title}".strip()
