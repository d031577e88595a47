"""The one mail of a working day: its parts by urgency, the greeting, and why it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ita_flow.domain.notices import OPTION_OF
from ita_flow.domain.reminders import Capacity
from ita_flow.free_days import FreeDays
from ita_flow.i18n import language_of
from ita_flow.mail.addressing import salutation_of, seats_spoken_to
from ita_flow.mail.decision_parts import awaiting_part, slow_part
from ita_flow.mail.due_parts import due_parts, escalation_part
from ita_flow.mail.parts import Page, Part
from ita_flow.mail.rendering import Message, render
from ita_flow.mail.summary_parts import monthly_part, weekly_part, windows_part
from ita_flow.models.people import User
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.queries.summaries import Figures
from ita_flow.wording.daily_mail import as_what_words
from ita_flow.wording.letters import OPEN_CHOICES, WITH_CALENDAR, questions_to
from ita_flow.wording.reminders import USUAL_REASONS, reason

MOST_IN_FULL = 12
"""So many items stand on the page with all that is known of them; of more, each takes two lines."""


def daily(
    recipient: User,
    sections: Sections,
    figures: Figures,
    today: date,
    coordinator: User | None,
    *,
    has_calendar: bool = False,
) -> Message:
    """What a person reads in the morning; days are counted from ``today``.

    ``sections`` say something. ``has_calendar``: the due dates go with the letter as a file.
    """
    with language_of(recipient):
        parts = _with_each_page_once(_parts(sections, figures, today, free_days_of(recipient.agency)))
        return render(
            "reminder",
            agency=recipient.agency.name,
            greeting=salutation_of(recipient, today, seats_spoken_to(sections)),
            subject=parts[0].subject,
            parts=parts,
            has_headings=len(parts) > 1,
            page=parts[0].page,
            is_long=sum(len(part.items) for part in parts) > MOST_IN_FULL,
            asks_for_reports=any(line.capacity is Capacity.OFFICER for line in sections.due),
            with_calendar=WITH_CALENDAR if has_calendar else None,
            as_what=as_what_words(part.capacity for part in parts),
            reasons=list(_reasons(sections, parts, today)),
            choices=_choices(parts),
            questions=questions_to(coordinator.name) if coordinator and coordinator is not recipient else None,
        )


def _parts(sections: Sections, figures: Figures, today: date, free_days: FreeDays) -> Iterator[Part]:
    """The most urgent first: see ``Section``."""
    yield from due_parts(sections.due, today, free_days)
    if sections.escalated:
        yield escalation_part(sections.escalated, figures.reported_at, today)
    slow = [one for one in sections.waiting if one.task.id in sections.slow]
    if slow:
        yield slow_part(slow, today)
    if len(slow) < len(sections.waiting) or sections.proposed:
        yield awaiting_part(sections.waiting, slow, sections.proposed, today, free_days)
    if sections.windows:
        yield windows_part(sections.windows, today, free_days)
    if sections.weekly and figures.weekly:
        yield weekly_part(figures.weekly, sections.weekly, today)
    if figures.monthly:
        yield monthly_part(figures.monthly, today)


def _with_each_page_once(parts: Iterable[Part]) -> list[Part]:
    shown: list[Part] = []
    for part in parts:
        is_repeated = part.page in [before.page for before in shown]
        shown.append(replace(part, page=None) if is_repeated else part)
    return shown


def _reasons(sections: Sections, parts: Sequence[Part], today: date) -> Iterator[str]:
    """Which rules speak, each once."""
    first = {line.rule: line for line in reversed((*sections.due, *sections.escalated))}
    yield from (reason(line.occasion, line.planned_for, today) for line in reversed(first.values()))
    yield from (str(USUAL_REASONS[part.section]) for part in parts if part.section in USUAL_REASONS)


def _choices(parts: Sequence[Part]) -> Page | None:
    """Where the reader may have fewer mails, if some of this one may be left out."""
    is_optional = any(part.section in OPTION_OF for part in parts)
    return Page(str(OPEN_CHOICES), "/account/notifications") if is_optional else None
