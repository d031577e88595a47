"""A task is cancelled at the moment at which somebody reports or decides on it, or is opened again by several."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.workflow import endings
from ita_flow.workflow.audit import broken_chains
from tests.factories import NOW, Cast, a_report, a_task
from tests.faults.deeds import NEXT, approving, submitting
from tests.faults.racing import Deed, in_batches, racing
from tests.record import events_about

pytestmark = [pytest.mark.faults]

WHY = "รวมงานนี้ไว้กับมาตรการอื่นแล้ว"


def cancelling(coordinator: User) -> Deed:
    actor_id = coordinator.id

    def cancel(task_id: int) -> None:
        actor = db.session.get_one(User, actor_id)
        endings.cancel_task(db.session.get_one(Task, task_id), WHY, actor=actor, at=NOW)

    return cancel


def reopening(coordinator: User) -> Deed:
    actor_id = coordinator.id

    def reopen(task_id: int) -> None:
        actor, task = db.session.get_one(User, actor_id), db.session.get_one(Task, task_id)
        endings.reopen(task, WHY, actor=actor, at=NOW, due_on=date(2024, 9, 30))

    return reopen


def standing(task_id: int) -> tuple[WorkStatus, ReportState | None]:
    status = db.session.scalars(sa.select(Task.work_status).where(Task.id == task_id)).one()
    return status, db.session.scalar(sa.select(ProgressReport.state).where(ProgressReport.task_id == task_id))


def test_of_a_report_and_a_cancelling_one_wins(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    def given(measure: Measure) -> int:
        return a_task(measure, section=cast.section, officers=[cast.officer]).id

    with racing(app, [cancelling(cast.coordinator), submitting(cast.officer)]) as race:
        for task in in_batches(cast, fewer_rounds, given):
            ends = race(task)

            if standing(task) == (WorkStatus.CANCELLED, None):
                assert ends == {"won": 1, "task_report_too_late": 1}
            else:
                assert standing(task) == (WorkStatus.NOT_STARTED, ReportState.SUBMITTED)
                assert ends == {"won": 1, "report_waits_on_the_task": 1}
    assert list(broken_chains()) == []


def test_of_the_last_approval_and_a_cancelling_the_approval_wins(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    def waiting(measure: Measure) -> int:
        task = a_task(measure, section=cast.section, officers=[cast.officer])
        return a_report(task, cast.officer, approvals=1).id

    cancel = cancelling(cast.coordinator)
    deeds = [approving(cast.director, NEXT), lambda report: cancel(db.session.get_one(ProgressReport, report).task_id)]
    with racing(app, deeds) as race:
        for report in in_batches(cast, fewer_rounds, waiting):
            ends = race(report)

            assert db.session.get_one(ProgressReport, report).task.work_status is WorkStatus.DONE
            assert ends in (
                {"won": 1, "report_waits_on_the_task": 1},
                {"won": 1, "task_cancel_too_late": 1},
            )
    assert list(broken_chains()) == []


def test_of_several_who_open_it_again_one_wins(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    def done(measure: Measure) -> int:
        return a_task(measure, section=cast.section, work_status=WorkStatus.DONE).id

    with racing(app, [reopening(cast.coordinator)] * 4) as race:
        for task in in_batches(cast, fewer_rounds, done):
            assert race(task) == {"won": 1, "task_reopen_too_late": 3}
            told = [event["action"] for event in events_about(f"task:{task}")]
            assert told[0] == "task.reopened"
            assert told.count("task.reopened") == 1
    assert list(broken_chains()) == []
