"""Taking in evidence: first the bytes, safe in the store, then the row that points to them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from flask import current_app

from ita_flow.config import MAX_FILE_BYTES, MAX_FILES_A_REPORT, MEGABYTE, Settings
from ita_flow.domain.files import clean_name, recognise
from ita_flow.domain.links import is_web_address
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.thai import is_blank
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence, EvidenceKind
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.queries.evidence import replaceable
from ita_flow.storage import Store, Stored, TooLarge
from ita_flow.workflow import audit

MAX_LINK = 2000
MAX_REASON = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """A file that stands in the store and awaits its row."""

    name: str
    media_type: str
    stored: Stored


@dataclass(frozen=True)
class Newer:
    """A received file that takes the place of evidence that was submitted, and why."""

    replaces: int
    """The id of that evidence."""

    file: Received
    reason: str


def store() -> Store:
    """The evidence store of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return Store(settings.evidence_folder)


def receive(stream: BinaryIO, name: str) -> Received:
    """Keep an uploaded file, outside any transaction; raises Invalid with the file's name when it is not accepted."""
    name = clean_name(name)
    kind = recognise(name, stream)
    try:
        stored = store().put(stream, MAX_FILE_BYTES)
    except TooLarge:
        raise Invalid("file_too_large", field="files", name=name, limit=MAX_FILE_BYTES // MEGABYTE) from None
    except OSError as trouble:
        log.exception("evidence could not be kept")
        raise Invalid("file_not_kept", field="files", name=name) from trouble
    return Received(name, kind.media_type, stored)


def too_much(field: str) -> Invalid:
    """What is said of a piece of evidence for which a report has no room."""
    return Invalid("too_much_evidence", field=field, limit=MAX_FILES_A_REPORT)


def attach_file(report: ProgressReport, file: Received, actor: User, at: datetime) -> None:
    """Add a received file to the working copy; the same content a second time changes nothing."""
    if any(evidence.sha256 == file.stored.sha256 for evidence in report.evidence):
        return
    _attach(report, _row_of(file, actor, at))


def supersede(report: ProgressReport, newer: Newer, actor: User, at: datetime) -> Evidence:
    """Put a newer file in the place of submitted evidence of the task; that one stays in the versions that had it.

    Raises Invalid when it was replaced already, when the file is no other, and when no reason is given.
    """
    older = next((one for one in replaceable(report.task, report) if one.id == newer.replaces), None)
    if older is None:
        raise Invalid("evidence_replaced_already")
    refuse_as_newer(newer.file, older, names_by_hash(report.evidence))
    refuse_as_reason(newer.reason, older)
    report.evidence = [one for one in report.evidence if one is not older]
    piece = _row_of(newer.file, actor, at)
    piece.supersedes, piece.supersede_reason = older, newer.reason.strip()
    _attach(report, piece)
    return piece


def refuse_as_newer(file: Received, older: Evidence, attached: Mapping[str, str]) -> None:
    """Raise Invalid when this file is the one it would replace, or is ``attached`` already: names by hash."""
    sha256 = file.stored.sha256
    if sha256 == older.sha256:
        raise Invalid("newer_file_is_the_same", field="file", name=older.name)
    if sha256 in attached:
        raise Invalid("newer_file_is_attached", field="file", name=attached[sha256])


def refuse_as_reason(reason: str, older: Evidence) -> None:
    """Raise Invalid when these words do not say why the evidence is replaced."""
    if is_blank(reason):
        raise Invalid("newer_reason_missing", field="reason", name=older.name)
    if len(reason.strip()) > MAX_REASON:
        raise Invalid("newer_reason_too_long", field="reason", name=older.name, limit=MAX_REASON)


def names_by_hash(evidence: Iterable[Evidence]) -> dict[str, str]:
    return {one.sha256: one.name for one in evidence if one.sha256}


def take_out(report: ProgressReport, removed: Collection[int]) -> None:
    """Take these (ids) out of the working copy; what one of them was to replace comes back as it was submitted."""
    leaving = [one for one in report.evidence if one.id in removed]
    submitted = report.current.evidence if report.current else []
    back = [one.supersedes for one in leaving if one not in submitted and one.supersedes in submitted]
    staying = [one for one in report.evidence if one not in leaving]
    report.evidence = [*staying, *(one for one in back if one and one not in staying)]


def record_superseding(pieces: Collection[Evidence], actor: User, at: datetime) -> None:
    """Put on record what came in the place of what, and why; after the rows are written."""
    for piece in pieces:
        older = piece.supersedes
        assert older is not None
        before: audit.Values = {"evidence": older.id, "content": mark_of(older)}
        after: audit.Values = {
            "task": piece.task_id,
            "evidence": piece.id,
            "number": piece.number,
            "content": mark_of(piece),
            "reason": piece.supersede_reason,
        }
        subject = f"evidence:{piece.id}"
        audit.record("evidence.superseded", piece.agency_id, subject, at=at, actor=actor, before=before, after=after)


def mark_of(evidence: Evidence) -> str:
    """What a piece of evidence is, exactly: the hash of its bytes, or its address."""
    return evidence.sha256 or evidence.url or ""


def attach_link(report: ProgressReport, url: str, actor: User, at: datetime) -> None:
    """Add a link to the working copy; the same address a second time changes nothing."""
    if any(evidence.url == url for evidence in report.evidence):
        return
    _attach(report, Evidence(kind=EvidenceKind.LINK, name=url[:255], url=url, added_by=actor, added_at=at))


def read_link(text: str) -> str:
    """The address that was pasted; raises Invalid when a browser could not open it."""
    address = text.strip()
    if len(address) > MAX_LINK or not is_web_address(address):
        raise Invalid("link_is_no_address", field="link", limit=f"{MAX_LINK:,}")
    return address


def _row_of(file: Received, actor: User, at: datetime) -> Evidence:
    return Evidence(
        kind=EvidenceKind.FILE,
        name=file.name,
        sha256=file.stored.sha256,
        size=file.stored.size,
        media_type=file.media_type,
        added_by=actor,
        added_at=at,
    )


def _attach(report: ProgressReport, evidence: Evidence) -> None:
    if len(report.evidence) >= MAX_FILES_A_REPORT:
        raise too_much("files")
    evidence.agency_id, evidence.task_id = report.agency_id, report.task_id
    db.session.add(evidence)
    report.evidence.append(evidence)
