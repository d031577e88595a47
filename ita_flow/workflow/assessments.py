"""Writing down the result of an assessed year by hand, beside the import that reads it from a document.

What was read from a document keeps the line where it stands there, until somebody writes something else.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ita_flow.domain.findings import Channel
from ita_flow.domain.refusals import Invalid, Stale
from ita_flow.domain.scoring import INDICATORS
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding, FindingItem, IndicatorScore
from ita_flow.models.people import Agency, User
from ita_flow.queries.assessments import assessment_of
from ita_flow.workflow import audit
from ita_flow.workflow.desk import hold_plans

OUT_OF_THE_WAY = 10_000
RESULT_FIELDS = ("criteria_year", "total", "level", "rank_province", "rank_national", "rank_group")
ADVICE_FIELDS = ("channel", "code", "title", "issue", "advice", "response")

Told = dict[str, str | int | None]


@dataclass(frozen=True)
class Result:
    """What a person states of a year's result. Unknown is None, or missing among the scores and analyses."""

    criteria_year: int | None
    total: Decimal | None
    level: str | None
    rank_province: int | None
    rank_national: int | None
    rank_group: str | None
    scores: Mapping[int, Decimal]
    analyses: Mapping[int, str]


@dataclass(frozen=True)
class Advice:
    """A finding as a person states it; ``place`` is where it stands among all, from 1, None for the end."""

    channel: Channel
    code: str
    title: str
    issue: str
    advice: str
    items: tuple[str, ...]
    response: str
    place: int | None = None


class AssessmentSavedMeanwhile(Stale):
    """Somebody saved after the person opened the form."""


def version_of(kept: Assessment | Finding | None) -> str:
    """What a form showed, as a key: another one than now means that somebody saved meanwhile."""
    return hashlib.sha256(audit.canonical(_told(kept)).encode()).hexdigest()


def save(agency: Agency, year: int, result: Result, seen: str, *, actor: User, at: datetime) -> None:
    """Let the assessment of that year (BE) say what the person states, made if there is none.

    ``seen`` is the ``version_of`` what the form showed. Raises AssessmentSavedMeanwhile.
    """
    kept = _held(agency, year)
    _refuse_when_saved_meanwhile(kept, seen)
    before = _told(kept)
    assessment = kept or _new(agency, year)
    _write_result(assessment, result)
    _record("assessment.saved", assessment, before, _told(assessment), actor, at)


def save_finding(
    agency: Agency, year: int, finding_id: int | None, stated: Advice, seen: str, *, actor: User, at: datetime
) -> None:
    """Let this finding of the year (BE) say what the person states; None adds one. Raises Invalid or the like."""
    assessment = _existing(agency, year)
    kept = _finding(assessment, finding_id)
    _refuse_when_saved_meanwhile(kept, seen)
    _refuse_twice(assessment, kept, stated)
    before, place = _told(kept), stated.place
    finding = kept or Finding(sequence=0)
    _write_finding(finding, stated)
    others = [one for one in assessment.findings if one is not finding]
    index = len(others) if place is None else max(place - 1, 0)
    _arrange(assessment, [*others[:index], finding, *others[index:]])
    _record("assessment.finding_saved", assessment, before, _told(finding), actor, at)


def remove_finding(agency: Agency, year: int, finding_id: int, seen: str, *, actor: User, at: datetime) -> None:
    """Take the finding out; those after it move up."""
    assessment = _existing(agency, year)
    finding = _finding(assessment, finding_id)
    _refuse_when_saved_meanwhile(finding, seen)
    before = _told(finding)
    _arrange(assessment, [one for one in assessment.findings if one is not finding])
    _record("assessment.finding_removed", assessment, before, {}, actor, at)


def _held(agency: Agency, year: int) -> Assessment | None:
    """The assessment, which nobody else writes or imports until we are done."""
    hold_plans(agency)
    return assessment_of(agency, year)


def _existing(agency: Agency, year: int) -> Assessment:
    assessment = _held(agency, year)
    if assessment is None:
        raise AssessmentSavedMeanwhile("assessment_saved_meanwhile")
    return assessment


