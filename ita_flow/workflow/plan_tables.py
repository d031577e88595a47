"""The plan as a table that the import reads back without finding a difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ita_flow.documents.plan_table import SAMPLE, PlanRow, PlanTable
from ita_flow.domain.calendar import FiscalYear, Window
from ita_flow.domain.next_year import phrase_of
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus
from ita_flow.domain.thai import comparison_key
from ita_flow.intake.draft import CitedItem, DraftMeasure, PlanDraft, Responsible
from ita_flow.models.people import Agency
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.import_drafts import units_on_file
from ita_flow.workflow.plan_drafts import draft_of, one_for_each_division, tasks_of
from ita_flow.workflow.plan_reading import read_row
from ita_flow.workflow.plan_units import Naming, as_on_file


def table_of(plan: Plan, agency: Agency) -> PlanTable:
    """The measures of the plan as they are to stand in a document."""
    tasks = tasks_of(plan)
    naming = Naming.of(units_on_file(agency.id))
    rows = [
        replace(
            row_of(draft, _due_days(measure, tasks), plan.fiscal_year, naming),
            cancelled_because=_reasons(measure, tasks),
        )
        for measure, draft in zip(plan.measures, draft_of(plan, None, tasks).measures, strict=True)
    ]
    return PlanTable(agency.name, plan.year, rows)


def _due_days(measure: Measure, tasks: Iterable[Task]) -> tuple[date, ...]:
    """The days on which tasks of it are due that were not cancelled, each once; its own last day where it has none."""
    given = [task for task in tasks if task.measure_id == measure.id]
    days = dict.fromkeys(task.due_on for task in given if task.work_status is not WorkStatus.CANCELLED)
    return tuple(days) if given else (measure.ends_on,)


def _reasons(measure: Measure, tasks: Iterable[Task]) -> tuple[str, ...]:
    """Why tasks of it were cancelled, each reason once."""
    cancelled = (t for t in tasks if t.measure_id == measure.id and t.work_status is WorkStatus.CANCELLED)
    return tuple(dict.fromkeys(task.ending_reason or "" for task in cancelled))


def row_of(measure: DraftMeasure, due_on: Sequence[date], fiscal_year: FiscalYear, naming: Naming) -> PlanRow:
    """The measure in the words in which the import will find it unchanged."""
    return PlanRow(
        area=measure.area,
        items=items_in_words(measure.items),
        analysis=measure.analysis,
        title=measure.title,
        method=measure.method,
        responsible=_responsible(measure, fiscal_year, naming),
        window=_window(measure, fiscal_year),
        due_on=due_on,
    )


def items_in_words(items: Iterable[CitedItem]) -> tuple[str, ...]:
    return tuple(f"{item.code} {item.title}".strip() for item in items)


def responsible_in_words(responsible: Iterable[Responsible]) -> str:
    """Each division on a line with its section before it; those without one come last, so that none is borrowed."""
    lines = [" ".join(filter(None, (one.section, one.division))) for one in sorted(responsible, key=_is_bare)]
    return "\n".join(lines)


def _is_bare(one: Responsible) -> bool:
    return one.section is None


def _responsible(measure: DraftMeasure, fiscal_year: FiscalYear, naming: Naming) -> str:
    """As the document had it while that still means the units that have the tasks, else the units themselves.

    Names that the import still would not find are left to the words of the document, which it knows.
    """
    written, in_words = measure.responsible_text, responsible_in_words(measure.responsible)
    wanted = _keys(measure.responsible)
    for text in (written, in_words):
        if _units_read(text, fiscal_year, naming) == wanted:
            return text
    return written if _units_read(written, fiscal_year, naming) else in_words


def _units_read(text: str, fiscal_year: FiscalYear, naming: Naming) -> set[tuple[str, str]]:
    read = read_row(replace(SAMPLE, responsible=text), fiscal_year, naming.known)
    if read is None:
        return set()
    alone = PlanDraft(fiscal_year, None, None, (), (read,), (), limitations_none=False)
    try:
        return _keys(as_on_file(alone, naming).measures[0].responsible)
    except Invalid:  # every division of an agency that has none
        return set()


def _keys(responsible: Sequence[Responsible]) -> set[tuple[str, str]]:
    once = one_for_each_division(responsible)
    return {(comparison_key(one.section or ""), comparison_key(one.division)) for one in once}


def _window(measure: DraftMeasure, fiscal_year: FiscalYear) -> str:
    """As the document had it while that still means these days, else the days themselves."""
    texts = (measure.window_text, phrase_of(measure.window, fiscal_year))
    meant = (text for text in texts if _window_read(text, fiscal_year) == measure.window)
    return next(meant, measure.window_text)


def _window_read(text: str, fiscal_year: FiscalYear) -> Window | None:
    read = read_row(replace(SAMPLE, window=text), fiscal_year)
    return read.window if read else None
