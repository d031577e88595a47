"""Why a coordinator asks after a task, by hand and beside the reminders of the calendar."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(days=30)
"""How long nothing is sent or decided on an open task before it counts as silent."""


class ChaseReason(StrEnum):
    """What is wrong with a task that is chased, the most urgent first; each task stands under the first that holds."""

    OVERDUE = "overdue"
    SLOW_DECISION = "slow_decision"
    """A decision has taken longer than its seat is allowed."""

    DUE_SOON = "due_soon"
    SILENT = "silent"