def _finding(assessment: Assessment, finding_id: int | None) -> Finding | None:
    found = next((one for one in assessment.findings if one.id == finding_id), None)
    if finding_id is not None and found is None:
        raise AssessmentSavedMeanwhile("assessment_saved_meanwhile")
    return found


def _new(agency: Agency, year: int) -> Assessment:
    assessment = Assessment(agency_id=agency.id, year=year, source={})
    db.session.add(assessment)
    db.session.flush()
    return assessment


def _refuse_when_saved_meanwhile(kept: Assessment | Finding | None, seen: str) -> None:
    if version_of(kept) != seen:
        raise AssessmentSavedMeanwhile("assessment_saved_meanwhile")


def _refuse_twice(assessment: Assessment, kept: Finding | None, stated: Advice) -> None:
    others = [one for one in assessment.findings if one is not kept]
    if any((one.channel, one.code) == (stated.channel, stated.code) for one in others):
        raise Invalid("finding_twice", field="code", code=stated.code)


def _write_result(assessment: Assessment, result: Result) -> None:
    _write(assessment, {name: getattr(result, name) for name in RESULT_FIELDS})
    kept = {row.number: row for row in assessment.indicators}
    rows = []
    for number in INDICATORS:
        score, analysis = result.scores.get(number), result.analyses.get(number, "")
        if score is not None or analysis:
            row = kept.get(number) or IndicatorScore(number=number, analysis="", source={})
            _write(row, {"score": score, "analysis": analysis})
            rows.append(row)
    assessment.indicators = rows


def _write_finding(finding: Finding, stated: Advice) -> None:
    _write(finding, {name: getattr(stated, name) for name in ADVICE_FIELDS})
    if tuple(item.code for item in finding.items) != stated.items:
        finding.items = []
        db.session.flush()
        finding.items = [FindingItem(position=place, code=code) for place, code in enumerate(stated.items, 1)]
        finding.source = _without(finding.source, {"items"})


def _write(row: Assessment | IndicatorScore | Finding, values: Mapping[str, Any]) -> None:
    """Set these values; one that differs was not read on the line of the document any more."""
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    row.source = _without(row.source, changed)


def _without(source: Mapping[str, Any] | None, names: set[str]) -> dict[str, Any]:
    return {name: line for name, line in (source or {}).items() if name not in names}


def _arrange(assessment: Assessment, ordered: Sequence[Finding]) -> None:
    """Number the findings anew in this order; those that are missing go."""
    assessment.findings = list(ordered)
    for place, finding in enumerate(ordered):
        finding.position = OUT_OF_THE_WAY + place
    db.session.flush()
    numbers = Counter[Channel]()
    for position, finding in enumerate(ordered, 1):
        numbers[finding.channel] += 1
        finding.position, finding.sequence = position, numbers[finding.channel]
    db.session.flush()


def _told(kept: Assessment | Finding | None) -> Told:
    """What is stated, as the record and the forms compare it."""
    if kept is None:
        return {}
    if isinstance(kept, Finding):
        stated: Told = {name: getattr(kept, name) for name in ADVICE_FIELDS}
        cited = " ".join(item.code for item in kept.items)
        return stated | {"channel": kept.channel.value, "items": cited, "position": kept.position}
    stated = {name: getattr(kept, name) for name in RESULT_FIELDS} | {"total": _text(kept.total)}
    for row in kept.indicators:
        stated |= {f"score_{row.number}": _text(row.score), f"analysis_{row.number}": row.analysis}
    return stated


def _text(score: Decimal | None) -> str | None:
    return None if score is None else str(score)


def _record(action: str, assessment: Assessment, before: Told, after: Told, actor: User, at: datetime) -> None:
    """What changed, and nothing when nothing did."""
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if not names:
        return
    was, is_now = ({name: told[name] for name in names if name in told} for told in (before, after))
    subject = f"assessment:{assessment.id}"
    after_all = is_now | {"year": assessment.year}
    audit.record(action, assessment.agency_id, subject, at=at, actor=actor, before=was, after=after_all)
