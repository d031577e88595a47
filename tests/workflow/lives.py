"""Rows that go from state to state by the real deeds, for tests of what each state allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa

from ita_flow.domain.approvals import Seen
from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.progress import Claim
from ita_flow.domain.states import (
    CLAIMABLE,
    CLOSED,
    PlanDeed,
    PlanState,
    ProposalDeed,
    ProposalState,
    ReportDeed,
    ReportState,
    TaskDeed,
    WorkStatus,
)
from ita_flow.domain.year_ends import EndingKind
from ita_flow.extensions import db
from ita_flow.models.people import User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import Decision
from ita_flow.models.proposals import Proposal
from ita_flow.models.tasks import Task
from ita_flow.queries.closing import seen_open, tasks_of_year
from ita_flow.queries.plan_seen import seen_area, seen_plan
from ita_flow.workflow import (
    amendments,
    approvals,
    closing,
    endings,
    extensions,
    plan_approval,
    plan_editing,
    progress_reports,
    proposals,
    publishing,
    undoing,
)
from tests.factories import Cast, a_report, a_task, one_commit
from tests.factories.plans import set_status

AT = bangkok_moment(date(2024, 9, 10), 9)
"""Late enough that the year may be closed, and early enough that something of it is still due."""

DUE_ON, LATER = date(2024, 9, 20), date(2024, 9, 27)
WHY = "ผู้รับจ้างส่งมอบงานล่าช้ากว่าสัญญา"
LINK = "https://example.go.th/result"
FULL_YEAR = 3
"""The place in the plan of a measure that has the whole year."""

Way = Mapping[Any, Sequence[Any]]
Table = Mapping[tuple[Any, Any], StrEnum]


class Life:
    """A row with all that can be done to it, and the deeds that bring it into each of its states."""

    way_to: ClassVar[Way]

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @property
    def state(self) -> StrEnum:
        raise NotImplementedError

    @property
    def deeds(self) -> Mapping[Any, Callable[[], object]]:
        raise NotImplementedError

    def come_to(self, state: StrEnum) -> None:
        for deed in self.way_to[state]:
            self.deeds[deed]()
        db.session.commit()
        assert self.state == state


class PlanLife(Life):
    """An amendment of the year's plan, complete, with a task of every measure."""

    way_to: ClassVar[Way] = {
        PlanState.DRAFT: [PlanDeed.PROPOSE, PlanDeed.WITHDRAW],
        PlanState.PROPOSED: [PlanDeed.PROPOSE],
        PlanState.APPROVED: [PlanDeed.PROPOSE, PlanDeed.APPROVE],
        PlanState.PUBLISHED: [PlanDeed.PROPOSE, PlanDeed.APPROVE, PlanDeed.PUBLISH],
        PlanState.DISCARDED: [PlanDeed.PROPOSE, PlanDeed.WITHDRAW, PlanDeed.DISCARD],
        PlanState.CLOSED: [PlanDeed.PROPOSE, PlanDeed.APPROVE, PlanDeed.PUBLISH, PlanDeed.CLOSE],
    }

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        in_force = cast.task.measure.plan
        with one_commit():
            _complete(in_force, cast)
            plan_editing.settle(in_force)
            self.plan = amendments.begin(in_force, WHY, actor=cast.coordinator, at=AT)

    @property
    def state(self) -> PlanState:
        return self.plan.state

    @property
    def deeds(self) -> Mapping[PlanDeed, Callable[[], object]]:
        return {
            PlanDeed.WRITE: self.write,
            PlanDeed.PROPOSE: self.propose,
            PlanDeed.WITHDRAW: lambda: proposals.withdraw(self.proposal, actor=self.cast.coordinator, at=AT),
            PlanDeed.RETURN: lambda: give_back(self.proposal, by=self.cast.chief),
            PlanDeed.APPROVE: lambda: approve_all(self.proposal, by=[self.cast.chief, self.cast.executive]),
            PlanDeed.SIGN: self.sign,
            PlanDeed.PUBLISH: lambda: publishing.publish(self.plan, LINK, actor=self.cast.coordinator, at=AT),
            PlanDeed.AMEND: lambda: amendments.begin(self.plan, WHY, actor=self.cast.coordinator, at=AT),
            PlanDeed.DISCARD: lambda: amendments.discard(self.plan, actor=self.cast.coordinator, at=AT),
            PlanDeed.CLOSE: lambda: close(self.plan, by=self.cast.coordinator),
        }

    def write(self) -> None:
        said = plan_editing.AreaText("ภาพรวมที่เขียนใหม่", "", "ผลการวิเคราะห์", "")
        seen = seen_area(self.plan.areas[0])
        plan_editing.write_area(self.plan, 1, said, seen=seen, actor=self.cast.coordinator, at=AT)

    def propose(self) -> None:
        proposals.propose_plan(self.plan, seen=seen_plan(self.plan), actor=self.cast.coordinator, at=AT)

    def sign(self) -> None:
        seen, signed_on = seen_plan(self.plan), date(2024, 9, 2)
        plan_approval.approve_on_paper(self.plan, signed_on, "9/2567", seen=seen, actor=self.cast.coordinator, at=AT)

    @property
    def proposal(self) -> Proposal:
        """As it was last laid before the seats."""
        chosen = sa.select(Proposal).where(Proposal.plan_id == self.plan.id).order_by(Proposal.id.desc())
        return db.session.scalars(chosen.limit(1)).one()


