"""What a change does to the coming mails, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from flask_babel import gettext as _

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.reminders import Rule
from ita_flow.i18n import weekday_date
from ita_flow.wording.reminders import rule_name
from ita_flow.wording.summaries import WINDOWS

EACH_IS_NAMED = 3
"""Up to so many days are named one by one."""


class Said(Protocol):
    """A line of coming mails."""

    @property
    def rule(self) -> Rule: ...

    @property
    def number(self) -> int: ...

    @property
    def title(self) -> str: ...

    @property
    def year(self) -> int: ...

    @property
    def window(self) -> AssessmentWindowKind | None: ...


def subject_words(said: Said) -> str:
    """What the line is about: a measure, a window of the assessment, or nothing beside its rule."""
    if said.title:
        return str(_("มาตรการที่ %(number)s %(title)s", number=said.number, title=said.title))
    if said.window:
        return str(WINDOWS[said.window]) % {"year": said.year}
    return rule_name(said.rule)


def rule_words(said: Said) -> str:
    """By which rule it is said; empty where that is its subject."""
    return rule_name(said.rule) if said.title or said.window else ""


def days_words(days: Sequence[date]) -> str:
    """อ. 2 เม.ย. 2567; of many days the first and the last, and how many."""
    if len(days) <= EACH_IS_NAMED:
        return ", ".join(weekday_date(day) for day in days)
    first, last = weekday_date(days[0]), weekday_date(days[-1])
    return str(_("%(first)s ถึง %(last)s รวม %(count)s วัน", first=first, last=last, count=len(days)))
