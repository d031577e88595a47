"""An office that lives through its plan by the real deeds, each in the afternoon of its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.database import transaction
from ita_flow.domain.approvals import Seen
from ita_flow.domain.calendar import FiscalYear, bangkok_moment
from ita_flow.domain.permissions import Role, Seat
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import CLOSED, ProposalState, WorkStatus
from ita_flow.extensions import db
from ita_flow.intake import read_plan
from ita_flow.intake.by_hand import items_as_typed
from ita_flow.models.outbox import MessageState
from ita_flow.models.people import Agency, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.proposals import Proposal
from ita_flow.models.reminders import Reminder
from ita_flow.models.tasks import Task
from ita_flow.queries.closing import seen_open, still_open, tasks_of_year
from ita_flow.queries.plan_editing import tasks_of
from ita_flow.queries.plan_seen import seen_measure, seen_plan
from ita_flow.queries.plans import is_in_force, newest_plan_of, plan_of
from ita_flow.queries.proposals import seen_now
from ita_flow.workflow import (
    amendments,
    approvals,
    catalogue,
    closing,
    endings,
    extensions,
    measures,
    plan_start,
    progress_reports,
    proposals,
    publishing,
    undoing,
)
from ita_flow.workflow.assignments import Assignment, Wish, give_out
from ita_flow.workflow.audit import COMMAND_LINE
from ita_flow.workflow.measure_texts import MeasureText
from ita_flow.workflow.plan_approval import approve_on_paper
from ita_flow.workflow.plan_import import Document, import_plan
from ita_flow.workflow.progress_reports import newest_report
from ita_flow.workflow.reminders import plan_reminders
from tests.factories import a_user

LINK = "https://example.go.th/ita"
HOLDERS = {Seat.SECTION_HEAD: "หัวหน้า", Seat.DIRECTOR: "ผู้อำนวยการ", Seat.CHIEF: "ปลัด", Seat.EXECUTIVE: "นายก"}
OFFICER, CLERK = "เจ้าหน้าที่", "ผู้ประสานงาน"


class Story:
    """What people do, each deed a transaction of its own; measures are called by year and number."""

    def __init__(self, agency: Agency) -> None:
        self.agency_id = agency.id
        self.on = date(2023, 10, 1)
        self.which = 0
        """Of the things that wait for the seats, the one that the next deed is about."""

    @property
    def at(self) -> datetime:
        return bangkok_moment(self.on, 15)

    @property
    def agency(self) -> Agency:
        return db.session.get_one(Agency, self.agency_id)

    # Mornings.

    def morning(self) -> None:
        """The mails of the day leave at once."""
        at = bangkok_moment(self.on, 8, 30)
        with transaction():
            plan_reminders(self.agency, self.on, at=at, now=at)
        for reminder in db.session.scalars(sa.select(Reminder).where(Reminder.planned_for == self.on)):
            if reminder.message:
                reminder.message.state, reminder.message.sent_at, reminder.message.text = MessageState.SENT, at, "…"
        db.session.commit()

    # The plan.

    def take_in(self, document: bytes) -> None:
        with transaction():
            reading = read_plan(document, "seed.txt", FiscalYear(2567), self.agency.name)
            named = Document("seed.txt", "ab" * 32)
            import_plan(self.agency, reading, named, is_approved=False, actor=None, via=COMMAND_LINE, at=self.at)

    def people_come(self) -> None:
        """An officer and a head for each unit that has a task, a director for each division, and those above."""
        agency = self.agency
        a_user(agency, CLERK, role=Role.COORDINATOR)
        a_user(agency, HOLDERS[Seat.CHIEF], seat=Seat.CHIEF)
        a_user(agency, HOLDERS[Seat.EXECUTIVE], seat=Seat.EXECUTIVE)
        tasks = db.session.scalars(sa.select(Task).where(Task.agency_id == agency.id).order_by(Task.id)).all()
        for unit in dict.fromkeys(task.unit for task in tasks):
            a_user(agency, OFFICER + unit.name, role=Role.OFFICER, unit=unit)
            a_user(agency, HOLDERS[Seat.SECTION_HEAD] + unit.name, seat=Seat.SECTION_HEAD, unit=unit)
        for division in dict.fromkeys(task.division for task in tasks):
            a_user(agency, HOLDERS[Seat.DIRECTOR] + division.name, seat=Seat.DIRECTOR, unit=division)

    def assign_everybody(self, year: int) -> None:
        """Each task of the newest version goes to the officer of its unit."""
        with transaction():
            plan = self._newest(year)
            tasks = [task for measure in plan.measures for task in tasks_of(measure) if task.work_status not in CLOSED]
            wishes = [self._wish(task, Assignment.of(task)) for task in tasks]
            give_out(plan, wishes, actor=self.clerk, at=self.at, today=self.on)

    def _wish(self, task: Task, wanted: Assignment) -> Wish:
        unit = db.session.get_one(Unit, wanted.unit_id)
        officer = self._person(OFFICER + unit.name)
        return Wish(task.id, Assignment.of(task), replace(wanted, officer_ids=frozenset({officer.id})))

    def propose(self, year: int) -> None:
        with transaction():
            plan = self._newest(year)
            proposals.propose_plan(plan, seen=seen_plan(plan), actor=self.clerk, at=self.at)

    def publish(self, year: int) -> None:
        with transaction():
            publishing.publish(self._plan(year), f"{LINK}/{year}", actor=self.clerk, at=self.at)

    def amend(self, year: int, reason: str) -> None:
        with transaction():
            amendments.begin(self._plan(year), reason, actor=self.clerk, at=self.at)

    def add_measure(self, year: int, text: MeasureText, unit: str) -> None:
        """A measure that this unit does."""
        with transaction():
            wanted = replace(text, responsible=self._responsible(unit))
            measures.add_measure(self._newest(year), self.agency, wanted, actor=self.clerk, at=self.at)

    def rewrite(self, year: int, number: int, **changes: object) -> None:
        """Let a measure of the newest version say something else, typed on its page."""
        with transaction():
            measure = self._measure(year, number)
            tasks = tasks_of(measure)
            wanted = replace(_as_typed(measure), **changes)  # type: ignore[arg-type]
            seen = seen_measure(measure, tasks)
            measures.edit_measure(measure, self.agency, wanted, seen=seen, actor=self.clerk, at=self.at)

    def give_measure_to(self, year: int, number: int, unit: str) -> None:
        """In the newest version another unit, of another division, does it."""
        self.rewrite(year, number, responsible=self._responsible(unit))

    def sign(self, year: int) -> None:
        """The newest version was signed on paper."""
        with transaction():
            plan = self._newest(year)
            approve_on_paper(plan, self.on, "9/2567", seen=seen_plan(plan), actor=self.clerk, at=self.at)

    def cancel_in_amendment(self, year: int, number: int, reason: str) -> None:
        with transaction():
            endings.cancel_measure(self._measure(year, number), reason, actor=self.clerk, at=self.at)

    def give_up_amendment(self, year: int) -> None:
        with transaction():
            amendments.discard(self._newest(year), actor=self.clerk, at=self.at)

    def close(self, year: int, ends: Mapping[int, closing.Ending]) -> None:
        with transaction():
            plan = self._plan(year)
            tasks = tasks_of_year(plan)
            decided = {task.id: ends[task.measure.number] for task in still_open(tasks)}
            closing.close(plan, decided, seen=seen_open(tasks), actor=self.clerk, at=self.at)

    def take_in_catalogue(self, text: str) -> None:
        with transaction():
            catalogue.take_in(self.agency, text, actor=self.clerk, at=self.at)

    def roll_forward(self, year: int) -> None:
        with transaction():
            plan_start.begin_as_copy(self.agency, year + 1, year, actor=self.clerk, at=self.at)

    # What is laid before the seats.

    def ask_for(self, year: int, number: int, due_on: date) -> None:
        with transaction():
            task = self.task(year, number)
            extensions.ask(task, due_on, "ผู้รับจ้างส่งมอบงานล่าช้า", actor=self._officer(task), at=self.at)

    def agree(self) -> None:
        """Whose turn it is approves what was laid before the seats."""
        with transaction():
            proposal = self._laid()
            proposals.approve(proposal, seen_now(proposal), actor=self._decider(proposal), at=self.at)

    def give_back(self, comment: str) -> None:
        with transaction():
            laid = self._laid()
            decider = self._decider(laid)
            proposals.return_proposal(laid, seen_now(laid), comment=comment, actor=decider, at=self.at)

    def withdraw_what_was_laid(self) -> None:
        with transaction():
            laid = self._laid()
            withdraw = extensions.withdraw if laid.task else proposals.withdraw
            withdraw(laid, actor=laid.submitted_by, at=self.at)

    def _laid(self) -> Proposal:
        laid = self.waiting()
        return laid[self.which % len(laid)]

    def waiting(self) -> Sequence[Proposal]:
        chosen = sa.select(Proposal).where(Proposal.agency_id == self.agency_id).order_by(Proposal.id)
        return db.session.scalars(chosen.where(Proposal.state == ProposalState.WAITING)).all()

    def _decider(self, proposal: Proposal) -> User:
        turn = proposal.seat_to_decide
        assert turn
        return self._holder(turn.seat, proposal.task)

    # Tasks.

    def report(self, year: int, number: int, percent: int = 100) -> None:
        with transaction():
            task = self.task(year, number)
            officer = self._officer(task)
            report = progress_reports.open_report(task, officer, self.at)
            status = WorkStatus.DONE if percent == 100 else WorkStatus.IN_PROGRESS
            claim = Claim(status, f"ดำเนินการแล้วร้อยละ {percent}", percent=min(percent, 95))
            progress_reports.save(report, claim, link=f"{LINK}/{task.id}/{self.on}", actor=officer, at=self.at)
            progress_reports.submit(report, actor=officer, at=self.at)

    def approve(self, year: int, number: int) -> None:
        """Whose turn it is approves the report that waits."""
        with transaction():
            report, seen, decider = self._turn_on(self.task(year, number))
            approvals.approve(report, seen, actor=decider, at=self.at)

    def give_back_report(self, year: int, number: int, comment: str) -> None:
        with transaction():
            report, seen, decider = self._turn_on(self.task(year, number))
            approvals.return_for_revision(report, seen, comment=comment, actor=decider, at=self.at)

    def withdraw_report(self, year: int, number: int) -> None:
        with transaction():
            report = self._report_on(self.task(year, number))
            officer = self._officer(report.task)
            progress_reports.withdraw(report, report.version, actor=officer, at=self.at)

    def undo(self, year: int, number: int) -> None:
        """Whoever decided last on the newest report takes it back."""
        with transaction():
            report = self._report_on(self.task(year, number))
            decision = report.current.last_standing if report.current else None
            assert decision
            undoing.undo(decision, actor=decision.decided_by, at=self.at)

    def _turn_on(self, task: Task) -> tuple[ProgressReport, Seen, User]:
        report = self._report_on(task)
        assert report.current
        turn = report.current.seat_to_decide
        assert turn
        return report, Seen(report.version, report.current.approvals + 1), self._holder(turn.seat, task)

    def _report_on(self, task: Task) -> ProgressReport:
        report = newest_report(task)
        assert report
        return report

    def cancel(self, year: int, number: int, reason: str) -> None:
        with transaction():
            endings.cancel_task(self.task(year, number), reason, actor=self.clerk, at=self.at)

    def cancel_measure(self, year: int, number: int, reason: str) -> None:
        with transaction():
            measure = self.task(year, number).measure
            endings.cancel_measure(measure, reason, actor=self.clerk, at=self.at)

    def reopen(self, year: int, number: int, reason: str, due_on: date) -> None:
        with transaction():
            endings.reopen(self.task(year, number), reason, actor=self.clerk, at=self.at, due_on=due_on)

    # Who and what there is.

    def task(self, year: int, number: int) -> Task:
        """The task of that measure in the version in force."""
        return next(task for task in self.tasks(year) if task.measure.number == number)

    def tasks(self, year: int) -> Sequence[Task]:
        """Those of the version in force."""
        chosen = sa.select(Task).join(Task.measure).join(Measure.plan)
        chosen = chosen.where(Plan.agency_id == self.agency_id, Plan.year == year, is_in_force())
        return db.session.scalars(chosen.order_by(Measure.number, Task.id)).all()

    def _plan(self, year: int) -> Plan:
        plan = plan_of(self.agency, year)
        assert plan
        return plan

    def _newest(self, year: int) -> Plan:
        plan = newest_plan_of(self.agency, year)
        assert plan
        return plan

    def _measure(self, year: int, number: int) -> Measure:
        return next(one for one in self._newest(year).measures if one.number == number)

    def _responsible(self, unit: str) -> dict[int, int | None]:
        chosen = sa.select(Unit).where(Unit.agency_id == self.agency_id, Unit.name == unit)
        section = db.session.scalars(chosen).one()
        assert section.parent_id
        return {section.parent_id: section.id}

    @property
    def clerk(self) -> User:
        """The coordinator."""
        return self._person(CLERK)

    def _officer(self, task: Task) -> User:
        return self._person(OFFICER + task.unit.name)

    def _holder(self, seat: Seat, task: Task | None) -> User:
        units = {Seat.SECTION_HEAD: task.unit, Seat.DIRECTOR: task.division} if task else {}
        return self._person(HOLDERS[seat] + (units[seat].name if seat in units else ""))

    def _person(self, name: str) -> User:
        return db.session.scalars(sa.select(User).where(User.agency_id == self.agency_id, User.name == name)).one()


def _as_typed(measure: Measure) -> MeasureText:
    """The measure as its page shows it to whoever edits it."""
    return MeasureText(
        area=measure.area,
        title=measure.title,
        items=items_as_typed(measure.items, measure.plan.year - 1),
        analysis=measure.analysis,
        method=measure.method,
        window_kind=measure.window_kind,
        window_text=measure.window_text,
        responsible={task.division_id: task.section_id for task in tasks_of(measure)},
    )
