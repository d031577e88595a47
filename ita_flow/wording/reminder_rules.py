"""The rules of reminding in plain words, and what is said when they cannot be so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ita_flow.domain.reminders import Trigger

NAMES: Mapping[Trigger, LazyString] = {
    Trigger.BEFORE_DUE: _l("ใกล้ครบกำหนด"),
    Trigger.OVERDUE: _l("เกินกำหนด"),
    Trigger.OVERDUE_MONDAYS: _l("เกินกำหนด (แจ้งซ้ำ)"),
    Trigger.ESCALATE_TO_DIRECTOR: _l("เกินกำหนดหลายวัน (ระดับกอง)"),
    Trigger.ESCALATE_TO_CHIEF: _l("เกินกำหนดหลายวัน (ระดับหน่วยงาน)"),
    Trigger.AWAITING: _l("เรื่องรอพิจารณา"),
    Trigger.SLOW_DECISION: _l("ค้างพิจารณา"),
    Trigger.WEEKLY: _l("สรุปประจำสัปดาห์"),
    Trigger.MONTHLY: _l("สรุปประจำเดือน"),
    Trigger.WINDOW: _l("กำหนดเวลาของระบบ ITA"),
}

RECIPIENTS: Mapping[Trigger, LazyString] = {
    Trigger.BEFORE_DUE: _l("ผู้รับผิดชอบ"),
    Trigger.OVERDUE: _l("ผู้รับผิดชอบ"),
    Trigger.OVERDUE_MONDAYS: _l("ผู้รับผิดชอบ"),
    Trigger.ESCALATE_TO_DIRECTOR: _l("ผู้อำนวยการกอง"),
    Trigger.ESCALATE_TO_CHIEF: _l("ปลัดและผู้ประสานงาน ITA"),
    Trigger.AWAITING: _l("ผู้พิจารณา"),
    Trigger.SLOW_DECISION: _l("ผู้พิจารณา"),
    Trigger.WEEKLY: _l("ผู้ประสานงาน ITA และผู้อำนวยการกอง"),
    Trigger.MONTHLY: _l("ผู้บริหารสูงสุด"),
    Trigger.WINDOW: _l("ผู้ประสานงาน ITA"),
}

SENTENCES: dict[str, LazyString] = {
    "rule_days_out_of_range": _l("กรอกตัวเลขตั้งแต่ %(least)s ถึง %(most)s"),
    "rule_days_too_many": _l("กรอกได้ไม่เกิน %(most)s ตัวเลข"),
    "rule_days_unreadable": _l("กรอกเป็นตัวเลข คั่นด้วยจุลภาค เช่น 30, 14, 7"),
    "rules_changed_meanwhile": _l("มีผู้แก้ไขหลักเกณฑ์หลังจากท่านเปิดหน้านี้ ตรวจหลักเกณฑ์ล่าสุดด้านล่าง แล้วบันทึกอีกครั้ง"),
    "window_ends_too_early": _l("วันสุดท้ายต้องไม่มาก่อนวันแรก"),
    "window_needs_both_days": _l("กรอกทั้งวันแรกและวันสุดท้าย หรือเว้นว่างทั้งสองช่องหากยังไม่ประกาศ"),
    "assessment_window_outside_year": _l("วันที่ต้องอยู่ระหว่าง %(first)s ถึง %(last)s"),
    "window_was_spoken_of": _l("ระบบแจ้งเตือนกำหนดนี้ไปแล้วจึงลบไม่ได้ แก้ไขเป็นวันที่ถูกต้องแทน"),
    "windows_changed_meanwhile": _l("มีผู้แก้ไขกำหนดเวลาหลังจากท่านเปิดหน้านี้ ตรวจวันล่าสุดด้านล่าง แล้วบันทึกอีกครั้ง"),
}

_COUNTED: Mapping[Trigger, LazyString] = {
    Trigger.BEFORE_DUE: _l("ก่อนครบกำหนด %(days)s วัน"),
    Trigger.OVERDUE: _l("หลังครบกำหนด %(days)s วัน"),
    Trigger.OVERDUE_MONDAYS: _l("ทุกวันจันทร์อีก %(days)s ครั้ง จากนั้นรวมอยู่ในสรุปประจำสัปดาห์"),
    Trigger.ESCALATE_TO_DIRECTOR: _l("เมื่อเกินกำหนด %(days)s วัน"),
    Trigger.ESCALATE_TO_CHIEF: _l("เมื่อเกินกำหนด %(days)s วัน"),
    Trigger.SLOW_DECISION: _l("หลังครบเวลาของลำดับพิจารณา %(days)s วันทำการ"),
    Trigger.WINDOW: _l("ก่อนวันสุดท้าย %(days)s วัน"),
}

_WITHOUT_DAYS: Mapping[Trigger, LazyString] = {
    Trigger.AWAITING: _l("ทุกวันทำการที่มีเรื่องรอพิจารณา"),
    Trigger.SLOW_DECISION: _l("เมื่อเกินเวลาของลำดับพิจารณา"),
    Trigger.WEEKLY: _l("ทุกวันจันทร์"),
    Trigger.MONTHLY: _l("วันทำการแรกของเดือน"),
}


def rule_sentence(trigger: Trigger, days: Sequence[int]) -> str:
    """ก่อนครบกำหนด 30, 14, 7 และ 1 วัน และในวันครบกำหนด"""
    counted = [number for number in days if number]
    parts = [str(_COUNTED[trigger]) % {"days": listed(counted)}] if counted else []
    if len(counted) < len(days):
        parts.append(str(_("ในวันครบกำหนด") if trigger is Trigger.BEFORE_DUE else _at_once(trigger)))
    return str(_(" และ")).join(parts)


def listed(numbers: Sequence[int]) -> str:
    """30, 14 และ 7"""
    *others, last = map(str, numbers)
    return str(_("%(others)s และ %(last)s", others=", ".join(others), last=last)) if others else last


def _at_once(trigger: Trigger) -> LazyString:
    return _WITHOUT_DAYS.get(trigger) or _l("ในวันสุดท้าย")
