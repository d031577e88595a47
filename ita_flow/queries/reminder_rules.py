"""The rules of reminding by their groups, and the windows of the assessment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.extensions import db
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Agency
from ita_flow.queries.reminder_facts import rules_of

SOONEST_FIRST = (Trigger.BEFORE_DUE, Trigger.WINDOW)
"""Of these more days mean earlier."""


def rules_on(agency: Agency) -> frozenset[Rule]:
    """The rules by which people are reminded. One statement."""
    return frozenset(row.rule for row in rules_of(agency) if row.is_on)


def days_by_trigger(rules: Iterable[Rule]) -> Mapping[Trigger, list[int]]:
    """The numbers of days of each trigger, in the order in which they come."""
    days: dict[Trigger, list[int]] = defaultdict(list)
    for rule in rules:
        days[rule.trigger].append(rule.days)
    return {trigger: sorted(found, reverse=trigger in SOONEST_FIRST) for trigger, found in days.items()}


def seen_rules(rules: Iterable[Rule]) -> str:
    """The rules as a page shows them, to tell later whether they are still so."""
    return " ".join(sorted(f"{rule.trigger}:{rule.days}" for rule in rules))


def windows_of_year(agency: Agency, year: int) -> Mapping[AssessmentWindowKind, AssessmentWindow]:
    """The windows of a fiscal year that are set. One statement."""
    chosen = sa.select(AssessmentWindow).where(AssessmentWindow.agency_id == agency.id, AssessmentWindow.year == year)
    return {window.kind: window for window in db.session.scalars(chosen)}


def windows_ahead(agency: Agency, today: date) -> Sequence[AssessmentWindow]:
    """The windows that have not closed yet, the next to close first. One statement."""
    chosen = sa.select(AssessmentWindow).where(
        AssessmentWindow.agency_id == agency.id, AssessmentWindow.ends_on >= today
    )
    return db.session.scalars(chosen.order_by(AssessmentWindow.ends_on, AssessmentWindow.id)).all()


def seen_windows(windows: Mapping[AssessmentWindowKind, AssessmentWindow]) -> str:
    """The windows as a page shows them."""
    return " ".join(f"{kind}:{one.starts_on}:{one.ends_on}" for kind, one in sorted(windows.items()))
