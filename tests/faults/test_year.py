"""A year with two workers who break down and stay away: everybody is told what they should be, once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from ita_flow.domain.calendar import bangkok_day, bangkok_moment
from ita_flow.extensions import db
from ita_flow.models.outbox import MessageKind, MessageState, OutboxMessage
from ita_flow.workflow.audit import broken_chains
from tests.faults.a_year import FIRST, JOINT_OUTAGE, LAST, Year, days_of
from tests.faults.year_office import Office, an_office
from tests.faults.year_oracle import Line, Oracle, Said, is_worked_on
from tests.faults.year_workers import Workers

ALSO_POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.long])

pytestmark = [pytest.mark.faults, pytest.mark.parametrize("database", ["sqlite", ALSO_POSTGRES], indirect=True)]

SEED = 2567


@dataclass(frozen=True)
class Pace:
    """Until when the year is lived, at which hours of a day the workers tick, and how likely each then breaks down."""

    until: date
    hours: Sequence[float]
    likely: float
    break_downs: int
    """So many at least."""


THIN = Pace(date(2024, 1, 31), (8.5, 16.5), 0.05, 9)
HOURLY = Pace(LAST, [hour + 0.5 for hour in range(24)], 0.008, 80)


@dataclass
class Lived:
    """The year as it was lived, and what should be on record."""

    year: Year
    office: Office
    oracle: Oracle
    workers: Workers

    @property
    def said(self) -> Counter[tuple[Line, Said]]:
        return Counter(self.office.ledger())


@pytest.fixture
def pace(request: pytest.FixtureRequest) -> Pace:
    return HOURLY if request.config.getoption("--long") else THIN


@pytest.fixture
def lived(app: Flask, pace: Pace, monkeypatch: pytest.MonkeyPatch) -> Lived:
    year = Year(SEED)
    office = an_office(year)
    workers = Workers(app, office.agency, random.Random(SEED))
    workers.crashes.build_in(monkeypatch)
    oracle = Oracle(year)
    for day in days_of(FIRST, pace.until):
        for deed in [deed for deed in year.deeds if deed.on == day]:
            office.do(deed)
            year.live(deed)
        for moment in _moments(day, pace):
            workers.tick(moment, [number for number in (0, 1) if day not in year.away[number]], pace.likely)
        if day in workers.planned and is_worked_on(day):
            oracle.live_through(day)
    workers.finish(bangkok_moment(pace.until, 23))
    return Lived(year, office, oracle, workers)


def _moments(day: date, pace: Pace) -> list[datetime]:
    return [bangkok_moment(day) + timedelta(hours=hour) for hour in pace.hours]


def test_in_a_year_of_breakdowns_everybody_is_told_what_they_should_be_once(lived: Lived, pace: Pace) -> None:
    said, expected = lived.said, lived.oracle.lines
    print(_summary(lived))  # noqa: T201

    assert lived.workers.troubles == []
    assert len(lived.workers.broken_down_on) >= pace.break_downs
    assert {line: number for line, number in said.items() if number > 1} == {}
    assert said.keys() - expected.items() == set()
    assert expected.items() - said.keys() == set()
    assert_that_the_most_urgent_spoke_after_the_joint_outage(lived.office)
    assert_that_every_line_left_the_house(lived.office)
    assert_that_nobody_was_written_to_twice(lived)
    assert not list(broken_chains())


def assert_that_the_most_urgent_spoke_after_the_joint_outage(office: Office) -> None:
    """Of the task that was due while nobody was there, the day before, the day, and the day after."""
    first, last = JOINT_OUTAGE
    missed = {
        line.rule: said.outcome
        for line, said in office.ledger()
        if line.subject == "task 0" and first <= said.planned_for <= last
    }
    assert missed == {"before_due 1": "superseded", "before_due 0": "superseded", "overdue 1": "queued"}


def assert_that_every_line_left_the_house(office: Office) -> None:
    """In a mail, or in none because something had changed before a late one could leave."""
    messages = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.kind == MessageKind.REMINDER)).all()
    settled = (MessageState.SENT, MessageState.DROPPED)
    assert [message.id for message in messages if message.state not in settled] == []
    dropped = [message for message in messages if message.state is MessageState.DROPPED]
    assert [message.id for message in dropped if not message.last_error] == []
    gathered = [message for message in dropped if "gathered" in str(message.last_error)]
    assert [message.id for message in gathered if message.reminders] == []
    untrue = [message for message in dropped if message not in gathered]
    assert [message.id for message in untrue if _left_on(message) == message.speaks_on] == []


def _left_on(message: OutboxMessage) -> date:
    assert message.attempted_at
    return bangkok_day(message.attempted_at)


def assert_that_nobody_was_written_to_twice(lived: Lived) -> None:
    """One mail a person a working day. A letter comes again only where a worker broke down with it in hand."""
    messages = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.kind == MessageKind.REMINDER)).all()
    assert [message.speaks_on for message in messages if not is_worked_on(message.speaks_on)] == []
    promised = Counter((message.recipient_id, message.speaks_on) for message in messages)
    assert promised.total() == len(promised)
    arrived = lived.workers.post.arrived
    spoke_on = {message.message_id: message.speaks_on for message in messages}
    late = {spoke_on[letter.number] for letter in arrived if letter.on != spoke_on[letter.number]}
    assert late <= set(lived.workers.broken_down_on), "a mail missed its day, and nobody had broken down on it"
    numbers = Counter(letter.number for letter in arrived)
    fired = lived.workers.crashes.fired
    assert numbers.total() - len(numbers) <= fired["after a letter"] + fired["before a commit"]
    assert set(numbers) == {message.message_id for message in messages if message.state is MessageState.SENT}


def _summary(lived: Lived) -> str:
    outcomes = Counter(said.outcome for said in lived.oracle.lines.values())
    workers = lived.workers
    on_free_days = [letter for letter in workers.post.arrived if not is_worked_on(letter.on)]
    return (
        f"\n{db.engine.dialect.name}, seed {SEED}: {len(workers.broken_down_on)} breakdowns, "
        f"{dict(workers.crashes.fired)}, "
        f"{len(workers.post.arrived)} letters, {len(on_free_days)} late ones on a free day, expected {dict(outcomes)}"
    )
