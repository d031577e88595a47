"""A year is closed at the moment at which somebody reports or decides on a task of it, or closes it too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.states import PlanState, ReportState, WorkStatus
from ita_flow.domain.year_ends import EndingKind
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.closing import seen_open
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.closing import Ending, close
from tests.factories import YEAR, Cast, a_plan, a_report, a_task, one_commit
from tests.faults.deeds import NEXT, approving, submitting
from tests.faults.racing import Deed, racing
from tests.faults.test_endings_at_once import standing

pytestmark = [pytest.mark.faults]

LATE_ENOUGH = bangkok_moment(date(2100, 1, 4), 9)
LEFT = Ending(EndingKind.LEAVE, "ผู้รับจ้างทิ้งงาน")


def years(cast: Cast, rounds: int) -> Iterator[int]:
    """For each round a year of its own with one open task."""
    for number in range(1, rounds + 1):
        with one_commit():
            plan = a_plan(cast.agency, year=YEAR.buddhist_year + number, measures=1)
            task = a_task(plan.measures[0], section=cast.section, officers=[cast.officer])
        yield task.id


def closing(coordinator: User) -> Deed:
    """Close the year of this task, as somebody saw it before the others began."""
    actor_id = coordinator.id

    def deed(task_id: int) -> None:
        task, actor = db.session.get_one(Task, task_id), db.session.get_one(User, actor_id)
        close(task.measure.plan, {task_id: LEFT}, seen=seen_open([task]), actor=actor, at=LATE_ENOUGH)

    return deed


def state_of_year(task_id: int) -> PlanState:
    return db.session.get_one(Task, task_id).measure.plan.state


def test_of_a_report_and_the_closing_one_wins(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    with racing(app, [closing(cast.coordinator), submitting(cast.officer)]) as race:
        for task in years(cast, fewer_rounds):
            ends = race(task)

            if state_of_year(task) is PlanState.CLOSED:
                assert standing(task) == (WorkStatus.UNFINISHED, None)
                assert ends == {"won": 1, "plan_closed": 1}
            else:
                assert standing(task) == (WorkStatus.NOT_STARTED, ReportState.SUBMITTED)
                assert ends == {"won": 1, "incomplete": 1}
    assert list(broken_chains()) == []


def test_of_the_last_approval_and_the_closing_the_approval_wins(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    close_year = closing(cast.coordinator)
    deeds = [approving(cast.director, NEXT), lambda one: close_year(db.session.get_one(ProgressReport, one).task_id)]
    with racing(app, deeds) as race:
        for task in years(cast, fewer_rounds):
            report = a_report(db.session.get_one(Task, task), cast.officer, approvals=1).id
            ends = race(report)

            assert standing(task)[0] is WorkStatus.DONE
            assert state_of_year(task) is PlanState.APPROVED
            assert ends in (
                {"won": 1, "incomplete": 1},
                {"won": 1, "closing_changed_meanwhile": 1},
                {"won": 1, "task_leave_too_late": 1},
            )
    assert list(broken_chains()) == []


def test_of_several_who_close_it_one_does(app: Flask, cast: Cast, fewer_rounds: int) -> None:
    with racing(app, [closing(cast.coordinator)] * 4) as race:
        for task in years(cast, fewer_rounds):
            assert race(task) == {"won": 1, "plan_close_too_late": 3}
            assert state_of_year(task) is PlanState.CLOSED
    assert list(broken_chains()) == []
