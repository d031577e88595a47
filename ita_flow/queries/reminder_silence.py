"""Why there is no mail about reminders that day: the most telling first, and when the next one comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ita_flow.domain.calendar import SATURDAY, bangkok_day, is_working_day, next_working_day
from ita_flow.domain.reminder_answers import Fact, Told
from ita_flow.domain.reminder_ledger import LedgerState
from ita_flow.domain.reminders import ABOUT_DUE_DATES, ESCALATIONS, WhyNot, occasions_of
from ita_flow.domain.states import CLOSED, WorkStatus
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import User
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.addressees import addressed, responsible_for
from ita_flow.queries.holidays import name_of_holiday
from ita_flow.queries.reminder_facts import TaskFacts
from ita_flow.queries.reminder_rows import LedgerRow
from ita_flow.queries.reminder_rules import rules_of
from ita_flow.queries.reminder_search import Search


class Silence:
    """The reasons, out of what a search has read. ``rows``: what stands in the ledger for the person that day."""

    def __init__(self, search: Search, rows: Sequence[LedgerRow]) -> None:
        asked = search.question
        self._search, self._rows, self._facts = search, rows, search.facts
        self._person, self._task, self._day = asked.person, asked.task, asked.day
        self._about = [row for row in rows if asked.is_about(row)]

    def reasons(self) -> Iterator[Told]:
        found = list(self._of_the_rows()) or list(self._of_the_person()) or list(self._of_the_task())
        if not self._about and any(row.state is LedgerState.SENT for row in self._rows):
            yield Told(Fact.OTHER_MAIL)
        yield from found or [self._of_the_day()]
        yield from self._before()
        yield from self._after()

    def _of_the_rows(self) -> Iterator[Told]:
        """What stands behind the lines of the ledger, which are told by themselves."""
        for row in self._about:
            if any(line.why_not is WhyNot.DECLINED for line in row.lines):
                yield Told(Fact.DECLINED)
            elif row.state is LedgerState.SUPERSEDED:
                yield from self._told_instead(row)
            else:
                yield from self._of_the_task()

    def _told_instead(self, row: LedgerRow) -> Iterator[Told]:
        tasks = [line.task.id for line in row.lines if line.task]
        is_later = OutboxMessage.speaks_on >= self._day
        day = self._search.day_of_a_mail(Reminder.task_id.in_(tasks), is_later)
        if day:
            yield Told(Fact.TOLD_IN, {"day": day})

    def _of_the_person(self) -> Iterator[Told]:
        if not is_working_day(self._day, self._facts.free_days):
            yield self._free_day()
        elif not self._person.is_active:
            yield Told(Fact.CLOSED, {"name": self._person.name})
        elif self._person.id not in self._facts.posts.in_office(self._day):
            yield Told(Fact.NO_POST, {"name": self._person.name, "day": self._day})

    def _free_day(self) -> Told:
        following = next_working_day(self._day, self._facts.free_days)
        if self._day.weekday() >= SATURDAY:
            return Told(Fact.WEEKEND, {"following": following})
        return Told(Fact.HOLIDAY, {"name": name_of_holiday(self._person.agency, self._day), "following": following})

    def _of_the_task(self) -> Iterator[Told]:
        if self._task is None:
            return
        found = list(_state_of(self._task, self._facts.tasks, self._day))
        if found:
            yield from found
        elif not self._facts.tasks and self._task.measure.plan.closed_at is None:
            yield Told(Fact.NOT_IN_FORCE)
        else:
            yield from self._of_the_duty(self._task)
            yield from self._rules_off(self._task)

    def _of_the_duty(self, task: Task) -> Iterator[Told]:
        responsible = [person for person, _capacity in responsible_for(task, self._facts.posts, self._day)]
        if self._person in responsible:
            return
        if self._person in self._above(task):
            yield Told(Fact.HEARS_WHEN_LATE)
        else:
            names = ", ".join(person.name for person in responsible)
            yield Told(Fact.NOT_THEIRS, {"name": self._person.name, "names": names})

    def _above(self, task: Task) -> Sequence[User]:
        told = (addressed(trigger, task, self._facts.posts, self._day) for trigger in ESCALATIONS)
        return [user for some in told for user, _capacity in some]

    def _rules_off(self, task: Task) -> Iterator[Told]:
        """Rules that would have spoken of the task that day, were they switched on."""
        for row in rules_of(self._person.agency):
            if not row.is_on and row.trigger in ABOUT_DUE_DATES:
                occasions = occasions_of(row.rule, task.due_on)
                if any(one.planned_for(self._facts.free_days) == self._day for one in occasions):
                    yield Told(Fact.RULE_OFF, {"rule": row.rule})

    def _of_the_day(self) -> Told:
        later = self._search.day_of_a_mail(Reminder.planned_for == self._day, OutboxMessage.speaks_on > self._day)
        if later is None:
            return Told(Fact.NOTHING_DUE, {"day": self._day})
        was_served = bool(self._rows) and not self._about
        return Told(Fact.AFTER_THE_MAIL if was_served else Fact.DID_NOT_RUN, {"day": self._day, "later": later})

    def _before(self) -> Iterator[Told]:
        if self._task:
            day = self._search.day_of_a_mail(OutboxMessage.speaks_on < self._day, newest=True)
            if day:
                yield Told(Fact.ALREADY_TOLD, {"day": day})

    def _after(self) -> Iterator[Told]:
        row = self._search.following()
        if row:
            line = self._search.question.lines_of(row)[0]
            yield Told(Fact.NEXT, {"day": row.send_on, "rule": line.occasion.rule})
        elif self._task and self._person.is_active:
            yield Told(Fact.NO_NEXT)


def _state_of(task: Task, known: Sequence[TaskFacts], day: date) -> Iterator[Told]:
    """Why nobody was to be reminded of the task that day, as far as it can still be seen."""
    closed_at = task.measure.plan.closed_at
    claimed_on, completed_on = task.claimed_done_on, task.completed_at and bangkok_day(task.completed_at)
    waiting = next((facts.waiting for facts in known), None)
    if task.work_status is WorkStatus.CANCELLED:
        yield Told(Fact.CANCELLED)
    elif completed_on and completed_on <= day:
        yield Told(Fact.DONE, {"day": completed_on})
    elif claimed_on and claimed_on <= day:
        yield Told(Fact.SUBMITTED, {"day": claimed_on})
    elif waiting and task.work_status not in CLOSED and bangkok_day(waiting.submitted_at) <= day:
        yield Told(Fact.SUBMITTED, {"day": bangkok_day(waiting.submitted_at)})
    elif closed_at and bangkok_day(closed_at) <= day:
        yield Told(Fact.YEAR_CLOSED, {"day": bangkok_day(closed_at)})
