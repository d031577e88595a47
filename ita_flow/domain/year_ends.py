"""Closing a year: from when on, and what may be decided on a task that is still open."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ita_flow.domain.calendar import FiscalYear


class EndingKind(StrEnum):
    """What becomes of a task that is open when its year is closed."""

    CARRY_OVER = "carry_over"
    """It stays unfinished, and the plan of the next year takes it up again."""

    LEAVE = "leave"
    """It stays unfinished."""

    CANCEL = "cancel"
    """It is not to be done any more, and counts no more."""


WITH_A_REASON = (EndingKind.LEAVE, EndingKind.CANCEL)
"""Of these a person says why; what is carried over says so by itself."""


def closable_from(year: FiscalYear) -> date:
    """The first day on which this year may be closed: the beginning of its last month."""
    return year.ends_on.replace(day=1)


def is_closing_due(year: FiscalYear, today: date) -> bool:
    """Whether the year is over, so that whoever looks after it is asked to close it."""
    return today > year.ends_on


def carried_over_to(year: int) -> str:
    """What stands as the reason of a task that the plan of this year (BE) takes up again, in the language of plans."""
    return f"ยกไปดำเนินการในปีงบประมาณ {year}"
