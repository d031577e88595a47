"""Opening evidence: always as a download, never as a page of ours."""

from __future__ import annotations

import logging

from flask import Blueprint, abort, redirect, send_file
from werkzeug.wrappers import Response

from ita_flow.domain.files import StoreOutcome
from ita_flow.domain.permissions import Permission
from ita_flow.domain.refusals import NotPermitted
from ita_flow.models.evidence import Evidence, EvidenceKind
from ita_flow.queries.progress_reports import evidence_of, may_open
from ita_flow.web.access import actor, requires, today
from ita_flow.web.downloads import NOT_A_PAGE
from ita_flow.wording.labels import label_of
from ita_flow.workflow.evidence import store

log = logging.getLogger(__name__)
bp = Blueprint("evidence", __name__, url_prefix="/evidence")


@bp.get("/<int:evidence_id>")
@requires(Permission.EVIDENCE_READ)
def download(evidence_id: int) -> Response:
    evidence = evidence_of(actor(), evidence_id)
    if evidence is None:
        abort(404)
    if not may_open(evidence, actor(), today()):
        raise NotPermitted("evidence_of_others")
    if evidence.kind is EvidenceKind.LINK:
        return redirect(str(evidence.url))
    return _file(evidence)


def _file(evidence: Evidence) -> Response:
    """The bytes as they were put in; others are never sent, whether the worker has found them yet or not."""
    sha256 = str(evidence.sha256)
    if not store().is_whole(sha256):
        is_there = store().holds(sha256)
        log.error("evidence %s is %s in the store", evidence.id, "altered" if is_there else "missing")
        abort(410, label_of(StoreOutcome.ALTERED if is_there else StoreOutcome.MISSING))
    stream = store().open(sha256)
    response = send_file(stream, mimetype=evidence.media_type, as_attachment=True, download_name=evidence.name)
    response.headers["Content-Security-Policy"] = NOT_A_PAGE
    return response
