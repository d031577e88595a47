"""What stays as it is once work on it has begun: for a task, and for the measure of which it is a part."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import IntEnum

FIXED_OF_MEASURE = ("area", "title", "method", "window")
"""What officers were told to do. What a measure rests on may still be worded better."""


class Trace(IntEnum):
    """What speaks of a task; the more, the less of it may change."""

    NONE = 0
    REMINDED = 1
    """The ledger of reminders, or a mail that has left: somebody was told to do it."""

    REPORTED = 2
    """A report, be it a draft of one: somebody works on it."""


def fixed_of_measure(changed: Iterable[str], traces: Collection[Trace]) -> list[str]:
    """Those of the changed fields that stay, for somebody has reported on one of the measure's tasks."""
    return [name for name in changed if name in FIXED_OF_MEASURE] if Trace.REPORTED in traces else []


def may_change_unit(trace: Trace) -> bool:
    """Whether the task may be given to another division or section."""
    return trace < Trace.REPORTED


def may_be_taken_back(trace: Trace) -> bool:
    """Whether the task may go away: only while nothing speaks of it."""
    return trace is Trace.NONE
