"""Steps and due dates by hand."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.database import transaction
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.tasks import Task
from ita_flow.queries.plan_seen import seen_task
from ita_flow.workflow.plan_editing import ChangedMeanwhile
from ita_flow.workflow.task_editing import edit_task
from tests.factories import NOW, Cast, a_report
from tests.factories.plans import set_status
from tests.record import events_about

STEPS = "ประชุมคณะทำงาน\nดำเนินการและสรุปผล"


def edit(task: Task, cast: Cast, steps: str = STEPS, due_on: date = date(2024, 3, 31), seen: str | None = None) -> bool:
    seen = seen_task(task) if seen is None else seen
    with transaction():
        return edit_task(task, steps, due_on, seen=seen, actor=cast.coordinator, at=NOW)


def steps_in(task: Task) -> list[tuple[int, str, bool]]:
    return [(step.position, step.text, step.is_done) for step in task.steps]


def test_each_line_is_a_step(cast: Cast) -> None:
    edit(cast.task, cast, " แต่งตั้งคณะทำงาน \n\nประชุม\nสรุป")

    assert steps_in(cast.task) == [(1, "แต่งตั้งคณะทำงาน", False), (2, "ประชุม", False), (3, "สรุป", False)]


def test_a_letter_of_another_script_in_a_step_is_put_right_as_in_a_document(cast: Cast) -> None:
    edit(cast.task, cast, "ປระชุม\nทํา​แผน")

    assert [text for _position, text, _is_done in steps_in(cast.task)] == ["ประชุม", "ทำแผน"]


def test_steps_whose_words_stay_keep_their_tick_wherever_they_go(cast: Cast) -> None:
    cast.task.steps[0].is_done = True
    db.session.commit()

    edit(cast.task, cast, "ลงพื้นที่\nดำเนินการและสรุปผล\nประชุมคณะทำงาน")

    assert steps_in(cast.task) == [
        (1, "ลงพื้นที่", False),
        (2, "ดำเนินการและสรุปผล", False),
        (3, "ประชุมคณะทำงาน", True),
    ]


def test_ticks_of_a_report_that_is_being_written_go_with_their_words(cast: Cast) -> None:
    report = a_report(cast.task, cast.officer, state=ReportState.DRAFT)
    report.done_steps = [1]
    db.session.commit()

    edit(cast.task, cast, "ลงพื้นที่\nประชุมคณะทำงาน")

    assert report.done_steps == [2]


def test_a_new_due_date_reminds_anew_and_is_recorded(cast: Cast) -> None:
    assert edit(cast.task, cast, due_on=date(2024, 4, 30))

    assert (cast.task.due_on, cast.task.due_version) == (date(2024, 4, 30), 2)
    [event] = events_about(f"task:{cast.task.id}")
    assert event["action"] == "task.postponed"
    assert (event["before"], event["after"]) == ({"due_on": "2024-03-31"}, {"due_on": "2024-04-30"})


def test_the_same_again_changes_nothing(cast: Cast) -> None:
    assert not edit(cast.task, cast)

    assert cast.task.due_version == 1
    assert events_about(f"task:{cast.task.id}") == []


@pytest.mark.parametrize("day", [date(2023, 9, 30), date(2024, 10, 1)])
def test_a_due_date_is_in_the_year_of_the_plan(cast: Cast, day: date) -> None:
    with pytest.raises(Invalid) as refused:
        edit(cast.task, cast, due_on=day)

    assert (refused.value.key, refused.value.field) == ("due_outside_year", "due_on")
    assert cast.task.due_on == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("steps", "key"), [(" \n", "steps_missing"), ("ขั้น\n" * 41, "steps_too_many"), ("ก" * 10_001, "text_too_long")]
)
def test_steps_that_nobody_could_follow_are_refused(cast: Cast, steps: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        edit(cast.task, cast, steps)

    assert (refused.value.key, refused.value.field) == (key, "steps")


def test_nothing_moves_under_a_report_that_waits_for_a_decision(cast: Cast) -> None:
    a_report(cast.task, cast.officer)

    with pytest.raises(Invalid) as refused:
        edit(cast.task, cast, "อื่น")

    assert refused.value.key == "task_is_being_decided"


def test_steps_and_due_date_are_recorded_each_for_itself(cast: Cast) -> None:
    edit(cast.task, cast, "ลงพื้นที่", due_on=date(2024, 4, 30))

    edited, postponed = events_about(f"task:{cast.task.id}")
    assert (edited["action"], postponed["action"]) == ("task.edited", "task.postponed")
    assert (edited["before"], edited["after"]) == ({"steps": STEPS.split("\n")}, {"steps": ["ลงพื้นที่"]})


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.CANCELLED])
def test_a_closed_task_stays_as_it_is(cast: Cast, status: WorkStatus) -> None:
    set_status(cast.task, status, NOW)
    db.session.commit()

    with pytest.raises(Invalid) as refused:
        edit(cast.task, cast, "อื่น")

    assert refused.value.key == "task_cannot_change"


def test_nobody_writes_over_steps_that_they_did_not_see(cast: Cast) -> None:
    seen = seen_task(cast.task)
    edit(cast.task, cast, "ของคนแรก")

    with pytest.raises(ChangedMeanwhile):
        edit(cast.task, cast, "ของคนที่สอง", seen=seen)

    assert [text for _position, text, _is_done in steps_in(cast.task)] == ["ของคนแรก"]
