"""Several at one barrier: every deed in a thread and a session of its own, and all of them at the same moment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError, Thread

from flask import Flask

from ita_flow.database import transaction
from ita_flow.domain.refusals import Refusal
from ita_flow.extensions import db
from ita_flow.models.plans import Measure
from ita_flow.wording import sentence_of
from tests.factories import Cast, a_plan, one_commit

AT_ONCE = 8
ROUNDS = 24
LONG_ROUNDS = 10_000
BATCH = 25
SECONDS_TO_END = 120

Deed = Callable[[int], None]
Ends = Counter[str]
Race = Callable[[int], Ends]
THAI = re.compile("[ก-๙]{10}")


class Racers:
    """Threads that stay over the rounds: in each they begin together, and what each came to is counted."""

    def __init__(self, app: Flask, deeds: list[Deed]) -> None:
        self._app = app
        self._line = Barrier(len(deeds) + 1, timeout=SECONDS_TO_END)
        self._subject = 0
        self._ends: list[str] = []
        self._troubles: list[BaseException] = []
        self._threads = [Thread(target=self._run, args=[deed]) for deed in deeds]
        for thread in self._threads:
            thread.start()

    def race(self, subject: int) -> Ends:
        """Let them begin; how many won, and how many were refused with which key, in words that people read."""
        db.session.rollback()  # on SQLite whoever holds a transaction keeps everybody out
        self._subject, self._ends = subject, []
        self._line.wait()
        self._line.wait()
        if self._troubles:
            raise self._troubles[0]
        return Counter(self._ends)

    def dismiss(self) -> None:
        self._line.abort()
        for thread in self._threads:
            thread.join()

    def _run(self, deed: Deed) -> None:
        with self._app.app_context():
            while self._is_called():
                try:
                    self._ends.append(_end_of(deed, self._subject))
                except Exception as trouble:
                    self._troubles.append(trouble)
                self._is_called()

    def _is_called(self) -> bool:
        try:
            self._line.wait()
        except BrokenBarrierError:
            return False
        return True


def _end_of(deed: Deed, subject: int) -> str:
    try:
        with transaction():
            deed(subject)
    except Refusal as refusal:
        return _told(refusal)
    return "won"


def _told(refusal: Refusal) -> str:
    """The key of the refusal, after making sure that there are words for it."""
    assert THAI.search(sentence_of(refusal)), refusal.key
    return refusal.key


@contextmanager
def racing(app: Flask, deeds: list[Deed]) -> Iterator[Race]:
    """A race that can be run again and again by the same threads."""
    racers = Racers(app, deeds)
    try:
        yield racers.race
    finally:
        racers.dismiss()


def raced(app: Flask, deeds: list[Deed], subject: int) -> Ends:
    """One race."""
    with racing(app, deeds) as race:
        return race(subject)


def in_batches(cast: Cast, rounds: int, prepare: Callable[[Measure], int]) -> Iterator[int]:
    """What each round is about, each of a measure of its own: made a batch at a time, which is quicker."""
    for first in range(0, rounds, BATCH):
        with one_commit():
            plan = a_plan(cast.agency, version=2 + first, measures=min(BATCH, rounds - first))
            subjects = [prepare(measure) for measure in plan.measures]
        yield from subjects
