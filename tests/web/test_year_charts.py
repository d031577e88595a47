"""What the dashboard draws of a year: the strip of its measures, the scores of the last years, and their ways on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ita_flow.domain.scoring import GOOD, INDICATORS
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment, IndicatorScore
from tests.browser import Browser, Page
from tests.factories import Cast, a_plan, a_task, one_commit
from tests.year import in_march


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    in_march(cast)
    browser.sign_in(cast.coordinator)
    return browser


def a_result(cast: Cast, year: int, total: str) -> None:
    """The ten indicators from 81 to 90 and no finding."""
    scores = [IndicatorScore(number=number, score=Decimal(80 + number)) for number in INDICATORS]
    db.session.add(Assessment(agency_id=cast.agency.id, year=year, total=Decimal(total), level=GOOD, indicators=scores))
    db.session.commit()


def lanes_of(page: Page) -> list[str]:
    return ["".join(one.itertext()) for one in page.of_class("lab")]


def test_the_year_is_drawn_and_leads_to_the_calendar(coordinator: Browser) -> None:
    page = coordinator.get("/dashboard?year=2567")

    assert len(lanes_of(page)) == 7
    assert page.links["เปิดปฏิทิน"] == "/calendar?year=2567"


def test_a_half_of_the_year_draws_its_own_measures(coordinator: Browser) -> None:
    lanes = lanes_of(coordinator.get("/dashboard?year=2567&window=full_year"))

    assert lanes == ["4 มาตรการตัวอย่างที่ 4", "5 มาตรการตัวอย่างที่ 5"]


def test_of_many_measures_the_rest_stands_behind_a_link(coordinator: Browser, cast: Cast) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, measures=20, version=2).measures:
            a_task(measure, division=cast.division)

    page = coordinator.get("/dashboard?year=2567")

    assert len(lanes_of(page)) == 12
    assert "แสดงเฉพาะ 12 มาตรการที่เร่งด่วนที่สุด" in page.words
    assert "by=measure" in page.links["ดูทั้ง 20 มาตรการ"]


def test_the_scores_of_the_last_years_are_drawn_and_told(coordinator: Browser, cast: Cast) -> None:
    a_result(cast, 2564, "84.10")
    a_result(cast, 2566, "97.14")

    page = coordinator.get("/dashboard?year=2567")

    assert page.links["เปิดคะแนนปี 2566"] == "/scores/2566"
    assert "ไม่มีข้อมูลปี 2562–2563, 2565" in page.words
    assert "ปี 2564 ได้ 84.10 ระดับผ่านดี · ปี 2566 ได้ 97.14 ระดับผ่านดี" in page.words
    assert page.links["2564"] == "/scores/2564"


def test_each_indicator_opens_its_place_in_the_scores(coordinator: Browser, cast: Cast) -> None:
    a_result(cast, 2566, "97.14")

    page = coordinator.get("/dashboard?year=2567")

    ways = [address for address in page.links.values() if address.startswith("/scores/2566#indicator-")]
    assert [int(address.rpartition("-")[2]) for address in ways] == list(INDICATORS)  # from the lowest score up
    places = coordinator.get("/scores/2566").ids
    assert all(address.partition("#")[2] in places for address in ways)


def test_without_a_result_no_scores_are_drawn(coordinator: Browser) -> None:
    assert "คะแนน ITA ย้อนหลัง" not in coordinator.get("/dashboard?year=2567").words
