"""Tasks that were cancelled, or opened again, as a mail tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ita_flow.domain.notices import NoticeKind
from ita_flow.free_days import FreeDays
from ita_flow.mail.event_items import EventItem, EventPart, task_of, tasks_of, to_see_all
from ita_flow.queries.notice_mails import News
from ita_flow.wording import ending_notices as words
from ita_flow.wording.notices import due_words, responsible_words


def cancelled(is_own: bool, news: Sequence[News], _today: date, _free_days: FreeDays) -> EventPart:
    tasks = tasks_of(news)
    return EventPart(
        NoticeKind.CANCELLED,
        is_own,
        subject=words.cancelled_subject([task.measure.title for task in tasks]),
        sentence=words.cancelled_sentence(len(tasks), is_own=is_own),
        page=to_see_all(tasks, is_own),
        items=[EventItem(task_of(one).measure.title, _who(one), one.reason) for one in news],
    )


def reopened(is_own: bool, news: Sequence[News], today: date, _free_days: FreeDays) -> EventPart:
    tasks = tasks_of(news)
    return EventPart(
        NoticeKind.REOPENED,
        is_own,
        subject=words.reopened_subject([task.measure.title for task in tasks], min(task.due_on for task in tasks)),
        sentence=words.reopened_sentence(len(tasks), is_own=is_own),
        page=to_see_all(tasks, is_own),
        items=[_opened(one, today) for one in news],
    )


def _opened(one: News, today: date) -> EventItem:
    task = task_of(one)
    return EventItem(task.measure.title, [due_words(task.due_on, today), *_who(one)], one.reason)


def _who(one: News) -> list[str]:
    """Whose task it is, where the reader does not do it."""
    officers = task_of(one).officers
    return [responsible_words([officer.name for officer in officers])] if officers and not one.is_own else []
