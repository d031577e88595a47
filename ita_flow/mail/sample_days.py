"""The samples of the one mail of a working day, by what it may tell."""

from __future__ import annotations

from datetime import timedelta

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.reminders import Capacity, Trigger
from ita_flow.mail.daily_message import daily
from ita_flow.mail.rendering import Message
from ita_flow.mail.sample_rows import ETHICS, GIFTS, MANUAL, ONLINE, SampleOffice
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.summaries import Figures, Summary


def reminder(office: SampleOffice) -> Message:
    tasks = office.task(1, ONLINE, 30), office.task(2, MANUAL, 30)
    due = Sections(due=[office.line(task, Trigger.BEFORE_DUE) for task in tasks])
    return daily(office.officer, due, Figures(), office.today, office.coordinator, has_calendar=True)


def unassigned(office: SampleOffice) -> Message:
    task = office.task(1, ONLINE, 14, has_officer=False)
    due = Sections(due=[office.line(task, Trigger.BEFORE_DUE, Capacity.SECTION_HEAD)])
    return daily(office.head, due, Figures(), office.today, office.coordinator)


def overdue(office: SampleOffice) -> Message:
    due = Sections(due=[office.line(office.task(1, ONLINE, -1), Trigger.OVERDUE)])
    return daily(office.officer, due, Figures(), office.today, office.coordinator)


def escalation(office: SampleOffice) -> Message:
    task = office.task(1, ONLINE, -7)
    escalated = Sections(escalated=[office.line(task, Trigger.ESCALATE_TO_DIRECTOR, Capacity.DIRECTOR)])
    figures = Figures(reported_at={task.id: office.now - timedelta(days=40)})
    return daily(office.director, escalated, figures, office.today, office.coordinator)


def awaiting(office: SampleOffice) -> Message:
    waiting = [office.waiting(office.task(1, ONLINE, 9), 1), office.waiting(office.task(2, MANUAL, 20), 1)]
    return daily(office.director, Sections(waiting=waiting), Figures(), office.today, office.coordinator)


def slow_decision(office: SampleOffice) -> Message:
    task = office.task(1, ONLINE, 9)
    slow = Sections(waiting=[office.waiting(task, 7)], slow=frozenset({task.id}))
    return daily(office.director, slow, Figures(), office.today, office.coordinator)


def weekly(office: SampleOffice) -> Message:
    sections = Sections(weekly=Capacity.COORDINATOR)
    return daily(office.coordinator, sections, Figures(weekly=_year(office)), office.today, office.coordinator)


def monthly(office: SampleOffice) -> Message:
    figures = Figures(monthly=_year(office))
    return daily(office.executive, Sections(is_monthly=True), figures, office.today, office.coordinator)


def _year(office: SampleOffice) -> Summary:
    tasks = (
        office.task(1, ONLINE, 9),
        office.task(2, MANUAL, -3),
        office.task(3, GIFTS, -20, is_done=True),
        office.task(4, ETHICS, 90),
    )
    return Summary(office.plan.year, [office.row(task) for task in tasks])


def window(office: SampleOffice) -> Message:
    window = AssessmentWindow(
        year=office.plan.year,
        kind=AssessmentWindowKind.OIT_UPLOAD,
        starts_on=office.today - timedelta(days=16),
        ends_on=office.today + timedelta(days=14),
    )
    return daily(office.coordinator, Sections(windows=[window]), Figures(), office.today, office.coordinator)
