"""The lists of งานของฉัน: of each the first few, and the way to all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ita_flow.domain.listing import SortBy
from ita_flow.domain.states import TaskState
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.worklist import Worklist

MOST_SHOWN = 10
"""How many tasks of each list are shown."""


@dataclass(frozen=True)
class Way:
    """To the tasks of a list that are of one fiscal year."""

    year: int
    count: int
    address: str


@dataclass(frozen=True)
class Part:
    """One of the lists: how long it is, what is shown of it, and where all of it stands."""

    count: int
    rows: Sequence[TaskRow]
    ways: Sequence[Way]
    """One for each year in it; none where all is shown already."""


def parts_of(work: Worklist) -> dict[str, Part]:
    """The person's own lists by name. ``next``: what needs them now, after the one task that comes first."""
    return {
        "next": _part(work.now, {"now": 1, "sort": SortBy.URGENCY.value}, above=1),
        "waiting": _part(work.waiting, {"mine": 1, "state": TaskState.SUBMITTED.value}),
        "later": _part(work.later, {"later": 1, "sort": SortBy.DUE.value}),
        "done": _part(work.done[::-1], {"mine": 1, "state": TaskState.DONE.value}),
    }


def _part(rows: Sequence[TaskRow], query: Mapping[str, Any], above: int = 0) -> Part:
    """``above``: how many of the rows stand elsewhere on the page, before the list."""
    shown = rows[above : above + MOST_SHOWN]
    is_cut = len(rows) > above + len(shown)
    return Part(len(rows) - above, shown, list(_ways(rows, query)) if is_cut else ())


def _ways(rows: Sequence[TaskRow], query: Mapping[str, Any]) -> Iterator[Way]:
    years = Counter(row.measure.plan.year for row in rows)
    for year, count in sorted(years.items()):
        yield Way(year, count, url_for("tasks.index", year=year, **query))
