"""Taking the plan away as a file."""

from __future__ import annotations

import io
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from ita_flow.domain.states import PlanState
from ita_flow.models.plans import Plan
from tests.browser import Browser
from tests.factories import Cast, a_plan, a_task, one_commit
from tests.statements import counted_statements

FORMS = pytest.mark.parametrize("form", ["xlsx", "csv"])


@pytest.fixture
def reader(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.auditor)
    return browser


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return cast.task.measure.plan


def test_the_page_of_the_plan_leads_to_both_forms(reader: Browser) -> None:
    links = reader.get("/plans/2567").links

    assert links["ดาวน์โหลด Excel"] == "/plans/2567/export/xlsx"
    assert links["ดาวน์โหลด CSV"] == "/plans/2567/export/csv"


@FORMS
def test_it_is_a_download_with_a_thai_name_and_never_a_page(reader: Browser, form: str) -> None:
    answer = reader.get(f"/plans/2567/export/{form}").response

    [disposition, name] = answer.headers["Content-Disposition"].split("; filename*=UTF-8''")
    assert disposition.startswith("attachment; filename=")
    assert unquote(name) == f"แผนมาตรการ ITA 2567.{form}"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_workbook_holds_the_measures(reader: Browser) -> None:
    content = reader.get("/plans/2567/export/xlsx").response.data

    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet
    assert [cell.value for cell in sheet["D"]][-7:] == [f"มาตรการตัวอย่างที่ {number}" for number in range(1, 8)]


def test_the_csv_holds_the_measures_with_their_due_dates(reader: Browser) -> None:
    lines = reader.get("/plans/2567/export/csv").response.data.decode("utf-8-sig").splitlines()

    assert len(lines) == 8
    assert "มาตรการตัวอย่างที่ 2" in lines[2]
    assert lines[2].endswith(",31 มีนาคม 2567,2024-03-31")


def test_a_draft_is_there_for_whoever_sees_its_page(reader: Browser, plan: Plan) -> None:
    with one_commit():
        plan.state, plan.approved_at = PlanState.DRAFT, None

    reader.get("/plans/2567/export/csv")


@pytest.mark.parametrize("address", ["/plans/2560/export/csv", "/plans/2567/export/pdf", "/plans/2567/export/XLSX"])
def test_what_is_not_there_is_not_found(reader: Browser, address: str) -> None:
    reader.get(address, 404)


def test_another_agency_gets_its_own_plan(browser: Browser, cast: Cast) -> None:
    with one_commit():
        cast.strange_task.measure.plan.measures[0].title = "มาตรการของแห่งอื่น"
    browser.sign_in(cast.stranger)

    text = browser.get("/plans/2567/export/csv").response.data.decode("utf-8-sig")

    assert "มาตรการของแห่งอื่น" in text
    assert "มาตรการตัวอย่างที่ 1\n" not in text


def test_a_text_that_excel_cannot_hold_is_told_with_what_to_do(reader: Browser, plan: Plan) -> None:
    with one_commit():
        plan.measures[2].method = "ก" * 33_000

    refused = reader.get("/plans/2567/export/xlsx", 422)

    assert "มาตรการลำดับที่ 3" in refused.words
    assert "CSV" in refused.words
    reader.get("/plans/2567/export/csv")


@FORMS
def test_it_costs_the_same_for_many_measures(reader: Browser, cast: Cast, form: str) -> None:
    with one_commit():
        for measure in a_plan(cast.agency, year=2568, measures=40).measures:
            a_task(measure, section=cast.section)
    costs = []
    for year in (2567, 2568):
        with counted_statements() as statements:
            reader.get(f"/plans/{year}/export/{form}")
        costs.append(len(statements))

    assert costs[0] == costs[1]
    assert costs[0] <= 12
