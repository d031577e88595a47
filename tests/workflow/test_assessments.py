"""Writing down a result by hand: what is stated is kept, what was read keeps its line, nobody overwrites unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.findings import Channel
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding, FindingItem, IndicatorScore
from ita_flow.models.audit import AuditEvent
from ita_flow.queries.assessments import assessment_of
from ita_flow.workflow.assessments import (
    Advice,
    AssessmentSavedMeanwhile,
    Result,
    remove_finding,
    save,
    save_finding,
    version_of,
)
from tests.factories import NOW, Cast

NOTHING = Result(None, None, None, None, None, None, {}, {})
PUBLISHED = Result(
    criteria_year=2567,
    total=Decimal("97.14"),
    level="ผ่านดี",
    rank_province=1,
    rank_national=23,
    rank_group="องค์การบริหารส่วนจังหวัด",
    scores={1: Decimal("100.00"), 6: Decimal("95.47")},
    analyses={1: "รักษามาตรฐาน", 7: "เพิ่มช่องทางสื่อสาร"},
)
BRIBES = Advice(Channel.EIT_PUBLIC, "e4", "", "การให้ของขวัญ", "สื่อสารนโยบาย", ("O34", "O28"), "")
ONLINE = Advice(Channel.EIT_PUBLIC, "e13", "", "ไม่ทราบบริการออนไลน์", "ประชาสัมพันธ์", ("O18",), "")
VACANT = Advice(Channel.OIT, "o2", "ข้อมูลผู้บริหาร", "ไม่แสดงตำแหน่งว่าง", "แสดงว่าว่าง", ("O2",), "ยืนยันคะแนน")


def the_assessment(cast: Cast, year: int = 2566) -> Assessment:
    db.session.expire_all()
    assessment = assessment_of(cast.agency, year)
    assert assessment
    return assessment


def an_imported_one(cast: Cast) -> Assessment:
    assessment = Assessment(
        agency_id=cast.agency.id,
        year=2566,
        total=Decimal("97.14"),
        level="ผ่านดี",
        source={"total": 21, "level": 22},
        indicators=[
            IndicatorScore(
                number=1, score=Decimal("100.00"), analysis="รักษามาตรฐาน", source={"score": 46, "analysis": 109}
            )
        ],
        findings=[
            Finding(
                channel=Channel.EIT_PUBLIC,
                position=1,
                sequence=1,
                code="e4",
                issue="การให้ของขวัญ",
                advice="สื่อสารนโยบาย",
                source={"code": 60, "issue": 60, "advice": 62, "items": 61},
                items=[FindingItem(position=1, code="O34"), FindingItem(position=2, code="O28")],
            )
        ],
    )
    db.session.add(assessment)
    db.session.commit()
    return assessment


def as_it_stands(assessment: Assessment) -> Result:
    return replace(
        NOTHING,
        total=assessment.total,
        level=assessment.level,
        scores=assessment.scores,
        analyses={row.number: row.analysis for row in assessment.indicators if row.analysis},
    )


def write(cast: Cast, result: Result, seen: str | None = None, year: int = 2566) -> None:
    with transaction():
        key = version_of(assessment_of(cast.agency, year)) if seen is None else seen
        save(cast.agency, year, result, key, actor=cast.coordinator, at=NOW)


def write_finding(cast: Cast, stated: Advice, finding_id: int | None = None, seen: str | None = None) -> None:
    with transaction():
        kept = db.session.get(Finding, finding_id) if finding_id else None
        key = version_of(kept) if seen is None else seen
        save_finding(cast.agency, 2566, finding_id, stated, key, actor=cast.coordinator, at=NOW)


def deeds() -> list[dict[str, object]]:
    bodies = [json.loads(body) for body in db.session.scalars(sa.select(AuditEvent.body).order_by(AuditEvent.seq))]
    return [body for body in bodies if body["action"].startswith("assessment.")]


def test_a_result_is_kept_as_published(cast: Cast) -> None:
    write(cast, PUBLISHED)

    kept = the_assessment(cast)
    assert (kept.total, kept.level, kept.criteria_year) == (Decimal("97.14"), "ผ่านดี", 2567)
    assert (kept.rank_province, kept.rank_national, kept.rank_group) == (1, 23, "องค์การบริหารส่วนจังหวัด")
    assert kept.scores == PUBLISHED.scores
    assert {row.number: row.analysis for row in kept.indicators if row.analysis} == PUBLISHED.analyses


def test_unknown_stays_unknown(cast: Cast) -> None:
    write(cast, PUBLISHED)
    write(cast, replace(PUBLISHED, total=None, scores={}, analyses={}))

    kept = the_assessment(cast)
    assert (kept.total, kept.scores, kept.indicators) == (None, {}, [])


def test_what_was_read_keeps_its_line_until_it_is_changed(cast: Cast) -> None:
    assessment = an_imported_one(cast)
    stated = as_it_stands(assessment)

    write(cast, replace(stated, total=Decimal("97.41"), analyses={1: "รักษามาตรฐานไว้"}))

    kept = the_assessment(cast)
    assert kept.source == {"level": 22}
    assert kept.indicators[0].source == {"score": 46}


def test_saving_what_stands_changes_nothing(cast: Cast) -> None:
    stated = as_it_stands(an_imported_one(cast))

    write(cast, stated)

    kept = the_assessment(cast)
    assert kept.source == {"total": 21, "level": 22}
    assert deeds() == []


def test_the_record_tells_what_changed_and_nothing_else(cast: Cast) -> None:
    stated = as_it_stands(an_imported_one(cast))

    write(cast, replace(stated, scores={1: Decimal("99.50")}))

    [deed] = deeds()
    assert (deed["action"], deed["actor"]) == ("assessment.saved", f"user:{cast.coordinator.id}")
    assert deed["before"] == {"score_1": "100.00"}
    assert deed["after"] == {"score_1": "99.50", "year": 2566}


def test_who_saw_an_older_result_does_not_overwrite_the_newer(cast: Cast) -> None:
    seen = version_of(an_imported_one(cast))
    write(cast, PUBLISHED)

    with pytest.raises(AssessmentSavedMeanwhile):
        write(cast, NOTHING, seen)

    assert the_assessment(cast).total == Decimal("97.14")


def test_two_who_begin_the_same_year_do_not_overwrite_each_other(cast: Cast) -> None:
    write(cast, PUBLISHED, version_of(None))

    with pytest.raises(AssessmentSavedMeanwhile):
        write(cast, NOTHING, version_of(None))


def test_findings_stand_where_they_are_put(cast: Cast) -> None:
    write(cast, PUBLISHED)
    write_finding(cast, BRIBES)
    write_finding(cast, VACANT)
    write_finding(cast, replace(ONLINE, place=1))

    found = the_assessment(cast).findings
    assert [(one.position, one.code, one.sequence) for one in found] == [(1, "e13", 1), (2, "e4", 2), (3, "o2", 1)]
    assert [item.code for item in found[1].items] == ["O34", "O28"]


def test_a_finding_is_moved_and_its_citations_follow(cast: Cast) -> None:
    write(cast, PUBLISHED)
    for stated in (BRIBES, ONLINE, VACANT):
        write_finding(cast, stated)
    last = the_assessment(cast).findings[2]

    write_finding(cast, replace(VACANT, items=("O2", "O1"), place=1), last.id)

    found = the_assessment(cast).findings
    assert [one.code for one in found] == ["o2", "e4", "e13"]
    assert [item.code for item in found[0].items] == ["O2", "O1"]


def test_a_finding_that_was_read_keeps_its_lines_until_it_is_changed(cast: Cast) -> None:
    finding = an_imported_one(cast).findings[0]

    write_finding(cast, replace(BRIBES, advice="สื่อสารนโยบายทุกเดือน", place=1), finding.id)

    assert the_assessment(cast).findings[0].source == {"code": 60, "issue": 60, "items": 61}


def test_a_question_is_advised_on_once_in_each_channel(cast: Cast) -> None:
    an_imported_one(cast)
    write_finding(cast, replace(BRIBES, channel=Channel.EIT_SURVEY))

    with pytest.raises(Invalid, match="finding_twice"):
        write_finding(cast, BRIBES)

    assert len(the_assessment(cast).findings) == 2


def test_a_finding_is_taken_out_and_the_others_move_up(cast: Cast) -> None:
    write(cast, PUBLISHED)
    for stated in (BRIBES, ONLINE):
        write_finding(cast, stated)
    first = the_assessment(cast).findings[0]

    with transaction():
        remove_finding(cast.agency, 2566, first.id, version_of(first), actor=cast.coordinator, at=NOW)

    assert [(one.position, one.code, one.sequence) for one in the_assessment(cast).findings] == [(1, "e13", 1)]
    assert deeds()[-1]["action"] == "assessment.finding_removed"


def test_what_somebody_changed_meanwhile_is_not_taken_out(cast: Cast) -> None:
    finding = an_imported_one(cast).findings[0]
    seen = version_of(finding)
    write_finding(cast, replace(BRIBES, advice="อื่น", place=1), finding.id)

    with pytest.raises(AssessmentSavedMeanwhile), transaction():
        remove_finding(cast.agency, 2566, finding.id, seen, actor=cast.coordinator, at=NOW)

    assert len(the_assessment(cast).findings) == 1
