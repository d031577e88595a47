"""People and the posts they take up."""

from __future__ import annotations

from datetime import date, datetime

from email_validator import EmailNotValidError, validate_email

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Membership, Unit, User


def email_of(text: str) -> str:
    """The address in the form in which it is kept; raises Invalid when no mail could reach it."""
    try:
        checked = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Invalid("email_unfit", field="email", email=text.strip()) from None
    return checked.normalized.lower()


def hire(
    agency: Agency,
    *,
    email: str,
    name: str,
    post: str,
    role: Role | None = None,
    seat: Seat | None = None,
    unit: Unit | None = None,
    on: date,
    at: datetime,
) -> User:
    """A new person in the agency with a first role or seat from that day on."""
    user = User(agency_id=agency.id, email=email, name=name, is_active=True, created_at=at)
    db.session.add(user)
    db.session.flush()
    take_up(user, post=post, role=role, seat=seat, unit=unit, on=on)
    return user


def take_up(
    user: User, *, post: str, role: Role | None = None, seat: Seat | None = None, unit: Unit | None = None, on: date
) -> None:
    """Let the person hold this role or seat from that day on."""
    db.session.add(
        Membership(
            agency_id=user.agency_id,
            user=user,
            role=role,
            seat=seat,
            unit_id=unit.id if unit else None,
            post=post,
            starts_on=on,
        )
    )
    db.session.flush()
