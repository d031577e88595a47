"""The result of an assessed year: the score, the level, and why it is not higher."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ita_flow.domain.findings import Channel
from ita_flow.extensions import clock, db
from ita_flow.models.assessments import Assessment, Finding, FindingItem, IndicatorScore
from ita_flow.queries.assessments import assessment_of
from tests.browser import Browser, Page
from tests.factories import TODAY, Cast

SCORES = dict.fromkeys(range(1, 11), "100.00") | {6: "95.47", 7: "91.13", 8: "88.80", 9: "98.00"}


@pytest.fixture
def reader(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.executive)
    return browser


def an_assessment(cast: Cast, year: int = 2566, scores: dict[int, str] | None = None) -> Assessment:
    known = SCORES if scores is None else scores
    assessment = Assessment(
        agency_id=cast.agency.id,
        year=year,
        total=Decimal("97.14") if known else None,
        level="ผ่านดี" if known else None,
        rank_province=1,
        rank_national=23,
        rank_group="อบจ.",
        indicators=[
            IndicatorScore(number=number, score=Decimal(known[number]) if number in known else None)
            for number in range(1, 11)
        ],
    )
    db.session.add(assessment)
    db.session.commit()
    return assessment


def lines(page: Page, caption: str) -> list[str]:
    table = next(one for one in page.tree.iter("table") if caption in "".join(one.find("caption").itertext()))  # type: ignore[union-attr]
    return [" ".join("".join(row.itertext()).split()) for row in list(table.iter("tr"))[1:]]


def test_it_says_why_the_level_is_not_higher(reader: Browser, cast: Cast) -> None:
    an_assessment(cast)

    page = reader.get("/scores/2566")

    assert page.title == "คะแนน ปี 2566 — ITA Flow"
    assert "97.14ผ่านดี" in page.words
    assert "ยังไม่ถึงระดับ ผ่านดีเยี่ยม เพราะ EIT ได้ 91.80 ต่ำกว่าเกณฑ์ 95 ที่ทุกแบบวัดต้องได้ ต้องเพิ่มอีก 9.60 คะแนน" in page.words
    assert "รวมกันในตัวชี้วัดที่ 6–8" in page.words
    assert "อันดับที่ 1 ของจังหวัด · อันดับที่ 23 ของประเทศ ในกลุ่ม อบจ." in page.words


def test_the_instruments_are_measured_against_the_bound(reader: Browser, cast: Cast) -> None:
    an_assessment(cast)

    told = lines(reader.get("/scores/2566"), "คะแนนรายแบบวัด")

    assert [line.split()[0] for line in told] == ["IIT", "EIT", "OIT"]
    assert "91.80" in told[1]
    assert "ขาด 3.20" in told[1]
    assert "ถึงเกณฑ์" in told[2]


def test_the_indicators_stand_from_the_lowest_to_the_highest(reader: Browser, cast: Cast) -> None:
    an_assessment(cast)

    told = lines(reader.get("/scores/2566"), "เรียงจากคะแนนต่ำไปสูง")

    assert [line.split()[0] for line in told] == ["8", "7", "6", "9", "1", "2", "3", "4", "5", "10"]
    assert told[0] == "8 การปรับปรุงการทำงาน EIT 88.80"


def test_unknown_scores_are_called_unknown_and_never_nothing(reader: Browser, cast: Cast) -> None:
    an_assessment(cast, scores={})

    page = reader.get("/scores/2566")

    assert page.heading == "คะแนน ITA ปี 2566"
    assert "ยังอธิบายระดับไม่ได้ เพราะมีคะแนนไม่ครบสิบตัวชี้วัด" in page.words
    assert all(line.endswith("ไม่มีข้อมูล") for line in lines(page, "เรียงจากคะแนนต่ำไปสูง"))
    assert " 0.00" not in page.words


def test_the_highest_level_has_nothing_above_it(reader: Browser, cast: Cast) -> None:
    an_assessment(cast, scores=dict.fromkeys(range(1, 11), "99.00"))

    assert "อยู่ในระดับสูงสุดแล้ว" in reader.get("/scores/2566").words


def test_a_total_below_the_bound_says_by_how_much(reader: Browser, cast: Cast) -> None:
    an_assessment(cast, scores=dict.fromkeys(range(1, 11), "80.00"))

    assert "ยังไม่ถึงระดับ ผ่าน เพราะ คะแนนรวมยังขาดจากเกณฑ์ 85 อีก 5.00 คะแนน" in reader.get("/scores/2566").words


def test_findings_cite_their_items_with_the_year(reader: Browser, cast: Cast) -> None:
    an_assessment(cast).findings = [
        Finding(
            channel=Channel.EIT_PUBLIC,
            position=1,
            sequence=1,
            code="e4",
            issue="การให้ของขวัญ",
            advice="สื่อสารนโยบายงดรับของขวัญ",
            items=[FindingItem(position=1, code="O34"), FindingItem(position=2, code="O28")],
        )
    ]
    db.session.commit()

    page = reader.get("/scores/2566")

    assert "ข้อเสนอแนะของผู้ประเมิน 1" in page.words
    assert "EIT Public · e4 การให้ของขวัญ สื่อสารนโยบายงดรับของขวัญ อ้างถึงข้อ O34 (2566), O28 (2566)" in page.words


def test_a_year_without_a_result_leads_to_those_that_have_one(reader: Browser, cast: Cast) -> None:
    an_assessment(cast)

    page = reader.get("/scores/2565")

    assert "ยังไม่มีคะแนนของปี 2565" in page.words
    assert page.links["ดูคะแนน ปี 2566"] == "/scores/2566"


@pytest.fixture
def coordinator(browser: Browser, cast: Cast) -> Browser:
    clock.pretend(TODAY)
    browser.sign_in(cast.coordinator)
    return browser


def kept(cast: Cast, year: int = 2566) -> Assessment | None:
    db.session.expire_all()
    return assessment_of(cast.agency, year)


def scores_typed() -> dict[str, Any]:
    return {f"score_{number}": score for number, score in SCORES.items()}


def test_a_result_is_written_down_by_hand(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get("/scores/2566")
    form = coordinator.get(page.links["เพิ่มผลการประเมิน ปี 2566"]).form()

    page = coordinator.submit(
        form, total="๙๗.๑๔", level="ผ่านดี", rank_national="23", analysis_6="เพิ่มช่องทาง", **scores_typed()
    )

    assert page.goes_to == "/scores/2566"
    assert "97.14ผ่านดี" in coordinator.follow(page).words
    assessment = kept(cast)
    assert assessment
    assert (assessment.total, assessment.rank_national) == (Decimal("97.14"), 23)
    assert assessment.scores[7] == Decimal("91.13")


def test_what_stands_is_offered_for_change(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)

    form = coordinator.get("/scores/2566/edit").form()

    assert form.fields["total"] == ["97.14"]
    assert form.fields["level"] == ["ผ่านดี"]
    assert form.fields["score_8"] == ["88.80"]


def test_empty_is_unknown_and_not_nothing(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)
    form = coordinator.get("/scores/2566/edit").form()

    coordinator.submit(form, total="", score_8=" ")

    assessment = kept(cast)
    assert assessment
    assert assessment.total is None
    assert 8 not in assessment.scores
    assert assessment.scores[7] == Decimal("91.13")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"total": "100.01"}, "คะแนนต้องอยู่ระหว่าง 0 ถึง 100"),
        ({"score_3": "95.471"}, "ตัวชี้วัดที่ 3 ต้องอยู่ระหว่าง 0 ถึง 100"),
        ({"score_10": "ดีมาก"}, "ตัวชี้วัดที่ 10 ต้องอยู่ระหว่าง 0 ถึง 100"),
        ({"rank_province": "ที่หนึ่ง"}, "อันดับในจังหวัด ต้องเป็นจำนวนเต็ม เช่น 1"),
        ({"rank_national": "0"}, "อันดับในประเทศ ต้องเป็นจำนวนเต็ม"),
        ({"criteria_year": "67"}, "เกณฑ์ปี พ.ศ. ต้องเป็นจำนวนเต็ม เช่น 2567"),
        ({"rank_group": "ก" * 201}, "ข้อความต้องไม่เกิน 200 ตัวอักษร"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_typed_is_lost(
    coordinator: Browser, cast: Cast, typed: dict[str, str], error: str
) -> None:
    form = coordinator.get("/scores/2566/edit").form()

    page = coordinator.submit(form, 422, **{"analysis_1": "รักษามาตรฐาน", **typed})

    assert len(page.errors) == 1
    assert error in page.errors[0]
    fields = page.form().fields
    assert all(fields[name] == [value] for name, value in typed.items())
    assert fields["analysis_1"] == ["รักษามาตรฐาน"]
    assert kept(cast) is None


def test_a_total_that_differs_is_doubted_once_and_kept_as_published(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/scores/2566/edit").form()

    page = coordinator.submit(form, 422, total="96.93", level="ผ่าน", **scores_typed())

    assert "กรอกคะแนนรวม 96.93 แต่คำนวณจากสิบตัวชี้วัดได้ 97.14" in page.words
    assert "กรอกระดับ ผ่าน แต่คะแนนนี้อยู่ในระดับ ผ่านดี" in page.words
    assert kept(cast) is None
    coordinator.submit(page.form())
    assessment = kept(cast)
    assert assessment
    assert (assessment.total, assessment.level) == (Decimal("96.93"), "ผ่าน")


def test_another_total_is_doubted_anew(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/scores/2566/edit").form()
    page = coordinator.submit(form, 422, total="96.93", **scores_typed())

    page = coordinator.submit(page.form(), 422, total="96.94")

    assert "กรอกคะแนนรวม 96.94" in page.words


def test_who_comes_second_is_told_and_may_press_again(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)
    form = coordinator.get("/scores/2566/edit").form()
    coordinator.submit(coordinator.get("/scores/2566/edit").form(), rank_province="2")

    page = coordinator.submit(form, 409, rank_province="3")

    assert "มีผู้บันทึกผลการประเมินนี้หลังจากท่านเปิดหน้านี้" in page.errors[0]
    assert page.form().fields["rank_province"] == ["3"]
    coordinator.submit(page.form())
    assessment = kept(cast)
    assert assessment
    assert assessment.rank_province == 3


def test_a_level_of_another_year_is_not_taken(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get("/scores/2566/edit").form()

    coordinator.submit(form, level="A" * 40)

    assessment = kept(cast)
    assert assessment
    assert assessment.level is None


def test_a_year_to_come_has_no_form(coordinator: Browser) -> None:
    coordinator.get("/scores/2568/edit", 404)

    assert "เพิ่มผลการประเมิน ปี 2568" not in coordinator.get("/scores/2568").links


def test_years_are_offered_with_what_is_known_of_them(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)

    page = coordinator.get("/scores/new")

    assert page.links["ปี 2565"] == "/scores/2565/edit"
    assert "ปี 2566 มีผลแล้ว เปิดเพื่อแก้ไข" in page.words.replace("ปี 2566มี", "ปี 2566 มี")


def test_readers_are_offered_no_pen(reader: Browser, cast: Cast) -> None:
    an_assessment(cast)

    links = reader.get("/scores/2566").links

    assert not {"แก้ไขผลการประเมิน", "เพิ่มผลการประเมินปีอื่น", "เพิ่มข้อเสนอแนะ"} & set(links)


def test_advice_is_written_down_changed_and_taken_out(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)
    form = coordinator.get(coordinator.get("/scores/2566").links["เพิ่มข้อเสนอแนะ"]).form()

    page = coordinator.submit(form, channel="eit_public", code="E ๔", issue="การให้ของขวัญ", cited="๐34 และ O28")

    page = coordinator.follow(page)
    assert "EIT Public · e4 การให้ของขวัญ อ้างถึงข้อ O34 (2566), O28 (2566)" in page.words
    address = page.links["แก้ไข e4 EIT Public"]
    coordinator.submit(coordinator.get(address).form(address), advice="สื่อสารนโยบาย")
    assert "สื่อสารนโยบาย" in coordinator.get("/scores/2566").words
    removal = address.replace("/edit", "/removal")
    coordinator.submit(coordinator.get(address).form(removal))
    assert "e4" not in coordinator.get("/scores/2566").words


def test_all_that_is_wrong_with_advice_is_told_at_once(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)
    form = coordinator.get("/scores/2566/findings/new").form()

    page = coordinator.submit(form, 422, channel="oit", code="e4", cited="O34, ตามคู่มือ", response="ยืนยัน")

    assert [error.split()[0] for error in page.errors] == ["กรอกรหัสข้อ", "กรอกประเด็นที่ผู้ประเมินพบ", "อ่านรหัสข้อ"]
    assert page.form().fields["response"] == ["ยืนยัน"]
    assert page.form().fields["channel"] == ["oit"]


def test_the_same_question_twice_is_told_beside_its_code(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)
    for status in (303, 422):
        form = coordinator.get("/scores/2566/findings/new").form()
        page = coordinator.submit(form, status, channel="oit", code="O2", issue=f"ตำแหน่งว่าง {status}")

    assert "มีข้อเสนอแนะจากที่มานี้ในข้อ o2 แล้ว" in page.errors[0]


def test_advice_changed_meanwhile_is_not_overwritten_unseen(coordinator: Browser, cast: Cast) -> None:
    an_assessment(cast)
    form = coordinator.get("/scores/2566/findings/new").form()
    coordinator.submit(form, channel="oit", code="O2", issue="ตำแหน่งว่าง")
    address = coordinator.get("/scores/2566").links["แก้ไข o2 OIT"]
    older = coordinator.get(address).form(address)
    coordinator.submit(coordinator.get(address).form(address), advice="แสดงว่าว่าง")

    page = coordinator.submit(older, 409, advice="อื่น")

    assert page.form(address).fields["advice"] == ["อื่น"]
    coordinator.submit(page.form(address))
    assert "อื่น" in coordinator.get("/scores/2566").words


def test_advice_needs_a_result_to_stand_with(coordinator: Browser) -> None:
    coordinator.get("/scores/2566/findings/new", 404)
