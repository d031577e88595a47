"""Files and links that come with a form: each is taken in, or told to be unfit, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from ita_flow.config import MAX_FILES_A_REPORT
from ita_flow.domain.refusals import Invalid
from ita_flow.models.evidence import Evidence
from ita_flow.web.access import begin_reading
from ita_flow.web.forms.newer_evidence import Place
from ita_flow.web.forms.progress_reports import ReportForm
from ita_flow.web.kept_files import file_of, ticket_for
from ita_flow.workflow import evidence
from ita_flow.workflow.evidence import Newer, Received


@dataclass
class Sent:
    """What stands in the store or is a fit address, and what is wrong with the rest."""

    files: list[Received] = field(default_factory=list)
    newer: list[Newer] = field(default_factory=list)
    link: str = ""
    problems: list[Invalid] = field(default_factory=list)


def receive(form: ReportForm, staying: Sequence[Evidence]) -> Sent:
    """Take in what came with the form, as long as there is room for it beside the evidence that stays in the draft.

    Files go to the store here, outside any transaction that writes.
    """
    begin_reading()
    sent, room = Sent(), MAX_FILES_A_REPORT - len(staying)
    for place in form.places:
        room -= _receive_newer(place, staying, room, sent)
    for file in form.files.data or []:
        if not getattr(file, "filename", ""):
            continue
        if len(sent.files) >= room:
            sent.problems.append(evidence.too_much("files"))
            break
        try:
            sent.files.append(evidence.receive(cast(BinaryIO, file.stream), file.filename))
        except Invalid as problem:
            sent.problems.append(problem)
    _receive_link(form, sent, room)
    return sent


def _receive_newer(place: Place, staying: Sequence[Evidence], room: int, sent: Sent) -> int:
    """Take in a newer file and why it came; returns how many more pieces there will be: 1 or 0."""
    reason = place.reason.data or ""
    problems = list(_problems_with(place, reason, staying, sent))
    needed = 0 if place.older in staying else 1
    if place.kept and not problems and needed > room:
        problems = [evidence.too_much("file")]
    for problem in problems:
        problem.field = place.field(problem.field).name
    sent.problems += problems
    if place.kept is None or problems:
        return 0
    sent.newer.append(Newer(place.older.id, place.kept, reason))
    return needed


def _problems_with(place: Place, reason: str, staying: Sequence[Evidence], sent: Sent) -> Iterator[Invalid]:
    """What is wrong with the newer file and with its reason; nothing when neither was given."""
    try:
        file = _newer_file(place)
        place.keep(file, ticket_for(file) if file else "")
        if file:
            evidence.refuse_as_newer(file, place.older, _attached(staying, sent))
        elif reason.strip():
            yield Invalid("newer_file_missing", field="file", name=place.older.name)
    except Invalid as problem:
        place.keep(None, "")
        yield problem
    try:
        if place.kept or reason.strip():
            evidence.refuse_as_reason(reason, place.older)
    except Invalid as problem:
        yield problem


def _newer_file(place: Place) -> Received | None:
    """The file that was chosen now, or that came earlier."""
    chosen = place.file.data
    if getattr(chosen, "filename", ""):
        return evidence.receive(cast(BinaryIO, chosen.stream), chosen.filename)
    return file_of(place.ticket.data or "")


def _attached(staying: Sequence[Evidence], sent: Sent) -> dict[str, str]:
    newer = {one.file.stored.sha256: one.file.name for one in sent.newer}
    return evidence.names_by_hash(staying) | newer


def _receive_link(form: ReportForm, sent: Sent, room: int) -> None:
    if not (form.link.data or "").strip():
        return
    if len(sent.files) >= room:
        sent.problems.append(evidence.too_much("link"))
        return
    try:
        sent.link = evidence.read_link(form.link.data)
    except Invalid as problem:
        sent.problems.append(problem)
