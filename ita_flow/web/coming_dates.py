"""The next due dates as a line of time: today, the last working day where it is another, the due date itself."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from flask_babel import gettext as _

from ita_flow.domain.calendar import last_working_day
from ita_flow.domain.states import DeadlineState
from ita_flow.i18n import weekday_and_day
from ita_flow.queries.standings import TaskStanding
from ita_flow.queries.task_row import TaskRow
from ita_flow.wording.labels import counted_days

DATES_SHOWN = 2
Row = TaskRow | TaskStanding


@dataclass(frozen=True)
class ComingDate:
    """A point on the line of time."""

    at: str
    datetime: str
    text: str
    note: str = ""
    kind: str = ""


def coming_dates(rows: Sequence[Row], today: date, holidays: Container[date]) -> list[ComingDate]:
    """Today and the next due dates of what is still open."""
    open_rows = [row for row in rows if row.is_open and not row.is_submitted]
    ahead = sorted((row for row in open_rows if row.due_on >= today), key=lambda row: row.due_on)
    by_date = groupby(ahead, key=lambda row: row.due_on)
    points = [point for _day, due in islice(by_date, DATES_SHOWN) for point in _points_of(list(due), today, holidays)]
    return [_today(open_rows, today), *points]


def _today(rows: Iterable[Row], today: date) -> ComingDate:
    overdue = sum(row.deadline is DeadlineState.OVERDUE for row in rows)
    text = _("เกินกำหนด %(count)s งาน", count=overdue) if overdue else _("ไม่มีงานเกินกำหนด")
    return ComingDate(_("วันนี้ %(day)s", day=weekday_and_day(today)), today.isoformat(), text, kind="me")


def _points_of(due: Sequence[Row], today: date, holidays: Container[date]) -> Iterator[ComingDate]:
    """The points of one due date, on which these tasks are due."""
    due_on = due[0].due_on
    working_day = last_working_day(due_on, holidays)
    if today < working_day < due_on:
        yield _point(working_day, today, _("วันทำการสุดท้ายก่อนครบกำหนด"))
    if due_on > today:
        yield _point(due_on, today, _what_is_due(due))


def _point(day: date, today: date, text: str) -> ComingDate:
    away = counted_days((day - today).days)
    return ComingDate(_("%(day)s · อีก %(days)s", day=weekday_and_day(day), days=away), day.isoformat(), text)


def _what_is_due(due: Sequence[Row]) -> str:
    if len(due) == 1:
        return str(_("ครบกำหนด “%(title)s”", title=due[0].title))
    return str(_("ครบกำหนด %(count)s งาน", count=len(due)))
