"""Who decides on reports of a unit, as the chain that rules there says."""

from __future__ import annotations

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.permissions import Seat
from ita_flow.extensions import db
from ita_flow.models.people import Unit
from ita_flow.queries.assignments import posts_today
from ita_flow.queries.unit_deciders import deciders_of
from tests.factories import TODAY, Cast, a_chain, a_named_seat, an_acting_order


def over(cast: Cast, division: Unit, section: Unit | None) -> list[tuple[str, list[str]]]:
    """What each seat is called there, and who can decide in it."""
    deciders = deciders_of(cast.task.measure.plan, posts_today(cast.agency.id, TODAY))
    return [(seat.title, [held.user.name for held in seat.holders]) for seat in deciders.over(division, section)]


def test_without_a_chain_the_usual_one_rules(cast: Cast) -> None:
    of_section, of_division = over(cast, cast.division, cast.section), over(cast, cast.division, None)

    assert of_section == [("หัวหน้าฝ่าย", [cast.head.name]), ("ผู้อำนวยการกอง", [cast.director.name])]
    assert of_division == of_section[1:]


def test_the_chain_of_the_division_goes_before_the_plans_and_that_before_the_agencys(cast: Cast) -> None:
    named = a_named_seat(cast.agency)
    a_chain(cast.agency, ChainSeat(Seat.NAMED, named_seat=named.id), division=cast.division)
    a_chain(cast.agency, ChainSeat(Seat.CHIEF), plan=cast.task.measure.plan)
    a_chain(cast.agency, ChainSeat(Seat.EXECUTIVE))

    assert over(cast, cast.division, cast.section) == [(named.name, [])]
    assert over(cast, cast.other_division, None) == [("ปลัด", [cast.chief.name])]


def test_an_order_for_one_division_reaches_no_other(cast: Cast) -> None:
    an_acting_order(cast.head, Seat.CHIEF, holder=cast.chief, division=cast.division)
    a_chain(cast.agency, ChainSeat(Seat.CHIEF))

    assert over(cast, cast.division, None) == [("ปลัด", [cast.chief.name, cast.head.name])]
    assert over(cast, cast.other_division, None) == [("ปลัด", [cast.chief.name])]


def test_whoever_signs_in_no_more_decides_nothing(cast: Cast) -> None:
    cast.head.is_active = False
    db.session.commit()

    assert over(cast, cast.division, cast.section)[0] == ("หัวหน้าฝ่าย", [])
