"""Whether places can be filled so that nobody stands in two of them, neither themselves nor as the one acted for."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

MOST_TRIES = 500
"""Of sharing out the places among people who act for others: in general no way is known that is short for all."""

Choices = Collection[frozenset[int]]
"""Who could fill a place: one person, or one with the other for whom they act."""


def can_all_differ(places: Sequence[Choices]) -> bool:
    """Whether each place can have people of its own. Single people are matched; two who act as one are tried.

    Those are tried only where the one acted for could not fill the place alone, which is rare, and not for ever:
    when ``MOST_TRIES`` are used up the answer is no.
    """
    return _can_be_filled([_not_in_vain(choices) for choices in places], iter(range(MOST_TRIES)))


def _not_in_vain(choices: Choices) -> Choices:
    """Without those who bring somebody along who could do it alone."""
    alone = {person for people in choices if len(people) == 1 for person in people}
    return {people for people in choices if len(people) == 1 or people.isdisjoint(alone)}


def _can_be_filled(places: Sequence[Choices], tries: Iterator[int]) -> bool:
    if _can_be_matched([{person for people in choices if len(people) == 1 for person in people} for choices in places]):
        return True
    if next(tries, None) is None or not _can_be_matched([set().union(*choices) for choices in places]):
        return False
    twos = ((number, people) for number, choices in enumerate(places) for people in choices if len(people) > 1)
    return any(_can_be_filled(_left_by(people, number, places), tries) for number, people in twos)


def _left_by(people: frozenset[int], number: int, places: Sequence[Choices]) -> list[Choices]:
    """The other places, and whom they can still have when these people fill the one of this number."""
    others = [*places[:number], *places[number + 1 :]]
    return [[one for one in choices if one.isdisjoint(people)] for choices in others]


def _can_be_matched(places: Sequence[AbstractSet[int]]) -> bool:
    """Whether each place can have a person of its own (a matching by shortest augmenting paths)."""
    by_person: dict[int, int] = {}
    return all(_is_placed(number, places, by_person) for number in range(len(places)))


def _is_placed(number: int, places: Sequence[AbstractSet[int]], by_person: dict[int, int]) -> bool:
    """Find somebody for this place, who may leave another that finds somebody else; False when nobody is left."""
    wanted_by: dict[int, int] = {}
    asking = deque([number])
    while asking:
        asks = asking.popleft()
        for person in places[asks] - wanted_by.keys():
            wanted_by[person] = asks
            if person not in by_person:
                _move_up(person, wanted_by, by_person)
                return True
            asking.append(by_person[person])
    return False


def _move_up(free: int, wanted_by: Mapping[int, int], by_person: dict[int, int]) -> None:
    """Give whoever is free to the place that wants them, the one that it gives up to the next, and so on."""
    held = {place: person for person, place in by_person.items()}
    person: int | None = free
    while person is not None:
        by_person[person] = wanted_by[person]
        person = held.get(wanted_by[person])
