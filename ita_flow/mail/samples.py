"""Each mail as it looks, written by the same functions as the real ones, of people and work that are invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from hashlib import sha256

from flask_babel import gettext as _

from ita_flow.config import BadSetting, settings
from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.mail_samples import MailSample
from ita_flow.domain.reminders import Capacity
from ita_flow.mail import messages, sample_days, sample_events
from ita_flow.mail.carriers import server_name
from ita_flow.mail.chase_message import asking
from ita_flow.mail.rendering import Message
from ita_flow.mail.sample_rows import MANUAL, ONLINE, SampleOffice
from ita_flow.models.people import Agency, User
from ita_flow.queries.anchors import Anchor
from ita_flow.queries.chase_mails import AskedTask, Asking
from ita_flow.queries.free_days import free_days_of


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


def _chase(office: SampleOffice) -> Message:
    late = AskedTask(office.row(office.task(1, ONLINE, -3)), ChaseReason.OVERDUE, Capacity.OFFICER)
    silent = AskedTask(office.row(office.task(2, MANUAL, 60)), ChaseReason.SILENT, Capacity.OFFICER)
    note = _("ขอสรุปผลก่อนการประชุมวันศุกร์")
    asked = Asking([late, silent], office.coordinator, office.now, note)
    return asking(office.officer, asked, office.today, office.coordinator)


def _test(office: SampleOffice) -> Message:
    return messages.trial(office.coordinator, office.now)


def _anchor(office: SampleOffice) -> Message:
    fingerprint = sha256(b"a sample").hexdigest()
    moment = office.now.astimezone(UTC).isoformat(timespec="seconds")
    return messages.anchor(office.auditor, Anchor(office.agency.code, 1204, fingerprint, moment))


WRITERS: Mapping[MailSample, tuple[Callable[[SampleOffice], User], Callable[[SampleOffice], Message]]] = {
    MailSample.INVITE: (lambda office: office.officer, _invitation),
    MailSample.ASSIGNED: (lambda office: office.officer, sample_events.assigned),
    MailSample.REMINDER: (lambda office: office.officer, sample_days.reminder),
    MailSample.UNASSIGNED: (lambda office: office.head, sample_days.unassigned),
    MailSample.OVERDUE: (lambda office: office.officer, sample_days.overdue),
    MailSample.ESCALATION: (lambda office: office.director, sample_days.escalation),
    MailSample.AWAITING: (lambda office: office.director, sample_days.awaiting),
    MailSample.SLOW_DECISION: (lambda office: office.director, sample_days.slow_decision),
    MailSample.CHASE: (lambda office: office.officer, _chase),
    MailSample.RETURNED: (lambda office: office.officer, sample_events.returned),
    MailSample.APPROVED: (lambda office: office.officer, sample_events.approved),
    MailSample.ASKED_FOR_LATER: (lambda office: office.director, sample_events.asked_for_later),
    MailSample.EXTENDED: (lambda office: office.officer, sample_events.extended),
    MailSample.CANCELLED: (lambda office: office.officer, sample_events.cancelled),
    MailSample.REOPENED: (lambda office: office.officer, sample_events.reopened),
    MailSample.PROPOSED: (lambda office: office.executive, sample_events.proposed),
    MailSample.NOT_ACCEPTED: (lambda office: office.coordinator, sample_events.not_accepted),
    MailSample.IN_FORCE: (lambda office: office.coordinator, sample_events.in_force),
    MailSample.WEEKLY: (lambda office: office.coordinator, sample_days.weekly),
    MailSample.MONTHLY: (lambda office: office.executive, sample_days.monthly),
    MailSample.ACTING: (lambda office: office.head, sample_events.acting),
    MailSample.WINDOW: (lambda office: office.coordinator, sample_days.window),
    MailSample.TEST: (lambda office: office.coordinator, _test),
    MailSample.ANCHOR: (lambda office: office.auditor, _anchor),
}
"""To whom each is written, and what it says."""
