"""The windows of the assessment in a fiscal year: from when until when something may be entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.domain.calendar import FiscalYear
from ita_flow.domain.refusals import Incomplete, Invalid
from ita_flow.extensions import db
from ita_flow.i18n import long_date
from ita_flow.models.calendar import AssessmentWindow
from ita_flow.models.people import Agency, User
from ita_flow.models.reminders import Reminder
from ita_flow.queries.assessment_windows import seen_windows, windows_of_year
from ita_flow.workflow import audit
from ita_flow.workflow.desk import take_the_desk
from ita_flow.workflow.plan_editing import ChangedMeanwhile

Days = tuple[date | None, date | None]
"""The first and the last day of a window; none of both where it is not announced."""

Wanted = Mapping[AssessmentWindowKind, Days]


def set_windows(agency: Agency, year: int, wanted: Wanted, *, seen: str, actor: User, at: datetime) -> bool:
    """Let the windows of the year be so; returns whether anything changed. A new last day reminds anew.

    Raises Incomplete with all that is wrong, or ChangedMeanwhile.
    """
    take_the_desk(agency.id)
    standing = windows_of_year(agency, year)
    problems = [problem for kind, days in wanted.items() for problem in _problems(year, kind, days)]
    if problems:
        raise Incomplete(problems)
    changes = {kind: days for kind, days in wanted.items() if days != _days(standing.get(kind))}
    if changes and seen != seen_windows(standing):
        raise ChangedMeanwhile("windows_changed_meanwhile")
    for kind, days in changes.items():
        _set(agency, year, kind, days, standing.get(kind), actor, at)
    return bool(changes)


def _problems(year: int, kind: AssessmentWindowKind, days: Days) -> list[Invalid]:
    starts_on, ends_on = days
    if starts_on is None and ends_on is None:
        return []
    if starts_on is None or ends_on is None:
        missing = "starts" if starts_on is None else "ends"
        return [Invalid("window_needs_both_days", field=f"{kind}_{missing}")]
    if ends_on < starts_on:
        return [Invalid("window_ends_too_early", field=f"{kind}_ends")]
    return _outside(FiscalYear(year), kind, starts_on, ends_on)


def _outside(year: FiscalYear, kind: AssessmentWindowKind, starts_on: date, ends_on: date) -> list[Invalid]:
    first, last = long_date(year.starts_on), long_date(year.ends_on)
    outside = {"starts": starts_on, "ends": ends_on}
    return [
        Invalid("assessment_window_outside_year", field=f"{kind}_{which}", first=first, last=last)
        for which, day in outside.items()
        if not year.starts_on <= day <= year.ends_on
    ]


def _days(window: AssessmentWindow | None) -> Days:
    return (window.starts_on, window.ends_on) if window else (None, None)


def _set(
    agency: Agency,
    year: int,
    kind: AssessmentWindowKind,
    days: Days,
    window: AssessmentWindow | None,
    actor: User,
    at: datetime,
) -> None:
    before = _told(kind, year, _days(window))
    starts_on, ends_on = days
    if starts_on is None or ends_on is None:
        _remove(window)
    elif window is None:
        db.session.add(
            AssessmentWindow(agency_id=agency.id, year=year, kind=kind, starts_on=starts_on, ends_on=ends_on)
        )
    else:
        window.version += window.ends_on != ends_on
        window.starts_on, window.ends_on = starts_on, ends_on
    after = _told(kind, year, days)
    action = "assessment.window_set" if starts_on else "assessment.window_removed"
    audit.record(action, agency.id, f"agency:{agency.id}", at=at, actor=actor, before=before, after=after)


def _remove(window: AssessmentWindow | None) -> None:
    """A window of which somebody was reminded stays, for the ledger speaks of it; its days may be others."""
    if window is None:
        return
    if db.session.scalar(sa.select(Reminder.id).where(Reminder.window_id == window.id).limit(1)):
        raise Invalid("window_was_spoken_of", field=f"{window.kind}_ends")
    db.session.delete(window)


def _told(kind: AssessmentWindowKind, year: int, days: Days) -> audit.Values:
    starts_on, ends_on = days
    named: audit.Values = {"assessment_window": kind.value, "year": year}
    if starts_on is None or ends_on is None:
        return named
    return {**named, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
