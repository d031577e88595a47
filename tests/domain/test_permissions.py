"""Permissions: what each role and seat opens."""

from __future__ import annotations

import pytest

from ita_flow.domain.permissions import GRANTS, Permission, Role, Seat, permissions_of

WRITERS: set[Role | Seat] = {Role.OFFICER}
DECIDERS: set[Role | Seat] = set(Seat)
POSTS: list[Role | Seat] = [*Role, *Seat]


def test_every_role_and_seat_has_its_grants() -> None:
    assert set(GRANTS) == set(POSTS)


def test_permissions_stand_in_the_order_of_the_alphabet() -> None:
    assert [permission.name for permission in Permission] == sorted(permission.name for permission in Permission)


@pytest.mark.parametrize("post", POSTS)
def test_everybody_may_use_their_account_and_read(post: Role | Seat) -> None:
    assert {Permission.ACCOUNT_USE, Permission.TASK_READ, Permission.DASHBOARD_READ} <= permissions_of([post])


@pytest.mark.parametrize("post", POSTS)
def test_only_officers_write_reports(post: Role | Seat) -> None:
    assert (Permission.REPORT_WRITE in permissions_of([post])) is (post in WRITERS)


@pytest.mark.parametrize("post", POSTS)
def test_only_the_seats_of_the_chain_decide(post: Role | Seat) -> None:
    assert (Permission.REPORT_DECIDE in permissions_of([post])) is (post in DECIDERS)


def test_posts_add_up() -> None:
    both = permissions_of([Role.OFFICER, Seat.DIRECTOR])

    assert both == permissions_of([Role.OFFICER]) | permissions_of([Seat.DIRECTOR])


def test_nobody_without_a_post_may_anything() -> None:
    assert permissions_of([]) == frozenset()


def test_roles_and_seats_never_share_a_name() -> None:
    assert not {role.value for role in Role} & {seat.value for seat in Seat}
