"""After a storm: what was acknowledged is there, once, with its receipt and its line in the record."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from ita_flow.extensions import db
from ita_flow.models.accounts import FormReceipt
from ita_flow.models.audit import AuditEvent
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.workflow.audit import broken_chains
from tests.faults.storm import Storm


@dataclass(frozen=True)
class Reckoning:
    """What the database holds against what people were told."""

    acknowledged: int
    lost: int
    duplicates: int

    def __str__(self) -> str:
        return f"{self.acknowledged} acknowledged, {self.lost} lost, {self.duplicates} duplicates"


def reckoned(storm: Storm) -> Reckoning:
    """Count what was lost and what is there twice; assert that rows, receipts and record agree."""
    db.session.rollback()
    submitted, approved = _submissions(), _approvals()
    lost = (storm.submitted.keys() - submitted.keys()) | (storm.approved.keys() - approved.keys())
    twice = [count for count in [*submitted.values(), *approved.values()] if count > 1]
    twice += [len(keys) for keys in storm.approved.values() if len(keys) > 1]
    _assert_whole(submitted.total(), approved.total())
    assert set(storm.submitted.values()) <= set(db.session.scalars(sa.select(FormReceipt.location)))
    assert storm.too_late <= approved.keys(), "somebody was told that another was quicker, and nobody was"
    return Reckoning(storm.acknowledged, len(lost), len(twice))


def _submissions() -> Counter[int]:
    """How many versions were submitted on each task."""
    return Counter(db.session.scalars(sa.select(ProgressReport.task_id).join(ProgressReport.versions)))


def _approvals() -> Counter[int]:
    """How many decisions stand on each report."""
    return Counter(db.session.scalars(sa.select(ReportVersion.report_id).join(Decision.report_version)))


def _assert_whole(submitted: int, approved: int) -> None:
    """A deed, its receipt and its line in the record stand in one transaction."""
    assert _number_of(FormReceipt) == submitted + approved
    told = Counter(json.loads(body)["action"] for body in db.session.scalars(sa.select(AuditEvent.body)))
    assert (told["progress_report.submitted"], told["progress_report.saved"]) == (submitted, submitted)
    assert (told["progress_report.approved"], told["task.counted"]) == (approved, approved)
    assert list(broken_chains()) == []
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalars(sa.text("PRAGMA integrity_check")).all() == ["ok"]


def _number_of(model: type[FormReceipt]) -> int:
    return db.session.scalars(sa.select(sa.func.count()).select_from(model)).one()
