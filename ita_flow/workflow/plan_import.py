"""Taking a document into the records: the whole of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake.draft import DraftAssessment, DraftFinding, DraftMeasure, PlanDraft
from ita_flow.intake.reading import Reading
from ita_flow.models.assessments import Assessment, Finding, FindingItem, IndicatorScore
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import ImportIssue, ImportJob, Limitation, Measure, MeasureItem, Plan, PlanArea
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.workflow import audit
from ita_flow.workflow.plan_drafts import Difference, content_hash, differences, draft_of, one_for_each_division
from ita_flow.workflow.tasks import give_out, take_back

STATE: tuple[str, ...] = ("state",)


@dataclass(frozen=True)
class Document:
    """The file that was read; its bytes stand in the store under their hash."""

    name: str
    sha256: str


@dataclass
class Imported:
    """What an import changed, or would change."""

    draft: PlanDraft
    differences: list[Difference]
    units_made: list[str] = field(default_factory=list)

    @property
    def tasks(self) -> int:
        return sum(len(one_for_each_division(measure.responsible)) for measure in self.draft.measures)


class DocumentDiffers(Refusal):
    """The document says otherwise than a plan on which work has begun."""

    def __init__(self, found: Sequence[Difference]) -> None:
        super().__init__("plan_has_begun", count=len(found))
        self.differences = found


def newest_plan(agency: Agency, year: int) -> Plan | None:
    """The newest version of the agency's plan for this fiscal year (BE)."""
    chosen = sa.select(Plan).where(Plan.agency_id == agency.id, Plan.year == year).order_by(Plan.version.desc())
    return db.session.scalars(chosen.limit(1)).first()


def compare(agency: Agency, draft: PlanDraft, *, is_approved: bool) -> Imported:
    """What this draft would change; writes nothing. Raises DocumentDiffers when work has begun on another."""
    plan = newest_plan(agency, draft.fiscal_year.buddhist_year)
    found = differences(_kept(agency, plan, draft), draft)
    if plan and found and _has_begun(plan):
        raise DocumentDiffers(found)
    if plan and is_approved and plan.state is PlanState.DRAFT:
        found = [*found, Difference(STATE, PlanState.DRAFT.value, PlanState.APPROVED.value)]
    return Imported(draft, found)


def import_plan(
    agency: Agency,
    reading: Reading,
    document: Document,
    *,
    is_approved: bool,
    actor: User | None,
    via: str | None = None,
    at: datetime,
) -> Imported:
    """Make the records say what the document says. Running it again changes nothing.

    ``is_approved``: the document was signed on paper, so its plan counts as approved.
    """
    assert reading.draft is not None
    draft = reading.draft
    db.session.refresh(agency, with_for_update=True)
    imported = compare(agency, draft, is_approved=is_approved)
    if not imported.differences:
        return imported
    plan = newest_plan(agency, draft.fiscal_year.buddhist_year) or _new_plan(agency, draft)
    _write_plan(plan, draft, is_approved=is_approved, at=at)
    imported.units_made = give_out(plan, {measure.number: read for measure, read in _pairs(plan, draft)})
    if draft.assessment:
        _write_assessment(agency, draft.assessment)
    db.session.add(_job(agency, plan, reading, document, at))
    audit.record(
        "plan.imported",
        agency.id,
        f"plan:{plan.id}",
        at=at,
        actor=actor,
        via=via,
        after={
            "year": plan.year,
            "state": plan.state.value,
            "approved_on": "paper" if is_approved else None,
            "file": document.name,
            "sha256": document.sha256,
            "content": plan.content_hash,
            "changes": len(imported.differences),
            "measures": len(draft.measures),
            "tasks": imported.tasks,
            "doubts_accepted": [doubt.found for doubt in reading.doubts if doubt.must_be_accepted],
        },
    )
    return imported


def _kept(agency: Agency, plan: Plan | None, read: PlanDraft) -> PlanDraft | None:
    if plan is None:
        return None
    chosen = sa.select(Task).join(Measure, Measure.id == Task.measure_id).where(Measure.plan_id == plan.id)
    tasks = list(db.session.scalars(chosen.order_by(Task.id)))
    return draft_of(plan, _assessment_of(agency, read.assessment.year) if read.assessment else None, tasks)


def _assessment_of(agency: Agency, year: int) -> Assessment | None:
    chosen = sa.select(Assessment).where(Assessment.agency_id == agency.id, Assessment.year == year)
    return db.session.scalars(chosen).one_or_none()


def _has_begun(plan: Plan) -> bool:
    """Whether anybody reported on the plan's tasks or was reminded of them."""
    tasks = sa.select(Task.id).join(Measure, Measure.id == Task.measure_id).where(Measure.plan_id == plan.id)
    reported = sa.select(ProgressReport.id).where(ProgressReport.task_id.in_(tasks))
    reminded = sa.select(Reminder.id).where(Reminder.task_id.in_(tasks))
    return bool(db.session.scalar(sa.select(sa.or_(reported.exists(), reminded.exists()))))


