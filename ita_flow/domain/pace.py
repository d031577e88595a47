"""How far the work of a window is against the working days gone by, and where it leads at the present rate.

Whole per cents only, always rounded down: nobody is told of more than there is. Every measure counts the same.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ita_flow.domain.calendar import Window, working_days_between

ALL = 100
"""Per cent of a measure that is complete."""


@dataclass(frozen=True)
class Progress:
    """How far one measure is, in whole per cent."""

    approved: int
    claimed: int
    """The same with what is reported and not yet decided: a slow approver does not make an officer slow."""


@dataclass(frozen=True)
class Elapsed:
    """How many working days of a window have begun by a day, and how many it has."""

    days: int
    of_days: int

    @property
    def percent(self) -> int:
        return ALL * self.days // self.of_days if self.of_days else 0

    def projected(self, percent: int) -> int:
        """What this progress comes to by the end of the window at its present rate; some day must have begun."""
        return min(ALL, percent * self.of_days // self.days)


@dataclass(frozen=True)
class Forecast:
    """How the measures stand at the end of their window if each goes on at its present rate."""

    complete: int
    """How many measures are complete."""

    average: int
    """Their average progress in per cent."""


@dataclass(frozen=True)
class Pace:
    """The progress of the measures of a window on a day, against the working days gone by."""

    window: Window
    today: date
    elapsed: Elapsed
    measures: Sequence[Progress]

    @property
    def approved(self) -> int:
        """The average approved progress in per cent."""
        return _average(self._approved)

    @property
    def claimed(self) -> int:
        """The average progress in per cent with what is reported and not yet decided."""
        return _average(self._claimed)

    @property
    def has_claims(self) -> bool:
        """Whether anything is reported that is not decided yet."""
        return self._approved != self._claimed

    @property
    def is_over(self) -> bool:
        return self.today > self.window.ends_on

    @property
    def forecast(self) -> Forecast | None:
        """By what is approved; None before the first working day and after the end of the window."""
        return self._foretold(self._approved)

    @property
    def claimed_forecast(self) -> Forecast | None:
        """The same, were everything approved that is reported."""
        return self._foretold(self._claimed)

    @property
    def _approved(self) -> Sequence[int]:
        return [measure.approved for measure in self.measures]

    @property
    def _claimed(self) -> Sequence[int]:
        return [measure.claimed for measure in self.measures]

    def _foretold(self, percents: Iterable[int]) -> Forecast | None:
        if self.is_over or not self.elapsed.days:
            return None
        projected = [self.elapsed.projected(percent) for percent in percents]
        return Forecast(projected.count(ALL), _average(projected))


def pace_of(window: Window, measures: Sequence[Progress], today: date, holidays: Container[date]) -> Pace:
    """The pace of these measures; a working day counts as gone by from its morning on."""
    return Pace(window, today, elapsed_of(window, today, holidays), measures)


def elapsed_of(window: Window, today: date, holidays: Container[date]) -> Elapsed:
    eve = window.starts_on - timedelta(days=1)
    days = working_days_between(eve, min(today, window.ends_on), holidays)
    return Elapsed(days, working_days_between(eve, window.ends_on, holidays))


def _average(percents: Sequence[int]) -> int:
    return sum(percents) // len(percents) if percents else 0