class PlanProposalLife(Life):
    """A plan that was laid before the chief and the executive."""

    way_to: ClassVar[Way] = {
        ProposalState.WAITING: [],
        ProposalState.APPROVED: [ProposalDeed.APPROVE],
        ProposalState.RETURNED: [ProposalDeed.RETURN],
        ProposalState.WITHDRAWN: [ProposalDeed.WITHDRAW],
    }

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        self.proposal, self.deciders = self.laid()

    def laid(self) -> tuple[Proposal, Sequence[User]]:
        """The proposal, and those who decide on it one after the other."""
        life = PlanLife(self.cast)
        life.propose()
        return life.proposal, [self.cast.chief, self.cast.executive]

    @property
    def state(self) -> ProposalState:
        return self.proposal.state

    @property
    def deeds(self) -> Mapping[ProposalDeed, Callable[[], object]]:
        return {
            ProposalDeed.APPROVE: lambda: approve_all(self.proposal, by=self.deciders),
            ProposalDeed.RETURN: lambda: give_back(self.proposal, by=self.deciders[0]),
            ProposalDeed.WITHDRAW: self.withdraw,
        }

    def withdraw(self) -> None:
        proposals.withdraw(self.proposal, actor=self.proposal.submitted_by, at=AT)


class ExtensionLife(PlanProposalLife):
    """An officer's wish for a later due date, before the head and the director."""

    def laid(self) -> tuple[Proposal, Sequence[User]]:
        wish = extensions.ask(an_open_task(self.cast), LATER, WHY, actor=self.cast.officer, at=AT)
        return wish, [self.cast.head, self.cast.director]

    def withdraw(self) -> None:
        extensions.withdraw(self.proposal, actor=self.proposal.submitted_by, at=AT)


class TaskLife(Life):
    """A task of the plan in force that is still to be done in time."""

    way_to: ClassVar[Way] = {
        **dict.fromkeys(CLAIMABLE, ()),
        WorkStatus.CANCELLED: [TaskDeed.CANCEL],
        WorkStatus.UNFINISHED: [TaskDeed.LEAVE],
    }

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        self.task = an_open_task(cast)

    def come_to(self, state: StrEnum) -> None:
        """Where a report leads that was approved, the task stands so already."""
        if state in CLAIMABLE:
            set_status(self.task, WorkStatus(state), AT)
        super().come_to(state)

    @property
    def state(self) -> WorkStatus:
        return self.task.work_status

    @property
    def deeds(self) -> Mapping[TaskDeed, Callable[[], object]]:
        clerk = self.cast.coordinator
        return {
            TaskDeed.REPORT: self.write_a_report,
            TaskDeed.POSTPONE: self.have_a_later_date_granted,
            TaskDeed.CANCEL: lambda: endings.cancel_task(self.task, WHY, actor=clerk, at=AT),
            TaskDeed.REOPEN: lambda: endings.reopen(self.task, WHY, actor=clerk, at=AT),
            TaskDeed.LEAVE: lambda: close(self.task.measure.plan, self.task, by=clerk),
        }

    def write_a_report(self) -> None:
        report = progress_reports.open_report(self.task, self.cast.officer, AT)
        progress_reports.save(
            report, Claim(WorkStatus.IN_PROGRESS, "กำลังดำเนินการ", (1,)), actor=self.cast.officer, at=AT
        )

    def have_a_later_date_granted(self) -> None:
        wish = extensions.ask(self.task, LATER, WHY, actor=self.cast.officer, at=AT)
        approve_all(wish, by=[self.cast.head, self.cast.director])


