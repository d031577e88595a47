"""A promised mail with the people around it: who gets it, whom they may ask, who invited them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from ita_flow.domain.permissions import Role
from ita_flow.extensions import db
from ita_flow.models.outbox import OutboxMessage
from ita_flow.models.people import Agency, Membership, User
from ita_flow.queries.record import deeds_on
from ita_flow.queries.seats import held_on

INVITED = "person.invited"
"""The deed by which somebody invites a person."""


def message_with_recipient(message_id: int) -> OutboxMessage:
    chosen = sa.select(OutboxMessage).where(OutboxMessage.id == message_id)
    return db.session.scalars(chosen.options(joinedload(OutboxMessage.recipient).joinedload(User.agency))).one()


def coordinator_of(agency: Agency, today: date) -> User | None:
    """Whom the people of the agency may ask that day."""
    chosen = (
        sa.select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(User.agency_id == agency.id, User.is_active, Membership.role == Role.COORDINATOR, held_on(today))
        .order_by(Membership.id)
        .limit(1)
    )
    return db.session.scalars(chosen).one_or_none()


def is_still_invited(person: User) -> bool:
    """Whether an invitation still has a purpose: nobody is asked twice to set a password."""
    return person.is_active and person.password_hash is None


def inviter_of(person: User) -> User | None:
    """Who invited the person last, as the record tells; None for the command line, or when nobody did."""
    deeds = deeds_on(person.agency_id, f"user:{person.id}")
    invited_by = next((deed["actor"] for deed in deeds if deed["action"] == INVITED), "")
    kind, _, number = invited_by.partition(":")
    return db.session.get(User, int(number)) if kind == "user" else None
