"""When people are reminded, as an agency wants it: rules are switched on and off, for the ledger speaks of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from ita_flow.database import insert_missing
from ita_flow.domain.reminders import SWITCHES, Rule, Trigger
from ita_flow.models.people import Agency, User
from ita_flow.models.reminders import ReminderRule
from ita_flow.queries.reminder_rules import days_by_trigger, rules_of, seen_rules
from ita_flow.workflow import audit
from ita_flow.workflow.desk import take_the_desk
from ita_flow.workflow.plan_editing import ChangedMeanwhile


def set_rules(agency: Agency, wanted: Collection[Rule], *, seen: str, actor: User, at: datetime) -> bool:
    """Let people be reminded by these rules and no others; returns whether anything changed.

    Raises ChangedMeanwhile when they are not as they were seen, nor as they are wanted.
    """
    take_the_desk(agency.id)
    rows = rules_of(agency)
    before = _on(rows)
    if before == set(wanted):
        return False
    if seen != seen_rules(before):
        raise ChangedMeanwhile("rules_changed_meanwhile")
    for row in rows:
        row.is_on = row.rule in wanted
    _add(agency, set(wanted) - {row.rule for row in rows})
    _record(agency, before, wanted, actor, at)
    return True


def _on(rows: Sequence[ReminderRule]) -> set[Rule]:
    return {row.rule for row in rows if row.is_on}


def _add(agency: Agency, rules: Iterable[Rule]) -> None:
    rows = [{"agency_id": agency.id, "trigger": rule.trigger, "days": rule.days} for rule in rules]
    if rows:
        insert_missing(ReminderRule, sorted(rows, key=str))


def _record(agency: Agency, before: Iterable[Rule], after: Iterable[Rule], actor: User, at: datetime) -> None:
    subject = f"agency:{agency.id}"
    told = _told(before), _told(after)
    audit.record("reminders.rules_changed", agency.id, subject, at=at, actor=actor, before=told[0], after=told[1])


def _told(rules: Iterable[Rule]) -> audit.Values:
    """The numbers of days by trigger; a switch is on or off."""
    days = days_by_trigger(rules)
    return {f"{trigger}_rule": _value(trigger, days.get(trigger, [])) for trigger in Trigger}


def _value(trigger: Trigger, days: list[int]) -> list[int] | bool:
    return bool(days) if trigger in SWITCHES else days
