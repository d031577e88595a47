"""Kinds of deeds in the record, as somebody asks for them who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum


class DeedKind(StrEnum):
    """What a deed is about."""

    DECISIONS = "decisions"
    REPORTS = "reports"
    TASKS = "tasks"
    PLANS = "plans"
    SCORES = "scores"
    PEOPLE = "people"
    ACTING = "acting"
    CHAINS = "chains"
    AGENCY = "agency"
    MAIL = "mail"


BEGINNINGS: Mapping[DeedKind, Sequence[str]] = {
    DeedKind.DECISIONS: (
        *("progress_report.approved", "progress_report.returned", "progress_report.undone"),
        *("plan.endorsed", "plan.approved", "plan.returned"),
        *("extension.endorsed", "extension.granted", "extension.returned"),
    ),
    DeedKind.REPORTS: ("progress_report.", "evidence."),
    DeedKind.TASKS: ("task.", "extension."),
    DeedKind.PLANS: ("plan.", "measure.", "import_draft.", "catalogue."),
    DeedKind.SCORES: ("assessment.",),
    DeedKind.PEOPLE: ("person.", "people.", "account."),
    DeedKind.ACTING: ("person.acting_",),
    DeedKind.CHAINS: ("approval_chain.", "named_seat."),
    DeedKind.AGENCY: ("agency.", "holiday.", "unit.", "record."),
    DeedKind.MAIL: ("mail.", "reminders."),
}
"""How the names of the deeds of each kind begin; a deed may be of two kinds."""
