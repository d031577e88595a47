"""Which reminder is due on which day: a table to read."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.reminders import (
    DEFAULT_RULES,
    Choice,
    Rule,
    Trigger,
    choose,
    is_time_to_remind,
    planned_for,
)

T14, T7, T1, T0, LATE = DEFAULT_RULES
SUNDAY = date(2024, 3, 31)
MONDAY = date(2024, 9, 30)
CHAKRI_DAY = date(2024, 4, 8)


@pytest.mark.parametrize(
    ("rule", "due_on", "planned"),
    [
        (T14, SUNDAY, date(2024, 3, 15)),  # Sunday 17 March, so Friday
        (T7, SUNDAY, date(2024, 3, 22)),  # Sunday 24 March, so Friday
        (T1, SUNDAY, date(2024, 3, 29)),  # Saturday, so Friday
        (T0, SUNDAY, date(2024, 3, 29)),
        (LATE, SUNDAY, date(2024, 4, 1)),
        (T14, MONDAY, date(2024, 9, 16)),
        (T7, MONDAY, date(2024, 9, 23)),
        (T1, MONDAY, date(2024, 9, 27)),  # Sunday, so Friday
        (T0, MONDAY, MONDAY),
        (LATE, MONDAY, date(2024, 10, 1)),
        (LATE, date(2024, 4, 5), date(2024, 4, 9)),  # Saturday, then a holiday on Monday
        (T0, CHAKRI_DAY, date(2024, 4, 5)),
    ],
)
def test_a_reminder_moves_off_free_days(rule: Rule, due_on: date, planned: date) -> None:
    assert planned_for(rule, due_on, {CHAKRI_DAY}) == planned


@pytest.mark.parametrize(
    ("today", "recorded", "spoken", "superseded"),
    [
        (date(2024, 3, 14), (), None, ()),
        (date(2024, 3, 15), (), T14, ()),
        (date(2024, 3, 18), (), T14, ()),  # nobody ran on Friday: late, not lost
        (date(2024, 3, 18), (T14,), None, ()),
        (date(2024, 3, 22), (T14,), T7, ()),
        (date(2024, 3, 29), (T14, T7), T0, (T1,)),  # both fall on this Friday: the more urgent speaks
        (date(2024, 4, 1), (), LATE, (T0, T1, T7, T14)),
        (date(2024, 4, 30), (T14, T7, T1, T0, LATE), None, ()),
        (date(2024, 3, 25), (T7,), None, (T14,)),  # told of seven days, nobody hears of fourteen
    ],
)
def test_the_most_urgent_speaks_and_makes_the_others_superfluous(
    today: date, recorded: tuple[Rule, ...], spoken: Rule | None, superseded: tuple[Rule, ...]
) -> None:
    assert choose(DEFAULT_RULES, recorded, SUNDAY, today, ()) == Choice(spoken, superseded)


def test_a_rule_of_more_days_that_is_added_later_does_not_speak() -> None:
    a_month_before = Rule(Trigger.BEFORE_DUE, 30)

    choice = choose((*DEFAULT_RULES, a_month_before), (T14,), SUNDAY, date(2024, 3, 18), ())

    assert choice == Choice(None, (a_month_before,))


@pytest.mark.parametrize(("hour", "minute", "has_come"), [(8, 29, False), (8, 30, True), (23, 59, True), (0, 0, False)])
def test_mails_go_out_from_half_past_eight_in_bangkok(hour: int, minute: int, has_come: bool) -> None:
    assert is_time_to_remind(bangkok_moment(date(2024, 3, 15), hour, minute)) is has_come
