"""Which posts are held in which units."""

from __future__ import annotations

import pytest

from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.units import UnitKind, check_place

DIVISION, SECTION, AGENCY = UnitKind.DIVISION, UnitKind.SECTION, None


@pytest.mark.parametrize(
    ("post", "kind"),
    [
        (Role.OFFICER, SECTION),
        (Role.OFFICER, DIVISION),
        (Role.COORDINATOR, AGENCY),
        (Role.AUDITOR, DIVISION),
        (Seat.SECTION_HEAD, SECTION),
        (Seat.DIRECTOR, DIVISION),
        (Seat.CHIEF, AGENCY),
        (Seat.EXECUTIVE, AGENCY),
    ],
)
def test_a_post_in_its_place_is_fine(post: Role | Seat, kind: UnitKind | None) -> None:
    check_place(post, kind)


@pytest.mark.parametrize(
    ("post", "kind", "key"),
    [
        (Role.OFFICER, AGENCY, "officer_needs_a_unit"),
        (Seat.SECTION_HEAD, AGENCY, "head_needs_a_section"),
        (Seat.SECTION_HEAD, DIVISION, "head_needs_a_section"),
        (Seat.DIRECTOR, SECTION, "director_needs_a_division"),
        (Seat.DIRECTOR, AGENCY, "director_needs_a_division"),
        (Seat.CHIEF, DIVISION, "post_of_the_whole_agency"),
        (Seat.EXECUTIVE, SECTION, "post_of_the_whole_agency"),
    ],
)
def test_a_post_out_of_place_is_refused(post: Role | Seat, kind: UnitKind | None, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_place(post, kind)

    assert (refused.value.key, refused.value.field) == (key, "unit")
