"""How an office decides on one task, told a second time, simply, and without a look at the program.

People are numbers and seats are words. A deed that the rules forbid raises ``Forbidden`` and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product

DONE, UNDER_WAY, NOT_STARTED = "done", "in_progress", "not_started"
PERCENT = {DONE: 100, UNDER_WAY: 50, NOT_STARTED: 0}
A_QUARTER, BANGKOK = timedelta(minutes=15), timedelta(hours=7)
FOR_EVER = date.max


class Forbidden(Exception):
    """The rules of the office do not allow it."""


def only_if(allowed: object) -> None:
    if not allowed:
        raise Forbidden


@dataclass
class Sitting:
    """Somebody in a seat, from a day until a day, in their own right or acting, for somebody or in a vacant seat."""

    key: int
    person: int
    seat: str
    first: date
    last: date = FOR_EVER
    is_acting: bool = False
    for_whom: int | None = None
    progress_only: bool = False

    @property
    def people(self) -> set[int]:
        return {self.person, self.for_whom or self.person}

    def is_same_right(self, other: Sitting) -> bool:
        """One's own right is the same after a new appointment; that of an order is another in each."""
        is_same = (self.person, self.seat, self.is_acting) == (other.person, other.seat, other.is_acting)
        return is_same and (not self.is_acting or self.key == other.key)

    def shares_a_day(self, first: date, last: date) -> bool:
        return self.first <= last and first <= self.last


@dataclass
class Chain:
    seats: Sequence[tuple[str, bool]] = (("section_head", False), ("director", False))
    """Each with whether all who hold it are needed."""

    progress_walks_all: bool = False
    distinct: bool = True


@dataclass
class Deed:
    """A decision, with what has to be known to take it back."""

    place: int
    by: Sitting
    kind: str
    at: datetime
    task_before: tuple[str, int]


@dataclass
class Version:
    claim: str
    places: list[tuple[str, bool]]
    distinct: bool
    standing: list[Deed] = field(default_factory=list)

    @property
    def turn(self) -> tuple[str, bool] | None:
        approvals = len(self.standing)
        return self.places[approvals] if approvals < len(self.places) else None


@dataclass
class Report:
    state: str = "draft"
    claim: str = ""
    has_evidence: bool = False
    authors: set[int] = field(default_factory=set)
    saved_at: datetime | None = None
    versions: list[Version] = field(default_factory=list)


