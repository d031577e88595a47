"""A task as people see it on a day: its one state, its one deadline, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ita_flow.domain.approval_chains import ChainSeat
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.states import DeadlineState, ReportState, TaskState, WorkStatus, deadline_state, task_state
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.models.tasks import Task

CLOSED = (TaskState.DONE, TaskState.CANCELLED)
PRESSING = (DeadlineState.OVERDUE, DeadlineState.DUE_SOON)


@dataclass(frozen=True)
class TaskRow:
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
    def due_on(self) -> date:
        return self.task.due_on

    @property
    def only_task(self) -> TaskRow:
        """This row: lists of tasks and lists of measures are shown alike."""
        return self

    @property
    def state(self) -> TaskState:
        return task_state(self.task.work_status, self.report.state if self.report else None)

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def is_submitted(self) -> bool:
        return self.state is TaskState.SUBMITTED

    @property
    def claimed_done_on(self) -> date | None:
        """The day on which the approved or the pending claim of completion was first sent."""
        if self.task.claimed_done_on:
            return self.task.claimed_done_on
        is_pending = self.is_submitted and self.version and self.version.claimed_status is WorkStatus.DONE
        return bangkok_day(self.first_claimed_at) if is_pending and self.first_claimed_at else None

    @property
    def deadline(self) -> DeadlineState | None:
        """The one chip of the task; a cancelled task has none."""
        if self.state is TaskState.CANCELLED:
            return None
        return deadline_state(
            self.task.due_on,
            self.today,
            is_done=self.state is TaskState.DONE,
            claimed_done_on=self.claimed_done_on,
        )

    @property
    def days(self) -> int:
        """Days left before the due date, or days past it, as of the claim of completion or else of today."""
        return abs((self.task.due_on - (self.claimed_done_on or self.today)).days)

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
        if self.state is not TaskState.RETURNED or not self.version:
            return None
        return self.version.return_standing

    @property
    def updated_at(self) -> datetime | None:
        """When somebody last submitted or decided; a draft does not count, for others do not see it."""
        if self.version is None:
            return None
        return max([self.version.submitted_at, *(taken.decided_at for taken in self.version.decisions)])

    @property
    def has_draft(self) -> bool:
        return self.report is not None and self.report.state in (ReportState.DRAFT, ReportState.WITHDRAWN)

    @property
    def done_steps(self) -> int:
        return sum(step.is_done for step in self.task.steps)

    @property
    def needs_follow_up(self) -> bool:
        """Whether somebody should look after it: overdue, nearly due or returned."""
        return self.is_open and (self.deadline in PRESSING or self.state is TaskState.RETURNED)

    @property
    def urgency(self) -> tuple[int, date, int]:
        """Sorts the most urgent first: overdue, nearly due, returned, the rest; then by due date and number."""
        kinds = (self.deadline is DeadlineState.OVERDUE, self.deadline is DeadlineState.DUE_SOON)
        ranks = (*kinds, self.state is TaskState.RETURNED, True)
        return ranks.index(True), self.task.due_on, self.measure.number
