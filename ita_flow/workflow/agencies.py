"""Establishing an agency with its first administrator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.units import agency_type_of, full_name_of, short_name_of
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Membership, User
from ita_flow.wording.labels import label_of
from ita_flow.workflow import audit
from ita_flow.workflow.people import email_of, hire
from ita_flow.workflow.reminders import establish_default_rules

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,30}")


@dataclass(frozen=True)
class Established:
    """The agency and its administrator; ``is_new`` tells whether this time made them."""

    agency: Agency
    administrator: User
    is_new: bool


def establish(
    name: str,
    admin_email: str,
    *,
    code: str | None = None,
    type_name: str | None = None,
    is_demo: bool = False,
    via: str | None = None,
    at: datetime,
) -> Established:
    """The agency of that name with that administrator, made unless they are there. Again is harmless."""
    full_name = full_name_of(name)
    if not full_name:
        raise Invalid("agency_needs_a_name", field="agency")
    agency = db.session.scalars(sa.select(Agency).where(Agency.name == full_name)).one_or_none()
    is_new = agency is None
    if agency is None:
        agency = _new_agency(full_name, code, type_name, is_demo, at)
    administrator = _administrator(agency, email_of(admin_email), bangkok_day(at), at)
    if is_new:
        audit.record(
            "agency.established",
            agency.id,
            f"agency:{agency.id}",
            at=at,
            actor=None,
            via=via,
            after={"name": agency.name, "code": agency.code, "type": agency.type, "administrator": administrator.id},
        )
    return Established(agency, administrator, is_new)


def _new_agency(name: str, code: str | None, type_name: str | None, is_demo: bool, at: datetime) -> Agency:
    agency = Agency(
        code=_free_code(code),
        name=name,
        short_name=short_name_of(name),
        type=type_name or agency_type_of(name),
        is_demo=is_demo,
        created_at=at,
    )
    db.session.add(agency)
    db.session.flush()
    establish_default_rules(agency)
    return agency


def _free_code(wanted: str | None) -> str:
    """The code asked for, or the first free ``agency``, ``agency-2``, …"""
    taken = set(db.session.scalars(sa.select(Agency.code)))
    if wanted is not None:
        if not CODE.fullmatch(wanted):
            raise Invalid("agency_code_unfit", field="code", code=wanted)
        if wanted in taken:
            raise Invalid("agency_code_taken", field="code", code=wanted)
        return wanted
    number = 1
    while (code := "agency" if number == 1 else f"agency-{number}") in taken:
        number += 1
    return code


def _administrator(agency: Agency, email: str, today: date, at: datetime) -> User:
    user = db.session.scalars(sa.select(User).where(User.email == email)).one_or_none()
    if user is None:
        return hire(
            agency,
            email=email,
            name=email.partition("@")[0],
            post=label_of(Role.ADMINISTRATOR),
            role=Role.ADMINISTRATOR,
            on=today,
            at=at,
        )
    if user.agency_id != agency.id:
        raise Invalid("person_of_another_agency", field="admin", email=email)
    if not user.has_role_on(Role.ADMINISTRATOR, today):
        db.session.add(
            Membership(
                agency_id=agency.id,
                user=user,
                role=Role.ADMINISTRATOR,
                post=label_of(Role.ADMINISTRATOR),
                starts_on=today,
            )
        )
        db.session.flush()
    return user
