"""How a task stands on a day: its one state, its one deadline, and how pressing it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ita_flow.domain.states import (
    DRAFTED,
    ENDED_WITH_A_REASON,
    DeadlineState,
    ReportState,
    TaskState,
    WorkStatus,
    deadline_state,
    task_state,
)

CLOSED = (TaskState.DONE, TaskState.CANCELLED, TaskState.UNFINISHED)
PRESSING = (DeadlineState.OVERDUE, DeadlineState.DUE_SOON)


class Standing:
    """What follows from a task's stored facts and from the day on which somebody looks."""

    if TYPE_CHECKING:
        # Declared for the reader and the checker alone: the rows have some of these as fields.

        @property
        def today(self) -> date: ...

        @property
        def number(self) -> int:
            """That of the measure in its plan."""

        @property
        def due_on(self) -> date: ...

        @property
        def work_status(self) -> WorkStatus: ...

        @property
        def report_state(self) -> ReportState | None:
            """That of the report under way; None when there is none."""

        @property
        def claimed_done_on(self) -> date | None:
            """The day on which the approved or the pending claim of completion was first sent."""

    @property
    def state(self) -> TaskState:
        return task_state(self.work_status, self.report_state)

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def is_submitted(self) -> bool:
        return self.state is TaskState.SUBMITTED

    @property
    def is_returned(self) -> bool:
        return self.state is TaskState.RETURNED

    @property
    def deadline(self) -> DeadlineState | None:
        """The one chip of the task; one that ended without being done has none: its day is no longer kept."""
        if self.work_status in ENDED_WITH_A_REASON:
            return None
        is_done = self.state is TaskState.DONE
        return deadline_state(self.due_on, self.today, is_done=is_done, claimed_done_on=self.claimed_done_on)

    @property
    def days(self) -> int:
        """Days left before the due date, or days past it, as of the claim of completion or else of today."""
        return abs((self.due_on - (self.claimed_done_on or self.today)).days)

    @property
    def needs_follow_up(self) -> bool:
        """Whether somebody should look after it: overdue, nearly due or returned."""
        return self.is_open and (self.deadline in PRESSING or self.is_returned)

    @property
    def has_draft(self) -> bool:
        return self.report_state in DRAFTED

    @property
    def needs_its_officer(self) -> bool:
        """Whether the officer is the one to act, and now: nobody is asked to hurry while others decide."""
        return self.is_open and not self.is_submitted and (self.needs_follow_up or self.has_draft)

    @property
    def is_for_later(self) -> bool:
        """Whether the officer is the one to act, and has time left."""
        return self.is_open and not self.is_submitted and not self.needs_its_officer

    @property
    def urgency(self) -> tuple[int, date, int]:
        """Sorts the most urgent first: overdue, nearly due, returned, the rest; then by due date and number."""
        kinds = (self.deadline is DeadlineState.OVERDUE, self.deadline is DeadlineState.DUE_SOON)
        ranks = (*kinds, self.is_returned, True)
        return ranks.index(True), self.due_on, self.number
