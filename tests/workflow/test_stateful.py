"""The deeds on one task, in any order, by anybody: after each the program and a small model of the office agree."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.refusals import Refusal
from ita_flow.extensions import db
from ita_flow.models.progress_reports import ReportVersion
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.queries.seats import deciders, holders_of
from ita_flow.workflow.audit import broken_chains
from tests.factories import NOW
from tests.workflow import model
from tests.workflow.office import HOLDERS, NAMES, OFFICERS, Office

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MIDNIGHT = bangkok_moment(NOW.date())

WHO, OFFICER, SEAT = st.sampled_from(NAMES), st.sampled_from(OFFICERS), st.sampled_from(list(HOLDERS))
CLAIM = st.sampled_from([model.DONE, model.DONE, model.UNDER_WAY, model.NOT_STARTED])
KIND = st.sampled_from(["approve", "approve", "approve", "return"])
SELDOM = st.sampled_from([False, False, False, True])
NUMBER = st.integers(0, 99)
"""Which of those that there are, counted round and round."""

CHAIN = st.lists(st.tuples(SEAT, st.booleans()), min_size=1, max_size=3, unique_by=lambda one: one[0])


class OneTask(RuleBasedStateMachine):
    """Each deed is done twice: in the office, and in the model of it."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.model = self.office.like_it()
        self.keys = count(len(self.model.sittings))

    def both(self, deed: str, *given: object) -> None:
        """Either both let it happen, or neither."""
        self.office.at = self.model.at
        refusal, is_allowed = "", True
        try:
            getattr(self.model, deed)(*given)
        except model.Forbidden:
            is_allowed = False
        try:
            with transaction():
                getattr(self.office, deed)(*given)
        except Refusal as refused:
            refusal = refused.key
        assert (refusal == "") == is_allowed, f"{deed}: {refusal or 'not refused'}"

    def id_of(self, name: str) -> int:
        return self.office.ids[name]

    @property
    def is_waiting(self) -> bool:
        return self.model.report is not None and self.model.report.state == "submitted"

    # Writing.

    @initialize(by=OFFICER, claim=CLAIM)
    def first_report(self, by: str, claim: str) -> None:
        self.report_comes_in(by, claim)

    @precondition(lambda self: not self.is_waiting)
    @rule(by=OFFICER, claim=CLAIM)
    def report_comes_in(self, by: str, claim: str) -> None:
        self.save(by, claim, True)
        self.submit(by)

    @precondition(lambda self: not self.is_waiting)
    @rule(who=WHO, claim=CLAIM, with_evidence=st.booleans())
    def save(self, who: str, claim: str, with_evidence: bool) -> None:
        self.both("save", self.id_of(who), claim, with_evidence)

    @rule(who=WHO)
    def submit(self, who: str) -> None:
        self.both("submit", self.id_of(who))

    @precondition(lambda self: self.model.report)
    @rule(who=st.sampled_from([*OFFICERS, "deputy"]), is_old=SELDOM)
    def withdraw(self, who: str, is_old: bool) -> None:
        assert self.model.report
        self.both("withdraw", self.id_of(who), len(self.model.report.versions) - is_old)

    # Deciding.

    @precondition(lambda self: self.model.may_decide())
    @rule(number=NUMBER, kind=KIND, is_lower=SELDOM)
    def decide_in_turn(self, number: int, kind: str, is_lower: bool) -> None:
        those = self.model.may_decide()
        self.decide(those[number % len(those)].person, kind, is_lower=is_lower)

    @precondition(lambda self: self.model.may_decide())
    @rule(number=NUMBER)
    def approve_in_turn(self, number: int) -> None:
        self.decide_in_turn(number, "approve", False)

    @precondition(lambda self: self.model.may_decide())
    @rule(number=NUMBER, kind=KIND, later=st.sampled_from([1, 15, 16]), is_saved=SELDOM)
    def think_again(self, number: int, kind: str, later: int, is_saved: bool) -> None:
        self.decide_in_turn(number, kind, False)
        if is_saved:
            self.time_passes(1)
            self.save("officer", model.DONE, True)
        self.undo_after(later, False, None)

    @precondition(lambda self: self.model.report)
    @rule(who=WHO, kind=KIND, is_old=SELDOM)
    def decide_out_of_turn(self, who: str, kind: str, is_old: bool) -> None:
        self.decide(self.id_of(who), kind, is_old=is_old)

    def decide(self, person: int, kind: str, *, is_old: bool = False, is_lower: bool = False) -> None:
        assert self.model.report
        versions = self.model.report.versions
        due = 1 + len(versions[-1].standing) if versions else 1
        self.both("decide", person, kind, len(versions) - is_old, due - is_lower)

    @precondition(lambda self: self.model.taken)
    @rule(later=st.sampled_from([0, 1, 15, 16]), is_older=SELDOM, who=st.none() | WHO)
    def undo_after(self, later: int, is_older: bool, who: str | None) -> None:
        self.time_passes(later)
        number = max(len(self.model.taken) - 1 - is_older, 0)
        person = self.id_of(who) if who else self.model.taken[number][1].by.person
        self.both("undo", person, number)

    # Seats.

    @rule(who=WHO, seat=SEAT, days=st.none() | st.integers(0, 2))
    def appoint(self, who: str, seat: str, days: int | None) -> None:
        last = model.FOR_EVER if days is None else self.model.today + days * DAY
        self.both("appoint", next(self.keys), self.id_of(who), seat, last)

    @rule(number=NUMBER, days=st.integers(-1, 1))
    def somebody_leaves(self, number: int, days: int) -> None:
        sitting = self.model.sittings[number % len(self.model.sittings)]
        deed = "end_order" if sitting.is_acting else "end_post"
        self.both(deed, sitting.key, self.model.today + days * DAY)

    @rule(who=WHO, seat=SEAT, is_vacant=SELDOM, is_ahead=SELDOM, days=st.integers(0, 2), progress_only=SELDOM)
    def give_order(self, who: str, seat: str, is_vacant: bool, is_ahead: bool, days: int, progress_only: bool) -> None:
        first = self.model.today + is_ahead * DAY
        own = [one for one in self.model.sittings if one.seat == seat and not one.is_acting]
        holder = next((one.key for one in own if one.first <= first <= one.last and not is_vacant), None)
        person, last = self.id_of(who), first + days * DAY
        self.both("give_order", next(self.keys), person, seat, holder, first, last, progress_only)

    @rule(seats=CHAIN, progress_walks_all=st.booleans(), distinct=st.booleans())
    def settle_chain(self, seats: list[tuple[str, bool]], progress_walks_all: bool, distinct: bool) -> None:
        self.both("settle_chain", seats, progress_walks_all, distinct)

    # Time.

    @rule(minutes=st.sampled_from([1, 5, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.model.at += minutes * MINUTE

    @rule()
    def it_becomes_late(self) -> None:
        """Five minutes before the next day begins in Bangkok."""
        self.model.at += DAY - 5 * MINUTE - (self.model.at - MIDNIGHT) % DAY

    # Agreement.

    @invariant()
    def the_report_stands_where_the_model_says(self) -> None:
        report, expected = self.office.report(), self.model.report
        assert (report is None) == (expected is None)
        if report and expected:
            assert (report.state.value, len(report.versions)) == (expected.state, len(expected.versions))
            assert {author.id for author in report.authors} == expected.authors
            for version, its in zip(report.versions[-1:], expected.versions[-1:], strict=True):
                self.compare_decisions(version, its)

    def compare_decisions(self, version: ReportVersion, expected: model.Version) -> None:
        assert [(seat.seat.value, seat.needs_all) for seat in version.seats] == expected.places
        assert [
            (one.kind.value, one.seat.value, one.decided_by_id, one.on_behalf_of_id) for one in version.standing
        ] == [(one.kind, one.by.seat, one.by.person, one.by.for_whom) for one in expected.standing]

    @invariant()
    def the_task_stands_where_the_model_says(self) -> None:
        task = self.office.the_task()
        assert (task.work_status.value, task.percent) == self.model.task

    @invariant()
    def those_may_decide_of_whom_the_model_says_so(self) -> None:
        report, today = self.office.report(), self.model.today
        expected = {one.person for one in self.model.may_decide()}
        is_due = report is not None and report.seat_to_decide is not None
        assert is_due or not expected
        if is_due and report and report.current:
            assert {one.user.id for one in deciders(report.current, holders_of(report.task, today))} == expected
            # The list of one of them all at a time, for it takes long to put together.
            asked = self.id_of(NAMES[len(self.model.record) % len(NAMES)])
            assert count_awaiting(self.office.user(asked), today) == (asked in expected)

    @invariant()
    def every_deed_and_nothing_else_is_on_record(self) -> None:
        assert self.office.record() == self.model.record

    def teardown(self) -> None:
        assert list(broken_chains()) == []
        db.session.rollback()


@pytest.fixture
def runs(request: pytest.FixtureRequest) -> int:
    return 2_000 if request.config.getoption("--long") else 14


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_program_does_as_the_model(app: Flask, runs: int) -> None:
    del app
    run_state_machine_as_test(
        OneTask,
        settings=settings(
            max_examples=runs, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
