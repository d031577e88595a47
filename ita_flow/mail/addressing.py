"""To whom a mail speaks: to a person, or to whoever sits in a seat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from ita_flow.domain.approval_chains import SeatKey
from ita_flow.domain.permissions import Seat
from ita_flow.domain.reminders import Capacity
from ita_flow.models.people import Membership, User
from ita_flow.models.tasks import Task
from ita_flow.queries.mail_of_the_day import Sections
from ita_flow.wording.letters import salutation

SEATS = {
    Capacity.SECTION_HEAD: Seat.SECTION_HEAD,
    Capacity.DIRECTOR: Seat.DIRECTOR,
    Capacity.CHIEF: Seat.CHIEF,
}


def salutation_of(recipient: User, today: date, is_spoken_to: Callable[[Membership], bool]) -> str:
    """By post where the mail speaks to a seat, with the words of the order where somebody acts; else by name."""
    held = recipient.memberships_on(today)
    own = next((post for post in held if post.acting is None), None)
    return salutation(recipient.name, [post for post in held if is_spoken_to(post)], own)


def seats_spoken_to(sections: Sections) -> Callable[[Membership], bool]:
    """Whether the mail of a day speaks to whoever holds a post."""
    keys = set(_keys(sections))
    units = {unit_id for task in _tasks(sections) for unit_id in (task.section_id, task.division_id)}
    return lambda post: _key(post) in keys and (bool(sections.weekly) or _is_concerned(post, units))


def _keys(sections: Sections) -> Iterator[SeatKey]:
    """The seats to which anything in the mail is said."""
    for line in (*sections.due, *sections.escalated):
        if line.capacity in SEATS:
            yield SEATS[line.capacity], None
    yield from (one.turn.key for one in sections.waiting)
    yield from (one.turn.key for one in sections.proposed)
    if sections.weekly is Capacity.DIRECTOR:
        yield Seat.DIRECTOR, None
    if sections.is_monthly:
        yield Seat.EXECUTIVE, None


def _tasks(sections: Sections) -> Iterator[Task]:
    yield from (line.task for line in (*sections.due, *sections.escalated))
    yield from (one.task for one in sections.waiting)
    yield from (one.proposal.task for one in sections.proposed if one.proposal.task)


def _key(post: Membership) -> SeatKey | None:
    return (post.seat, post.named_seat_id) if post.seat else None


def _is_concerned(post: Membership, units: Collection[int | None]) -> bool:
    return post.unit_id is None or post.unit_id in units
