"""What commands print as JSON: scores as strings, days in ISO, items as ``O11``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.scoring import instrument_scores
from ita_flow.intake.draft import DraftAssessment, DraftMeasure
from ita_flow.intake.reading import Reading
from ita_flow.models.assessments import Assessment
from ita_flow.models.plans import Plan
from ita_flow.wording.plans import place_of
from ita_flow.workflow.plan_drafts import Difference, task_count
from ita_flow.workflow.plan_import import Imported

Payload = dict[str, Any]


def import_payload(
    reading: Reading, year: FiscalYear, imported: Imported | None, found: Sequence[Difference] = ()
) -> Payload:
    """What an import read and changed; the same object when it is refused (None), with 0 changes."""
    draft = reading.draft
    whole = imported.draft if imported else draft
    assessment = draft.assessment if draft else None
    payload: Payload = {
        "year": year.buddhist_year,
        "agency": draft.agency_name if draft else None,
        "assessment": _draft_assessment(assessment) if assessment else None,
        "findings": [
            {"channel": finding.channel.value, "code": finding.code, "items": list(finding.items)}
            for finding in (assessment.findings if assessment else ())
        ],
        "measures": [
            _draft_measure(measure, now)
            for measure, now in (zip(draft.measures, whole.measures, strict=True) if draft and whole else ())
        ],
        "tasks": task_count(whole) if whole else 0,
        "repairs": len(reading.repairs),
        "doubts": [{"place": reading.place_of(doubt.line), **vars(doubt)} for doubt in reading.doubts],
        "problems": [vars(problem) for problem in reading.problems],
        "changes": len(imported.differences) if imported else 0,
    }
    if found:
        payload["differences"] = [{"place": place_of(one.path), "was": one.was, "now": one.now} for one in found]
    return payload


def _draft_assessment(read: DraftAssessment) -> Payload:
    scores = {row.number: row.score for row in read.indicators}
    return _scores(read.year, read.total, read.level, scores)


def _scores(year: int, total: Decimal | None, level: str | None, scores: Mapping[int, Decimal]) -> Payload:
    return {
        "year": year,
        "total": None if total is None else str(total),
        "level": level,
        "instruments": {name.value: str(score) for name, score in instrument_scores(scores).items()},
        "indicators": {str(number): str(score) for number, score in sorted(scores.items())},
    }


def _draft_measure(read: DraftMeasure, now: DraftMeasure) -> Payload:
    """As it was read; ``now`` knows the divisions where the document says all of them."""
    responsible = now.responsible if read.is_for_every_division else read.responsible
    return {
        "area": read.area,
        "title": read.title,
        "items": [item.code for item in read.items],
        "method": read.method,
        "responsible": [{"section": who.section, "division": who.division} for who in responsible],
        "window": read.window.kind.value,
        "starts_on": read.window.starts_on.isoformat(),
        "due_on": read.window.ends_on.isoformat(),
    }


def plan_payload(plan: Plan) -> Payload:
    return {
        "year": plan.year,
        "version": plan.version,
        "state": plan.state.value,
        "limitations_none": plan.has_no_limitations,
        "limitations": [
            {"limitation": row.limitation, "analysis": row.analysis, "suggestion": row.suggestion}
            for row in plan.limitations
        ],
        "areas": [
            {
                "number": area.number,
                "analysis": area.analysis,
                "focus": area.focus,
                "items": [i["code"] for i in area.items],
            }
            for area in plan.areas
        ],
        "measures": [
            {
                "number": measure.number,
                "area": measure.area,
                "title": measure.title,
                "items": [item.code for item in measure.items],
                "method": measure.method,
                "responsible": measure.responsible_text,
                "window": measure.window_kind.value,
                "starts_on": measure.starts_on.isoformat(),
                "due_on": measure.ends_on.isoformat(),
                "source": measure.source,
            }
            for measure in plan.measures
        ],
    }


def assessment_payload(assessment: Assessment) -> Payload:
    return _scores(assessment.year, assessment.total, assessment.level, assessment.scores) | {
        "criteria_year": assessment.criteria_year,
        "rank_province": assessment.rank_province,
        "rank_national": assessment.rank_national,
        "rank_group": assessment.rank_group,
        "analysis": {str(row.number): row.analysis for row in assessment.indicators if row.analysis},
        "findings": [
            {
                "channel": finding.channel.value,
                "sequence": finding.sequence,
                "code": finding.code,
                "title": finding.title,
                "issue": finding.issue,
                "advice": finding.advice,
                "response": finding.response,
                "items": [item.code for item in finding.items],
            }
            for finding in assessment.findings
        ],
    }
