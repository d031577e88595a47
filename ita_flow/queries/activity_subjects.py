"""What the events of the record speak of, by name: one statement for the people, one for all the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ita_flow.domain.whole_numbers import LARGEST_NUMBER
from ita_flow.extensions import db
from ita_flow.models.assessments import Assessment
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import NamedSeat, Unit, User
from ita_flow.models.plans import Measure, Plan
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.models.tasks import Task


@dataclass(frozen=True)
class Subject:
    """A row of which an event speaks; parts that it does not have are None."""

    task: int | None = None
    report: int | None = None
    """The number of a report on its task, once it was submitted."""

    measure: int | None = None
    """The number of the measure in its plan."""

    name: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Names:
    """How people call what stands in the record by number."""

    subjects: Mapping[str, Subject] = field(default_factory=dict)
    """By subject, such as ``task:12``; of what is gone there is none. All plans, units and named seats are in it."""

    people: Mapping[int, str] = field(default_factory=dict)
    """Everybody of the agency."""


def names_of(agency_id: int, subjects: Collection[str]) -> Names:
    """The names of these subjects, of all plans and units and of everybody of the agency."""
    people = sa.select(User.id, User.name).where(User.agency_id == agency_id)
    found = db.session.execute(_named(agency_id, _ids_by_kind(subjects)))
    named = {f"{kind}:{number}": Subject(*parts) for kind, number, *parts in found}
    return Names(named, {row.id: row.name for row in db.session.execute(people)})


def subjects_of_measure(agency_id: int, number: int) -> sa.SelectBase:
    """The subjects of all that belongs to measures of this number: measure, tasks, their reports and evidence."""
    measures = sa.select(Measure.id).where(Measure.agency_id == agency_id, Measure.number == number)
    tasks = sa.select(Task.id).where(Task.measure_id.in_(measures))
    reports = sa.select(ProgressReport.id).where(ProgressReport.task_id.in_(tasks))
    evidence = sa.select(Evidence.id).where(Evidence.task_id.in_(tasks))
    each = {"measure": measures, "task": tasks, "progress_report": reports, "evidence": evidence}
    return sa.union_all(*(_as_subjects(kind, ids) for kind, ids in each.items()))


def _as_subjects(kind: str, ids: sa.Select[int]) -> sa.Select[str]:
    (column,) = ids.selected_columns
    return ids.with_only_columns(sa.literal(f"{kind}:") + sa.cast(column, sa.String))


def _ids_by_kind(subjects: Collection[str]) -> Mapping[str, set[int]]:
    ids: dict[str, set[int]] = {}
    for subject in subjects:
        kind, _, number = subject.partition(":")
        if is_id(number):
            ids.setdefault(kind, set()).add(int(number))
    return ids


def is_id(text: str) -> bool:
    """Whether this can be the id of a row; subjects and actors are letters that somebody may have altered."""
    return text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_NUMBER)) and int(text) <= LARGEST_NUMBER


def _named(agency_id: int, ids: Mapping[str, set[int]]) -> sa.CompoundSelect[*tuple[Any, ...]]:
    task, measure = (Task.id, None, Measure.number, Measure.title, Plan.year), (None, None, Measure.number)
    sent = sa.case((ProgressReport.version > 0, ProgressReport.number))
    report = (Task.id, sent, Measure.number, Measure.title, Plan.year)
    on_tasks = (
        _part("task", Task, ids, *task),
        _part("progress_report", ProgressReport, ids, *report).join(Task, Task.id == ProgressReport.task_id),
        _part("evidence", Evidence, ids, Task.id, None, Measure.number, Evidence.name, Plan.year).join(
            Task, Task.id == Evidence.task_id
        ),
    )
    parts = [
        *(
            part.join(Measure, Measure.id == Task.measure_id).join(Plan, Plan.id == Measure.plan_id)
            for part in on_tasks
        ),
        _part("measure", Measure, ids, *measure, Measure.title, Plan.year).join(Plan, Plan.id == Measure.plan_id),
        _columns("plan", Plan, None, None, None, None, Plan.year),
        _part("assessment", Assessment, ids, None, None, None, None, Assessment.year),
    ]
    units = _columns("unit", Unit, None, None, None, Unit.name, None)
    seats = _columns("named_seat", NamedSeat, None, None, None, NamedSeat.name, None)
    ours = [part.where(kept.agency_id == agency_id) for part, kept in zip([*parts, units, seats], KEPT, strict=True)]
    return sa.union_all(*ours)


Kept = type[Task | ProgressReport | Evidence | Measure | Plan | Assessment | NamedSeat | Unit]
KEPT: Sequence[Kept] = (Task, ProgressReport, Evidence, Measure, Plan, Assessment, Unit, NamedSeat)


def _part(kind: str, kept: Kept, ids: Mapping[str, set[int]], *columns: object) -> sa.Select[*tuple[Any, ...]]:
    return _columns(kind, kept, *columns).where(kept.id.in_(ids.get(kind, ())))


def _columns(kind: str, kept: Kept, *columns: object) -> sa.Select[*tuple[Any, ...]]:
    kinds = (sa.Integer, sa.Integer, sa.Integer, sa.String, sa.Integer)
    shown = [sa.cast(sa.null(), typ) if column is None else column for column, typ in zip(columns, kinds, strict=True)]
    chosen: sa.Select[*tuple[Any, ...]] = sa.select(sa.literal(kind), kept.id, *shown).select_from(kept)
    return chosen
