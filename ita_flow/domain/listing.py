"""In which order a list of tasks stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SortBy(StrEnum):
    """By what a list of tasks is sorted; within the same, by the order of the plan."""

    NUMBER = "number"
    TITLE = "title"
    DIVISION = "division"
    DUE = "due"
    PROGRESS = "progress"
    URGENCY = "urgency"
    """What somebody should look after first: overdue, nearly due, returned, the rest; what is closed last."""

    UPDATED = "updated"


@dataclass(frozen=True)
class ListOrder:
    """From the least to the greatest, or the other way round."""

    by: SortBy = SortBy.NUMBER
    is_falling: bool = False
