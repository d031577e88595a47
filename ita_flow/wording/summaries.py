"""Sentences of the summaries of a week and of a month, and of the windows of the assessment that close soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.assessment_windows import AssessmentWindowKind
from ita_flow.i18n import day_and_month, short_date, weekday_date
from ita_flow.wording.reminders import days_left_words

OPEN_DASHBOARD = _l("เปิดภาพรวม")
OPEN_DIVISION = _l("ดูมาตรการของสำนัก/กอง")
OPEN_PLAN = _l("เปิดแผนมาตรการ")
OPEN_EVIDENCE = _l("ดูมาตรการและหลักฐาน")
NOTHING_PRESSING = _l("ไม่มีมาตรการที่เกินกำหนดหรือครบกำหนดภายใน 14 วัน")

WINDOWS: Mapping[AssessmentWindowKind, LazyString] = {
    AssessmentWindowKind.OIT_UPLOAD: _l("การกรอกข้อมูลในระบบ OIT ปี %(year)s"),
    AssessmentWindowKind.EXPLANATION: _l("การชี้แจงเพิ่มเติม ปี %(year)s"),
}

WHAT_TO_ENTER: Mapping[AssessmentWindowKind, LazyString] = {
    AssessmentWindowKind.OIT_UPLOAD: _l("กรอกลิงก์ของข้อมูลให้ครบทุกข้อ และตรวจว่าบุคคลภายนอกเปิดดูได้"),
    AssessmentWindowKind.EXPLANATION: _l("ส่งคำชี้แจงพร้อมลิงก์หลักฐานในข้อที่ผู้ประเมินเห็นว่ายังไม่ครบถ้วน"),
}

WINDOW_SUBJECTS: Mapping[AssessmentWindowKind, LazyString] = {
    AssessmentWindowKind.OIT_UPLOAD: _l("ระบบ OIT เปิดถึง %(day)s: %(left)s"),
    AssessmentWindowKind.EXPLANATION: _l("ชี้แจงเพิ่มเติมได้ถึง %(day)s: %(left)s"),
}


def window_name(kind: AssessmentWindowKind, year: int) -> str:
    """``year`` in the Buddhist era."""
    return str(WINDOWS[kind]) % {"year": year}


def window_subject(kind: AssessmentWindowKind, ends_on: date, today: date) -> str:
    """ระบบ OIT เปิดถึง 30 เม.ย.: เหลือ 14 วัน"""
    return str(WINDOW_SUBJECTS[kind]) % {"day": day_and_month(ends_on), "left": window_left(ends_on, today)}


def window_left(ends_on: date, today: date) -> str:
    return days_left_words((ends_on - today).days) if ends_on > today else str(_("วันนี้เป็นวันสุดท้าย"))


def windows_sentence(count: int) -> str:
    if count > 1:
        return str(_("กำหนดเวลาของระบบ ITA ใกล้สิ้นสุด %(count)s รายการ", count=count))
    return str(_("กำหนดเวลาของระบบ ITA ใกล้สิ้นสุด"))


def window_days(starts_on: date, ends_on: date, today: date) -> str:
    """Until when it is open, or between which days it will be."""
    if today < starts_on:
        return str(_("เปิด %(first)s ถึง %(last)s", first=weekday_date(starts_on), last=weekday_date(ends_on)))
    return str(_("เปิดถึง %(last)s", last=weekday_date(ends_on)))


def summary_sentence(today: date, done: int, total: int, division: str | None) -> str:
    if division:
        return str(
            _(
                "ณ %(day)s %(division)s ดำเนินการแล้วเสร็จ %(done)s จาก %(total)s มาตรการ",
                day=short_date(today),
                division=division,
                done=done,
                total=total,
            )
        )
    return str(
        _("ณ %(day)s ดำเนินการแล้วเสร็จ %(done)s จาก %(total)s มาตรการ", day=short_date(today), done=done, total=total)
    )


def monthly_sentence(today: date, done: int, total: int) -> str:
    """The percentage is rounded down, so that a hundred means all."""
    told = summary_sentence(today, done, total, None)
    return str(_("%(told)s (%(percent)s%%)", told=told, percent=done * 100 // total)) if total else told


def overdue_and_waiting(overdue: int, waiting: int) -> str:
    return str(_("เกินกำหนด %(overdue)s · รอพิจารณา %(waiting)s", overdue=overdue, waiting=waiting))


def summary_counts(overdue: int, due_soon: int, waiting: int) -> str:
    parts = (
        _("เกินกำหนด %(count)s", count=overdue),
        _("ใกล้ครบกำหนด %(count)s", count=due_soon),
        _("รอพิจารณา %(count)s", count=waiting),
    )
    return " · ".join(map(str, parts))


def weekly_subject(done: int, total: int, overdue: int, due_soon: int) -> str:
    """สรุปสัปดาห์: เสร็จ 2/7 เกินกำหนด 1"""
    told = str(_("สรุปสัปดาห์: เสร็จ %(done)s/%(total)s", done=done, total=total))
    if overdue:
        return str(_("%(told)s เกินกำหนด %(count)s", told=told, count=overdue))
    return str(_("%(told)s ใกล้ครบกำหนด %(count)s", told=told, count=due_soon)) if due_soon else told


def monthly_subject(month: str, done: int, total: int) -> str:
    return str(_("ภาพรวมเดือน %(month)s: เสร็จ %(done)s จาก %(total)s", month=month, done=done, total=total))


def come_due(due: int, done: int) -> str:
    if not due:
        return str(_("ยังไม่มีมาตรการที่ครบกำหนด"))
    return str(_("ครบกำหนดแล้ว %(due)s มาตรการ · ในจำนวนนี้แล้วเสร็จ %(done)s มาตรการ", due=due, done=done))


def what_is_next(count: int, due_on: date) -> str:
    return str(_("ถัดไป %(count)s มาตรการ ครบกำหนด %(day)s", count=count, day=weekday_date(due_on)))
