"""What the coordinator asks after today, counted by reason, each number with the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from ita_flow.models.people import Agency
from ita_flow.queries.chase import how_many
from ita_flow.queries.dashboard import Overview
from ita_flow.wording.labels import label_of


@dataclass(frozen=True)
class Reason:
    """Why tasks are asked after, how many there are, and their list."""

    words: str
    count: int
    address: str


@dataclass(frozen=True)
class ChaseCounts:
    """Everything to ask after."""

    count: int
    reasons: Sequence[Reason]
    address: str


def chase_counts(agency: Agency, year: Overview, today: date) -> ChaseCounts | None:
    """What there is to ask after in that year; None where nothing is."""
    counts, of_the_year = how_many(agency, year.tasks, today), year.fiscal_year.buddhist_year
    if not counts:
        return None
    reasons = [
        Reason(label_of(reason), count, url_for("chase.index", year=of_the_year, reason=reason))
        for reason, count in counts.items()
    ]
    return ChaseCounts(sum(counts.values()), reasons, url_for("chase.index", year=of_the_year))
