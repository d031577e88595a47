"""A plan as its coordinator sees it: what is still missing, what comes next, and what has begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.next_year import names_year
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Unit
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.assignments import unassigned_tasks
from ita_flow.queries.carried_over import NOTHING_CARRIED, CarriedOver, carried_among, measures_of_both_years
from ita_flow.queries.plans import is_in_force

TasksByMeasure = Mapping[int, Sequence[Task]]


class GapKind(StrEnum):
    """What a plan may lack, in the order in which it is told."""

    AREA_WITHOUT_MEASURE = "area_without_measure"
    AREA_CANCELLED = "area_cancelled"
    """The area has measures, and each of them is cancelled."""

    NOBODY_RESPONSIBLE = "nobody_responsible"
    WITHOUT_ANALYSIS = "without_analysis"
    """Neither the area nor one of its measures says what the assessment showed."""

    WITHOUT_METHOD = "without_method"
    WINDOW_OUTSIDE_YEAR = "window_outside_year"
    WITHOUT_ITEMS = "without_items"
    NAMES_YEAR_BEFORE = "names_year_before"
    METHOD_NAMES_YEAR_BEFORE = "method_names_year_before"
    FOCUS_NAMES_YEAR_BEFORE = "focus_names_year_before"
    ITEM_UNMAPPED = "item_unmapped"
    """It came from another year's plan, and cites an item as that year called it."""

    LIMITATIONS_UNSAID = "limitations_unsaid"


BLOCKING = (GapKind.AREA_WITHOUT_MEASURE, GapKind.NOBODY_RESPONSIBLE)
"""With one of these a plan cannot be approved; the others are only to be looked at."""


@dataclass(frozen=True)
class Gap:
    """Something that the plan lacks: of an area, of a measure, or of the whole plan."""

    kind: GapKind
    area: int | None = None
    measure: Measure | None = None

    @property
    def is_blocking(self) -> bool:
        return self.kind in BLOCKING


class NextStep(StrEnum):
    """The next lawful step of whoever writes the plan."""

    WRITE = "write"
    ASSIGN = "assign"
    APPROVE = "approve"


@dataclass(frozen=True)
class Desk:
    """What the coordinator needs beside the plan itself."""

    gaps: Sequence[Gap]
    tasks_without_officer: int
    carried: CarriedOver

    next_step: NextStep | None

    @property
    def blocking(self) -> Sequence[Gap]:
        return [gap for gap in self.gaps if gap.is_blocking]


@dataclass(frozen=True)
class YearToCopy:
    year: int
    measures: int


def desk_of(plan: Plan, tasks: TasksByMeasure) -> Desk:
    """The desk for a plan and its tasks; one statement."""
    gaps = gaps_of(plan, tasks)
    unassigned, carried = (0, NOTHING_CARRIED) if plan.state is PlanState.PROPOSED else _asked_of(plan)
    step = _next_step(plan, any(gap.is_blocking for gap in gaps), unassigned)
    return Desk(gaps, unassigned, carried, step)


def _asked_of(plan: Plan) -> tuple[int, CarriedOver]:
    """How many tasks name no officer, and what the year before carried over."""
    chosen = measures_of_both_years(plan).add_columns(unassigned_tasks(plan).label("unassigned"))
    rows = db.session.execute(chosen).all()
    return rows[0].unassigned if rows else 0, carried_among(rows, plan)


def _next_step(plan: Plan, is_incomplete: bool, unassigned: int) -> NextStep | None:
    if plan.state is PlanState.PROPOSED:
        return None
    if is_incomplete:
        return NextStep.WRITE
    if unassigned:
        return NextStep.ASSIGN
    return NextStep.APPROVE if plan.state is PlanState.DRAFT else None


def gaps_of(plan: Plan, tasks: TasksByMeasure) -> list[Gap]:
    """All that the plan lacks, what keeps it from being approved first."""
    of_measures = [gap for measure in plan.measures for gap in _gaps_of_measure(measure, plan, tasks)]
    of_areas = [*_areas_without_measure(plan.measures), *_areas_cancelled(plan, tasks), *_areas_unanalysed(plan)]
    found = [*of_areas, *of_measures, *_gaps_of_areas(plan)]
    if not (plan.limitations or plan.has_no_limitations):
        found.append(Gap(GapKind.LIMITATIONS_UNSAID))
    return sorted(found, key=lambda gap: list(GapKind).index(gap.kind))


def _areas_without_measure(measures: Iterable[Measure]) -> list[Gap]:
    missing = AREAS.keys() - {measure.area for measure in measures}
    return [Gap(GapKind.AREA_WITHOUT_MEASURE, area=number) for number in sorted(missing)]


def _areas_cancelled(plan: Plan, tasks: TasksByMeasure) -> Iterator[Gap]:
    given = [(measure.area, task.work_status) for measure in plan.measures for task in tasks.get(measure.id, ())]
    counting = {area for area, status in given if status is not WorkStatus.CANCELLED}
    yield from (Gap(GapKind.AREA_CANCELLED, area=area) for area in sorted({area for area, _status in given} - counting))


