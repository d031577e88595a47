"""One task with everything that its page tells: reports, evidence, people and history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.states import IN_FORCE, ReportState
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import User
from ita_flow.models.plans import Measure
from ita_flow.models.progress_reports import ProgressReport, ReportVersion
from ita_flow.models.tasks import Task
from ita_flow.queries.decisions import by_what_right
from ita_flow.queries.drafts import may_see_draft
from ita_flow.queries.endings import ENDED
from ita_flow.queries.evidence import load_predecessors
from ita_flow.queries.seats import SeatHolders, holders_of
from ita_flow.queries.task_row import TaskRow
from ita_flow.queries.tasks import rows_of, rows_where

DRAFT_SAVED = "progress_report.saved"
SENT = "progress_report.submitted"


@dataclass(frozen=True)
class HistoryEntry:
    """Something that was done to the task or to one of its reports."""

    at: datetime
    action: str
    actor: User | None
    via: str
    """The door through which it came when no person is named: the ``actor`` of the record."""

    report_number: int | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class TaskDetails:
    """A task as one person may see it on a day."""

    row: TaskRow
    reports: Sequence[ProgressReport]
    """The newest first; a draft only for the section that writes it."""

    holders: SeatHolders
    history: Sequence[HistoryEntry]
    """The newest first."""

    sees_draft: bool
    is_replaced: bool = False
    """Whether a newer version of the plan is in force: the task is kept to be looked at."""

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def ended_on(self) -> date | None:
        """The day on which it was cancelled, or left unfinished, as the record tells; None while it may be done."""
        ends = (bangkok_day(entry.at) for entry in self.history if entry.action in ENDED)
        return next(ends, None) if self.task.ending_reason else None

    @property
    def draft(self) -> ProgressReport | None:
        """The report being written or mended, for those who may see it."""
        return next((report for report in self.reports if report.is_editable), None) if self.sees_draft else None

    @property
    def newest(self) -> ReportVersion | None:
        """What was last submitted."""
        return next((report.current for report in self.reports if report.current), None)

    @property
    def submitted(self) -> Sequence[ProgressReport]:
        """The reports that were submitted at least once, the newest first."""
        return [report for report in self.reports if report.current]

    @property
    def evidence(self) -> Sequence[Evidence]:
        """What was submitted as evidence, the newest first, each once; what has a newer version is told beside it."""
        versions = [report.current for report in self.reports if report.current]
        shown = {piece.id: piece for version in versions for piece in reversed(version.evidence)}
        superseded = {piece.supersedes_id for piece in shown.values()}
        return [piece for piece in shown.values() if piece.id not in superseded]

    @property
    def draft_evidence(self) -> Sequence[Evidence]:
        """Evidence in the draft that was not submitted yet."""
        if self.draft is None:
            return []
        submitted = {piece.id for report in self.submitted for piece in _submitted_in(report)}
        return [added for added in self.draft.evidence if added.id not in submitted]

    def step_reports(self) -> Mapping[int, ReportVersion]:
        """By position of a done step: the approved version that first ticked it."""
        approved = [
            report.current
            for report in reversed(self.reports)
            if report.current and report.state is ReportState.APPROVED
        ]
        first: dict[int, ReportVersion] = {}
        for version in approved:
            for position in version.done_steps:
                first.setdefault(position, version)
        return first


def task_details(user: User, task_id: int, today: date) -> TaskDetails | None:
    """The task with its reports and history; None when it is not one of the person's agency."""
    conditions = [Task.id == task_id, Task.agency_id == user.agency_id]
    items = contains_eager(Task.measure).selectinload(Measure.items)
    in_force = next(iter(rows_where(conditions, today, also_load=[items])), None)
    row = in_force or _replaced(user, task_id, today)
    if row is None:
        return None
    sees_draft = may_see_draft(row.task, user, today)
    reports = [report for report in _reports_on(row.task) if sees_draft or report.current]
    load_predecessors([piece for report in reports for piece in _submitted_in(report)])
    return TaskDetails(
        row=row,
        reports=reports,
        holders=holders_of(row.task, today),
        history=_history_of(row.task, reports, with_drafts=sees_draft),
        sees_draft=sees_draft,
        is_replaced=in_force is None,
    )


def _replaced(user: User, task_id: int, today: date) -> TaskRow | None:
    """The task in a version of the plan that was in force once."""
    row = rows_of([task_id], today).get(task_id)
    is_theirs = row is not None and row.task.agency_id == user.agency_id
    return row if row and is_theirs and row.measure.plan.state in IN_FORCE else None


def _reports_on(task: Task) -> Sequence[ProgressReport]:
    # A task has few reports and these few versions, so one wide statement is cheaper than three narrow ones.
    versions = joinedload(ProgressReport.versions)
    chosen = (
        sa.select(ProgressReport)
        .where(ProgressReport.task_id == task.id)
        .options(
            versions.joinedload(ReportVersion.submitted_by),
            versions.joinedload(ReportVersion.decisions).options(*by_what_right()),
            versions.selectinload(ReportVersion.evidence),
        )
        .order_by(ProgressReport.number.desc())
    )
    return db.session.scalars(chosen).unique().all()


def _submitted_in(report: ProgressReport) -> Sequence[Evidence]:
    return report.current.evidence if report.current else ()


def _history_of(task: Task, reports: Sequence[ProgressReport], *, with_drafts: bool) -> Sequence[HistoryEntry]:
    numbers = {f"progress_report:{report.id}": report.number for report in reports}
    chosen = (
        sa.select(AuditEvent)
        .where(AuditEvent.agency_id == task.agency_id, AuditEvent.subject.in_([f"task:{task.id}", *numbers]))
        .order_by(AuditEvent.seq.desc())
    )
    bodies = [json.loads(event.body) for event in db.session.scalars(chosen)]
    told = [body for body in _without_repeated_saves(bodies) if with_drafts or body["action"] != DRAFT_SAVED]
    people = people_named_in(told)
    return [history_entry(body, people, numbers.get(body["object"])) for body in told]


def history_entry(body: Mapping[str, Any], people: Mapping[str, User], report_number: int | None) -> HistoryEntry:
    """An event of the record, read; ``people`` are those of ``people_named_in``."""
    return HistoryEntry(
        at=datetime.fromisoformat(body["at"]),
        action=body["action"],
        actor=people.get(body["actor"]),
        via=body["actor"],
        report_number=report_number,
        before=body["before"],
        after=body["after"],
    )


def _without_repeated_saves(newest_first: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A draft is saved again and again while it is written: the last save tells it all, or the sending after it."""
    told: list[dict[str, Any]] = []
    for body in newest_first:
        if not (told and _leads_to(body, told[-1])):
            told.append(body)
    return told


def _leads_to(body: Mapping[str, Any], later: Mapping[str, Any]) -> bool:
    """Whether this is a save that the same person followed by another, or by sending."""
    is_same = all(body[key] == later[key] for key in ("actor", "object"))
    return is_same and body["action"] == DRAFT_SAVED and later["action"] in (DRAFT_SAVED, SENT)


def people_named_in(bodies: Sequence[Mapping[str, Any]]) -> Mapping[str, User]:
    """Who did these deeds, by how the record names them."""
    ids = {int(body["actor"].removeprefix("user:")) for body in bodies if body["actor"].startswith("user:")}
    people = db.session.scalars(sa.select(User).where(User.id.in_(ids)))
    return {f"user:{user.id}": user for user in people}
