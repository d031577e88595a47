"""Establishing an agency with its first administrator, and describing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Role
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import comparison_key, tidy
from ita_flow.domain.units import agency_type_of, full_name_of, province_called, short_name_of
from ita_flow.extensions import db
from ita_flow.models.people import Agency, User
from ita_flow.wording.labels import thai_label_of
from ita_flow.workflow import audit
from ita_flow.workflow.desk import hold_plans
from ita_flow.workflow.people import email_of, hire, take_up
from ita_flow.workflow.reminders import establish_default_rules

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,30}")
LONGEST_NAME = 100
LONGEST_CONTACT = 200


@dataclass(frozen=True)
class Description:
    """What people write about their agency; empty where they write nothing."""

    name: str
    short_name: str
    type: str
    province: str
    contact: str


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
    full_name, email = _checked_name(name), email_of(admin_email)
    agency = _agency_called(full_name)
    if agency:
        return Established(agency, _appointed(agency, email, via, at), is_new=False)
    agency = _new_agency(full_name, code, type_name, is_demo, at)
    administrator = _administrator(agency, email, at)
    audit.record(
        "agency.established",
        agency.id,
        f"agency:{agency.id}",
        at=at,
        actor=None,
        via=via,
        after={"name": agency.name, "code": agency.code, "type": agency.type, "administrator": administrator.id},
    )
    return Established(agency, administrator, is_new=True)


def describe(agency: Agency, description: Description, *, actor: User, at: datetime) -> None:
    """Let the agency be called and described so; its code stays, for it stands in addresses. Again changes nothing."""
    hold_plans(agency)
    before = _described(agency)
    name = _free_name(agency, description.name)
    agency.name, agency.short_name = name, _within(LONGEST_NAME, description.short_name, "short_name") or _short(name)
    agency.type = _type_of(name, description.type)
    agency.province = province_called(_within(LONGEST_NAME, description.province, "province") or "") or None
    agency.contact = _within(LONGEST_CONTACT, description.contact, "contact")
    after = _described(agency)
    if after != before:
        audit.record(
            "agency.described", agency.id, f"agency:{agency.id}", at=at, actor=actor, before=before, after=after
        )


def _described(agency: Agency) -> dict[str, str | None]:
    return {name: getattr(agency, name) for name in ("name", "short_name", "type", "province", "contact")}


def _free_name(agency: Agency, name: str) -> str:
    full_name = _checked_name(name, field="name")
    other = _agency_called(full_name)
    if other and other.id != agency.id:
        raise Invalid("agency_name_taken", field="name", name=full_name)
    return full_name


def _short(name: str) -> str:
    return short_name_of(name)[:LONGEST_NAME]


def _within(most: int, text: str, field: str) -> str | None:
    """The text tidied, or None when nothing was written. Raises Invalid when it is too long."""
    written = tidy(text)
    if len(written) > most:
        raise Invalid("agency_text_too_long", field=field, most=most)
    return written or None


def _checked_name(name: str, field: str = "agency") -> str:
    """The name written out, with single spaces."""
    full_name = full_name_of(tidy(name))
    if not full_name:
        raise Invalid("agency_needs_a_name", field=field)
    if len(full_name) > LONGEST_NAME:
        raise Invalid("agency_name_too_long", field=field, most=LONGEST_NAME)
    return full_name


def _agency_called(name: str) -> Agency | None:
    """The agency of that name, however it is spaced."""
    key = comparison_key(name)
    agencies = db.session.scalars(sa.select(Agency).order_by(Agency.id))
    return next((agency for agency in agencies if comparison_key(agency.name) == key), None)


def _new_agency(name: str, code: str | None, type_name: str | None, is_demo: bool, at: datetime) -> Agency:
    agency = Agency(
        code=_free_code(code),
        name=name,
        short_name=short_name_of(name),
        type=_type_of(name, type_name),
        is_demo=is_demo,
        created_at=at,
    )
    db.session.add(agency)
    db.session.flush()
    establish_default_rules(agency)
    return agency


def _type_of(name: str, stated: str | None) -> str | None:
    """The stated type, written out where it is a known short form, else what the name tells."""
    if stated is None or not tidy(stated):
        return agency_type_of(name)
    if len(tidy(stated)) > LONGEST_NAME:
        raise Invalid("agency_type_too_long", field="type", most=LONGEST_NAME)
    return full_name_of(tidy(stated))


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


def _appointed(agency: Agency, email: str, via: str | None, at: datetime) -> User:
    """The administrator of an agency that was there before; one who is new to the post stands in the record."""
    user = _person(email)
    was_there = user is not None and user.has_role_on(Role.ADMINISTRATOR, bangkok_day(at))
    administrator = _administrator(agency, email, at)
    if not was_there:
        subject, role = f"user:{administrator.id}", Role.ADMINISTRATOR.value
        audit.record("person.appointed", agency.id, subject, at=at, actor=None, via=via, after={"role": role})
    return administrator


def _administrator(agency: Agency, email: str, at: datetime) -> User:
    user, today, role = _person(email), bangkok_day(at), Role.ADMINISTRATOR
    if user is None:
        name = email.partition("@")[0]
        return hire(agency, email=email, name=name, post=thai_label_of(role), role=role, on=today, at=at)
    if user.agency_id != agency.id:
        raise Invalid("person_of_another_agency", field="admin", email=email)
    if not user.has_role_on(role, today):
        take_up(user, post=thai_label_of(role), role=role, on=today)
    return user


def _person(email: str) -> User | None:
    return db.session.scalars(sa.select(User).where(User.email == email)).one_or_none()
