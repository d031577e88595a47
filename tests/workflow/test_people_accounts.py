"""Who may bring whom in, change an account or close it; and where invitations go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.clock import real_now
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid, NotPermitted, Refusal
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.models.people import Membership, User
from ita_flow.queries.accounts import live_sign_in, open_link
from ita_flow.workflow import accounts
from ita_flow.workflow.appointments import Post, appoint, bring_in, change_post, withdraw
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.people import close, correct, give_link, invite, reopen
from tests.factories import NOW, TODAY, Cast, a_membership, a_named_seat, a_user
from tests.record import events_about

DAY = timedelta(days=1)
AUDITOR = Post(Role.AUDITOR, None, "ผู้ตรวจสอบภายใน", TODAY)


def refused(deed: Callable[[], object], kind: type[Refusal] = Invalid) -> str:
    """The key with which this deed is refused."""
    with pytest.raises(kind) as refusal, transaction():
        deed()
    return refusal.value.key


def brought_in(cast: Cast, post: Post = AUDITOR, actor: User | None = None, email: str = "new@example.go.th") -> User:
    with transaction():
        person, by = "คนใหม่ ใจดี", actor or cast.coordinator
        return bring_in(cast.agency, email=email, name=person, post=post, actor=by, at=NOW, now=real_now())


def invitations(user: User) -> list[OutboxMessage]:
    chosen = sa.select(OutboxMessage).where(OutboxMessage.recipient_id == user.id)
    return list(db.session.scalars(chosen.order_by(OutboxMessage.id)))


def settle(message: OutboxMessage) -> None:
    with transaction():
        message.state = MessageState.DROPPED


def invited_by(actor: User, user: User) -> None:
    invite(user, actor=actor, at=NOW, now=real_now())


def change(user: User, actor: User, *, name: str | None = None, email: str | None = None) -> None:
    correct(user, name=name or user.name, email=email or user.email, actor=actor, at=NOW, now=real_now())


def test_somebody_new_is_hired_and_invited(cast: Cast) -> None:
    user = brought_in(cast)

    (message,) = invitations(user)
    assert (message.kind, message.key, message.speaks_on) == (MessageKind.INVITE, f"invite:{user.id}:1", TODAY)
    assert user.posts_on(TODAY) == [Role.AUDITOR]
    assert [event["action"] for event in events_about(f"user:{user.id}")] == ["person.hired", "person.invited"]


def test_a_post_without_a_title_is_called_by_its_role(cast: Cast) -> None:
    user = brought_in(cast, Post(Role.OFFICER, cast.section, " ", TODAY, TODAY + DAY))

    (membership,) = user.memberships
    assert (membership.post, membership.unit_id, membership.ends_on) == ("เจ้าหน้าที่", cast.section.id, TODAY + DAY)


@pytest.mark.parametrize(
    ("email", "name", "post", "key"),
    [
        ("new@", "ก ข", AUDITOR, "email_unfit"),
        ("new@example.go.th", " ", AUDITOR, "person_needs_a_name"),
        ("new@example.go.th", "ก" * 201, AUDITOR, "person_name_too_long"),
        ("OFFICER@example.go.th", "ก ข", AUDITOR, "email_taken"),
        ("stranger@example.go.th", "ก ข", AUDITOR, "person_of_another_agency"),
        ("new@example.go.th", "ก ข", Post(Role.AUDITOR, None, "ก" * 201, TODAY), "post_title_too_long"),
        ("new@example.go.th", "ก ข", Post(Role.AUDITOR, None, "", TODAY, TODAY - DAY), "post_ends_before_it_begins"),
        ("new@example.go.th", "ก ข", Post(Seat.DIRECTOR, None, "", TODAY), "director_needs_a_division"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, email: str, name: str, post: Post, key: str) -> None:
    def deed() -> None:
        bring_in(cast.agency, email=email, name=name, post=post, actor=cast.coordinator, at=NOW, now=real_now())

    assert refused(deed) == key
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 0


def test_a_closed_account_is_given_no_post_and_keeps_none_longer(cast: Cast) -> None:
    closed = a_user(cast.agency, role=Role.AUDITOR, is_active=False, ends_on=date(2024, 4, 30))
    [held] = closed.memberships

    def longer() -> None:
        change_post(held, title=held.post, ends_on=None, actor=cast.administrator, at=NOW)

    def another() -> None:
        appoint(closed, Post(Role.OFFICER, cast.section, "", TODAY), actor=cast.administrator, at=NOW)

    assert {refused(longer), refused(another)} == {"appointed_account_is_closed"}
    with transaction():
        change_post(held, title=held.post, ends_on=TODAY, actor=cast.administrator, at=NOW)
    assert [post.ends_on for post in closed.memberships] == [TODAY]


def test_a_unit_of_another_agency_is_refused(cast: Cast) -> None:
    post = Post(Seat.DIRECTOR, cast.strange_task.division, "", TODAY)

    assert refused(lambda: appoint(cast.colleague, post, actor=cast.coordinator, at=NOW)) == "unit_of_another_agency"


def test_only_administrators_make_administrators(cast: Cast) -> None:
    post, key = Post(Role.ADMINISTRATOR, None, "", TODAY), "administrators_appoint_administrators"

    assert refused(lambda: brought_in(cast, post), NotPermitted) == key
    assert refused(lambda: appoint(cast.officer, post, actor=cast.coordinator, at=NOW), NotPermitted) == key
    assert refused(lambda: appoint(cast.coordinator, post, actor=cast.coordinator, at=NOW), NotPermitted) == key
    with transaction():
        appoint(cast.officer, post, actor=cast.administrator, at=NOW)
    assert cast.officer.has_role_on(Role.ADMINISTRATOR, TODAY)


@pytest.mark.parametrize("seat", Seat)
@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_nobody_gives_themselves_a_seat(cast: Cast, who: str, seat: Seat) -> None:
    actor: User = getattr(cast, who)
    unit = {Seat.DIRECTOR: cast.division, Seat.SECTION_HEAD: cast.section}.get(seat)
    named = a_named_seat(cast.agency) if seat is Seat.NAMED else None
    post = Post(seat, unit, "", TODAY, named_seat=named)

    key = refused(lambda: appoint(actor, post, actor=actor, at=NOW), NotPermitted)

    assert key == "no_seat_for_oneself"


def test_nobody_keeps_their_own_seat_longer(cast: Cast) -> None:
    seat = a_membership(cast.coordinator, seat=Seat.DIRECTOR, unit=cast.division, ends_on=TODAY)

    def longer() -> None:
        change_post(seat, title=seat.post, ends_on=None, actor=cast.coordinator, at=NOW)

    assert refused(longer, NotPermitted) == "no_seat_for_oneself"


def test_those_who_may_not_write_people_appoint_nobody(cast: Cast) -> None:
    assert refused(lambda: appoint(cast.officer, AUDITOR, actor=cast.director, at=NOW), NotPermitted)


def test_one_post_is_not_held_twice_at_once(cast: Cast) -> None:
    again = Post(Role.OFFICER, cast.section, "", TODAY)
    elsewhere = Post(Role.OFFICER, cast.other_section, "", TODAY)

    assert refused(lambda: appoint(cast.officer, again, actor=cast.coordinator, at=NOW)) == "post_is_held_already"
    with transaction():
        appoint(cast.officer, elsewhere, actor=cast.coordinator, at=NOW)
    assert len(cast.officer.memberships) == 2


def test_a_post_ends_on_its_day(cast: Cast) -> None:
    post = cast.officer.memberships[0]

    with transaction():
        change_post(post, title=post.post, ends_on=TODAY, actor=cast.coordinator, at=NOW)

    assert (cast.officer.posts_on(TODAY), cast.officer.posts_on(TODAY + DAY)) == ([Role.OFFICER], [])
    (event,) = events_about(f"user:{cast.officer.id}")
    assert (event["before"]["ends_on"], event["after"]["ends_on"]) == (None, "2024-03-18")


def test_a_post_changed_to_what_it_is_leaves_no_trace(cast: Cast) -> None:
    post = cast.officer.memberships[0]

    with transaction():
        change_post(post, title=post.post, ends_on=None, actor=cast.coordinator, at=NOW)

    assert events_about(f"user:{cast.officer.id}") == []


def test_only_a_post_that_has_not_begun_is_taken_back(cast: Cast) -> None:
    begun = cast.officer.memberships[0]
    coming = a_membership(cast.officer, role=Role.AUDITOR, starts_on=TODAY + DAY)
    coming_id = coming.id

    with transaction():
        withdraw(coming, actor=cast.coordinator, at=NOW)

    assert db.session.get(Membership, coming_id) is None
    assert refused(lambda: withdraw(begun, actor=cast.coordinator, at=NOW)) == "post_has_begun"


def test_a_coordinator_does_not_end_an_administrators_post(cast: Cast) -> None:
    post = cast.administrator.memberships[0]

    def ended() -> None:
        change_post(post, title=post.post, ends_on=TODAY, actor=cast.coordinator, at=NOW)

    assert refused(ended, NotPermitted) == "administrators_look_after_their_own"


def test_the_last_administrator_stays(cast: Cast) -> None:
    post = cast.administrator.memberships[0]
    a_user(cast.agency, role=Role.ADMINISTRATOR, ends_on=TODAY + DAY)

    def ended() -> None:
        change_post(post, title=post.post, ends_on=TODAY + DAY, actor=cast.administrator, at=NOW)

    assert refused(ended) == "last_administrator"


def test_two_administrators_do_not_close_each_other(cast: Cast) -> None:
    other = a_user(cast.agency, role=Role.ADMINISTRATOR)
    with transaction():
        close(other, actor=cast.administrator, at=NOW, now=real_now())

    def a_moment_later() -> None:
        close(cast.administrator, actor=other, at=NOW, now=real_now())

    assert refused(a_moment_later) == "last_administrator"


def test_nobody_closes_their_own_account(cast: Cast) -> None:
    assert refused(lambda: close(cast.administrator, actor=cast.administrator, at=NOW, now=real_now())) == (
        "own_account_closed"
    )


def test_a_closed_account_is_out_at_once(cast: Cast) -> None:
    with transaction():
        token, link = accounts.sign_in(cast.officer, real_now()), accounts.create_link(cast.officer, real_now())

    with transaction():
        close(cast.officer, actor=cast.coordinator, at=NOW, now=real_now())

    assert live_sign_in(token, real_now()) is None
    with transaction():
        reopen(cast.officer, actor=cast.coordinator, at=NOW)
    assert live_sign_in(token, real_now()) is None
    assert open_link(link, real_now()) is None


@pytest.mark.parametrize("deed", ["close", "reopen", "invite", "correct"])
def test_a_coordinator_leaves_administrators_alone(cast: Cast, deed: str) -> None:
    with transaction():
        cast.administrator.password_hash = None
    deeds: dict[str, Callable[[], object]] = {
        "close": lambda: close(cast.administrator, actor=cast.coordinator, at=NOW, now=real_now()),
        "reopen": lambda: reopen(cast.administrator, actor=cast.coordinator, at=NOW),
        "invite": lambda: invite(cast.administrator, actor=cast.coordinator, at=NOW, now=real_now()),
        "correct": lambda: change(cast.administrator, cast.coordinator, email="mine@example.go.th"),
    }

    assert refused(deeds[deed], NotPermitted) == "administrators_look_after_their_own"


def test_who_is_to_become_administrator_counts_as_one(cast: Cast) -> None:
    coming = a_user(cast.agency, role=Role.ADMINISTRATOR, starts_on=TODAY + DAY)

    assert refused(lambda: change(coming, cast.coordinator, email="mine@example.go.th"), NotPermitted)


def test_a_coordinator_does_not_move_an_account_in_use(cast: Cast) -> None:
    assert refused(lambda: change(cast.director, cast.coordinator, email="mine@example.go.th")) == (
        "email_of_account_in_use"
    )
    with transaction():
        change(cast.director, cast.coordinator, name="ประเสริฐ มั่นคง")
    assert (cast.director.name, cast.director.email) == ("ประเสริฐ มั่นคง", "director@example.go.th")


def test_an_account_that_moved_is_entered_anew(cast: Cast) -> None:
    with transaction():
        token, link = accounts.sign_in(cast.director, real_now()), accounts.create_link(cast.director, real_now())

    with transaction():
        change(cast.director, cast.administrator, email="Director.New@example.go.th")

    assert cast.director.email == "director.new@example.go.th"
    assert live_sign_in(token, real_now()) is None
    assert open_link(link, real_now()) is None
    (event,) = events_about(f"user:{cast.director.id}")
    assert (event["action"], event["after"]) == ("person.corrected", {"changed": ["email"]})


def test_no_two_people_have_one_address(cast: Cast) -> None:
    assert refused(lambda: change(cast.director, cast.administrator, email=cast.officer.email)) == "email_taken"


def test_a_wrong_address_put_right_is_invited_there(cast: Cast) -> None:
    user = brought_in(cast)
    settle(invitations(user)[0])
    with transaction():
        link = accounts.create_link(user, real_now())

    with transaction():
        change(user, cast.coordinator, email="right@example.go.th")

    assert [message.key for message in invitations(user)] == [f"invite:{user.id}:1", f"invite:{user.id}:2"]
    assert open_link(link, real_now()) is None


def test_an_invitation_that_waits_goes_to_the_new_address_once(cast: Cast) -> None:
    user = brought_in(cast)

    with transaction():
        change(user, cast.coordinator, email="right@example.go.th")

    assert len(invitations(user)) == 1


def test_an_invitation_is_repeated_once_the_first_has_left(cast: Cast) -> None:
    user = brought_in(cast)

    assert refused(lambda: invited_by(cast.coordinator, user)) == "invitation_is_waiting"
    settle(invitations(user)[0])
    with transaction():
        invited_by(cast.coordinator, user)

    assert [message.key for message in invitations(user)] == [f"invite:{user.id}:1", f"invite:{user.id}:2"]


def test_nobody_is_invited_in_vain(cast: Cast) -> None:
    closed = a_user(cast.agency, role=Role.AUDITOR, is_active=False)

    assert refused(lambda: invited_by(cast.coordinator, cast.officer)) == "invited_person_has_a_password"
    assert refused(lambda: invited_by(cast.coordinator, closed)) == "invited_account_is_closed"


def test_a_link_handed_over_ends_the_earlier_ones(cast: Cast) -> None:
    with transaction():
        first = give_link(cast.officer, via=COMMAND_LINE, at=NOW, now=real_now())

    with transaction():
        second = give_link(cast.officer, via=COMMAND_LINE, at=NOW, now=real_now())

    assert open_link(first, real_now()) is None
    assert open_link(second, real_now()) is not None
    assert events_about(f"user:{cast.officer.id}")[0]["actor"] == COMMAND_LINE
