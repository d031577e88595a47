"""Evidence of a task as it stands: what came in the place of what, what may be replaced, and what is damaged."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from ita_flow.domain.files import StoreOutcome
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence, EvidenceCheck
from ita_flow.models.progress_reports import ProgressReport, version_evidence
from ita_flow.models.tasks import Task


def load_predecessors(shown: Collection[Evidence]) -> None:
    """Let each piece know which it supersedes, back to the first: no statement when none does, else one for all."""
    tasks = {piece.task_id for piece in shown if piece.supersedes_id}
    if tasks:
        _tie(db.session.scalars(sa.select(Evidence).where(Evidence.task_id.in_(tasks))).all())


def replaceable(task: Task, report: ProgressReport | None) -> Sequence[Evidence]:
    """What was submitted on the task and has no newer version, submitted or in the draft ``report``, oldest first."""
    chosen = sa.select(Evidence, _was_submitted()).where(Evidence.task_id == task.id).order_by(Evidence.id)
    rows = db.session.execute(chosen).all()
    _tie([piece for piece, _ in rows])
    drafted = {piece.id for piece in report.evidence} if report else set()
    superseded = {piece.supersedes_id for piece, was_submitted in rows if was_submitted or piece.id in drafted}
    return [piece for piece, was_submitted in rows if was_submitted and piece.id not in superseded]


def is_damaged() -> sa.ColumnElement[bool]:
    """Whether the bytes were not what was put in when the worker last read them."""
    # named one by one, for an index is of no use to "any but this"
    return EvidenceCheck.outcome.in_([outcome for outcome in StoreOutcome if outcome is not StoreOutcome.WHOLE])


def damaged_evidence(agency_id: int | None = None) -> Sequence[Evidence]:
    """The files of the agency, or of all, whose bytes the worker found altered or missing."""
    chosen = (
        sa.select(Evidence)
        .join(Evidence.check)
        .where(is_damaged())
        .options(contains_eager(Evidence.check))
        .order_by(Evidence.id)
    )
    if agency_id is not None:
        chosen = chosen.where(Evidence.agency_id == agency_id)
    return db.session.scalars(chosen).all()


def _was_submitted() -> sa.ColumnElement[bool]:
    return sa.exists().where(version_evidence.c.evidence_id == Evidence.id)


def _tie(pieces: Collection[Evidence]) -> None:
    by_id = {piece.id: piece for piece in pieces}
    for piece in pieces:
        set_committed_value(piece, "supersedes", by_id.get(piece.supersedes_id or 0))
