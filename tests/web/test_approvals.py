"""The queue of a seat: what waits, what shows it, and the two ways to decide."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ita_flow.domain.approval_chains import Chain, ChainSeat, Verb
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.progress_reports import Decision, ProgressReport
from tests.browser import Browser, Form, Page
from tests.factories import NOW, Cast, a_membership, a_report, a_task, an_acting_order
from tests.statements import counted_statements


@pytest.fixture
def head(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.head)
    return browser


BY_THE_CHIEF = Chain((ChainSeat(Seat.SECTION_HEAD), ChainSeat(Seat.CHIEF, Verb.APPROVE, days_allowed=5)))


def form_of(page: Page, report: ProgressReport, deed: str) -> Form:
    return page.form(f"/approvals/{report.id}/{deed}")


def decisions() -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(Decision)).one()


def test_an_empty_queue_says_so(head: Browser) -> None:
    page = head.get("/approvals")

    assert page.heading == "พิจารณา"
    assert "ไม่มีรายการรอพิจารณา" in page.words


def test_the_queue_shows_what_is_claimed_and_what_shows_it(head: Browser, cast: Cast, today: object) -> None:
    a_report(cast.task, cast.officer, text="ตอบคำถามครบทุกเรื่อง")

    page = head.get("/approvals")

    assert page.heading == "รอท่านพิจารณา 1 รายการ"
    for words in ("0% → แล้วเสร็จ 100%", "ตอบคำถามครบทุกเรื่อง", "หน้าเว็บของหน่วยงาน", "ลำดับพิจารณา 1/2", "ได้รับวันนี้"):
        assert words in page.words


def test_a_report_without_evidence_says_so(head: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS, evidence=())

    assert "ไม่มีหลักฐานแนบ" in head.get("/approvals").words


def test_two_presses_of_two_seats_complete_the_task(browser: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    for person in (cast.head, cast.director):
        browser.sign_in(person)
        page = browser.follow(browser.submit(form_of(browser.get("/approvals"), report, "approval")))
        assert "เห็นชอบแล้ว" in page.words
        assert "รายการที่ท่านพิจารณาล่าสุด" in page.words

    assert cast.task.work_status is WorkStatus.DONE


def test_a_report_is_returned_with_a_ready_reason_and_words(head: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    form = form_of(head.get("/approvals"), report, "return")

    head.submit(form, ready_reason="รายละเอียดไม่ครบ", comment="ขอจำนวนแยกรายเดือน")

    decision = db.session.scalars(sa.select(Decision)).one()
    assert decision.comment == "รายละเอียดไม่ครบ\nขอจำนวนแยกรายเดือน"
    assert report.state is ReportState.RETURNED


def test_a_return_without_a_reason_keeps_the_page_and_says_what_to_do(head: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)

    page = head.submit(form_of(head.get("/approvals"), report, "return"), 422, comment="  ")

    assert "กรอกเหตุผลที่ส่งกลับ" in page.words
    assert decisions() == 0


def test_the_second_press_gets_the_first_answer(head: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    form = form_of(head.get("/approvals"), report, "approval")

    answers = [head.submit(form) for _ in range(2)]

    assert answers[0].goes_to == answers[1].goes_to == "/approvals"
    assert decisions() == 1


def test_who_is_too_late_is_told_so_and_nothing_changes(browser: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    browser.sign_in(cast.head)
    form = form_of(browser.get("/approvals"), report, "return")
    browser.submit(form_of(browser.get("/approvals"), report, "approval"))

    page = browser.submit(form, 409, comment="ขอภาพใหม่")

    assert "มีผู้ดำเนินการกับรายงานนี้ไปก่อนแล้ว" in page.words
    assert decisions() == 1


def test_who_holds_both_seats_cannot_decide_for_the_second_from_an_old_page(browser: Browser, cast: Cast) -> None:
    a_membership(cast.head, seat=Seat.DIRECTOR, unit=cast.division)
    report = a_report(cast.task, cast.officer)
    browser.sign_in(cast.head)
    two_windows = [form_of(browser.get("/approvals"), report, "approval") for _ in range(2)]

    browser.submit(two_windows[0])
    browser.submit(two_windows[1], 409)

    assert decisions() == 1


def test_an_author_is_not_offered_their_own_report(head: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, authors=[cast.officer, cast.head])

    assert head.get("/approvals").heading == "พิจารณา"
    page = head.post(
        f"/approvals/{report.id}/approval", {"form_key": "forged-key", "version": 1, "seat_number": 1}, 403
    )

    assert "ท่านมีส่วนจัดทำเรื่องนี้" in page.words
    assert decisions() == 0


@pytest.mark.parametrize(
    "fields", [{}, {"version": "x", "seat_number": "1"}, {"version": "1", "seat_number": ""}, {"version": "1" * 40}]
)
def test_a_forged_form_is_refused(head: Browser, cast: Cast, fields: dict[str, str]) -> None:
    report = a_report(cast.task, cast.officer)

    head.post(f"/approvals/{report.id}/approval", {"form_key": "forged-key", **fields}, 400)

    assert decisions() == 0


@pytest.mark.parametrize("key", ["", "short", "k" * 65])
def test_a_form_without_its_key_is_refused(head: Browser, cast: Cast, key: str) -> None:
    report = a_report(cast.task, cast.officer)

    head.post(f"/approvals/{report.id}/approval", {"form_key": key, "version": 1, "seat_number": 1}, 422)

    assert decisions() == 0


def test_the_queue_costs_the_same_for_one_report_and_for_twenty(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.head)
    counts = []
    for how_many in (1, 19):
        for _ in range(how_many):
            a_report(a_task(section=cast.section), cast.officer)
        with counted_statements() as statements:
            page = browser.get("/approvals")
        counts.append(len(statements))

    assert re.search(r"20", page.heading)
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_a_decision_is_taken_back_from_the_page_it_was_taken_on(head: Browser, cast: Cast, today: object) -> None:
    report = a_report(cast.task, cast.officer)
    head.submit(form_of(head.get("/approvals"), report, "approval"))
    decision = db.session.scalars(sa.select(Decision)).one().id

    page = head.follow(head.submit(head.get("/approvals").form(f"/approvals/decisions/{decision}/undo")))

    assert page.heading == "รอท่านพิจารณา 1 รายการ"
    assert "ย้อนผลการพิจารณาแล้ว" in page.words
    assert not [form for form in page.forms if form.action.endswith("/undo")]


def test_what_can_no_longer_be_taken_back_is_not_offered(head: Browser, cast: Cast, today: object) -> None:
    a_report(cast.task, cast.officer, approvals=1)

    page = head.get("/approvals")

    assert "รายการที่ท่านพิจารณาล่าสุด" in page.words
    assert not [form for form in page.forms if form.action.endswith("/undo")]


def test_a_seat_that_approves_says_so(browser: Browser, cast: Cast, today: object) -> None:
    report = a_report(cast.task, cast.officer, approvals=1, chain=BY_THE_CHIEF)
    browser.sign_in(cast.chief)

    queue = browser.get("/approvals")
    page = browser.follow(browser.submit(form_of(queue, report, "approval")))

    assert f"อนุมัติ {cast.task.measure.title}" in queue.words
    assert "อนุมัติแล้ว" in page.words
    assert "เห็นชอบ" not in queue.words + page.words


def test_who_acts_is_told_for_whom_and_by_which_order(browser: Browser, cast: Cast, today: object) -> None:
    an_acting_order(cast.other_head, Seat.DIRECTOR, cast.division, holder=cast.director, order_no="12/2567")
    report = a_report(cast.task, cast.officer, approvals=1)
    browser.sign_in(cast.other_head)

    queue = browser.get("/approvals")
    page = browser.follow(browser.submit(form_of(queue, report, "approval")))

    seat = "รักษาราชการแทนผู้อำนวยการกองยุทธศาสตร์และงบประมาณ"
    assert f"ในฐานะผู้{seat} คำสั่งที่ 12/2567" in queue.words
    assert f"หัวหน้า {seat} ตามคำสั่งที่ 12/2567" in page.words


def test_ones_own_seat_comes_before_any_order(browser: Browser, cast: Cast, today: object) -> None:
    an_acting_order(cast.director, Seat.DIRECTOR, cast.division, order_no="12/2567")
    a_report(cast.task, cast.officer, approvals=1)
    browser.sign_in(cast.director)

    assert "ในฐานะ" not in browser.get("/approvals").words


@pytest.mark.parametrize(
    ("days", "told"), [(3, "รอมาแล้ว 1 วันทำการ (กำหนด 3 วัน)"), (6, "รอมาแล้ว 4 วันทำการ (กำหนด 3 วัน)")]
)
def test_the_card_says_how_long_it_waits_and_how_long_it_may(
    head: Browser, cast: Cast, today: object, days: int, told: str
) -> None:
    a_report(cast.task, cast.officer, at=NOW - timedelta(days=days))

    page = head.get("/approvals")

    assert told in page.words
    warned = ["".join(chip.itertext()).strip() for chip in page.of_class("chip-soon")]
    assert (told in warned) == (days == 6)


def test_what_a_seat_took_back_has_waited_since_its_turn_came(browser: Browser, cast: Cast, today: object) -> None:
    report = a_report(cast.task, cast.officer, at=NOW - timedelta(days=6), approvals=1)
    browser.sign_in(cast.director)
    browser.submit(form_of(browser.get("/approvals"), report, "approval"))
    (undo,) = [form for form in browser.get("/approvals").forms if form.action.endswith("/undo")]
    browser.submit(undo)

    assert "รอมาแล้ว 4 วันทำการ" in browser.get("/approvals").words


def test_no_link_decides(head: Browser, cast: Cast) -> None:
    report = a_report(cast.task, cast.officer)
    a_report(a_task(section=cast.section), cast.officer)

    head.get("/approvals?chosen=ready")
    head.get(f"/approvals/confirm?report={report.id}")
    for address in (f"/approvals/{report.id}/approval", f"/approvals/{report.id}/return", "/approvals/bulk"):
        head.get(address, 405, query_string={"version": 1, "seat_number": 1, "seen": f"{report.id}-1-1"})

    assert decisions() == 0


def test_acting_costs_the_queue_nothing_more(browser: Browser, cast: Cast) -> None:
    an_acting_order(cast.other_head, Seat.SECTION_HEAD, cast.section, holder=cast.head)
    browser.sign_in(cast.other_head)
    counts = []
    for how_many in (1, 4):
        for _ in range(how_many):
            report = a_report(a_task(section=cast.section), cast.officer)
            browser.submit(form_of(browser.get("/approvals"), report, "approval"))
        a_report(a_task(section=cast.section), cast.officer)
        with counted_statements() as statements:
            page = browser.get("/approvals")
        counts.append(len(statements))

    assert page.words.count("ตามคำสั่งที่ 12/2567") == 5
    assert counts[0] == counts[1] <= 12, "\n".join(statements)
