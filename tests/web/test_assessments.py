"""The result of an assessed year: the score, the level, and why it is not higher."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ita_flow.domain.findings import Channel
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, Finding, FindingItem, IndicatorScore
from tests.browser import Browser, Page
from tests.factories import Cast

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
