"""Which reminder is due on which day: a table to read."""

from __future__ import annotations

from datetime import date

import pytest

from ita_flow.domain.calendar import bangkok_moment
from ita_flow.domain.reminders import (
    DEFAULT_RULES,
    Choice,
    Occasion,
    Rule,
    Trigger,
    choose,
    come_by,
    is_time_to_remind,
    occasions_of,
    slow_occasion,
    summary_occasion,
)

T30, T14, T7, T1, T0, LATE, MONDAYS, TO_DIRECTOR, TO_CHIEF, *_OTHERS = DEFAULT_RULES
RULES = (T14, T7, T1, T0, LATE)
WEEKLY, MONTHLY = Rule(Trigger.WEEKLY), Rule(Trigger.MONTHLY)
SLOW = Rule(Trigger.SLOW_DECISION)
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
    (occasion,) = occasions_of(rule, due_on)

    assert occasion.planned_for({CHAKRI_DAY}) == planned


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
    known = [occasion for rule in recorded for occasion in occasions_of(rule, SUNDAY)]
    choice = choose(come_by(RULES, SUNDAY, today, ()), known)

    assert (choice.spoken.rule if choice.spoken else None) == spoken
    assert tuple(one.rule for one in choice.superseded) == superseded


def test_a_rule_of_more_days_that_is_added_later_does_not_speak() -> None:
    come = come_by((*RULES, T30), SUNDAY, date(2024, 3, 18), ())

    choice = choose(come, list(occasions_of(T14, SUNDAY)))

    assert choice == Choice(None, tuple(occasions_of(T30, SUNDAY)))


def test_after_the_day_after_come_four_mondays() -> None:
    assert [one.on for one in occasions_of(MONDAYS, SUNDAY)] == [
        date(2024, 4, 8),
        date(2024, 4, 15),
        date(2024, 4, 22),
        date(2024, 4, 29),
    ]


def test_a_monday_that_is_free_speaks_on_the_next_working_day() -> None:
    first, *_later = occasions_of(MONDAYS, SUNDAY)

    assert first.planned_for({CHAKRI_DAY}) == date(2024, 4, 9)


def test_who_hears_of_two_things_on_one_day_hears_the_one_further_up() -> None:
    monday, *_later = occasions_of(MONDAYS, date(2024, 4, 1))
    (escalated,) = occasions_of(TO_DIRECTOR, date(2024, 4, 1))

    assert monday.on == escalated.on
    assert choose([monday, escalated], []) == Choice(escalated, (monday,))


@pytest.mark.parametrize(
    ("rule", "today", "speaks_for"),
    [
        (WEEKLY, date(2024, 3, 18), date(2024, 3, 18)),
        (WEEKLY, date(2024, 3, 20), date(2024, 3, 18)),  # nothing ran on Monday
        (WEEKLY, CHAKRI_DAY, None),
        (WEEKLY, date(2024, 4, 9), CHAKRI_DAY),
        (MONTHLY, date(2024, 4, 1), date(2024, 4, 1)),
        (MONTHLY, date(2024, 6, 3), date(2024, 6, 1)),  # the first was a Saturday
        (MONTHLY, date(2024, 6, 2), None),
    ],
)
def test_a_summary_speaks_of_its_week_or_month(rule: Rule, today: date, speaks_for: date | None) -> None:
    expected = Occasion(rule, speaks_for) if speaks_for else None

    assert summary_occasion(rule, today, {CHAKRI_DAY}) == expected


def test_a_decision_is_slow_after_the_working_days_that_its_seat_has() -> None:
    assert slow_occasion(SLOW, date(2024, 4, 4), 3, {CHAKRI_DAY}).on == date(2024, 4, 11)


@pytest.mark.parametrize(("hour", "minute", "has_come"), [(8, 29, False), (8, 30, True), (23, 59, True), (0, 0, False)])
def test_mails_go_out_from_half_past_eight_in_bangkok(hour: int, minute: int, has_come: bool) -> None:
    assert is_time_to_remind(bangkok_moment(date(2024, 3, 15), hour, minute)) is has_come
