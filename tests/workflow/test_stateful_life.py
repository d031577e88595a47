"""The life of a small plan by random deeds of everybody: what holds after each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import joinedload

from ita_flow.domain.calendar import WindowKind
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import CLOSED, PlanState, ReportState, WorkStatus
from ita_flow.domain.year_ends import EndingKind
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task
from ita_flow.queries.dashboard import overview
from ita_flow.queries.reminders import expected_mails
from ita_flow.workflow.closing import Ending
from ita_flow.workflow.measure_texts import MeasureText
from ita_flow.workflow.record_check import first_break
from tests.factories import YEAR, a_division, a_plan, a_section, a_task, an_agency, one_commit, reminder_rules
from tests.queries.test_dashboard import add_up
from tests.workflow.story import Story

THE_YEAR = YEAR.buddhist_year
FIRST, CLOSABLE_FROM, LAST = date(2024, 8, 19), date(2024, 9, 1), date(2024, 9, 30)
"""From here the year can be closed within a few days, and some of it is still to be done."""

SECTIONS = ("ฝ่ายแผนงาน", "ฝ่ายพัสดุ")
WHY = "ปรับตามมติคณะทำงาน"
UNTIL = "ภายในวันที่ 20 กันยายน 2567"
NEW = MeasureText(7, "มาตรการใหม่", "", "ผลการวิเคราะห์", "ดำเนินการ", WindowKind.FULL_YEAR, "", {})
CHANGES: Sequence[Callable[[Office, int], None]] = (
    lambda office, number: office.rewrite(THE_YEAR, number, title="มาตรการที่เขียนใหม่"),
    lambda office, number: office.rewrite(THE_YEAR, number, window_kind=WindowKind.FULL_YEAR),
    lambda office, number: office.rewrite(THE_YEAR, number, window_kind=WindowKind.CUSTOM, window_text=UNTIL),
    lambda office, number: office.give_measure_to(THE_YEAR, number, SECTIONS[number % 2]),
    lambda office, number: office.give_measure_to(THE_YEAR, number, SECTIONS[(number + 1) % 2]),
    lambda office, number: office.cancel_in_amendment(THE_YEAR, number, WHY),
    lambda office, number: office.add_measure(THE_YEAR, NEW, SECTIONS[number % 2]),
)
"""What a new version says otherwise, of the measure of a number."""

MOST_VERSIONS = 4
OFTEN_ENOUGH = {"approve", "cancel", "reopen", "agree extension", "amend", "agree plan", "sign"}
"""Deeds that even a short run does; else it shows nothing."""

_numbers = count(1)
happened: Counter[str] = Counter()
"""How often each deed was done and not refused, over all runs."""

NUMBER = st.integers(0, 99)
"""Which of those that there are, counted round and round."""

CHANGE = st.integers(0, 6)
SELDOM = st.sampled_from([False, False, False, True])
PERCENT = st.sampled_from([0, 50, 100, 100])


class Office(Story):
    """Seven measures given to two sections; whatever is asked for by a number is one of those that there are."""

    def __init__(self) -> None:
        number = next(_numbers)
        with one_commit():
            agency = an_agency(f"เทศบาลตำบลแห่งที่ {number}", code=f"life{number}")
            super().__init__(agency)
            self.on = FIRST
            divisions = [a_division(agency, name) for name in ("กองแผนงาน", "กองคลัง")]
            sections = [a_section(division, name) for division, name in zip(divisions, SECTIONS, strict=True)]
            for measure in a_plan(agency).measures:
                measure.analysis = "ผลการวิเคราะห์"
                due_on = date(2024, 9, 2 + 3 * measure.number)
                a_task(measure, section=sections[measure.number % 2], due_on=due_on)
            self.people_come()
            reminder_rules(agency)

    def task(self, year: int, number: int) -> Task:
        tasks = self.tasks(year)
        return tasks[number % len(tasks)]

    def _measure(self, year: int, number: int) -> Measure:
        measures = self._newest(year).measures
        return measures[number % len(measures)]

    def who_does_what(self) -> Sequence[dict[int, int | None]]:
        """Of each measure in force the divisions that are responsible, with their sections."""
        found: dict[int, dict[int, int | None]] = {}
        for task in self.tasks(THE_YEAR):
            found.setdefault(task.measure.number, {})[task.division_id] = task.section_id
        return list(found.values())

    def rewrite_responsible(self, number: int, responsible: dict[int, int | None]) -> None:
        self.rewrite(THE_YEAR, number, responsible=responsible)

    def state_of_newest(self) -> PlanState:
        chosen = sa.select(Plan.state).where(Plan.agency_id == self.agency_id).order_by(Plan.version.desc())
        return db.session.scalars(chosen.limit(1)).one()

    def numbers(self, *states: ReportState) -> list[int]:
        """Of the tasks whose newest report is in one of these states."""
        chosen = sa.select(ProgressReport).where(ProgressReport.agency_id == self.agency_id)
        newest = {report.task_id: report.state for report in db.session.scalars(chosen.order_by(ProgressReport.number))}
        return [number for number, task in enumerate(self.tasks(THE_YEAR)) if newest.get(task.id) in states]

    def numbers_in(self, *statuses: WorkStatus) -> list[int]:
        return [number for number, task in enumerate(self.tasks(THE_YEAR)) if task.work_status in statuses]


class LifeOfAPlan(RuleBasedStateMachine):
    """A deed is done or refused; either way everything that anybody reported is still there, and counted once."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.newest = PlanState.APPROVED
        """How far the newest version is."""

        self.versions, self.has_changed = 1, True
        self.origins: dict[int, int] = {}
        """The measure in which each task in force was first met."""

        self.reported: dict[int, int] = {}
        self.shown: dict[int, int] = {}
        """Reports and evidence that were ever met, each with its task."""

    def tried(self, name: str, deed: Callable[..., None], *given: object) -> None:
        try:
            deed(*given)
        except Refusal:
            return
        happened[name] += 1
        self.has_changed, self.newest = True, self.office.state_of_newest()

    @property
    def is_amended(self) -> bool:
        return self.newest in (PlanState.DRAFT, PlanState.PROPOSED)

    @property
    def may_be_amended(self) -> bool:
        """There is something else to do than to write version after version."""
        return not self.is_amended and self.versions < MOST_VERSIONS

    def one_of(self, numbers: Sequence[int], number: int) -> int:
        """One of these, or any, when there are none."""
        return numbers[number % len(numbers)] if numbers else number

    # Work.

    @rule(number=NUMBER, percent=PERCENT)
    def report(self, number: int, percent: int) -> None:
        still_open = self.office.numbers_in(WorkStatus.NOT_STARTED, WorkStatus.IN_PROGRESS)
        self.tried("report", self.office.report, THE_YEAR, self.one_of(still_open, number), percent)

    @rule(number=NUMBER, returns=SELDOM)
    def decide(self, number: int, returns: bool) -> None:
        waiting = self.office.numbers(ReportState.SUBMITTED)
        if not waiting:
            return
        number = waiting[number % len(waiting)]
        if returns:
            self.tried("return", self.office.give_back_report, THE_YEAR, number, WHY)
        else:
            self.tried("approve", self.office.approve, THE_YEAR, number)

    @rule(number=NUMBER, percent=PERCENT)
    def report_and_approve(self, number: int, percent: int) -> None:
        self.report(number, percent)
        self.decide(number, False)
        self.decide(number, False)

    @rule(number=NUMBER)
    def take_back(self, number: int) -> None:
        """The officer what was sent, or a seat what it decided."""
        waiting = self.office.numbers(ReportState.SUBMITTED)
        decided = self.office.numbers(ReportState.APPROVED, ReportState.RETURNED)
        if decided:
            self.tried("undo", self.office.undo, THE_YEAR, decided[number % len(decided)])
        elif waiting:
            self.tried("withdraw", self.office.withdraw_report, THE_YEAR, waiting[number % len(waiting)])

    # Ends.

    @rule(number=NUMBER, is_whole_measure=SELDOM)
    def cancel(self, number: int, is_whole_measure: bool) -> None:
        cancel = self.office.cancel_measure if is_whole_measure else self.office.cancel
        self.tried("cancel", cancel, THE_YEAR, number, WHY)

    @rule(number=NUMBER, days=st.integers(0, 9))
    def reopen(self, number: int, days: int) -> None:
        ended = self.office.numbers_in(WorkStatus.DONE, WorkStatus.CANCELLED)
        wanted = self.office.on + timedelta(days=days)
        self.tried("reopen", self.office.reopen, THE_YEAR, self.one_of(ended, number), WHY, wanted)

    # What is laid before the seats.

    @rule(number=NUMBER, days=st.integers(1, 9))
    def ask_for_a_later_date(self, number: int, days: int) -> None:
        still_open = self.office.numbers_in(WorkStatus.NOT_STARTED, WorkStatus.IN_PROGRESS)
        number = self.one_of(still_open, number)
        wanted = self.office.task(THE_YEAR, number).due_on + timedelta(days=days)
        self.tried("ask", self.office.ask_for, THE_YEAR, number, wanted)

    @rule(number=NUMBER, days=st.integers(1, 9))
    def have_a_later_date_granted(self, number: int, days: int) -> None:
        self.ask_for_a_later_date(number, days)
        self.decide_on_what_was_laid(-1, "agree")
        self.decide_on_what_was_laid(-1, "agree")

    @rule(number=NUMBER, how=st.sampled_from(["agree", "agree", "agree", "give back", "withdraw"]))
    def decide_on_what_was_laid(self, number: int, how: str) -> None:
        waiting = self.office.waiting()
        if waiting:
            self.office.which = number
            deeds = {"give back": lambda: self.office.give_back(WHY), "withdraw": self.office.withdraw_what_was_laid}
            self.tried(f"{how} {waiting[number % len(waiting)].kind}", deeds.get(how, self.office.agree))

    # The plan.

    @rule(is_meant=SELDOM)
    def publish(self, is_meant: bool) -> None:
        if is_meant:
            self.tried("publish", self.office.publish, THE_YEAR)

    @precondition(lambda self: self.may_be_amended)
    @rule(number=NUMBER, change=CHANGE)
    def amend(self, number: int, change: int) -> None:
        self.tried("amend", self.office.amend, THE_YEAR, WHY)
        self.versions += 1
        self.write_in_the_amendment(number, change)

    @precondition(lambda self: self.may_be_amended)
    @rule(numbers=st.lists(st.tuples(NUMBER, CHANGE), min_size=1, max_size=3), is_on_paper=st.booleans())
    def a_new_version_comes_into_force(self, numbers: Sequence[tuple[int, int]], is_on_paper: bool) -> None:
        for number, change in numbers:
            (self.write_in_the_amendment if self.is_amended else self.amend)(number, change)
        self.the_amendment_comes_into_force(is_on_paper)

    @precondition(lambda self: self.is_amended)
    @rule(number=NUMBER, change=CHANGE)
    def write_in_the_amendment(self, number: int, change: int) -> None:
        self.tried(f"change {change}", CHANGES[change], self.office, number)

    @precondition(lambda self: self.is_amended)
    @rule(is_on_paper=st.booleans())
    def the_amendment_comes_into_force(self, is_on_paper: bool) -> None:
        if is_on_paper:
            self.tried("sign", self.office.sign, THE_YEAR)
        else:
            self.propose()
            self.decide_on_what_was_laid(-1, "agree")
            self.decide_on_what_was_laid(-1, "agree")

    @precondition(lambda self: self.is_amended)
    @rule()
    def propose(self) -> None:
        self.tried("propose", self.office.propose, THE_YEAR)

    @precondition(lambda self: self.is_amended)
    @rule(is_meant=SELDOM)
    def give_up_the_amendment(self, is_meant: bool) -> None:
        if is_meant:
            self.tried("give up", self.office.give_up_amendment, THE_YEAR)

    @rule(kinds=st.lists(st.sampled_from(EndingKind), min_size=3, max_size=3), is_meant=SELDOM)
    def close(self, kinds: Sequence[EndingKind], is_meant: bool) -> None:
        """Either at once, or after what waits was given back."""
        if is_meant:
            self.clear_the_desk()
        self.tried("close", self.office.close, THE_YEAR, ends_with(kinds))

    def clear_the_desk(self) -> None:
        self.office.on = max(self.office.on, CLOSABLE_FROM)
        for number in self.office.numbers(ReportState.SUBMITTED):
            self.tried("return", self.office.give_back_report, THE_YEAR, number, WHY)
        for _proposal in self.office.waiting():
            self.decide_on_what_was_laid(0, "give back")
        if self.is_amended:
            self.the_amendment_comes_into_force(True)
        if self.is_amended:
            self.give_back_what_is_done_meanwhile()
            self.the_amendment_comes_into_force(True)

    def give_back_what_is_done_meanwhile(self) -> None:
        """Whom the amendment would take a task from that is done by now: the amendment says again that they do it."""
        for number, responsible in enumerate(self.office.who_does_what()):
            self.tried("give back", self.office.rewrite_responsible, number, responsible)

    # Time.

    @rule(days=st.sampled_from([1, 2, 7]))
    def time_passes(self, days: int) -> None:
        self.office.on = min(self.office.on + timedelta(days=days), LAST)
        self.office.morning()
        self.has_changed = True

    # What holds.

    @invariant()
    def everything_holds(self) -> None:
        if self.has_changed:
            tasks = self.office.tasks(THE_YEAR)
            self.each_task_is_accounted_for(tasks)
            self.nothing_that_was_reported_is_lost()
            self.the_headline_counts_what_there_is(tasks)
            self.only_open_tasks_of_a_plan_in_force_are_reminded_of()
            self.a_closed_year_has_nothing_open(tasks)
            self.has_changed = False

    def each_task_is_accounted_for(self, tasks: Sequence[Task]) -> None:
        """Once in force a task stays in force, under a measure that goes on with the one in which it was met.

        Every other task is the copy of one, or new in the version that is being written.
        """
        chosen = sa.select(Measure.id, Measure.continues_id).where(Measure.agency_id == self.office.agency_id)
        before = dict(db.session.execute(chosen).all())
        found = {task.id: origin(task.measure_id, before) for task in tasks}
        assert self.origins.items() <= found.items()
        others = sa.select(Task).where(Task.agency_id == self.office.agency_id, Task.id.not_in(found))
        for task in db.session.scalars(others.options(joinedload(Task.measure).joinedload(Measure.plan))):
            assert task.continues_id in found or task.measure.plan.state in (PlanState.DRAFT, PlanState.PROPOSED)
        self.origins = found

    def nothing_that_was_reported_is_lost(self) -> None:
        reported, shown = self.of_which_task(ProgressReport), self.of_which_task(Evidence)
        assert self.reported.items() <= reported.items()
        assert self.shown.items() <= shown.items()
        assert {*reported.values(), *shown.values()} <= self.origins.keys()
        self.reported, self.shown = reported, shown

    def of_which_task(self, kind: type[ProgressReport | Evidence]) -> dict[int, int]:
        chosen = sa.select(kind.id, kind.task_id).where(kind.agency_id == self.office.agency_id)
        return dict(db.session.execute(chosen).all())

    def the_headline_counts_what_there_is(self, tasks: Sequence[Task]) -> None:
        seen = overview(self.office.clerk, THE_YEAR, self.office.on)
        add_up(seen)
        statuses: dict[int, set[WorkStatus]] = defaultdict(set)
        for task in tasks:
            statuses[task.measure_id].add(task.work_status)
        counted = [found - {WorkStatus.CANCELLED} for found in statuses.values()]
        done = sum(found == {WorkStatus.DONE} for found in counted)
        assert (seen.tally.total, seen.tally.done) == (sum(map(bool, counted)), done)
        assert seen.tally.total + seen.cancelled == len(statuses)

    def only_open_tasks_of_a_plan_in_force_are_reminded_of(self) -> None:
        mails = expected_mails(self.office.agency, self.office.on, self.office.on + timedelta(days=3))
        named = {reminder.task for mail in mails for reminder in mail.reminders if reminder.task}
        assert all(task.work_status not in CLOSED and task.id in self.origins for task in named)
        assert not (named and self.newest is PlanState.CLOSED)

    def a_closed_year_has_nothing_open(self, tasks: Sequence[Task]) -> None:
        if self.newest is PlanState.CLOSED:
            assert all(task.work_status in CLOSED for task in tasks)
            assert not self.office.waiting()

    def teardown(self) -> None:
        """Whatever happened, the year can be closed, and the record tells of all of it."""
        if self.newest is not PlanState.CLOSED:
            self.clear_the_desk()
            self.office.close(THE_YEAR, ends_with(list(EndingKind)))
            self.newest = self.office.state_of_newest()
        self.everything_holds()
        assert self.newest is PlanState.CLOSED
        assert first_break(self.office.agency_id) is None
        db.session.rollback()


def ends_with(kinds: Sequence[EndingKind]) -> dict[int, Ending]:
    """What becomes of each measure, by turns."""
    return {number: Ending(kinds[number % len(kinds)], WHY) for number in range(1, 100)}


def origin(measure_id: int, before: Mapping[int, int | None]) -> int:
    """The first measure with which this one goes on."""
    earlier = before[measure_id]
    return measure_id if earlier is None else origin(earlier, before)


@pytest.fixture
def runs(request: pytest.FixtureRequest) -> int:
    return 200 if request.config.getoption("--long") else 5


@pytest.mark.each_case
def test_nothing_is_lost_whatever_people_do(app: Flask, runs: int) -> None:
    del app
    happened.clear()

    run_state_machine_as_test(
        LifeOfAPlan,
        settings=settings(
            max_examples=runs, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

    assert happened.keys() >= OFTEN_ENOUGH
