"""The only clock. The doors read it once and pass the moment down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from ita_flow.domain.calendar import bangkok_day


class Clock:
    """The office's time: the real one, or, in a demo, shifted by whole days so that it still runs."""

    def __init__(self) -> None:
        self._shift = timedelta()

    @property
    def is_shifted(self) -> bool:
        return self._shift != timedelta()

    def pretend(self, today: date) -> None:
        """From now on it is that day in Bangkok, at the true time of day."""
        self._shift = today - bangkok_day(real_now())

    def be_true(self) -> None:
        """Stop pretending."""
        self._shift = timedelta()

    def now(self) -> datetime:
        """This moment of the office, in UTC: what people did bears this time."""
        return real_now() + self._shift

    def true_moment(self, at: datetime) -> datetime:
        """When it truly is what this clock calls ``at``."""
        return at - self._shift

    def today(self) -> date:
        """This day in Bangkok."""
        return bangkok_day(self.now())


def real_now() -> datetime:
    """The true moment in UTC: for sessions, leases and tokens, which no demo may shift."""
    return datetime.now(UTC)
