"""Who holds which seat for a task on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from ita_flow.domain.approvals import may_decide
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import db
from ita_flow.models.people import Membership, User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task


def holders_of(task: Task, on: date) -> Mapping[Seat, Sequence[User]]:
    """The people in the seats that decide on this task: its section's head and its division's director."""
    chosen = (
        sa.select(Membership.seat, User)
        .join(User, User.id == Membership.user_id)
        .where(
            User.is_active,
            held_on(on),
            Membership.unit_id.is_not(None),  # nor does such a seat stand over a task without a section
            sa.or_(
                sa.and_(Membership.seat == Seat.SECTION_HEAD, Membership.unit_id == task.section_id),
                sa.and_(Membership.seat == Seat.DIRECTOR, Membership.unit_id == task.division_id),
            ),
        )
        .order_by(User.id)
    )
    holders: dict[Seat, list[User]] = {}
    for seat, user in db.session.execute(chosen):
        if seat is not None:
            holders.setdefault(seat, []).append(user)
    return holders


def has_the_turn(person: User, report: ProgressReport | None, holders: Mapping[Seat, Sequence[User]]) -> bool:
    """Whether the report waits for a seat that this person holds and may decide from."""
    if report is None or report.seat_to_decide is None:
        return False
    seat = report.seat_to_decide
    holding, authors = ([user.id for user in users] for users in (holders.get(seat, ()), report.authors))
    return may_decide(person.id, holding, authors)


def held_on(day: date) -> sa.ColumnElement[bool]:
    """The condition that a membership is held on that day."""
    return sa.and_(
        Membership.starts_on <= day,
        sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= day),
    )
