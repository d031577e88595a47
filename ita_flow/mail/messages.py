"""What each mail says: one function a message, its text in ``templates/email/<message>/``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap

from ita_flow.config import settings
from ita_flow.domain.calendar import last_working_day
from ita_flow.free_days import FreeDays
from ita_flow.i18n import language_of, short_moment, weekday_date
from ita_flow.mail.carriers import server_name
from ita_flow.mail.links import masked_address
from ita_flow.mail.rendering import Message, render
from ita_flow.models.people import Membership, User
from ita_flow.queries.anchors import Anchor
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.mail_of_the_day import Line
from ita_flow.wording.invitations import duty_of
from ita_flow.wording.labels import label_of
from ita_flow.wording.posts import post_with_unit
from ita_flow.wording.reminders import days_left_words, deadline_sentence, greeting, introduction, reason

LETTERS_TOGETHER = 8
"""Of a hash that people compare by eye."""


@dataclass(frozen=True)
class _Item:
    """One task as the mail shows it."""

    title: str
    deadline: str
    days_left: str
    """Empty where the deadline says it already: today."""

    last_working_day: str | None
    """Only where nobody works on the due date, and it is still to come."""

    state: str
    done_steps: int
    steps: int


def reminder(recipient: User, lines: Sequence[Line], today: date, coordinator: User | None) -> Message:
    """What an officer reads of tasks that come due or are overdue; days are counted from ``today``."""
    with language_of(recipient):
        days = [(line.task.due_on - today).days for line in lines]
        return render(
            "reminder",
            agency=recipient.agency.name,
            greeting=greeting(recipient.name),
            items=[_item(line, today, free_days_of(recipient.agency)) for line in lines],
            most_urgent=days_left_words(min(days)),
            most_urgent_count=days.count(min(days)),
            introduction=introduction(days),
            link=_link(lines),
            reasons=_reasons(lines, today),
            coordinator=coordinator.name if coordinator else None,
        )


def invitation(recipient: User, today: date, inviter: User | None, coordinator: User | None) -> Message:
    """What a new person reads: who invites them to what, and the link, masked, by which they set a password."""
    with language_of(recipient):
        return render(
            "invite",
            agency=recipient.agency.name,
            contact=recipient.agency.contact,
            greeting=greeting(recipient.name),
            inviter=inviter.name if inviter else None,
            posts=[_post(one) for one in recipient.memberships if one.ends_on is None or today <= one.ends_on],
            email=recipient.email,
            link=masked_address(),
            coordinator=coordinator.name if coordinator else None,
        )


def trial(recipient: User, at: datetime) -> Message:
    """What a person reads who asked whether mails arrive; ``at`` is the moment of the office."""
    with language_of(recipient):
        return render(
            "test",
            agency=recipient.agency.name,
            greeting=greeting(recipient.name),
            server=server_name(settings()),
            moment=short_moment(at),
            link=f"{settings().base_url}/admin/mail",
        )


def anchor(recipient: User, end: Anchor) -> Message:
    """What an auditor keeps: where the record of the agency ended at a moment."""
    with language_of(recipient):
        return render(
            "anchor",
            agency=recipient.agency.name,
            greeting=greeting(recipient.name),
            seq=f"{end.seq:,}",
            moment=short_moment(datetime.fromisoformat(end.at)),
            fingerprint=" ".join(wrap(end.hash, LETTERS_TOGETHER)),
            line=end.line(),
            link=f"{settings().base_url}/activity",
        )


def _item(line: Line, today: date, free_days: FreeDays) -> _Item:
    due_on = line.task.due_on
    working_day = last_working_day(due_on, free_days)
    return _Item(
        title=line.task.measure.title,
        deadline=deadline_sentence(due_on, today),
        days_left=days_left_words((due_on - today).days) if due_on != today else "",
        last_working_day=weekday_date(working_day) if today <= working_day < due_on else None,
        state=label_of(line.state),
        done_steps=sum(step.is_done for step in line.task.steps),
        steps=len(line.task.steps),
    )


def _post(membership: Membership) -> tuple[str, str]:
    """The post with its unit, and what its holder does here."""
    return post_with_unit(membership), duty_of(membership.role, membership.seat)


def _link(lines: Sequence[Line]) -> str:
    """The one page to open: the form of the task, or the list when there are several."""
    path = f"/tasks/{lines[0].task.id}/update" if len(lines) == 1 else "/home"
    return settings().base_url + path


def _reasons(lines: Sequence[Line], today: date) -> list[str]:
    """Why the mail came, each reason once."""
    return list(dict.fromkeys(reason(line.occasion, line.planned_for, today) for line in lines))
