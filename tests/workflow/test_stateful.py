"""The deeds on one report, in any order, by anybody: after each the program and a small model of the office agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest
import sqlalchemy as sa
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
from ita_flow.domain.approval_chains import ActingScope, Chain, ChainSeat
from ita_flow.domain.approvals import DecisionKind, Seen
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.permissions import ActingKind, Role, Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import WorkStatus
from ita_flow.extensions import db
from ita_flow.models.approval_chains import ActingOrder
from ita_flow.models.audit import AuditEvent
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.progress_reports import Decision, ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.acting_orders import ActedSeat
from ita_flow.queries.approval_chains import ChainScope, chain_settled
from ita_flow.queries.awaiting import count_awaiting
from ita_flow.queries.seats import deciders, holders_of
from ita_flow.workflow import acting_orders, appointments, approval_chains, approvals, progress_reports
from ita_flow.workflow.audit import broken_chains
from ita_flow.workflow.undoing import undo
from tests.factories import NOW, a_division, a_membership, a_plan, a_section, a_task, a_user, an_agency, one_commit
from tests.workflow import model

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MIDNIGHT = bangkok_moment(NOW.date(), 0)
SEATS = ("section_head", "director", "chief")
NAMES = ("officer", "colleague", "head", "deputy", "director", "chief")
PEOPLE = st.sampled_from(range(len(NAMES)))
OFFICERS = st.sampled_from(range(3))
CLAIMS = st.sampled_from([model.DONE, model.DONE, model.UNDER_WAY, model.NOT_STARTED])
KINDS = st.sampled_from(["approve", "approve", "approve", "return"])
NUMBERS = st.integers(0, 99)
"""Which of those that there are, counted round and round."""

_offices = count(1)


class OneTask(RuleBasedStateMachine):
    """A section of an agency of its own, with one task; the head writes reports too."""

    def __init__(self) -> None:
        super().__init__()
        with one_commit():
            self.open_office()
        first = NOW.date() - 7 * DAY
        sitting = zip(("head", "director", "chief"), SEATS, strict=True)
        self.model = model.Office(
            {self.ids[name] for name in ("officer", "colleague", "head")},
            NOW,
            [model.Sitting(self.ids[name], seat, first) for name, seat in sitting],
        )
        posts = sa.select(Membership).where(Membership.agency_id == self.agency, Membership.seat.is_not(None))
        self.memberships = {
            id(one): post.id
            for one in self.model.sittings
            for post in db.session.scalars(posts)
            if post.user_id == one.person
        }

    def open_office(self) -> None:
        number = next(_offices)
        agency = an_agency(f"เทศบาลตำบลแห่งที่ {number}", code=f"office{number}")
        division = a_division(agency)
        section = a_section(division)
        self.units = {"section_head": section.id, "director": division.id}
        people = {name: a_user(agency, name) for name in NAMES}
        self.clerk = a_user(agency, role=Role.COORDINATOR).id
        for name in ("officer", "colleague", "head"):
            a_membership(people[name], role=Role.OFFICER, unit=section)
        first = NOW.date() - 7 * DAY
        a_membership(people["head"], seat=Seat.SECTION_HEAD, unit=section, starts_on=first)
        a_membership(people["director"], seat=Seat.DIRECTOR, unit=division, starts_on=first)
        a_membership(people["chief"], seat=Seat.CHIEF, starts_on=first)
        self.ids = {name: person.id for name, person in people.items()}
        self.task = a_task(a_plan(agency, measures=1).measures[0], section=section, officers=[people["officer"]]).id
        self.agency = agency.id

    def is_waiting(self) -> bool:
        return self.model.report is not None and self.model.report.state == "submitted"

    # What stands in the database.

    def person(self, number: int) -> User:
        return db.session.get_one(User, self.ids[NAMES[number]])

    def user(self, key: int) -> User:
        return db.session.get_one(User, key)

    def unit(self, seat: str) -> Unit | None:
        return db.session.get_one(Unit, self.units[seat]) if seat in self.units else None

    def the_task(self) -> Task:
        return db.session.get_one(Task, self.task)

    def report(self) -> ProgressReport | None:
        return progress_reports.newest_report(self.the_task())

    def decisions(self) -> list[Decision]:
        chosen = sa.select(Decision).where(Decision.agency_id == self.agency, Decision.kind != DecisionKind.UNDO)
        return list(db.session.scalars(chosen.order_by(Decision.id)))

    def both(self, real: Callable[[], object], expected: Callable[[], object]) -> object:
        """Do it here and there: either both let it happen, or neither."""
        outcome, refusal, allowed = None, "", True
        try:
            expected()
        except model.Forbidden:
            allowed = False
        try:
            with transaction():
                outcome = real()
        except Refusal as refused:
            refusal = refused.key
        assert (refusal == "") == allowed, refusal or "not refused"
        return outcome

    # Writing.

    @precondition(lambda self: not self.is_waiting())
    @rule(who=PEOPLE, claim=CLAIMS, link=st.booleans())
    def save(self, who: int, claim: str, link: bool) -> None:
        ticks = {model.DONE: [1, 2], model.UNDER_WAY: [1]}.get(claim, [])

        def real() -> None:
            report = progress_reports.open_report(self.the_task(), self.person(who), self.model.at)
            written = Claim(WorkStatus(claim), "ดำเนินการแล้ว", ticks)
            address = "https://example.go.th/" if link else ""
            progress_reports.save(report, written, link=address, actor=self.person(who), at=self.model.at)

        self.both(real, lambda: self.model.save(self.ids[NAMES[who]], claim, link))

    @rule(who=PEOPLE)
    def submit(self, who: int) -> None:
        def real() -> None:
            report = progress_reports.open_report(self.the_task(), self.person(who), self.model.at)
            progress_reports.submit(report, actor=self.person(who), at=self.model.at)

        self.both(real, lambda: self.model.submit(self.ids[NAMES[who]]))

    @initialize(by=OFFICERS, claim=CLAIMS)
    def first_report(self, by: int, claim: str) -> None:
        self.report_comes_in(by, claim)

    @precondition(lambda self: not self.is_waiting())
    @rule(by=OFFICERS, claim=CLAIMS)
    def report_comes_in(self, by: int, claim: str) -> None:
        self.save(by, claim, True)
        self.submit(by)

    @precondition(lambda self: self.model.report)
    @rule(who=st.sampled_from([0, 0, 1, 2, 3]), behind=st.sampled_from([0, 0, 0, 1]))
    def withdraw(self, who: int, behind: int) -> None:
        assert self.model.report
        version = len(self.model.report.versions) - behind

        def real() -> None:
            report = self.report()
            assert report
            progress_reports.withdraw(report, version, actor=self.person(who), at=self.model.at)

        self.both(real, lambda: self.model.withdraw(self.ids[NAMES[who]], version))

    # Deciding.

    def decide(self, key: int, kind: str, behind: int = 0, lower: int = 0) -> None:
        assert self.model.report
        now = self.model.report.versions[-1] if self.model.report.versions else None
        version = len(self.model.report.versions) - behind
        place = (len(now.standing) if now else 0) + 1 - lower

        def real() -> None:
            report, seen, at = self.report(), Seen(version, place), self.model.at
            assert report
            if kind == "approve":
                approvals.approve(report, seen, actor=self.user(key), at=at)
            else:
                approvals.return_for_revision(report, seen, comment="ขอภาพ", actor=self.user(key), at=at)

        self.both(real, lambda: self.model.decide(key, kind, version, place))

    @precondition(lambda self: self.model.may_decide())
    @rule(number=NUMBERS, lower=st.sampled_from([0, 0, 0, 1]))
    def approve_in_turn(self, number: int, lower: int) -> None:
        self.decide(self.one_who_may(number), "approve", lower=lower)

    @precondition(lambda self: self.model.may_decide())
    @rule(
        number=NUMBERS, kind=KINDS, later=st.sampled_from([1, 15, 16]), is_saved=st.sampled_from([False, False, True])
    )
    def decide_and_think_again(self, number: int, kind: str, later: int, is_saved: bool) -> None:
        self.decide(self.one_who_may(number), kind)
        if is_saved:
            self.model.at += MINUTE
            self.save(0, model.DONE, True)
        self.undo_after_minutes(later, 1, None)

    @precondition(lambda self: self.model.may_decide())
    @rule(number=NUMBERS, kind=KINDS)
    def decide_in_turn(self, number: int, kind: str) -> None:
        self.decide(self.one_who_may(number), kind)

    def one_who_may(self, number: int) -> int:
        those = self.model.may_decide()
        return those[number % len(those)].person

    @precondition(lambda self: self.model.report)
    @rule(who=PEOPLE, kind=st.sampled_from(["approve", "return"]), behind=st.sampled_from([0, 0, 1]))
    def decide_out_of_turn(self, who: int, kind: str, behind: int) -> None:
        self.decide(self.ids[NAMES[who]], kind, behind)

    @precondition(lambda self: self.model.taken)
    @rule(
        later=st.sampled_from([0, 1, 15, 16]),
        back=st.sampled_from([1, 1, 1, 2]),
        who=st.sampled_from([None, None, 2, 4]),
    )
    def undo_after_minutes(self, later: int, back: int, who: int | None) -> None:
        self.model.at += later * MINUTE
        number = max(len(self.model.taken) - back, 0)
        key = self.model.taken[number][1].by.person if who is None else self.ids[NAMES[who]]

        def real() -> None:
            undo(self.decisions()[number], actor=self.user(key), at=self.model.at)

        self.both(real, lambda: self.model.undo(key, number))

    # Seats.

    @rule(who=PEOPLE, seat=st.sampled_from(SEATS), days=st.none() | st.integers(0, 2))
    def appoint(self, who: int, seat: str, days: int | None) -> None:
        last = None if days is None else self.model.today + days * DAY
        post = appointments.Post(Seat(seat), self.unit(seat), "", self.model.today, last)

        def real() -> Membership:
            return appointments.appoint(self.person(who), post, actor=self.user(self.clerk), at=self.model.at)

        kept = self.both(real, lambda: self.model.appoint(self.ids[NAMES[who]], seat, last or model.FOR_EVER))
        self.remember(kept)

    def remember(self, membership: object) -> None:
        if isinstance(membership, Membership):
            self.memberships[id(self.model.sittings[-1])] = membership.id

    @rule(
        who=PEOPLE,
        seat=st.sampled_from(SEATS),
        is_vacant=st.sampled_from([False, False, False, True]),
        begin=st.sampled_from([0, 0, 0, 1]),
        days=st.integers(0, 2),
        progress_only=st.sampled_from([False, False, True]),
    )
    def give_order(self, who: int, seat: str, is_vacant: bool, begin: int, days: int, progress_only: bool) -> None:
        first = self.model.today + begin * DAY
        wanted = model.Sitting(self.ids[NAMES[who]], seat, first, first + days * DAY, progress_only=progress_only)
        holder = None if is_vacant else self.own_holder(seat, first)

        def real() -> Membership:
            held = self.membership(holder) if holder else None
            acted = ActedSeat.of(held) if held else ActedSeat(Seat(seat), self.unit(seat))
            scope = ActingScope.PROGRESS if progress_only else ActingScope.ALL
            order = acting_orders.Order(
                ActingKind.ACTING, acted, self.person(who), self.new_number(), wanted.first, wanted.last, scope=scope
            )
            return acting_orders.enter(order, actor=self.user(self.clerk), at=self.model.at).membership

        kept = self.both(real, lambda: self.model.give_order(self.next_order(), wanted, holder))
        self.remember(kept)

    def own_holder(self, seat: str, first: date) -> model.Sitting | None:
        own = [one for one in self.model.sittings if one.seat == seat and not one.order]
        return next((one for one in own if one.first <= first <= one.last), None)

    def membership(self, sitting: model.Sitting) -> Membership:
        return db.session.get_one(Membership, self.memberships[id(sitting)])

    def next_order(self) -> int:
        return 1 + max((one.order or 0 for one in self.model.sittings), default=0)

    def new_number(self) -> str:
        return f"{len(self.memberships)}/2567"

    @rule(number=NUMBERS, days=st.integers(-1, 1))
    def somebody_leaves(self, number: int, days: int) -> None:
        sitting = self.model.sittings[number % len(self.model.sittings)]
        last = self.model.today + days * DAY
        if sitting.order:
            self.both(lambda: self.end_order(sitting, last), lambda: self.model.end_order(sitting, last))
        else:
            self.both(lambda: self.end_post(sitting, last), lambda: self.model.dismiss(sitting, last))

    def end_order(self, sitting: model.Sitting, last: date) -> None:
        chosen = sa.select(ActingOrder).where(ActingOrder.membership_id == self.memberships[id(sitting)])
        order = db.session.scalars(chosen).one()
        acting_orders.end_early(order, last, actor=self.user(self.clerk), at=self.model.at)

    def end_post(self, sitting: model.Sitting, last: date) -> None:
        post, clerk = self.membership(sitting), self.user(self.clerk)
        appointments.change_post(post, title=post.post, ends_on=last, actor=clerk, at=self.model.at)

    @rule(
        seats=st.lists(
            st.tuples(st.sampled_from(SEATS), st.booleans()), min_size=1, max_size=3, unique_by=lambda one: one[0]
        ),
        walks_all=st.booleans(),
        distinct=st.booleans(),
    )
    def settle_chain(self, seats: list[tuple[str, bool]], walks_all: bool, distinct: bool) -> None:
        scope = ChainScope(self.agency)
        chain = Chain([ChainSeat(Seat(seat), needs_all=needs_all) for seat, needs_all in seats], walks_all, distinct)

        def real() -> None:
            present = chain_settled(scope)
            revision = present.revision if present else approval_chains.NONE_YET
            approval_chains.save_chain(scope, chain, revision, actor=self.user(self.clerk), at=self.model.at)

        self.both(real, lambda: setattr(self.model, "chain", model.Chain(seats, walks_all, distinct)))

    # Time.

    @rule(passed=st.sampled_from([None, 1, 5, 24 * 60]))
    def time_passes(self, passed: int | None) -> None:
        """So many minutes, or until five before the next day begins in Bangkok."""
        since_midnight = (self.model.at - MIDNIGHT) % DAY
        self.model.at += DAY - 5 * MINUTE - since_midnight if passed is None else passed * MINUTE

    # Agreement.

    @invariant()
    def the_report_stands_where_the_model_says(self) -> None:
        report, expected = self.report(), self.model.report
        assert (report is None) == (expected is None)
        if report and expected:
            assert (report.state.value, len(report.versions)) == (expected.state, len(expected.versions))
            assert {author.id for author in report.authors} == expected.authors
            if expected.versions:
                self.compare_decisions(report, expected.versions[-1])

    def compare_decisions(self, report: ProgressReport, expected: model.Version) -> None:
        assert report.current
        assert [(one.seat.value, one.needs_all) for one in report.current.seats] == expected.places
        standing = [
            (one.kind.value, one.seat.value, one.decided_by_id, one.on_behalf_of_id) for one in report.current.standing
        ]
        assert standing == [(one.kind, one.by.seat, one.by.person, one.by.for_whom) for one in expected.standing]

    @invariant()
    def the_task_stands_where_the_model_says(self) -> None:
        task = self.the_task()
        assert (task.work_status.value, task.percent) == self.model.task

    @invariant()
    def those_may_decide_of_whom_the_model_says_so(self) -> None:
        report, expected = self.report(), {one.person for one in self.model.may_decide()}
        if report and report.seat_to_decide and report.current:
            may = {one.user.id for one in deciders(report.current, holders_of(report.task, self.model.today))}
            assert may == expected
            # Putting the question to everybody takes long: to those whose turn it is, and to one of the others.
            asked = {*expected, self.ids[NAMES[len(self.model.record) % len(NAMES)]]}
            assert {key for key in asked if count_awaiting(self.user(key), self.model.today)} == expected
        else:
            assert not expected

    @invariant()
    def every_deed_and_nothing_else_is_on_record(self) -> None:
        chosen = sa.select(AuditEvent.body).where(AuditEvent.agency_id == self.agency).order_by(AuditEvent.seq)
        actions = [json.loads(body)["action"] for body in db.session.scalars(chosen)]
        told = [action.split(".")[1] for action in actions if action.startswith(("progress_report.", "task."))]
        assert told == self.model.record

    def teardown(self) -> None:
        assert list(broken_chains()) == []
        db.session.rollback()


@pytest.fixture
def runs(request: pytest.FixtureRequest) -> int:
    return 2_000 if request.config.getoption("--long") else 25


def test_the_program_does_as_the_model(app: Flask, runs: int) -> None:
    del app
    run_state_machine_as_test(
        OneTask,
        settings=settings(
            max_examples=runs, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
