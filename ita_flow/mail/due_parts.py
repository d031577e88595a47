"""Tasks that come due or are overdue: for whoever is responsible, and for those above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from ita_flow.domain.calendar import bangkok_day, last_working_day
from ita_flow.domain.reminders import Capacity, Section
from ita_flow.domain.states import TaskState
from ita_flow.free_days import FreeDays
from ita_flow.i18n import weekday_date
from ita_flow.mail.parts import Item, Page, Part, to_see
from ita_flow.models.tasks import Task
from ita_flow.queries.mail_of_the_day import Line
from ita_flow.wording import daily_mail as words
from ita_flow.wording.labels import label_of
from ita_flow.wording.letters import polite_name
from ita_flow.wording.reminders import days_left_words, deadline_sentence, steps_words


def due_parts(lines: Sequence[Line], today: date, free_days: FreeDays) -> Iterator[Part]:
    """What is overdue and what comes due; within each, one's own before what nobody is responsible for."""
    subject = _subject(lines, today)
    own = [line for line in lines if line.capacity is Capacity.OFFICER]
    for section, some in _by_lateness(lines, today):
        for capacity, told in groupby(sorted(some, key=_own_first), key=lambda line: line.capacity):
            chosen = list(told)
            yield Part(
                section=section,
                capacity=capacity,
                subject=subject,
                sentence=_sentence(chosen, section, capacity, today),
                page=_form(own) if capacity is Capacity.OFFICER else _page_without_officer(chosen, capacity),
                items=[_item(line, today, free_days) for line in chosen],
            )


def _subject(lines: Sequence[Line], today: date) -> str:
    days = sorted((line.task.due_on - today).days for line in lines)
    if not days:
        return ""
    if all(line.capacity is not Capacity.OFFICER for line in lines):
        return words.nobody_subject(days[0], len(days))
    most_urgent = days.count(days[0])
    return words.due_subject(days[0], most_urgent, len(days) - most_urgent)


def _by_lateness(lines: Sequence[Line], today: date) -> Iterator[tuple[Section, Sequence[Line]]]:
    """By the day of reading: a mail that had to wait may tell of a task that became late meanwhile."""
    overdue = [line for line in lines if line.task.due_on < today]
    coming = [line for line in lines if line.task.due_on >= today]
    return ((section, some) for section, some in ((Section.OVERDUE, overdue), (Section.REMINDER, coming)) if some)


def _own_first(line: Line) -> int:
    return list(Capacity).index(line.capacity)


def _sentence(lines: Sequence[Line], section: Section, capacity: Capacity, today: date) -> str:
    if capacity is not Capacity.OFFICER:
        return words.nobody_sentence(len(lines), capacity, is_overdue=section is Section.OVERDUE)
    if section is Section.OVERDUE:
        return words.overdue_sentence(len(lines))
    return words.due_sentence(len(lines), max((line.task.due_on - today).days for line in lines))


def _form(own: Sequence[Line]) -> Page:
    """The form of the task, or the list when there are several."""
    return Page(str(words.OPEN_FORM), f"/tasks/{own[0].task.id}/update" if len(own) == 1 else "/home")


def _page_without_officer(lines: Sequence[Line], capacity: Capacity) -> Page:
    """Where an officer is named; for those who may not, where they see what it is about."""
    year = max(line.task.measure.plan.year for line in lines)
    if capacity is Capacity.COORDINATOR:
        return Page(str(words.ASSIGN), f"/plans/{year}/assign")
    if len(lines) == 1:
        return to_see(lines[0].task)
    return Page(str(words.OPEN_UNASSIGNED), f"/tasks?year={year}{_of_one_division(lines)}&unfinished=1")


def _item(line: Line, today: date, free_days: FreeDays) -> Item:
    return task_item(line.task, line.state, today, free_days, is_own=line.capacity is Capacity.OFFICER)


def task_item(task: Task, told: TaskState, today: date, free_days: FreeDays, *, is_own: bool) -> Item:
    """A task with its due date and how far it is; whose it is stands there for those who do not do it."""
    working_day = last_working_day(task.due_on, free_days)
    state = steps_words(label_of(told), sum(step.is_done for step in task.steps), len(task.steps))
    return Item(
        title=task.measure.title,
        when=deadline_sentence(task.due_on, today),
        days_left=days_left_words((task.due_on - today).days) if task.due_on != today else "",
        last_working_day=weekday_date(working_day) if today <= working_day < task.due_on else None,
        notes=[state] if is_own else [task.unit.name, state],
    )


def escalation_part(lines: Sequence[Line], reported_at: Mapping[int, datetime], today: date) -> Part:
    """Overdue tasks as those above are told of them: facts, no blame."""
    divisions = {line.task.division.name for line in lines}
    division = divisions.pop() if len(divisions) == 1 else None
    most = max((today - line.task.due_on).days for line in lines)
    return Part(
        section=Section.ESCALATION,
        capacity=lines[0].capacity,
        subject=words.escalation_subject(most, len(lines), division),
        sentence=words.escalation_sentence(len(lines), division),
        page=_overdue_page(lines),
        items=[_escalated(line, reported_at.get(line.task.id), today) for line in lines],
    )


def _overdue_page(lines: Sequence[Line]) -> Page:
    if len(lines) == 1:
        return to_see(lines[0].task)
    year = max(line.task.measure.plan.year for line in lines)
    return Page(str(words.OPEN_TASKS), f"/tasks?year={year}{_of_one_division(lines)}&deadline=overdue")


def _of_one_division(lines: Sequence[Line]) -> str:
    divisions = {line.task.division_id for line in lines}
    return f"&division={divisions.pop()}" if len(divisions) == 1 else ""


def _escalated(line: Line, reported_at: datetime | None, today: date) -> Item:
    task = line.task
    officers = ", ".join(polite_name(officer.name) for officer in task.officers)
    reported_on = bangkok_day(reported_at) if reported_at else None
    return Item(
        title=task.measure.title,
        when=deadline_sentence(task.due_on, today),
        days_left=days_left_words((task.due_on - today).days),
        notes=[words.responsible(task.unit.name, officers), words.last_report(reported_on, label_of(line.state))],
    )
