"""Tasks as people make and change them: their unit, their steps, their due date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ita_flow.domain.plan_limits import LONGEST_STEP, MOST_STEPS
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import CLOSED, ReportState, WorkStatus
from ita_flow.domain.steps import steps_of
from ita_flow.domain.thai import tidy
from ita_flow.extensions import db
from ita_flow.i18n import long_date
from ita_flow.intake.by_hand import mended
from ita_flow.models.people import Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Step, Task
from ita_flow.queries.plan_seen import seen_task
from ita_flow.workflow import audit
from ita_flow.workflow.plan_editing import refuse_when_changed, refuse_writing
from ita_flow.workflow.progress_reports import hold, newest_report


def edit_task(task: Task, steps: str, due_on: date, *, seen: str, actor: User, at: datetime) -> bool:
    """Let the task have these steps, one on a line, and this due date; returns whether anything changed.

    Steps whose words stay keep their tick. Raises Invalid or ChangedMeanwhile.
    """
    hold(task)
    db.session.expire(task, ["steps"])  # they may have been read before the row was ours
    refuse_writing(task.measure.plan)
    refuse_when_closed(task)
    refuse_when_changed(seen, seen_task(task))
    wanted = read_steps(steps)
    refuse_due(task, due_on)
    if wanted == [step.text for step in task.steps] and due_on == task.due_on:
        return False
    write_steps(task, wanted, actor=actor, at=at)
    move_due(task, due_on, actor=actor, at=at)
    return True


def refuse_when_closed(task: Task) -> None:
    """Raise Invalid for a task that is done or cancelled, and while a report on it waits for a decision."""
    if task.work_status in CLOSED:
        raise Invalid("task_cannot_change")
    _refuse_while_decided(task)


def _refuse_while_decided(task: Task, field: str | None = None) -> None:
    report = newest_report(task)
    if report and report.state is ReportState.SUBMITTED:
        raise Invalid("task_is_being_decided", field, number=task.measure.number)


def read_steps(text: str) -> list[str]:
    """The steps as typed, one on a line. Raises Invalid when there is none, or too many, or too long a one."""
    steps = [step for step in map(tidy, mended(text, "steps").splitlines()) if step]
    if not steps:
        raise Invalid("steps_missing", "steps")
    if len(steps) > MOST_STEPS:
        raise Invalid("steps_too_many", "steps", most=MOST_STEPS)
    longest = max(map(len, steps))
    if longest > LONGEST_STEP:
        raise Invalid("text_too_long", "steps", length=longest, limit=LONGEST_STEP)
    return steps


def refuse_due(task: Task, due_on: date) -> None:
    """Raise Invalid for a new due date that is not in the fiscal year of the plan, or while a report is decided on."""
    if task.due_on == due_on:
        return
    year, number = task.measure.plan.fiscal_year, task.measure.number
    if not year.starts_on <= due_on <= year.ends_on:
        first, last = long_date(year.starts_on), long_date(year.ends_on)
        raise Invalid("due_outside_year", "due_on", number=number, first=first, last=last)
    _refuse_while_decided(task, "due_on")


def new_task(
    measure: Measure,
    division: Unit,
    section: Unit | None,
    *,
    due_on: date | None = None,
    steps: Sequence[str] | None = None,
) -> Task:
    """The task of this division for a measure; unless said otherwise, due when the window ends, by the method's steps.

    Nobody is its officer yet, and nothing of it is done.
    """
    wanted = steps_of(measure.method) if steps is None else steps
    task = Task(
        agency_id=measure.agency_id,
        measure=measure,
        division=division,
        section=section,
        due_on=due_on or measure.ends_on,
        due_version=1,
        work_status=WorkStatus.NOT_STARTED,
        percent=0,
        steps=[Step(position=position, text=text, is_done=False) for position, text in enumerate(wanted, 1)],
    )
    db.session.add(task)
    return task


def give_to(
    task: Task, division: Unit, section: Unit | None, *, actor: User | None, via: str | None = None, at: datetime
) -> None:
    """Let this division do the task, or a section of it. Refuse that first where somebody has reported."""
    if (task.division, task.section) != (division, section):
        before = _unit_told(task)
        task.division, task.section = division, section
        _record("task.moved", task, before, _unit_told(task), actor, via, at)


def move_due(task: Task, due_on: date, *, actor: User | None, via: str | None = None, at: datetime) -> None:
    """Give the task this due date; a new date reminds anew. Raises Invalid, see ``refuse_due``."""
    refuse_due(task, due_on)
    if task.due_on != due_on:
        before = task.due_on
        task.due_on, task.due_version = due_on, task.due_version + 1
        told: audit.Values = {"due_on": due_on.isoformat()}
        _record("task.postponed", task, {"due_on": before.isoformat()}, told, actor, via, at)


def write_steps(task: Task, wanted: Sequence[str], *, actor: User | None, via: str | None = None, at: datetime) -> None:
    """Let the task have these steps; those whose words stay keep their tick."""
    old = {step.position: step.text for step in task.steps}
    if list(wanted) == list(old.values()):
        return
    done = {step.text for step in task.steps if step.is_done}
    _move_ticks(task, old, wanted)
    task.steps = []
    db.session.flush()  # the old rows go before new ones take their places
    task.steps = [Step(position=place, text=text, is_done=text in done) for place, text in enumerate(wanted, 1)]
    _record("task.edited", task, {"steps": list(old.values())}, {"steps": list(wanted)}, actor, via, at)


def _move_ticks(task: Task, old: Mapping[int, str], wanted: Sequence[str]) -> None:
    """A report that is being written ticks steps by their places; let each tick stay with its words."""
    report = newest_report(task)
    if report and report.is_editable and report.done_steps:
        ticked = {old.get(place) for place in report.done_steps}
        report.done_steps = [place for place, text in enumerate(wanted, 1) if text in ticked]


def _unit_told(task: Task) -> audit.Values:
    return {"division": task.division.id, "section": task.section.id if task.section else None}


def _record(
    action: str,
    task: Task,
    before: audit.Values,
    after: audit.Values,
    actor: User | None,
    via: str | None,
    at: datetime,
) -> None:
    subject = f"task:{task.id}"
    audit.record(action, task.agency_id, subject, at=at, actor=actor, via=via, before=before, after=after)
