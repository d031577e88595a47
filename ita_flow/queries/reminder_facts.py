"""What the rules of reminding look at: the open tasks, the people in their posts, what waits, what was said before.

It is read once, and then any number of days can be looked at: today's mails, those of the next two weeks, those of a
year, and those of another plan of holidays or people, without asking the database again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.notices import MailOption
from ita_flow.domain.reminders import (
    ABOUT_DUE_DATES,
    Occasion,
    Rule,
    Trigger,
    WhyNot,
)
from ita_flow.domain.states import CLOSED, ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.free_days import FreeDays
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Agency, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.proposals import Proposal
from ita_flow.models.reminders import MailChoice, Reminder, ReminderRule
from ita_flow.models.tasks import Task
from ita_flow.queries.assessment_windows import windows_ahead
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.plans import is_worked_on
from ita_flow.queries.proposals import holders_among, waiting_proposals
from ita_flow.queries.reminder_rules import rules_of
from ita_flow.queries.seats import AgencyPosts, deciders, posts_of
from ita_flow.queries.tasks import is_under_way

LOOKING_BACK = timedelta(days=60)
"""For how long closed tasks of a year that is over are still looked at, and lines that speak of no date."""

LedgerKey = tuple[int, int, int, int]
"""A recipient, a task and a window by their ids, 0 where the line is about none; and a version of the due date."""

Ledger = dict[LedgerKey, set[Occasion]]
"""What is recorded already."""


@dataclass(frozen=True)
class TaskFacts:
    """A task with the report on it that is not yet approved."""

    task: Task
    report: ProgressReport | None

    @property
    def why_not(self) -> WhyNot | None:
        """Why nobody is to be reminded of it; None while its report is to come."""
        if self.task.work_status in CLOSED:
            return WhyNot.DONE if self.task.work_status is WorkStatus.DONE else WhyNot.CANCELLED
        return WhyNot.SUBMITTED if self.waiting else None

    @property
    def waiting(self) -> ReportVersion | None:
        """What waits for a decision."""
        is_submitted = self.report is not None and self.report.state is ReportState.SUBMITTED
        return self.report.current if self.report and is_submitted else None


@dataclass(frozen=True)
class Facts:
    """All that decides who is told what on a day."""

    agency: Agency
    rules: Sequence[ReminderRule]
    """Those that are switched on."""

    free_days: FreeDays
    tasks: Sequence[TaskFacts]
    """Of the plans that are worked on, but for those that were closed long ago."""

    posts: AgencyPosts
    windows: Sequence[AssessmentWindow]
    declined: frozenset[tuple[int, MailOption]]
    """Who asked for less of what."""

    proposals: Sequence[Proposal]
    """The plans and wishes for a later due date that wait."""

    ledger: Ledger
    served: frozenset[tuple[int, date]]
    """The people whose mail of a day has left the outbox, so that more waits for the next day."""

    @cached_property
    def about_due_dates(self) -> Mapping[Rule, ReminderRule]:
        return self.rule_rows(*ABOUT_DUE_DATES)

    def rule_rows(self, *triggers: Trigger) -> dict[Rule, ReminderRule]:
        return {row.rule: row for row in self.rules if row.trigger in triggers}

    def awaiting_on(self, day: date) -> Mapping[User, Sequence[TaskFacts]]:
        """What waits for whose decision that day, if nobody decides until then."""
        found: dict[User, list[TaskFacts]] = defaultdict(list)
        for facts in self.tasks:
            if facts.waiting:
                holders = self.posts.over(facts.task.section_id, facts.task.division_id, day)
                for person in dict.fromkeys(one.user for one in deciders(facts.waiting, holders)):
                    found[person].append(facts)
        return found

    def proposed_to(self, day: date) -> Sequence[User]:
        """Who may decide that day on a proposal, if nobody decides until then."""
        held = (deciders(one, holders_among(self.posts, one, day)) for one in self.proposals)
        return list(dict.fromkeys(one.user for some in held for one in some))


def facts_of(agency: Agency, first_day: date, last_day: date) -> Facts:
    """What there is to know of these days, as things stand. A dozen statements, however many tasks there are."""
    return Facts(
        agency=agency,
        rules=[row for row in rules_of(agency) if row.is_on],
        free_days=free_days_of(agency),
        tasks=_tasks_of(agency, first_day),
        posts=posts_of(agency.id, first_day, last_day),
        windows=windows_ahead(agency, first_day),
        declined=_declined_in(agency),
        proposals=waiting_proposals(agency.id),
        ledger=_ledger_of(agency, first_day),
        served=_served(agency, first_day, last_day),
    )


def _tasks_of(agency: Agency, first_day: date) -> list[TaskFacts]:
    looking_back_to = first_day - LOOKING_BACK
    this_year = FiscalYear.containing(looking_back_to).buddhist_year
    is_open = sa.or_(Task.work_status.not_in(CLOSED), Plan.year >= this_year)
    waiting = selectinload(ProgressReport.versions)
    chosen = (
        sa.select(Task, ProgressReport)
        .join(Task.measure)
        .join(Measure.plan)
        .outerjoin(ProgressReport, is_under_way())
        .where(Task.agency_id == agency.id, is_worked_on(), is_open)
        .options(
            contains_eager(Task.measure).contains_eager(Measure.plan),
            joinedload(Task.division),
            joinedload(Task.section),
            selectinload(Task.officers),
            selectinload(ProgressReport.authors),
            waiting.selectinload(ReportVersion.decisions),
        )
        .order_by(Plan.year, Task.due_on, Measure.number, Task.id)
    )
    return [TaskFacts(task, report) for task, report in db.session.execute(chosen)]


def _declined_in(agency: Agency) -> frozenset[tuple[int, MailOption]]:
    chosen = sa.select(MailChoice.user_id, MailChoice.option).join(User, User.id == MailChoice.user_id)
    found = db.session.execute(chosen.where(User.agency_id == agency.id))
    return frozenset((user_id, option) for user_id, option in found)


def _ledger_of(agency: Agency, first_day: date) -> Ledger:
    """What is recorded of present due dates, windows and slow decisions, and of the weeks before in the rest."""
    is_needed = sa.or_(Reminder.occasion >= first_day - LOOKING_BACK, Reminder.task_id.is_not(None))
    is_recent = sa.and_(Reminder.due_version == 0, is_needed)
    chosen = (
        sa.select(
            Reminder.recipient_id,
            sa.func.coalesce(Reminder.task_id, 0),
            sa.func.coalesce(Reminder.window_id, 0),
            Reminder.due_version,
            ReminderRule.trigger,
            ReminderRule.days,
            Reminder.occasion,
        )
        .join(Reminder.rule)
        .outerjoin(Reminder.task)
        .where(Reminder.agency_id == agency.id)
        .where(sa.or_(is_recent, Reminder.window_id.is_not(None), Reminder.due_version == Task.due_version))
    )
    ledger: Ledger = defaultdict(set)
    for *key, trigger, days, occasion in db.session.execute(chosen):
        ledger[tuple(key)].add(Occasion(Rule(trigger, days), occasion))  # type: ignore[index]
    return ledger


def _served(agency: Agency, first_day: date, last_day: date) -> frozenset[tuple[int, date]]:
    chosen = sa.select(OutboxMessage.recipient_id, OutboxMessage.speaks_on).where(
        OutboxMessage.agency_id == agency.id,
        OutboxMessage.kind == MessageKind.REMINDER,
        OutboxMessage.speaks_on.between(first_day, last_day),
        OutboxMessage.state != MessageState.PENDING,
    )
    return frozenset((recipient_id, day) for recipient_id, day in db.session.execute(chosen))
