"""What the facts lead to, day after day: the ledger as it would stand by then, and what need not be reckoned twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Set
from datetime import date

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.reminders import Occasion, Trigger, planned
from ita_flow.models.tasks import Task
from ita_flow.queries.due_reminders import DueReminder
from ita_flow.queries.reminder_facts import Facts, Ledger, LedgerKey
from ita_flow.queries.summary_readers import Readers, readers_of_the_month, readers_of_the_week

Standing = tuple[int, int]
"""How much had come to be said of a due date by a day, and in which line-up people were in office."""


class Forecast:
    """Facts, and a ledger of its own in which every foretold day is noted: what one day says is known to the next.

    Many tasks of many days ask the same, so days are reckoned once a due date, and readers once until somebody comes
    or goes.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._ledger: Ledger = {key: set(said) for key, said in facts.ledger.items()}
        self._settled: dict[int, Standing] = {}
        self._readers: dict[tuple[Trigger, int, int], Readers] = {}
        self._planned: dict[date, list[tuple[Occasion, date]]] = {}
        self._going_out: dict[date, list[date]] = {}

    def said(self, key: LedgerKey) -> Set[Occasion]:
        """What is recorded under this key, or foretold for an earlier day."""
        return self._ledger.get(key, frozenset())

    def note(self, reminder: DueReminder) -> None:
        self._ledger.setdefault(reminder.key, set()).add(reminder.occasion)

    def come_by(self, due_on: date, day: date) -> list[Occasion]:
        """What the rules about a due date had to say by that day."""
        return [occasion for occasion, goes_out_on in self._occasions(due_on) if goes_out_on <= day]

    def is_settled(self, task: Task, day: date) -> bool:
        """Whether all was said about the task, and neither has more come since nor is anybody else in office."""
        return self._settled.get(task.id) == self._standing(task, day)

    def settle(self, task: Task, day: date) -> None:
        """Nothing is left to say about the task that day."""
        self._settled[task.id] = self._standing(task, day)

    def readers_of_the_week(self, day: date) -> Readers:
        year = FiscalYear.containing(day).buddhist_year
        return self._kept((Trigger.WEEKLY, year), day, lambda: readers_of_the_week(self.facts, day))

    def readers_of_the_month(self, year: int, day: date) -> Readers:
        return self._kept((Trigger.MONTHLY, year), day, lambda: readers_of_the_month(self.facts, year, day))

    def _kept(self, which: tuple[Trigger, int], day: date, find: Callable[[], Readers]) -> Readers:
        key = *which, self.facts.posts.stretch(day)
        if key not in self._readers:
            self._readers[key] = find()
        return self._readers[key]

    def _standing(self, task: Task, day: date) -> Standing:
        if task.due_on not in self._going_out:
            self._going_out[task.due_on] = sorted(goes_out_on for _one, goes_out_on in self._occasions(task.due_on))
        return bisect_right(self._going_out[task.due_on], day), self.facts.posts.stretch(day)

    def _occasions(self, due_on: date) -> list[tuple[Occasion, date]]:
        if due_on not in self._planned:
            self._planned[due_on] = planned(self.facts.about_due_dates, due_on, self.facts.free_days)
        return self._planned[due_on]
