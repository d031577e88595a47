"""Two workers who remind and send, on one database, with a clock that the test moves; and how they break down."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from threading import Barrier, Thread, local
from typing import Any

import pytest
from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.reminders import is_time_to_remind
from ita_flow.extensions import db
from ita_flow.mail import outbox
from ita_flow.mail.delivery import deliver
from ita_flow.models.people import Agency
from ita_flow.workflow import reminders

POINTS = tuple(f"{when} a {what}" for what in ("write", "commit", "letter") for when in ("before", "after"))
"""Where a worker may break down: beside each write, each commit and each letter."""

MOST_PASSED = 3
"""So many times at most a worker that is to break down somewhere still gets past that place."""


class Crash(BaseException):
    """The worker is gone, as if its process had been killed: nobody catches this."""


class Crashes:
    """Breaks a worker down in the middle of what it does."""

    def __init__(self) -> None:
        self.fired: Counter[str] = Counter()
        self._awaited = local()

    def arm(self, awaited: list[str]) -> None:
        """The worker of this thread breaks down when it has come to this point as many times as it is named."""
        self._awaited.points = awaited

    def come_to(self, point: str) -> None:
        awaited: list[str] = getattr(self._awaited, "points", [])
        if point in awaited:
            awaited.remove(point)
            if not awaited:
                self.fired[point] += 1
                raise Crash(point)

    def around(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*args: Any, **kwargs: Any) -> Any:
            self.come_to(f"before a {name}")
            result = act(*args, **kwargs)
            self.come_to(f"after a {name}")
            return result

        return acting

    def build_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(db.session, "commit", self.around("commit", db.session.commit))
        for room in (outbox, reminders):
            monkeypatch.setattr(room, "insert_missing", self.around("write", room.insert_missing))


@dataclass(frozen=True)
class Arrived:
    """A letter that was taken from us."""

    on: date
    to: str
    number: str
    """Its Message-ID."""


@dataclass
class Post:
    """Takes every letter; ``crashes`` may strike before it has it, and before we know that it has."""

    crashes: Crashes
    today: date = date.min
    arrived: list[Arrived] = field(default_factory=list)

    def carry(self, letter: EmailMessage) -> None:
        self.crashes.around("letter", self._take)(letter)

    def _take(self, letter: EmailMessage) -> None:
        self.arrived.append(Arrived(self.today, str(letter["To"]), str(letter["Message-ID"])))

    def close(self) -> None:
        pass


@dataclass
class Workers:
    """Those of the two who are there tick at one moment, each in a thread and a session of its own."""

    app: Flask
    agency_id: int
    chance: random.Random
    crashes: Crashes = field(default_factory=Crashes)
    planned: set[date] = field(default_factory=set)
    """The days on which one of them got the day's mails promised."""

    troubles: list[BaseException] = field(default_factory=list)
    broken_down_on: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.post = Post(self.crashes)
        self._awaited: list[list[str]] = [[], []]

    def tick(self, moment: datetime, there: Sequence[int], likely: float) -> None:
        """``likely`` is how probable it is that one of them breaks down from now on."""
        self.post.today = bangkok_day(moment)
        together = Barrier(max(len(there), 1))
        threads = [Thread(target=self._run, args=[number, moment, together, likely]) for number in there]
        for number in there:
            if not self._awaited[number] and self.chance.random() < likely:
                self._awaited[number][:] = [self.chance.choice(POINTS)] * self.chance.randint(1, MOST_PASSED)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def finish(self, moment: datetime) -> None:
        """Nobody breaks down any more."""
        self._awaited = [[], []]
        self.tick(moment, [0], 0)

    def _run(self, number: int, moment: datetime, together: Barrier, likely: float) -> None:
        with self.app.app_context():
            self.crashes.arm(self._awaited[number])
            together.wait()
            try:
                self._remind_and_deliver(moment)
            except Crash:
                self.broken_down_on.append(bangkok_day(moment))
            except BaseException as trouble:
                self.troubles.append(trouble)
            db.session.remove()

    def _remind_and_deliver(self, moment: datetime) -> None:
        if is_time_to_remind(moment):
            try:
                self._remind(moment)
            except Crash as crash:
                self._note_day(moment, is_kept=crash.args == ("after a commit",))
                raise
            self._note_day(moment, is_kept=True)
        deliver(self.post, now=lambda: moment, at=lambda: moment)

    def _remind(self, moment: datetime) -> None:
        with transaction():
            agency = db.session.get_one(Agency, self.agency_id)
            reminders.plan_reminders(agency, bangkok_day(moment), at=moment, now=moment)

    def _note_day(self, moment: datetime, *, is_kept: bool) -> None:
        if is_kept:
            self.planned.add(bangkok_day(moment))
