"""The settling of a chain: which seats decide on a report, and who may never."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.approval_chains import (
    USUAL,
    ActingScope,
    Chain,
    ChainSeat,
    Holder,
    SeatKey,
    Settled,
    Verb,
    WhyPassed,
    may_decide,
    passed_kept,
    seat_kept,
    settle,
)
from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import CLAIMABLE, WorkStatus

HEAD, DIRECTOR, CHIEF, EXECUTIVE = Seat.SECTION_HEAD, Seat.DIRECTOR, Seat.CHIEF, Seat.EXECUTIVE
OFFICER, ANNA, BEN, CARL = 1, 2, 3, 4
DONE, UNDER_WAY = WorkStatus.DONE, WorkStatus.IN_PROGRESS
PEOPLE = st.frozensets(st.integers(1, 4), max_size=3)


def held(**people: Collection[int]) -> dict[SeatKey, list[Holder]]:
    """Holders in their own right, seat by seat."""
    return {(Seat(seat), None): [Holder(person) for person in sorted(those)] for seat, those in people.items()}


def kinds(settled: Settled) -> list[Seat]:
    return [seat.seat for seat in settled.seats]


def passed(settled: Settled) -> Mapping[Seat, WhyPassed]:
    return {line.seat.seat: line.why for line in settled.passed}


def settled(
    holders: Mapping[SeatKey, Collection[Holder]],
    *,
    claim: WorkStatus = DONE,
    authors: Collection[int] = (OFFICER,),
    chain: Chain = USUAL,
    has_section: bool = True,
) -> Settled:
    return settle(chain, claim, holders, authors, has_section=has_section)


@pytest.mark.parametrize(
    ("claim", "seats"), [(DONE, [HEAD, DIRECTOR]), (UNDER_WAY, [HEAD]), (WorkStatus.NOT_STARTED, [HEAD])]
)
def test_only_a_claim_of_completion_walks_the_whole_chain(claim: WorkStatus, seats: list[Seat]) -> None:
    assert kinds(settled(held(section_head=[ANNA], director=[BEN]), claim=claim)) == seats


def test_a_chain_may_ask_every_report_to_walk_it_whole() -> None:
    chain = Chain(USUAL.seats, progress_walks_all=True)

    assert kinds(settled(held(section_head=[ANNA], director=[BEN]), claim=UNDER_WAY, chain=chain)) == [HEAD, DIRECTOR]


@pytest.mark.parametrize(
    ("people", "authors", "seats", "why"),
    [
        ({"director": [BEN]}, [OFFICER], [DIRECTOR], {HEAD: WhyPassed.VACANT}),
        ({"section_head": [ANNA]}, [OFFICER], [HEAD], {DIRECTOR: WhyPassed.VACANT}),
        ({"section_head": [ANNA], "director": [BEN]}, [OFFICER, ANNA], [DIRECTOR], {HEAD: WhyPassed.WROTE_IT}),
        ({"section_head": [ANNA], "director": [BEN]}, [BEN], [HEAD], {DIRECTOR: WhyPassed.WROTE_IT}),
        ({"section_head": [ANNA, BEN], "director": [CARL]}, [ANNA], [HEAD, DIRECTOR], {}),
    ],
    ids=["vacant head", "no director", "the head wrote in it", "the director wrote it", "a second head did not write"],
)
def test_a_seat_that_nobody_free_of_the_report_holds_passes_it_on(
    people: dict[str, list[int]], authors: list[int], seats: list[Seat], why: dict[Seat, WhyPassed]
) -> None:
    way = settled(held(**people), authors=authors)

    assert (kinds(way), passed(way)) == (seats, why)


def test_progress_passes_a_vacant_seat_and_ends_at_the_next() -> None:
    way = settled(held(director=[BEN]), claim=UNDER_WAY)

    assert (kinds(way), passed(way)) == ([DIRECTOR], {HEAD: WhyPassed.VACANT})


def test_seats_further_up_are_not_passed_over_by_progress_that_never_reaches_them() -> None:
    way = settled(held(section_head=[ANNA]), claim=UNDER_WAY)

    assert (kinds(way), passed(way)) == ([HEAD], {})


def test_work_without_a_section_has_no_section_head_and_nothing_is_passed_over() -> None:
    way = settled(held(director=[BEN]), has_section=False)

    assert (kinds(way), passed(way)) == ([DIRECTOR], {})


@pytest.mark.parametrize("claim", CLAIMABLE)
@pytest.mark.parametrize("people", [{}, {"section_head": [OFFICER]}, {"chief": [ANNA]}])
def test_a_report_that_nobody_can_decide_is_refused_and_names_the_seats(
    claim: WorkStatus, people: dict[str, list[int]]
) -> None:
    chain = Chain((ChainSeat(HEAD, title="หัวหน้าฝ่าย"), ChainSeat(DIRECTOR, title="ผู้อำนวยการกอง")))

    with pytest.raises(Invalid, match="nobody_can_decide") as refusal:
        settled(held(**people), claim=claim, chain=chain)

    assert refusal.value.values["seats"] == "หัวหน้าฝ่าย · ผู้อำนวยการกอง"


def test_whoever_holds_two_seats_decides_once_in_the_higher() -> None:
    way = settled(held(section_head=[ANNA], director=[ANNA]))

    assert (kinds(way), passed(way)) == ([DIRECTOR], {HEAD: WhyPassed.DECIDES_LATER})


def test_a_second_holder_lets_both_seats_stand() -> None:
    assert kinds(settled(held(section_head=[ANNA, BEN], director=[ANNA]))) == [HEAD, DIRECTOR]


def test_a_chain_may_let_one_person_decide_in_two_seats() -> None:
    chain = Chain(USUAL.seats, distinct_deciders=False)

    assert kinds(settled(held(section_head=[ANNA], director=[ANNA]), chain=chain)) == [HEAD, DIRECTOR]


def test_a_seat_that_needs_all_stands_once_for_each_of_its_holders() -> None:
    chain = Chain((ChainSeat(HEAD), ChainSeat(DIRECTOR, needs_all=True)))

    way = settled(held(section_head=[ANNA], director=[BEN, CARL, OFFICER]), chain=chain)

    assert kinds(way) == [HEAD, DIRECTOR, DIRECTOR]


def test_somebody_who_acts_for_a_holder_does_not_count_twice_where_all_are_needed() -> None:
    chain = Chain((ChainSeat(DIRECTOR, needs_all=True),))
    holders: dict[SeatKey, list[Holder]] = {(DIRECTOR, None): [Holder(BEN), Holder(CARL, on_behalf_of=BEN, order=7)]}

    assert kinds(settled(holders, chain=chain)) == [DIRECTOR]


def test_one_who_stands_in_for_another_of_all_who_are_needed_decides_once() -> None:
    """Whether the chain lets one person decide in two seats or not: otherwise nobody could take the second place."""
    seats = (ChainSeat(DIRECTOR, needs_all=True),)
    holders: dict[SeatKey, list[Holder]] = {(DIRECTOR, None): [Holder(BEN), Holder(BEN, on_behalf_of=CARL, order=7)]}

    for distinct in (True, False):
        assert kinds(settled(holders, chain=Chain(seats, distinct_deciders=distinct))) == [DIRECTOR]


def test_of_all_who_are_needed_those_decide_who_are_not_needed_further_up() -> None:
    chain = Chain((ChainSeat(DIRECTOR, needs_all=True), ChainSeat(CHIEF)))

    way = settled(held(director=[ANNA, BEN, CARL], chief=[CARL]), chain=chain)

    assert (kinds(way), passed(way)) == ([DIRECTOR, DIRECTOR, CHIEF], {})


def test_nobody_is_counted_on_to_act_for_one_who_is_needed_in_the_seat_below() -> None:
    holders: dict[SeatKey, list[Holder]] = {
        (HEAD, None): [Holder(ANNA)],
        (DIRECTOR, None): [Holder(ANNA), Holder(BEN, on_behalf_of=ANNA, order=7)],
    }

    way = settled(holders)

    assert (kinds(way), passed(way)) == ([DIRECTOR], {HEAD: WhyPassed.DECIDES_LATER})


def test_an_order_that_covers_progress_alone_does_not_man_a_seat_for_a_claim_of_completion() -> None:
    covered: dict[SeatKey, list[Holder]] = {(DIRECTOR, None): [Holder(CARL, order=7, scope=ActingScope.PROGRESS)]}

    assert kinds(settled(covered | {(HEAD, None): [Holder(ANNA)]})) == [HEAD]
    assert kinds(settled(covered, claim=UNDER_WAY)) == [DIRECTOR]


@pytest.mark.parametrize(
    ("holder", "authors", "deciders", "may"),
    [
        (Holder(ANNA), [OFFICER], [], True),
        (Holder(ANNA), [OFFICER, ANNA], [], False),
        (Holder(ANNA), [OFFICER], [ANNA], False),
        (Holder(ANNA, on_behalf_of=BEN), [OFFICER], [], True),
        (Holder(ANNA, on_behalf_of=BEN), [BEN], [], False),
        (Holder(ANNA, on_behalf_of=BEN), [ANNA], [], False),
        (Holder(ANNA, on_behalf_of=BEN), [OFFICER], [BEN], False),
        (Holder(ANNA, on_behalf_of=BEN), [OFFICER], [CARL], True),
    ],
)
def test_separation_of_duties_follows_the_person_and_the_one_they_act_for(
    holder: Holder, authors: list[int], deciders: list[int], may: bool
) -> None:
    assert may_decide(holder, authors, deciders) is may


HOLDERS = st.builds(
    lambda person, other, order: Holder(person, other if other != person else None, order),
    st.integers(1, 5),
    st.none() | st.integers(1, 5),
    st.integers(1, 3),
)
"""Somebody in a seat of their own, in a vacant one, or in that of another."""


@given(
    st.sampled_from(CLAIMABLE),
    st.dictionaries(st.sampled_from([HEAD, DIRECTOR, CHIEF, EXECUTIVE]), st.lists(HOLDERS, max_size=4)),
    PEOPLE,
    st.booleans(),
    st.sets(st.sampled_from([HEAD, DIRECTOR, CHIEF, EXECUTIVE])),
)
def test_a_settled_chain_can_be_walked_by_people_who_may(
    claim: WorkStatus, holders: dict[Seat, list[Holder]], authors: frozenset[int], distinct: bool, all_needed: set[Seat]
) -> None:
    seats = tuple(ChainSeat(seat, needs_all=seat in all_needed) for seat in (HEAD, DIRECTOR, CHIEF, EXECUTIVE))
    able = {seat: [one for one in those if may_decide(one, authors)] for seat, those in holders.items()}
    try:
        way = settled(
            {(seat, None): those for seat, those in holders.items()},
            claim=claim,
            authors=authors,
            chain=Chain(seats, distinct_deciders=distinct),
        ).seats
    except Invalid:
        assert not any(able.values())
        return

    assert way
    assert can_be_walked([(seat, able[seat.seat]) for seat in way], distinct)


def can_be_walked(way: list[tuple[ChainSeat, list[Holder]]], distinct: bool) -> bool:
    """By trying everybody: whether each place finds a decider whom no earlier decision bars."""
    return _walk(way, [], distinct)


def _walk(
    way: list[tuple[ChainSeat, list[Holder]]], taken: list[tuple[ChainSeat, frozenset[int]]], distinct: bool
) -> bool:
    if len(taken) == len(way):
        return True
    seat, holders = way[len(taken)]
    barred = {person for earlier, those in taken if distinct or earlier.key == seat.key for person in those}
    return any(_walk(way, [*taken, (seat, one.people)], distinct) for one in holders if one.people.isdisjoint(barred))


def test_a_seat_is_kept_and_read_again_as_it_was() -> None:
    seat = ChainSeat(Seat.NAMED, Verb.APPROVE, 5, needs_all=True, named_seat=3, title="ประธานคณะทำงาน")
    line = settled(held(director=[BEN])).passed[0]

    assert seat_kept(seat.kept()) == seat
    assert passed_kept(line.kept()) == line


def test_the_oldest_versions_kept_only_the_kind_of_a_seat() -> None:
    assert seat_kept("director") == ChainSeat(DIRECTOR)


@pytest.mark.parametrize(
    ("chain", "key"),
    [
        (Chain(()), "chain_without_seats"),
        (Chain((ChainSeat(HEAD),) * 2), "chain_names_a_seat_twice"),
        (Chain(tuple(ChainSeat(Seat.NAMED, named_seat=number) for number in range(9))), "chain_too_long"),
        (Chain((ChainSeat(HEAD, days_allowed=0),)), "chain_days_out_of_range"),
        (Chain((ChainSeat(HEAD, days_allowed=61),)), "chain_days_out_of_range"),
    ],
)
def test_a_chain_that_cannot_be_is_refused(chain: Chain, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        chain.check()
