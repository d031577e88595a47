"""The pages on which a coordinator cancels a task or a measure, and opens a task again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.workflow import amendments
from tests.browser import Browser
from tests.factories import NOW, TODAY, Cast, a_report, a_task
from tests.factories.plans import REASON, cancel, set_status

WHY = "รวมงานนี้ไว้กับมาตรการอื่นแล้ว"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def coordinator(app: Flask, cast: Cast) -> Browser:
    browser = Browser(app)
    browser.sign_in(cast.coordinator)
    return browser


@pytest.fixture
def officer(app: Flask, cast: Cast) -> Browser:
    browser = Browser(app)
    browser.sign_in(cast.officer)
    return browser


def cancelling(task: Task) -> str:
    return f"/tasks/{task.id}/cancellation"


def cancelling_measure(task: Task) -> str:
    return f"/plans/{task.measure.plan.year}/measures/{task.measure_id}/cancellation"


def reopening(task: Task) -> str:
    return f"/tasks/{task.id}/reopening"


def status_of(task: Task) -> WorkStatus:
    db.session.rollback()
    return db.session.scalars(sa.select(Task.work_status).where(Task.id == task.id)).one()


def ended(task: Task, status: WorkStatus = WorkStatus.CANCELLED) -> Task:
    set_status(task, status, NOW)
    db.session.commit()
    return task


def test_a_task_is_cancelled_with_what_follows_in_view(coordinator: Browser, cast: Cast) -> None:
    links = coordinator.get(f"/tasks/{cast.task.id}").links

    page = coordinator.get(links["ยกเลิกงานนี้"])
    answer = coordinator.submit(page.form(), reason=WHY)

    assert "จะนับจาก 1 มาตรการ" in page.words
    assert f"{cast.officer.name}, {cast.head.name}" in page.words
    after = coordinator.follow(answer)
    assert after.address == f"/tasks/{cast.task.id}"
    assert "ยกเลิกเมื่อ 18 มี.ค. 2567 จึงไม่นับรวม" in after.words
    assert WHY in after.words
    assert status_of(cast.task) is WorkStatus.CANCELLED


def test_without_a_reason_nothing_is_cancelled(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.submit(coordinator.get(cancelling(cast.task)).form(), 422, reason="  ")

    assert page.errors == ["กรอกเหตุผล"]
    assert status_of(cast.task) is WorkStatus.NOT_STARTED


def test_what_cannot_be_cancelled_says_why_instead_of_a_form(coordinator: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    page = coordinator.get(cancelling(cast.task))

    assert "รายงานครั้งที่ 1 ของมาตรการที่ 2 (ฝ่ายประชาสัมพันธ์) รอพิจารณาอยู่" in page.words
    assert "reason" not in page.text.partition("<main")[2]


def test_a_report_that_was_sent_meanwhile_keeps_the_reason_on_the_page(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(cancelling(cast.task)).form()
    a_report(cast.task, cast.officer)

    page = coordinator.submit(form, 422, reason=WHY)

    assert "รอพิจารณาอยู่" in page.errors[0]
    assert page.form().fields["reason"] == [WHY]


def test_a_task_that_ended_meanwhile_is_not_cancelled_twice(coordinator: Browser, cast: Cast) -> None:
    form = coordinator.get(cancelling(cast.task)).form()
    ended(cast.task, WorkStatus.DONE)

    coordinator.submit(form, 409, reason=WHY)

    assert status_of(cast.task) is WorkStatus.DONE


def test_a_measure_is_cancelled_with_all_its_tasks(coordinator: Browser, cast: Cast) -> None:
    other = a_task(cast.task.measure, section=cast.other_section, officers=[cast.other_officer])
    address = f"/plans/2567/measures/{cast.task.measure_id}/edit"

    page = coordinator.get(coordinator.get(address).links["ยกเลิกมาตรการนี้"])
    after = coordinator.follow(coordinator.submit(page.form(), reason=WHY))

    assert f"{cast.section.name}{cast.other_section.name}" in page.words.replace(" ", "")
    assert after.address == address
    assert "ยกเลิกมาตรการนี้" not in after.links
    assert {status_of(cast.task), status_of(other)} == {WorkStatus.CANCELLED}


def test_what_was_cancelled_says_why_on_the_plan_and_in_the_list(coordinator: Browser, cast: Cast) -> None:
    coordinator.submit(coordinator.get(cancelling(cast.task)).form(), reason=WHY)

    plan = coordinator.get("/plans/2567")
    shown = coordinator.get("/tasks?year=2567&state=cancelled")
    told = coordinator.get("/tasks.csv?year=2567&state=cancelled")

    assert f"ยกเลิกแล้ว · เหตุผล: {WHY}" in plan.words
    assert f"ยกเลิกเมื่อ 18 มี.ค. 2567 · เหตุผล: {WHY}" in shown.words
    assert WHY in told.text


def test_a_task_is_opened_again_from_its_page(coordinator: Browser, cast: Cast) -> None:
    ended(cast.task)
    links = coordinator.get(f"/tasks/{cast.task.id}").links

    page = coordinator.get(links["เปิดดำเนินการอีกครั้ง"])
    after = coordinator.follow(coordinator.submit(page.form(), reason=WHY))

    assert REASON in page.words
    assert page.form().fields["due_on"] == ["31\u00a0มีนาคม\u00a02567"]
    assert f"“{WHY}”" in after.words
    assert status_of(cast.task) is WorkStatus.NOT_STARTED


def test_a_date_that_has_passed_is_asked_for_anew(coordinator: Browser, cast: Cast) -> None:
    ended(cast.task, WorkStatus.DONE).due_on = TODAY - timedelta(days=1)
    db.session.commit()

    form = coordinator.get(reopening(cast.task)).form()
    page = coordinator.submit(form, 422, reason=WHY)
    coordinator.submit(page.form(), due_on="20 มี.ค. 2567")

    assert form.fields["due_on"] == [""]
    assert page.errors == ["กำหนดแล้วเสร็จผ่านไปแล้ว เลือกกำหนดใหม่ตั้งแต่วันนี้เป็นต้นไป"]
    assert status_of(cast.task) is WorkStatus.IN_PROGRESS


def test_what_is_open_says_that_it_need_not_be_opened(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get(reopening(cast.task))

    assert "งานนี้ยังดำเนินการอยู่" in page.words


def test_nobody_but_the_coordinator_is_offered_either(officer: Browser, cast: Cast) -> None:
    links = officer.get(f"/tasks/{cast.task.id}").links
    links |= officer.get(f"/tasks/{ended(cast.other_task).id}").links

    assert not {"ยกเลิกงานนี้", "เปิดดำเนินการอีกครั้ง"} & links.keys()


def test_what_an_officer_writes_while_the_task_is_cancelled_stays_on_the_page(officer: Browser, cast: Cast) -> None:
    form = officer.get(f"/tasks/{cast.task.id}/update").form()
    cancel(cast.task)
    db.session.commit()

    page = officer.submit(form, 409, status_="", text="ประชุมแล้ว 2 ครั้ง")

    assert "เปิดดำเนินการอีกครั้ง" in page.errors[0]
    assert page.form().fields["text"] == ["ประชุมแล้ว 2 ครั้ง"]
    assert db.session.scalars(sa.select(ProgressReport)).all() == []


def test_a_draft_on_a_cancelled_task_is_still_there(officer: Browser, cast: Cast) -> None:
    a_report(cast.task, cast.officer, state=ReportState.DRAFT, text="ร่างที่ยังไม่ส่ง")
    ended(cast.task)

    page = officer.get(f"/tasks/{cast.task.id}")
    officer.get(f"/tasks/{cast.task.id}/update", 409)

    assert "ยกเลิกแล้ว" in page.words
    assert [report.text for report in db.session.scalars(sa.select(ProgressReport))] == ["ร่างที่ยังไม่ส่ง"]


def test_in_an_amendment_a_measure_is_cancelled_and_taken_up_again_on_its_own_page(
    coordinator: Browser, cast: Cast
) -> None:
    with transaction():
        amendments.begin(cast.task.measure.plan, "ปรับแผน", actor=cast.coordinator, at=NOW)
    copy = db.session.scalars(sa.select(Task).where(Task.continues_id == cast.task.id)).one()
    on_its_page = f"/plans/2567/measures/{copy.measure_id}/edit"

    page = coordinator.get(coordinator.get(on_its_page).links["ยกเลิกมาตรการนี้"])
    cancelled = coordinator.follow(coordinator.submit(page.form(), reason=WHY))
    again = coordinator.get(cancelled.links["เปิดดำเนินการอีกครั้ง"])
    after = coordinator.follow(coordinator.submit(again.form(), reason="ยังต้องทำ"))

    assert "เมื่อแผนฉบับแก้ไขนี้ได้รับอนุมัติ" in page.words
    assert (cancelled.address, after.address) == (on_its_page, on_its_page)
    assert WHY in cancelled.words
    assert (status_of(copy), status_of(cast.task)) == (WorkStatus.NOT_STARTED, WorkStatus.NOT_STARTED)
