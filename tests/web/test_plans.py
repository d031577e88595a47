"""The plan of a year, to be read."""

from __future__ import annotations

import pytest

from ita_flow.domain.areas import AREAS
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.models.plans import ImportJob, Limitation, MeasureItem, Plan
from tests.browser import Browser
from tests.factories import NOW, Cast, a_plan
from tests.statements import counted_statements


@pytest.fixture
def reader(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.auditor)
    return browser


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


def test_it_says_how_far_the_plan_is(reader: Browser) -> None:
    page = reader.get("/plans/2567")

    assert page.title == "แผนมาตรการ ปี 2567 — ITA Flow"
    assert "อนุมัติแล้ว เมื่อ 1 ตุลาคม 2566 · ฉบับที่ 1 · 7 มาตรการใน 7 ประเด็น" in page.words


def test_every_area_has_its_block_with_its_measures(reader: Browser, plan: Plan) -> None:
    plan.areas[0].overview, plan.areas[0].analysis = "ภาพรวมของประเด็นแรก", "ผลอยู่ในระดับดี"
    plan.measures[0].items = [MeasureItem(position=1, year=2566, code="O11", title="แผนดำเนินงาน")]
    db.session.commit()

    page = reader.get("/plans/2567")

    for number, name in AREAS.items():
        assert f"{number} {name}" in page.words
        assert f"มาตรการที่ {number} มาตรการตัวอย่างที่ {number}" in page.words
    assert "ภาพรวมของประเด็นแรก" in page.words
    assert "O11 (2566) แผนดำเนินงาน" in page.words
    assert "ภายใน 6 เดือนแรก กำหนด อา. 31 มี.ค. 2567" in page.words


def test_the_units_that_have_a_measure_lead_to_their_task(reader: Browser, cast: Cast) -> None:
    page = reader.get("/plans/2567")

    assert page.links["ฝ่ายประชาสัมพันธ์"] == f"/tasks/{cast.task.id}"
    assert "กองที่รับผิดชอบ" in page.words  # as written, where no task was given out


def test_limitations_are_told_or_declared_none_or_unknown(reader: Browser, plan: Plan) -> None:
    declared = reader.get("/plans/2567").words
    plan.has_no_limitations = False
    db.session.commit()
    unknown = reader.get("/plans/2567").words
    plan.limitations = [Limitation(position=1, limitation="บุคลากรไม่พอ", analysis="มีสองคน", suggestion="ขอเพิ่ม")]
    db.session.commit()
    told = reader.get("/plans/2567").words

    assert "หน่วยงานแจ้งว่าไม่มีข้อจำกัด" in declared
    assert "ข้อจำกัดของหน่วยงาน ไม่มีข้อมูล" in unknown
    assert "บุคลากรไม่พอมีสองคนข้อเสนอแนะ ขอเพิ่ม" in told


def test_the_document_is_named(reader: Browser, cast: Cast, plan: Plan) -> None:
    job = ImportJob(agency_id=cast.agency.id, plan_id=plan.id, file_name="แผน.txt", sha256="0" * 64, at=NOW)
    db.session.add(job)
    db.session.commit()

    assert "นำเข้าจากเอกสาร แผน.txt เมื่อ 18 มี.ค. 2567 09:00 น." in reader.get("/plans/2567").words


def test_the_version_in_force_is_shown_before_a_newer_draft(reader: Browser, cast: Cast) -> None:
    newer = a_plan(cast.agency, version=2, measures=1)
    newer.state, newer.approved_at = PlanState.DRAFT, None
    db.session.commit()

    assert "ฉบับที่ 1" in reader.get("/plans/2567").words


def test_an_area_without_a_measure_says_so(reader: Browser, cast: Cast) -> None:
    a_plan(cast.agency, year=2568, measures=1)

    assert reader.get("/plans/2568").words.count("แผนฉบับนี้ยังไม่มีมาตรการในประเด็นนี้") == 6


def test_a_year_without_a_plan_says_what_to_do(reader: Browser) -> None:
    page = reader.get("/plans/2560")

    assert "ยังไม่มีแผนของปี 2560" in page.words
    assert page.links["ดูแผนปี 2567"] == "/plans/2567"


def test_another_agency_does_not_see_this_plan(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.stranger)

    assert "มาตรการตัวอย่างที่ 2" not in browser.get("/plans/2566").words


def test_the_page_costs_the_same_for_many_measures(reader: Browser, cast: Cast) -> None:
    costs = []
    for year, measures in ((2567, 7), (2568, 50)):
        if year != 2567:
            a_plan(cast.agency, year=year, measures=measures)
        with counted_statements() as statements:
            reader.get(f"/plans/{year}")
        costs.append(len(statements))

    assert costs[0] == costs[1]
    assert costs[0] <= 12
