"""Whom a rule of reminding speaks to: who is responsible for a task, and who sits above them."""

from __future__ import annotations

from datetime import date

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.reminders import Capacity, Trigger
from ita_flow.models.people import User
from ita_flow.models.tasks import Task
from ita_flow.queries.seats import AgencyPosts


def addressed(trigger: Trigger, task: Task, posts: AgencyPosts, day: date) -> list[tuple[User, Capacity]]:
    """Whom a rule about a due date speaks to on that day, and as what."""
    if trigger is Trigger.ESCALATE_TO_DIRECTOR:
        return [(user, Capacity.DIRECTOR) for user in in_seat(Seat.DIRECTOR, task, posts, day)]
    if trigger is Trigger.ESCALATE_TO_CHIEF:
        chiefs = [(user, Capacity.CHIEF) for user in in_seat(Seat.CHIEF, task, posts, day)]
        return chiefs + [(user, Capacity.COORDINATOR) for user in posts.with_role(Role.COORDINATOR, day)]
    return responsible_for(task, posts, day)


def responsible_for(task: Task, posts: AgencyPosts, day: date) -> list[tuple[User, Capacity]]:
    """Its officers in office that day; where there is none, its section head, else its director, else coordinators."""
    in_office = posts.in_office(day)
    return (
        [(officer, Capacity.OFFICER) for officer in task.officers if officer.id in in_office]
        or [(user, Capacity.SECTION_HEAD) for user in in_seat(Seat.SECTION_HEAD, task, posts, day)]
        or [(user, Capacity.DIRECTOR) for user in in_seat(Seat.DIRECTOR, task, posts, day)]
        or [(user, Capacity.COORDINATOR) for user in posts.with_role(Role.COORDINATOR, day)]
    )


def in_seat(seat: Seat, task: Task, posts: AgencyPosts, day: date) -> list[User]:
    """Who sits that day in one of the common seats over this task."""
    holders = posts.over(task.section_id, task.division_id, day).get((seat, None), ())
    return list(dict.fromkeys(one.user for one in holders))


def people_of(task: Task, posts: AgencyPosts, day: date) -> list[User]:
    """Who does the task, and who heads its section that day."""
    return list(dict.fromkeys([*task.officers, *in_seat(Seat.SECTION_HEAD, task, posts, day)]))
