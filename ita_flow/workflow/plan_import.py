"""Taking a document into the records: the whole of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake.draft import PlanDraft
from ita_flow.intake.reading import Reading
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import ImportIssue, ImportJob, Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.assessments import assessment_of
from ita_flow.workflow import audit
from ita_flow.workflow.plan_drafts import Difference, content_hash, differences, draft_of, task_count
from ita_flow.workflow.plan_records import write_assessment, write_plan
from ita_flow.workflow.tasks import give_out

STATE: tuple[str, ...] = ("state",)
ON_PAPER = "paper"


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
        return task_count(self.draft)


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
    Raises DocumentDiffers when it says otherwise than a plan on which work has begun.
    """
    assert reading.draft is not None
    # Whoever reports refers to the agency, so with its row locked no work begins until we are done.
    db.session.refresh(agency, with_for_update=True)
    imported = compare(agency, reading.draft, is_approved=is_approved)
    if imported.differences:
        plan = _written(agency, reading.draft, imported, is_approved=is_approved, at=at)
        db.session.add(_job(plan, reading, document, at))
        _record(plan, reading, document, imported, is_approved=is_approved, actor=actor, via=via, at=at)
    return imported


def _kept(agency: Agency, plan: Plan | None, read: PlanDraft) -> PlanDraft | None:
    if plan is None:
        return None
    chosen = sa.select(Task).join(Measure, Measure.id == Task.measure_id).where(Measure.plan_id == plan.id)
    tasks = list(db.session.scalars(chosen.order_by(Task.id)))
    return draft_of(plan, assessment_of(agency, read.assessment.year) if read.assessment else None, tasks)


def _has_begun(plan: Plan) -> bool:
    """Whether anybody reported on the plan's tasks or was reminded of them."""
    tasks = sa.select(Task.id).join(Measure, Measure.id == Task.measure_id).where(Measure.plan_id == plan.id)
    reported = sa.select(ProgressReport.id).where(ProgressReport.task_id.in_(tasks))
    reminded = sa.select(Reminder.id).where(Reminder.task_id.in_(tasks))
    return bool(db.session.scalar(sa.select(sa.or_(reported.exists(), reminded.exists()))))


def _written(agency: Agency, draft: PlanDraft, imported: Imported, *, is_approved: bool, at: datetime) -> Plan:
    plan = newest_plan(agency, draft.fiscal_year.buddhist_year) or _new_plan(agency, draft)
    plan.content_hash = content_hash(draft)
    if is_approved and plan.state is PlanState.DRAFT:
        plan.state, plan.approved_at = PlanState.APPROVED, at
    db.session.add(plan)
    write_plan(plan, draft)
    imported.units_made = give_out(plan, draft.measures)
    if draft.assessment:
        year = draft.assessment.year
        assessment = assessment_of(agency, year) or Assessment(agency_id=agency.id, year=year)
        db.session.add(assessment)
        write_assessment(assessment, draft.assessment)
    return plan


def _new_plan(agency: Agency, draft: PlanDraft) -> Plan:
    return Plan(agency_id=agency.id, year=draft.fiscal_year.buddhist_year, version=1, state=PlanState.DRAFT)


def _job(plan: Plan, reading: Reading, document: Document, at: datetime) -> ImportJob:
    repairs = [("repair", repair.line, repair.found, repair.replaced) for repair in reading.repairs]
    doubts = [(doubt.kind, doubt.line, doubt.found, doubt.suggestion) for doubt in reading.doubts]
    return ImportJob(
        agency_id=plan.agency_id,
        plan_id=plan.id,
        file_name=document.name,
        sha256=document.sha256,
        at=at,
        issues=[
            ImportIssue(position=position, kind=kind, line=line, original=original, suggestion=suggestion)
            for position, (kind, line, original, suggestion) in enumerate(repairs + doubts, 1)
        ],
    )


def _record(
    plan: Plan,
    reading: Reading,
    document: Document,
    imported: Imported,
    *,
    is_approved: bool,
    actor: User | None,
    via: str | None,
    at: datetime,
) -> None:
    after: audit.Values = {
        "year": plan.year,
        "state": plan.state.value,
        "approved_on": ON_PAPER if is_approved else None,
        "file": document.name,
        "sha256": document.sha256,
        "content": plan.content_hash,
        "changes": len(imported.differences),
        "measures": len(imported.draft.measures),
        "tasks": imported.tasks,
        "doubts_accepted": [doubt.found for doubt in reading.must_be_accepted],
    }
    audit.record("plan.imported", plan.agency_id, f"plan:{plan.id}", at=at, actor=actor, via=via, after=after)
