"""A list of tasks as a CSV file: one line of headings, one line a task, in the order of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ita_flow.documents.csv_file import csv_file, day_for_people
from ita_flow.domain.areas import AREAS
from ita_flow.domain.calendar import bangkok_day
from ita_flow.domain.languages import Language
from ita_flow.i18n import speaking
from ita_flow.models.people import User
from ita_flow.queries.standings import TaskStanding
from ita_flow.wording.labels import deadline_words, label_of

HEADINGS = (
    "มาตรการที่",
    "มาตรการ",
    "ประเด็นที่",
    "ประเด็น",
    "สำนัก/กอง",
    "ฝ่าย/กลุ่มงาน",
    "เจ้าหน้าที่",
    "ระยะเวลา",
    "กำหนด (ค.ศ.)",
    "กำหนด (พ.ศ.)",
    "กำหนดเดิม (ค.ศ.)",
    "กำหนดเดิม (พ.ศ.)",
    "เทียบกับกำหนด",
    "สถานะ",
    "เหตุผลที่ยกเลิกหรือไม่แล้วเสร็จ",
    "ความก้าวหน้า (%)",
    "รายงานว่า (%)",
    "ปรับปรุงล่าสุด (ค.ศ.)",
    "ปรับปรุงล่าสุด (พ.ศ.)",
)


@speaking(Language.THAI)  # as its headings
def csv_of(rows: Iterable[TaskStanding], officers: Mapping[int, Sequence[User]]) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell begins a formula. ``officers``: who does each task, by its id."""
    return csv_file([HEADINGS, *(_cells(row, officers.get(row.task_id, ())) for row in rows)])


def _cells(row: TaskStanding, officers: Sequence[User]) -> Sequence[str]:
    updated_on = bangkok_day(row.updated_at) if row.updated_at else None
    return (
        str(row.number),
        row.title,
        str(row.area),
        AREAS[row.area],
        row.division_name,
        row.section_name or "",
        ", ".join(officer.name for officer in officers),
        label_of(row.window_kind),
        *_both_ways(row.due_on),
        *_both_ways(row.first_due_on),
        deadline_words(row.deadline, row.days) if row.deadline else "",
        label_of(row.state),
        row.ending_reason or "",
        str(row.percent),
        "" if row.claimed_percent is None else str(row.claimed_percent),
        *_both_ways(updated_on),
    )


def _both_ways(day: date | None) -> tuple[str, str]:
    """For machines, and for people."""
    return (day.isoformat(), day_for_people(day)) if day else ("", "")
