"""The script of a year in an office: who is there, what is to be done until when, and what happens on which day.

Told in plain words and days, without the program: one who reads it can say what everybody should be told. What
happens on a day happens in its first hour, so that the whole day is of one piece.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
FIRST, LAST = date(2023, 10, 1), date(2024, 11, 8)
"""The fiscal year 2567, and the weeks in which what was due at its end is overdue."""

JOINT_OUTAGE = (date(2024, 1, 16), date(2024, 1, 18))
DUE_DURING_IT = date(2024, 1, 17)
OWN_HOLIDAY, OWN_WORKING_DAY = date(2024, 3, 4), date(2023, 12, 29)
MOVES, CLOSINGS, SUBMISSIONS, RETURNS = 20, 10, 14, 9


@dataclass(frozen=True)
class Post:
    """Somebody in a post from one day to another; ``unit`` is the number of a division, or of its one section."""

    person: str
    post: str
    unit: int | None = None
    first: date = FIRST
    last: date = LAST
    is_acting: bool = False


POSTS = (
    Post("officer 1", "officer", 1),
    Post("officer 2", "officer", 2, last=date(2024, 2, 29)),
    Post("officer 3", "officer", 3),
    Post("officer 4", "officer", 4),
    Post("head 1", "section_head", 1),
    Post("head 2", "section_head", 2),
    Post("stand-in 3", "section_head", 3, date(2024, 2, 1), date(2024, 5, 31), is_acting=True),
    Post("head 4", "section_head", 4, last=date(2024, 4, 30)),
    Post("director 1", "director", 1),
    Post("director 2", "director", 2, last=date(2024, 6, 14)),
    Post("director 2 after", "director", 2, date(2024, 6, 17)),
    Post("director 3", "director", 3),
    Post("chief", "chief"),
    Post("executive", "executive"),
    Post("coordinator", "coordinator"),
    Post("second coordinator", "coordinator", first=date(2024, 7, 1)),
)
"""The fourth division has no director, the third has a head of its section only for some months."""


@dataclass
class Work:
    """A task as it stands on the day that the script has come to."""

    number: int
    unit: int
    officers: tuple[str, ...]
    due_on: date
    version: int = 1
    state: str = "open"
    """open, submitted, returned, done or cancelled."""

    submitted_on: date = FIRST

    @property
    def is_closed(self) -> bool:
        return self.state in ("done", "cancelled")


@dataclass
class Period:
    """Until when something may be done in the assessment."""

    kind: str
    starts_on: date
    ends_on: date
    version: int = 1


@dataclass(frozen=True)
class Deed:
    """What happens to a task, or to a window of the assessment, early on a day."""

    on: date
    what: str
    """move, submit, return, done, cancelled or move_window."""

    subject: int
    due_on: date = FIRST


@dataclass
class Year:
    """The year as its seed has it; the works and periods change as the deeds are done."""

    seed: int
    works: list[Work] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    away: tuple[frozenset[date], frozenset[date]] = (frozenset(), frozenset())
    """The days on which each of the two workers does not run."""

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.deeds = _deeds(chance)
        self.works, self.periods = _works(random.Random(self.seed)), _periods()
        self.away = _outages(chance)

    def live(self, deed: Deed) -> None:
        """Let the deed have happened."""
        if deed.what == "move_window":
            period = self.periods[deed.subject]
            period.ends_on, period.version = deed.due_on, period.version + 1
        else:
            happen(self.works[deed.subject], deed)


def happen(work: Work, deed: Deed) -> None:
    if deed.what == "move":
        work.due_on, work.version = deed.due_on, work.version + 1
    elif deed.what == "submit":
        work.state, work.submitted_on = "submitted", deed.on
    else:
        work.state = {"return": "returned"}.get(deed.what, deed.what)


def _works(chance: random.Random) -> list[Work]:
    """Sixteen tasks, four in each unit, of which one has no officer; two are due while nobody is there to remind."""
    first, last = date(2023, 11, 20), date(2024, 9, 30)
    works = []
    for number in range(16):
        unit = number % 4 + 1
        officers = () if number // 4 == 3 else (f"officer {unit}",)
        due_on = first + chance.randrange((last - first).days) * DAY
        works.append(Work(number, unit, officers, DUE_DURING_IT if number in (0, 14) else due_on))
    for number, due_on in ((1, date(2024, 3, 31)), (2, date(2024, 4, 15)), (3, last)):
        works[number].due_on = due_on
    return works


def _periods() -> list[Period]:
    return [
        Period("oit_upload", date(2024, 4, 1), date(2024, 4, 30)),
        Period("explanation", date(2024, 6, 3), date(2024, 6, 16)),
    ]


def _deeds(chance: random.Random) -> list[Deed]:
    """As many as wanted of each kind, on days by chance, each of a task that it can happen to."""
    works = _works(random.Random(chance.random()))
    wanted = ["move"] * MOVES + ["close"] * CLOSINGS + ["submit"] * SUBMISSIONS + ["return"] * RETURNS
    chance.shuffle(wanted)
    span = (date(2024, 9, 1) - date(2023, 11, 1)).days
    days = sorted(chance.sample(range(span), len(wanted)))
    told = [Deed(date(2024, 4, 10), "move_window", 0, date(2024, 5, 15))]
    for number in days:
        on = date(2023, 11, 1) + number * DAY
        deed = _possible(on, wanted, works, chance)
        happen(works[deed.subject], deed)
        told.append(deed)
    return sorted(told, key=lambda deed: deed.on)


def _possible(on: date, wanted: list[str], works: list[Work], chance: random.Random) -> Deed:
    """The first of what is wanted that can happen to any task."""
    for what in wanted:
        able = [work for work in works[1:14] if _can(what, work)]
        if able:
            wanted.remove(what)
            return _deed(on, what, chance.choice(able), chance)
    raise AssertionError(f"on {on} nothing of {wanted} is possible")


def _can(what: str, work: Work) -> bool:
    states = {"move": ("open", "returned"), "submit": ("open", "returned"), "return": ("submitted",)}
    return work.state in states.get(what, ("open", "returned", "submitted"))


def _deed(on: date, what: str, work: Work, chance: random.Random) -> Deed:
    if what == "close":
        what = "done" if work.state == "submitted" else "cancelled"
    return Deed(on, what, work.number, min(on + chance.randint(-5, 60) * DAY, date(2024, 9, 30)))


def _outages(chance: random.Random) -> tuple[frozenset[date], frozenset[date]]:
    """Five times each is away for one to five days while the other is there; once both are, for three."""
    together = set(days_of(*JOINT_OUTAGE))
    near = {day + number * DAY for day in together for number in range(-3, 4)}
    away: tuple[set[date], set[date]] = (set(), set())
    for mine, others in (away, away[::-1]):
        for _ in range(5):
            spell = _spell(chance)
            while spell & (others | near):
                spell = _spell(chance)
            mine |= spell
    return frozenset(away[0] | together), frozenset(away[1] | together)


def _spell(chance: random.Random) -> set[date]:
    begins = FIRST + chance.randrange((LAST - FIRST).days) * DAY
    return set(days_of(begins, begins + chance.randrange(5) * DAY))


def days_of(first: date, last: date) -> Iterator[date]:
    return (first + number * DAY for number in range((last - first).days + 1))


def in_post(post: str, unit: int | None, day: date) -> Sequence[str]:
    """Who is in a post that day."""
    return [one.person for one in POSTS if (one.post, one.unit) == (post, unit) and one.first <= day <= one.last]
