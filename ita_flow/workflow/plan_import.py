"""Taking a document into the records: the whole of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake.draft import DraftAssessment, PlanDraft
from ita_flow.intake.reading import Reading
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import ImportIssue, ImportJob, Plan
from ita_flow.queries.assessments import assessment_of
from ita_flow.queries.import_drafts import UnitsOnFile, units_on_file, whole_plan
from ita_flow.workflow import audit
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.measure_numbers import keeps_numbers
from ita_flow.workflow.plan_begun import in_the_way
from ita_flow.workflow.plan_completion import completed, in_order_of
from ita_flow.workflow.plan_drafts import (
    Difference,
    content_hash,
    differences,
    draft_of,
    draft_of_assessment,
    kept_draft,
    task_count,
    tasks_of,
)
from ita_flow.workflow.plan_records import write_assessment, write_plan
from ita_flow.workflow.plan_units import Naming, as_on_file, remember
from ita_flow.workflow.tasks import Giving, give_out

STATE: tuple[str, ...] = ("state",)
ASSESSMENT: tuple[str, ...] = ("assessment",)
ON_PAPER = "paper"
LONGEST_TOLD, MOST_FIELDS_TOLD = 500, 1_000
"""The record tells so much of each field that a document overwrites, and of so many fields."""


@dataclass(frozen=True)
class Document:
    """The file that was read; its bytes stand in the store under their hash."""

    name: str
    sha256: str


@dataclass
class Imported:
    """What an import changed, or would change."""

    draft: PlanDraft
    """What the plan says afterwards, with what the document left out and with units by their names on file."""

    differences: list[Difference]
    overwritten: list[Difference]
    """Those of the differences that are about a plan or an assessment which was there before."""

    plan: Plan | None = None
    """The plan that was there before."""

    units_made: list[str] = field(default_factory=list)

    @property
    def tasks(self) -> int:
        return task_count(self.draft)


@dataclass(frozen=True)
class _Comparison:
    """What is kept, what is to be kept, and how these differ."""

    plan: Plan | None
    kept: PlanDraft | None
    draft: PlanDraft
    in_plan: list[Difference]
    assessment: Assessment | None
    in_assessment: list[Difference]

    def imported(self) -> Imported:
        in_plan = self.in_plan if self.plan else []
        in_assessment = self.in_assessment if self.assessment else []
        return Imported(self.draft, self.in_assessment + self.in_plan, in_assessment + in_plan, self.plan)


class DocumentDiffers(Refusal):
    """The document changes work that has begun: ``differences`` are what stands in the way."""

    def __init__(self, found: Sequence[Difference]) -> None:
        super().__init__("plan_has_begun", count=len(found))
        self.differences = found


def newest_plan(agency: Agency, year: int) -> Plan | None:
    """The newest version of the agency's plan for this fiscal year (BE)."""
    return whole_plan(agency, year)


def compare(
    agency: Agency,
    draft: PlanDraft,
    *,
    is_approved: bool,
    unit_names: Mapping[str, str] | None = None,
    on_file: UnitsOnFile | None = None,
) -> Imported:
    """What this draft would change; writes nothing. Raises DocumentDiffers when it changes work that has begun.

    ``on_file``: the units of the agency, where they are known already.
    """
    naming = Naming.of(on_file or units_on_file(agency.id), unit_names)
    return _compared(agency, draft, is_approved, naming).imported()


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
    found = _compared(agency, reading.draft, is_approved, naming)
    imported = found.imported()
    if imported.differences:
        giving = Giving(naming.on_file, actor, via, at)
        plan = _written(agency, found, giving, is_approved=is_approved)
        imported.units_made = giving.units_made
        remember(agency, unit_names or {}, actor=actor, via=via, at=at)
        db.session.add(_job(plan, reading, document, at))
        _record_assessment(found, actor=actor, via=via, at=at)
        _record(plan, reading, document, found, is_approved=is_approved, actor=actor, via=via, at=at)
    return imported


def _compared(agency: Agency, read: PlanDraft, is_approved: bool, naming: Naming) -> _Comparison:
    plan = newest_plan(agency, read.fiscal_year.buddhist_year)
    tasks = tasks_of(plan) if plan else []
    kept = draft_of(plan, None, tasks) if plan else None
    draft = completed(as_on_file(read, naming), kept)
    if plan and kept and keeps_numbers(plan):
        draft = replace(draft, measures=in_order_of(kept.measures, draft.measures))
    in_plan = differences(kept, replace(draft, assessment=None))
    if plan and kept and in_plan and (begun := in_the_way(plan, kept, draft, tasks)):
        raise DocumentDiffers(begun)
    if plan and is_approved and plan.state is PlanState.DRAFT:
        in_plan.append(Difference(STATE, PlanState.DRAFT.value, PlanState.APPROVED.value))
    assessment = assessment_of(agency, read.assessment.year) if read.assessment else None
    return _Comparison(plan, kept, draft, in_plan, assessment, _assessment_differences(assessment, read.assessment))


def _assessment_differences(kept: Assessment | None, read: DraftAssessment | None) -> list[Difference]:
    """A document that holds no assessment says nothing about it."""
    if read is None:
        return []
    return differences(draft_of_assessment(kept) if kept else None, read, ASSESSMENT)


def _written(agency: Agency, found: _Comparison, giving: Giving, *, is_approved: bool) -> Plan:
    draft = found.draft
    plan = found.plan or _new_plan(agency, draft)
    db.session.add(plan)
    if found.in_plan:
        before = write_plan(plan, draft, found.kept, giving)
        give_out(plan, draft.measures, before, giving)
        plan.content_hash = content_hash(kept_draft(plan))
    if is_approved and plan.state is PlanState.DRAFT:  # last: while it is a draft, the document numbers its measures
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


def _record_assessment(found: _Comparison, *, actor: User | None, via: str | None, at: datetime) -> None:
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
    found: _Comparison,
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
