"""The mail with which a coordinator asks after tasks: one a person, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import Capacity
from ita_flow.free_days import FreeDays
from ita_flow.i18n import language_of
from ita_flow.mail.addressing import SEATS, salutation_of
from ita_flow.mail.due_parts import task_item
from ita_flow.mail.parts import Item, Page, to_decide, to_see
from ita_flow.mail.rendering import Message, render
from ita_flow.models.people import Membership, User
from ita_flow.queries.chase_mails import AskedTask, Asking
from ita_flow.queries.free_days import free_days_of
from ita_flow.wording import chase_mail as words
from ita_flow.wording.daily_mail import OPEN_FORM, OPEN_UNASSIGNED, as_what_words
from ita_flow.wording.labels import deadline_words
from ita_flow.wording.letters import questions_to


@dataclass(frozen=True)
class ChasePart:
    """Tasks with one reason, of which the reader is asked in one capacity."""

    heading: str
    sentence: str
    page: Page | None
    items: Sequence[Item]
    counts: Sequence[str] = ()
    others: int = 0


def asking(recipient: User, asked: Asking, today: date, coordinator: User | None) -> Message:
    """What a person reads whom a coordinator asks; days are counted from ``today``."""
    with language_of(recipient):
        free_days = free_days_of(recipient.agency)
        parts = list(_parts(asked.tasks, today, free_days))
        return render(
            "chase",
            agency=recipient.agency.name,
            greeting=salutation_of(recipient, today, lambda post: any(_speaks_to(post, one) for one in asked.tasks)),
            subject=words.subject([one.reason for one in asked.tasks]),
            opening=words.opening(asked.asked_by.name, len(asked.tasks)),
            note=asked.note,
            parts=parts,
            has_headings=len(parts) > 1,
            page=_page(asked.tasks),
            is_long=False,
            as_what=as_what_words(one.capacity for one in asked.tasks),
            why=words.why(asked.asked_by.name, asked.asked_at),
            asks_for_reports=any(one.capacity is Capacity.OFFICER for one in asked.tasks),
            questions=questions_to(coordinator.name) if coordinator and coordinator is not recipient else None,
        )


def _parts(tasks: Sequence[AskedTask], today: date, free_days: FreeDays) -> Iterator[ChasePart]:
    """The most urgent first; within a reason, one's own work before what else one is asked."""
    order = list(Capacity)
    in_order = sorted(tasks, key=lambda one: (list(ChaseReason).index(one.reason), order.index(one.capacity)))
    for (reason, capacity), some in groupby(in_order, key=lambda one: (one.reason, one.capacity)):
        chosen = list(some)
        yield ChasePart(
            heading=words.heading(reason),
            sentence=words.sentence(reason, capacity, len(chosen)),
            page=None,
            items=[_item(one, today, free_days) for one in chosen],
        )


def _item(one: AskedTask, today: date, free_days: FreeDays) -> Item:
    item = task_item(one.task, one.row.state, today, free_days, is_own=one.capacity is Capacity.OFFICER)
    since = one.row.waiting_since
    if one.capacity is not Capacity.DECIDER or since is None:
        return item
    deadline = one.row.deadline  # what was sent in time is not late because its decision is
    left = deadline_words(deadline, one.row.days) if deadline and item.days_left else item.days_left
    return Item(item.title, item.when, left, None, [*item.notes, words.waits_since(since)])


def _page(tasks: Sequence[AskedTask]) -> Page:
    """Where the reader acts first: decides, reports, or sees what nobody is responsible for."""
    capacities = {one.capacity for one in tasks}
    if Capacity.DECIDER in capacities and Capacity.OFFICER not in capacities:
        return to_decide()
    if Capacity.OFFICER in capacities:
        return Page(str(OPEN_FORM), f"/tasks/{tasks[0].task.id}/update" if len(tasks) == 1 else "/home")
    if len(tasks) == 1:
        return to_see(tasks[0].task)
    return Page(str(OPEN_UNASSIGNED), f"/tasks?year={tasks[0].task.measure.plan.year}&unfinished=1")


def _speaks_to(post: Membership, one: AskedTask) -> bool:
    """Whether the mail asks this of whoever holds the post, and not just of the person."""
    if post.seat is None or post.unit_id not in (None, one.task.section_id, one.task.division_id):
        return False
    if one.capacity is Capacity.DECIDER:
        turn = one.row.seat_to_decide
        return turn is not None and (post.seat, post.named_seat_id) == turn.key
    return SEATS.get(one.capacity, Seat.NAMED) is post.seat and one.capacity in SEATS
