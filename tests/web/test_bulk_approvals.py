"""Deciding on many at once: what is ready goes through, what is not is named, and nothing is decided unseen."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import Chain, ChainSeat, Verb
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.workflow import approvals, progress_reports
from tests.browser import Browser, Page
from tests.factories import NOW, Cast, a_membership, a_report, a_task, a_user, an_acting_order
from tests.statements import counted_statements

MANY = 10


@pytest.fixture
def head(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.head)
    return browser


def waiting(cast: Cast, count: int = MANY, **otherwise: object) -> list[ProgressReport]:
    tasks = [a_task(section=cast.section, officers=[cast.officer]) for _ in range(count)]
    return [a_report(task, cast.officer, **otherwise) for task in tasks]  # type: ignore[arg-type]


def decided() -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(Decision)).one()


def looked_over(head: Browser) -> Page:
    """All that is ready, chosen and on the page on which one looks it over."""
    chosen = head.get(head.get("/approvals").links[f"เลือกที่พร้อมทั้งหมด ({MANY})"])
    return head.submit(chosen.form("/approvals/confirm"), 200, report=_ticked(chosen))


def _ticked(page: Page) -> list[str]:
    boxes = [box for box in page.tree.iter("input") if box.get("name") == "report"]
    assert all(box.get("form") == "chosen" for box in boxes)
    return [box.get("value", "") for box in boxes if box.get("checked") is not None]


def test_ten_approvals_take_four_presses(head: Browser, cast: Cast) -> None:
    waiting(cast)

    page = head.follow(head.submit(looked_over(head).form("/approvals/bulk")))

    assert (decided(), page.heading) == (MANY, "พิจารณา")
    assert f"เห็นชอบแล้ว {MANY} รายการ" in page.words


def test_the_second_press_approves_nothing_twice(head: Browser, cast: Cast) -> None:
    waiting(cast)
    form = looked_over(head).form("/approvals/bulk")

    head.submit(form)
    head.submit(form)

    assert decided() == MANY


def test_what_should_be_opened_first_cannot_be_chosen_and_says_why(head: Browser, cast: Cast) -> None:
    waiting(cast, 2)
    bare, _troubled = waiting(cast, 1, evidence=()), waiting(cast, 1, obstacles="งบประมาณไม่พอ")
    cast.task.work_status, cast.task.percent = WorkStatus.IN_PROGRESS, 80
    a_report(cast.task, cast.officer, claim=WorkStatus.IN_PROGRESS)
    db.session.commit()

    page = head.get("/approvals?chosen=ready")

    assert len(_ticked(page)) == 2
    for words in ("ไม่มีหลักฐานแนบ", "แจ้งปัญหา/อุปสรรค", "ความก้าวหน้าน้อยกว่าที่เห็นชอบไว้", "อีก 3 รายการควรเปิดดูก่อน"):
        assert words in page.words
    confirm = head.get(f"/approvals/confirm?report={bare[0].id}")
    assert "ยังไม่ได้เลือกรายการที่พร้อมพิจารณา" in confirm.words


def test_what_changed_meanwhile_is_told_and_the_rest_goes_through(head: Browser, cast: Cast) -> None:
    reports = waiting(cast)
    form = looked_over(head).form("/approvals/bulk")
    other_head = a_user(cast.agency, seat=Seat.SECTION_HEAD, unit=cast.section)
    with transaction():
        progress_reports.withdraw(reports[0], 1, actor=cast.officer, at=NOW)
        approvals.approve(reports[1], Seen(1, 1), actor=other_head, at=NOW)

    page = head.submit(form, 409)

    assert page.heading == f"เห็นชอบแล้ว {MANY - 2} รายการ อีก 2 รายการยังไม่สำเร็จ"
    assert page.words.count("มีผู้ดำเนินการกับรายงานนี้ไปก่อนแล้ว") == 2
    seen = [f"/tasks/{one.task_id}/reports/{one.number}" for one in reports[:2]]
    assert [address for address in page.links.values() if address in seen] == seen
    assert [head.get(address).heading for address in seen] == [f"รายงานครั้งที่ {one.number}" for one in reports[:2]]
    assert decided() == MANY - 1


def test_what_no_longer_waits_is_told_before_it_is_confirmed(head: Browser, cast: Cast) -> None:
    reports = waiting(cast, 2)
    with transaction():
        progress_reports.withdraw(reports[0], 1, actor=cast.officer, at=NOW)

    page = head.get("/approvals/confirm", query_string={"report": [report.id for report in reports]})

    assert page.heading == "ตรวจทานก่อนเห็นชอบ 1 รายการ"
    assert "1 รายการที่เลือกไว้แต่ไม่ได้รอท่านพิจารณาแล้ว" in page.words


@pytest.mark.parametrize("seen", ["", "1", "1-1", "1-1-1-1", "x-1-1", "๑-1-1", "-1-1-1", "1-1-1 "])
def test_a_form_that_was_not_ours_is_not_taken(head: Browser, cast: Cast, seen: str) -> None:
    head.post("/approvals/bulk", {"seen": seen, "form_key": "once-and-only"}, 400)


def test_reports_of_others_cannot_be_slipped_in(head: Browser, cast: Cast) -> None:
    theirs = a_report(cast.other_task, cast.other_officer)
    own = waiting(cast, 1)

    page = head.post(
        "/approvals/bulk",
        {"seen": [f"{theirs.id}-1-1", f"{own[0].id}-1-1", "999999-1-1"], "form_key": "once-and-only"},
        409,
    )

    assert (decided(), "เห็นชอบแล้ว 1 รายการ อีก 2 รายการ" in page.words) == (1, True)


def test_the_page_to_look_over_asks_as_much_for_forty_as_for_two(head: Browser, cast: Cast) -> None:
    few = [report.id for report in waiting(cast, 2)]
    head.get("/approvals")

    with counted_statements() as for_two:
        head.get("/approvals/confirm", query_string={"report": few})
    many = [report.id for report in waiting(cast, 40)]
    with counted_statements() as for_forty:
        head.get("/approvals/confirm", query_string={"report": many})

    assert len(for_forty) == len(for_two) <= 12


APPROVED_BY_THE_CHIEF = Chain((ChainSeat(Seat.CHIEF, Verb.APPROVE),))


def test_many_are_approved_with_the_word_of_the_seat(browser: Browser, cast: Cast) -> None:
    waiting(cast, 2, chain=APPROVED_BY_THE_CHIEF)
    browser.sign_in(cast.chief)

    chosen = browser.get("/approvals?chosen=ready")
    confirm = browser.submit(chosen.form("/approvals/confirm"), 200, report=_ticked(chosen))
    page = browser.follow(browser.submit(confirm.form("/approvals/bulk")))

    assert "อนุมัติที่เลือก" in chosen.words
    assert confirm.heading == "ตรวจทานก่อนอนุมัติ 2 รายการ"
    assert "ยืนยันอนุมัติ 2 รายการ" in confirm.words
    assert "อนุมัติแล้ว 2 รายการ" in page.words


def test_where_a_person_does_both_each_line_says_which_and_in_whose_seat(browser: Browser, cast: Cast) -> None:
    a_membership(cast.head, seat=Seat.CHIEF)
    an_acting_order(cast.head, Seat.DIRECTOR, cast.other_division, holder=cast.other_director)
    by_the_chief, by_the_head = waiting(cast, 1, chain=APPROVED_BY_THE_CHIEF), waiting(cast, 1)
    acting = a_report(cast.other_task, cast.other_officer, approvals=1)
    browser.sign_in(cast.head)

    asked = [report.id for report in (*by_the_chief, *by_the_head, acting)]
    page = browser.get("/approvals/confirm", query_string={"report": asked})

    assert page.heading == "ตรวจทานก่อนเห็นชอบ/อนุมัติ 3 รายการ"
    assert "เห็นชอบ ในฐานะผู้รักษาราชการแทนผู้อำนวยการกองคลัง คำสั่งที่ 12/2567" in page.words


def test_the_page_and_the_bulk_do_one_and_the_same_deed(head: Browser, cast: Cast, today: object) -> None:
    alone, among_many = waiting(cast, 2)

    head.submit(head.get("/approvals").form(f"/approvals/{alone.id}/approval"))
    head.post("/approvals/bulk", {"seen": f"{among_many.id}-1-1", "form_key": "once-and-only"})

    assert _left_behind(alone) == _left_behind(among_many)


def _left_behind(report: ProgressReport) -> tuple[object, ...]:
    """What a decision on this report put into the record and into its row, without what names the report."""
    chosen = sa.select(AuditEvent).where(AuditEvent.subject == f"progress_report:{report.id}")
    told = [json.loads(event.body) for event in db.session.scalars(chosen)]
    (after,) = [deed["after"] for deed in told]
    (decision,) = report.versions[0].decisions
    row = decision.kind, decision.seat, decision.verb, decision.seat_title, decision.own_post, decision.decided_by_id
    return told[0]["action"], {key: after[key] for key in after if key not in ("task", "content", "decision")}, row
