"""A promised message as a letter for the wire: made when its turn comes, from what is true then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.notices import OPTION_OF, MailOption
from ita_flow.domain.permissions import Role
from ita_flow.mail import messages
from ita_flow.mail.calendar_files import FILE_NAME, calendar_file
from ita_flow.mail.chase_message import asking
from ita_flow.mail.daily_message import daily
from ita_flow.mail.event_message import event, is_optional
from ita_flow.mail.links import address_of, masked_address
from ita_flow.mail.rendering import Message
from ita_flow.mail.sender import address, sender_of, thread_of
from ita_flow.mail.unsubscribing import unsubscribe_address
from ita_flow.models.outbox import MessageKind, OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.queries.anchors import anchor_of
from ita_flow.queries.chase_mails import asking_of
from ita_flow.queries.mail_calendar import first_reminded, newly_due
from ita_flow.queries.mail_of_the_day import Sections, sections_of
from ita_flow.queries.notice_mails import news_of
from ita_flow.queries.outbox import coordinator_of, inviter_of, is_still_invited, message_with_recipient
from ita_flow.queries.summaries import figures_for


@dataclass(frozen=True)
class Written:
    """A message with what its envelope has to know of it."""

    message: Message
    tasks: frozenset[Task] = frozenset()
    """What it speaks of, if of nothing but tasks: letters about the same one are strung together."""

    dates: Sequence[Task] = ()
    """Whose due dates go with it as a file."""

    options: frozenset[MailOption] = frozenset()
    """What the reader could have less of; empty where they need some of it."""


Writer = Callable[[OutboxMessage, datetime, User | None], Written | None]


@dataclass(frozen=True)
class Letter:
    """A message with its envelope."""

    message: Message
    """As it is kept: without the secret that the letter may carry."""

    to: str
    envelope: EmailMessage
    opens_account_of: int | None = None
    """The person who sets a password by the link in it; the link is still masked."""

    def with_link(self, token: str) -> EmailMessage:
        """The envelope as it goes out, the link in it opened by this token."""
        message, envelope = self.message, deepcopy(self.envelope)
        text, html = (body.replace(masked_address(), address_of(token)) for body in (message.text, message.html))
        _write(envelope, replace(message, text=text, html=html))
        return envelope


def letter_of(message_id: int, now: datetime) -> Letter | None:
    """The letter as it goes out ``now`` (true clock); None when nothing of it is true any more."""
    promised = message_with_recipient(message_id)
    coordinator = coordinator_of(promised.recipient.agency, promised.day_spoken_of(now))
    written = WRITERS[promised.kind](promised, now, coordinator)
    if written is None:
        return None
    envelope = _envelope(promised, written, coordinator, now)
    opens = promised.recipient_id if promised.kind is MessageKind.INVITE else None
    return Letter(written.message, promised.recipient.email, envelope, opens)


def _reminder(promised: OutboxMessage, now: datetime, coordinator: User | None) -> Written | None:
    person, today = promised.recipient, promised.day_spoken_of(now)
    sections = sections_of(promised, today)
    if not sections:
        return None
    dates, figures = first_reminded(promised, sections, today), figures_for(person, sections, today)
    message = daily(person, sections, figures, today, coordinator, has_calendar=bool(dates))
    return Written(message, _tasks_of(sections), dates, _options_of(sections))


def _tasks_of(sections: Sections) -> frozenset[Task]:
    if sections.windows or sections.weekly or sections.is_monthly or sections.proposed:
        return frozenset()
    told = (line.task for line in (*sections.due, *sections.escalated))
    return frozenset((*told, *(one.task for one in sections.waiting)))


def _options_of(sections: Sections) -> frozenset[MailOption]:
    is_all_optional = sections.kinds <= OPTION_OF.keys()
    return frozenset(OPTION_OF[kind] for kind in sections.kinds) if is_all_optional else frozenset()


def _event(promised: OutboxMessage, now: datetime, coordinator: User | None) -> Written | None:
    person, today = promised.recipient, promised.day_spoken_of(now)
    news = news_of(promised, today)
    if not news:
        return None
    dates = newly_due(news, today)
    message = event(person, news, today, coordinator, has_calendar=bool(dates))
    tasks = () if any(one.task is None for one in news) else (one.task for one in news if one.task)
    return Written(message, frozenset(tasks), dates, frozenset({MailOption.APPROVED} if is_optional(news) else ()))


def _chase(promised: OutboxMessage, now: datetime, coordinator: User | None) -> Written | None:
    today = promised.day_spoken_of(now)
    asked = asking_of(promised, today)
    if asked is None:
        return None
    message = asking(promised.recipient, asked, today, coordinator)
    return Written(message, frozenset(one.task for one in asked.tasks))


def _invitation(promised: OutboxMessage, now: datetime, coordinator: User | None) -> Written | None:
    person = promised.recipient
    if not is_still_invited(person):
        return None
    return Written(messages.invitation(person, promised.day_spoken_of(now), inviter_of(person), coordinator))


def _test(promised: OutboxMessage, now: datetime, _coordinator: User | None) -> Written | None:
    if not promised.recipient.is_active:
        return None
    return Written(messages.trial(promised.recipient, _moment_of_the_office(now, promised.day_spoken_of(now))))


def _anchor(promised: OutboxMessage, now: datetime, _coordinator: User | None) -> Written | None:
    person, today = promised.recipient, promised.day_spoken_of(now)
    anchor = anchor_of(person.agency, _moment_of_the_office(now, today))
    if anchor is None or not person.is_active or not person.has_role_on(Role.AUDITOR, today):
        return None
    return Written(messages.anchor(person, anchor))


def _moment_of_the_office(now: datetime, today: date) -> datetime:
    """The same time of day on the day of the office, which a demo may have shifted."""
    return now + (today - bangkok_day(now))


WRITERS: Mapping[MessageKind, Writer] = {
    MessageKind.ANCHOR: _anchor,
    MessageKind.CHASE: _chase,
    MessageKind.EVENT: _event,
    MessageKind.INVITE: _invitation,
    MessageKind.REMINDER: _reminder,
    MessageKind.TEST: _test,
}


def _envelope(promised: OutboxMessage, written: Written, answers_to: User | None, now: datetime) -> EmailMessage:
    recipient = promised.recipient
    envelope = EmailMessage(policy=SMTP)
    envelope["From"] = sender_of(recipient.agency)
    envelope["To"] = address(recipient.name, recipient.email)
    if answers_to:
        envelope["Reply-To"] = address(answers_to.name, answers_to.email)
    envelope["Subject"] = written.message.subject
    envelope["Date"] = format_datetime(now)
    envelope["Message-ID"] = promised.message_id
    envelope["Auto-Submitted"] = "auto-generated"
    _string_together(envelope, recipient, written.tasks)
    _offer_less(envelope, recipient, written.options)
    _write(envelope, written.message)
    if written.dates:
        _attach(envelope, calendar_file(written.dates, now))
    return envelope


def _string_together(envelope: EmailMessage, recipient: User, tasks: frozenset[Task]) -> None:
    """Let mail programs show letters about one task as a conversation; nobody ever got its first letter."""
    if len(tasks) == 1:
        (task,) = tasks
        envelope["In-Reply-To"] = envelope["References"] = thread_of(task.id, recipient.agency)


def _offer_less(envelope: EmailMessage, recipient: User, options: frozenset[MailOption]) -> None:
    """A button of the mail program by which the reader has such mails less often, in one press."""
    if options:
        envelope["List-Unsubscribe"] = f"<{unsubscribe_address(recipient.id, options)}>"
        envelope["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _attach(envelope: EmailMessage, calendar: bytes) -> None:
    """Put the file beside the message, whose headers of content then stand inside."""
    method = {"method": "PUBLISH", "charset": "utf-8"}
    language = envelope["Content-Language"]
    envelope.add_attachment(calendar, "text", "calendar", cte="base64", filename=FILE_NAME, params=method)
    envelope["Content-Language"] = language


def _write(envelope: EmailMessage, message: Message) -> None:
    """Put the message in, in place of what was there."""
    envelope.clear_content()
    # Base64 keeps every line short and passes servers that know seven bits only.
    envelope.set_content(message.text, cte="base64")
    envelope.add_alternative(message.html, subtype="html", cte="base64")
    envelope["Content-Language"] = message.language.value
