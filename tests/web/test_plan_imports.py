"""Bringing a document in by the page: choose it, look at what was read, confirm."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.permissions import Role
from ita_flow.domain.states import PlanState
from ita_flow.extensions import db
from ita_flow.intake.reading import read_plan
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import ImportDraft, ImportJob, Plan
from ita_flow.models.tasks import Task
from ita_flow.workflow import import_drafts
from ita_flow.workflow.evidence import store
from tests.browser import Browser, Form, Page
from tests.factories import a_division, a_plan, a_report, a_section, a_user, an_agency
from tests.intake.documents import AGENCY, report, with_cell, without
from tests.statements import MOST_STATEMENTS, counted_statements

IMPORT = "/plans/2567/import"
FIRST_ROW = "1. กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ"
TITLE, METHOD, RESPONSIBLE = 3, 4, 5


@pytest.fixture
def agency(app: Flask) -> Agency:
    return an_agency(AGENCY, code="saithan")


@pytest.fixture
def coordinator(agency: Agency) -> User:
    return a_user(agency, role=Role.COORDINATOR, name="อรุณี แก้วใส")


@pytest.fixture
def desk(browser: Browser, coordinator: User) -> Browser:
    browser.sign_in(coordinator)
    return browser


def a_file(text: str, name: str = "แผน.txt") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name


def bring(desk: Browser, status: int = 303, **sent: Any) -> Page:
    return desk.submit(desk.get(IMPORT).form(), status, **(sent or {"file": a_file(report())}))


def preview(desk: Browser, content: str | None = None) -> Page:
    return desk.follow(bring(desk, file=a_file(content or report())))


def adjusting(page: Page) -> Form:
    """The form as it is sent by อ่านใหม่ตามที่เลือก."""
    form = page.form()
    form.fields["adjust"] = ["1"]
    return form


def count(model: type[ImportDraft] | type[ImportJob] | type[Plan] | type[Task] | type[Unit]) -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(model)).one()


def the_plan() -> Plan:
    return db.session.scalars(sa.select(Plan)).one()


def test_a_plan_comes_in_with_one_choice_and_three_presses(desk: Browser) -> None:
    page = preview(desk)
    answer = desk.submit(page.form())

    plan = the_plan()
    assert answer.goes_to == "/plans/2567"
    assert (plan.state, count(ImportJob), count(ImportDraft)) == (PlanState.APPROVED, 1, 0)
    assert f"นำเข้าแล้ว {len(plan.measures)} มาตรการ {count(Task)} งาน" in desk.follow(answer).words


def test_nothing_is_in_the_plan_before_it_is_confirmed(desk: Browser) -> None:
    preview(desk)

    assert (count(Plan), count(Task), count(Unit), count(ImportDraft)) == (0, 0, 0, 1)


def test_the_page_says_what_was_read_and_from_where(desk: Browser, agency: Agency) -> None:
    words = preview(desk).words

    assert "อ่านได้ครบ 7 ประเด็น" in words
    assert "ประเด็นที่ 7" in words
    assert "อา. 31 มี.ค. 2567 ไม่ใช่วันทำการ" in words
    assert "ปี 2566 · คะแนนรวม" in words
    assert "ตัวอักษรที่แก้ให้แล้ว" in words
    assert re.search(r"บรรทัด \d+", words)
    assert "สำนัก/กองที่ยังไม่มีในระบบ" not in words  # there is none yet with which these could be mixed up


def test_pasted_text_is_read_like_a_file(desk: Browser) -> None:
    page = desk.follow(bring(desk, text=report()))

    assert "ข้อความที่วาง" in page.words
    desk.submit(page.form())
    assert db.session.scalars(sa.select(ImportJob)).one().file_name == "ข้อความที่วาง"


def test_it_asks_for_a_document(desk: Browser) -> None:
    page = bring(desk, status=422, text="  ")

    assert page.errors == ["เลือกไฟล์แผน หรือวางตารางของแผน"]
    assert page.title.startswith("ข้อผิดพลาด: ")


def test_what_cannot_be_read_is_told_with_its_place_and_what_was_pasted_stays(desk: Browser) -> None:
    text = without(FIRST_ROW)

    page = bring(desk, status=422, text=text)

    assert "ยังนำเข้าไม่ได้" in page.errors[0]
    assert "ไม่พบประเด็นที่ 1" in page.words
    assert page.form().fields["text"] == [text]
    assert count(ImportDraft) == 0


def test_a_foreign_file_is_refused_on_the_same_page(desk: Browser) -> None:
    page = bring(desk, status=422, file=(io.BytesIO(b"%PDF-1.4\x00\x01"), "แผน.pdf"))

    assert "แผน.pdf" in page.words
    assert count(ImportDraft) == 0


def test_a_file_that_is_too_large_is_refused(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_flow.web.brought_documents.MAX_FILE_BYTES", 1024)

    page = bring(desk, status=422)

    assert "แผน.txt ใหญ่เกิน" in page.errors[0]


def test_the_empty_table_has_the_headings_and_lacks_only_its_measures(desk: Browser) -> None:
    pattern = desk.get(f"{IMPORT}/pattern").response

    page = bring(desk, status=422, file=(io.BytesIO(pattern.data), "แบบ.xlsx"))

    assert "แบบแผนมาตรการ ITA 2567.xlsx" in unquote(pattern.headers["Content-Disposition"])
    assert "เพิ่มมาตรการของประเด็นนี้อย่างน้อย 1 มาตรการ" in page.words
    assert "เพิ่มคอลัมน์" not in page.words


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_plan_that_went_out_comes_in_again_without_a_change(desk: Browser, form: str) -> None:
    desk.submit(preview(desk).form())
    exported = desk.get(f"/plans/2567/export/{form}").response.data

    page = desk.follow(bring(desk, file=(io.BytesIO(exported), f"แผน.{form}")))

    assert "ไม่มีอะไรเปลี่ยน" in page.words


def test_a_document_whose_bytes_are_gone_is_asked_for_again(desk: Browser) -> None:
    page = preview(desk)
    store().path_of(db.session.scalars(sa.select(ImportDraft.sha256)).one()).unlink()

    assert "เลือกไฟล์เดิมอีกครั้ง" in desk.get(page.address, 422).words
    assert preview(desk).address == page.address


@pytest.mark.parametrize("year", [1999, 2400, 2559, 2999])
def test_a_year_out_of_reach_is_refused_in_words(desk: Browser, year: int) -> None:
    for address in (f"/plans/{year}/import", f"/plans/{year}/import/pattern"):
        assert "นำเข้าแผนได้เฉพาะปีงบประมาณ 2560 ถึง" in desk.get(address, 422).words


def test_a_document_of_a_year_out_of_reach_is_not_taken_in_hand(desk: Browser) -> None:
    form = replace(desk.get(IMPORT).form(), action="/plans/2999/import")

    desk.submit(form, 422, file=a_file(report()))

    assert count(ImportDraft) == 0


def test_a_plan_of_long_ago_that_is_there_is_read_anew(desk: Browser, agency: Agency) -> None:
    a_plan(agency, year=2559)

    desk.get("/plans/2559/import")


def test_the_plan_may_come_in_as_a_draft(desk: Browser) -> None:
    desk.submit(preview(desk).form(), approval="draft")

    assert the_plan().state is PlanState.DRAFT


def test_a_second_press_gets_the_first_answer(desk: Browser) -> None:
    form = preview(desk).form()

    first, second = desk.submit(form), desk.submit(form)

    assert first.goes_to == second.goes_to == "/plans/2567"
    assert count(ImportJob) == 1


def test_wording_is_kept_unless_somebody_chooses_otherwise(desk: Browser) -> None:
    title = "ส่งเสริมส่งเสริมคุณธรรมของหน่วยงาน"
    page = preview(desk, with_cell(FIRST_ROW, TITLE, title))

    assert "คำซ้ำ" in page.words
    desk.submit(page.form())

    assert the_plan().measures[0].title == title


def test_a_proposal_that_is_chosen_is_read_into_the_plan(desk: Browser) -> None:
    page = preview(desk, with_cell(FIRST_ROW, TITLE, "ส่งเสริมส่งเสริมคุณธรรมของหน่วยงาน"))
    form = page.form()
    chosen = {name: "proposal" for name in form.fields if name.startswith("doubt-")}

    desk.submit(form, 303, **chosen)

    assert chosen
    assert the_plan().measures[0].title == "ส่งเสริมคุณธรรมของหน่วยงาน"


def test_own_words_are_shown_anew_and_may_be_taken_back(desk: Browser) -> None:
    page = preview(desk, with_cell(FIRST_ROW, TITLE, "ส่งเสริมส่งเสริมคุณธรรมของหน่วยงาน"))
    form = adjusting(page)
    [own] = [name for name in _names_of_controls(page) if name.startswith("own-")][:1]

    corrected = desk.follow(desk.submit(form, 303, **{own: "เสริมสร้าง"}))
    assert "แก้ตามที่ท่านเลือก 1" in corrected.words
    assert "เสริมสร้าง" in corrected.words
    [restore] = [name for name in _names_of_controls(corrected) if name.startswith("restore-")]
    restored = desk.follow(desk.submit(adjusting(corrected), 303, **{restore: "1"}))

    assert "แก้ตามที่ท่านเลือก" not in restored.words
    assert count(Plan) == 0


def _names_of_controls(page: Page) -> list[str]:
    return [element.get("name", "") for element in page.tree.iter("input")]


def test_a_division_spelled_otherwise_is_merged_with_the_one_on_file(desk: Browser, agency: Agency) -> None:
    kept = a_division(agency, "กองคลังและพัสดุ")
    page = preview(desk, with_cell(FIRST_ROW, RESPONSIBLE, "กองคลังและพสดุ"))
    form = page.form()
    [name] = [label.get("for") for label in page.tree.iter("label") if "".join(label.itertext()) == "กองคลังและพสดุ"]

    assert "ชื่อคล้ายกับ กองคลังและพัสดุ" in page.words
    desk.submit(form, 303, **{str(name): str(kept.id)})

    task = db.session.scalars(sa.select(Task).where(Task.measure_id == the_plan().measures[0].id)).one()
    assert task.division == kept


def test_known_units_are_ticked_and_new_ones_say_so(desk: Browser, agency: Agency) -> None:
    a_section(a_division(agency, "กองช่าง"), "ฝ่ายก่อสร้าง")

    page = preview(desk, with_cell(FIRST_ROW, RESPONSIBLE, "ฝ่ายก่อสร้าง กองช่าง"))

    rows = [" ".join("".join(row.itertext()).split()) for row in page.tree.iter("tr")]
    first, second = rows[1], rows[2]
    assert "มีในระบบแล้ว ฝ่ายก่อสร้าง" in first
    assert "ใหม่" in second


def test_a_document_of_another_agency_needs_a_tick(desk: Browser) -> None:
    page = preview(desk, report().replace(AGENCY, "องค์การบริหารส่วนจังหวัดแห่งอื่น"))
    form = page.form()

    refused = desk.submit(form, 422)
    assert "ทำเครื่องหมายยืนยัน" in refused.errors[0]
    assert count(Plan) == 0

    ticks = [name for name in _names_of_controls(refused) if name.startswith("accept-")]
    desk.submit(refused.form(), 303, **dict.fromkeys(ticks, "1"))
    assert count(Plan) == 1


def test_what_differs_from_the_plan_that_is_kept_is_shown(desk: Browser) -> None:
    desk.submit(preview(desk).form())
    method = the_plan().measures[0].method

    page = preview(desk, with_cell(FIRST_ROW, METHOD, "วิธีที่เขียนใหม่"))

    assert "สิ่งที่ต่างจากแผนที่บันทึกไว้ 1" in page.words
    assert "วิธีที่เขียนใหม่" in page.words
    assert method[:20] in page.words
    assert "approval" not in page.form().fields  # it is in force already


def test_the_same_document_again_changes_nothing(desk: Browser) -> None:
    desk.submit(preview(desk).form())

    page = preview(desk)

    assert "ไม่มีอะไรเปลี่ยน" in page.words
    assert page.links["เปิดแผนปี 2567"] == "/plans/2567"
    assert "ยืนยันนำเข้า" not in page.words


def test_work_that_has_begun_keeps_a_document_out(desk: Browser, agency: Agency) -> None:
    desk.submit(preview(desk).form())
    task = db.session.scalars(sa.select(Task).where(Task.measure_id == the_plan().measures[0].id)).first()
    assert task
    a_report(task, a_user(agency, role=Role.OFFICER, unit=task.unit))

    page = preview(desk, with_cell(FIRST_ROW, TITLE, "มาตรการที่เปลี่ยนชื่อ"))
    refused = desk.submit(page.form(), 422)

    assert "นำเข้าทับไม่ได้" in page.words
    assert "ยืนยันนำเข้า" not in page.words
    assert "มาตรการที่เปลี่ยนชื่อ" in refused.words
    assert count(ImportJob) == 1


def test_a_division_spelled_otherwise_need_not_keep_a_document_out(desk: Browser, agency: Agency) -> None:
    desk.submit(preview(desk, with_cell(FIRST_ROW, RESPONSIBLE, "กองคลังและพัสดุ")).form())
    task = db.session.scalars(sa.select(Task).where(Task.measure_id == the_plan().measures[0].id)).one()
    a_report(task, a_user(agency, role=Role.OFFICER, unit=task.unit))

    page = preview(desk, with_cell(FIRST_ROW, RESPONSIBLE, "กองคลังและพสดุ"))
    [name] = [label.get("for") for label in page.tree.iter("label") if "".join(label.itertext()) == "กองคลังและพสดุ"]
    merged = desk.follow(desk.submit(adjusting(page), 303, **{str(name): str(task.division_id)}))

    assert "นำเข้าทับไม่ได้" in page.words
    assert "นำเข้าทับไม่ได้" not in merged.words


def test_what_changes_work_that_has_begun_comes_in_as_an_amendment(desk: Browser, agency: Agency) -> None:
    desk.submit(preview(desk).form())
    task = db.session.scalars(sa.select(Task).where(Task.measure_id == the_plan().measures[0].id)).first()
    assert task
    a_report(task, a_user(agency, role=Role.OFFICER, unit=task.unit))
    form = preview(desk, with_cell(FIRST_ROW, TITLE, "มาตรการที่เปลี่ยนชื่อ")).form()
    form.fields["amend"] = ["1"]

    unsaid = desk.submit(form, 422, reason="")
    answer = desk.submit(form, reason="ปรับชื่อตามมติที่ประชุม")

    assert "กรอกเหตุผลที่แก้ไขแผน" in unsaid.words
    assert answer.goes_to == "/plans/2567?version=2"
    assert "มาตรการที่เปลี่ยนชื่อ" in desk.follow(answer).words
    assert "มาตรการที่เปลี่ยนชื่อ" not in desk.get("/plans/2567").words
    assert count(Plan) == 2


def test_what_a_colleague_decided_meanwhile_is_shown_before_anything_comes_in(
    desk: Browser, agency: Agency, app: Flask
) -> None:
    page = preview(desk, with_cell(FIRST_ROW, TITLE, "ส่งเสริมส่งเสริมคุณธรรมของหน่วยงาน"))
    colleague = Browser(app)
    colleague.sign_in(a_user(agency, role=Role.COORDINATOR))
    theirs = colleague.get(page.address)
    colleague.submit(adjusting(theirs), take_all="y")

    stale = desk.submit(page.form(), 409)

    assert "ยังไม่ได้บันทึกสิ่งใด" in stale.errors[0]
    assert "แก้ตามที่ท่านเลือก" in stale.words
    assert count(Plan) == 0
    desk.submit(stale.form())
    assert count(Plan) == 1


def test_a_colleague_finds_the_document_in_hand_and_another_agency_does_not(
    desk: Browser, agency: Agency, app: Flask
) -> None:
    page = preview(desk)
    colleague, stranger = Browser(app), Browser(app)
    colleague.sign_in(a_user(agency, role=Role.COORDINATOR))
    elsewhere = an_agency("เทศบาลเมืองแห่งอื่น", code="elsewhere")
    stranger.sign_in(a_user(elsewhere, role=Role.COORDINATOR))

    assert colleague.get(IMPORT).links["แผน.txt"] == page.address
    assert "อรุณี แก้วใส" in colleague.get(IMPORT).words
    assert "แผน.txt" not in stranger.get(IMPORT).words
    stranger.get(page.address, 404)


def test_a_document_is_in_hand_for_its_year_only(desk: Browser) -> None:
    page = preview(desk)

    desk.get(page.address.replace("2567", "2568"), 404)


def test_the_page_costs_the_same_for_few_and_for_many_measures(desk: Browser) -> None:
    new = [_cost_of(desk, report()), _cost_of(desk, _with_many_measures())]
    desk.submit(preview(desk).form())
    kept = [_cost_of(desk, with_cell(FIRST_ROW, TITLE, "ชื่ออื่น")), _cost_of(desk, _with_many_measures() + "\n")]

    assert new[0] == new[1]
    assert kept[0] == kept[1]
    assert max(*new, *kept) <= MOST_STATEMENTS


def _with_many_measures() -> str:
    row = next(line for line in report().split("\n") if line.startswith(FIRST_ROW) and "\t" in line)
    return report().replace(row, "\n".join([row] * 40))


def _cost_of(desk: Browser, text: str) -> int:
    """How many statements the page of this document takes."""
    address = bring(desk, file=a_file(text)).goes_to
    with counted_statements() as statements:
        desk.get(str(address))
    return len(statements)


def test_a_document_is_read_once_for_what_was_chosen(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[str] = []

    def counted(content: bytes, name: str, *rest: Any) -> Any:
        readings.append(name)
        return read_plan(content, name, *rest)

    monkeypatch.setattr(import_drafts, "read_plan", counted)
    form = preview(desk, with_cell(FIRST_ROW, RESPONSIBLE, "กองคลัง")).form()
    readings.clear()

    desk.submit(form)

    assert readings == ["แผน.txt"]


def test_a_document_that_is_refused_is_read_once_as_well(
    desk: Browser, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = preview(desk).form()
    a_division(agency, "กองใหม่")
    readings: list[object] = []

    def counted(*given: Any) -> Any:
        readings.append(given[-1])
        return read_plan(*given)

    monkeypatch.setattr(import_drafts, "read_plan", counted)

    desk.submit(form, 409)

    assert len(readings) == 1
