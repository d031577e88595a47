"""A document that is taken into an amendment: nothing of the version in force goes away, it is changed or cancelled."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.states import PlanState, WorkStatus
from ita_flow.extensions import db
from ita_flow.intake.draft import PlanDraft
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.import_drafts import whole_plan
from ita_flow.workflow.amendments import begin
from tests.factories import NOW, a_report, a_user, an_agency
from tests.intake.documents import AGENCY, with_cell
from tests.workflow.importing import FIRST, RESPONSIBLE, TITLE, WINDOW, read_draft, take_in, tasks

WHY = "ปรับแผนตามมติที่ประชุม"


@pytest.fixture
def agency(app: Flask) -> Agency:
    return an_agency(AGENCY, code="saithan")


@pytest.fixture
def actor(agency: Agency) -> User:
    return a_user(agency)


@pytest.fixture
def live(agency: Agency, actor: User) -> Task:
    """The task in force of the first measure, on which somebody has reported; an amendment stands beside it."""
    take_in(agency)
    task = tasks()[0]
    a_report(task, actor)
    with transaction():
        begin(task.measure.plan, WHY, actor=actor, at=NOW)
    return task


def the_amendment(agency: Agency) -> Plan:
    plan = whole_plan(agency, 2567)
    assert plan is not None
    return plan


def copies(agency: Agency, number: int = 1) -> list[Task]:
    amendment = the_amendment(agency)
    chosen = sa.select(Task).join(Task.measure).where(Measure.plan_id == amendment.id, Measure.number == number)
    return list(db.session.scalars(chosen.order_by(Task.id)))


def without_the_first_measure() -> PlanDraft:
    draft = read_draft()
    return replace(draft, measures=draft.measures[1:])


def test_the_document_changes_the_amendment_and_not_the_version_in_force(agency: Agency, live: Task) -> None:
    title, continued = live.measure.title, live.measure_id

    take_in(agency, with_cell(FIRST, TITLE, "ติดตามทุกโครงการของปี"))

    measure = the_amendment(agency).measures[0]
    assert (measure.title, measure.continues_id, measure.number) == ("ติดตามทุกโครงการของปี", continued, 1)
    assert live.measure.title == title


def test_a_document_that_was_signed_puts_no_amendment_in_force(agency: Agency, live: Task) -> None:
    take_in(agency, with_cell(FIRST, TITLE, "ติดตามทุกโครงการของปี"), is_approved=True)

    assert the_amendment(agency).state is PlanState.DRAFT


def test_a_new_window_dates_the_copy_anew(agency: Agency, live: Task) -> None:
    before = live.due_on

    take_in(agency, with_cell(FIRST, WINDOW, "ภายในวันที่ 31 พฤษภาคม 2567"))

    [copy] = copies(agency)
    assert (copy.due_on.isoformat(), copy.continues_id, live.due_on) == ("2024-05-31", live.id, before)


def test_another_division_takes_the_task_over(agency: Agency, live: Task) -> None:
    take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายธุรการ กองช่าง"))

    [copy] = copies(agency)
    assert (copy.division.name, copy.continues_id) == ("กองช่าง", live.id)
    assert take_in(agency, with_cell(FIRST, RESPONSIBLE, "ฝ่ายธุรการ กองช่าง")).differences == []


def test_a_measure_that_is_left_out_is_cancelled(agency: Agency, live: Task) -> None:
    changed = take_in(agency, without_the_first_measure())

    [copy] = copies(agency)
    assert (copy.work_status, copy.ending_reason) == (WorkStatus.CANCELLED, WHY)
    assert [(one.path, one.now) for one in changed.differences] == [(("measures", 1, "title"), None)]
    assert take_in(agency, without_the_first_measure()).differences == []


def test_a_measure_that_the_amendment_added_may_be_left_out_again(agency: Agency, live: Task) -> None:
    draft = read_draft()
    new = replace(draft.measures[0], title="มาตรการที่เพิ่มในฉบับแก้ไข")
    take_in(agency, replace(draft, measures=(*draft.measures, new)))
    with_it = [measure.continues_id for measure in the_amendment(agency).measures]

    take_in(agency, draft)

    assert (len(with_it), with_it[-1]) == (len(draft.measures) + 1, None)
    assert len(the_amendment(agency).measures) == len(draft.measures)
