"""Files and links that come with a form: each is taken in, or told to be unfit, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO, cast

from ita_flow.domain.refusals import Invalid
from ita_flow.web.access import begin_reading
from ita_flow.web.forms.progress_reports import ReportForm
from ita_flow.workflow import evidence
from ita_flow.workflow.evidence import Received


@dataclass
class Sent:
    """What stands in the store or is a fit address, and what is wrong with the rest."""

    files: list[Received] = field(default_factory=list)
    link: str = ""
    problems: list[Invalid] = field(default_factory=list)


def receive(form: ReportForm, room: int) -> Sent:
    """Take in what came with the form, as long as there is ``room`` for so many pieces of evidence.

    Files go to the store here, outside any transaction that writes.
    """
    begin_reading()
    sent = Sent()
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