@dataclass
class Office:
    officers: set[int]
    at: datetime
    sittings: list[Sitting] = field(default_factory=list)
    chain: Chain = field(default_factory=Chain)
    report: Report | None = None
    task: tuple[str, int] = (NOT_STARTED, 0)
    taken: list[tuple[Report, Deed]] = field(default_factory=list)
    """Every decision that was ever taken, the oldest first; what was taken back too."""

    used: list[tuple[Sitting, date]] = field(default_factory=list)
    record: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        return (self.at + BANGKOK).date()

    # Writing.

    def save(self, person: int, claim: str, with_evidence: bool) -> None:
        report = self._being_written(person)
        self.report, report.claim, report.saved_at = report, claim, self.at
        report.has_evidence |= with_evidence
        report.authors.add(person)
        self.record.append("saved")

    def submit(self, person: int) -> None:
        report = self._being_written(person)
        only_if(report.claim and (report.claim != DONE or report.has_evidence))
        places = self._places(report.claim, report.authors | {person})
        report.authors.add(person)
        report.versions.append(Version(report.claim, places, self.chain.distinct))
        report.state = "submitted"
        self.record.append("submitted")

    def withdraw(self, person: int, version: int) -> None:
        only_if(self.report and self.report.state == "submitted" and person in self.officers)
        assert self.report
        only_if(version == len(self.report.versions) and not self.report.versions[-1].standing)
        self.report.state = "withdrawn"
        self.record.append("withdrawn")

    def _being_written(self, person: int) -> Report:
        only_if(person in self.officers)
        if self.report is None or self.report.state == "approved":
            only_if(self.task[0] != DONE)
            return Report()
        only_if(self.report.state != "submitted")
        return self.report

    def _places(self, claim: str, authors: set[int]) -> list[tuple[str, bool]]:
        """Who is asked: every seat that somebody free of the report holds, one place for each decision."""
        held = [(seat, self._free(seat[0], claim, authors)) for seat in self.chain.seats]
        manned = [(seat, free) for seat, free in held if free]
        only_if(manned)
        if claim != DONE and not self.chain.progress_walks_all:
            manned = manned[:1]
        places: list[tuple[str, bool]] = []
        asked: list[list[Sitting]] = []
        for seat, free in reversed(manned):
            asked = asked if self.chain.distinct else []
            for those in _one_by_one(free) if seat[1] else [free]:
                if _can_all_be_others([*asked, those]):
                    asked.append(those)
                    places.append(seat)
        return places[::-1]

    # Deciding.

    def _free(self, seat: str, claim: str, barred: set[int]) -> list[Sitting]:
        """Who could decide there today, whoever sits there in their own right first."""
        there = [one for one in self._sitting_today() if one.seat == seat]
        free = [one for one in there if not (one.progress_only and claim == DONE) and not one.people & barred]
        return sorted(free, key=lambda one: (one.is_acting, one.key))

    def _sitting_today(self) -> list[Sitting]:
        """Who sits where; an order for a vacant seat rests while somebody holds the seat."""
        there = [one for one in self.sittings if one.first <= self.today <= one.last]
        held = {one.seat for one in there if not one.is_acting}
        return [one for one in there if not (one.is_acting and one.for_whom is None and one.seat in held)]

    def may_decide(self) -> list[Sitting]:
        """Those whose turn it is."""
        version = self.report.versions[-1] if self.report and self.report.state == "submitted" else None
        if self.report is None or version is None or version.turn is None:
            return []
        counting = [one for one in version.standing if version.distinct or one.by.seat == version.turn[0]]
        barred = self.report.authors.union(*(one.by.people for one in counting))
        return self._free(version.turn[0], version.claim, barred)

    def decide(self, person: int, kind: str, version: int, place: int) -> None:
        by = next((one for one in self.may_decide() if one.person == person), None)
        only_if(self.report and by and version == len(self.report.versions))
        assert self.report
        assert by
        now = self.report.versions[-1]
        due = len(now.standing) + 1
        if kind == "approve" and now.distinct and self._is_needed_further_up(now, by):
            others = [one for one in self.may_decide() if one.person != person]
            only_if(all(self._is_needed_further_up(now, one) for one in others))
        was_the_same = 1 <= place < due and now.places[place - 1] == now.places[due - 1] and now.places[due - 1][1]
        only_if(place == due or was_the_same)
        deed = Deed(due, by, kind, self.at, self.task)
        now.standing.append(deed)
        self.taken.append((self.report, deed))
        self.used.append((by, self.today))
        self.record.append("approved" if kind == "approve" else "returned")
        if kind == "return":
            self.report.state = "returned"
        elif now.turn is None:
            self.report.state, self.task = "approved", (now.claim, PERCENT[now.claim])
            # What counts stands in the record before the decision that lets it count.
            self.record.insert(-1, "counted")

    def _is_needed_further_up(self, version: Version, by: Sitting) -> bool:
        assert self.report
        gone = self.report.authors.union(*(one.by.people for one in version.standing))
        rest = version.places[len(version.standing) + 1 :]
        before = [self._free(seat, version.claim, gone) for seat, _all in rest]
        after = [self._free(seat, version.claim, gone | by.people) for seat, _all in rest]
        return _can_all_be_others(before) and not _can_all_be_others(after)

    def undo(self, person: int, number: int) -> None:
        report, deed = self.taken[number]
        only_if(deed.by.person == person and self.at - deed.at <= A_QUARTER)
        there = self._sitting_today()
        only_if(any(one.is_same_right(deed.by) for one in there))
        only_if(report is self.report and report.versions[-1].standing[-1:] == [deed])
        only_if(deed.kind == "approve" or (report.saved_at and report.saved_at <= deed.at))
        report.versions[-1].standing.pop()
        self.used.append((deed.by, self.today))
        if report.state == "approved":
            self.task = deed.task_before
            self.record.append("counted")
        report.state = "submitted"
        self.record.append("undone")

    # Seats.

    def appoint(self, key: int, person: int, seat: str, last: date) -> None:
        own = [one for one in self.sittings if (one.person, one.seat, one.is_acting) == (person, seat, False)]
        only_if(not any(one.shares_a_day(self.today, last) for one in own))
        self.sittings.append(Sitting(key, person, seat, self.today, last))

    def end_post(self, key: int, last: date) -> None:
        """Let somebody leave a seat of their own; whoever acts for them stops too, but not before they decided."""
        held = self.sitting(key)
        only_if(held.first <= last)
        for one in [one for one in self.sittings if one.for_whom == held.person and one.seat == held.seat]:
            if held.first <= one.first <= held.last:
                self._cut(one, max([last, *self._days_used(one)]))
        held.last = last

    def give_order(
        self, key: int, person: int, seat: str, holder: int | None, first: date, last: date, progress_only: bool
    ) -> None:
        """Let somebody act for the holder on days on which they hold the seat, or in a seat that nobody holds."""
        there = [one for one in self.sittings if one.seat == seat and one.shares_a_day(first, last)]
        only_if(person not in [one.person for one in there])
        held = self.sitting(holder) if holder is not None else None
        if held:
            only_if(person != held.person and held.first <= first and last <= held.last)
        else:
            only_if(all(one.is_acting for one in there))
        for_whom = held.person if held else None
        self.sittings.append(Sitting(key, person, seat, first, last, True, for_whom, progress_only))

    def end_order(self, key: int, last: date) -> None:
        acting = self.sitting(key)
        only_if(acting.first <= last < acting.last)
        only_if(all(day <= last for day in self._days_used(acting)))
        acting.last = last

    def settle_chain(self, seats: Sequence[tuple[str, bool]], progress_walks_all: bool, distinct: bool) -> None:
        self.chain = Chain(seats, progress_walks_all, distinct)

    def sitting(self, key: int) -> Sitting:
        return next(one for one in self.sittings if one.key == key)

    def _cut(self, sitting: Sitting, last: date) -> None:
        sitting.last = min(last, sitting.last)
        if sitting.last < sitting.first:
            self.sittings.remove(sitting)

    def _days_used(self, sitting: Sitting) -> list[date]:
        return [day for used, day in self.used if used is sitting]


def _one_by_one(free: Iterable[Sitting]) -> list[list[Sitting]]:
    """Each whose seat it is, with all who could decide in their right."""
    by_right: dict[int, list[Sitting]] = {}
    for one in free:
        by_right.setdefault(one.for_whom or one.person, []).append(one)
    return [those for _right, those in sorted(by_right.items())]


def _can_all_be_others(places: Sequence[Sequence[Sitting]]) -> bool:
    """Whether nobody need stand in two places, by trying all."""
    for those in product(*places):
        people = [person for one in those for person in one.people]
        if len(people) == len(set(people)):
            return True
    return False