class ReportLife(Life):
    """The second report on a task, of which the first was approved half a year before."""

    way_to: ClassVar[Way] = {
        ReportState.DRAFT: [],
        ReportState.SUBMITTED: [ReportDeed.SUBMIT],
        ReportState.RETURNED: [ReportDeed.SUBMIT, ReportDeed.RETURN],
        ReportState.APPROVED: [ReportDeed.SUBMIT, ReportDeed.APPROVE],
        ReportState.WITHDRAWN: [ReportDeed.SUBMIT, ReportDeed.RETURN, ReportDeed.SUBMIT, ReportDeed.WITHDRAW],
    }

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        with one_commit():
            self.task = an_open_task(cast)
            a_report(self.task, cast.officer, ReportState.APPROVED, claim=WorkStatus.IN_PROGRESS)
        self.report = progress_reports.open_report(self.task, cast.officer, AT)
        claim = Claim(WorkStatus.DONE, "ดำเนินการแล้วเสร็จ", (1, 2))
        progress_reports.save(self.report, claim, link=LINK, actor=cast.officer, at=AT)

    @property
    def state(self) -> ReportState:
        return self.report.state

    @property
    def deeds(self) -> Mapping[ReportDeed, Callable[[], object]]:
        return {
            ReportDeed.SUBMIT: self.submit,
            ReportDeed.APPROVE: self.approve,
            ReportDeed.RETURN: self.give_back,
            ReportDeed.WITHDRAW: self.withdraw,
            ReportDeed.UNDO: self.undo,
        }

    def submit(self) -> None:
        progress_reports.submit(self.report, actor=self.cast.officer, at=AT)

    def approve(self) -> None:
        for place, decider in enumerate((self.cast.head, self.cast.director), 1):
            approvals.approve(self.report, Seen(self.report.version, place), actor=decider, at=AT)

    def give_back(self) -> None:
        seen = Seen(self.report.version, 1)
        approvals.return_for_revision(self.report, seen, comment=WHY, actor=self.cast.head, at=AT)

    def withdraw(self) -> None:
        progress_reports.withdraw(self.report, self.report.version, actor=self.cast.officer, at=AT)

    def undo(self) -> None:
        """The last decision that was taken; while the report waits, its first seat decides before."""
        if self.report.state is ReportState.SUBMITTED:
            approvals.approve(self.report, Seen(self.report.version, 1), actor=self.cast.head, at=AT)
        decision = self._last_decision()
        undoing.undo(decision, actor=decision.decided_by, at=AT)

    def _last_decision(self) -> Decision:
        mine = Decision.report_version.has(report_id=self.report.id)
        chosen = sa.select(Decision).where(Decision.agency_id == self.cast.agency.id)
        return db.session.scalars(chosen.order_by(mine.desc(), Decision.id.desc()).limit(1)).one()


def an_open_task(cast: Cast) -> Task:
    """The officer's, still to be done in time."""
    measure = cast.task.measure.plan.measures[FULL_YEAR]
    return a_task(measure, section=cast.section, officers=[cast.officer], due_on=DUE_ON)


def approve_all(proposal: Proposal, by: Sequence[User]) -> None:
    """Every seat does, one after the other."""
    for place, decider in enumerate(by, 1):
        proposals.approve(proposal, Seen(proposal.revision, place), actor=decider, at=AT)


def give_back(proposal: Proposal, by: User) -> None:
    proposals.return_proposal(proposal, Seen(proposal.revision, 1), comment=WHY, actor=by, at=AT)


def close(plan: Plan, *tasks: Task, by: User) -> None:
    """The year, and all that is open in it, with these tasks among it, stays unfinished."""
    of_year = tasks_of_year(plan)
    still_open = [task for task in of_year if task.work_status not in CLOSED]
    left = {task.id: closing.Ending(EndingKind.LEAVE, WHY) for task in (*still_open, *tasks)}
    closing.close(plan, left, seen=seen_open(of_year), actor=by, at=AT)


def _complete(plan: Plan, cast: Cast) -> None:
    for measure in plan.measures:
        measure.analysis = "ผลการวิเคราะห์ของมาตรการนี้"
        given = sa.select(Task.id).where(Task.measure_id == measure.id)
        if not db.session.scalars(given).all():
            a_task(measure, section=cast.section, officers=[cast.officer], due_on=_due_on(measure))


def _due_on(measure: Measure) -> date:
    return min(DUE_ON, measure.ends_on)
