"""Approval chains: the seats that decide on a report, in their order, and how a chain is settled for one report.

A chain is settled when a report is submitted and stays with that version: changing it leaves reports under way alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ita_flow.domain.matching import can_all_differ
from ita_flow.domain.permissions import Seat
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.states import WorkStatus

MOST_SEATS = 8
MOST_DAYS = 60
DAYS_ALLOWED = 3
"""Working days that a seat has for a decision, unless the chain says otherwise."""

SeatKey = tuple[Seat, int | None]
"""Which seat it is: one of the known kinds, or the named one of this id."""


class Subject(StrEnum):
    """What a chain decides on."""

    REPORTS = "reports"
    """Reports on progress, and wishes for a later due date."""

    PLANS = "plans"


class Verb(StrEnum):
    """What a seat does with a report that it lets pass."""

    ENDORSE = "endorse"
    APPROVE = "approve"


class ActingScope(StrEnum):
    """What an acting order covers of the decisions of a seat."""

    ALL = "all"
    PROGRESS = "progress"
    """Reports that do not claim completion."""


class WhyPassed(StrEnum):
    """Why a seat of the chain does not decide on a report."""

    VACANT = "vacant"
    WROTE_IT = "wrote_it"
    """Everybody who holds the seat had a hand in the report."""

    DECIDES_LATER = "decides_later"
    """Whoever holds the seat is needed for a seat further up, and one person decides only once."""


@dataclass(frozen=True)
class Holder:
    """Somebody who can decide for a seat, in their own right or by an acting order. People are told by their ids."""

    person: int
    on_behalf_of: int | None = None
    """Whose seat it is, where somebody acts; None where a vacant seat is acted in."""

    order: int | None = None
    scope: ActingScope = ActingScope.ALL

    @property
    def people(self) -> frozenset[int]:
        """All whom a decision of this holder is a decision of."""
        return frozenset({self.person} if self.on_behalf_of is None else {self.person, self.on_behalf_of})

    @property
    def principal(self) -> int:
        """In whose right the decision is taken."""
        return self.person if self.on_behalf_of is None else self.on_behalf_of

    def covers(self, *, final: bool) -> bool:
        """Whether their right reaches so far; ``final``: a claim of completion, a plan, a later due date."""
        return self.scope is ActingScope.ALL or not final


@dataclass(frozen=True)
class ChainSeat:
    """One place of a chain: who decides there, with which word, in how many working days."""

    seat: Seat
    verb: Verb = Verb.ENDORSE
    days_allowed: int = DAYS_ALLOWED
    needs_all: bool = False
    """Whether each of its holders decides; otherwise any of them does for all."""

    named_seat: int | None = None
    title: str = ""
    """What the seat was called when the chain was settled, such as หัวหน้าสำนักปลัด."""

    @property
    def key(self) -> SeatKey:
        return self.seat, self.named_seat

    def kept(self) -> dict[str, Any]:
        """The seat as a version keeps it."""
        return {
            "seat": self.seat.value,
            "named": self.named_seat,
            "title": self.title,
            "verb": self.verb.value,
            "days": self.days_allowed,
            "all": self.needs_all,
        }


def seat_kept(kept: Any) -> ChainSeat:
    """The seat that a version keeps; the oldest versions kept nothing but its kind."""
    if isinstance(kept, str):
        return ChainSeat(Seat(kept))
    return ChainSeat(
        Seat(kept["seat"]), Verb(kept["verb"]), kept["days"], kept["all"], named_seat=kept["named"], title=kept["title"]
    )


@dataclass(frozen=True)
class Passed:
    """A seat that is passed over in a report, and why."""

    seat: ChainSeat
    why: WhyPassed

    def kept(self) -> dict[str, Any]:
        """The line as a version keeps it."""
        return {"seat": self.seat.kept(), "why": self.why.value}

    @property
    def told(self) -> str:
        """The line as the record tells it: ``named:vacant:ประธานคณะทำงาน``."""
        return f"{self.seat.seat.value}:{self.why.value}:{self.seat.title}"


def passed_kept(kept: Mapping[str, Any]) -> Passed:
    """The line that a version keeps."""
    return Passed(seat_kept(kept["seat"]), WhyPassed(kept["why"]))


@dataclass(frozen=True)
class Chain:
    """The seats of a division, a plan or the agency, with the rules that hold for all of them."""

    seats: Sequence[ChainSeat]
    progress_walks_all: bool = False
    """Whether every report walks the whole chain; otherwise only a claim of completion does."""

    distinct_deciders: bool = True
    """Whether nobody may decide on one version in two seats."""

    def check(self) -> None:
        """Raise Invalid with what is wrong in the chain as somebody put it together."""
        if not self.seats:
            raise Invalid("chain_without_seats", field="seats")
        if len(self.seats) > MOST_SEATS:
            raise Invalid("chain_too_long", field="seats", most=MOST_SEATS)
        if len({seat.key for seat in self.seats}) < len(self.seats):
            raise Invalid("chain_names_a_seat_twice", field="seats")
        if not all(1 <= seat.days_allowed <= MOST_DAYS for seat in self.seats):
            raise Invalid("chain_days_out_of_range", field="days", most=MOST_DAYS)


USUAL = Chain((ChainSeat(Seat.SECTION_HEAD), ChainSeat(Seat.DIRECTOR)))
"""The chain of an agency that settled none."""

USUAL_OF_PLANS = Chain((ChainSeat(Seat.CHIEF), ChainSeat(Seat.EXECUTIVE, Verb.APPROVE)), progress_walks_all=True)
"""The chain for plans of an agency that settled none."""

USUALLY: Mapping[Subject, Chain] = {Subject.REPORTS: USUAL, Subject.PLANS: USUAL_OF_PLANS}


@dataclass(frozen=True)
class Settled:
    """The way of one report: the seats that decide, and those that are passed over."""

    seats: tuple[ChainSeat, ...]
    passed: tuple[Passed, ...] = ()


Holders = Mapping[SeatKey, Collection[Holder]]


def settle(
    chain: Chain, claim: WorkStatus, holders: Holders, authors: Collection[int], *, has_section: bool
) -> Settled:
    """The seats that will decide on this claim, each of which somebody can decide for.

    A seat that is vacant, or held only by people who wrote in the report, passes it on to the next one up. Work
    without a section has no section head. A seat that needs all its holders stands once for each. Raises Invalid
    with the names of the seats when none is left.
    """
    candidates = [seat for seat in chain.seats if has_section or seat.seat is not Seat.SECTION_HEAD]
    able = {seat.key: _able(holders.get(seat.key, ()), claim, authors) for seat in candidates}
    passed = [Passed(seat, _why_empty(holders.get(seat.key, ()))) for seat in candidates if not able[seat.key]]
    manned = [seat for seat in candidates if able[seat.key]]
    if not manned:
        raise Invalid("nobody_can_decide", seats=" · ".join(line.seat.title for line in passed))
    if claim is not WorkStatus.DONE and not chain.progress_walks_all:
        return _ends_at_the_first(candidates, manned[0], able, passed)
    places = _places(manned, able, distinct=chain.distinct_deciders)
    passed += [Passed(seat, WhyPassed.DECIDES_LATER) for seat in manned if seat not in places]
    return Settled(tuple(places), tuple(passed))


Able = Mapping[SeatKey, Sequence[Holder]]


def _able(holders: Collection[Holder], claim: WorkStatus, authors: Collection[int]) -> list[Holder]:
    return [
        holder for holder in holders if holder.covers(final=claim is WorkStatus.DONE) and may_decide(holder, authors)
    ]


def may_decide(holder: Holder, authors: Collection[int], deciders: Collection[int] = ()) -> bool:
    """Separation of duties, the one rule for every seat, acting or not.

    Neither the person nor the one for whom they act may have written in the report, nor decided on it before where
    that counts (``deciders``).
    """
    return holder.people.isdisjoint(authors) and holder.people.isdisjoint(deciders)


def spares(rest: Sequence[ChainSeat], able: Able, holder: Holder) -> bool:
    """Whether the seats further up still find people of their own when this one decides now.

    ``able`` are those who could decide there as things stand; seats that find nobody anyway ask nobody to wait.
    """
    slots = [able.get(seat.key, ()) for seat in rest]
    left = [[one for one in slot if one.people.isdisjoint(holder.people)] for slot in slots]
    return _can_all_differ(left) or not _can_all_differ(slots)


def _why_empty(holders: Collection[Holder]) -> WhyPassed:
    return WhyPassed.WROTE_IT if holders else WhyPassed.VACANT


def _ends_at_the_first(candidates: Sequence[ChainSeat], first: ChainSeat, able: Able, passed: list[Passed]) -> Settled:
    below = [seat.key for seat in candidates[: candidates.index(first)]]
    return Settled(
        tuple(_places([first], able, distinct=True)), tuple(line for line in passed if line.seat.key in below)
    )


def _places(manned: Sequence[ChainSeat], able: Able, *, distinct: bool) -> list[ChainSeat]:
    """Each seat as often as it takes a decision, as far as somebody else can take each of them.

    The higher seat keeps whoever is needed in two. Nobody decides twice for one seat; with ``distinct`` not in two.
    """
    places: list[ChainSeat] = []
    taken: list[Sequence[Holder]] = []
    for seat in reversed(manned):
        taken = taken if distinct else []
        for slot in _slots(seat, able[seat.key]):
            if _can_all_differ([*taken, slot]):
                taken.append(slot)
                places.append(seat)
    return places[::-1]


def _slots(seat: ChainSeat, able: Sequence[Holder]) -> list[Sequence[Holder]]:
    """For each decision that the seat takes, those who could take it."""
    if not seat.needs_all:
        return [able]
    principals = sorted({holder.principal for holder in able})
    return [[one for one in able if one.principal == principal] for principal in principals]


def _can_all_differ(slots: Sequence[Sequence[Holder]]) -> bool:
    """Whether each slot can be filled so that nobody stands in two, neither themselves nor as the one acted for."""
    return can_all_differ([{one.people for one in slot} for slot in slots])
