"""Taking a document into the records: the whole of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake.draft import PlanDraft
from ita_flow.intake.reading import Reading
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import ImportIssue, ImportJob, Plan
from ita_flow.queries.import_drafts import units_on_file
from ita_flow.workflow import audit
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.plan_comparison import (
    ASSESSMENT,
    Comparison,
    DocumentDiffers,
    Imported,
    compare,
    compared,
    may_be_signed,
    newest_plan,
)
from ita_flow.workflow.plan_drafts import (
    Difference,
    content_hash,
    kept_draft,
)
from ita_flow.workflow.plan_editing import refuse_writing
from ita_flow.workflow.plan_ends import cancel_left_out
from ita_flow.workflow.plan_records import write_assessment, write_plan
from ita_flow.workflow.plan_units import Naming, remember
from ita_flow.workflow.tasks import Giving, give_out

__all__ = ["Document", "DocumentDiffers", "Imported", "compare", "import_plan", "newest_plan"]

ON_PAPER = "paper"
LONGEST_TOLD, MOST_FIELDS_TOLD = 500, 1_000
"""The record tells so much of each field that a document overwrites, and of so many fields."""


@dataclass(frozen=True)
class Document:
    """The file that was read; its bytes stand in the store under their hash."""

    name: str
    sha256: str


def import_plan(
    agency: Agency,
    reading: Reading,
    document: Document,
    *,
    is_approved: bool,
    actor: User | None,
    via: str | None = None,
    at: datetime,
    unit_names: Mapping[str, str] | None = None,
) -> Imported:
    """Make the records say what the document says, and leave alone what it does not hold. Again changes nothing.

    ``is_approved``: the document was signed on paper, so its plan counts as approved.
    ``unit_names``: divisions as the document names them, each with the name of the division that is meant.
    Raises DocumentDiffers when it changes work that has begun.
    """
    assert reading.draft is not None
    # Whoever reports refers to the agency, so with its row locked no work begins until we are done.
    hold_plans(agency)
    naming = Naming.of(units_on_file(agency.id), unit_names)
    found = compared(agency, reading.draft, is_approved, naming)
    imported = found.imported()
    if found.plan and found.in_plan:
        refuse_writing(found.plan)
    if imported.differences:
        giving = Giving(naming.on_file, actor, via, at)
        plan = _written(agency, found, giving, is_approved=is_approved)
        imported.units_made = giving.units_made
        remember(agency, unit_names or {}, actor=actor, via=via, at=at)
        db.session.add(_job(plan, reading, document, at))
        _record_assessment(found, actor=actor, via=via, at=at)
        _record(plan, reading, document, found, is_approved=is_approved, actor=actor, via=via, at=at)
    return imported


def _written(agency: Agency, found: Comparison, giving: Giving, *, is_approved: bool) -> Plan:
    draft = found.draft
    plan = found.plan or _new_plan(agency, draft)
    db.session.add(plan)
    if found.in_plan:
        before = write_plan(plan, draft, found.kept.draft if found.kept else None, giving)
        give_out(plan, draft.measures, before, giving)
        if found.kept:
            cancel_left_out(found.kept, found.gone, giving)
        plan.content_hash = content_hash(kept_draft(plan))
    if is_approved and may_be_signed(plan):  # last: while it is a draft, the document numbers its measures
        plan.state, plan.approved_at = PlanState.APPROVED, giving.at
    if draft.assessment and found.in_assessment:
        assessment = found.assessment or Assessment(agency_id=agency.id, year=draft.assessment.year)
        db.session.add(assessment)
        write_assessment(assessment, draft.assessment)
    return plan


def _new_plan(agency: Agency, draft: PlanDraft) -> Plan:
    return Plan(
        agency_id=agency.id,
        year=draft.fiscal_year.buddhist_year,
        version=1,
        state=PlanState.DRAFT,
        content_hash=content_hash(draft),
    )


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


def _record_assessment(found: Comparison, *, actor: User | None, via: str | None, at: datetime) -> None:
    """What a document says otherwise than an assessment that was kept is found again in the record."""
    if found.assessment is None or not found.in_assessment:
        return
    before, after = _told(found.in_assessment, skip=len(ASSESSMENT))
    kept = found.assessment
    subject = f"assessment:{kept.id}"
    audit.record(
        "assessment.imported", kept.agency_id, subject, at=at, actor=actor, via=via, before=before, after=after
    )


def _told(found: Sequence[Difference], skip: int = 0) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """What stood in each field that differs, and what stands there now, as far as the record holds it."""
    fields = {".".join(map(str, one.path[skip:])): one for one in found[:MOST_FIELDS_TOLD]}
    return (
        {name: _bounded(one.was) for name, one in fields.items()},
        {name: _bounded(one.now) for name, one in fields.items()},
    )


def _bounded(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST_TOLD else text[: LONGEST_TOLD - 1] + "…"


def _record(
    plan: Plan,
    reading: Reading,
    document: Document,
    found: Comparison,
    *,
    is_approved: bool,
    actor: User | None,
    via: str | None,
    at: datetime,
) -> None:
    """What a document makes of a plan that was there before is told field by field."""
    imported = found.imported()
    was, now = _told(found.in_plan if found.plan else ())
    after: audit.Values = {
        **now,
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
    subject = f"plan:{plan.id}"
    audit.record("plan.imported", plan.agency_id, subject, at=at, actor=actor, via=via, before=was, after=after)
