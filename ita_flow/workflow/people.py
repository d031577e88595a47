"""People and their accounts: hired, invited, corrected, closed and opened again.

Two clocks: ``at`` is the office's time, ``now`` the true one on which mails, sessions and links run. Whoever has no
``actor`` came through the command line, whose user may do everything on this machine anyway.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid, NotPermitted
from ita_flow.domain.thai import tidy
from ita_flow.domain.units import LONGEST_NAME
from ita_flow.extensions import db
from ita_flow.mail import outbox
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Agency, Membership, NamedSeat, Unit, User
from ita_flow.queries.outbox import INVITED
from ita_flow.workflow import accounts, audit
from ita_flow.workflow.acting_ends import end_with_account
from ita_flow.workflow.desk import take_the_desk

WAITING = (MessageState.PENDING, MessageState.LEASED)


def email_of(text: str) -> str:
    """The address in the form in which it is kept; raises Invalid when no mail could reach it."""
    try:
        checked = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Invalid("email_unfit", field="email", email=text.strip()) from None
    return checked.normalized.lower()


def person_name_of(text: str) -> str:
    """The name with single spaces; raises Invalid when it is empty or too long."""
    name = tidy(text)
    if not name:
        raise Invalid("person_needs_a_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("person_name_too_long", field="name", most=LONGEST_NAME)
    return name


def hire(
    agency: Agency,
    *,
    email: str,
    name: str,
    post: str,
    role: Role | None = None,
    seat: Seat | None = None,
    named_seat: NamedSeat | None = None,
    unit: Unit | None = None,
    on: date,
    until: date | None = None,
    at: datetime,
) -> User:
    """A new person in the agency with a first role or seat from that day on."""
    user = User(agency_id=agency.id, email=email, name=name, is_active=True, created_at=at, memberships=[])
    db.session.add(user)
    db.session.flush()
    take_up(user, post=post, role=role, seat=seat, named_seat=named_seat, unit=unit, on=on, until=until)
    return user


def take_up(
    user: User,
    *,
    post: str,
    role: Role | None = None,
    seat: Seat | None = None,
    named_seat: NamedSeat | None = None,
    unit: Unit | None = None,
    on: date,
    until: date | None = None,
) -> Membership:
    """Let the person hold this role or seat from that day on, and perhaps until one."""
    membership = Membership(
        agency_id=user.agency_id,
        user=user,
        role=role,
        seat=seat,
        named_seat_id=named_seat.id if named_seat else None,
        unit_id=unit.id if unit else None,
        post=post,
        starts_on=on,
        ends_on=until,
    )
    db.session.add(membership)
    db.session.flush()
    return membership


def invite(user: User, *, actor: User | None, via: str | None = None, at: datetime, now: datetime) -> None:
    """Promise the person a mail with a link to set a password; its secret is made when it leaves."""
    take_the_desk(user.agency_id)
    refuse_touching(user, actor, at)
    _refuse_inviting(user)
    earlier = db.session.scalars(sa.select(sa.func.count()).where(*_is_invitation_of(user))).one()
    promise_invitation(user, earlier + 1, actor=actor, via=via, at=at, now=now)


def promise_invitation(
    user: User, number: int, *, actor: User | None, via: str | None, at: datetime, now: datetime
) -> None:
    """Promise the invitation of that number; the first of somebody who was just hired needs no looking back."""
    outbox.enqueue(MessageKind.INVITE, f"invite:{user.id}:{number}", user, bangkok_day(at), now)
    record_about(user, INVITED, actor, at, via=via, after={"number": number})


def give_link(user: User, *, via: str, at: datetime, now: datetime) -> str:
    """The token of a link to set a password, for whoever looks after the machine to hand over; earlier links end."""
    take_the_desk(user.agency_id)
    if not user.is_active:
        raise Invalid("invited_account_is_closed")
    accounts.close_links(user, now)
    token = accounts.create_link(user, now)
    record_about(user, "person.link_given", None, at, via=via)
    return token


def correct(user: User, *, name: str, email: str, actor: User, at: datetime, now: datetime) -> None:
    """Write the name or the address anew.

    A new address is where links to set a password go from here on: all sessions and earlier links end, and who never
    set a password is invited there.
    """
    take_the_desk(user.agency_id)
    refuse_touching(user, actor, at)
    new_name, new_email = person_name_of(name), email_of(email)
    changed = [
        field for field, old, new in (("name", user.name, new_name), ("email", user.email, new_email)) if old != new
    ]
    if "email" in changed:
        _refuse_new_address(user, new_email, actor, at)
    user.name, user.email = new_name, new_email
    if changed:
        record_about(user, "person.corrected", actor, at, after={"changed": changed})
    if "email" in changed:
        _move_account(user, actor, at, now)


def close(user: User, *, actor: User, at: datetime, now: datetime) -> None:
    """The person signs in no more: sessions, links and acting orders end. Posts and all they did stay on record."""
    take_the_desk(user.agency_id)
    refuse_touching(user, actor, at)
    if user.id == actor.id:
        raise Invalid("own_account_closed")
    if not user.is_active:
        return
    user.is_active = False
    if user.has_role_on(Role.ADMINISTRATOR, bangkok_day(at)):
        refuse_nobody_left(user.agency_id, bangkok_day(at))
    accounts.end_all(user, now)
    accounts.close_links(user, now)
    end_with_account(user, actor=actor, at=at)
    record_about(user, "person.closed", actor, at, before={"active": True}, after={"active": False})


def reopen(user: User, *, actor: User, at: datetime) -> None:
    """The person may sign in again, with the password they had."""
    take_the_desk(user.agency_id)
    refuse_touching(user, actor, at)
    if user.is_active:
        return
    user.is_active = True
    record_about(user, "person.reopened", actor, at, before={"active": False}, after={"active": True})


def refuse_touching(user: User, actor: User | None, at: datetime) -> None:
    """Only administrators lay hands on an administrator's account: whoever may change it could take it over.

    It counts who holds that role on any day from now on.
    """
    if actor is None or not _is_ever_administrator(user, bangkok_day(at)):
        return
    if not actor.has_role_on(Role.ADMINISTRATOR, bangkok_day(at)):
        raise NotPermitted("administrators_look_after_their_own")


def may_touch(user: User, actor: User, at: datetime) -> bool:
    """Whether ``actor`` may change this person's account at all."""
    try:
        refuse_touching(user, actor, at)
    except NotPermitted:
        return False
    return True


