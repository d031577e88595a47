"""Why a coordinator asks after a task, by hand and beside the reminders of the calendar."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from ita_flow.domain.states import DeadlineState

SILENT_AFTER = timedelta(days=30)
"""How long nothing is sent or decided on an open task before it counts as silent."""

LONGEST_NOTE = 300
"""Letters of what a coordinator adds in their own words."""

MOST_AT_ONCE = 200
"""Tasks on one page, and in one asking."""


class ChaseReason(StrEnum):
    """What is wrong with a task that is chased, the most urgent first; each task stands under the first that holds."""

    OVERDUE = "overdue"
    SLOW_DECISION = "slow_decision"
    """A decision has taken longer than its seat is allowed."""

    DUE_SOON = "due_soon"
    SILENT = "silent"


class WhyLeftOut(StrEnum):
    """Why a task that was chosen is not asked after."""

    GONE = "gone"
    """It is not in the list any more: a report came, the work is done, or the due date moved."""

    CHANGED = "changed"
    """It stands otherwise than on the page that was seen."""

    ASKED = "asked"
    """Somebody asked after it today."""

    NOBODY = "nobody"
    """There is nobody to write to."""


def reason_to_chase(
    deadline: DeadlineState | None, *, is_submitted: bool, is_slow: bool, is_silent: bool
) -> ChaseReason | None:
    """The most urgent reason to ask after an open task; None where there is none.

    Nobody is asked to hurry while others decide, unless these take too long or the due date is over.
    """
    if deadline is DeadlineState.OVERDUE:
        return ChaseReason.OVERDUE
    if is_slow:
        return ChaseReason.SLOW_DECISION
    if is_submitted:
        return None
    if deadline is DeadlineState.DUE_SOON:
        return ChaseReason.DUE_SOON
    return ChaseReason.SILENT if is_silent else None
