"""The part of the report form in which a newer file takes the place of evidence that was submitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, TextAreaField

from ita_flow.domain.files import ACCEPTED
from ita_flow.models.evidence import Evidence
from ita_flow.web.forms import typed
from ita_flow.workflow.evidence import MAX_REASON, Received


@dataclass
class Place:
    """The fields beside one piece of evidence: the newer file, why, and a ticket for a file that came already."""

    older: Evidence
    file: Field
    reason: Field
    ticket: Field
    kept: Received | None = None
    """The file that the ticket stands for."""

    def field(self, name: str | None) -> Field:
        """The field to which a refusal belongs."""
        return self.reason if name == "reason" else self.file

    def keep(self, file: Received | None, ticket: str) -> None:
        """Remember this file for the next press, or none."""
        self.kept, self.ticket.data = file, ticket

    @property
    def is_open(self) -> bool:
        """Whether the person began to fill it in."""
        return bool(self.kept or self.reason.data or self.file.errors or self.reason.errors)


def fields_for(pieces: Iterable[Evidence]) -> dict[str, Any]:
    """The fields of a form in which each of these pieces may be replaced, by name."""
    fields: dict[str, Any] = {}
    for piece in pieces:
        file, reason, ticket = _names(piece)
        fields[file] = FileField(_l("ไฟล์ฉบับใหม่"), render_kw={"accept": ACCEPTED})
        fields[reason] = TextAreaField(
            _l("เหตุผลที่แทนที่"), filters=[typed], render_kw={"rows": 2, "maxlength": MAX_REASON}
        )
        fields[ticket] = HiddenField()
    return fields


def place_of(form: FlaskForm, piece: Evidence) -> Place:
    """The fields of this piece in a form that was made with ``fields_for``."""
    return Place(piece, *(form[name] for name in _names(piece)))


def forget(form: FlaskForm, place: Place) -> None:
    """Take the fields of a piece out of the form: it was replaced."""
    for name in _names(place.older):
        del form[name]


def _names(piece: Evidence) -> tuple[str, str, str]:
    return f"newer_{piece.id}_file", f"newer_{piece.id}_reason", f"newer_{piece.id}_ticket"
