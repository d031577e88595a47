"""Taking in evidence: first the bytes, safe in the store, then the row that points to them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from flask import current_app

from ita_flow.config import MAX_FILE_BYTES, MAX_FILES_A_REPORT, MEGABYTE, Settings
from ita_flow.domain.files import clean_name, recognise
from ita_flow.domain.links import is_web_address
from ita_flow.domain.refusals import Invalid
from ita_flow.extensions import db
from ita_flow.models.evidence import Evidence, EvidenceKind
from ita_flow.models.people import User
from ita_flow.models.progress_reports import ProgressReport
from ita_flow.storage import Store, Stored, TooLarge

MAX_LINK = 2000

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """A file that stands in the store and awaits its row."""

    name: str
    media_type: str
    stored: Stored


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
    _attach(
        report,
        Evidence(
            kind=EvidenceKind.FILE,
            name=file.name,
            sha256=file.stored.sha256,
            size=file.stored.size,
            media_type=file.media_type,
            added_by=actor,
            added_at=at,
        ),
    )


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


def _attach(report: ProgressReport, evidence: Evidence) -> None:
    if len(report.evidence) >= MAX_FILES_A_REPORT:
        raise too_much("files")
    evidence.agency_id, evidence.task_id = report.agency_id, report.task_id
    db.session.add(evidence)
    report.evidence.append(evidence)
