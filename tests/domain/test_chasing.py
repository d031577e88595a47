"""Which tasks are asked after, and why: the most urgent reason counts, and nobody is hurried while others decide."""

from __future__ import annotations

import pytest

from ita_flow.domain.chasing import ChaseReason, reason_to_chase
from ita_flow.domain.states import DeadlineState


@pytest.mark.parametrize(
    ("deadline", "facts", "reason"),
    [
        (DeadlineState.OVERDUE, "silent", ChaseReason.OVERDUE),
        (DeadlineState.OVERDUE, "submitted slow", ChaseReason.OVERDUE),
        (DeadlineState.MET_PENDING, "submitted slow", ChaseReason.SLOW_DECISION),
        (DeadlineState.DUE_SOON, "submitted slow", ChaseReason.SLOW_DECISION),
        (DeadlineState.DUE_SOON, "silent", ChaseReason.DUE_SOON),
        (DeadlineState.DUE_SOON, "submitted", None),
        (DeadlineState.ON_TRACK, "silent", ChaseReason.SILENT),
        (DeadlineState.ON_TRACK, "submitted silent", None),
        (DeadlineState.ON_TRACK, "", None),
    ],
)
def test_the_most_urgent_reason_counts(deadline: DeadlineState, facts: str, reason: ChaseReason | None) -> None:
    holds = facts.split()

    found = reason_to_chase(
        deadline, is_submitted="submitted" in holds, is_slow="slow" in holds, is_silent="silent" in holds
    )

    assert found is reason
