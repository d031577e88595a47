"""What is found, by whom, and what stays unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ita_flow.domain.searching import Findable, Search
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.queries.search import A_FEW, A_PAGE, Hit, search_all, search_in
from tests.factories import NOW, TODAY, Cast, a_link, a_plan, a_report, a_task, one_commit
from tests.factories.many import many_tasks
from tests.factories.plans import cancel


def hits(user: User, typed: str, kind: Findable) -> list[Hit]:
    return list(search_in(user, Search(typed), kind, 1, TODAY).hits)


def told(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.name)


def marked(hit: Hit) -> list[str]:
    return [piece.text for piece in (*hit.name, *hit.passage) if piece.is_hit]


def test_measures_of_all_years_are_found_the_newest_first(cast: Cast) -> None:
    earlier = a_plan(cast.agency, year=2566, measures=2)
    a_task(earlier.measures[1], division=cast.division)

    found = hits(cast.auditor, "ตัวอย่างที่ 2", Findable.MEASURES)

    assert [(hit.place.year, told(hit)) for hit in found if hit.place] == [
        (2567, "2 มาตรการตัวอย่างที่ 2"),
        (2566, "2 มาตรการตัวอย่างที่ 2"),
    ]
    assert marked(found[0])[:3] == ["2", "ตัวอย่างที่", "2"]


def test_a_measure_of_several_divisions_is_found_once(cast: Cast) -> None:
    a_task(cast.task.measure, division=cast.other_division)

    (found,) = hits(cast.auditor, "ตัวอย่างที่ 2", Findable.MEASURES)

    assert found.place
    assert found.place.task is None


def test_a_cancelled_measure_is_found_and_says_so(cast: Cast) -> None:
    cancel(cast.task)
    db.session.commit()

    (found,) = hits(cast.auditor, "ตัวอย่างที่ 2", Findable.MEASURES)

    assert found.is_cancelled


def test_a_report_is_found_by_what_it_says_with_the_passage(cast: Cast) -> None:
    a_report(cast.task, cast.officer, text="ทำแล้ว", obstacles="งบประมาณ ๒๕๖๗ มาช้า")

    (found,) = hits(cast.auditor, "งบประมาณ 2567", Findable.REPORTS)

    assert (found.report, marked(found)) == (1, ["งบประมาณ", "๒๕๖๗"])


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.WITHDRAWN])
@pytest.mark.parametrize("person", ["officer", "coordinator", "auditor"])
def test_what_is_not_submitted_is_found_by_nobody(cast: Cast, state: ReportState, person: str) -> None:
    draft = a_link(cast.task, cast.officer, name="หลักฐานลับ")
    a_report(cast.task, cast.officer, state=state, text="ข้อความลับ", evidence=[draft] if state == "draft" else None)

    assert not hits(getattr(cast, person), "ลับ", Findable.REPORTS)
    assert not hits(getattr(cast, person), "ลับ", Findable.EVIDENCE)


def test_only_what_was_last_sent_of_a_report_is_found(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, state=ReportState.RETURNED, text="ฉบับที่ส่ง")
    report.text = "ฉบับที่กำลังแก้"
    db.session.commit()

    assert hits(cast.auditor, "ฉบับที่ส่ง", Findable.REPORTS)
    assert not hits(cast.auditor, "กำลังแก้", Findable.REPORTS)


def test_evidence_is_found_by_its_name_once_it_was_submitted(cast: Cast) -> None:
    a_report(cast.task, cast.officer, evidence=[a_link(cast.task, cast.officer, name="คำสั่งที่ ๑๑๒/๒๕๖๗.pdf")])

    (found,) = hits(cast.colleague, "112/2567", Findable.EVIDENCE)

    assert (told(found), marked(found)) == ("คำสั่งที่ ๑๑๒/๒๕๖๗.pdf", ["๑๑๒/๒๕๖๗"])


def test_people_are_found_by_name_and_post_in_the_order_of_the_dictionary(cast: Cast) -> None:
    found = hits(cast.officer, "ฝ่ายประชาสัมพันธ์", Findable.PEOPLE)

    assert [hit.person for hit in found] == [cast.officer.id, cast.colleague.id, cast.head.id]


@pytest.mark.parametrize(("person", "count"), [("officer", 0), ("administrator", 1)])
def test_addresses_and_those_who_left_are_found_by_who_looks_after_accounts(
    cast: Cast, person: str, count: int
) -> None:
    cast.colleague.is_active = False
    db.session.commit()

    assert len(hits(getattr(cast, person), "colleague@example", Findable.PEOPLE)) == count
    assert len(hits(getattr(cast, person), "สมหญิง", Findable.PEOPLE)) == count


@pytest.mark.parametrize("kind", list(Findable))
def test_nothing_of_another_agency_is_found(cast: Cast, kind: Findable) -> None:
    a_report(cast.task, cast.officer, text="มาตรการ", evidence=[a_link(cast.task, cast.officer, name="มาตรการ")])

    assert {told(hit) for hit in hits(cast.stranger, "มาตรการ", kind)} <= {"1 มาตรการตัวอย่างที่ 1"}
    assert not hits(cast.stranger, "สมหญิง", kind)


@pytest.mark.parametrize(
    "typed", ["", "  ", "\u200b", "%", "_", "'", "\\", "' OR 1=1 --", "ก" * 10_000, "(", "a" * 300, "\x00"]
)
def test_hostile_words_find_nothing_and_break_nothing(cast: Cast, typed: str) -> None:
    a_report(cast.task, cast.officer)

    assert search_all(cast.auditor, Search(typed), TODAY) == []


def test_of_each_kind_a_few_are_shown_and_all_counted(cast: Cast) -> None:
    with one_commit():
        many_tasks(cast, 70)

    groups = {group.kind: group for group in search_all(cast.auditor, Search("ลำดับที่"), TODAY)}

    assert set(groups) == {Findable.MEASURES, Findable.REPORTS, Findable.EVIDENCE}
    assert [(len(groups[kind].hits), groups[kind].count) for kind in groups] == [(A_FEW, 70), (A_FEW, 50), (A_FEW, 50)]


def test_one_kind_has_pages(cast: Cast) -> None:
    many_tasks(cast, 70)

    last = search_in(cast.auditor, Search("ลำดับที่"), Findable.MEASURES, 9, TODAY)

    assert (last.number, last.pages, len(last.hits)) == (3, 3, 70 - 2 * A_PAGE)


def test_the_newest_report_comes_first(cast: Cast) -> None:
    a_report(cast.task, cast.officer, text="เรื่องเดียวกัน", at=NOW - timedelta(days=3))
    a_report(cast.other_task, cast.other_officer, text="เรื่องเดียวกัน", at=NOW)

    found = hits(cast.auditor, "เรื่องเดียวกัน", Findable.REPORTS)

    assert [hit.place.number for hit in found if hit.place] == [5, 2]
