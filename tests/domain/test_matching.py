"""Sharing places out among people, some of whom act for others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_flow.domain.matching import can_all_differ

PEOPLE = st.frozensets(st.integers(1, 6), min_size=1, max_size=2)
PLACES = st.lists(st.sets(PEOPLE, max_size=4), max_size=5)
A_BIG_OFFICE = range(200)


def can_by_trying(places: Sequence[Collection[frozenset[int]]]) -> bool:
    """The same in the plainest way, which takes for ever with many."""
    if not places:
        return True
    first, *others = places
    return any(can_by_trying([[one for one in left if one.isdisjoint(taken)] for left in others]) for taken in first)


@given(PLACES)
def test_it_finds_what_trying_everything_finds(places: list[set[frozenset[int]]]) -> None:
    assert can_all_differ(places) == can_by_trying(places)


@pytest.mark.parametrize(("more", "is_enough"), [(0, True), (1, False)])
def test_a_big_office_is_shared_out_at_once(more: int, is_enough: bool) -> None:
    everybody = [frozenset({person}) for person in A_BIG_OFFICE]
    with_deputies = [*everybody, *(frozenset({person, 1000 + person}) for person in A_BIG_OFFICE)]

    assert can_all_differ([with_deputies] * (len(A_BIG_OFFICE) + more)) is is_enough


def test_deputies_alone_are_not_tried_for_ever() -> None:
    deputies = [frozenset({person, (person + 1) % 30}) for person in range(30)]

    assert not can_all_differ([deputies] * 20)
