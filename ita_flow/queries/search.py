"""Finding anything of the agency: measures of all years, what reports say, names of evidence, people.

Texts are folded and compared here and not in the database, where neither digits nor spaces of Thai are alike; a
statement for each kind, whatever there is to look through. Drafts are nobody's to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.collation import sorting_key
from ita_flow.domain.permissions import Permission
from ita_flow.domain.searching import Findable, Piece, Search, folded_parts
from ita_flow.domain.states import ReportState, WorkStatus
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import Membership, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport, ReportVersion, version_evidence
from ita_flow.models.tasks import Task
from ita_flow.queries.pages import nearest_page
from ita_flow.queries.plans import is_in_force
from ita_flow.queries.seats import held_on
from ita_flow.queries.task_search import found_among, in_any_year

A_FEW = 5
"""Of each kind, where all kinds are shown together."""

A_PAGE = 25


@dataclass(frozen=True)
class Place:
    """The measure to which something found belongs; ``task`` is None where several divisions share the measure."""

    year: int
    number: int
    title: str
    task: int | None


@dataclass(frozen=True)
class Hit:
    """Something that was found, with the words marked by which it was."""

    name: Sequence[Piece]
    passage: Sequence[Piece] = ()
    place: Place | None = None
    report: int | None = None
    """The number of a report on its task."""

    person: int | None = None
    at: datetime | None = None
    is_cancelled: bool = False


@dataclass(frozen=True)
class HitGroup:
    """What was found of one kind: all of it counted, a page of it shown. Pages are counted from 1."""

    kind: Findable
    hits: Sequence[Hit]
    count: int
    number: int = 1
    pages: int = 1


def search_all(user: User, search: Search, today: date) -> list[HitGroup]:
    """The first few of each kind in which anything is found."""
    found = [_group(user, search, kind, today, 1, A_FEW) for kind in Findable]
    return [group for group in found if group.count]


def search_in(user: User, search: Search, kind: Findable, number: int, today: date) -> HitGroup:
    """That page of what is found of one kind, or the nearest there is."""
    return _group(user, search, kind, today, number, A_PAGE)


def _group(user: User, search: Search, kind: Findable, today: date, number: int, a_page: int) -> HitGroup:
    found = READERS[kind](user, search, today) if search else []
    shown, pages = nearest_page(number, len(found), a_page)
    hits = [tell() for tell in found[(shown - 1) * a_page : shown * a_page]]
    return HitGroup(kind, hits, len(found), shown, pages)


Teller = Callable[[], Hit]
"""Marks the words of one hit; asked only of those that are shown."""


def _measures(user: User, search: Search, _today: date) -> list[Teller]:
    tasks = found_among(in_any_year(user), search)
    by_measure: dict[int, list[sa.Row[*tuple[object, ...]]]] = {}
    for row in db.session.execute(_tasks_of_all_years(user)):
        by_measure.setdefault(row.measure_id, []).append(row)
    return [_measure(rows, search) for rows in by_measure.values() if any(row.id in tasks for row in rows)]


def _tasks_of_all_years(user: User) -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(Task.id, Task.measure_id, Task.work_status, Measure.number, Measure.title, Measure.method, Plan.year)
        .join(Task.measure)
        .join(Measure.plan)
        .where(*in_any_year(user), is_in_force())
        .order_by(Plan.year.desc(), Measure.number, Task.id)
    )


def _measure(rows: Sequence[sa.Row[*tuple[object, ...]]], search: Search) -> Teller:
    first = rows[0]
    return lambda: Hit(
        name=search.marked(f"{first.number} {first.title}"),
        passage=search.passage(first.method),
        place=Place(first.year, first.number, first.title, first.id if len(rows) == 1 else None),
        is_cancelled=all(row.work_status is WorkStatus.CANCELLED for row in rows),
    )


def _reports(user: User, search: Search, _today: date) -> list[Teller]:
    chosen = (
        _with_place(sa.select(ProgressReport.task_id, ProgressReport.number.label("report"), *VERSION))
        .select_from(ProgressReport)
        .join(Task, Task.id == ProgressReport.task_id)
        .join(Task.measure)
        .join(Measure.plan)
        .join(ReportVersion, _is_current())
        .where(ProgressReport.agency_id == user.agency_id, ProgressReport.state != ReportState.WITHDRAWN)
        .order_by(ReportVersion.submitted_at.desc(), ReportVersion.id.desc())
    )
    found = [(row, _texts_of(row)) for row in db.session.execute(chosen)]
    return [_report(row, texts, search) for row, texts in found if search.finds(folded_parts(texts))]


VERSION = (ReportVersion.text, ReportVersion.obstacles, ReportVersion.advice, ReportVersion.submitted_at)


def _texts_of(row: sa.Row[*tuple[object, ...]]) -> Sequence[str]:
    return row.text, row.obstacles, row.advice


def _report(row: sa.Row[*tuple[object, ...]], texts: Iterable[str], search: Search) -> Teller:
    return lambda: Hit(
        name=[Piece(f"{row.number} {row.title}", is_hit=False)],
        passage=next((passage for text in texts if (passage := search.passage(text))), ()),
        place=_place(row),
        report=row.report,
        at=row.submitted_at,
    )


def _evidence(user: User, search: Search, _today: date) -> list[Teller]:
    """Names stand on the page of the task for all to read; opening what is behind them is another matter."""
    was_submitted = sa.exists().where(version_evidence.c.evidence_id == Evidence.id)
    chosen = (
        _with_place(sa.select(Evidence.task_id, Evidence.name, Evidence.added_at))
        .select_from(Evidence)
        .join(Task, Task.id == Evidence.task_id)
        .join(Task.measure)
        .join(Measure.plan)
        .where(Task.agency_id == user.agency_id, was_submitted)
        .order_by(Evidence.id.desc())
    )
    found = [row for row in db.session.execute(chosen) if search.finds(folded_parts([row.name]))]
    return [_piece_of_evidence(row, search) for row in found]


def _piece_of_evidence(row: sa.Row[*tuple[object, ...]], search: Search) -> Teller:
    return lambda: Hit(name=search.marked(row.name), place=_place(row), at=row.added_at)


def _people(user: User, search: Search, today: date) -> list[Teller]:
    """By name and by the posts of today; by address, and those who left, for who looks after the accounts."""
    sees_accounts = user.may(Permission.PEOPLE_WRITE, today)
    chosen = (
        sa.select(User.id, User.name, User.email, Membership.post, Unit.name.label("unit"))
        .outerjoin(Membership, sa.and_(Membership.user_id == User.id, held_on(today), Membership.acting.is_(None)))
        .outerjoin(Unit, Unit.id == Membership.unit_id)
        .where(User.agency_id == user.agency_id, sa.or_(User.is_active, sa.literal(sees_accounts)))
        .order_by(Membership.id)
    )
    told: dict[int, list[str]] = {}
    for row in db.session.execute(chosen):
        known = told.setdefault(row.id, [row.name, *([row.email] if sees_accounts else [])])
        known += [" ".join(part for part in (row.post, row.unit) if part)] if row.post else []
    found = [(number, texts) for number, texts in told.items() if search.finds(folded_parts(texts))]
    in_order = sorted(found, key=lambda pair: (sorting_key(pair[1][0]), pair[0]))
    return [_person(number, texts, search) for number, texts in in_order]


def _person(number: int, texts: Sequence[str], search: Search) -> Teller:
    name, *more = texts
    return lambda: Hit(name=search.marked(name), passage=search.marked(" · ".join(more)), person=number)


def _with_place(chosen: sa.Select[*tuple[object, ...]]) -> sa.Select[*tuple[object, ...]]:
    return chosen.add_columns(Measure.number, Measure.title, Plan.year)


def _place(row: sa.Row[*tuple[object, ...]]) -> Place:
    return Place(row.year, row.number, row.title, row.task_id)


def _is_current() -> sa.ColumnElement[bool]:
    """Whether a version is what was last submitted of its report."""
    return sa.and_(ReportVersion.report_id == ProgressReport.id, ReportVersion.version == ProgressReport.version)


READERS: Mapping[Findable, Callable[[User, Search, date], list[Teller]]] = {
    Findable.MEASURES: _measures,
    Findable.REPORTS: _reports,
    Findable.EVIDENCE: _evidence,
    Findable.PEOPLE: _people,
}
