"""What waits for a person, asked of the database, agrees with who may decide by the rule, and with who is reminded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_flow.domain.approval_chains import ActingScope, Chain, ChainSeat
from ita_flow.domain.approvals import Seen
from ita_flow.domain.permissions import Seat
from ita_flow.domain.states import CLAIMABLE, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.people import NamedSeat, Unit, User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.queries.awaiting import awaiting_decision_by, count_awaiting
from ita_flow.queries.reminder_facts import facts_of
from ita_flow.queries.seats import deciders, has_the_turn, holders_of, posts_of
from ita_flow.workflow import approvals
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, TODAY, Cast, a_membership, a_named_seat, a_report, a_task, a_user, an_acting_order
from tests.factories.keeping import GATHERING

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PEOPLE = 3
SEATS = (Seat.DIRECTOR, Seat.DIRECTOR, Seat.DIRECTOR, Seat.CHIEF, Seat.CHIEF, Seat.SECTION_HEAD, Seat.NAMED)
"""Few of them often, so that one person sits in two."""

PERSON, SEAT = st.integers(0, PEOPLE - 1), st.sampled_from(SEATS)


@dataclass(frozen=True)
class Sitting:
    """Somebody in a seat on days around today; by an order when ``for_whom`` is given, -1 for nobody."""

    person: int
    seat: Seat
    is_elsewhere: bool
    first: int
    last: int
    for_whom: int | None
    scope: ActingScope
    is_narrow: bool

    @property
    def days(self) -> tuple[date, date]:
        return TODAY + self.first * DAY, TODAY + self.last * DAY


SITTING = st.builds(
    Sitting,
    person=PERSON,
    seat=SEAT,
    is_elsewhere=st.sampled_from([False, False, False, True]),
    first=st.sampled_from([-2, -2, -2, 0, 1]),
    last=st.sampled_from([2, 2, 2, 0, 1]),
    for_whom=st.none() | st.integers(-1, PEOPLE - 1),
    scope=st.sampled_from([*ActingScope, ActingScope.ALL]),
    is_narrow=st.booleans(),
).filter(lambda one: one.person != one.for_whom and one.first <= one.last)


@contextmanager
def not_kept() -> Iterator[None]:
    """Rows that are gone again afterwards."""
    db.session.rollback()
    db.session.info[GATHERING] = True
    try:
        yield
    finally:
        del db.session.info[GATHERING]
        db.session.rollback()


def sit(cast: Cast, people: list[User], named: NamedSeat, sitting: Sitting) -> None:
    seat = sitting.seat
    unit = _unit(cast, seat, sitting.is_elsewhere)
    own = named if seat is Seat.NAMED else None
    (first, last), person = sitting.days, people[sitting.person]
    if sitting.for_whom is None:
        a_membership(person, seat=seat, unit=unit, starts_on=first, ends_on=last, named_seat_id=own.id if own else None)
        return
    division = [cast.division, cast.other_division][sitting.is_elsewhere] if sitting.is_narrow and not unit else None
    an_acting_order(
        person,
        seat,
        unit,
        holder=people[sitting.for_whom] if sitting.for_whom >= 0 else None,
        scope=sitting.scope,
        division=division,
        named_seat=own,
        starts_on=first,
        ends_on=last,
    )


def _unit(cast: Cast, seat: Seat, is_elsewhere: bool) -> Unit | None:
    sections, divisions = (cast.section, cast.other_section), (cast.division, cast.other_division)
    return {Seat.SECTION_HEAD: sections, Seat.DIRECTOR: divisions}.get(seat, (None, None))[is_elsewhere]


def walk(report: ProgressReport, steps: list[tuple[int, bool]]) -> None:
    """Let whoever may decide do so, one after the other, and some think again."""
    for step, (number, is_undone) in enumerate(steps):
        version, at = report.versions[0], NOW + step * MINUTE
        able = list(deciders(version, holders_of(report.task, TODAY)))
        if not able:
            return
        person = able[number % len(able)].user
        approvals.approve(report, Seen(1, version.approvals + 1), actor=person, at=at)
        if is_undone:
            undo(version.decisions[-1], actor=person, at=at)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    has_section=st.sampled_from([True, True, False]),
    sittings=st.lists(SITTING, min_size=5, max_size=9),
    seats=st.lists(st.tuples(SEAT, st.booleans()), min_size=2, max_size=3),
    distinct=st.booleans(),
    authors=st.sets(PERSON, max_size=1),
    claim=st.sampled_from(CLAIMABLE),
    steps=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([False, False, True])), min_size=1, max_size=2),
    on=st.sampled_from([0, 0, 0, -1, 1]),
)
def test_the_list_and_the_rule_agree(
    cast: Cast,
    has_section: bool,
    sittings: list[Sitting],
    seats: list[tuple[Seat, bool]],
    distinct: bool,
    authors: set[int],
    claim: WorkStatus,
    steps: list[tuple[int, bool]],
    on: int,
) -> None:
    with not_kept():
        people = [a_user(cast.agency) for _ in range(PEOPLE)]
        named = a_named_seat(cast.agency)
        for sitting in sittings:
            sit(cast, people, named, sitting)
        task = a_task(division=cast.division, section=cast.section if has_section else None)
        places = [
            ChainSeat(seat, needs_all=all_, named_seat=named.id if seat is Seat.NAMED else None) for seat, all_ in seats
        ]
        report = a_report(
            task,
            cast.officer,
            claim=claim,
            authors=[cast.officer, *(people[number] for number in authors)],
            chain=Chain(places, distinct_deciders=distinct),
        )
        walk(report, steps)
        day = TODAY + on * DAY
        holders = holders_of(task, day)

        of_days = posts_of(cast.agency.id, TODAY - 2 * DAY, TODAY + 2 * DAY)
        reminded = facts_of(cast.agency, TODAY - DAY, TODAY + DAY).awaiting_on(day)

        ruled = [has_the_turn(person, report, holders) for person in people]

        assert [count_awaiting(person, day) == 1 for person in people] == ruled
        assert [bool(awaiting_decision_by(person, day)) for person in people] == ruled
        assert [person in reminded for person in people] == ruled
        for each in (TODAY - 2 * DAY, TODAY + 2 * DAY):
            assert of_days.over(task.section_id, task.division_id, each) == holders_of(task, each)
