"""Numbers of days as people write them for a rule of reminding: 30, 14, 7, 1, 0."""

from __future__ import annotations

import re

from ita_flow.domain.refusals import Invalid
from ita_flow.domain.reminders import Trigger
from ita_flow.domain.thai import arabic_digits, tidy

MOST_NUMBERS = 10
MOST_DAYS = 180
MOST_MONDAYS = 12
FROM_ONE = (Trigger.OVERDUE, Trigger.OVERDUE_MONDAYS, Trigger.ESCALATE_TO_DIRECTOR, Trigger.ESCALATE_TO_CHIEF)
"""Of these 0 would be the due date itself."""

_BETWEEN = re.compile(r"(?:วัน|และ|[\s,;/])+")


def read_days(text: str, trigger: Trigger) -> list[int]:
    """Each number once, as typed; none where nothing was typed. Raises Invalid beside the field of the trigger."""
    words = [word for word in _BETWEEN.split(arabic_digits(tidy(text))) if word]
    if not all(word.isascii() and word.isdigit() and len(word) < 5 for word in words):
        raise Invalid("rule_days_unreadable", field=trigger.value)
    days = list(dict.fromkeys(map(int, words)))
    if len(days) > _most_numbers(trigger):
        raise Invalid("rule_days_too_many", field=trigger.value, most=_most_numbers(trigger))
    least, most = int(trigger in FROM_ONE), _most(trigger)
    if any(not least <= number <= most for number in days):
        raise Invalid("rule_days_out_of_range", field=trigger.value, least=least, most=most)
    return days


def _most_numbers(trigger: Trigger) -> int:
    return 1 if trigger is Trigger.OVERDUE_MONDAYS else MOST_NUMBERS


def _most(trigger: Trigger) -> int:
    return MOST_MONDAYS if trigger is Trigger.OVERDUE_MONDAYS else MOST_DAYS
