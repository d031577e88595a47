"""Agencies, units and people."""

from __future__ import annotations

import itertools
from datetime import date
from functools import cache

from ita_flow.domain.calendar import FiscalYear, bangkok_moment
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.units import UnitKind, agency_type_of, short_name_of
from ita_flow.models.people import Agency, Membership, Unit, User
from ita_flow.workflow.accounts import hash_password
from tests.factories.keeping import kept

TODAY = date(2024, 3, 18)
NOW = bangkok_moment(TODAY, 9)
YEAR = FiscalYear(2567)
PASSWORD = "correct horse battery staple"

_numbers = itertools.count(1)


def an_agency(name: str = "องค์การบริหารส่วนจังหวัดตัวอย่าง", code: str = "example") -> Agency:
    return kept(Agency(code=code, name=name, short_name=short_name_of(name), type=agency_type_of(name), created_at=NOW))


def a_division(agency: Agency, name: str = "กองยุทธศาสตร์และงบประมาณ") -> Unit:
    return kept(Unit(agency_id=agency.id, kind=UnitKind.DIVISION, name=name))


def a_section(division: Unit, name: str = "ฝ่ายประชาสัมพันธ์") -> Unit:
    return kept(Unit(agency_id=division.agency_id, parent=division, kind=UnitKind.SECTION, name=name))


def a_user(
    agency: Agency,
    name: str | None = None,
    email: str | None = None,
    role: Role | None = None,
    seat: Seat | None = None,
    unit: Unit | None = None,
    password: str | None = None,
    post: str = "เจ้าหน้าที่",
    starts_on: date = YEAR.starts_on,
    ends_on: date | None = None,
    is_active: bool = True,
) -> User:
    """A person; with a role or a seat, they hold it in ``unit`` from ``starts_on``."""
    number = next(_numbers)
    user = User(
        agency=agency,
        name=name or f"บุคคล คนที่ {number}",
        email=email or f"person{number}@example.go.th",
        password_hash=_hash_of(password) if password else None,
        is_active=is_active,
        created_at=NOW,
    )
    kept(user)
    if role or seat:
        a_membership(user, role=role, seat=seat, unit=unit, post=post, starts_on=starts_on, ends_on=ends_on)
    return user


def a_membership(
    user: User,
    role: Role | None = None,
    seat: Seat | None = None,
    unit: Unit | None = None,
    post: str = "เจ้าหน้าที่",
    starts_on: date = YEAR.starts_on,
    ends_on: date | None = None,
    acting: ActingKind | None = None,
    named_seat_id: int | None = None,
) -> Membership:
    return kept(
        Membership(
            agency_id=user.agency_id,
            user=user,
            unit=unit,
            role=role,
            seat=seat,
            post=post,
            starts_on=starts_on,
            ends_on=ends_on,
            acting=acting,
            named_seat_id=named_seat_id,
        )
    )


@cache
def _hash_of(password: str) -> str:
    """Hashing is slow on purpose, so each password is hashed once a run."""
    return hash_password(password)
