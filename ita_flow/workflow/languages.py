"""Choosing the language in which pages and mails speak to a person."""

from __future__ import annotations

from datetime import datetime

from ita_flow.domain.languages import Language
from ita_flow.models.people import User
from ita_flow.workflow import audit


def choose_language(person: User, language: Language, *, at: datetime) -> None:
    """From now on the person is spoken to in this language; what changes nothing leaves no trace."""
    before = person.language
    if before is language:
        return
    person.language = language
    audit.record(
        "account.language_chosen",
        person.agency_id,
        f"user:{person.id}",
        at=at,
        actor=person,
        before={"language": before.value},
        after={"language": language.value},
    )
