"""What the one mail of a day may still say when it leaves: nothing that was done or given to others meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.reminders import ESCALATIONS, TO_THE_RESPONSIBLE, Capacity, Occasion, Rule, Section, Trigger
from ita_flow.domain.states import CLOSED, ReportState, TaskState, task_state
from ita_flow.extensions import db
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.addressees import addressed
from ita_flow.queries.awaiting import Waiting, awaiting_decision_by
from ita_flow.queries.plans import is_worked_on
from ita_flow.queries.proposals import WaitingProposal, proposals_awaiting
from ita_flow.queries.seats import AgencyPosts, posts_of
from ita_flow.queries.tasks import is_under_way


@dataclass(frozen=True)
class Line:
    """What a mail says about one task: why it is mentioned, to whom, and what was last known of it."""

    task: Task
    occasion: Occasion
    planned_for: date
    report_state: ReportState | None
    capacity: Capacity = Capacity.OFFICER

    @property
    def rule(self) -> Rule:
        return self.occasion.rule

    @property
    def state(self) -> TaskState:
        return task_state(self.task.work_status, self.report_state)

    @property
    def section(self) -> Section:
        return self.rule.section


@dataclass(frozen=True)
class Sections:
    """What a mail of the day says, section by section; empty ones are left out of it."""

    due: Sequence[Line] = ()
    """Of tasks that the recipient is responsible for, or hears of because nobody is."""

    escalated: Sequence[Line] = ()
    """Of overdue tasks of others."""

    waiting: Sequence[Waiting] = ()
    """What waits for the recipient's decision."""

    proposed: Sequence[WaitingProposal] = ()
    """The plans and wishes for a later due date that wait for it."""

    slow: frozenset[int] = frozenset()
    """The tasks of ``waiting``, by their ids, that wait for longer than they should."""

    windows: Sequence[AssessmentWindow] = ()
    weekly: Capacity | None = None
    """As what the recipient reads the summary of the week; None where there is none."""

    is_monthly: bool = False

    @property
    def kinds(self) -> frozenset[Section]:
        said = {line.section for line in (*self.due, *self.escalated)}
        held: Mapping[Section, object] = {
            Section.AWAITING: self.proposed or any(one.task.id not in self.slow for one in self.waiting),
            Section.SLOW_DECISION: self.slow,
            Section.WINDOW: self.windows,
            Section.WEEKLY: self.weekly,
            Section.MONTHLY: self.is_monthly,
        }
        return frozenset(said | {section for section, content in held.items() if content})

    def __bool__(self) -> bool:
        return bool(self.kinds)


def sections_of(message: OutboxMessage, today: date) -> Sections:
    """What is still true of a promised mail when it is read on that day."""
    person = message.recipient
    reminders = _reminders_of(message)
    said = {reminder.rule.trigger for reminder in reminders}
    posts = posts_of(person.agency_id, today, today)
    if person.id not in posts.in_office(today):
        return Sections()
    due = [line for line in _lines_of(message) if _still_concerns(line, person, posts, today)]
    is_about_decisions = _is_about_decisions(said)
    waiting = awaiting_decision_by(person, today) if is_about_decisions else ()
    return Sections(
        due=_in_order(line for line in due if line.rule.trigger in TO_THE_RESPONSIBLE),
        escalated=_in_order(line for line in due if line.rule.trigger in ESCALATIONS),
        waiting=waiting,
        proposed=proposals_awaiting(person, today) if is_about_decisions else (),
        slow=frozenset({one.task.id for one in waiting} & _slow_tasks(reminders)),
        windows=_windows_of(message, today) if person in posts.with_role(Role.COORDINATOR, today) else (),
        weekly=_summary_of(person, posts, today) if Trigger.WEEKLY in said else None,
        is_monthly=Trigger.MONTHLY in said and posts.holds_seat(person, Seat.EXECUTIVE, today),
    )


def _reminders_of(message: OutboxMessage) -> Sequence[Reminder]:
    chosen = sa.select(Reminder).where(Reminder.message_id == message.id)
    return db.session.scalars(chosen.options(joinedload(Reminder.rule))).all()


def _is_about_decisions(said: Iterable[Trigger]) -> bool:
    return not {Trigger.AWAITING, Trigger.SLOW_DECISION}.isdisjoint(said)


def _lines_of(message: OutboxMessage) -> list[Line]:
    """A task once: lines gathered from messages that had to wait may speak of it twice, and the last word counts."""
    chosen = (
        sa.select(Reminder, Task, ProgressReport.state)
        .join(Reminder.task)
        .join(Task.measure)
        .join(Measure.plan)
        .outerjoin(ProgressReport, is_under_way())
        .where(Reminder.message_id == message.id, Reminder.due_version == Task.due_version)
        .where(*_waits_for_a_report(), is_worked_on())
        .options(
            joinedload(Reminder.rule),
            contains_eager(Task.measure).contains_eager(Measure.plan),
            joinedload(Task.division),
            joinedload(Task.section),
            selectinload(Task.steps),
            selectinload(Task.officers),
        )
    )
    found = sorted(db.session.execute(chosen), key=lambda row: row[0].spoken.urgency)
    lines = [
        Line(task, reminder.spoken, reminder.planned_for, state, reminder.capacity) for reminder, task, state in found
    ]
    return list({line.task.id: line for line in lines}.values())


def _still_concerns(line: Line, person: User, posts: AgencyPosts, today: date) -> bool:
    """Whether the person would hear of it today as well: the task has not been given to others meanwhile."""
    return any(user is person for user, _capacity in addressed(line.rule.trigger, line.task, posts, today))


def _in_order(lines: Iterable[Line]) -> Sequence[Line]:
    return sorted(lines, key=lambda line: (line.task.due_on, line.task.measure.number))


def _slow_tasks(reminders: Iterable[Reminder]) -> set[int]:
    return {one.task_id for one in reminders if one.rule.trigger is Trigger.SLOW_DECISION and one.task_id is not None}


def _windows_of(message: OutboxMessage, today: date) -> Sequence[AssessmentWindow]:
    chosen = (
        sa.select(AssessmentWindow)
        .join(Reminder, Reminder.window_id == AssessmentWindow.id)
        .where(
            Reminder.message_id == message.id,
            Reminder.due_version == AssessmentWindow.version,
            AssessmentWindow.ends_on >= today,
        )
        .order_by(AssessmentWindow.ends_on, AssessmentWindow.id)
    )
    return db.session.scalars(chosen).unique().all()


def _summary_of(person: User, posts: AgencyPosts, today: date) -> Capacity | None:
    if person in posts.with_role(Role.COORDINATOR, today):
        return Capacity.COORDINATOR
    return Capacity.DIRECTOR if posts.holds_seat(person, Seat.DIRECTOR, today) else None


def _waits_for_a_report() -> tuple[sa.ColumnElement[bool], ...]:
    """Neither done nor cancelled, and nothing submitted."""
    report = aliased(ProgressReport)
    is_submitted = sa.exists().where(report.task_id == Task.id, report.state == ReportState.SUBMITTED)
    return Task.work_status.not_in(CLOSED), ~is_submitted
