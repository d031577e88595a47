"""What the approval of an amendment does to the tasks of the version before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.domain.states import ProposalState, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ApprovalChain
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.assignments import officers_among
from ita_flow.workflow import notices
from ita_flow.workflow.copies import copied, is_closed
from ita_flow.workflow.desk import hold_plans, lock_tasks
from ita_flow.workflow.endings import write_cancelled
from ita_flow.workflow.task_editing import give_to, move_due, write_steps
from ita_flow.workflow.tasks import assign


@dataclass(frozen=True)
class _Wanted:
    """What an amendment wants of a task in force."""

    live: Task
    measure: Measure
    division: Unit
    section: Unit | None
    officers: Sequence[User]
    steps: Sequence[str]
    due_on: date
    cancelled_because: str | None

    @classmethod
    def of(cls, copy: Task, live: Task) -> _Wanted:
        return cls(
            live,
            copy.measure,
            copy.division,
            copy.section,
            list(copy.officers),
            [step.text for step in copy.steps],
            copy.due_on,
            copy.ending_reason if copy.work_status is WorkStatus.CANCELLED else None,
        )

    @property
    def ends(self) -> bool:
        return self.cancelled_because is not None and self.live.work_status is not WorkStatus.CANCELLED

    @property
    def moves(self) -> bool:
        return (self.live.division, self.live.section) != (self.division, self.section)

    @property
    def is_redated(self) -> bool:
        return self.live.due_on != self.due_on

    @property
    def concerns_its_officers(self) -> bool:
        return self.ends or self.moves or self.is_redated


def take_effect(amendment: Plan, *, actor: User, at: datetime) -> None:
    """Let the tasks in force go over to this version, which was just approved, and stand as it says.

    The version before keeps each as it stood. Raises Incomplete while a report waits on a task that would be
    cancelled, moved or due on another day, or where one is closed that would be cancelled or moved.
    """
    hold_plans(db.session.get_one(Agency, amendment.agency_id))
    db.session.flush()
    lock_tasks([copy.continues_id for copy in _tasks_of(amendment) if copy.continues_id])
    copies = [copy for copy in _tasks_of(amendment) if copy.continues_id]
    live = {task.id: task for task in _loaded(Task.id.in_([copy.continues_id for copy in copies]))}
    wanted = [_Wanted.of(copy, live[copy.continues_id or 0]) for copy in copies]
    _refuse_what_cannot_be(wanted)
    stood = [copied(one.live, one.live.measure, continues=one.live) for one in wanted]
    _take_away(copies)
    for one in wanted:
        _go_over(one, actor, at)
    db.session.flush()  # only now their old places are free
    db.session.add_all(stood)
    _take_the_chain_along(amendment)
    db.session.flush()
    _tell_of_new_ones(amendment, [one.live.id for one in wanted], actor, at)


def _tasks_of(amendment: Plan) -> Sequence[Task]:
    return _loaded(Task.measure.has(plan_id=amendment.id))


def _loaded(condition: sa.ColumnElement[bool]) -> Sequence[Task]:
    chosen = (
        sa.select(Task)
        .where(condition)
        .options(
            joinedload(Task.measure).joinedload(Measure.plan),
            joinedload(Task.division),
            joinedload(Task.section),
            selectinload(Task.steps),
            selectinload(Task.officers),
        )
        .order_by(Task.id)
    )
    return db.session.scalars(chosen).all()


def _refuse_what_cannot_be(wanted: Sequence[_Wanted]) -> None:
    waiting = _waited_for([one.live.id for one in wanted if one.concerns_its_officers])
    problems = [_named("amended_task_is_being_decided", one) for one in wanted if one.live.id in waiting]
    problems += [_named("amended_task_is_closed", one) for one in wanted if _comes_too_late(one)]
    if problems:
        raise Incomplete(problems)


def _comes_too_late(one: _Wanted) -> bool:
    """What is done stays done, by those who did it."""
    is_done = is_closed(one.live) and one.live.work_status is not WorkStatus.CANCELLED
    return is_done and (one.ends or one.moves)


def _named(key: str, one: _Wanted) -> Invalid:
    return Invalid(key, None, number=one.live.measure.number, unit=one.live.unit.name)


def _waited_for(task_ids: Collection[int]) -> set[int]:
    """Those of these tasks on which a report, or the wish for a later due date, waits for the seats."""
    reports = sa.select(ProgressReport.task_id).where(
        ProgressReport.task_id.in_(task_ids), ProgressReport.state == ReportState.SUBMITTED
    )
    wishes = sa.select(Proposal.task_id).where(Proposal.task_id.in_(task_ids), Proposal.state == ProposalState.WAITING)
    either: sa.CompoundSelect[int | None] = sa.union(reports, wishes)
    return {task_id for task_id in db.session.scalars(either) if task_id}


def _take_away(copies: Sequence[Task]) -> None:
    """The copies have said what they were for; their places are those of the tasks in force."""
    for copy in copies:
        db.session.delete(copy)
    db.session.flush()


def _go_over(one: _Wanted, actor: User, at: datetime) -> None:
    task, moves = one.live, one.moves
    with db.session.no_autoflush:  # its old unit may have a new task of the same measure: both change at once
        task.measure = one.measure
        give_to(task, one.division, one.section, actor=actor, at=at)
    if moves:
        _assign(task, one.officers, actor, at)
    if not is_closed(task):
        write_steps(task, one.steps, actor=actor, at=at)
        move_due(task, one.due_on, actor=actor, at=at)
    if one.ends and one.cancelled_because:
        write_cancelled(task, one.cancelled_because, actor=actor, at=at)
        notices.tell_of_ending(task, actor=actor, at=at)


def _assign(task: Task, officers: Sequence[User], actor: User, at: datetime) -> None:
    """Those who were named for it in the new unit, as far as they are still officers."""
    known = officers_among(task.agency_id, [officer.id for officer in officers], bangkok_day(at))
    assign(task, [officer for officer in officers if officer.id in known], actor=actor, at=at)


def _take_the_chain_along(amendment: Plan) -> None:
    """A chain that was settled for this plan goes on ruling over its reports."""
    theirs = sa.update(ApprovalChain).where(ApprovalChain.plan_id == amendment.supersedes_id)
    db.session.execute(theirs.values(plan_id=amendment.id))


def _tell_of_new_ones(amendment: Plan, known: Collection[int], actor: User, at: datetime) -> None:
    for task in _tasks_of(amendment):
        if task.id not in known:
            notices.tell_of_assignment(task, task.officers, actor=actor, at=at)
