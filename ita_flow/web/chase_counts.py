"""What the coordinator asks after today, counted by reason, each number with the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from ita_flow.domain.chasing import ChaseReason
from ita_flow.queries.chase import asked_after
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
    asked: int
    """How many of them somebody asked after today."""

    @property
    def is_any_left(self) -> bool:
        return self.asked < self.count


def chase_counts(year: Overview, today: date) -> ChaseCounts | None:
    """What there is to ask after in that year; None where nothing is."""
    found, of_the_year = list(year.reasons.values()), year.fiscal_year.buddhist_year
    if not found:
        return None
    reasons = [
        Reason(label_of(reason), found.count(reason), url_for("chase.index", year=of_the_year, reason=reason))
        for reason in ChaseReason
        if reason in found
    ]
    asked = len(asked_after(year.reasons.keys(), today))
    return ChaseCounts(len(found), reasons, url_for("chase.index", year=of_the_year), asked)
