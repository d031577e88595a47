"""Numbers of days as people write them."""

from __future__ import annotations

import pytest

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminders import Trigger
from ita_flow.domain.rule_days import read_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30, 14, 7, 1, 0", [30, 14, 7, 1, 0]),
        ("๓๐ ๑๔ และ ๗", [30, 14, 7]),
        ("30 วัน 14 วัน", [30, 14]),
        ("7;7/7", [7]),
        (" , ", []),
        ("", []),
        ("180", [180]),
    ],
)
def test_they_are_read_however_they_are_written(text: str, days: list[int]) -> None:
    assert read_days(text, Trigger.BEFORE_DUE) == days


@pytest.mark.parametrize(
    ("text", "trigger", "key"),
    [
        ("สิบ", Trigger.BEFORE_DUE, "rule_days_unreadable"),
        ("-1", Trigger.BEFORE_DUE, "rule_days_unreadable"),
        ("1.5", Trigger.BEFORE_DUE, "rule_days_unreadable"),
        ("²", Trigger.BEFORE_DUE, "rule_days_unreadable"),
        ("9" * 400, Trigger.BEFORE_DUE, "rule_days_unreadable"),
        ("181", Trigger.BEFORE_DUE, "rule_days_out_of_range"),
        ("0", Trigger.OVERDUE, "rule_days_out_of_range"),
        ("0", Trigger.ESCALATE_TO_CHIEF, "rule_days_out_of_range"),
        ("13", Trigger.OVERDUE_MONDAYS, "rule_days_out_of_range"),
        ("1 2", Trigger.OVERDUE_MONDAYS, "rule_days_too_many"),
        ("0 1 2 3 4 5 6 7 8 9 10", Trigger.WINDOW, "rule_days_too_many"),
    ],
)
def test_what_is_none_is_told_beside_the_field_of_its_trigger(text: str, trigger: Trigger, key: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_days(text, trigger)

    assert (refusal.value.key, refusal.value.field) == (key, trigger.value)
