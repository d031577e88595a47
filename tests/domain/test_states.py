"""States: every pair of state and deed, what people see, and lateness on every side of the due date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ita_flow.domain.refusals import Stale
from ita_flow.domain.states import (
    DeadlineState,
    ReportDeed,
    ReportState,
    TaskState,
    WorkStatus,
    deadline_state,
    next_report_state,
    task_state,
)

DRAFT, SUBMITTED, RETURNED, APPROVED, WITHDRAWN = ReportState
SUBMIT, APPROVE, RETURN, WITHDRAW, UNDO = ReportDeed
LEADS_TO = {
    (DRAFT, SUBMIT): SUBMITTED,
    (RETURNED, SUBMIT): SUBMITTED,
    (SUBMITTED, APPROVE): APPROVED,
    (SUBMITTED, RETURN): RETURNED,
    (SUBMITTED, WITHDRAW): WITHDRAWN,
    (WITHDRAWN, SUBMIT): SUBMITTED,
    (SUBMITTED, UNDO): SUBMITTED,
    (RETURNED, UNDO): SUBMITTED,
    (APPROVED, UNDO): SUBMITTED,
}


@pytest.mark.parametrize("deed", ReportDeed)
@pytest.mark.parametrize("state", ReportState)
def test_a_deed_leads_on_or_comes_too_late(state: ReportState, deed: ReportDeed) -> None:
    if (state, deed) in LEADS_TO:
        assert next_report_state(state, deed) is LEADS_TO[state, deed]
    else:
        with pytest.raises(Stale, match=f"report_{deed.value}_too_late"):
            next_report_state(state, deed)


@pytest.mark.parametrize(
    ("status", "report", "seen"),
    [
        (WorkStatus.NOT_STARTED, None, TaskState.NOT_STARTED),
        (WorkStatus.NOT_STARTED, DRAFT, TaskState.NOT_STARTED),
        (WorkStatus.NOT_STARTED, SUBMITTED, TaskState.SUBMITTED),
        (WorkStatus.NOT_STARTED, RETURNED, TaskState.RETURNED),
        (WorkStatus.IN_PROGRESS, None, TaskState.IN_PROGRESS),
        (WorkStatus.IN_PROGRESS, DRAFT, TaskState.IN_PROGRESS),
        (WorkStatus.IN_PROGRESS, SUBMITTED, TaskState.SUBMITTED),
        (WorkStatus.IN_PROGRESS, RETURNED, TaskState.RETURNED),
        (WorkStatus.IN_PROGRESS, WITHDRAWN, TaskState.IN_PROGRESS),
        (WorkStatus.DONE, None, TaskState.DONE),
        (WorkStatus.DONE, SUBMITTED, TaskState.DONE),
        (WorkStatus.CANCELLED, None, TaskState.CANCELLED),
        (WorkStatus.CANCELLED, RETURNED, TaskState.CANCELLED),
    ],
)
def test_people_see_one_state(status: WorkStatus, report: ReportState | None, seen: TaskState) -> None:
    assert task_state(status, report) is seen


DUE = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("days_left", "state"),
    [
        (15, DeadlineState.ON_TRACK),
        (14, DeadlineState.DUE_SOON),
        (1, DeadlineState.DUE_SOON),
        (0, DeadlineState.DUE_SOON),
        (-1, DeadlineState.OVERDUE),
        (-400, DeadlineState.OVERDUE),
    ],
)
def test_a_task_without_a_claim_is_late_the_day_after(days_left: int, state: DeadlineState) -> None:
    today = DUE - timedelta(days=days_left)

    assert deadline_state(DUE, today, is_done=False, claimed_done_on=None) is state


@pytest.mark.parametrize(
    ("claimed_on", "is_done", "state"),
    [
        (DUE, False, DeadlineState.MET_PENDING),
        (DUE, True, DeadlineState.MET),
        (DUE + timedelta(days=1), False, DeadlineState.LATE_PENDING),
        (DUE + timedelta(days=1), True, DeadlineState.LATE),
        (DUE - timedelta(days=90), True, DeadlineState.MET),
    ],
)
def test_a_claim_counts_from_the_day_it_was_sent(claimed_on: date, is_done: bool, state: DeadlineState) -> None:
    long_after = DUE + timedelta(days=100)

    assert deadline_state(DUE, long_after, is_done=is_done, claimed_done_on=claimed_on) is state
