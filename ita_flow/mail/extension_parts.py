"""Later due dates that were granted, as a mail tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.notices import NoticeKind
from ita_flow.free_days import FreeDays
from ita_flow.mail.event_items import EventItem, EventPart, task_of, tasks_of, to_see_all
from ita_flow.queries.notice_mails import News
from ita_flow.wording import extension_notices as words
from ita_flow.wording.notices import due_words, last_working_day_words


def extended(is_own: bool, news: Sequence[News], today: date, free_days: FreeDays) -> EventPart:
    tasks = tasks_of(news)
    return EventPart(
        NoticeKind.EXTENDED,
        is_own,
        subject=words.extended_subject([task.measure.title for task in tasks], [task.due_on for task in tasks]),
        sentence=words.extended_sentence(len(tasks)),
        page=to_see_all(tasks, is_own),
        items=[_item(one, today, free_days) for one in news],
    )


def _item(one: News, today: date, free_days: FreeDays) -> EventItem:
    task = task_of(one)
    lines = [due_words(task.due_on, today)]
    working_day = last_working_day(task.due_on, free_days)
    if today <= working_day < task.due_on:
        lines.append(last_working_day_words(working_day))
    if one.proposal and one.proposal.due_before:
        lines.append(words.due_before_words(one.proposal.due_before))
    return EventItem(task.measure.title, lines)
