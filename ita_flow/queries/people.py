"""The people of an agency: the list with its filter, and one person with posts and account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ita_flow.domain.accounts import AccountState, account_state
from ita_flow.domain.collation import sorting_key
from ita_flow.domain.states import CLOSED
from ita_flow.extensions import db
from ita_flow.models.accounts import SignIn
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Measure
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.mail import is_standing_refusal
from ita_flow.queries.pages import nearest_page
from ita_flow.queries.plans import is_somebodys_work

A_PAGE = 50
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class PeopleFilter:
    """Which people a list shows."""

    text: str = ""
    """Part of a name, an address or the title of a post."""

    unit: int | None = None
    """The id of a unit; of a division, whoever is in its sections counts too."""

    state: AccountState | None = None


@dataclass(frozen=True)
class Invitation:
    """The last invitation of a person, and when it left, on the true clock."""

    sent_at: datetime | None
    state: MessageState


@dataclass(frozen=True)
class PersonRow:
    """A person with the posts of today and later, and how far the account is."""

    user: User
    posts: Sequence[Membership]
    past_posts: Sequence[Membership]
    seen_at: datetime | None
    invitation: Invitation | None
    refused: OutboxMessage | None
    """The newest mail to the person's address, if it was refused for good."""

    @property
    def is_invitation_waiting(self) -> bool:
        return self.invitation is not None and self.invitation.state in (MessageState.PENDING, MessageState.LEASED)

    @property
    def state(self) -> AccountState:
        return state_of(self.user)


@dataclass(frozen=True)
class PeoplePage:
    """One page of the list; pages are counted from 1."""

    rows: Sequence[PersonRow]
    count: int
    number: int
    pages: int


def state_of(user: User) -> AccountState:
    return account_state(is_active=user.is_active, has_password=user.password_hash is not None)


def people_page(agency_id: int, chosen: PeopleFilter, number: int, today: date) -> PeoplePage:
    """A page of the people that the filter lets through, in the order of the dictionary."""
    named = db.session.execute(sa.select(User.id, User.name).where(*_conditions(agency_id, chosen, today))).all()
    ordered = [user_id for user_id, name in sorted(named, key=lambda pair: (sorting_key(pair[1]), pair[0]))]
    shown, pages = nearest_page(number, len(ordered), A_PAGE)
    return PeoplePage(_rows(ordered[(shown - 1) * A_PAGE : shown * A_PAGE], today), len(ordered), shown, pages)


def all_people(agency_id: int, today: date) -> list[PersonRow]:
    """Everybody of the agency, in the order of the dictionary."""
    named = db.session.execute(sa.select(User.id, User.name).where(User.agency_id == agency_id)).all()
    return _rows([user_id for user_id, name in sorted(named, key=lambda pair: (sorting_key(pair[1]), pair[0]))], today)


def person_row(user: User, user_id: int, today: date) -> PersonRow | None:
    """A person of the same agency as ``user``."""
    known = db.session.scalar(sa.select(User.id).where(User.id == user_id, User.agency_id == user.agency_id))
    return _rows([known], today)[0] if known else None


def post_of(user: User, person_id: int, post_id: int) -> Membership | None:
    """A post of a person of the same agency as ``user``."""
    chosen = sa.select(Membership).where(
        Membership.id == post_id, Membership.user_id == person_id, Membership.agency_id == user.agency_id
    )
    chosen = chosen.options(
        joinedload(Membership.user),
        joinedload(Membership.unit).joinedload(Unit.parent),
        joinedload(Membership.named_seat),
    )
    return db.session.scalars(chosen).one_or_none()


def open_tasks_of(user: User) -> Sequence[Task]:
    """What the person is an officer of and is not done yet."""
    chosen = (
        sa.select(Task)
        .join(task_officers, task_officers.c.task_id == Task.id)
        .where(task_officers.c.user_id == user.id)
        .join(Task.measure)
        .join(Measure.plan)
        .where(Task.work_status.not_in(CLOSED), is_somebodys_work())
        .options(contains_eager(Task.measure))
        .order_by(Task.due_on, Task.id)
    )
    return db.session.scalars(chosen).all()


