"""The dates of one task as a line of time: from the start of its window to its due date, with what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from flask_babel import gettext as _

from ita_flow.domain.calendar import bangkok_day
from ita_flow.i18n import weekday_date
from ita_flow.queries.task_row import TaskRow
from ita_flow.web.coming_dates import ComingDate
from ita_flow.wording.labels import label_of


def dates_of(row: TaskRow) -> Sequence[ComingDate]:
    """In the order in which they come; today among them while the task is open."""
    points = sorted([*_planned(row), *_done(row), *_now(row)], key=lambda point: (point[0], point[1]))
    return [ComingDate(weekday_date(day), day.isoformat(), text, kind=kind) for day, _place, text, kind in points]


Point = tuple[date, int, str, str]
"""The day, its place among others of that day, its words and its mark."""


def _planned(row: TaskRow) -> Iterator[Point]:
    yield row.measure.starts_on, 0, _("เริ่มตามแผน"), ""
    if row.is_open and row.today <= row.last_working_day < row.due_on:
        yield row.last_working_day, 3, _("วันทำการสุดท้าย"), ""
    if row.task.first_due_on:
        yield row.task.first_due_on, 4, _("กำหนดเดิม"), ""
    yield row.due_on, 4, _("ครบกำหนด"), ""


def _done(row: TaskRow) -> Iterator[Point]:
    if row.version is not None:
        number = row.version.report.number
        yield bangkok_day(row.version.submitted_at), 1, _("ส่งรายงานครั้งที่ %(number)s", number=number), ""
    if row.returned is not None:
        yield bangkok_day(row.returned.decided_at), 2, label_of(row.returned.kind), "back"
    if row.task.completed_at is not None:
        yield bangkok_day(row.task.completed_at), 2, _("พิจารณาครบทุกลำดับ"), "ok"


def _now(row: TaskRow) -> Iterator[Point]:
    if row.is_open:
        yield row.today, 5, _("วันนี้"), "me"
