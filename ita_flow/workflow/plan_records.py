"""Writing what a document says into the rows of a plan and an assessment; rows that go on existing keep their ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from ita_flow.workflow.measure_numbers import number_measures, waiting
from ita_flow.workflow.plan_completion import continued
from ita_flow.workflow.tasks import Giving, take_back


def write_plan(plan: Plan, draft: PlanDraft, kept: PlanDraft | None, giving: Giving) -> list[DraftMeasure | None]:
    """Let the plan say what the draft says; ``kept`` is what it says now, nothing when it is new.

    Measures that the draft no longer holds go, with their tasks. Returns for each measure what it was before.
    Where numbers stay, the draft must have its measures in their order, see ``in_order_of``.
    """
    if kept is None or draft.areas != kept.areas:
        _write_areas(plan, draft)
    if kept is None or draft.limitations != kept.limitations:
        _write_limitations(plan, draft)
    plan.has_no_limitations = draft.limitations_none
    places = continued(kept.measures if kept else (), draft.measures)
    _write_measures(plan, draft, places, giving)
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


def _write_measures(plan: Plan, draft: PlanDraft, places: Sequence[int | None], giving: Giving) -> None:
    before = list(plan.measures)
    for place, gone in enumerate(before):
        if place not in places:
            take_back(gone, giving)
    plan.measures = [before[place] for place in sorted(place for place in places if place is not None)]
    db.session.flush()  # measures that go make room before new ones come
    measures = [before[place] if place is not None else _new_measure(plan, new) for new, place in enumerate(places)]
    for measure, read in zip(measures, draft.measures, strict=True):
        _write_measure(measure, read)
    plan.measures += [measure for measure in measures if measure not in plan.measures]
    number_measures(measures, plan)
    _write_items(measures, draft)


def _new_measure(plan: Plan, place: int) -> Measure:
    return Measure(agency_id=plan.agency_id, number=waiting(place))


def _write_measure(measure: Measure, read: DraftMeasure) -> None:
    measure.area, measure.title, measure.method = read.area, read.title, read.method
    measure.analysis, measure.responsible_text = read.analysis, read.responsible_text
    measure.window_text, measure.window_kind = read.window_text, read.window.kind
    measure.starts_on, measure.ends_on = read.window.starts_on, read.window.ends_on
    measure.source = dict(read.lines)


def _write_items(measures: Sequence[Measure], draft: PlanDraft) -> None:
    """Only where a document cites other items than those that are kept; those that stay keep their year."""
    for measure, read in zip(measures, draft.measures, strict=True):
        if [(item.code, item.title) for item in measure.items] == [(item.code, item.title) for item in read.items]:
            continue
        years = _years_of(measure.items, read.items, _year_of_items(draft))
        measure.items = []
        db.session.flush()
        measure.items = [
            _item(item, position, year) for position, (item, year) in enumerate(zip(read.items, years, strict=True), 1)
        ]
    db.session.flush()


def _years_of(kept: Sequence[MeasureItem], read: Sequence[CitedItem], otherwise: int) -> list[int]:
    """For each item the year in which its code means what it means: that of the same item, else of the same code."""
    left = list(kept)
    same = [_taken(left, item, lambda one, item: (one.code, one.title) == (item.code, item.title)) for item in read]
    found = [
        year or _taken(left, item, lambda one, item: one.code == item.code)
        for year, item in zip(same, read, strict=True)
    ]
    return [year or otherwise for year in found]


def _taken(left: list[MeasureItem], item: CitedItem, is_it: Callable[[MeasureItem, CitedItem], bool]) -> int | None:
    """The year of the first item that is left and is the one; no other may have it then."""
    for place, one in enumerate(left):
        if is_it(one, item):
            return left.pop(place).year
    return None


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
