"""A storm: people submit and approve through the pages, while whatever carries the server is taken from under them.

The oracle is what they were told: a deed is acknowledged when the browser was sent on to where the deed leads.
"""

from __future__ import annotations

import queue
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event, Thread

from ita_flow.domain.permissions import Role, Seat
from ita_flow.extensions import db
from ita_flow.models.people import User
from tests.factories import PASSWORD, Cast, a_plan, a_task, a_user, one_commit
from tests.served import GONE, Answer, Form, Server, Visitor

SHARE_SENT_TWICE = 0.3
BATCH = 60
MOST_WAITING = 20
PRESSED_ON_ONE_PAGE = 3
SECONDS_TO_COME_BACK = 90
APPROVAL = re.compile(r"/approvals/(\d+)/approval")


@dataclass
class Storm:
    """What is to be done, and what was acknowledged of it."""

    cast: Cast
    tasks: queue.Queue[int] = field(default_factory=queue.Queue)
    submitted: dict[int, str] = field(default_factory=dict)
    """Task → where the officer was led when it was submitted."""

    approved: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Report → the keys of the forms by which it was approved."""

    too_late: set[int] = field(default_factory=set)
    """Reports of which a head was told that another was quicker."""

    unexpected: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    is_over: Event = field(default_factory=Event)
    _plans: int = 1

    @property
    def acknowledged(self) -> int:
        return len(self.submitted) + len(self.approved)

    def stock(self) -> None:
        """See to it that there is enough to report on."""
        if self.tasks.qsize() > BATCH // 2:
            return
        self._plans += 1
        with one_commit():
            plan = a_plan(self.cast.agency, version=self._plans, measures=BATCH)
            tasks = [a_task(measure, section=self.cast.section) for measure in plan.measures]
        ids = [task.id for task in tasks]
        db.session.rollback()  # on SQLite whoever holds a transaction keeps everybody out
        for task in ids:
            self.tasks.put(task)

    def wait_for_more(self, number: int = 5) -> None:
        """Until so many more deeds are acknowledged: the server works."""
        wanted, give_up_at = self.acknowledged + number, time.monotonic() + SECONDS_TO_COME_BACK
        while self.acknowledged < wanted and not self.unexpected:
            assert time.monotonic() < give_up_at, "nothing is acknowledged any more"
            time.sleep(0.02)


class Somebody:
    """A visitor who presses again with the same form as long as no answer comes."""

    def __init__(self, storm: Storm, server: Server, email: str, number: int) -> None:
        self.storm, self.chance = storm, random.Random(number)
        self.visitor = Visitor(server)
        self.visitor.sign_in(email)

    def submit_until_over(self) -> None:
        while not self.storm.is_over.is_set():
            try:
                self._submit(self.storm.tasks.get(timeout=0.2))
            except (queue.Empty, _Over):
                continue
            while (
                len(self.storm.submitted) > len(self.storm.approved) + MOST_WAITING and not self.storm.is_over.is_set()
            ):
                time.sleep(0.05)

    def approve_until_over(self) -> None:
        while not self.storm.is_over.is_set():
            try:
                self._approve_some()
            except _Over:
                continue

    def _submit(self, task: int) -> None:
        path = f"/tasks/{task}/update"
        (form,) = (form for form in self._open(path).forms if form.action == path)
        written = {"status": "in_progress", "text": f"ประชุมเรื่องที่ {task}", "link": f"https://example.go.th/{task}"}
        answer = self._press(form, **written)
        if answer.status == 303 and answer.location.startswith(f"/tasks/{task}/reports/"):
            self.storm.submitted[task] = answer.location
        else:
            self.storm.unexpected.append(f"{path}: {answer.status} {answer.location}")

    def _approve_some(self) -> None:
        forms = [form for form in self._open("/approvals").forms if APPROVAL.fullmatch(form.action)]
        if not forms:
            time.sleep(0.1)
        for form in self.chance.sample(forms, min(PRESSED_ON_ONE_PAGE, len(forms))):
            self._approve(form)

    def _approve(self, form: Form) -> None:
        report = int(form.action.split("/")[2])
        answer = self._press(form)
        if answer.status == 303 and answer.location == "/approvals":
            self.storm.approved[report].add(form.fields["form_key"])
        elif answer.status == 409:
            self.storm.too_late.add(report)
        else:
            self.storm.unexpected.append(f"{form.action}: {answer.status} {answer.location}")

    def _press(self, form: Form, **written: str) -> Answer:
        """The answer to the form; sometimes it is pressed twice, and the second answer has to be the first."""
        first = self._until_answered(lambda: self.visitor.send(form, **written))
        if self.chance.random() < SHARE_SENT_TWICE:
            second = self._until_answered(lambda: self.visitor.send(form, **written))
            if (second.status, second.location) != (first.status, first.location):
                self.storm.unexpected.append(f"{form.action}: {first.status}, then {second.status}")
        return first

    def _open(self, path: str) -> Answer:
        answer = self._until_answered(lambda: self.visitor.get(path))
        if answer.status != 200:
            self.storm.unexpected.append(f"{path}: {answer.status} {answer.location}")
        return answer

    def _until_answered(self, ask: Callable[[], Answer]) -> Answer:
        """The first answer that says more than that the server is away."""
        while not self.storm.is_over.is_set():
            try:
                answer = ask()
            except (*GONE, HTTPException):
                time.sleep(0.05)
                continue
            self.storm.statuses[answer.status] += 1
            if answer.status < 500:
                return answer
            time.sleep(0.05)
        raise _Over


class _Over(Exception):
    """The storm ended while somebody waited for an answer: they were told nothing."""


@contextmanager
def storming(cast: Cast, server: Server) -> Iterator[Storm]:
    """Three officers and three heads at work on the server, until the block ends."""
    storm = Storm(cast)
    storm.stock()
    people = [Somebody(storm, server, email, number) for number, email in enumerate(_officers(cast) + _heads(cast))]
    threads = [Thread(target=one.submit_until_over) for one in people[:3]]
    threads += [Thread(target=one.approve_until_over) for one in people[3:]]
    for thread in threads:
        thread.start()
    try:
        yield storm
    finally:
        storm.is_over.set()
        for thread in threads:
            thread.join()


def _officers(cast: Cast) -> list[str]:
    third = a_user(cast.agency, role=Role.OFFICER, unit=cast.section, password=PASSWORD)
    return _emails_of(cast.officer, cast.colleague, third)


def _heads(cast: Cast) -> list[str]:
    others = [a_user(cast.agency, seat=Seat.SECTION_HEAD, unit=cast.section, password=PASSWORD) for _ in range(2)]
    return _emails_of(cast.head, *others)


def _emails_of(*people: User) -> list[str]:
    emails = [person.email for person in people]
    db.session.rollback()
    return emails
