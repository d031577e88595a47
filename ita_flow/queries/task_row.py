"""A task as people see it on a day: its one state, its one deadline, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.standing import Standing


@dataclass(frozen=True)
class TaskRow(Standing):
    """A task on a day, with what was last reported on it."""

    task: Task
    report: ProgressReport | None
    """The report under way, from its draft until it is approved."""

    version: ReportVersion | None
    """What was last submitted, whether decided or not."""

    first_claimed_at: datetime | None
    """When completion was first claimed in the report to which ``version`` belongs."""

    today: date
    last_working_day: date
    """The due date when people work on it, else the working day before."""

    @property
    def measure(self) -> Measure:
        return self.task.measure

    @property
    def number(self) -> int:
        return self.measure.number

    @property
    def title(self) -> str:
        return self.measure.title

    @property
    def due_on(self) -> date:
        return self.task.due_on

    @property
    def first_due_on(self) -> date | None:
        """The due date before a later one was granted for the first time."""
        return self.task.first_due_on

    @property
    def work_status(self) -> WorkStatus:
        return self.task.work_status

    @property
    def report_state(self) -> ReportState | None:
        return self.report.state if self.report else None

    @property
    def only_task(self) -> TaskRow:
        """This row: lists of tasks and lists of measures are shown alike."""
        return self

    @property
    def claimed_done_on(self) -> date | None:
        """The day on which the approved or the pending claim of completion was first sent."""
        if self.task.claimed_done_on:
            return self.task.claimed_done_on
        is_pending = self.is_submitted and self.version and self.version.claimed_status is WorkStatus.DONE
        return bangkok_day(self.first_claimed_at) if is_pending and self.first_claimed_at else None

    @property
    def percent(self) -> int:
        """Progress as approved."""
        return self.task.percent

    @property
    def claimed_percent(self) -> int | None:
        """Progress as claimed in a report that waits for its decision."""
        return self.version.percent if self.is_submitted and self.version else None

    @property
    def seat_number(self) -> int:
        """Which seat of the chain decides now, counted from 1; 0 when none does."""
        return self.version.approvals + 1 if self.is_submitted and self.version else 0

    @property
    def seat_count(self) -> int:
        return len(self.version.chain) if self.is_submitted and self.version else 0

    @property
    def seat_to_decide(self) -> ChainSeat | None:
        return self.version.seat_to_decide if self.is_submitted and self.version else None

    @property
    def waiting_since(self) -> datetime | None:
        """Since when the seat whose turn it is has had the report."""
        return self.version.waiting_since if self.is_submitted and self.version else None

    @property
    def returned(self) -> Decision | None:
        """The decision with which the report came back, while it is not sent again."""
        if not self.is_returned or not self.version:
            return None
        return self.version.return_standing

    @property
    def updated_at(self) -> datetime | None:
        """When somebody last submitted or decided; a draft does not count, for others do not see it."""
        if self.version is None:
            return None
        return max([self.version.submitted_at, *(taken.decided_at for taken in self.version.decisions)])

    @property
    def done_steps(self) -> int:
        return sum(step.is_done for step in self.task.steps)
