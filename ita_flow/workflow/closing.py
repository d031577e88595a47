"""Closing a year: what is open is decided on one by one, and from then on nothing of the year changes any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.plan_limits import LONGEST_REASON
from ita_flow.domain.refusals import Incomplete, Invalid, Stale
from ita_flow.domain.states import PlanDeed, TaskDeed, WorkStatus, next_plan_state, next_work_status
from ita_flow.domain.year_ends import WITH_A_REASON, EndingKind, carried_over_to, closable_from
from ita_flow.extensions import db
from ita_flow.i18n import long_date
from ita_flow.intake.by_hand import read_text
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Plan
from ita_flow.models.tasks import Task
from ita_flow.queries.closing import is_newest_in_force, seen_open, still_open, tasks_of_year, unsettled
from ita_flow.workflow import audit
from ita_flow.workflow.desk import hold_plans, lock_tasks

DEED_OF = {
    EndingKind.CARRY_OVER: TaskDeed.LEAVE,
    EndingKind.LEAVE: TaskDeed.LEAVE,
    EndingKind.CANCEL: TaskDeed.CANCEL,
}


class ClosingChanged(Stale):
    """Tasks are open that were not when somebody looked, or the other way round, or stand otherwise."""


@dataclass(frozen=True)
class Ending:
    """What is decided on an open task; the reason of one that is carried over is written by itself."""

    kind: EndingKind
    reason: str = ""


def refuse_when_closed_year(plan: Plan) -> None:
    """Raise Invalid when the year of this plan was closed: nothing of it changes any more."""
    if plan.closed_on:
        raise Invalid("plan_closed", year=plan.year, day=long_date(plan.closed_on))


def close(plan: Plan, endings: Mapping[int, Ending], *, seen: str, actor: User, at: datetime) -> None:
    """Close the year of this plan; ``endings`` says by task id what becomes of each task that is open.

    ``seen``: the mark of ``seen_open`` over the tasks as the person saw them. Raises Stale when the plan is not the
    one in force, Invalid before the last month of its year, Incomplete with all that waits or lacks a decision,
    ClosingChanged when other tasks are open by now.
    """
    hold_plans(db.session.get_one(Agency, plan.agency_id))
    tasks = _held_tasks(plan)
    before, state = plan.state, next_plan_state(plan.state, PlanDeed.CLOSE)
    _refuse_older_version(plan)
    _refuse_too_early(plan, at)
    _refuse_unsettled(plan)
    _refuse_changed(tasks, seen)
    _refuse_ended(tasks, endings)
    decided = _read_endings(still_open(tasks), endings)
    stood = {task.id: task.work_status.value for task in tasks}
    for task, ending in decided:
        _end(task, ending, plan.year + 1)
    plan.state, plan.closed_at = state, at
    for task, ending in decided:
        _record_ending(task, stood[task.id], ending, actor, at)
    _record(plan, before.value, _counted(tasks, decided), actor, at)


def _held_tasks(plan: Plan) -> Sequence[Task]:
    """The tasks of the plan as they stand with their rows locked; the plan is read anew as well."""
    lock_tasks([task.id for task in tasks_of_year(plan)])
    return tasks_of_year(plan)


def _refuse_older_version(plan: Plan) -> None:
    if not is_newest_in_force(plan):
        raise Stale("plan_close_too_late")


def _refuse_too_early(plan: Plan, at: datetime) -> None:
    first = closable_from(plan.fiscal_year)
    if bangkok_day(at) < first:
        raise Invalid("closing_too_early", year=plan.year, first=long_date(first))


def _refuse_unsettled(plan: Plan) -> None:
    waits = unsettled(plan)
    problems = [Invalid("closing_report_waits", number=one.task.measure.number) for one in waits.reports]
    numbers = [one.task.measure.number for one in waits.extensions if one.task]
    problems += [Invalid("closing_extension_waits", number=number) for number in numbers]
    if waits.amendment:
        problems.append(Invalid("closing_amendment_in_hand", version=waits.amendment.version))
    if problems:
        raise Incomplete(problems)


def _refuse_changed(tasks: Sequence[Task], seen: str) -> None:
    if seen != seen_open(tasks):
        raise ClosingChanged("closing_changed_meanwhile")


def _refuse_ended(tasks: Sequence[Task], endings: Mapping[int, Ending]) -> None:
    """Raise Stale for a decision on a task that is not open any more, or that is none of this year."""
    by_id = {task.id: task for task in tasks}
    for task_id, ending in endings.items():
        if task_id not in by_id:
            raise ClosingChanged("closing_changed_meanwhile")
        next_work_status(by_id[task_id].work_status, DEED_OF[ending.kind])


def _read_endings(tasks: Sequence[Task], endings: Mapping[int, Ending]) -> list[tuple[Task, Ending]]:
    """Each open task with what becomes of it. Raises Incomplete with all that is wrong or missing."""
    problems: list[Invalid] = []
    decided: list[tuple[Task, Ending]] = []
    for task in tasks:
        try:
            decided.append((task, _read_ending(task, endings.get(task.id))))
        except Invalid as problem:
            problems.append(problem)
    if problems:
        raise Incomplete(problems)
    return decided


def _read_ending(task: Task, ending: Ending | None) -> Ending:
    if ending is None:
        raise Invalid("closing_ending_missing", f"ending-{task.id}", number=task.measure.number)
    if ending.kind not in WITH_A_REASON:
        return Ending(ending.kind)
    reason = read_text(ending.reason, f"reason-{task.id}", LONGEST_REASON)
    if not reason:
        raise Invalid("closing_reason_missing", f"reason-{task.id}", number=task.measure.number)
    return Ending(ending.kind, reason)


def _end(task: Task, ending: Ending, following: int) -> None:
    """Write what becomes of the task; what was done of it stays."""
    carries_over = ending.kind is EndingKind.CARRY_OVER
    with db.session.no_autoflush:
        task.work_status = next_work_status(task.work_status, DEED_OF[ending.kind])
        task.ending_reason = carried_over_to(following) if carries_over else ending.reason
        task.carries_over = carries_over


def _record(plan: Plan, before: str, counted: Mapping[str, int], actor: User, at: datetime) -> None:
    after: audit.Values = {"state": plan.state.value, "content": plan.content_hash, **counted}
    subject, was = f"plan:{plan.id}", {"state": before}
    audit.record("plan.closed", plan.agency_id, subject, at=at, actor=actor, before=was, after=after)


def _counted(tasks: Sequence[Task], decided: Sequence[tuple[Task, Ending]]) -> dict[str, int]:
    """How many tasks were done, and how many ended in each way."""
    ended = Counter(ending.kind.value for _task, ending in decided)
    done = sum(task.work_status is WorkStatus.DONE for task in tasks)
    return {"done": done, **{kind.value: ended[kind.value] for kind in EndingKind}}


def _record_ending(task: Task, before: str, ending: Ending, actor: User, at: datetime) -> None:
    deed = "task.cancelled" if ending.kind is EndingKind.CANCEL else "task.left_unfinished"
    subject, was = f"task:{task.id}", {"work_status": before}
    after: audit.Values = {
        "work_status": task.work_status.value,
        "reason": task.ending_reason,
        "carries_over": task.carries_over,
    }
    audit.record(deed, task.agency_id, subject, at=at, actor=actor, before=was, after=after)
