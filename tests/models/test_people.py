"""Units have their place, posts have their days, and nobody belongs to two agencies."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.permissions import Permission, Role, Seat
from ita_flow.domain.units import UnitKind
from ita_flow.extensions import db
from ita_flow.models.people import Agency, Membership, Unit
from tests.factories import TODAY, Cast, a_division, a_membership, a_section, a_user, an_agency
from tests.models.refusing import SOMEBODY_ELSES, TWICE, refused


def test_two_divisions_of_an_agency_do_not_bear_one_name(cast: Cast) -> None:
    with refused(TWICE):
        a_division(cast.agency, cast.division.name)


def test_divisions_of_two_agencies_may_bear_one_name(cast: Cast) -> None:
    elsewhere = an_agency("เทศบาลตำบลไกลออกไป", code="far")

    assert a_division(elsewhere, cast.division.name).name == cast.division.name


def test_two_sections_of_a_division_do_not_bear_one_name(cast: Cast) -> None:
    with refused(TWICE):
        a_section(cast.division, cast.section.name)


def test_sections_of_two_divisions_may_bear_one_name(cast: Cast) -> None:
    assert a_section(cast.other_division, cast.section.name).name == cast.section.name


@pytest.mark.parametrize(("kind", "has_parent"), [(UnitKind.SECTION, False), (UnitKind.DIVISION, True)])
def test_only_sections_have_a_parent(cast: Cast, kind: UnitKind, has_parent: bool) -> None:
    parent_id = cast.division.id if has_parent else None

    with refused("sections_have_a_parent"):
        db.session.add(Unit(agency_id=cast.agency.id, kind=kind, name="หน่วยใหม่", parent_id=parent_id))


def test_a_section_belongs_to_a_division_of_its_own_agency(cast: Cast) -> None:
    with refused(SOMEBODY_ELSES):
        db.session.add(
            Unit(agency_id=cast.stranger.agency_id, kind=UnitKind.SECTION, name="ฝ่ายใหม่", parent_id=cast.division.id)
        )


def test_an_address_belongs_to_one_person(cast: Cast) -> None:
    with refused(TWICE):
        a_user(cast.agency, email=cast.officer.email)


@pytest.mark.parametrize(("role", "seat"), [(None, None), (Role.OFFICER, Seat.DIRECTOR)])
def test_a_membership_is_a_role_or_a_seat(cast: Cast, role: Role | None, seat: Seat | None) -> None:
    with refused("role_or_seat"):
        a_membership(cast.officer, role=role, seat=seat, unit=cast.section)


def test_a_post_does_not_end_before_it_starts(cast: Cast) -> None:
    with refused("ends_after_start"):
        a_membership(cast.officer, role=Role.AUDITOR, starts_on=TODAY, ends_on=date(2024, 3, 17))


def test_a_post_is_held_in_a_unit_of_ones_own_agency(cast: Cast) -> None:
    with refused(SOMEBODY_ELSES):
        a_membership(cast.stranger, seat=Seat.SECTION_HEAD, unit=cast.section)


@pytest.mark.parametrize(
    ("day", "is_held"),
    [
        (date(2024, 1, 9), False),
        (date(2024, 1, 10), True),
        (date(2024, 2, 20), True),
        (date(2024, 2, 21), False),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(day: date, is_held: bool) -> None:
    membership = Membership(starts_on=date(2024, 1, 10), ends_on=date(2024, 2, 20))

    assert membership.is_held_on(day) is is_held


def test_a_post_without_an_end_is_held_on(cast: Cast) -> None:
    assert cast.head.posts_on(date(2099, 1, 1)) == [Seat.SECTION_HEAD]


def test_a_person_may_do_what_any_of_their_posts_allows(cast: Cast) -> None:
    a_membership(cast.officer, seat=Seat.SECTION_HEAD, unit=cast.section, starts_on=TODAY, ends_on=TODAY)

    assert cast.officer.may(Permission.REPORT_WRITE, TODAY)
    assert cast.officer.may(Permission.REPORT_DECIDE, TODAY)
    assert not cast.officer.may(Permission.REPORT_DECIDE, date(2024, 3, 19))


def test_a_person_without_a_post_may_nothing(cast: Cast) -> None:
    assert a_user(cast.agency).permissions_on(TODAY) == frozenset()


@pytest.mark.parametrize("same", ["name", "code"])
def test_two_agencies_share_neither_name_nor_code(cast: Cast, same: str) -> None:
    another = {"name": "อีกแห่ง", "code": "another", "short_name": "", "created_at": cast.agency.created_at}

    with refused(TWICE):
        db.session.add(Agency(**another | {same: getattr(cast.agency, same)}))


@pytest.mark.parametrize("seat", [Seat.SECTION_HEAD, Seat.DIRECTOR])
def test_a_head_or_director_is_one_of_some_unit(cast: Cast, seat: Seat) -> None:
    with refused("heads_have_a_unit"):
        a_membership(cast.officer, seat=seat)


@pytest.mark.parametrize("seat", [Seat.CHIEF, Seat.EXECUTIVE])
def test_those_above_all_units_need_none(cast: Cast, seat: Seat) -> None:
    a_membership(cast.officer, seat=seat)

    assert seat in cast.officer.posts_on(TODAY)
