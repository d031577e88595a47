"""Posts given and taken: who holds which role or seat, in which unit, from when and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.permissions import Role, Seat, may_appoint
from ita_flow.domain.refusals import Invalid, NotPermitted, Stale
from ita_flow.domain.thai import tidy
from ita_flow.domain.units import LONGEST_NAME, check_place
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Membership, NamedSeat, Unit, User
from ita_flow.wording.labels import thai_label_of
from ita_flow.workflow import audit
from ita_flow.workflow.acting_ends import end_with_post
from ita_flow.workflow.desk import take_the_desk
from ita_flow.workflow.people import (
    email_of,
    hire,
    person_name_of,
    promise_invitation,
    record_about,
    refuse_nobody_left,
    refuse_taken,
    take_up,
)

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Post:
    """What somebody is to be: a role or a seat, where, under which title, and on which days."""

    held: Role | Seat
    unit: Unit | None
    title: str
    """As people say it; without one, the name of the role or seat."""

    starts_on: date
    ends_on: date | None = None
    named_seat: NamedSeat | None = None
    """Which one, where the seat is one that the agency named itself."""

    @property
    def role(self) -> Role | None:
        return self.held if isinstance(self.held, Role) else None

    @property
    def seat(self) -> Seat | None:
        return self.held if isinstance(self.held, Seat) else None

    @property
    def spoken_title(self) -> str:
        return tidy(self.title) or (self.named_seat.name if self.named_seat else thai_label_of(self.held))


def bring_in(
    agency: Agency,
    *,
    email: str,
    name: str,
    post: Post,
    actor: User | None,
    via: str | None = None,
    at: datetime,
    now: datetime,
) -> User:
    """A new person with a first post, who is invited by mail to set a password."""
    take_the_desk(agency.id)
    kept_email, kept_name = email_of(email), person_name_of(name)
    refuse_taken(kept_email, agency.id)
    check_post(post, agency.id)
    refuse_appointing(None, post.held, actor, bangkok_day(at))
    user = hire(
        agency,
        email=kept_email,
        name=kept_name,
        post=post.spoken_title,
        role=post.role,
        seat=post.seat,
        named_seat=post.named_seat,
        unit=post.unit,
        on=post.starts_on,
        until=post.ends_on,
        at=at,
    )
    record_about(user, "person.hired", actor, at, via=via, after=_told(user.memberships[0]))
    promise_invitation(user, 1, actor=actor, via=via, at=at, now=now)
    return user


def appoint(user: User, post: Post, *, actor: User | None, via: str | None = None, at: datetime) -> Membership:
    """Give the person one more post."""
    take_the_desk(user.agency_id)
    check_post(post, user.agency_id)
    refuse_closed(user)
    refuse_appointing(user, post.held, actor, bangkok_day(at))
    _refuse_held_already(user, post)
    membership = take_up(
        user,
        post=post.spoken_title,
        role=post.role,
        seat=post.seat,
        named_seat=post.named_seat,
        unit=post.unit,
        on=post.starts_on,
        until=post.ends_on,
    )
    record_about(membership.user, "person.appointed", actor, at, via=via, after=_told(membership))
    return membership


def change_post(
    membership: Membership,
    *,
    title: str,
    ends_on: date | None,
    actor: User | None,
    via: str | None = None,
    at: datetime,
) -> None:
    """Say until when the post is held, or what it is called."""
    membership = _present_own(membership)
    post = Post(held_by(membership), membership.unit, title, membership.starts_on, ends_on, membership.named_seat)
    check_words(post)
    before = _told(membership)
    refuse_changing(membership, ends_on, actor, bangkok_day(at))
    end_with_post(membership, ends_on, actor=actor, via=via, at=at)
    membership.post, membership.ends_on = post.spoken_title, ends_on
    if _told(membership) == before:
        return
    if membership.role is Role.ADMINISTRATOR and ends_on:
        refuse_nobody_left(membership.agency_id, max(bangkok_day(at), ends_on + DAY))
    record_about(membership.user, "person.post_changed", actor, at, via=via, before=before, after=_told(membership))


def withdraw(membership: Membership, *, actor: User, at: datetime) -> None:
    """Take back a post that has not begun yet, as if it had never been given."""
    membership = _present_own(membership)
    if membership.starts_on <= bangkok_day(at):
        raise Invalid("post_has_begun")
    refuse_taking(membership, actor, bangkok_day(at))
    end_with_post(membership, membership.starts_on - DAY, actor=actor, at=at)
    record_about(membership.user, "person.post_withdrawn", actor, at, before=_told(membership))
    db.session.delete(membership)
    if membership.role is Role.ADMINISTRATOR:
        refuse_nobody_left(membership.agency_id, membership.starts_on)
    db.session.flush()


def check_post(post: Post, agency_id: int) -> None:
    """Raise Invalid unless such a post can be held: in a unit of the right kind, on days in their order."""
    check_words(post)
    if post.unit and post.unit.agency_id != agency_id:
        raise Invalid("unit_of_another_agency", field="unit")
    check_place(post.held, post.unit.kind if post.unit else None)
    _check_named_seat(post, agency_id)


def _check_named_seat(post: Post, agency_id: int) -> None:
    if (post.seat is Seat.NAMED) != (post.named_seat is not None):
        raise Invalid("named_seat_needed", field="held")
    if post.named_seat and post.named_seat.agency_id != agency_id:
        raise Invalid("named_seat_is_gone", field="held")


def refuse_appointing(user: User | None, held: Role | Seat, actor: User | None, on: date) -> None:
    """The one rule of who may give what to whom; ``user`` is None for somebody new.

    Only administrators make administrators, and nobody gives themselves a seat that decides or looks on from above.
    """
    if actor is None:
        return
    if not may_appoint(actor.posts_on(on), held):
        raise NotPermitted("administrators_appoint_administrators")
    if user is not None and user.id == actor.id and isinstance(held, Seat):
        raise NotPermitted("no_seat_for_oneself")


def refuse_closed(user: User | None) -> None:
    """Raise Invalid for a person whose account is closed: whoever comes back is let in again first."""
    if user is not None and not user.is_active:
        raise Invalid("appointed_account_is_closed", name=user.name)


def may_give(user: User | None, held: Role | Seat, actor: User, on: date) -> bool:
    """Whether ``actor`` may give that role or seat to this person, or to somebody new."""
    try:
        refuse_appointing(user, held, actor, on)
    except NotPermitted:
        return False
    return True


def refuse_taking(membership: Membership, actor: User | None, on: date) -> None:
    """What a person may not give, they may not take away either."""
    if actor and not may_appoint(actor.posts_on(on), held_by(membership)):
        raise NotPermitted("administrators_look_after_their_own")


def _present_own(membership: Membership) -> Membership:
    """The post as it stands now that the desk is ours; raises Stale when somebody took it back meanwhile.

    Raises Invalid where somebody acts in it: that is changed with its order.
    """
    membership_id = membership.id
    take_the_desk(membership.agency_id)
    found = db.session.get(Membership, membership_id, populate_existing=True)
    if found is None:
        raise Stale("someone_was_quicker")
    if found.acting:
        raise Invalid("post_is_by_order")
    return found


def held_by(membership: Membership) -> Role | Seat:
    """The role or seat of this post."""
    held = membership.role or membership.seat
    assert held is not None
    return held


def check_words(post: Post) -> None:
    """Raise Invalid when the title is too long or the last day stands before the first."""
    if len(post.spoken_title) > LONGEST_NAME:
        raise Invalid("post_title_too_long", field="title", most=LONGEST_NAME)
    if post.ends_on and post.ends_on < post.starts_on:
        raise Invalid("post_ends_before_it_begins", field="ends_on")


def refuse_changing(membership: Membership, ends_on: date | None, actor: User | None, on: date) -> None:
    """Raise NotPermitted where ``actor`` may not let the post end on that day, Invalid where nobody may.

    Holding a post longer is being given it; holding it shorter is having it taken away.
    """
    was = membership.ends_on
    if was is not None and (ends_on is None or ends_on > was):
        refuse_closed(membership.user)
        refuse_appointing(membership.user, held_by(membership), actor, on)
    else:
        refuse_taking(membership, actor, on)


def _refuse_held_already(user: User, post: Post) -> None:
    asked = (post.held, post.named_seat and post.named_seat.id, post.unit and post.unit.id)
    for other in user.memberships:
        is_same = other.acting is None and (held_by(other), other.named_seat_id, other.unit_id) == asked
        if is_same and overlap((other.starts_on, other.ends_on), (post.starts_on, post.ends_on)):
            raise Invalid("post_is_held_already", field="held")


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two spans of days, the last day included or open, share a day."""
    return not (_is_before(one[1], other[0]) or _is_before(other[1], one[0]))


def _is_before(ends_on: date | None, day: date) -> bool:
    return ends_on is not None and ends_on < day


def _told(membership: Membership) -> audit.Values:
    """The post as it stands in the record."""
    return {
        "post": held_by(membership).value,
        "title": membership.post,
        "unit": membership.unit_id,
        **({"named_seat": membership.named_seat_id} if membership.named_seat_id else {}),
        "starts_on": membership.starts_on.isoformat(),
        "ends_on": membership.ends_on.isoformat() if membership.ends_on else None,
    }
