"""Seats that an agency names itself, and the people who sit in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ita_flow.database import transaction
from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid, NotPermitted, Refusal, Stale
from ita_flow.extensions import db
from ita_flow.models.people import Membership, NamedSeat, User
from ita_flow.workflow.appointments import Post, appoint, bring_in, change_post
from ita_flow.workflow.named_seats import add_named_seat, remove_named_seat, rename_named_seat
from tests.factories import NOW, TODAY, Cast, a_chain, a_membership, a_named_seat
from tests.record import events_about

NAME = "ประธานคณะทำงาน ITA"


def added(cast: Cast, name: str = NAME) -> NamedSeat:
    with transaction():
        return add_named_seat(cast.agency, name, actor=cast.coordinator, at=NOW)


def removed(cast: Cast, seat: NamedSeat) -> None:
    with transaction():
        remove_named_seat(seat, actor=cast.coordinator, at=NOW)


def renamed(cast: Cast, seat: NamedSeat, name: str) -> None:
    with transaction():
        rename_named_seat(seat, name, actor=cast.coordinator, at=NOW)


def appointed(cast: Cast, user: User, seat: NamedSeat | None, held: Role | Seat = Seat.NAMED) -> Membership:
    with transaction():
        return appoint(user, Post(held, None, "", TODAY, named_seat=seat), actor=cast.coordinator, at=NOW)


def refused(deed: Callable[[], object], kind: type[Refusal] = Invalid) -> str:
    with pytest.raises(kind) as refusal:
        deed()
    return refusal.value.key


def actions(seat_id: int) -> list[str]:
    return [event["action"] for event in events_about(f"named_seat:{seat_id}")]


def test_a_seat_is_added_tidily_renamed_and_removed(cast: Cast) -> None:
    seat = added(cast, "  ประธาน   คณะทำงาน ")
    number, name = seat.id, seat.name

    renamed(cast, seat, NAME)
    removed(cast, seat)

    assert name == "ประธาน คณะทำงาน"
    assert db.session.get(NamedSeat, number) is None
    assert actions(number) == ["named_seat.added", "named_seat.renamed", "named_seat.removed"]


def test_a_seat_that_keeps_its_name_leaves_no_trace(cast: Cast) -> None:
    seat = added(cast)

    renamed(cast, seat, f" {NAME}")

    assert actions(seat.id) == ["named_seat.added"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (" ", "named_seat_needs_a_name"),
        ("ก" * 201, "named_seat_name_too_long"),
        ("ประธาน คณะทำงานITA", "named_seat_name_taken"),
        ("ปลัด", "named_seat_is_a_known_one"),
        ("ผู้ อำนวยการกอง", "named_seat_is_a_known_one"),
        ("ผู้ตรวจสอบ", "named_seat_is_a_known_one"),
    ],
)
def test_a_name_says_something_fits_and_is_nobody_elses(cast: Cast, name: str, key: str) -> None:
    other = added(cast, "เลขานุการ")
    added(cast)

    assert refused(lambda: added(cast, name)) == key
    assert refused(lambda: renamed(cast, other, name)) == key


def test_another_agency_may_use_the_same_name(cast: Cast) -> None:
    a_named_seat(cast.stranger.agency, NAME)

    assert added(cast).name == NAME


def use_in_a_chain(cast: Cast, seat: NamedSeat) -> None:
    a_chain(cast.agency, ChainSeat(Seat.NAMED, named_seat=seat.id))


def use_as_a_post_of_old(cast: Cast, seat: NamedSeat) -> None:
    ended = TODAY - timedelta(days=1)
    a_membership(cast.chief, seat=Seat.NAMED, named_seat_id=seat.id, ends_on=ended)


@pytest.mark.parametrize("use", [use_in_a_chain, use_as_a_post_of_old])
def test_a_seat_in_use_stays(cast: Cast, use: Callable[[Cast, NamedSeat], None]) -> None:
    seat = a_named_seat(cast.agency)
    use(cast, seat)

    assert refused(lambda: removed(cast, seat)) == "named_seat_in_use"


def test_a_seat_that_is_gone_cannot_be_renamed(cast: Cast) -> None:
    seat = added(cast)
    as_seen = NamedSeat(id=seat.id, agency_id=cast.agency.id, name=NAME)
    removed(cast, seat)

    assert refused(lambda: renamed(cast, as_seen, "เลขานุการ"), Stale) == "someone_was_quicker"


def test_a_post_in_a_named_seat_is_called_by_its_name(cast: Cast) -> None:
    seat = a_named_seat(cast.agency, NAME)

    membership = appointed(cast, cast.chief, seat)

    assert (membership.seat, membership.named_seat_id, membership.post) == (Seat.NAMED, seat.id, NAME)
    assert events_about(f"user:{cast.chief.id}")[-1]["after"]["named_seat"] == seat.id


def test_somebody_new_is_brought_into_a_named_seat(cast: Cast) -> None:
    post = Post(Seat.NAMED, None, "", TODAY, named_seat=a_named_seat(cast.agency, NAME))
    email, name = "new@example.go.th", "คน ใหม่"

    with transaction():
        user = bring_in(cast.agency, email=email, name=name, post=post, actor=cast.coordinator, at=NOW, now=NOW)

    assert [held.post for held in user.memberships] == [NAME]


def test_a_title_taken_back_leaves_the_name_of_the_seat(cast: Cast) -> None:
    membership = appointed(cast, cast.chief, a_named_seat(cast.agency, NAME))

    with transaction():
        change_post(membership, title="ประธาน", ends_on=None, actor=cast.coordinator, at=NOW)
        change_post(membership, title="", ends_on=None, actor=cast.coordinator, at=NOW)

    assert membership.post == NAME


def test_a_person_may_sit_in_two_named_seats_but_in_each_once(cast: Cast) -> None:
    first, second = a_named_seat(cast.agency, NAME), a_named_seat(cast.agency, "เลขานุการ")
    appointed(cast, cast.chief, first)

    appointed(cast, cast.chief, second)

    assert refused(lambda: appointed(cast, cast.chief, first)) == "post_is_held_already"


def test_a_named_seat_must_be_named_and_no_other_seat_may(cast: Cast) -> None:
    seat = a_named_seat(cast.agency)

    assert refused(lambda: appointed(cast, cast.chief, None)) == "named_seat_needed"
    assert refused(lambda: appointed(cast, cast.chief, seat, Seat.EXECUTIVE)) == "named_seat_needed"


def test_a_seat_of_another_agency_is_not_given(cast: Cast) -> None:
    foreign = a_named_seat(cast.stranger.agency)

    assert refused(lambda: appointed(cast, cast.chief, foreign)) == "named_seat_is_gone"


def test_nobody_gives_a_named_seat_to_themselves(cast: Cast) -> None:
    seat = a_named_seat(cast.agency)

    assert refused(lambda: appointed(cast, cast.coordinator, seat), NotPermitted) == "no_seat_for_oneself"
