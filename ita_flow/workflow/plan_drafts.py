"""A kept plan as a draft again, so that a document and the records can be compared field by field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.thai import comparison_key
from ita_flow.extensions import db
from ita_flow.intake.draft import (
    CitedItem,
    DraftArea,
    DraftAssessment,
    DraftFinding,
    DraftIndicator,
    DraftLimitation,
    DraftMeasure,
    PlanDraft,
    Responsible,
)
from ita_flow.models.assessments import Assessment, Finding
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_editing import responsible_of

NOT_CONTENT = {"lines", "line", "agency_name", "holds", "is_for_every_division"}
RESPONSIBLE = "responsible"
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Difference:
    """A field that the document says otherwise than the records. ``was`` is None where nothing stood."""

    path: Path
    was: str | None
    now: str | None


Draft = TypeVar("Draft", PlanDraft, DraftAssessment, DraftMeasure)


def differences(kept: Draft | None, read: Draft, path: Path = ()) -> list[Difference]:
    """Every field in which what was read differs from what is kept, in the order of the document.

    ``path`` is where both stand in the document as a whole.
    """
    before = dict(_fields_of(kept, path)) if kept else {}
    after = dict(_fields_of(read, path))
    paths = list(after) + [path for path in before if path not in after]
    return [
        Difference(path, before.get(path), after.get(path))
        for path in paths
        if _as_compared(path, before.get(path)) != _as_compared(path, after.get(path))
    ]


def _as_compared(path: Path, value: str | None) -> str | None:
    """Units are found by their names however these are spaced, and keep the name by which they were first known."""
    return comparison_key(value) if value and RESPONSIBLE in path else value


def content_hash(draft: PlanDraft) -> str:
    """The hash of all that the draft says, whatever the lines it stands on."""
    digest = hashlib.sha256()
    for path, value in _fields_of(draft):
        digest.update(repr((path, value)).encode())
    return digest.hexdigest()


def _fields_of(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The leaves of a draft. Members of a list are numbered from 1."""
    if is_dataclass(value):
        for field in fields(value):
            if field.name not in NOT_CONTENT:
                yield from _fields_of(_as_kept(field.name, getattr(value, field.name)), (*path, field.name))
    elif isinstance(value, tuple):
        for number, member in enumerate(value, 1):
            yield from _fields_of(member, (*path, number))
    elif value is not None:
        yield path, str(value)


def _as_kept(name: str, value: object) -> object:
    """The records hold one task for each division, in no order, with the first section that the document names."""
    if name != RESPONSIBLE or not isinstance(value, tuple):
        return value
    return tuple(sorted(one_for_each_division(value), key=lambda one: comparison_key(one.division)))


def one_for_each_division(responsible: Sequence[Responsible]) -> tuple[Responsible, ...]:
    """The first naming of each division."""
    first: dict[str, Responsible] = {}
    for one in responsible:
        first.setdefault(comparison_key(one.division), one)
    return tuple(first.values())


def task_count(draft: PlanDraft) -> int:
    """How many tasks the draft's measures make: one for each responsible division."""
    return sum(len(one_for_each_division(measure.responsible)) for measure in draft.measures)


def kept_draft(plan: Plan) -> PlanDraft:
    """The kept plan, without any assessment, in the form in which documents are read."""
    return draft_of(plan, None, tasks_of(plan))


def tasks_of(plan: Plan) -> list[Task]:
    chosen = sa.select(Task).join(Measure, Measure.id == Task.measure_id).where(Measure.plan_id == plan.id)
    chosen = chosen.options(joinedload(Task.division), joinedload(Task.section))
    return list(db.session.scalars(chosen.order_by(Task.id)))


def draft_of(plan: Plan, assessment: Assessment | None, tasks: list[Task]) -> PlanDraft:
    """The kept plan in the form in which documents are read."""
    return PlanDraft(
        fiscal_year=plan.fiscal_year,
        agency_name=None,
        assessment=draft_of_assessment(assessment) if assessment else None,
        areas=tuple(
            DraftArea(
                number=area.number,
                overview=area.overview,
                items=tuple(CitedItem(item["code"], item["title"], item["line"]) for item in area.items),
                analysis=area.analysis,
                focus=area.focus,
                lines=area.source,
            )
            for area in plan.areas
        ),
        measures=tuple(_measure(measure, tasks) for measure in plan.measures),
        limitations=tuple(
            DraftLimitation(row.limitation, row.analysis, row.suggestion, row.source) for row in plan.limitations
        ),
        limitations_none=plan.has_no_limitations,
    )


def _measure(measure: Measure, tasks: list[Task]) -> DraftMeasure:
    return DraftMeasure(
        area=measure.area,
        title=measure.title,
        items=tuple(CitedItem(item.code, item.title, item.source.get("line", 0)) for item in measure.items),
        analysis=measure.analysis,
        method=measure.method,
        responsible_text=measure.responsible_text,
        responsible=tuple(
            Responsible(task.section.name if task.section else None, task.division.name)
            for task in responsible_of(task for task in tasks if task.measure_id == measure.id)
        ),
        window_text=measure.window_text,
        window=measure.window,
        lines=measure.source,
    )


def draft_of_assessment(kept: Assessment) -> DraftAssessment:
    """The kept assessment in the form in which documents are read."""
    return DraftAssessment(
        year=kept.year,
        criteria_year=kept.criteria_year,
        total=kept.total,
        level=kept.level,
        rank_province=kept.rank_province,
        rank_national=kept.rank_national,
        rank_group=kept.rank_group,
        indicators=tuple(
            DraftIndicator(row.number, row.score, row.analysis, row.source)
            for row in kept.indicators
            if row.score is not None
        ),
        findings=tuple(_finding(finding) for finding in kept.findings),
        lines=kept.source,
    )


def _finding(kept: Finding) -> DraftFinding:
    return DraftFinding(
        channel=kept.channel,
        sequence=kept.sequence,
        code=kept.code,
        issue=kept.issue,
        advice=kept.advice,
        items=tuple(item.code for item in kept.items),
        response=kept.response,
        lines=kept.source,
        title=kept.title,
    )
