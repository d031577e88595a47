"""The pages of a plan that is amended: its versions beside each other, what changes, beginning it and giving it up."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_seen import seen_plan
from ita_flow.queries.plans import plan_of, version_of_plan
from ita_flow.workflow.amendments import begin
from ita_flow.workflow.plan_approval import approve_on_paper
from tests.browser import Browser
from tests.factories import NOW, TODAY, Cast, a_task, one_commit
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("today")

WHY = "กองคลังแจ้งขอเลื่อนการจัดซื้อ"


@pytest.fixture
def coordinator(browser: Browser, cast: Cast, today: date) -> Browser:
    browser.sign_in(cast.coordinator)
    return browser


@pytest.fixture
def amendment(cast: Cast) -> Plan:
    """A draft of version 2, in which nothing is changed yet."""
    given = (cast.task.measure, cast.other_task.measure)
    with one_commit():
        for measure in cast.task.measure.plan.measures:
            if measure not in given:
                a_task(measure, division=cast.division, officers=[cast.officer])
    with transaction():
        return begin(the_plan(cast), WHY, actor=cast.coordinator, at=NOW)


def the_plan(cast: Cast) -> Plan:
    plan = plan_of(cast.agency, 2567)
    assert plan is not None
    return plan


def approve(amendment: Plan, cast: Cast) -> None:
    with transaction():
        plan = db.session.get_one(Plan, amendment.id)
        approve_on_paper(plan, TODAY, "9/2567", seen=seen_plan(plan), actor=cast.coordinator, at=NOW)


def measure_of(amendment: Plan, number: int) -> Measure:
    return next(one for one in amendment.measures if one.number == number)


def test_an_amendment_is_begun_with_its_reason(coordinator: Browser, cast: Cast) -> None:
    page = coordinator.get("/plans/2567")
    form = coordinator.get(page.links["จัดทำแผนฉบับแก้ไข"]).form()

    refused = coordinator.submit(form, 422, reason="")
    answer = coordinator.submit(form, reason=WHY)

    assert "กรอกเหตุผลที่แก้ไขแผน" in refused.words
    assert answer.goes_to == "/plans/2567?version=2"
    assert WHY in coordinator.follow(answer).words
    assert the_plan(cast).version == 1


def test_both_versions_lead_to_each_other(coordinator: Browser, amendment: Plan) -> None:
    in_force = coordinator.get("/plans/2567")
    draft = coordinator.get("/plans/2567?version=2")

    assert in_force.links["ฉบับที่ 2 · ร่าง"] == "/plans/2567?version=2"
    assert draft.links["ฉบับที่ 1 · ใช้อยู่"] == "/plans/2567?version=1"
    assert "แก้ไข มาตรการที่ 2" in draft.links
    assert "แก้ไข มาตรการที่ 2" not in in_force.links


def test_whoever_opens_the_way_to_begin_again_is_led_to_the_draft(coordinator: Browser, amendment: Plan) -> None:
    assert coordinator.get("/plans/2567/amendment", 302).goes_to == "/plans/2567?version=2"


def test_a_version_there_is_none_of_is_not_found(coordinator: Browser) -> None:
    coordinator.get("/plans/2567?version=7", 404)
    coordinator.get("/plans/2567/amendment/1", 404)


def test_what_was_begun_may_be_written_anew_in_the_amendment(coordinator: Browser, cast: Cast, amendment: Plan) -> None:
    measure = measure_of(amendment, cast.task.measure.number)
    form = coordinator.get(f"/plans/2567/measures/{measure.id}/edit").form()

    answer = coordinator.submit(form, title="มาตรการที่เขียนใหม่")

    assert answer.goes_to == f"/plans/2567?version=2#measure-{measure.id}"
    changes = coordinator.get("/plans/2567/amendment/2").words
    assert "มาตรการตัวอย่างที่ 2" in changes
    assert "มาตรการที่เขียนใหม่" in changes
    assert cast.task.measure.title == "มาตรการตัวอย่างที่ 2"


def test_a_division_that_takes_over_takes_the_task_over(coordinator: Browser, cast: Cast, amendment: Plan) -> None:
    measure = measure_of(amendment, cast.task.measure.number)
    form = coordinator.get(f"/plans/2567/measures/{measure.id}/edit").form()

    coordinator.submit(form, responsible=["", f"{cast.other_division.id}/{cast.other_section.id}"])

    [task] = db.session.scalars(sa.select(Task).where(Task.measure_id == measure.id))
    assert (task.continues_id, task.unit, task.officers) == (cast.task.id, cast.other_section, [])


def test_a_division_that_is_left_out_has_its_task_cancelled(coordinator: Browser, cast: Cast, amendment: Plan) -> None:
    measure = measure_of(amendment, cast.task.measure.number)
    coordinator.submit(
        coordinator.get(f"/plans/2567/measures/{measure.id}/edit").form(),
        responsible=[f"{cast.division.id}/{cast.section.id}", f"{cast.other_division.id}/0"],
    )

    coordinator.submit(
        coordinator.get(f"/plans/2567/measures/{measure.id}/edit").form(),
        responsible=["", f"{cast.other_division.id}/0"],
    )

    tasks = db.session.scalars(sa.select(Task).where(Task.measure_id == measure.id).order_by(Task.id)).all()
    assert [(task.division, task.work_status) for task in tasks] == [
        (cast.division, WorkStatus.CANCELLED),
        (cast.other_division, WorkStatus.NOT_STARTED),
    ]
    assert tasks[0].ending_reason == WHY


def test_a_measure_in_force_is_not_taken_out_but_cancelled(coordinator: Browser, cast: Cast, amendment: Plan) -> None:
    measure = measure_of(amendment, cast.task.measure.number)

    page = coordinator.get(f"/plans/2567/measures/{measure.id}/removal")

    assert "ให้ยกเลิกมาตรการพร้อมเหตุผล" in page.words


def test_the_old_version_is_read_by_everybody_and_written_by_nobody(
    coordinator: Browser, cast: Cast, amendment: Plan
) -> None:
    old = the_plan(cast).measures[1].id
    approve(amendment, cast)

    page = coordinator.get("/plans/2567?version=1")
    refused = coordinator.get(f"/plans/2567/measures/{old}/edit", 409)
    coordinator.sign_in(cast.officer)
    read = coordinator.get("/plans/2567?version=1")

    assert "ฉบับนี้ใช้ถึงวันที่ 18 มีนาคม 2567" in page.words
    assert not [words for words in page.links if words.startswith("แก้ไข")]
    assert "แผนปี 2567 มีฉบับที่ 2 แล้ว" in refused.words
    assert read.links["เปิดฉบับที่ใช้อยู่ (ฉบับที่ 2)"] == "/plans/2567"
    assert f"/tasks/{cast.task.id}" in read.links.values()


def test_the_plan_says_since_when_and_why_a_version_is_in_force(
    coordinator: Browser, cast: Cast, amendment: Plan
) -> None:
    approve(amendment, cast)

    page = coordinator.get("/plans/2567")

    assert "อนุมัติแล้ว เมื่อ 18 มีนาคม 2567 · ฉบับที่ 2" in page.words
    assert WHY in page.words
    assert page.links["ดูสิ่งที่เปลี่ยนจากฉบับที่ 1"] == "/plans/2567/amendment/2"


def test_an_amendment_is_given_up(coordinator: Browser, cast: Cast, amendment: Plan) -> None:
    number = amendment.id
    form = coordinator.get("/plans/2567/amendment/removal").form()

    answer = coordinator.submit(form)

    assert answer.goes_to == "/plans/2567"
    assert db.session.get(Plan, number) is None
    assert the_plan(cast).state is PlanState.APPROVED


def test_who_does_a_task_of_the_amendment_is_chosen_there(coordinator: Browser, cast: Cast, amendment: Plan) -> None:
    form = coordinator.get("/plans/2567/assign?version=2").form()
    copy = db.session.scalars(sa.select(Task).where(Task.continues_id == cast.task.id)).one()

    form.fields[f"officers-{copy.id}"] = [str(cast.colleague.id)]
    answer = coordinator.submit(form)

    assert answer.goes_to == "/plans/2567/assign?version=2"
    assert (copy.officers, cast.task.officers) == ([cast.colleague], [cast.officer])


def test_the_pages_ask_little_whatever_the_number_of_measures(
    coordinator: Browser, cast: Cast, amendment: Plan
) -> None:
    for measure in amendment.measures:
        measure.title, measure.method = f"{measure.title} แก้ไข", f"{measure.method} แก้ไข"
    db.session.commit()
    number = amendment.id

    for address in ("/plans/2567", "/plans/2567?version=2", "/plans/2567/amendment/2"):
        with counted_statements() as statements:
            coordinator.get(address)
        assert len(statements) <= 12, address

    assert version_of_plan(cast.agency, 2567, 2) == db.session.get(Plan, number)