def _areas_unanalysed(plan: Plan) -> Iterator[Gap]:
    said = {area.number for area in plan.areas if area.analysis.strip()}
    lacking = {measure.area for measure in plan.measures if not measure.analysis.strip()}
    yield from (Gap(GapKind.WITHOUT_ANALYSIS, area=number) for number in sorted(lacking - said))


def _gaps_of_measure(measure: Measure, plan: Plan, tasks: TasksByMeasure) -> Iterator[Gap]:
    before, is_rolled = FiscalYear(plan.year - 1), measure.continues_id is not None and plan.supersedes_id is None
    lacks = {
        GapKind.NOBODY_RESPONSIBLE: not tasks.get(measure.id),
        GapKind.WITHOUT_METHOD: not measure.method.strip(),
        GapKind.WINDOW_OUTSIDE_YEAR: not _is_within(measure, plan.fiscal_year),
        GapKind.WITHOUT_ITEMS: not measure.items,
        GapKind.NAMES_YEAR_BEFORE: names_year(measure.title, before),
        GapKind.METHOD_NAMES_YEAR_BEFORE: is_rolled and names_year(measure.method, before),
        GapKind.ITEM_UNMAPPED: is_rolled and cites_older_items(measure, plan),
    }
    yield from (Gap(kind, measure.area, measure) for kind, is_lacking in lacks.items() if is_lacking)


def _is_within(measure: Measure, year: FiscalYear) -> bool:
    return year.starts_on <= measure.starts_on and measure.ends_on <= year.ends_on


def cites_older_items(measure: Measure, plan: Plan) -> bool:
    """Whether the measure rests on an item of a year before the one whose items a plan of this year cites."""
    return any(item.year < plan.year - 1 for item in measure.items)


def _gaps_of_areas(plan: Plan) -> Iterator[Gap]:
    """A focus is what the plan sets out to do; an analysis speaks of the year before by right."""
    rolled = {measure.area for measure in plan.measures if measure.continues_id and not plan.supersedes_id}
    for area in plan.areas:
        if area.number in rolled and names_year(area.focus, FiscalYear(plan.year - 1)):
            yield Gap(GapKind.FOCUS_NAMES_YEAR_BEFORE, area=area.number)


def measure_to_edit(agency: Agency, year: int, measure_id: int) -> Measure | None:
    """The measure with its items, when it is one of that agency's plan of that year."""
    chosen = (
        sa.select(Measure)
        .join(Plan, Plan.id == Measure.plan_id)
        .where(Measure.id == measure_id, Measure.agency_id == agency.id, Plan.year == year)
        .options(selectinload(Measure.items), joinedload(Measure.plan))
    )
    return db.session.scalars(chosen).one_or_none()


def tasks_of(measure: Measure) -> Sequence[Task]:
    """The tasks of a measure with their units and steps."""
    chosen = (
        sa.select(Task)
        .where(Task.measure_id == measure.id)
        .options(joinedload(Task.division), joinedload(Task.section), selectinload(Task.steps))
        .order_by(Task.id)
    )
    return db.session.scalars(chosen).all()


def responsible_of(tasks: Iterable[Task]) -> Sequence[Task]:
    """The tasks by which divisions are responsible for a measure: without cancelled ones, while others are left."""
    given = list(tasks)
    return [task for task in given if task.work_status is not WorkStatus.CANCELLED] or given


def task_to_edit(agency: Agency, task_id: int) -> Task | None:
    """The task with its steps and its plan, when it is one of this agency."""
    chosen = (
        sa.select(Task)
        .where(Task.id == task_id, Task.agency_id == agency.id)
        .options(
            joinedload(Task.division),
            joinedload(Task.section),
            joinedload(Task.measure).joinedload(Measure.plan),
            selectinload(Task.steps),
        )
    )
    return db.session.scalars(chosen).one_or_none()


def units_by_division(agency: Agency) -> list[tuple[Unit, list[Unit]]]:
    """Every division of the agency with its sections, in the order in which they were put on file."""
    chosen = sa.select(Unit).where(Unit.agency_id == agency.id).order_by(Unit.id)
    units = db.session.scalars(chosen).all()
    divisions = [unit for unit in units if unit.kind is UnitKind.DIVISION]
    return [(division, [unit for unit in units if unit.parent_id == division.id]) for division in divisions]


def years_to_copy(agency: Agency, year: int) -> list[YearToCopy]:
    """The other years whose plan can be taken as a pattern: the one before first, the later ones last.

    Counted are the measures that a copy takes over: those of which every task was cancelled stay behind.
    """
    theirs = sa.exists().where(Task.measure_id == Measure.id)
    chosen = (
        sa.select(Plan.year, sa.func.count(Measure.id))
        .join(Measure, Measure.plan_id == Plan.id)
        .where(Plan.agency_id == agency.id, Plan.year != year)
        .where(~theirs | theirs.where(Task.work_status != WorkStatus.CANCELLED))
        .group_by(Plan.id, Plan.year)
        .order_by(Plan.year.desc(), is_in_force().desc(), Plan.version.desc())
    )
    first: dict[int, YearToCopy] = {}
    for planned, measures in db.session.execute(chosen):
        first.setdefault(planned, YearToCopy(planned, measures))
    return sorted(first.values(), key=lambda one: (one.year > year, -one.year))
