"""Who reads the summaries of the week and of the month, and as what."""

from __future__ import annotations

from datetime import date

from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.reminders import Capacity
from ita_flow.domain.states import CLOSED
from ita_flow.models.people import User
from ita_flow.queries.addressees import in_seat
from ita_flow.queries.reminder_facts import Facts

Readers = dict[User, Capacity]


def readers_of_the_week(facts: Facts, day: date) -> Readers:
    """Coordinators about all, directors about their division, while something is still to be done.

    Nobody while only a year that is yet to come is worked on.
    """
    this_year = FiscalYear.containing(day).buddhist_year
    if all(one.task.measure.plan.year > this_year for one in facts.tasks):
        return {}
    still_open = [one.task for one in facts.tasks if one.task.work_status not in CLOSED]
    readers = dict.fromkeys(facts.posts.with_role(Role.COORDINATOR, day) if still_open else (), Capacity.COORDINATOR)
    for task in still_open:
        for person in in_seat(Seat.DIRECTOR, task, facts.posts, day):
            readers.setdefault(person, Capacity.DIRECTOR)
    return readers


def readers_of_the_month(facts: Facts, year: int, day: date) -> Readers:
    """Whoever heads the agency, when there is a plan of that fiscal year (BE)."""
    tasks = [one.task for one in facts.tasks if one.task.measure.plan.year == year]
    return {person: Capacity.EXECUTIVE for task in tasks for person in in_seat(Seat.EXECUTIVE, task, facts.posts, day)}
