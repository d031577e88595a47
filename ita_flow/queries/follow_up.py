"""What somebody should look after (ต้องติดตาม): all that a coordinator asks after, and what is nearly due or came back.

Whether a decision takes too long, or nothing is heard for long, is found by the one rule of ``queries.chase``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ita_flow.domain.chasing import ChaseReason
from ita_flow.domain.states import DeadlineState
from ita_flow.queries.standings import TaskStanding


def followed_up(rows: Iterable[TaskStanding], reasons: Mapping[int, ChaseReason]) -> list[TaskStanding]:
    """Those of these tasks that somebody should look after, the most urgent first.

    ``reasons`` are those to ask after them, by the id of the task, as ``queries.chase.reasons_of`` finds them.
    """
    found = [row for row in rows if row.needs_follow_up or row.task_id in reasons]
    return sorted(found, key=lambda row: _urgency(row, reasons.get(row.task_id)))


def _urgency(row: TaskStanding, reason: ChaseReason | None) -> tuple[int, date, int]:
    """In the order of the reasons; what came back stands before what is only silent."""
    ranks = (
        row.deadline is DeadlineState.OVERDUE,
        reason is ChaseReason.SLOW_DECISION,
        row.deadline is DeadlineState.DUE_SOON,
        row.is_returned,
        True,
    )
    return ranks.index(True), row.due_on, row.number
