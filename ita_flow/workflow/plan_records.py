"""Writing what a document says into the rows of a plan and an assessment; rows that go on existing keep their ids."""

from __future__ import annotations

from collections.abc import Sequence

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
)
from ita_flow.models.assessments import Assessment, Finding, FindingItem, IndicatorScore
from ita_flow.models.plans import Limitation, Measure, MeasureItem, Plan, PlanArea
from ita_flow.workflow.plan_completion import continued
from ita_flow.workflow.tasks import take_back

OUT_OF_THE_WAY = 10_000


def write_plan(plan: Plan, draft: PlanDraft, kept: PlanDraft | None) -> list[DraftMeasure | None]:
    """Let the plan say what the draft says; ``kept`` is what it says now, nothing when it is new.

    Measures that the draft no longer holds go, with their tasks. Returns for each measure what it was before.
    """
    if kept is None or draft.areas != kept.areas:
        _write_areas(plan, draft)
    if kept is None or draft.limitations != kept.limitations:
        _write_limitations(plan, draft)
    plan.has_no_limitations = draft.limitations_none
    places = continued(kept.measures if kept else (), draft.measures)
    _write_measures(plan, draft, places)
    return [kept.measures[place] if kept and place is not None else None for place in places]


def _write_areas(plan: Plan, draft: PlanDraft) -> None:
    plan.areas = []
    db.session.flush()  # the old rows go before new ones take their keys
    plan.areas = [_area(read) for read in draft.areas]


def _write_limitations(plan: Plan, draft: PlanDraft) -> None:
    plan.limitations = []
    db.session.flush()
    plan.limitations = [_limitation(read, position) for position, read in enumerate(draft.limitations, 1)]


def write_assessment(assessment: Assessment, read: DraftAssessment) -> None:
    """Let the assessment say what the document says."""
    assessment.criteria_year, assessment.total, assessment.level = read.criteria_year, read.total, read.level
    assessment.rank_province, assessment.rank_national = read.rank_province, read.rank_national
    assessment.rank_group, assessment.source = read.rank_group, dict(read.lines)
    assessment.indicators, assessment.findings = [], []
    db.session.flush()
    assessment.indicators = [_indicator(row) for row in read.indicators]
    assessment.findings = [_finding(row, position) for position, row in enumerate(read.findings, 1)]
    db.session.flush()


def _write_measures(plan: Plan, draft: PlanDraft, places: Sequence[int | None]) -> None:
    before = list(plan.measures)
    for place, gone in enumerate(before):
        if place not in places:
            take_back(gone)
    _make_room(before)
    measures = [Measure(agency_id=plan.agency_id) if place is None else before[place] for place in places]
    for number, (measure, read) in enumerate(zip(measures, draft.measures, strict=True), 1):
        _write_measure(measure, number, read)
    plan.measures = measures
    _write_items(measures, draft)


def _make_room(measures: Sequence[Measure]) -> None:
    """Numbers are unique in a plan, and rows are numbered anew one after the other."""
    for measure in measures:
        measure.number += OUT_OF_THE_WAY
    db.session.flush()


def _write_measure(measure: Measure, number: int, read: DraftMeasure) -> None:
    measure.number, measure.area, measure.title, measure.method = number, read.area, read.title, read.method
    measure.analysis, measure.responsible_text = read.analysis, read.responsible_text
    measure.window_text, measure.window_kind = read.window_text, read.window.kind
    measure.starts_on, measure.ends_on = read.window.starts_on, read.window.ends_on
    measure.source = dict(read.lines)


def _write_items(measures: Sequence[Measure], draft: PlanDraft) -> None:
    """Items that stay keep the year in which their codes mean what they mean."""
    years = {measure: {item.code: item.year for item in measure.items} for measure in measures}
    for measure in measures:
        measure.items = []
    db.session.flush()
    for measure, read in zip(measures, draft.measures, strict=True):
        measure.items = [
            _item(item, position, years[measure].get(item.code, _year_of_items(draft)))
            for position, item in enumerate(read.items, 1)
        ]
    db.session.flush()


def _item(read: CitedItem, position: int, year: int) -> MeasureItem:
    return MeasureItem(position=position, year=year, code=read.code, title=read.title, source={"line": read.line})


def _year_of_items(draft: PlanDraft) -> int:
    """Items are cited by the codes of the assessed year; without an assessment, of the year before the plan's."""
    return draft.assessment.year if draft.assessment else draft.fiscal_year.buddhist_year - 1


def _area(read: DraftArea) -> PlanArea:
    return PlanArea(
        number=read.number,
        overview=read.overview,
        analysis=read.analysis,
        focus=read.focus,
        items=[{"code": item.code, "title": item.title, "line": item.line} for item in read.items],
        source=dict(read.lines),
    )


def _limitation(read: DraftLimitation, position: int) -> Limitation:
    return Limitation(
        position=position,
        limitation=read.limitation,
        analysis=read.analysis,
        suggestion=read.suggestion,
        source=dict(read.lines),
    )


def _indicator(read: DraftIndicator) -> IndicatorScore:
    return IndicatorScore(number=read.number, score=read.score, analysis=read.analysis, source=dict(read.lines))


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
