"""What a coordinator asks after: each task once, under its most urgent reason, with the people who are to act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from ita_flow.domain.chasing import MOST_AT_ONCE, ChaseReason, reason_to_chase
from ita_flow.domain.reminders import Capacity
from ita_flow.extensions import db
from ita_flow.models.chases import Chase
from ita_flow.models.people import Agency, User
from ita_flow.models.progress_reports import report_authors
from ita_flow.models.tasks import Task, task_officers
from ita_flow.queries.addressees import responsible_for
from ita_flow.queries.free_days import free_days_of
from ita_flow.queries.last_mails import last_mails
from ita_flow.queries.reminder_rows import LedgerRow
from ita_flow.queries.seats import AgencyPosts, deciders, posts_of
from ita_flow.queries.stalled import silent_since, slow_since, waits_too_long_since
from ita_flow.queries.standing import PRESSING
from ita_flow.queries.standings import TaskStanding, all_standings
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import TaskFilter, lines_of


@dataclass(frozen=True)
class ChaseRow:
    """A task to ask after, and whom to ask."""

    row: TaskRow
    reason: ChaseReason
    since: date
    """Overdue or due soon: the due date; else the day on which the seat got the report, or something was last heard."""

    people: Sequence[tuple[User, Capacity]] = ()
    """Who is to act, and in what capacity; empty where nobody is responsible but coordinators."""

    asked: Sequence[Chase] = ()
    """What was asked today already."""

    last: LedgerRow | None = None
    """The last mail that spoke of it."""

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def urgency(self) -> tuple[int, date, int]:
        return list(ChaseReason).index(self.reason), self.since, self.row.number

    @property
    def still_to_ask(self) -> Sequence[tuple[User, Capacity]]:
        asked = {chase.recipient_id for chase in self.asked}
        return [(person, capacity) for person, capacity in self.people if person.id not in asked]

    @property
    def may_be_asked(self) -> bool:
        return bool(self.still_to_ask)

    @property
    def seen(self) -> str:
        """What lay before the coordinator, as a form brings it back: the same until something in it changes."""
        people = [person.id for person, _capacity in self.people]
        shown = (self.reason.value, self.task.due_on.isoformat(), self.task.division_id, self.task.section_id, people)
        return f"{self.task.id}-{sha256(repr(shown).encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class ChaseList:
    """What there is to ask after in a year, the most urgent first."""

    rows: Sequence[ChaseRow]
    others: int = 0
    """How many less urgent ones are left out of a very long list."""

    divisions: Mapping[int, str] = field(default_factory=dict)
    """The divisions that have any, by their ids, in the order of the plan."""

    @property
    def groups(self) -> Mapping[ChaseReason, Sequence[ChaseRow]]:
        found = {reason: [row for row in self.rows if row.reason is reason] for reason in ChaseReason}
        return {reason: rows for reason, rows in found.items() if rows}

    @property
    def ready(self) -> Sequence[ChaseRow]:
        return [row for row in self.rows if row.may_be_asked]


def to_chase(
    user: User,
    year: int,
    today: date,
    *,
    division: int | None = None,
    reason: ChaseReason | None = None,
    tasks: AbstractSet[int] | None = None,
) -> ChaseList:
    """What to ask after in the plan of the person's agency for that year (BE); of some tasks only, if these are given.

    The number of statements does not depend on how many there are.
    """
    found = list(_found(user, year, today, tasks))
    divisions = {row.task.division_id: row.task.division.name for row in found}
    wanted = [row for row in found if division in (None, row.task.division_id) and reason in (None, row.reason)]
    shown = sorted(wanted, key=lambda row: row.urgency)[:MOST_AT_ONCE]
    return ChaseList(_with_people(user, shown, today) if shown else [], len(wanted) - len(shown), divisions)


def reasons_of(agency: Agency, rows: Iterable[TaskStanding], today: date) -> Mapping[int, ChaseReason]:
    """By its id, each of these tasks there is to ask after, with its most urgent reason.

    As ``to_chase`` lists them, for pages that load no task in full.
    """
    standings = [row for row in rows if row.is_open]
    slow, silent = slow_since(agency, standings, today), silent_since(standings, today)
    found = {
        row.task_id: _reason(row, is_slow=row.task_id in slow, is_silent=row.task_id in silent) for row in standings
    }
    return {task_id: reason for task_id, reason in found.items() if reason}


def with_last_mails(found: ChaseList) -> ChaseList:
    """The same with the mail that last spoke of each."""
    last = last_mails([row.task.id for row in found.rows])
    return replace(found, rows=[replace(row, last=last.get(row.task.id)) for row in found.rows])


def _found(user: User, year: int, today: date, tasks: AbstractSet[int] | None) -> Iterator[ChaseRow]:
    """The tasks with their reasons, and nobody named yet."""
    only = [Task.id.in_(tasks)] if tasks is not None else []
    standings = [row for row in all_standings(user, TaskFilter(year), today, only) if row.is_open]
    silent = silent_since(standings, today)
    loaded = lines_of(
        [row.task_id for row in standings if row.is_submitted or row.deadline in PRESSING or row.task_id in silent],
        today,
    )
    free_days = free_days_of(user.agency)
    for row in loaded.values():
        waits = row.is_submitted and row.version
        slow = waits_too_long_since(waits, free_days, today) if waits else None
        if reason := _reason(row, is_slow=slow is not None, is_silent=row.task.id in silent):
            began = {ChaseReason.SLOW_DECISION: slow, ChaseReason.SILENT: silent.get(row.task.id)}
            yield ChaseRow(row, reason, began.get(reason) or row.due_on)


def _reason(row: TaskRow | TaskStanding, *, is_slow: bool, is_silent: bool) -> ChaseReason | None:
    return reason_to_chase(row.deadline, is_submitted=row.is_submitted, is_slow=is_slow, is_silent=is_silent)


def _with_people(user: User, found: Sequence[ChaseRow], today: date) -> list[ChaseRow]:
    _load_officers_and_authors([one.row for one in found])
    posts = posts_of(user.agency_id, today, today)
    asked = _asked_on(today, [one.task.id for one in found])
    return [
        replace(one, people=who_is_to_act(one.row, posts, today), asked=asked.get(one.task.id, ())) for one in found
    ]


def who_is_to_act(row: TaskRow, posts: AgencyPosts, today: date) -> list[tuple[User, Capacity]]:
    """Those who may decide while a report waits, else those responsible; nobody where only a coordinator is left."""
    if row.is_submitted and row.version:
        holders = posts.over(row.task.section_id, row.task.division_id, today)
        people = dict.fromkeys(one.user for one in deciders(row.version, holders))
        return [(person, Capacity.DECIDER) for person in people]
    told = responsible_for(row.task, posts, today)
    return [(person, capacity) for person, capacity in told if capacity is not Capacity.COORDINATOR]


def _load_officers_and_authors(rows: Sequence[TaskRow]) -> None:
    """Who is responsible, and who wrote a report and so does not decide on it: both in one statement."""
    of_tasks = sa.select(sa.literal("task").label("kind"), task_officers.c.task_id.label("of"), task_officers.c.user_id)
    of_reports = sa.select(sa.literal("report"), report_authors.c.report_id, report_authors.c.user_id)
    reports = [row.report for row in rows if row.report]
    links = sa.union_all(
        of_tasks.where(task_officers.c.task_id.in_([row.task.id for row in rows])),
        of_reports.where(report_authors.c.report_id.in_([report.id for report in reports])),
    ).subquery()
    people: dict[tuple[str, int], list[User]] = {}
    chosen = sa.select(links.c.kind, links.c.of, User).join(User, User.id == links.c.user_id).order_by(User.id)
    for kind, of, person in db.session.execute(chosen):
        people.setdefault((kind, of), []).append(person)
    for row in rows:
        set_committed_value(row.task, "officers", people.get(("task", row.task.id), []))
    for report in reports:
        set_committed_value(report, "authors", people.get(("report", report.id), []))


def _asked_on(day: date, task_ids: Collection[int]) -> Mapping[int, Sequence[Chase]]:
    chosen = sa.select(Chase).where(Chase.task_id.in_(task_ids), Chase.asked_on == day).order_by(Chase.id)
    found: dict[int, list[Chase]] = {}
    for chase in db.session.scalars(chosen.options(joinedload(Chase.asked_by))):
        found.setdefault(chase.task_id, []).append(chase)
    return found


def asked_after(task_ids: Collection[int], day: date) -> AbstractSet[int]:
    """Those of these tasks, by their ids, that somebody asked after on that day. At most one statement."""
    chosen = sa.select(Chase.task_id).where(Chase.task_id.in_(task_ids), Chase.asked_on == day)
    return set(db.session.scalars(chosen)) if task_ids else set()


def earlier_chases(message_id: int, user: User) -> Sequence[Chase]:
    """All that was asked in the same moment, by the same person of this agency, as in this mail."""
    first = sa.select(Chase.asked_by_id, Chase.at).where(Chase.message_id == message_id).limit(1).subquery()
    chosen = (
        sa.select(Chase)
        .join(first, sa.and_(first.c.asked_by_id == Chase.asked_by_id, first.c.at == Chase.at))
        .where(Chase.agency_id == user.agency_id)
        .options(
            joinedload(Chase.recipient),
            joinedload(Chase.message),
            joinedload(Chase.task).joinedload(Task.measure),
        )
        .order_by(Chase.id)
    )
    return db.session.scalars(chosen).all()


def titles_of(user: User, task_ids: Collection[int]) -> Mapping[int, str]:
    """What these tasks of the person's agency are called."""
    chosen = sa.select(Task).where(Task.id.in_(task_ids), Task.agency_id == user.agency_id)
    return {task.id: task.measure.title for task in db.session.scalars(chosen.options(joinedload(Task.measure)))}
