"""Several hand the same work over to different people at the same moment: one wins, the others are told."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.permissions import Role
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import task_officers
from ita_flow.queries.hand_overs import open_tasks
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.hand_overs import Passing, hand_over, stamp
from tests.factories import NOW, TODAY, Cast, a_user
from tests.faults.deeds import submitting
from tests.faults.racing import Deed, racing
from tests.record import events_about

pytestmark = [pytest.mark.faults]


def passing_to(cast: Cast, successor: User) -> list[Passing]:
    return [Passing(task.id, stamp(task), successor.id) for task in open_tasks(cast.officer, TODAY)]


def handing(cast: Cast, successor: User) -> Deed:
    """Hand everything of the officer over to this colleague, as the page showed it before the race."""
    officer, director, passings = cast.officer.id, cast.director.id, passing_to(cast, successor)

    def deed(_subject: int) -> None:
        person, actor = db.session.get_one(User, officer), db.session.get_one(User, director)
        hand_over(person, passings, on=TODAY, actor=actor, at=NOW, today=TODAY)

    return deed


def officers_of(task_id: int) -> set[int]:
    return set(db.session.scalars(sa.select(task_officers.c.user_id).where(task_officers.c.task_id == task_id)))


def test_of_four_one_wins(app: Flask, cast: Cast) -> None:
    successors = [a_user(cast.agency, role=Role.OFFICER, unit=cast.section) for _ in range(4)]
    ids, task = {one.id for one in successors}, cast.task.id

    with racing(app, [handing(cast, one) for one in successors]) as race:
        ends = race(task)

    assert ends == {"won": 1, "hand_over_changed": 3}
    assert len(officers_of(task)) == len(officers_of(task) & ids) == 1
    assert len(events_about(f"task:{task}")) == 1
    assert list(broken_chains()) == []


def test_a_report_that_is_submitted_at_that_moment_is_told_or_goes_with_the_task(app: Flask, cast: Cast) -> None:
    task = cast.task.id

    with racing(app, [handing(cast, cast.colleague), submitting(cast.officer)]) as race:
        ends = race(task)

    report = db.session.scalars(sa.select(ProgressReport).where(ProgressReport.task_id == task)).one()
    is_handed = officers_of(task) == {cast.colleague.id}
    assert report.state is ReportState.SUBMITTED
    assert ends == ({"won": 2} if is_handed else {"won": 1, "hand_over_changed": 1})
    assert list(broken_chains()) == []
