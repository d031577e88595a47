"""What each mail says: one function a message, its text in ``templates/email/<message>/``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app

from ita_flow.config import settings
from ita_flow.domain.calendar import last_working_day
from ita_flow.free_days import free_days_around
from ita_flow.i18n import NO_BREAK, language_of, weekday_date
from ita_flow.models.people import User
from ita_flow.queries.outbox import Line
from ita_flow.wording.labels import label_of
from ita_flow.wording.reminders import days_left_words, deadline_sentence, greeting, introduction, reason


@dataclass(frozen=True)
class Message:
    """A mail in words, in the recipient's language."""

    subject: str
    text: str
    html: str


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
        return _render(
            "reminder",
            agency=recipient.agency.name,
            greeting=greeting(recipient.name),
            items=[_item(line, today) for line in lines],
            most_urgent=days_left_words(min(days)),
            most_urgent_count=days.count(min(days)),
            introduction=introduction(days),
            link=_link(lines),
            reasons=_reasons(lines, today),
            coordinator=coordinator.name if coordinator else None,
        )


def _item(line: Line, today: date) -> _Item:
    due_on = line.task.due_on
    working_day = last_working_day(due_on, free_days_around(due_on))
    return _Item(
        title=line.task.measure.title,
        deadline=deadline_sentence(due_on, today),
        days_left=days_left_words((due_on - today).days) if due_on != today else "",
        last_working_day=weekday_date(working_day) if today <= working_day < due_on else None,
        state=label_of(line.state),
        done_steps=sum(step.is_done for step in line.task.steps),
        steps=len(line.task.steps),
    )


def _link(lines: Sequence[Line]) -> str:
    """The one page to open: the form of the task, or the list when there are several."""
    path = f"/tasks/{lines[0].task.id}/update" if len(lines) == 1 else "/home"
    return settings().base_url + path


def _reasons(lines: Sequence[Line], today: date) -> list[str]:
    """Why the mail came, each reason once."""
    return list(dict.fromkeys(reason(line.rule, line.task.due_on, line.planned_for, today) for line in lines))


def _render(message: str, **values: object) -> Message:
    templates = current_app.jinja_env
    subject, text, html = (
        templates.get_template(f"email/{message}/{part}").render(**values)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Message(_plain(subject).strip(), _plain(text).strip() + "\n", html)


def _plain(text: str) -> str:
    """Text without spaces that only a browser needs."""
    return text.replace(NO_BREAK, " ")
