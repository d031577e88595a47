"""Steps and due dates of a task, written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.domain.steps import steps_of
from ita_flow.domain.thai import tidy
from ita_flow.extensions import db
from ita_flow.i18n import long_date
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Step, Task
from ita_flow.queries.plan_editing import seen_task
from ita_flow.workflow import audit
from ita_flow.workflow.plan_editing import changed, refuse_when_changed
from ita_flow.workflow.progress_reports import newest_report

MOST_STEPS = 40
LONGEST_STEP = 1_000


def edit_task(task: Task, steps: str, due_on: date, *, seen: str, actor: User, at: datetime) -> bool:
    """Let the task have these steps, one on a line, and this due date; returns whether anything changed.

    Steps whose words stay keep their tick. Raises Invalid or ChangedMeanwhile.
    """
    db.session.refresh(task, with_for_update={"of": Task})
    db.session.expire(task, ["steps"])  # they may have been read before the row was ours
    refuse_when_closed(task)
    refuse_when_changed(seen, seen_task(task))
    wanted = read_steps(steps)
    refuse_outside_year(task, due_on)
    if wanted == [step.text for step in task.steps] and due_on == task.due_on:
        return False
    with record_task(task, actor, at):
        write_steps(task, wanted)
        move_due(task, due_on)
    return True


def refuse_when_closed(task: Task) -> None:
    """Raise Invalid for a task that is done or cancelled, and while a report on it waits for a decision."""
    if task.work_status in (WorkStatus.DONE, WorkStatus.CANCELLED):
        raise Invalid("task_cannot_change")
    report = newest_report(task)
    if report and report.state is ReportState.SUBMITTED:
        raise Invalid("task_is_being_decided")


def read_steps(text: str) -> list[str]:
    """The steps as typed, one on a line. Raises Invalid when there is none, or too many, or too long a one."""
    steps = [step for step in map(tidy, text.splitlines()) if step]
    if not steps:
        raise Invalid("steps_missing", "steps")
    if len(steps) > MOST_STEPS:
        raise Invalid("steps_too_many", "steps", most=MOST_STEPS)
    longest = max(map(len, steps))
    if longest > LONGEST_STEP:
        raise Invalid("text_too_long", "steps", length=longest, limit=LONGEST_STEP)
    return steps


def refuse_outside_year(task: Task, due_on: date) -> None:
    """Raise Invalid for a due date that is not in the fiscal year of the plan."""
    year = task.measure.plan.fiscal_year
    if not year.starts_on <= due_on <= year.ends_on:
        raise Invalid("due_outside_year", "due_on", first=long_date(year.starts_on), last=long_date(year.ends_on))


def new_task(measure: Measure, division: Unit, section: Unit | None) -> Task:
    """The task of this division for a measure: due when the window ends, with the steps of the method."""
    task = Task(
        agency_id=measure.agency_id,
        measure=measure,
        division=division,
        section=section,
        due_on=measure.ends_on,
        due_version=1,
        work_status=WorkStatus.NOT_STARTED,
        percent=0,
        steps=[Step(position=position, text=text) for position, text in enumerate(steps_of(measure.method), 1)],
    )
    db.session.add(task)
    return task


def move_due(task: Task, due_on: date) -> None:
    """Give the task this due date; a new date reminds anew."""
    if task.due_on != due_on:
        task.due_on, task.due_version = due_on, task.due_version + 1


def write_steps(task: Task, wanted: Sequence[str]) -> None:
    """Let the task have these steps; those whose words stay keep their tick."""
    old = {step.position: step.text for step in task.steps}
    if list(wanted) == list(old.values()):
        return
    done = {step.text for step in task.steps if step.is_done}
    _move_ticks(task, old, wanted)
    task.steps = []
    db.session.flush()  # the old rows go before new ones take their places
    task.steps = [Step(position=place, text=text, is_done=text in done) for place, text in enumerate(wanted, 1)]


def _move_ticks(task: Task, old: Mapping[int, str], wanted: Sequence[str]) -> None:
    """A report that is being written ticks steps by their places; let each tick stay with its words."""
    report = newest_report(task)
    if report and report.is_editable and report.done_steps:
        ticked = {old.get(place) for place in report.done_steps}
        report.done_steps = [place for place, text in enumerate(wanted, 1) if text in ticked]


@contextmanager
def record_task(task: Task, actor: User, at: datetime) -> Iterator[None]:
    """Put on record what changes of the task inside, if anything does."""
    before = _told(task)
    yield
    was, now = changed(before, _told(task))
    if now:
        audit.record("task.edited", task.agency_id, f"task:{task.id}", at=at, actor=actor, before=was, after=now)


def _told(task: Task) -> dict[str, Any]:
    return {
        "due_on": task.due_on.isoformat(),
        "section": task.section.id if task.section else None,
        "steps": [step.text for step in task.steps],
    }
