"""Forms: what people type, read and checked for shape; the rules of the office are asked further down."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask_wtf import FlaskForm

from ita_flow.domain.refusals import Invalid
from ita_flow.wording import sentence_of

LINE_END, TAB = "\n", "\t"
TURNING_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def typed(text: str | None) -> str:
    """What a person can have typed: without control characters, without marks that turn the letters after them."""
    lines = (text or "").replace("\r\n", LINE_END)
    return "".join(letter for letter in lines if letter in (LINE_END, TAB) or not _is_unseen(letter))


def chosen_id(text: str | None) -> int:
    """The id that was chosen from a list; 0, which nothing has, for what is no number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _is_unseen(letter: str) -> bool:
    return letter in TURNING_MARKS or unicodedata.category(letter) == "Cc"


def notes_of(field: Any, hint: str | None) -> dict[str, str]:
    """The attribute that ties a control to its hint and its error."""
    notes = [f"{field.id}-hint"] if hint else []
    notes += [f"{field.id}-error"] if field.errors else []
    return {"aria-describedby": " ".join(notes)} if notes else {}


def invalidity_of(field: Any) -> dict[str, str]:
    return {"aria-invalid": "true"} if field.errors else {}


def ties_of(field: Any, hint: str | None) -> dict[str, str]:
    """All that tells a screen reader what is said about a control."""
    return notes_of(field, hint) | invalidity_of(field)


def tell(form: FlaskForm, refusal: Invalid) -> None:
    """Put the sentence of a refusal beside the field it belongs to, or above the form."""
    if refusal.field in form:
        field = form[refusal.field]
        field.errors = [*field.errors, sentence_of(refusal)]
    else:
        form.form_errors.append(sentence_of(refusal))
