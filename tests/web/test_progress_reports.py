"""The report form: one screen, nothing lost, a second press harmless."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa

from ita_flow.domain.approval_chains import Chain, ChainSeat
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from tests.browser import Browser, Form, Page
from tests.factories import Cast, a_file, a_membership, a_report, a_task, a_user, an_acting_order

PDF = b"%PDF-1.4\n%%EOF\n"


def a_pdf(name: str = "คำสั่ง.pdf", content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


@pytest.fixture
def officer(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.officer)
    return browser


def send(browser: Browser, cast: Cast, answer: int = 303, **fields: Any) -> Page:
    """Open the form, fill in these fields, press the button."""
    return fill(browser, browser.get(f"/tasks/{cast.task.id}/update").form(), answer, **fields)


def fill(browser: Browser, form: Form, answer: int = 303, **fields: Any) -> Page:
    form.fields = {**form.fields, **fields}
    return browser.submit(form, answer)


def the_report() -> ProgressReport:
    return db.session.scalars(sa.select(ProgressReport)).one()


def test_the_form_shows_task_steps_and_who_decides(officer: Browser, cast: Cast) -> None:
    page = officer.get(f"/tasks/{cast.task.id}/update")

    assert page.heading == "อัปเดตความก้าวหน้า"
    for words in (cast.task.measure.title, "1. ประชุมคณะทำงาน", cast.head.name, cast.director.name, "อา. 31 มี.ค. 2567"):
        assert words in page.words


def test_a_finished_task_is_reported_with_a_file(officer: Browser, cast: Cast) -> None:
    answer = send(officer, cast, status="done", text="เปิดใช้แล้ว", files=a_pdf())

    receipt = officer.follow(answer)
    assert receipt.heading == "รายงานครั้งที่ 1"
    assert "คำสั่ง.pdf" in receipt.links
    assert cast.head.name in receipt.words
    assert the_report().state is ReportState.SUBMITTED


def test_a_draft_is_kept_and_found_again(officer: Browser, cast: Cast) -> None:
    answer = send(officer, cast, text="ประชุมแล้ว 1 ครั้ง", done_steps="1", link="https://example.go.th/a", draft="1")

    page = officer.follow(answer)
    assert "บันทึกร่างแล้ว" in page.words
    fields = page.form().fields
    assert (fields["text"], fields["done_steps"]) == (["ประชุมแล้ว 1 ครั้ง"], ["1"])
    assert "https://example.go.th/a" in page.links


def test_everything_wrong_is_told_and_everything_right_is_kept(officer: Browser, cast: Cast) -> None:
    page = send(
        officer,
        cast,
        answer=422,
        text="เปิดใช้แล้ว",
        files=[a_pdf(), (io.BytesIO(b"MZ not a picture"), "ภาพ.png"), (io.BytesIO(b"x"), "แมโคร.docm")],
        link="ไม่ใช่ลิงก์",
    )

    assert len(page.errors) == 4
    assert page.errors[0] == "เลือกผลการดำเนินการถึงวันนี้"
    assert "ภาพ.png" in page.errors[1]
    assert "แมโคร.docm" in page.errors[2]
    assert page.errors[3].startswith("วางลิงก์ให้ครบ")
    assert page.form().fields["text"] == ["เปิดใช้แล้ว"]
    assert page.form().fields["link"] == ["ไม่ใช่ลิงก์"]
    assert "คำสั่ง.pdf" in page.links
    assert the_report().state is ReportState.DRAFT

    answer = fill(officer, page.form(), status="in_progress", link="")
    assert officer.follow(answer).heading == "รายงานครั้งที่ 1"


def test_completion_needs_evidence(officer: Browser, cast: Cast) -> None:
    page = send(officer, cast, answer=422, status="done", text="เสร็จแล้ว")

    assert page.errors == ["แนบหลักฐานอย่างน้อย 1 รายการ เมื่อเลือก แล้วเสร็จ"]


def test_a_file_too_large_is_refused_by_name(officer: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_flow.workflow.evidence.MAX_FILE_BYTES", 300_000)
    large = PDF + b"0" * 300_000

    page = send(officer, cast, answer=422, status="done", text="เสร็จแล้ว", files=a_pdf("ใหญ่.pdf", large))

    assert "ใหญ่.pdf ใหญ่เกิน" in page.errors[0] + page.errors[1]
    assert db.session.scalars(sa.select(Evidence)).all() == []


def test_a_text_too_long_stays_in_the_form(officer: Browser, cast: Cast) -> None:
    page = send(officer, cast, answer=422, status="in_progress", text="ก" * 2001)

    assert page.errors == ["ข้อความยาว 2,001 ตัวอักษร ต้องไม่เกิน 2,000 ตัวอักษร"]
    assert page.form().fields["text"] == ["ก" * 2001]


def test_the_second_press_gets_the_first_answer(officer: Browser, cast: Cast) -> None:
    form = officer.get(f"/tasks/{cast.task.id}/update").form()

    answers = [fill(officer, form, status="in_progress", text="ประชุมแล้ว") for _ in range(2)]

    assert answers[0].goes_to == answers[1].goes_to == f"/tasks/{cast.task.id}/reports/1"
    assert len(db.session.scalars(sa.select(ReportVersion)).all()) == 1


def test_who_wrote_meanwhile_is_not_overwritten(officer: Browser, cast: Cast) -> None:
    form = officer.get(f"/tasks/{cast.task.id}/update").form()
    send(officer, cast, text="บันทึกจากอีกหน้าต่าง", draft="1")

    page = officer.submit(form, 409, text="ข้อความของฉัน", draft="1")

    assert "มีผู้บันทึกรายงานนี้หลังจากท่านเปิดหน้านี้" in page.errors[0]
    assert page.form().fields["text"] == ["ข้อความของฉัน"]
    assert the_report().text == "บันทึกจากอีกหน้าต่าง"

    officer.submit(page.form(), text="ข้อความของฉัน", draft="1")
    assert the_report().text == "ข้อความของฉัน"


def test_evidence_is_taken_out_again(officer: Browser, cast: Cast) -> None:
    send(officer, cast, files=a_pdf(), draft="1")

    send(officer, cast, removed=str(the_report().evidence[0].id), draft="1")

    assert the_report().evidence == []


def test_a_task_of_one_step_asks_for_an_estimate(officer: Browser, cast: Cast) -> None:
    task = a_task(section=cast.section, officers=[cast.officer], steps=["ดำเนินการ"])

    form = officer.get(f"/tasks/{task.id}/update").form()
    assert "done_steps" not in form.fields
    fill(officer, form, status="in_progress", text="ครึ่งทาง", percent="45")

    assert the_report().versions[0].percent == 45


def test_a_submitted_report_leads_to_its_receipt(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    answer = officer.get(f"/tasks/{cast.task.id}/update", 302)

    assert answer.goes_to == f"/tasks/{cast.task.id}/reports/1"


def test_a_returned_report_says_why_and_can_be_sent_again(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.RETURNED)

    page = officer.get(f"/tasks/{cast.task.id}/update")
    assert "โปรดแนบภาพถ่าย" in page.words
    receipt = officer.follow(officer.submit(page.form(), text="แนบภาพแล้ว"))

    assert "ฉบับที่ 2" in receipt.words
    assert "ฉบับก่อน" in receipt.words


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.CANCELLED])
def test_a_closed_task_says_that_it_is_closed(officer: Browser, cast: Cast, status: WorkStatus) -> None:
    task = a_task(section=cast.section, officers=[cast.officer], work_status=status)

    page = officer.get(f"/tasks/{task.id}/update", 409)

    assert "แล้วเสร็จหรือยกเลิกแล้ว" in page.words


def test_a_draft_has_no_receipt(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT)

    officer.get(f"/tasks/{cast.task.id}/reports/1", 404)


def test_evidence_comes_back_as_a_download_with_its_own_name(officer: Browser, cast: Cast) -> None:
    send(officer, cast, status="done", text="เสร็จแล้ว", files=a_pdf("รายงาน ปี ๒๕๖๗.pdf"))
    evidence = the_report().evidence[0]

    answer = officer.get(f"/evidence/{evidence.id}").response

    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E0%B8%A3" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.mimetype == "application/pdf"


def test_evidence_of_a_draft_is_for_the_division_alone(browser: Browser, cast: Cast) -> None:
    evidence = a_file(cast.task, cast.officer)
    browser.sign_in(cast.coordinator)

    page = browser.get(f"/evidence/{evidence.id}", 403)

    assert "ท่านเปิดหลักฐานนี้ไม่ได้" in page.words


def test_an_assigned_officer_of_another_unit_opens_what_they_attached(browser: Browser, cast: Cast) -> None:
    task = a_task(section=cast.section, officers=[cast.other_officer])
    browser.sign_in(cast.other_officer)
    form = browser.get(f"/tasks/{task.id}/update").form()
    fill(browser, form, text="แนบก่อน", files=a_pdf(), draft="1")

    browser.get(f"/evidence/{the_report().evidence[0].id}")


def test_a_form_sent_after_the_session_ended_leads_back_to_it(browser: Browser, cast: Cast) -> None:
    address = f"/tasks/{cast.task.id}/update"

    answer = browser.post(address, {"text": "ก"}, headers={"Referer": f"http://localhost{address}"})

    assert answer.goes_to == f"/sign-in?next={address}"


def test_a_report_is_taken_back_mended_and_sent_again(officer: Browser, cast: Cast) -> None:
    receipt = officer.follow(send(officer, cast, status="done", text="เปิดใช้แล้ว", files=a_pdf()))

    taken_back = officer.follow(officer.submit(receipt.form(f"{receipt.address}/withdrawal")))
    again = fill(officer, officer.get(taken_back.links["แก้ไขและส่งใหม่"]).form(), text="เปิดใช้แล้วและสรุปผล")

    assert "ดึงกลับแล้ว" in taken_back.words
    assert (the_report().state, the_report().version, the_report().text) == (
        ReportState.SUBMITTED,
        2,
        "เปิดใช้แล้วและสรุปผล",
    )
    assert "ฉบับก่อนหน้า" in officer.follow(again).words


def test_a_report_on_which_somebody_decided_is_not_offered_back(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, approvals=1)

    page = officer.get(f"/tasks/{cast.task.id}/reports/1")
    late = officer.post(f"{page.address}/withdrawal", {"version": 1, "form_key": "once-and-only"}, 409)

    assert not [form for form in page.forms if form.action.endswith("/withdrawal")]
    assert "ดึงกลับไม่ได้" in late.words


BOTH_HEADS = Chain([ChainSeat(Seat.SECTION_HEAD, needs_all=True)] * 2)


def stops(page: Page) -> list[str]:
    (track,) = page.of_class("track")
    return [" ".join("".join(stop.itertext()).replace("\u00a0", " ").split()) for stop in track.iter("li")]


def test_a_seat_that_needs_all_stands_once_for_each_and_waits_for_the_rest(officer: Browser, cast: Cast) -> None:
    second = a_user(cast.agency, "หัวหน้าอีกท่าน", seat=Seat.SECTION_HEAD, unit=cast.section)
    a_report(cast.task, cast.officer, approvals=1, chain=BOTH_HEADS)

    page = officer.get(f"/tasks/{cast.task.id}/reports/1")

    assert f"รอหัวหน้าฝ่ายพิจารณา โดย{second.name}" in page.words
    _sent, first, rest = stops(page)
    assert cast.head.name in first
    assert second.name in rest


def test_before_anybody_decided_each_place_names_one_of_the_holders(officer: Browser, cast: Cast) -> None:
    second = a_user(cast.agency, "หัวหน้าอีกท่าน", seat=Seat.SECTION_HEAD, unit=cast.section)
    a_report(cast.task, cast.officer, chain=BOTH_HEADS)

    page = officer.get(f"/tasks/{cast.task.id}/reports/1")

    assert f"รอหัวหน้าฝ่ายพิจารณา โดย{cast.head.name} และ{second.name}" in page.words
    assert [name in stop for stop, name in zip(stops(page)[1:], (cast.head.name, second.name), strict=True)] == [
        True
    ] * 2
    assert second.name not in stops(page)[1]


def test_the_chain_tells_both_posts_of_whoever_acted(officer: Browser, cast: Cast, browser: Browser) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head, order_no="7/2567")
    report = a_report(cast.task, cast.officer)
    browser.sign_in(cast.other_head)
    browser.submit(browser.get("/approvals").form(f"/approvals/{report.id}/approval"))

    decided = stops(browser.get(f"/tasks/{cast.task.id}/reports/1"))[1]

    for words in (cast.other_head.name, "หัวหน้า", "รักษาราชการแทนหัวหน้าฝ่ายประชาสัมพันธ์", "ตามคำสั่งที่ 7/2567"):
        assert words in decided


def test_a_report_that_nobody_may_decide_on_says_what_to_do(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, authors=[cast.officer, cast.head])

    page = officer.get(f"/tasks/{cast.task.id}/reports/1")

    assert "ขณะนี้ไม่มีผู้พิจารณาในตำแหน่งหัวหน้าฝ่าย" in page.words
    assert "แต่งตั้งผู้ดำรงตำแหน่ง หรือบันทึกคำสั่งรักษาราชการแทน" in page.words

    a_membership(cast.other_head, seat=Seat.SECTION_HEAD, unit=cast.section)
    assert "แต่งตั้งผู้ดำรงตำแหน่ง" not in officer.get(f"/tasks/{cast.task.id}/reports/1").words
