"""Senders as processes of their own, which can be killed: all of them deliver into one file.

Their clock runs fast, so that a minute's wait is over at once. A process is forked from a server that has imported
everything, for thirty of them are started and killed.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from multiprocessing.process import BaseProcess
from pathlib import Path

from ita_flow import create_app
from ita_flow.config import Settings
from ita_flow.mail.delivery import deliver
from ita_flow.mail.failures import TryLater
from tests.factories import NOW

SPEED = 200
"""So many seconds of the senders' clock pass in one."""

LEASE = timedelta(seconds=3 * SPEED)
SHARE_THAT_FAILS = 0.3


class IntoAFile:
    """Takes letters into a file, a line each, which no kill can cut in two; three in ten it does not take yet."""

    def __init__(self, mailbox: Path, chance: random.Random) -> None:
        self._file = os.open(mailbox, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._chance = chance

    def carry(self, letter: EmailMessage) -> None:
        if self._chance.random() < SHARE_THAT_FAILS:
            raise TryLater("451 try again")
        os.write(self._file, f"{letter['Message-ID']}\n".encode())

    def close(self) -> None:
        """It stays open for the next batch."""


def send(settings: Settings, mailbox: Path, began: float, seed: int) -> None:
    """Deliver until somebody kills us; ``began`` is when the senders' clock began to run."""

    def now() -> datetime:
        return NOW + timedelta(seconds=(time.time() - began) * SPEED)

    carrier = IntoAFile(mailbox, random.Random(seed))
    with create_app(settings).app_context():
        while True:
            deliver(carrier, now=now, at=now, lease=LEASE)
            time.sleep(0.02)


class Senders:
    """So many senders at work; whoever is killed has a follower."""

    def __init__(self, settings: Settings, mailbox: Path, number: int) -> None:
        self.kills = 0
        self._settings, self._mailbox, self._began = settings, mailbox, time.time()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__, "ita_flow.web"])
        self._seeds = iter(range(10_000))
        self._processes = [self._started() for _ in range(number)]

    def kill_one(self, chance: random.Random) -> None:
        place = chance.randrange(len(self._processes))
        _killed(self._processes[place])
        self.kills += 1
        self._processes[place] = self._started()

    def dismiss(self) -> None:
        for process in self._processes:
            _killed(process)

    def received(self) -> Sequence[str]:
        """The Message-IDs of all that arrived, in their order."""
        return self._mailbox.read_text().split() if self._mailbox.exists() else []

    def _started(self) -> BaseProcess:
        arguments = (self._settings, self._mailbox, self._began, next(self._seeds))
        process = self._context.Process(target=send, args=arguments)
        process.start()
        return process


@contextmanager
def senders(settings: Settings, mailbox: Path, number: int) -> Iterator[Senders]:
    at_work = Senders(settings, mailbox, number)
    try:
        yield at_work
    finally:
        at_work.dismiss()


def _killed(process: BaseProcess) -> None:
    process.kill()
    process.join()