def _conditions(agency_id: int, chosen: PeopleFilter, today: date) -> list[sa.ColumnElement[bool]]:
    conditions = [User.agency_id == agency_id]
    for word in chosen.text[:LONGEST_SEARCH].split():
        conditions.append(_mentions(word))
    if chosen.unit:
        is_of_it = sa.and_(_is_not_over(today), _is_within(chosen.unit), Membership.acting.is_(None))
        conditions.append(User.memberships.any(is_of_it))
    if chosen.state:
        conditions.append(_is_in_state(chosen.state))
    return conditions


def _mentions(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(
        User.name.icontains(word, autoescape=True),
        User.email.icontains(word, autoescape=True),
        User.memberships.any(Membership.post.icontains(word, autoescape=True)),
    )


def _is_not_over(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today)


def _is_within(unit_id: int) -> sa.ColumnElement[bool]:
    sections = sa.select(Unit.id).where(Unit.parent_id == unit_id)
    return sa.or_(Membership.unit_id == unit_id, Membership.unit_id.in_(sections))


def _is_in_state(state: AccountState) -> sa.ColumnElement[bool]:
    if state is AccountState.CLOSED:
        return User.is_active.is_(False)
    has_password = User.password_hash.is_not(None)
    return sa.and_(User.is_active, has_password if state is AccountState.IN_USE else ~has_password)


def _rows(user_ids: Sequence[int], today: date) -> list[PersonRow]:
    """The rows of these people, in this order."""
    posts = selectinload(User.memberships).options(
        joinedload(Membership.unit).joinedload(Unit.parent), joinedload(Membership.named_seat)
    )
    users = db.session.scalars(sa.select(User).where(User.id.in_(user_ids)).options(posts))
    by_id = {user.id: user for user in users}
    seen, (invited, refused) = _seen(user_ids), _mails_to(user_ids)
    return [
        _row(by_id[user_id], today, seen.get(user_id), invited.get(user_id), refused.get(user_id))
        for user_id in user_ids
    ]


def _row(
    user: User,
    today: date,
    seen_at: datetime | None,
    invitation: Invitation | None,
    refused: OutboxMessage | None,
) -> PersonRow:
    past = [one for one in user.memberships if one.ends_on and one.ends_on < today]
    return PersonRow(
        user=user,
        posts=[one for one in user.memberships if one not in past],
        past_posts=past,
        seen_at=seen_at,
        invitation=invitation,
        refused=refused,
    )


def _seen(user_ids: Sequence[int]) -> Mapping[int, datetime]:
    """When each was last seen, on the true clock."""
    chosen = sa.select(SignIn.user_id, sa.func.max(SignIn.seen_at)).where(SignIn.user_id.in_(user_ids))
    return {row[0]: row[1] for row in db.session.execute(chosen.group_by(SignIn.user_id))}


def _mails_to(user_ids: Sequence[int]) -> tuple[Mapping[int, Invitation], Mapping[int, OutboxMessage]]:
    """The last invitation of each, and the mail that was refused at the address that they have. One statement."""
    is_refused = is_standing_refusal(user_ids)
    is_invitation = sa.and_(OutboxMessage.kind == MessageKind.INVITE, OutboxMessage.recipient_id.in_(user_ids))
    chosen = sa.select(OutboxMessage, is_refused).where(sa.or_(is_invitation, is_refused)).order_by(OutboxMessage.id)
    mails = db.session.execute(chosen).all()
    invitations = {
        mail.recipient_id: Invitation(mail.sent_at, mail.state)
        for mail, _refused in mails
        if mail.kind is MessageKind.INVITE
    }
    return invitations, {mail.recipient_id: mail for mail, refused in mails if refused}