def _new_plan(agency: Agency, draft: PlanDraft) -> Plan:
    plan = Plan(agency_id=agency.id, year=draft.fiscal_year.buddhist_year, version=1, state=PlanState.DRAFT)
    db.session.add(plan)
    return plan


def _write_plan(plan: Plan, draft: PlanDraft, *, is_approved: bool, at: datetime) -> None:
    plan.content_hash = content_hash(draft)
    plan.has_no_limitations = draft.limitations_none
    if is_approved and plan.state is PlanState.DRAFT:
        plan.state, plan.approved_at = PlanState.APPROVED, at
    plan.areas, plan.limitations = [], []
    db.session.flush()
    plan.areas = [
        PlanArea(
            number=area.number,
            overview=area.overview,
            analysis=area.analysis,
            focus=area.focus,
            items=[{"code": item.code, "title": item.title, "line": item.line} for item in area.items],
            source=dict(area.lines),
        )
        for area in draft.areas
    ]
    plan.limitations = [
        Limitation(
            position=position,
            limitation=row.limitation,
            analysis=row.analysis,
            suggestion=row.suggestion,
            source=dict(row.lines),
        )
        for position, row in enumerate(draft.limitations, 1)
    ]
    _write_measures(plan, draft)
    db.session.flush()


def _write_measures(plan: Plan, draft: PlanDraft) -> None:
    kept = {measure.number: measure for measure in plan.measures}
    for number, read in enumerate(draft.measures, 1):
        measure = kept.pop(number, None) or Measure(agency_id=plan.agency_id, number=number)
        if measure not in plan.measures:
            plan.measures.append(measure)
        _write_measure(measure, read, item_year=_item_year(draft))
    for measure in kept.values():
        take_back(measure)
        plan.measures.remove(measure)


def _item_year(draft: PlanDraft) -> int:
    """Items are cited by the codes of the assessed year; without an assessment, of the year before the plan's."""
    return draft.assessment.year if draft.assessment else draft.fiscal_year.buddhist_year - 1


def _write_measure(measure: Measure, read: DraftMeasure, item_year: int) -> None:
    measure.area, measure.title, measure.method = read.area, read.title, read.method
    measure.analysis, measure.responsible_text = read.analysis, read.responsible_text
    measure.window_text, measure.window_kind = read.window_text, read.window.kind
    measure.starts_on, measure.ends_on = read.window.starts_on, read.window.ends_on
    measure.source = dict(read.lines)
    measure.items = []
    db.session.flush()
    measure.items = [
        MeasureItem(position=position, year=item_year, code=item.code, title=item.title, source={"line": item.line})
        for position, item in enumerate(read.items, 1)
    ]


def _pairs(plan: Plan, draft: PlanDraft) -> list[tuple[Measure, DraftMeasure]]:
    by_number = {measure.number: measure for measure in plan.measures}
    return [(by_number[number], read) for number, read in enumerate(draft.measures, 1)]


def _write_assessment(agency: Agency, read: DraftAssessment) -> None:
    assessment = _assessment_of(agency, read.year) or Assessment(agency_id=agency.id, year=read.year)
    db.session.add(assessment)
    assessment.criteria_year, assessment.total, assessment.level = read.criteria_year, read.total, read.level
    assessment.rank_province, assessment.rank_national = read.rank_province, read.rank_national
    assessment.rank_group, assessment.source = read.rank_group, dict(read.lines)
    assessment.indicators, assessment.findings = [], []
    db.session.flush()
    assessment.indicators = [
        IndicatorScore(number=row.number, score=row.score, analysis=row.analysis, source=dict(row.lines))
        for row in read.indicators
    ]
    assessment.findings = [_finding(row, position) for position, row in enumerate(read.findings, 1)]


def _finding(read: DraftFinding, position: int) -> Finding:
    return Finding(
        channel=read.channel,
        position=position,
        sequence=read.sequence,
        code=read.code,
        title=read.title,
        issue=read.issue,
        advice=read.advice,
        response=read.response,
        source=dict(read.lines),
        items=[FindingItem(position=place, code=code) for place, code in enumerate(read.items, 1)],
    )


def _job(agency: Agency, plan: Plan, reading: Reading, document: Document, at: datetime) -> ImportJob:
    repairs = [("repair", repair.line, repair.found, repair.replaced) for repair in reading.repairs]
    doubts = [(doubt.kind, doubt.line, doubt.found, doubt.suggestion) for doubt in reading.doubts]
    return ImportJob(
        agency_id=agency.id,
        plan_id=plan.id,
        file_name=document.name,
        sha256=document.sha256,
        at=at,
        issues=[
            ImportIssue(position=position, kind=kind, line=line, original=original, suggestion=suggestion)
            for position, (kind, line, original, suggestion) in enumerate(repairs + doubts, 1)
        ],
    )
