"""What the record of an agency tells of reports, decisions and evidence: the other side of the rows that hold them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ita_flow.domain.approvals import DecisionKind
from ita_flow.domain.states import ReportState
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent

REPORT = "progress_report:"
DECIDED = {
    "progress_report.approved": DecisionKind.APPROVE,
    "progress_report.returned": DecisionKind.RETURN,
    "progress_report.undone": DecisionKind.UNDO,
}

VersionKey = tuple[int, int]
"""A report by its id, and the version."""

DecisionKey = tuple[int, int, int, int]
"""A report by its id, the version, the number of the seat and the round."""


@dataclass(frozen=True)
class Told:
    """One event about a report."""

    seq: int
    at: datetime
    actor: str
    action: str
    after: Mapping[str, Any]


@dataclass
class Telling:
    """All that the record of an agency tells of its reports."""

    versions: dict[VersionKey, Told] = field(default_factory=dict)
    decisions: dict[DecisionKey, Told] = field(default_factory=dict)
    seals: dict[int, tuple[str, int]] = field(default_factory=dict)
    """By the id of a piece of evidence: the hash of its row, and the event that told it first."""

    marks: set[tuple[int, str]] = field(default_factory=set)
    """Task and content of evidence; of old, events told no more."""

    writers: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By report: who saved or submitted it."""

    states: dict[int, tuple[str, int]] = field(default_factory=dict)
    """By report: the state in which the last event left it, and that event."""

    newest: dict[int, int] = field(default_factory=dict)
    """By report: the version that was submitted last."""

    numbers: dict[int, int] = field(default_factory=dict)
    rounds: Counter[tuple[int, int, int]] = field(default_factory=Counter)

    def hear(self, report_id: int, told: Told) -> None:
        """Take in the next event of a report."""
        hear = _HEARD.get(told.action)
        if hear:
            hear(self, report_id, told)
        if "number" in told.after:
            self.numbers.setdefault(report_id, told.after["number"])
        state = _STATES.get(told.action) or told.after.get("state")
        if state:
            self.states[report_id] = (state, told.seq)

    def standing(self, report_id: int) -> tuple[str, int]:
        """The state in which the report was left, and by which event."""
        return self.states.get(report_id, (ReportState.DRAFT.value, 0))

    def _saved(self, report_id: int, told: Told) -> None:
        self.writers[report_id].add(told.actor)
        self.marks.update((told.after["task"], mark) for mark in told.after.get("evidence", ()))
        for seal in told.after.get("seals", ()):
            number, _, sealed = seal.partition(":")
            self.seals.setdefault(int(number), (sealed, told.seq))

    def _submitted(self, report_id: int, told: Told) -> None:
        self._saved(report_id, told)
        self.newest[report_id] = told.after["version"]
        self.versions[report_id, self.newest[report_id]] = told

    def _decided(self, report_id: int, told: Told) -> None:
        # Events of old name no round: each decision of a seat, and each undoing, opened the next one.
        seat = (report_id, told.after["version"], told.after["seat_number"])
        self.rounds[seat] += 1
        self.decisions[*seat, self.rounds[seat]] = told


_STATES = {"progress_report.withdrawn": ReportState.WITHDRAWN.value}
_HEARD: Mapping[str, Callable[[Telling, int, Told], None]] = {
    "progress_report.saved": Telling._saved,
    "progress_report.submitted": Telling._submitted,
    **dict.fromkeys(DECIDED, Telling._decided),
}


def telling_of(agency_id: int) -> Telling:
    """Read the record of the agency from its first event; its chain holds, so every event reads as it was written."""
    telling = Telling()
    chosen = (
        sa.select(AuditEvent.seq, AuditEvent.body)
        .where(AuditEvent.agency_id == agency_id, AuditEvent.subject.like(f"{REPORT.replace('_', '!_')}%", escape="!"))
        .order_by(AuditEvent.seq)
    )
    with db.session.execute(chosen.execution_options(yield_per=500)) as events:
        for seq, body in events:
            _tell(telling, seq, json.loads(body))
    return telling


def _tell(telling: Telling, seq: int, said: Mapping[str, Any]) -> None:
    at = datetime.fromisoformat(said["at"])
    told = Told(seq, at, said["actor"], said["action"], said["after"])
    telling.hear(int(said["object"].removeprefix(REPORT)), told)
