"""Who is reminded of what on a day: the rules, applied to the facts. Nothing here is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from ita_flow.domain.calendar import FiscalYear, bangkok_day, is_working_day, next_working_day
from ita_flow.domain.notices import OPTION_OF
from ita_flow.domain.permissions import Role
from ita_flow.domain.reminders import (
    MONDAY,
    TO_THE_RESPONSIBLE,
    Capacity,
    Choice,
    Occasion,
    Outcome,
    Rule,
    Trigger,
    WhyNot,
    choose,
    come_by,
    slow_occasion,
    summary_occasion,
)
from ita_flow.domain.states import CLOSED
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Agency, User
from ita_flow.models.reminders import ReminderRule
from ita_flow.models.tasks import Task
from ita_flow.queries.addressees import addressed
from ita_flow.queries.due_reminders import DueReminder, ExpectedMail
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.reminder_facts import TaskFacts, facts_of
from ita_flow.queries.reminder_forecast import Forecast

DueByPerson = dict[User, list[DueReminder]]


def due_on(agency: Agency, today: date) -> DueByPerson:
    """What is due in the agency today and not yet in the ledger, by recipient; nothing on a free day."""
    if not is_working_day(today, free_days_of(agency)):
        return {}
    return due_by(Forecast(facts_of(agency, today, today)), today)


def due_by(forecast: Forecast, day: date) -> DueByPerson:
    """What is due on that day, after all that was foretold for the days before."""
    due: DueByPerson = defaultdict(list)
    if is_working_day(day, forecast.facts.free_days):
        for reminder in _Morning(forecast, day).due():
            due[reminder.recipient].append(reminder)
    return due


def expected_mails(agency: Agency, first_day: date, last_day: date) -> list[ExpectedMail]:
    """The mails of these days if nobody reports, decides, moves or changes anything meanwhile."""
    return foretold(Forecast(facts_of(agency, first_day, last_day)), first_day, last_day)


def foretold(forecast: Forecast, first_day: date, last_day: date) -> list[ExpectedMail]:
    """The mails of these days, one after the other; what each says is noted in the forecast."""
    expected = []
    for number in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=number)
        for recipient, due in due_by(forecast, day).items():
            if (recipient.id, day) not in forecast.facts.served:
                spoken = tuple(reminder for reminder in due if reminder.is_spoken)
                expected += [ExpectedMail(day, recipient, spoken)] if spoken else []
                for reminder in due:
                    forecast.note(reminder)
    return expected


class _Morning:
    """The rules on one working day."""

    def __init__(self, forecast: Forecast, day: date) -> None:
        self._forecast, self._facts, self._day = forecast, forecast.facts, day

    def due(self) -> Iterator[DueReminder]:
        for facts in self._facts.tasks:
            yield from self._about_unsettled(facts)
        yield from self._slow_decisions()
        yield from self._awaiting()
        for window in self._facts.windows:
            yield from self._about_window(window)
        yield from self._weekly()
        yield from self._monthly()

    def _about_unsettled(self, facts: TaskFacts) -> Iterator[DueReminder]:
        """Nothing again about a task of which all was said, until more has come or somebody else is in office."""
        if not self._forecast.is_settled(facts.task, self._day):
            found = list(self._about_task(facts, self._forecast.come_by(facts.task.due_on, self._day)))
            if not found:
                self._forecast.settle(facts.task, self._day)
            yield from found

    def _about_task(self, facts: TaskFacts, occasions_come: Iterable[Occasion]) -> Iterator[DueReminder]:
        task, rows = facts.task, self._facts.about_due_dates
        come: dict[User, dict[Occasion, Capacity]] = defaultdict(dict)
        for occasion in occasions_come:
            for person, capacity in addressed(occasion.rule.trigger, task, self._facts.posts, self._day):
                come[person].setdefault(occasion, capacity)
        for person, occasions in come.items():
            recorded = self._forecast.said((person.id, task.id, 0, task.due_version))
            said = self._said_of(facts, occasions, recorded)
            for occasion, outcome in said.items():
                line = self._line(person, occasions[occasion], rows[occasion.rule], occasion, outcome=outcome)
                why_not = facts.why_not if outcome is Outcome.SUPPRESSED else None
                yield replace(line, why_not=why_not, task=task, due_version=task.due_version)

    def _said_of(self, facts: TaskFacts, come: Iterable[Occasion], recorded: Set[Occasion]) -> dict[Occasion, Outcome]:
        if facts.why_not is None:
            return _outcomes(choose(come, recorded))
        return {one: Outcome.SUPPRESSED for one in come if one not in recorded and _is_noted(one, facts)}

    def _slow_decisions(self) -> Iterator[DueReminder]:
        for rule, row in self._facts.rule_rows(Trigger.SLOW_DECISION).items():
            for person, tasks in self._awaiting_today.items():
                for facts in tasks:
                    occasion = self._slow(rule, facts)
                    if occasion.on <= self._day and not self._heard_of_it(person, rule, facts):
                        yield self._line(person, Capacity.DECIDER, row, occasion, task=facts.task)

    def _slow(self, rule: Rule, facts: TaskFacts) -> Occasion:
        version = facts.waiting
        turn = version.seat_to_decide if version else None
        assert version
        assert turn
        since = bangkok_day(version.waiting_since)
        return slow_occasion(rule, since, turn.days_allowed, self._facts.free_days)

    def _heard_of_it(self, person: User, rule: Rule, facts: TaskFacts) -> bool:
        """Whether the person was told of this wait, be it for another day: a holiday that is changed moves the day."""
        assert facts.waiting
        since = bangkok_day(facts.waiting.waiting_since)
        said = self._forecast.said((person.id, facts.task.id, 0, 0))
        return any(one.rule == rule and one.on > since for one in said)

    def _awaiting(self) -> Iterator[DueReminder]:
        for rule, row in self._facts.rule_rows(Trigger.AWAITING).items():
            for person in dict.fromkeys((*self._awaiting_today, *self._facts.proposed_to(self._day))):
                yield from self._unless_said(person, Capacity.DECIDER, row, Occasion(rule, self._day))

    @cached_property
    def _awaiting_today(self) -> dict[User, list[TaskFacts]]:
        return {person: list(tasks) for person, tasks in self._facts.awaiting_on(self._day).items()}

    def _about_window(self, window: AssessmentWindow) -> Iterator[DueReminder]:
        rows = self._facts.rule_rows(Trigger.WINDOW)
        come = come_by(rows, window.ends_on, self._day, self._facts.free_days)
        if window.ends_on < self._day:
            return
        for person in self._facts.posts.with_role(Role.COORDINATOR, self._day):
            recorded = self._forecast.said((person.id, 0, window.id, window.version))
            for occasion, outcome in _outcomes(choose(come, recorded)).items():
                row = rows[occasion.rule]
                yield self._line(person, Capacity.COORDINATOR, row, occasion, outcome=outcome, window=window)

    def _weekly(self) -> Iterator[DueReminder]:
        return self._summary(Trigger.WEEKLY, self._forecast.readers_of_the_week(self._day))

    def _monthly(self) -> Iterator[DueReminder]:
        """About the fiscal year in which the month fell that is over."""
        year = FiscalYear.containing(self._day.replace(day=1) - timedelta(days=1)).buddhist_year
        return self._summary(Trigger.MONTHLY, self._forecast.readers_of_the_month(year, self._day))

    def _summary(self, trigger: Trigger, told: dict[User, Capacity]) -> Iterator[DueReminder]:
        for rule, row in self._facts.rule_rows(trigger).items():
            occasion = summary_occasion(rule, self._day, self._facts.free_days)
            if occasion:
                for person, capacity in told.items():
                    yield from self._unless_said(person, capacity, row, occasion)

    def _unless_said(
        self, person: User, capacity: Capacity, row: ReminderRule, occasion: Occasion
    ) -> Iterator[DueReminder]:
        """For what goes out once, whatever else was said."""
        line = self._line(person, capacity, row, occasion)
        if occasion not in self._forecast.said(line.key):
            yield line

    def _line(
        self,
        person: User,
        capacity: Capacity,
        row: ReminderRule,
        occasion: Occasion,
        *,
        outcome: Outcome = Outcome.QUEUED,
        task: Task | None = None,
        window: AssessmentWindow | None = None,
    ) -> DueReminder:
        declined = outcome is Outcome.QUEUED and self._is_declined(person, occasion.rule)
        return DueReminder(
            recipient=person,
            capacity=capacity,
            rule=row,
            occasion=occasion,
            planned_for=occasion.planned_for(self._facts.free_days),
            outcome=Outcome.SUPPRESSED if declined else outcome,
            why_not=WhyNot.DECLINED if declined else None,
            task=task,
            window=window,
            due_version=window.version if window else 0,
        )

    def _is_declined(self, person: User, rule: Rule) -> bool:
        """Whether the person does without it today; what waits for a decision comes at least on Mondays."""
        option = OPTION_OF.get(rule.section)
        if option is None or (person.id, option) not in self._facts.declined:
            return False
        return rule.trigger is not Trigger.AWAITING or not self._is_first_of_the_week

    @property
    def _is_first_of_the_week(self) -> bool:
        monday = self._day - timedelta(days=self._day.weekday() - MONDAY)
        return next_working_day(monday, self._facts.free_days) == self._day


def _outcomes(choice: Choice) -> dict[Occasion, Outcome]:
    spoken = {choice.spoken: Outcome.QUEUED} if choice.spoken else {}
    return {**spoken, **dict.fromkeys(choice.superseded, Outcome.SUPERSEDED)}


def _is_noted(occasion: Occasion, facts: TaskFacts) -> bool:
    """Whether the ledger says that nobody needed this one.

    What comes after the due date is of no concern to a task that is closed, and whoever is above hears of a report
    that was given back too late after all.
    """
    is_closed = facts.task.work_status in CLOSED
    triggers = (Trigger.BEFORE_DUE,) if is_closed else TO_THE_RESPONSIBLE
    return occasion.rule.trigger in triggers
