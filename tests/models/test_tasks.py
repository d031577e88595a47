"""A division gets one task for a measure; done, its day and its percentage never contradict each other."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.tasks import Step, Task
from tests.factories import NOW, TODAY, Cast, a_task
from tests.models.refusing import SOMEBODY_ELSES, TWICE, refused


def test_a_division_gets_one_task_for_a_measure(cast: Cast) -> None:
    with refused(TWICE):
        a_task(cast.task.measure, section=cast.section)


def test_two_divisions_may_share_a_measure(cast: Cast) -> None:
    shared = a_task(cast.task.measure, division=cast.other_division)

    assert shared.measure is cast.task.measure


def test_a_task_and_its_division_are_of_one_agency(cast: Cast) -> None:
    with refused(SOMEBODY_ELSES):
        cast.task.division_id = cast.strange_task.division_id


def test_a_task_and_its_section_are_of_one_agency(cast: Cast) -> None:
    with refused(SOMEBODY_ELSES):
        cast.strange_task.section_id = cast.section.id


def test_a_task_and_its_measure_are_of_one_agency(cast: Cast) -> None:
    with refused(SOMEBODY_ELSES):
        cast.task.measure_id = cast.strange_task.measure_id


def test_a_task_that_is_done_says_since_when(cast: Cast) -> None:
    with refused("completed_at_iff_done"):
        cast.task.work_status = WorkStatus.DONE


def test_a_task_that_is_not_done_was_never_completed(cast: Cast) -> None:
    with refused("completed_at_iff_done"):
        cast.task.completed_at, cast.task.claimed_done_on = NOW, TODAY


def test_a_completed_task_was_claimed_on_a_day(cast: Cast) -> None:
    with refused("claimed_iff_completed"):
        cast.task.work_status, cast.task.completed_at = WorkStatus.DONE, NOW


@pytest.mark.parametrize("percent", [-1, 101])
def test_percents_lie_between_nothing_and_all(cast: Cast, percent: int) -> None:
    with refused("percent_in_range"):
        cast.task.percent = percent


def test_a_state_nobody_knows_is_refused(cast: Cast) -> None:
    with refused("work_status"):
        db.session.execute(sa.update(Task).values({"work_status": sa.literal_column("'nearly'")}))


def test_a_step_says_something(cast: Cast) -> None:
    with refused("says_something"):
        cast.task.steps.append(Step(position=9, text=""))


def test_two_steps_do_not_stand_in_one_place(cast: Cast) -> None:
    with refused(TWICE):
        cast.task.steps.append(Step(position=1, text="อีกขั้นตอน"))


def test_the_section_does_the_work_when_one_is_named(cast: Cast) -> None:
    assert cast.task.unit is cast.section
    assert a_task(division=cast.division).unit is cast.division


def test_a_change_that_somebody_overtook_is_refused(cast: Cast) -> None:
    task = cast.task
    assert task.percent == 0
    db.session.execute(sa.text("UPDATE tasks SET revision = revision + 1"))

    task.percent = 50

    with pytest.raises(StaleDataError):
        db.session.flush()