def may_move(user: User, actor: User, at: datetime) -> bool:
    """Whether ``actor`` may change the person's address.

    Whoever decides where the link to set a password goes could act in the person's name, so the address of somebody
    who already uses their account is changed by administrators only.
    """
    return user.password_hash is None or actor.has_role_on(Role.ADMINISTRATOR, bangkok_day(at))


def refuse_taken(email: str, agency_id: int, except_of: User | None = None) -> None:
    """Raise Invalid when somebody else signs in with this address."""
    other = accounts.person_called(email)
    if other is None or other is except_of:
        return
    if other.agency_id != agency_id:
        raise Invalid("person_of_another_agency", field="email", email=email)
    raise Invalid("email_taken", field="email", email=email, name=other.name)


def refuse_nobody_left(agency_id: int, since: date) -> None:
    """Raise Invalid when, as things stand now, nobody could look after the system on some day from then on."""
    db.session.flush()
    chosen = (
        sa.select(Membership.starts_on, Membership.ends_on)
        .join(Membership.user)
        .where(Membership.agency_id == agency_id, Membership.role == Role.ADMINISTRATOR, User.is_active)
        .order_by(Membership.starts_on)
    )
    for starts_on, ends_on in db.session.execute(chosen):
        if ends_on is None and starts_on <= since:
            return
        if ends_on and starts_on <= since <= ends_on:
            since = ends_on + timedelta(days=1)
    raise Invalid("last_administrator")


def _is_ever_administrator(user: User, day: date) -> bool:
    held = [one for one in user.memberships if one.role is Role.ADMINISTRATOR]
    return any(one.ends_on is None or one.ends_on >= day for one in held)


def _refuse_inviting(user: User) -> None:
    if not user.is_active:
        raise Invalid("invited_account_is_closed")
    if user.password_hash:
        raise Invalid("invited_person_has_a_password")
    waiting = sa.select(OutboxMessage.id).where(*_is_invitation_of(user), OutboxMessage.state.in_(WAITING))
    if db.session.scalar(sa.select(waiting.exists())):
        raise Invalid("invitation_is_waiting")


def _is_invitation_of(user: User) -> tuple[sa.ColumnElement[bool], ...]:
    return OutboxMessage.recipient_id == user.id, OutboxMessage.kind == MessageKind.INVITE


def _refuse_new_address(user: User, email: str, actor: User, at: datetime) -> None:
    if not may_move(user, actor, at):
        raise Invalid("email_of_account_in_use", field="email")
    refuse_taken(email, user.agency_id, except_of=user)


def _move_account(user: User, actor: User, at: datetime, now: datetime) -> None:
    accounts.end_all(user, now)
    accounts.close_links(user, now)
    waiting = sa.select(OutboxMessage.id).where(*_is_invitation_of(user), OutboxMessage.state.in_(WAITING))
    # A letter that still waits reads the address when it leaves, so it goes to the new one.
    if user.is_active and not user.password_hash and not db.session.scalar(sa.select(waiting.exists())):
        invite(user, actor=actor, at=at, now=now)


def record_about(
    user: User,
    action: str,
    actor: User | None,
    at: datetime,
    via: str | None = None,
    before: audit.Values | None = None,
    after: audit.Values | None = None,
) -> None:
    """Keep in the record what was done to this person."""
    subject = f"user:{user.id}"
    audit.record(action, user.agency_id, subject, at=at, actor=actor, via=via, before=before, after=after)
