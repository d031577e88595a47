"""Whether the record holds, and whether what it tells agrees with the rows: versions, decisions, evidence, files.

The chain alone shows that nobody altered what was told. Here every row must have been told, as it stands, and
everything that was told must have its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from ita_flow.domain.files import StoreOutcome
from ita_flow.extensions import db
from ita_flow.models.audit import AuditEvent, AuditHead
from ita_flow.models.evidence import Evidence, EvidenceCheck
from ita_flow.models.people import Agency, User
from ita_flow.models.progress_reports import Decision, ProgressReport, ReportVersion
from ita_flow.queries.activity import CHECKED
from ita_flow.workflow.audit import Break, break_in_chain, record
from ita_flow.workflow.evidence import mark_of, store
from ita_flow.workflow.proposal_check import proposals_that_differ
from ita_flow.workflow.record_told import DECIDED, Telling, Told, telling_of
from ita_flow.workflow.row_check import A_BATCH, compared, decision_differs, missing, names_of
from ita_flow.workflow.seals import content_hash, seals_of


class Watch(Protocol):
    """Lets somebody see how far the reading of files has come."""

    def __call__(self, files: Sequence[tuple[str, int]]) -> AbstractContextManager[Iterable[tuple[str, int]]]: ...


def unwatched(files: Sequence[tuple[str, int]]) -> AbstractContextManager[Iterable[tuple[str, int]]]:
    return nullcontext(files)


@dataclass(frozen=True)
class End:
    """Where the record of an agency ends."""

    seq: int
    hash: str


def end_of(agency_id: int) -> End:
    head = db.session.get(AuditHead, agency_id)
    return End(head.seq, head.hash) if head else End(0, "")


def first_breaks(watch: Watch | None = unwatched) -> list[Break]:
    """The first break of each agency; ``watch`` sees the files that are read, and None reads none."""
    ids = sa.union(sa.select(Agency.id), sa.select(AuditHead.agency_id), sa.select(AuditEvent.agency_id))
    found = (first_break(agency_id, watch) for agency_id in sorted(db.session.scalars(ids)))
    return [one for one in found if one]


def first_break(agency_id: int, watch: Watch | None = unwatched) -> Break | None:
    """What of this agency is first found not to hold: its chain, then its rows, then the bytes of its files.

    Without a watch no file is read, and what the worker found when it last read them is taken instead.
    """
    found = break_in_chain(agency_id)
    if found:
        return found
    telling = telling_of(agency_id)
    files = broken_files(agency_id, watch) if watch else _files_found_broken(agency_id)
    rows = (_versions, _decisions, _evidence, _reports)
    of_reports = (compare(agency_id, telling) for compare in rows)
    return next(chain(*of_reports, proposals_that_differ(agency_id), files), None)


def _versions(agency_id: int, telling: Telling) -> Iterator[Break]:
    """Each submission against its row: words, claim, evidence, the way it goes, by whom and when."""
    chosen = (
        sa.select(ReportVersion)
        .where(ReportVersion.agency_id == agency_id)
        .options(joinedload(ReportVersion.report), selectinload(ReportVersion.evidence))
        .order_by(ReportVersion.id)
    )
    untold = dict(telling.versions)
    with db.session.scalars(chosen.execution_options(**A_BATCH)) as versions:
        for version in versions:
            told = untold.pop((version.report_id, version.version), None)
            differs = _version_differs(version, told) if told else {}
            yield from compared(agency_id, f"report_version:{version.id}", told, differs)
    yield from missing(agency_id, untold, "version_missing")


def _version_differs(version: ReportVersion, told: Told) -> Mapping[str, bool]:
    stands, seals = content_hash(version), told.after.get("seals")
    ids = sorted(int(seal.partition(":")[0]) for seal in seals or ())
    return {
        "content": len({stands, version.content_hash, told.after["content"]}) > 1,
        "evidence": seals is not None and [one.id for one in version.evidence] != ids,
        "submitted_by": f"user:{version.submitted_by_id}" != told.actor,
        "at": version.submitted_at != told.at,
    }


def _decisions(agency_id: int, telling: Telling) -> Iterator[Break]:
    """Each decision against its row: who, in which seat, by what right, on exactly which content, in which words."""
    chosen = (
        sa.select(Decision, ReportVersion)
        .join(ReportVersion, ReportVersion.id == Decision.report_version_id)
        .where(Decision.agency_id == agency_id)
        .options(joinedload(Decision.acting_order))
        .order_by(Decision.id)
    )
    untold = dict(telling.decisions)
    with db.session.execute(chosen.execution_options(**A_BATCH)) as decisions:
        for decision, version in decisions:
            key = (version.report_id, version.version, decision.seat_number, decision.round)
            told = untold.pop(key, None)
            differs = decision_differs(decision, DECIDED[told.action], version.content_hash, told) if told else {}
            yield from compared(agency_id, f"decision:{decision.id}", told, differs)
    yield from missing(agency_id, untold, "decision_missing")


def _evidence(agency_id: int, telling: Telling) -> Iterator[Break]:
    """Each piece of evidence against the seal that was told when somebody attached it."""
    untold = dict(telling.seals)
    chosen = sa.select(Evidence).where(Evidence.agency_id == agency_id).order_by(Evidence.id)
    with db.session.scalars(chosen.execution_options(**A_BATCH)) as pieces:
        for one in pieces:
            row = f"evidence:{one.id}"
            sealed, seq = untold.pop(one.id, (None, 0))
            if sealed is None and (one.task_id, mark_of(one)) not in telling.marks:
                yield Break(agency_id, 0, "row_unrecorded", row)
            elif sealed is not None and f"{one.id}:{sealed}" not in seals_of([one]):
                yield Break(agency_id, seq, "row_altered", row)
    for number, (_sealed, seq) in sorted(untold.items()):
        yield Break(agency_id, seq, "evidence_missing", f"evidence:{number}")


def _reports(agency_id: int, telling: Telling) -> Iterator[Break]:
    """Where each report stands, and who wrote it: authors may not decide on it."""
    chosen = sa.select(ProgressReport).where(ProgressReport.agency_id == agency_id).order_by(ProgressReport.id)
    loaded = chosen.options(selectinload(ProgressReport.authors))
    with db.session.scalars(loaded.execution_options(**A_BATCH)) as reports:
        for report in reports:
            _state, seq = telling.standing(report.id)
            differs = _report_differs(report, telling)
            if any(differs.values()):
                yield Break(agency_id, seq, "row_altered", f"progress_report:{report.id}", names_of(differs))


def _report_differs(report: ProgressReport, telling: Telling) -> Mapping[str, bool]:
    state, _seq = telling.standing(report.id)
    return {
        "state": report.state.value != state,
        "version": report.version != telling.newest.get(report.id, 0),
        "number": report.number != telling.numbers.get(report.id, report.number),
        "authors": {f"user:{author.id}" for author in report.authors} != telling.writers.get(report.id, set()),
    }


def broken_files(agency_id: int, watch: Watch = unwatched) -> Iterator[Break]:
    """Read every file of the agency's evidence: its bytes must have the hash by which the rows name it."""
    first = sa.func.min(Evidence.id)
    chosen = sa.select(Evidence.sha256, first).where(Evidence.agency_id == agency_id).group_by(Evidence.sha256)
    files = [(sha256, number) for sha256, number in db.session.execute(chosen.order_by(first)) if sha256]
    with watch(files) as watched:
        for sha256, number in watched:
            if not store().is_whole(sha256):
                yield Break(agency_id, 0, "file_broken", f"evidence:{number}")


def _files_found_broken(agency_id: int) -> Iterator[Break]:
    chosen = (
        sa.select(Evidence.id)
        .join(EvidenceCheck, EvidenceCheck.sha256 == Evidence.sha256)
        .where(Evidence.agency_id == agency_id, EvidenceCheck.outcome != StoreOutcome.WHOLE)
        .order_by(Evidence.id)
    )
    for number in db.session.scalars(chosen):
        yield Break(agency_id, 0, "file_broken", f"evidence:{number}")


def keep_check(agency_id: int, end: End, found: Break | None, *, actor: User, at: datetime) -> None:
    """Put on record that somebody let the whole record be looked at, up to which end, and what was found.

    Into a record that is broken at its end nothing can be written; the person is told all the same.
    """
    after: dict[str, Any] = {"whole": found is None, "events": end.seq, "hash": end.hash}
    if found:
        after |= {"seq": found.seq, "reason": found.reason, "row": found.row, "differs": list(found.differs)}
    with suppress(IntegrityError), db.session.begin_nested():
        record(CHECKED, agency_id, f"record:{agency_id}", at=at, actor=actor, after=after)
