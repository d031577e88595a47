"""The chain of seats: who decides, in which order, and never on their own work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.approvals import CHAIN, chain_for, may_decide, seat_to_decide
from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import CLAIMABLE, WorkStatus

HEAD, DIRECTOR = Seat.SECTION_HEAD, Seat.DIRECTOR
OFFICER, ANNA, BEN = 1, 2, 3
PEOPLE = st.frozensets(st.integers(1, 4))


@pytest.mark.parametrize(
    ("claim", "chain"),
    [
        (WorkStatus.DONE, (HEAD, DIRECTOR)),
        (WorkStatus.IN_PROGRESS, (HEAD,)),
        (WorkStatus.NOT_STARTED, (HEAD,)),
    ],
)
def test_only_a_claim_of_completion_walks_the_whole_chain(claim: WorkStatus, chain: tuple[Seat, ...]) -> None:
    assert chain_for(claim, {HEAD: {ANNA}, DIRECTOR: {BEN}}, {OFFICER}) == chain


@pytest.mark.parametrize(
    ("holders", "authors", "chain"),
    [
        ({DIRECTOR: {BEN}}, {OFFICER}, (DIRECTOR,)),
        ({HEAD: set(), DIRECTOR: {BEN}}, {OFFICER}, (DIRECTOR,)),
        ({HEAD: {ANNA}}, {OFFICER}, (HEAD,)),
        ({HEAD: {ANNA}, DIRECTOR: {BEN}}, {OFFICER, ANNA}, (DIRECTOR,)),
        ({HEAD: {ANNA}, DIRECTOR: {BEN}}, {BEN}, (HEAD,)),
        ({HEAD: {ANNA, BEN}, DIRECTOR: {BEN}}, {ANNA}, (HEAD, DIRECTOR)),
    ],
    ids=[
        "no head",
        "vacant head",
        "no director",
        "the head wrote in it",
        "the director wrote it",
        "a second holder did not write in it",
    ],
)
def test_a_seat_that_nobody_free_of_the_report_holds_is_passed_over(
    holders: dict[Seat, set[int]], authors: set[int], chain: tuple[Seat, ...]
) -> None:
    assert chain_for(WorkStatus.DONE, holders, authors) == chain


@pytest.mark.parametrize("claim", CLAIMABLE)
@pytest.mark.parametrize(
    "holders", [{}, {HEAD: {OFFICER}}, {HEAD: {OFFICER}, DIRECTOR: {OFFICER}}, {Seat.CHIEF: {ANNA}}]
)
def test_a_report_that_nobody_can_decide_is_refused(claim: WorkStatus, holders: dict[Seat, set[int]]) -> None:
    with pytest.raises(Invalid, match="nobody_can_decide"):
        chain_for(claim, holders, {OFFICER})


def test_progress_is_decided_by_the_director_where_there_is_no_head() -> None:
    assert chain_for(WorkStatus.IN_PROGRESS, {DIRECTOR: {BEN}}, {OFFICER}) == (DIRECTOR,)


@pytest.mark.parametrize(("approvals", "seat"), [(0, HEAD), (1, DIRECTOR), (2, None), (3, None)])
def test_the_seats_decide_one_after_the_other(approvals: int, seat: Seat | None) -> None:
    assert seat_to_decide(CHAIN, approvals) is seat


@pytest.mark.parametrize(
    ("person", "holders", "authors", "may"),
    [
        (ANNA, {ANNA}, {OFFICER}, True),
        (BEN, {ANNA}, {OFFICER}, False),
        (ANNA, {ANNA}, {OFFICER, ANNA}, False),
        (ANNA, {ANNA, BEN}, {BEN}, True),
        (ANNA, set(), set(), False),
    ],
)
def test_a_holder_decides_who_did_not_write(person: int, holders: set[int], authors: set[int], may: bool) -> None:
    assert may_decide(person, holders, authors) is may


@given(st.sampled_from(CLAIMABLE), st.dictionaries(st.sampled_from(Seat), PEOPLE), PEOPLE)
def test_every_seat_of_a_chain_has_somebody_who_may_decide(
    claim: WorkStatus, holders: dict[Seat, frozenset[int]], authors: frozenset[int]
) -> None:
    try:
        chain = chain_for(claim, holders, authors)
    except Invalid:
        chain = ()

    assert all(any(may_decide(person, holders[seat], authors) for person in holders[seat]) for seat in chain)
