"""The rules by which an agency reminds people, in order, and as a page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from ita_flow.domain.reminders import Rule, Trigger
from ita_flow.extensions import db
from ita_flow.models.people import Agency
from ita_flow.models.reminders import ReminderRule

SOONEST_FIRST = (Trigger.BEFORE_DUE, Trigger.WINDOW)
"""Of these more days mean earlier."""


def rules_of(agency: Agency) -> Sequence[ReminderRule]:
    """All rules, also those that are switched off."""
    chosen = sa.select(ReminderRule).where(ReminderRule.agency_id == agency.id).order_by(ReminderRule.id)
    return db.session.scalars(chosen).all()


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
