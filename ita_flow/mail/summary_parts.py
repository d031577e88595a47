"""How the year stands, week by week and month by month, and which windows of the assessment are about to close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.reminders import Capacity, Section
from ita_flow.domain.states import TaskState
from ita_flow.free_days import FreeDays
from ita_flow.i18n import short_month, weekday_date
from ita_flow.mail.decision_parts import MOST_LISTED
from ita_flow.mail.parts import Item, Page, Part
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.queries.summaries import Summary
from ita_flow.queries.task_row import TaskRow
from ita_flow.wording import summaries as words
from ita_flow.wording.labels import label_of
from ita_flow.wording.reminders import days_left_words, deadline_sentence


def windows_part(windows: Sequence[AssessmentWindow], today: date, free_days: FreeDays) -> Part:
    """The windows that close soon, the first of them in the subject."""
    first = windows[0]
    return Part(
        section=Section.WINDOW,
        capacity=Capacity.COORDINATOR,
        subject=words.window_subject(first.kind, first.ends_on, today),
        sentence=words.windows_sentence(len(windows)),
        page=_page_of(first),
        items=[_window(window, today, free_days) for window in windows],
    )


def _page_of(window: AssessmentWindow) -> Page:
    """The page that holds what is to be entered."""
    if window.kind is AssessmentWindowKind.OIT_UPLOAD:
        return Page(str(words.OPEN_PLAN), f"/plans/{window.year}")
    return Page(str(words.OPEN_EVIDENCE), f"/tasks?year={window.year}")


def _window(window: AssessmentWindow, today: date, free_days: FreeDays) -> Item:
    working_day = last_working_day(window.ends_on, free_days)
    return Item(
        title=words.window_name(window.kind, window.year),
        when=words.window_days(window.starts_on, window.ends_on, today),
        days_left=words.window_left(window.ends_on, today),
        last_working_day=weekday_date(working_day) if today <= working_day < window.ends_on else None,
        notes=[str(words.WHAT_TO_ENTER[window.kind])],
    )


def weekly_part(summary: Summary, capacity: Capacity, today: date) -> Part:
    """Counts, then what is overdue or due within a fortnight."""
    tally, pressing, known = summary.tally, summary.pressing, summary.everything
    division = " · ".join(unit.name for unit in summary.divisions) or None
    return Part(
        section=Section.WEEKLY,
        capacity=capacity,
        subject=words.weekly_subject(tally.done, tally.total, known.overdue, known.due_soon),
        sentence=words.summary_sentence(today, tally.done, tally.total, division),
        page=_page_of_the_year(summary),
        counts=[
            words.summary_counts(known.overdue, known.due_soon, summary.waiting),
            *([] if pressing else [str(words.NOTHING_PRESSING), *_next(summary, today)]),
        ],
        items=[_pressing(row, today) for row in pressing[:MOST_LISTED]],
        others=len(pressing[MOST_LISTED:]),
    )


def _next(summary: Summary, today: date) -> list[str]:
    """What comes due next, if anything does."""
    coming = summary.next_due(today)
    return [words.what_is_next(coming[1], coming[0])] if coming else []


def _page_of_the_year(summary: Summary) -> Page:
    if len(summary.divisions) == 1:
        path = f"/tasks?year={summary.year}&division={summary.divisions[0].id}"
        return Page(str(words.OPEN_DIVISION), path)
    return Page(str(words.OPEN_DASHBOARD), f"/dashboard?year={summary.year}")


def _pressing(row: TaskRow, today: date) -> Item:
    return Item(
        title=row.measure.title,
        when=deadline_sentence(row.due_on, today),
        days_left=days_left_words((row.due_on - today).days) if row.due_on != today else "",
        notes=[f"{row.task.unit.name} · {label_of(row.state)}"],
    )


def monthly_part(summary: Summary, today: date) -> Part:
    """One sentence and four figures for whoever heads the agency."""
    tally, due = summary.tally, summary.come_due(today)
    done = sum(row.state is TaskState.DONE for row in due)
    month = short_month(today.replace(day=1) - timedelta(days=1))
    return Part(
        section=Section.MONTHLY,
        capacity=Capacity.EXECUTIVE,
        subject=words.monthly_subject(month, tally.done, tally.total),
        sentence=words.monthly_sentence(today, tally.done, tally.total),
        page=Page(str(words.OPEN_DASHBOARD), f"/dashboard?year={summary.year}"),
        counts=[
            words.come_due(len(due), done),
            words.overdue_and_waiting(tally.overdue, summary.waiting),
            *_next(summary, today),
        ],
    )
