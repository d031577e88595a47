"""One task, report or piece of evidence, loaded through what a person may see: others find nothing."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.permissions import Role, Seat
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport, ReportVersion, version_evidence
from ita_flow.models.tasks import Task
from ita_flow.queries.decisions import by_what_right
from ita_flow.queries.drafts import may_see_draft
from ita_flow.queries.evidence import load_predecessors
from ita_flow.queries.scope import visible_evidence, visible_reports, visible_tasks
from ita_flow.queries.worklist import divisions_of

WHO_SEE_ALL_EVIDENCE = {Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR, Seat.CHIEF, Seat.EXECUTIVE, Seat.NAMED}


def task_of(user: User, task_id: int) -> Task | None:
    """The task of the person's own agency with all that a report on it needs."""
    chosen = (
        visible_tasks(user)
        .where(Task.id == task_id)
        .options(
            joinedload(Task.measure),
            joinedload(Task.division),
            joinedload(Task.section),
            selectinload(Task.officers),
            selectinload(Task.steps),
        )
    )
    return db.session.scalars(chosen).one_or_none()


def report_of(user: User, task_id: int, number: int) -> ProgressReport | None:
    """A submitted report of the person's own agency; a mere draft is nobody's to read here."""
    chosen = (
        visible_reports(user)
        .where(ProgressReport.task_id == task_id, ProgressReport.number == number)
        .options(
            joinedload(ProgressReport.task).joinedload(Task.measure),
            joinedload(ProgressReport.task).joinedload(Task.division),
            joinedload(ProgressReport.task).joinedload(Task.section),
            selectinload(ProgressReport.versions).selectinload(ReportVersion.evidence),
            selectinload(ProgressReport.versions).joinedload(ReportVersion.submitted_by),
            selectinload(ProgressReport.versions).selectinload(ReportVersion.decisions).options(*by_what_right()),
        )
    )
    report = db.session.scalars(chosen).one_or_none()
    load_predecessors([piece for version in (report.versions if report else ()) for piece in version.evidence])
    return report


def submitted_report(user: User, report_id: int) -> ProgressReport | None:
    """A submitted report of the person's own agency by its id."""
    return db.session.scalars(visible_reports(user).where(ProgressReport.id == report_id)).one_or_none()


def last_submitted(task: Task, before: int | None = None) -> ReportVersion | None:
    """The newest version submitted on this task, in a report numbered below ``before`` if given."""
    chosen = (
        sa.select(ReportVersion)
        .join(ReportVersion.report)
        .where(ProgressReport.task_id == task.id)
        .options(joinedload(ReportVersion.report), selectinload(ReportVersion.decisions).options(*by_what_right()))
        .order_by(ReportVersion.id.desc())
        .limit(1)
    )
    if before is not None:
        chosen = chosen.where(ProgressReport.number < before)
    return db.session.scalars(chosen).first()


def evidence_of(user: User, evidence_id: int) -> Evidence | None:
    """A piece of evidence of the person's own agency."""
    return db.session.scalars(visible_evidence(user).where(Evidence.id == evidence_id)).one_or_none()


def may_open(evidence: Evidence, user: User, on: date) -> bool:
    """Whether the person may open this evidence: whoever may see the draft, and, once submitted, others too."""
    task = db.session.get_one(Task, evidence.task_id)
    if may_see_draft(task, user, on):
        return True
    return may_open_submitted(task, user, on) and _was_submitted(evidence)


def may_open_submitted(task: Task, user: User, on: date) -> bool:
    """Submitted evidence opens for the division that does the work, for those who plan, check, and stand above."""
    posts = {membership.role or membership.seat for membership in user.memberships_on(on)}
    is_theirs = may_see_draft(task, user, on) or task.division_id in divisions_of(user, on)
    return is_theirs or bool(posts & WHO_SEE_ALL_EVIDENCE)


def _was_submitted(evidence: Evidence) -> bool:
    chosen = sa.select(version_evidence.c.evidence_id).where(version_evidence.c.evidence_id == evidence.id)
    return bool(db.session.scalar(sa.select(chosen.exists())))
