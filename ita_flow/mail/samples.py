"""Each mail as it looks, written by the same functions as the real ones, of people and work that are invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from hashlib import sha256

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.config import BadSetting, settings
from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.mail_samples import MailSample
from ita_flow.domain.notices import NoticeKind
from ita_flow.domain.reminders import Capacity, Trigger
from ita_flow.mail import messages
from ita_flow.mail.carriers import server_name
from ita_flow.mail.chase_message import asking
from ita_flow.mail.daily_message import daily
from ita_flow.mail.event_message import event
from ita_flow.mail.rendering import Message
from ita_flow.mail.sample_rows import SampleOffice
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Agency, User
from ita_flow.queries.anchors import Anchor
from ita_flow.queries.chase_mails import AskedTask, Asking
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.notice_mails import News
from ita_flow.queries.summaries import Figures, Summary

ONLINE = _l("พัฒนาระบบบริการออนไลน์")
MANUAL = _l("ปรับปรุงคู่มือการให้บริการประชาชน")
GIFTS = _l("นโยบายไม่รับของขวัญ")
ETHICS = _l("อบรมจริยธรรมบุคลากร")


@dataclass(frozen=True)
class SampleMail:
    """A mail and to whom it is written."""

    reader: str
    message: Message


def samples_that_can_be_made() -> list[MailSample]:
    """All of them, but for the mail that names a server which is not set up rightly."""
    try:
        server_name(settings())
    except BadSetting:
        return [sample for sample in MailSample if sample is not MailSample.TEST]
    return list(MailSample)


def sample_mail(sample: MailSample, agency: Agency, today: date) -> SampleMail:
    """This mail as a person of this agency would read it about today, on a day on which such mails go out."""
    office = SampleOffice.on(agency, _day_of(sample, today), free_days_of(agency))
    reader, write = WRITERS[sample]
    return SampleMail(reader(office).name, write(office))


def _day_of(sample: MailSample, today: date) -> date:
    if sample is MailSample.WEEKLY:
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if sample is MailSample.MONTHLY else today


def _invitation(office: SampleOffice) -> Message:
    return messages.invitation(office.officer, office.today, office.coordinator, office.coordinator)


def _assigned(office: SampleOffice) -> Message:
    news = [News(NoticeKind.ASSIGNED, office.officer, office.task(1, ONLINE, 120))]
    return event(office.officer, news, office.today, office.coordinator, has_calendar=True)


def _reminder(office: SampleOffice) -> Message:
    tasks = office.task(1, ONLINE, 30), office.task(2, MANUAL, 30)
    due = Sections(due=[office.line(task, Trigger.BEFORE_DUE) for task in tasks])
    return daily(office.officer, due, Figures(), office.today, office.coordinator, has_calendar=True)


def _unassigned(office: SampleOffice) -> Message:
    task = office.task(1, ONLINE, 14, has_officer=False)
    due = Sections(due=[office.line(task, Trigger.BEFORE_DUE, Capacity.SECTION_HEAD)])
    return daily(office.head, due, Figures(), office.today, office.coordinator)


def _overdue(office: SampleOffice) -> Message:
    due = Sections(due=[office.line(office.task(1, ONLINE, -1), Trigger.OVERDUE)])
    return daily(office.officer, due, Figures(), office.today, office.coordinator)


def _escalation(office: SampleOffice) -> Message:
    task = office.task(1, ONLINE, -7)
    escalated = Sections(escalated=[office.line(task, Trigger.ESCALATE_TO_DIRECTOR, Capacity.DIRECTOR)])
    figures = Figures(reported_at={task.id: office.now - timedelta(days=40)})
    return daily(office.director, escalated, figures, office.today, office.coordinator)


def _awaiting(office: SampleOffice) -> Message:
    waiting = [office.waiting(office.task(1, ONLINE, 9), 1), office.waiting(office.task(2, MANUAL, 20), 1)]
    return daily(office.director, Sections(waiting=waiting), Figures(), office.today, office.coordinator)


def _slow_decision(office: SampleOffice) -> Message:
    task = office.task(1, ONLINE, 9)
    slow = Sections(waiting=[office.waiting(task, 7)], slow=frozenset({task.id}))
    return daily(office.director, slow, Figures(), office.today, office.coordinator)


def _returned(office: SampleOffice) -> Message:
    task = office.task(1, GIFTS, 20)
    version = office.decided(task, DecisionKind.RETURN, _("ขอแนบประกาศฉบับลงนาม และระบุวันที่ประกาศ"))
    return event(
        office.officer, [News(NoticeKind.RETURNED, office.officer, task, version)], office.today, office.coordinator
    )


def _approved(office: SampleOffice) -> Message:
    tasks = office.task(1, GIFTS, 20, is_done=True), office.task(2, ETHICS, 20, is_done=True)
    news = [
        News(NoticeKind.APPROVED, office.officer, task, office.decided(task, DecisionKind.APPROVE)) for task in tasks
    ]
    return event(office.officer, news, office.today, office.coordinator)


def _weekly(office: SampleOffice) -> Message:
    sections = Sections(weekly=Capacity.COORDINATOR)
    return daily(office.coordinator, sections, Figures(weekly=_year(office)), office.today, office.coordinator)


def _monthly(office: SampleOffice) -> Message:
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


def _chase(office: SampleOffice) -> Message:
    late = AskedTask(office.row(office.task(1, ONLINE, -3)), ChaseReason.OVERDUE, Capacity.OFFICER)
    silent = AskedTask(office.row(office.task(2, MANUAL, 60)), ChaseReason.SILENT, Capacity.OFFICER)
    note = _("ขอสรุปผลก่อนการประชุมวันศุกร์")
    asked = Asking([late, silent], office.coordinator, office.now, note)
    return asking(office.officer, asked, office.today, office.coordinator)


def _acting(office: SampleOffice) -> Message:
    news = [News(NoticeKind.ACTING_STARTS, office.head, order=office.order)]
    return event(office.head, news, office.today, office.coordinator)


def _window(office: SampleOffice) -> Message:
    window = AssessmentWindow(
        year=office.plan.year,
        kind=AssessmentWindowKind.OIT_UPLOAD,
        starts_on=office.today - timedelta(days=16),
        ends_on=office.today + timedelta(days=14),
    )
    return daily(office.coordinator, Sections(windows=[window]), Figures(), office.today, office.coordinator)


def _test(office: SampleOffice) -> Message:
    return messages.trial(office.coordinator, office.now)


def _anchor(office: SampleOffice) -> Message:
    fingerprint = sha256(b"a sample").hexdigest()
    moment = office.now.astimezone(UTC).isoformat(timespec="seconds")
    return messages.anchor(office.auditor, Anchor(office.agency.code, 1204, fingerprint, moment))


WRITERS: Mapping[MailSample, tuple[Callable[[SampleOffice], User], Callable[[SampleOffice], Message]]] = {
    MailSample.INVITE: (lambda office: office.officer, _invitation),
    MailSample.ASSIGNED: (lambda office: office.officer, _assigned),
    MailSample.REMINDER: (lambda office: office.officer, _reminder),
    MailSample.UNASSIGNED: (lambda office: office.head, _unassigned),
    MailSample.OVERDUE: (lambda office: office.officer, _overdue),
    MailSample.ESCALATION: (lambda office: office.director, _escalation),
    MailSample.AWAITING: (lambda office: office.director, _awaiting),
    MailSample.SLOW_DECISION: (lambda office: office.director, _slow_decision),
    MailSample.CHASE: (lambda office: office.officer, _chase),
    MailSample.RETURNED: (lambda office: office.officer, _returned),
    MailSample.APPROVED: (lambda office: office.officer, _approved),
    MailSample.WEEKLY: (lambda office: office.coordinator, _weekly),
    MailSample.MONTHLY: (lambda office: office.executive, _monthly),
    MailSample.ACTING: (lambda office: office.head, _acting),
    MailSample.WINDOW: (lambda office: office.coordinator, _window),
    MailSample.TEST: (lambda office: office.coordinator, _test),
    MailSample.ANCHOR: (lambda office: office.auditor, _anchor),
}
"""To whom each is written, and what it says."""
