"""What a plan says, written anew for another year: windows and days moved, codes of items looked up in their year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.next_year import moved_day, moved_phrase, moved_window
from ita_flow.domain.permissions import Role
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Limitation, Measure, MeasureItem, Plan, PlanArea
from ita_flow.models.tasks import Task
from ita_flow.queries.catalogue import Catalogue, KnownItem, catalogue_of
from ita_flow.workflow.plan_editing import item_of_area
from ita_flow.workflow.task_editing import new_task


@dataclass(frozen=True)
class Copying:
    """One plan written anew as another."""

    source: Plan
    plan: Plan
    catalogue: Catalogue

    @classmethod
    def between(cls, source: Plan, plan: Plan) -> Copying:
        """With what is known of the items that the source names, in both years."""
        cited = {item.year for measure in source.measures for item in measure.items} | {source.year - 1}
        shift = plan.year - source.year
        return cls(source, plan, catalogue_of(plan.agency_id, cited | {year + shift for year in cited}))

    def area(self, area: PlanArea) -> PlanArea:
        """What is said of an area; an item of which the new year's code is not known keeps its year beside it."""
        return PlanArea(
            number=area.number,
            overview=area.overview,
            analysis=area.analysis,
            focus=area.focus,
            items=[self._item_of_area(item) for item in area.items],
            source={},
        )

    def _item_of_area(self, item: Mapping[str, Any]) -> dict[str, Any]:
        year = item.get("year", self.source.year - 1)
        known = self._moved(KnownItem(year, item["code"], item["title"]))
        return item_of_area(known.code, known.title, known.year, self.plan.year - 1)

    def limitation(self, row: Limitation) -> Limitation:
        return Limitation(
            position=row.position,
            limitation=row.limitation,
            analysis=row.analysis,
            suggestion=row.suggestion,
            source={},
        )

    def measure(self, measure: Measure, number: int) -> Measure:
        """The measure in the new year. What cannot be found in the catalogue is cited as it was, with its year."""
        since, to = self.source.fiscal_year, self.plan.fiscal_year
        window = moved_window(measure.window, to)
        return Measure(
            agency_id=measure.agency_id,
            number=number,
            area=measure.area,
            title=measure.title,
            method=measure.method,
            analysis=measure.analysis,
            responsible_text=measure.responsible_text,
            window_text=moved_phrase(measure.window_text, window, since, to),
            window_kind=window.kind,
            starts_on=window.starts_on,
            ends_on=window.ends_on,
            continues_id=measure.id,
            items=self._items(measure.items),
            source={},
        )

    def _items(self, items: Iterable[MeasureItem]) -> list[MeasureItem]:
        moved = [self._moved(KnownItem(item.year, item.code, item.title)) for item in items]
        return items_anew(moved)

    def _moved(self, item: KnownItem) -> KnownItem:
        return self.catalogue.moved(item, item.year + self.plan.year - self.source.year) or item

    def task(self, task: Task, measure: Measure, today: date) -> Task:
        """The task given out again, due on the same day of the new year as it was at first; nothing of it is done.

        A day to which it was put off, such as when it was opened again, is none of the plan: the window ends before.
        """
        due_on = min(moved_day(task.first_due_on or task.due_on, self.plan.fiscal_year), measure.ends_on)
        copy = new_task(measure, task.division, task.section, due_on=due_on, steps=[step.text for step in task.steps])
        copy.officers = [officer for officer in task.officers if _is_officer(officer, today)]
        return copy


def items_anew(items: Iterable[KnownItem]) -> list[MeasureItem]:
    """Rows for these items in their order, from no document."""
    return [
        MeasureItem(position=position, year=item.year, code=item.code, title=item.title, source={})
        for position, item in enumerate(items, 1)
    ]


def measures_to_copy(source: Plan, tasks: Mapping[int, Sequence[Task]]) -> list[Measure]:
    """The measures of the plan but those of which every task was cancelled."""
    return [measure for measure in source.measures if not is_cancelled(tasks.get(measure.id, ()))]


def is_cancelled(tasks: Sequence[Task]) -> bool:
    """Whether a measure with these tasks was cancelled: it had some, and nobody does any of them."""
    return bool(tasks) and all(task.work_status is WorkStatus.CANCELLED for task in tasks)


def tasks_to_copy(plan: Plan) -> dict[int, list[Task]]:
    """The tasks of the plan with all that a copy takes along, by the id of their measure."""
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
    by_measure: dict[int, list[Task]] = {}
    for task in db.session.scalars(chosen):
        by_measure.setdefault(task.measure_id, []).append(task)
    return by_measure


def _is_officer(person: User, today: date) -> bool:
    """Whether the person still holds the post that the task was given to."""
    return person.is_active and person.has_role_on(Role.OFFICER, today)
