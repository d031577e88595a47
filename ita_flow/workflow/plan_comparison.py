"""What a document would change in the records: compared field by field, with nothing written yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import PlanState
from ita_flow.intake.draft import DraftAssessment, PlanDraft
from ita_flow.models.assessments import Assessment
from ita_flow.models.people import Agency
from ita_flow.models.plans import Measure, Plan
from ita_flow.queries.assessments import assessment_of
from ita_flow.queries.import_drafts import UnitsOnFile, units_on_file, whole_plan
from ita_flow.workflow.closing import refuse_when_closed_year
from ita_flow.workflow.measure_numbers import keeps_numbers
from ita_flow.workflow.plan_begun import in_the_way
from ita_flow.workflow.plan_completion import completed, in_order_of
from ita_flow.workflow.plan_drafts import (
    Difference,
    differences,
    draft_of,
    draft_of_assessment,
    task_count,
    tasks_of,
)
from ita_flow.workflow.plan_ends import Kept, differences_of_ends, left_out, with_what_stays
from ita_flow.workflow.plan_units import Naming, as_on_file

STATE: tuple[str, ...] = ("state",)
ASSESSMENT: tuple[str, ...] = ("assessment",)


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
class Comparison:
    """What is kept, what is to be kept, and how these differ."""

    kept: Kept | None
    draft: PlanDraft
    gone: Sequence[Measure]
    in_plan: list[Difference]
    assessment: Assessment | None
    in_assessment: list[Difference]

    @property
    def plan(self) -> Plan | None:
        return self.kept.plan if self.kept else None

    def imported(self) -> Imported:
        in_plan = self.in_plan if self.plan else []
        in_assessment = self.in_assessment if self.assessment else []
        return Imported(self.draft, self.in_assessment + self.in_plan, in_assessment + in_plan, self.plan)


class DocumentDiffers(Refusal):
    """The document changes work that has begun, or a public plan: ``differences`` are what stands in the way.

    It may come in as an amendment.
    """

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
    return compared(agency, draft, is_approved, naming).imported()


def compared(agency: Agency, read: PlanDraft, is_approved: bool, naming: Naming) -> Comparison:
    """The document against what is kept, by units as they are named here. Raises DocumentDiffers."""
    plan = newest_plan(agency, read.fiscal_year.buddhist_year)
    kept = _kept(plan) if plan else None
    draft, gone = _completed(kept, as_on_file(read, naming))
    in_plan = differences(kept.draft if kept else None, replace(draft, assessment=None))
    if kept:
        in_plan += differences_of_ends(kept, gone)
        _refuse_changing(kept, draft, in_plan)
    if plan and is_approved and may_be_signed(plan):
        in_plan.append(Difference(STATE, PlanState.DRAFT.value, PlanState.APPROVED.value))
    assessment = assessment_of(agency, read.assessment.year) if read.assessment else None
    in_assessment = _assessment_differences(assessment, read.assessment)
    return Comparison(kept, draft, gone, in_plan, assessment, in_assessment)


def may_be_signed(plan: Plan) -> bool:
    """Whether a document that was signed on paper puts this draft in force; an amendment is approved on its own."""
    return plan.state is PlanState.DRAFT and plan.supersedes_id is None


def _kept(plan: Plan) -> Kept:
    tasks = tasks_of(plan)
    return Kept(plan, draft_of(plan, None, tasks), tasks)


def _completed(kept: Kept | None, read: PlanDraft) -> tuple[PlanDraft, list[Measure]]:
    """The draft with what its document is silent about, and the measures that it would cancel by leaving them out."""
    if kept is None:
        return completed(read, None), []
    draft = completed(read, kept.draft)
    gone, draft = left_out(kept, draft), with_what_stays(kept, draft)
    if keeps_numbers(kept.plan):
        draft = replace(draft, measures=in_order_of(kept.draft.measures, draft.measures))
    return draft, gone


def _refuse_changing(kept: Kept, draft: PlanDraft, in_plan: Sequence[Difference]) -> None:
    if not in_plan:
        return
    refuse_when_closed_year(kept.plan)
    is_public = kept.plan.state is PlanState.PUBLISHED
    begun = in_plan if is_public else in_the_way(kept.plan, kept.draft, draft, kept.tasks)
    if begun:
        raise DocumentDiffers(begun)


def _assessment_differences(kept: Assessment | None, read: DraftAssessment | None) -> list[Difference]:
    """A document that holds no assessment says nothing about it."""
    if read is None:
        return []
    return differences(draft_of_assessment(kept) if kept else None, read, ASSESSMENT)
